"""Changes elsewhere that change what is read of a page."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from files.models import Document, FileUse, Image, Preparable, Recording, Rights, Video
from files.signals import prepared
from files.uses import live_pages_using
from knowledge import projections
from knowledge.models import Checkup, HeldPublication, Person, ResourcePage, Theme, Withdrawal
from knowledge.models.sources import keep_credit_of
from knowledge.publishing import checkups
from knowledge.redirects import remember_address
from knowledge.turn import take_turn
from knowledge.visibility import has_translations


def _resources_below(page: Page) -> Any:
    return ResourcePage.objects.filter(path__startswith=page.path)


@receiver(pre_save, sender=Page)
@receiver(pre_delete, sender=Page)
def wait_for_turn(**kwargs: Any) -> None:
    """Deleting writes what publishing writes; so does withdrawing several pages or an alias, which
    Wagtail saves as plain pages."""
    take_turn()


@receiver(post_page_move)
def follow_move(instance: Page, **kwargs: Any) -> None:
    """Addresses of a moved subtree; audiences, of what translates it as well."""
    projections.write_audiences()
    projections.rewrite(_resources_below(Page.objects.get(pk=instance.pk)))


@receiver(page_slug_changed)
def follow_slug(instance: Page, **kwargs: Any) -> None:
    """Addresses of what stands below a page with a new slug."""
    projections.rewrite(_resources_below(instance).exclude(pk=instance.pk))


@receiver(page_published)
def forget_hold(instance: Page, **kwargs: Any) -> None:
    """It is out, or has another date."""
    HeldPublication.objects.filter(page_id=instance.pk).delete()
    checkups.forget(instance)


@receiver(page_unpublished)
def leave_notice(instance: Page, **kwargs: Any) -> None:
    """A page that was public answers 410 from now on. Nothing is read of it any more, even where
    Wagtail saved it as a plain page (several at once, an alias)."""
    checkups.forget(instance)
    if isinstance(instance.specific, ResourcePage):
        instance.specific.unproject()
        projections.withdraw(instance)
        _withdraw_aliases(instance)


@receiver(pre_delete, sender=ResourcePage)
def leave_notice_of_deleted(instance: ResourcePage, **kwargs: Any) -> None:
    keep_credit_of(instance)
    if instance.live:
        projections.withdraw(instance)
    _withdraw_aliases(instance)
    _keep_former_addresses(instance)


@receiver(post_delete, sender=Page)
def follow_deleted(instance: Page, **kwargs: Any) -> None:
    """A closed translation that is gone closes nothing any more."""
    if has_translations(instance):
        projections.write_audiences()


def _withdraw_aliases(page: Page) -> None:
    """What is withdrawn goes from every address it had; publishing it again brings them back."""
    for alias in ResourcePage.objects.filter(alias_of=page.pk, live=True).specific():
        alias.unpublish()


def _keep_former_addresses(page: Page) -> None:
    """A redirect to a page goes with it; what led to a notice has to lead there still."""
    notice = Withdrawal.objects.filter(page_number=page.pk).first()
    if notice is not None:
        for former in Redirect.objects.filter(redirect_page=page.pk):
            remember_address(former.old_path, notice.path)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_restriction(**kwargs: Any) -> None:
    """Closing or opening a page fires no signal of publication."""
    projections.write_audiences()


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def follow_restriction_groups(action: str, **kwargs: Any) -> None:
    if action.startswith("post_"):
        projections.write_audiences()


@receiver(post_save, sender=Theme)
def follow_theme(instance: Theme, created: bool, **kwargs: Any) -> None:
    if not created:
        projections.rewrite(ResourcePage.objects.filter(resource_themes__theme=instance).distinct())


@receiver(post_save, sender=Person)
def follow_person(instance: Person, created: bool, **kwargs: Any) -> None:
    if not created:
        projections.rewrite(ResourcePage.objects.filter(people__person=instance).distinct())


@receiver(post_save)
def follow_rights(sender: type, instance: Any, created: bool, **kwargs: Any) -> None:
    """Rights of a file changed: the live pages that use it are looked at in the next round; at once
    where they were withdrawn, or where something lacked."""
    if created or not isinstance(instance, Rights):
        return
    pages = [page.pk for page in live_pages_using(instance)]
    checkups.ask_for(pages)
    if instance.withdrawn_on is None:
        noted = Checkup.objects.lacking().filter(page__in=pages)
        pages = list(noted.values_list("page_id", flat=True))
    changed = ResourcePage.objects.filter(pk__in=pages)
    projections.rewrite(changed)
    checkups.look_at(changed.specific())


@receiver(post_save, sender=Tag)
def follow_tag(instance: Tag, created: bool, **kwargs: Any) -> None:
    if not created:
        projections.rewrite(ResourcePage.objects.filter(tagged_items__tag=instance).distinct())


@receiver(prepared, sender=Image)
@receiver(prepared, sender=Document)
@receiver(prepared, sender=Recording)
@receiver(prepared, sender=Video)
def follow_file(sender: type[Preparable], instance: Preparable, **kwargs: Any) -> None:
    """The text of a document, the size of a picture, the length of a recording or video."""
    uses = FileUse.objects.filter(**{sender._meta.model_name or "": instance})
    projections.rewrite(ResourcePage.objects.filter(pk__in=uses.values("page_id")))


@receiver(post_save, sender=Video)
def follow_captions(instance: Video, created: bool, **kwargs: Any) -> None:
    """What is said in a video may be written down or corrected after pages show it."""
    if not created:
        follow_file(Video, instance)
