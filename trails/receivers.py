"""Changes elsewhere that reach trails and the addresses of their steps."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from knowledge.publishing import checkups
from knowledge.redirects import remember_address
from trails.models import StepAddress, TrailPage


@receiver(page_published)
def follow_resource(instance: Page, **kwargs: Any) -> None:
    """A new title, another length or another licence of what a trail leads through."""
    through = TrailPage.objects.filter(steps__resource=instance.pk, live=True)
    trails = list(through.filter(alias_of__isnull=True).distinct())
    for trail in trails:
        trail.follow_resources()
    checkups.look_at(trails)


@receiver(page_unpublished)
def miss_resource(instance: Page, **kwargs: Any) -> None:
    """A step leads to what is no longer there."""
    checkups.look_at(TrailPage.objects.filter(steps__resource=instance.pk, live=True).distinct())


@receiver(page_slug_changed, sender=TrailPage)
def take_steps_along(instance: TrailPage, instance_before: TrailPage, **kwargs: Any) -> None:
    """Every address that a step of a renamed trail has or had leads to where the trail is now."""
    known = StepAddress.objects.filter(trail_number=instance.pk)
    for slug in known.values_list("slug", flat=True):
        old, new = (reverse("trail_step", args=[t.slug, slug]) for t in (instance_before, instance))
        remember_address(old, new)
