"""Links to other sites: which pages have them, and whether they still lead somewhere."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone

from outbound.fetch import Fetched, Outcome

LONGEST = 1000  # characters
# How long until the next look.
AFTER_SUCCESS = timedelta(days=7)
AFTER_REFUSAL = timedelta(days=14)
AFTER_FAILURE = (timedelta(hours=6), timedelta(days=1), timedelta(days=2))
# A link is broken after so many failures in a row over at least so long.
FAILURES, FOR_AT_LEAST = 3, timedelta(days=1)
# What sites answer to programs and not to people: it says nothing about the link.
_HOSTILE_TO_PROGRAMS = frozenset({401, 403, 405, 406, 429, 451, 999})
_SENTENCES = {
    Outcome.NOT_AN_ADDRESS: "O endereço está escrito errado.",
    Outcome.REFUSED: "O endereço leva a uma rede interna ou a uma porta fechada ao público.",
    Outcome.UNKNOWN_NAME: "O site não existe mais neste endereço.",
    Outcome.UNREACHABLE: "O site não respondeu.",
    Outcome.UNTRUSTED: "O certificado de segurança do site não vale.",
    Outcome.TOO_SLOW: "O site demorou demais para responder.",
    Outcome.TOO_MANY_REDIRECTS: "O endereço manda de um lugar para outro sem fim.",
}


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    """Links to other sites."""

    def used(self) -> Self:
        """Those that some live page has."""
        return self.filter(models.Exists(LinkUse.objects.filter(link=models.OuterRef("pk"))))

    def due(self, now: datetime) -> Self:
        """Those to look at now, the longest waiting first."""
        return self.used().filter(next_check_at__lte=now).order_by("next_check_at", "pk")


class ExternalLink(models.Model):
    """An address of another site, as it was when somebody last looked."""

    class State(models.TextChoices):
        NEW = "new", "ainda não conferido"
        GOOD = "good", "abre"
        UNSURE = "unsure", "não deu para conferir"
        FAILING = "failing", "falhou; vamos tentar de novo"
        BROKEN = "broken", "quebrado"

    url = models.CharField("endereço", max_length=LONGEST, unique=True)
    host = models.CharField("site", max_length=255, db_index=True)
    state = models.CharField(
        "situação", max_length=10, choices=State.choices, default=State.NEW, db_index=True
    )
    status = models.PositiveSmallIntegerField("resposta", default=0)
    problem = models.CharField("o que houve", max_length=200, default="")
    checked_at = models.DateTimeField("conferido em", null=True)
    next_check_at = models.DateTimeField("próxima conferência", default=timezone.now, db_index=True)
    failures = models.PositiveSmallIntegerField("falhas seguidas", default=0)
    failing_since = models.DateTimeField("falha desde", null=True)

    objects = ExternalLinkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "link para fora"
        verbose_name_plural = "links para fora"
        ordering: ClassVar = ["url"]

    def __str__(self) -> str:
        return self.url

    def take_note(self, found: Fetched, now: datetime) -> None:
        """Record what came of opening the link. Does not save."""
        self.checked_at, self.status = now, found.status
        if found.is_good:
            self.state, self.problem = self.State.GOOD, ""
            self.failures, self.failing_since = 0, None
            self.next_check_at = now + AFTER_SUCCESS
        elif found.status in _HOSTILE_TO_PROGRAMS:
            self.state = self.State.UNSURE
            self.problem = f"O site não deixa programas conferirem (resposta {found.status})."
            self.failures, self.failing_since = 0, None
            self.next_check_at = now + AFTER_REFUSAL
        else:
            self._fail(sentence_of(found), now)

    def _fail(self, problem: str, now: datetime) -> None:
        self.problem = problem
        self.failures += 1
        self.failing_since = self.failing_since or now
        lasted = now - self.failing_since >= FOR_AT_LEAST
        is_broken = self.failures >= FAILURES and lasted
        self.state = self.State.BROKEN if is_broken else self.State.FAILING
        pause = AFTER_FAILURE[min(self.failures, len(AFTER_FAILURE)) - 1]
        self.next_check_at = now + (AFTER_SUCCESS if is_broken else pause)


def sentence_of(found: Fetched) -> str:
    """What went wrong, for a curator."""
    if found.outcome != Outcome.ANSWERED:
        return _SENTENCES[found.outcome]
    if found.status in (404, 410):
        return f"A página não existe mais (resposta {found.status})."
    if found.status >= 500:
        return f"O site está com defeito (resposta {found.status})."
    return f"O site respondeu {found.status}."


class LinkUse(models.Model):
    """A live page that has a link. Written when the page goes live, removed when it stops."""

    link = models.ForeignKey(ExternalLink, on_delete=models.CASCADE, related_name="uses")
    page = models.ForeignKey(
        "knowledge.ResourcePage", on_delete=models.CASCADE, related_name="link_uses"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "uso de link"
        verbose_name_plural = "usos de links"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "page"], name="one_use_of_link")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.link_id}"


def write_link_uses(page: Any, urls: set[str]) -> None:
    """Bring the links of a live page up to date."""
    wanted = {url for url in urls if len(url) <= LONGEST}
    known = dict(ExternalLink.objects.filter(url__in=wanted).values_list("url", "pk"))
    ExternalLink.objects.bulk_create(
        [ExternalLink(url=url, host=host_of(url)) for url in sorted(wanted - set(known))],
        ignore_conflicts=True,
    )
    ids = set(ExternalLink.objects.filter(url__in=wanted).values_list("pk", flat=True))
    there = set(LinkUse.objects.filter(page_id=page.pk).values_list("link_id", flat=True))
    LinkUse.objects.filter(page_id=page.pk, link_id__in=there - ids).delete()
    uses = [LinkUse(page_id=page.pk, link_id=pk) for pk in sorted(ids - there)]
    LinkUse.objects.bulk_create(uses, ignore_conflicts=True)  # the clock may look at it as well


def host_of(url: str) -> str:
    """The site of an address, by which politeness is counted; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""
