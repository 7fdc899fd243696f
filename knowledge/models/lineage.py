"""Where a published resource comes from, and what came of it."""

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page

from knowledge.models.sources import ResourceSource, gather
from licensing.fields import LicenceField
from licensing.values import Licence, licence

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage


LICENCE_CHANGED = "knowledge.licence_changed"


class PublishedLicence(models.Model):
    """A licence under which a resource was published, from a moment on, by whom.

    A licence cannot be revoked: whoever took a copy under an earlier one may go on using it.
    """

    page = models.ForeignKey(
        "knowledge.ResourcePage", on_delete=models.CASCADE, related_name="published_licences"
    )
    licence = LicenceField("licença")
    since = models.DateTimeField("desde")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "licença publicada"
        verbose_name_plural = "licenças publicadas"
        ordering: ClassVar = ["page", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.licence}"


class Lineage(models.Model):
    """What the page of a resource says of its origin, written in the transaction that publishes.

    `based_on` holds earlier works (`sources.Taken`), `adaptations` the numbers of the live pages
    that adapt this one, `licences` the former ones: {licence, until}. A row of its own, joined to
    the page, so that no revision carries an old copy of it and no page view asks for it apart.
    """

    page = models.OneToOneField(
        "knowledge.ResourcePage", on_delete=models.CASCADE, related_name="lineage"
    )
    based_on = models.JSONField(default=list)
    adaptations = models.JSONField(default=list)
    licences = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "linhagem"
        verbose_name_plural = "linhagens"

    def __str__(self) -> str:
        return str(self.page_id)


def write(page: "ResourcePage") -> None:
    """Bring the lineage of the live `page`, and of what it adapts, up to date."""
    before = Lineage.objects.filter(page_id=page.pk).first()
    taken = gather(page)
    values = {
        "based_on": [work.as_json() for work in taken],
        "adaptations": _adaptations_of(page.source_pk),
        "licences": _former_licences(page.source_pk),
    }
    page.lineage = Lineage.objects.update_or_create(page_id=page.pk, defaults=values)[0]
    _tell_originals(_resources_in(before) | _resources_in(page.lineage))


def remove(page: Page) -> None:
    """The page is no longer live: what it adapts does not show it any more."""
    _tell_originals(_resources_in(Lineage.objects.filter(page_id=page.pk).first()))


def adaptations_of(page: "ResourcePage") -> list[int]:
    """The numbers of the live pages that adapt a published resource. Ask visibility before you
    show one."""
    lineage = getattr(page, "lineage", None)
    return lineage.adaptations if lineage else []


def former_licences(page: "ResourcePage") -> list[tuple[Licence, datetime]]:
    """The licences that a published resource once had, each with the moment until which."""
    lineage = getattr(page, "lineage", None)
    rows = lineage.licences if lineage else []
    return [(licence(row["licence"]), datetime.fromisoformat(row["until"])) for row in rows]


def _resources_in(lineage: Lineage | None) -> set[int]:
    works = lineage.based_on if lineage else []
    return {work["resource"] for work in works if work["resource"]}


def _tell_originals(numbers: set[int]) -> None:
    for number in numbers:
        rows = Lineage.objects.filter(Q(page=number) | Q(page__alias_of=number))
        rows.update(adaptations=_adaptations_of(number))


def _adaptations_of(number: int) -> list[int]:
    rows = ResourceSource.objects.filter(
        Q(resource=number) | Q(resource__alias_of=number),
        use__in=ResourceSource.ADAPTING,
        page__live=True,
        page__alias_of__isnull=True,
    )
    return list(rows.order_by("page_id").values_list("page_id", flat=True).distinct())


# --- licences of published versions ---------------------------------------------------------------


def published_licence(page: "ResourcePage") -> Licence | None:
    """The licence under which `page` was last published, as the database has it."""
    if page.pk is None or page.alias_of_id:
        return None
    last = PublishedLicence.objects.filter(page=page.pk).last()
    if last is not None:
        return last.licence
    before = type(page).objects.filter(pk=page.pk, first_published_at__isnull=False).first()
    return before.licence if before else None


def licence_change(page: "ResourcePage") -> str:
    """What to tell whoever is about to publish `page`, as it stands in memory, under another licence
    than before; "" where nothing changes."""
    former, chosen = published_licence(page), page.licence
    if former is None or chosen is None or chosen == former:
        return ""
    return (
        f"“{page.title}” já saiu com {former}, e licença não se revoga: quem o copiou pode continuar "
        f"a usar assim. A {chosen} vale só da nova publicação em diante."
    )


def remember_licence(page: "ResourcePage", former: Licence | None) -> None:
    """Write down the licence of the version that goes live, if it is not the `former` one."""
    if page.alias_of_id or page.licence is None:
        return
    known = PublishedLicence.objects.filter(page=page.pk)
    if not known.exists():
        first = page.first_published_at or timezone.now()
        if former is not None and former != page.licence:
            # Published before anybody wrote licences down.
            _remember(page, former, first, is_known=False)
        else:
            _remember(page, page.licence, first)
            return
    if former != page.licence:
        _remember(page, page.licence, timezone.now())
        _log_change(page, former)


def _remember(page: "ResourcePage", given: Licence, since: datetime, is_known: bool = True) -> None:
    PublishedLicence.objects.create(
        page_id=page.pk,
        licence=given,
        since=since,
        revision=page.live_revision if is_known else None,
        by=_publisher_of(page) if is_known else None,
    )


def _publisher_of(page: "ResourcePage") -> Any:
    """Who publishes at this moment: whoever is at work in the CMS, else who wrote the version (what
    the clock publishes, or an import)."""
    revision = page.live_revision
    return get_active_log_context().user or (revision.user if revision else None)


def _log_change(page: "ResourcePage", former: Licence | None) -> None:
    """A line in the history of the page in the CMS, whichever door it went through."""
    data = {"from": str(former or ""), "to": str(page.licence)}
    log(page, LICENCE_CHANGED, user=_publisher_of(page), revision=page.live_revision, data=data)


def _former_licences(number: int) -> list[dict[str, Any]]:
    """Every earlier licence and the moment until which it held; not that which holds now."""
    rows = list(PublishedLicence.objects.filter(page=number))
    until = {
        row.licence.identifier: following.since.isoformat()
        for row, following in pairwise(rows)
        if row.licence
    }
    now = rows[-1].licence.identifier if rows and rows[-1].licence else ""
    return [{"licence": name, "until": day} for name, day in until.items() if name != now]
