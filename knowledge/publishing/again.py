"""What somebody chose last time, offered again at one click and never chosen for them."""

from typing import Any

from django.forms import Field
from wagtail.models import Page

from licensing.again import offer_again


def offer_last_licence(field: Field, user: Any, page: Page) -> None:
    """Offer the licence of the last page that `user` began. It is that of another work: whoever
    writes decides for this one."""
    from knowledge.models import ResourcePage

    if user is None or not user.pk:
        return
    mine = ResourcePage.objects.filter(owner=user).exclude(licence="").exclude(pk=page.pk)
    last = mine.only("licence").order_by("-latest_revision_created_at", "-pk").first()
    if last is not None and last.licence is not None:
        offer_again(field, last.licence.identifier, str(last.licence))
