"""Addresses that were once good."""

from wagtail.contrib.redirects.models import Redirect


def remember_address(old: str, new: str) -> None:
    """Send readers of the site-relative address `old` to `new`, for ever."""
    former = Redirect.normalise_path(old)
    Redirect.objects.filter(old_path=Redirect.normalise_path(new)).delete()
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.update_or_create(
        old_path=former,
        site=None,
        defaults={"redirect_link": new, "redirect_page": None, "is_permanent": True},
    )


def address_now(old: str) -> str:
    """Where readers of the former address `old` are sent; "" where nothing ever was."""
    former = Redirect.objects.filter(old_path=Redirect.normalise_path(old), site=None).first()
    return former.redirect_link if former else ""
