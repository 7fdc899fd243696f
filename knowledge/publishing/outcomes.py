"""What came of a review, as its author is told."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from wagtail.models import Page, Revision


@dataclass(frozen=True)
class Outcome:
    """Where an approved page stands, and the site-relative address at which to look."""

    sentence: str
    label: str
    path: str


def outcome_of_review(page: Page) -> Outcome:
    """What became of `page`, which its reviewers have approved: out, marked for later, or stopped
    by something that it lacks."""
    page = Page.objects.get(pk=page.pk).specific
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    revision: Revision | None = page.scheduled_revision
    if revision is not None and revision.approved_go_live_at > now():
        moment = date_format(localtime(revision.approved_go_live_at), r"d \d\e F \d\e Y, H\hi")
        return Outcome(f"Sai sozinho em {moment}.", "Para abrir", edit)
    if revision is not None:
        return Outcome("Sai sozinho assim que os arquivos ficarem prontos.", "Para abrir", edit)
    if page.live and not page.has_unpublished_changes:
        return Outcome("Está no ar.", "Para ver", page.get_url() or edit)
    return Outcome("Ainda não saiu: falta algo, que a página diz.", "Para completar", edit)
