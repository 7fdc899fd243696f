"""An import from its beginning to its report.

The order is such that it may be stopped at any moment and called again: what is a page already is
known by its guid, what is only a file is known by its bytes, and the rest is still to come.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from podcasts.checker.reading import text_at
from podcasts.importing.fetching import Fetcher, Told
from podcasts.importing.opening import Fetch, Opener
from podcasts.importing.paging import read_pages
from podcasts.importing.reading import (
    Credit,
    FoundEpisode,
    FoundShow,
    NoEpisode,
    is_locked,
    read_episode,
    read_show,
)
from podcasts.importing.writing import (
    AlreadyHere,
    adopt_guid,
    episodes_of,
    fill_episode,
    fill_show,
    lasting_lacks,
    settle,
    show_known_as,
    write_episode,
    write_show,
)
from podcasts.models import BroughtPage, EpisodePage, ShowPage

_WAITS_FOR_SHOW = "O programa é um rascunho: publique o programa, e depois o episódio."
_LEFT = "Está em rascunho no CMS, como foi deixado."


class Refused(Exception):
    """An import that does not begin, and why."""


@dataclass
class Line:
    """What became of a show or an episode: `why` it is a draft, what to look at in `notes`."""

    title: str
    is_new: bool
    why: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        return bool(self.why)


@dataclass
class Report:
    """What became of everything."""

    show: Line
    episodes: list[Line] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    known: int = 0  # episodes that were here, and of which nothing changed

    @property
    def changed(self) -> int:
        return sum(line.is_new for line in [self.show, *self.episodes])

    @property
    def drafts(self) -> list[Line]:
        return [line for line in [self.show, *self.episodes] if line.is_draft]


def import_show(
    named: str,
    *,
    fetch: Fetch,
    slug: str = "",
    unlocked: bool = False,
    told: Callable[[Line], None] = lambda line: None,
) -> Report:
    """Bring the show at an address or in a file, into the show with the address `slug` if that is
    given. Raises LyingFeed or Refused, each with a sentence, before anything is written."""
    opener = Opener(fetch)
    pages = read_pages(named, opener)
    if is_locked(pages.channel) and not unlocked:
        raise Refused(
            "O podcast está trancado (podcast:locked): quem cuida dele não deixa outro serviço "
            "importar. Se é seu, destranque no serviço de agora ou repita com --unlocked."
        )
    found = read_show(pages.channel, pages.items, pages.address)
    with tempfile.TemporaryDirectory(prefix="rede-podcast-") as folder:
        run = _Run(found, Fetcher(opener, Path(folder)), told)
        run.take_show(slug)
        run.take_episodes(pages.items)
    return run.report


class _Run:
    """One import under way."""

    def __init__(self, found: FoundShow, fetcher: Fetcher, told: Callable[[Line], None]) -> None:
        self._found = found
        self._fetcher = fetcher
        self._told = told
        self._covers: dict[str, Any] = {}
        self.show = ShowPage()
        self.report = Report(Line(found.title, False))

    # --- the show -----------------------------------------------------------------------------

    def take_show(self, slug: str) -> None:
        here = self._show_here(slug)
        brought = BroughtPage.objects.filter(page_id=here.pk).first() if here else None
        if here is not None and (brought is None or not brought.is_untouched):
            adopt_guid(here, self._found.guid)
            self.show = here
            self.report.show = Line(here.title, False, [] if here.live else [_LEFT])
        elif here is not None and brought is not None and not brought.gaps:
            self.show = here
            self.report.show = Line(here.title, False, self._settle(here, self._found))
        else:
            self.report.show = self._write_show(here, brought)
        self._told(self.report.show)

    def _show_here(self, slug: str) -> ShowPage | None:
        """The show into which the episodes go. Raises Refused."""
        if slug:
            here = ShowPage.objects.filter(slug=slug, alias_of__isnull=True).first()
            if here is None:
                raise Refused(f"Não há podcast com o endereço “{slug}”. Confira no CMS.")
            return here
        if self._found.guid is None:
            raise Refused(
                "O arquivo não diz o endereço do feed nem o número do podcast. Dê o endereço, ou "
                "diga com --show em que podcast daqui os episódios entram."
            )
        here = show_known_as(self._found.guid)
        if here is not None and not BroughtPage.objects.filter(page_id=here.pk).exists():
            raise Refused(
                f"Este podcast já está aqui: “{here.title}”. Para trazer os episódios que faltam "
                f"nele, repita com --show {here.slug}."
            )
        return here

    def _write_show(self, here: ShowPage | None, brought: BroughtPage | None) -> Line:
        found, told = self._found, Told(notes=list(self._found.problems))
        cover = self._art(found.art, _names(found.people) or found.author, found, told)
        is_new = brought is None or brought.gaps != told.gaps
        if is_new:
            page = here.get_latest_revision_as_object() if here else ShowPage()
            fill_show(page, found, cover)
            try:
                here = write_show(page, found, told.gaps)
            except AlreadyHere as error:
                sentence = "Outra importação traz este podcast agora. Espere que acabe."
                raise Refused(sentence) from error
        self.show = here or self.show
        why = self._settle(self.show, found)
        return Line(found.title, is_new, why, told.everything)

    def _settle(self, page: ShowPage | EpisodePage, found: FoundShow | FoundEpisode) -> list[str]:
        """For what a page stays a draft; it goes out if there is nothing."""
        stays = settle(page)
        return [*filter(None, [found.terms.problem]), *stays] if stays else []

    def _art(self, url: str, creator: str, found: FoundShow | FoundEpisode, told: Told) -> Any:
        if not url:
            return None
        if url not in self._covers:
            title, licence = self._found.title, found.terms.licence
            self._covers[url] = self._fetcher.art(url, title, creator, licence, told)
        return self._covers[url]

    # --- its episodes -------------------------------------------------------------------------

    def take_episodes(self, items: list[etree._Element]) -> None:
        found: list[FoundEpisode] = []
        for item in items:
            try:
                found.append(read_episode(item, self._found))
            except NoEpisode as error:
                name = text_at(item, "title")[:80] or "sem título"
                self.report.skipped.append(f"“{name}” ficou de fora: {error}.")
        # The oldest first, so that those of one day keep their order.
        found.reverse()
        found.sort(key=lambda each: each.published_at.timestamp() if each.published_at else 0)
        here = episodes_of(self.show)
        for each in found:
            line = self._take_episode(each, here.get(each.guid))
            if line is None:
                self.report.known += 1
                continue
            self.report.episodes.append(line)
            self._told(line)

    def _take_episode(self, found: FoundEpisode, here: EpisodePage | None) -> Line | None:
        """None for one that was here, and of which there is nothing to say."""
        brought = BroughtPage.objects.filter(page_id=here.pk).first() if here else None
        if here is None:
            return self._write_episode(EpisodePage(), found, None)
        if brought is None or not brought.is_untouched:
            return None
        if brought.gaps:
            draft = here.get_latest_revision_as_object()
            return self._write_episode(draft, found, brought)
        why = self._why(here, found)
        return Line(here.title, False, why) if why else None

    def _write_episode(
        self, page: EpisodePage, found: FoundEpisode, brought: BroughtPage | None
    ) -> Line | None:
        told = Told()
        parts = self._bring(page, found, told)
        is_new = brought is None or brought.gaps != told.gaps
        if is_new:
            fill_episode(page, found, parts)
            try:
                page = write_episode(page, self.show, found, told.gaps)
            except AlreadyHere:
                return None
        return Line(found.title, is_new, self._why(page, found), told.everything)

    def _bring(self, page: EpisodePage, found: FoundEpisode, told: Told) -> dict[str, Any]:
        """The files of an episode, but for audio that came before. Its art only where it is not
        that of the show."""
        creator = _names(found.people) or self._found.author
        is_own = found.art and found.art != self._found.art
        chapters = self._fetcher.chapters(found, told)
        return {
            "recording": page.recording or self._fetcher.recording(found, creator, told),
            "transcript": self._fetcher.transcript(found, told),
            "chapters": chapters,
            "pictures": self._fetcher.pictures(chapters, found, creator, told),
            "cover": self._art(found.art, creator, found, told) if is_own else None,
        }

    def _why(self, page: EpisodePage, found: FoundEpisode) -> list[str]:
        """For what an episode stays a draft; it goes out if there is nothing."""
        waits = _WAITS_FOR_SHOW if self.report.show.is_draft else ""
        if not waits and not found.date_problem:
            return self._settle(page, found)
        lasting = lasting_lacks(page.get_latest_revision_as_object())
        terms = found.terms.problem if lasting else ""
        return [*filter(None, [waits, found.date_problem, terms]), *lasting]


def _names(people: list[Credit]) -> str:
    return " e ".join(each.name for each in people)[:250]
