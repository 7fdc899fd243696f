"""Changes elsewhere that reach a feed."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from files.models import Recording
from files.models.preparation import PreparableQuerySet
from files.signals import prepared
from knowledge.publishing import checkups
from knowledge.redirects import remember_address
from knowledge.signals import audiences_changed
from podcasts import feeds
from podcasts.models import EpisodeAudio, EpisodePage, PodcastIndexPage, ShowPage


@receiver(prepared, sender=EpisodeAudio)
def follow_audio(instance: EpisodeAudio, **kwargs: Any) -> None:
    """Audio made anew for a live episode: its length and its bytes change together."""
    for episode in EpisodePage.objects.filter(
        uuid=instance.episode, live=True, alias_of__isnull=True
    ):
        episode.project()


@receiver(prepared, sender=Recording)
def follow_recording(instance: Recording, **kwargs: Any) -> None:
    """Another file in a recording: the audio of its live episodes is asked for anew. What waited for
    the recording waits no longer."""
    for audio in PreparableQuerySet(EpisodeAudio).filter(recording=instance).unprepared():
        audio.try_again()
    for episode in EpisodePage.objects.filter(recording=instance, live=True, alias_of__isnull=True):
        episode.project()


@receiver(page_published, sender=EpisodePage)
@receiver(page_unpublished, sender=EpisodePage)
def look_at_show(instance: EpisodePage, **kwargs: Any) -> None:
    """The licence of an episode may be one that its show has no room for."""
    checkups.look_at(ShowPage.objects.filter(pk=instance.show.pk, live=True))


@receiver(page_published, sender=PodcastIndexPage)
def follow_index(**kwargs: Any) -> None:
    """The feed of all shows is named after the page that lists them."""
    feeds.write_library()


@receiver(page_slug_changed, sender=ShowPage)
def leave_feed_address(instance: ShowPage, instance_before: ShowPage, **kwargs: Any) -> None:
    """Subscribers of a renamed show are led to where its feed is now."""
    remember_address(instance_before.feed_path, instance.feed_path)


@receiver(audiences_changed)
def follow_audiences(pages: Collection[int], **kwargs: Any) -> None:
    feeds.rewrite(pages)


@receiver(post_delete, sender=EpisodePage)
def follow_deleted_episode(instance: EpisodePage, **kwargs: Any) -> None:
    show = ShowPage.objects.filter(path=instance.path[: -instance.steplen], live=True).first()
    if show is not None:
        feeds.write_show(show)
