"""Every address of the site × every kind of reader. An address without a line fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.audience import group_key
from knowledge.amb import path_of
from knowledge.draft_reading.services import invite
from tests.conftest import signed_in
from tests.factories import files, pages, people
from tests.factories.library import Library, library

pytestmark = pytest.mark.django_db

READERS = ("stranger", "signed-in", "member", "author", "curator")

# Expected status for each reader in the order of READERS; one number stands for all.
# "closed" is a page restricted to a group: strangers are asked to sign in, others told.
Expected = int | tuple[int, int, int, int, int]


@dataclass(frozen=True)
class World:
    """What the addresses are about."""

    library: Library
    closed: Any
    draft: Any
    withdrawn: Any

    def url(self, name: str, *arguments: Any) -> str:
        from django.urls import reverse

        return reverse(name, args=arguments)


Line = tuple[str, Callable[[World], str], Expected]

TABLE: list[Line] = [
    # pattern name, address, status by reader
    ("sitemap", lambda w: "/sitemap.xml", 200),
    ("robots", lambda w: "/robots.txt", 200),
    ("search", lambda w: "/busca/?q=orcamento", 200),
    ("suggestions", lambda w: "/busca/sugestoes/?q=orca", 200),
    ("opened", lambda w: "/busca/aberto/", 405),
    ("api_search", lambda w: "/api/v2/search/?q=orcamento", 200),
    ("search_feed", lambda w: "/busca/atom?q=orcamento", 200),
    ("themes", lambda w: "/temas/", 200),
    ("theme", lambda w: "/temas/financas/", 200),
    ("theme", lambda w: "/temas/nao-existe/", 404),
    ("people", lambda w: "/pessoas/", 200),
    ("person", lambda w: w.library.person.get_absolute_url(), 200),
    ("person", lambda w: _author_of(w.draft), 404),
    ("person", lambda w: _author_of(w.closed), (404, 404, 200, 404, 404)),
    ("licences", lambda w: "/licencas/", 200),
    ("news", lambda w: "/novidades.atom", 200),
    ("indicators", lambda w: w.library.case.csv_path, 200),
    ("indicators", lambda w: w.library.article.csv_path, 404),
    ("indicators", lambda w: f"{w.closed.get_url()}indicadores.csv", (302, 403, 404, 403, 403)),
    ("indicators", lambda w: "/acervo/nao-existe/indicadores.csv", 404),
    ("indicators", lambda w: "/acervo/indicadores.csv", 404),
    ("transcript", lambda w: w.library.interview.transcript_path, 200),
    ("transcript", lambda w: f"{w.library.guide.get_url()}transcricao.vtt", 404),
    ("permalink", lambda w: f"/r/{w.library.guide.pk}/", 302),
    ("permalink", lambda w: f"/r/{w.draft.pk}/", 404),
    ("permalink", lambda w: f"/r/{w.withdrawn.pk}/", 410),
    ("permalink", lambda w: f"/r/{w.closed.pk}/", (302, 403, 302, 403, 403)),
    ("permalink", lambda w: "/r/999999/", 404),
    ("amb", lambda w: path_of(w.library.guide), 200),
    ("amb", lambda w: path_of(w.library.episode), 200),
    ("amb", lambda w: path_of(w.draft), 404),
    ("amb", lambda w: path_of(w.withdrawn), 410),
    ("amb", lambda w: path_of(w.closed), (302, 403, 200, 403, 403)),
    ("amb", lambda w: "/acervo/nao-existe.amb.json", 404),
    ("citation", lambda w: f"{w.library.guide.get_url()}citar.bib", 200),
    ("citation", lambda w: f"{w.library.trail.get_url()}citar.ris", 200),
    ("citation", lambda w: f"{w.library.episode.get_url()}citar.bib", 200),
    ("citation", lambda w: f"{w.draft.get_url()}citar.bib", 404),
    ("citation", lambda w: f"{w.withdrawn.get_url()}citar.bib", 410),
    ("citation", lambda w: f"{w.closed.get_url()}citar.ris", (302, 403, 200, 403, 403)),
    ("citation", lambda w: "/sobre/citar.bib", 404),
    ("draft", lambda w: _by_link(w.draft), 200),
    ("draft", lambda w: _by_link(w.library.guide), 302),
    ("draft", lambda w: "/rascunho/nao-existe/", 404),
    ("draft_file", lambda w: f"{_by_link(w.draft)}imagens/999999/m.webp", 302),
    ("draft_file", lambda w: f"{_by_link(w.draft)}acervo/", 404),
    ("cover", lambda w: "/capas/v1/financas/quadro/um-material.svg", 200),
    ("cover", lambda w: "/capas/v9/financas/quadro/um-material.svg", 404),
    ("cover", lambda w: "/capas/v1/financas/outro/um-material.svg", 404),
    ("tile", lambda w: "/capas/v1/financas/azulejo-1.svg", 200),
    ("tile", lambda w: "/capas/v1/financas/azulejo-7.svg", 404),
    ("theme_tiles", lambda w: "/capas/v1/saude/tema.svg", 200),
    ("image", lambda w: w.library.image.address("m"), 200),
    ("image", lambda w: files.image().address("m"), (404, 404, 404, 200, 200)),
    ("image_preview", lambda w: _preview(w.library.image), (404, 404, 404, 200, 200)),
    ("document", lambda w: w.library.booklet.document.url, 200),
    ("document", lambda w: files.document().url, (404, 404, 404, 200, 200)),
    ("document", lambda w: w.library.editable_document.odt.url, 200),
    ("document", lambda w: w.library.editable_document.docx.url, 200),
    ("video", lambda w: w.library.video.video.address(720), 200),
    ("video", lambda w: w.library.video.video.address(480), 404),
    ("video", lambda w: files.video().address(360), (404, 404, 404, 200, 200)),
    ("video_poster", lambda w: w.library.video.video.poster_url, 200),
    ("video_poster", lambda w: files.video().poster_url, (404, 404, 404, 200, 200)),
    ("video_captions", lambda w: w.library.video.video.captions_url, 200),
    ("video_captions", lambda w: files.video().captions_url, (404, 404, 404, 200, 200)),
    ("recording", lambda w: w.library.interview.recording.url, 200),
    ("recording", lambda w: _heard_recording(), 200),
    ("recording", lambda w: w.library.episode.recording.url, (404, 404, 404, 200, 200)),
    ("art", lambda w: w.library.guide.card.url, 200),
    ("art", lambda w: w.closed.card.url, (404, 404, 200, 200, 200)),
    ("art", lambda w: "/arte/0123456789abcdef01234567.png", 404),
    ("trail_step", lambda w: w.library.trail.steps.first().url_in(w.library.trail), 200),
    ("trail_step", lambda w: f"{w.library.trail.get_url()}nao-existe/", 404),
    ("show_feed", lambda w: w.library.show.feed_path, 200),
    ("show_feed", lambda w: "/podcasts/nao-existe/feed.xml", 404),
    ("episode_audio", lambda w: w.library.episode.audio_path, 200),
    ("episode_low_audio", lambda w: w.library.episode.audio_path[:-3] + "opus", 404),
    ("episode_transcript", lambda w: w.library.episode.transcript_path, 200),
    ("episode_transcript", lambda w: w.library.episode.transcript_path_as("html"), 200),
    ("episode_chapters", lambda w: w.library.episode.chapters_path, 404),
    ("episode_embed", lambda w: w.library.episode.embed_path, 200),
    ("episode_embed", lambda w: "/podcasts/tocador/00000000-0000-4000-8000-000000000000/", 404),
    ("show_subscribe", lambda w: f"{w.library.show.get_url()}assinar/", 200),
    ("show_subscribe", lambda w: "/podcasts/nao-existe/assinar/", 404),
    ("library_feed", lambda w: "/podcasts/feed.xml", 200),
    ("library_feed", lambda w: "/podcasts/feed.xml?pagina=2", 404),
    ("podcast_list", lambda w: "/podcasts/podcasts.opml", 200),
    ("wagtail_serve", lambda w: "/", 200),
    ("wagtail_serve", lambda w: "/acervo/", 200),
    ("wagtail_serve", lambda w: "/trilhas/", 200),
    ("wagtail_serve", lambda w: "/podcasts/", 200),
    ("wagtail_serve", lambda w: "/sobre/", 200),
    ("wagtail_serve", lambda w: w.library.guide.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.booklet.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.case.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.interview.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.editable_document.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.video.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.embedded.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.trail.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.show.get_url(), 200),
    ("wagtail_serve", lambda w: w.library.episode.get_url(), 200),
    ("wagtail_serve", lambda w: w.draft.get_url(), 404),
    ("wagtail_serve", lambda w: w.withdrawn.get_url(), 410),
    ("wagtail_serve", lambda w: w.closed.get_url(), (302, 403, 200, 403, 403)),
    ("wagtail_serve", lambda w: "/nao-existe/", 404),
    # accounts
    ("account_profile", lambda w: "/conta/", (302, 200, 200, 200, 200)),
    ("account_fragment", lambda w: "/conta/fragmento/", (204, 200, 200, 200, 200)),
    ("account_login", lambda w: "/conta/entrar/", (200, 302, 302, 302, 302)),
    ("account_logout", lambda w: "/conta/sair/", (302, 200, 200, 200, 200)),
    ("account_signup", lambda w: "/conta/criar/", (200, 302, 302, 302, 302)),
    ("account_inactive", lambda w: "/conta/desativada/", 200),
    ("account_reauthenticate", lambda w: "/conta/confirmar/", (302, 200, 200, 200, 200)),
    ("account_email", lambda w: "/conta/email/", (302, 200, 200, 200, 200)),
    ("account_email_verification_sent", lambda w: "/conta/email/confirmar/", 302),
    ("account_change_password", lambda w: "/conta/senha/", (302, 200, 200, 200, 200)),
    ("account_set_password", lambda w: "/conta/senha/definir/", 302),
    ("account_reset_password", lambda w: "/conta/senha/nova/", 200),
    ("account_confirm_password_reset_code", lambda w: "/conta/senha/nova/codigo/", 302),
    ("account_complete_password_reset", lambda w: "/conta/senha/nova/escolher/", 302),
    ("account_password_reset_completed", lambda w: "/conta/senha/nova/pronta/", 200),
    # the CMS: Wagtail's own addresses, all behind the same door
    ("wagtailadmin_home", lambda w: "/admin/", (302, 302, 302, 200, 200)),
    ("reviewer's approval", lambda w: _approval(w.draft), (302, 302, 302, 404, 404)),
]


def _author_of(page: Any) -> str:
    return page.facts().people[0].person.get_absolute_url()


def _by_link(page: Any) -> str:
    _, token = invite(page=page, name="Bia", email="", days=7, by=None)
    return f"/rascunho/{token}/"


def _preview(image: Any) -> str:
    return image.get_rendition("max-165x165").url


def _heard_recording() -> str:
    recording = files.recording()
    pages.guide(body=[*pages.BODY, pages.audio_block(recording)])
    return recording.url


def _approval(page: Any) -> str:
    return f"/admin/pages/workflow/action/{page.pk}/approve/999999/"


@pytest.fixture
def world() -> World:
    closed = pages.guide(authors=("Autora fechada",))
    pages.restrict(closed, people.group())
    draft = pages.guide(live=False, authors=("Autora do rascunho",))
    withdrawn = pages.guide()
    withdrawn.unpublish()
    return World(library(), closed, draft, withdrawn)


def client_of(reader: str) -> Client:
    if reader == "stranger":
        return Client()
    user = people.user(*{"author": ["Autores"], "curator": ["Curadores"]}.get(reader, []))
    if reader == "member":
        user.groups.add(people.group())
        assert group_key(people.group().pk)
    return signed_in(user)


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_gets_what_the_table_says(reader: str, world: World) -> None:
    client = client_of(reader)
    wrong = []
    for name, address, expected in TABLE:
        wanted = expected if isinstance(expected, int) else expected[READERS.index(reader)]
        url = address(world)
        got = client.get(url).status_code
        if got != wanted:
            wrong.append(f"{name} {url}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_addresses_are_for_reading(method: str, world: World) -> None:
    client = Client()
    for name, address, _expected in TABLE:
        url = address(world)
        if url.startswith(("/conta/", "/admin/", "/rascunho/")):
            continue  # personal pages with forms of their own
        if name == "opened" and method == "post":
            continue  # it is told something, and never says anything
        answer = getattr(client, method)(url)
        assert answer.status_code in (403, 405), f"{method} {name} {url}: {answer.status_code}"


def pattern_names() -> set[str]:
    """The name of every pattern outside the CMS; the CMS counts as one address."""

    def walk(resolver: URLResolver, prefix: str) -> set[str]:
        names: set[str] = set()
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                if not route.startswith("admin/"):
                    assert entry.name, f"{route} has no name"
                    names.add(entry.name)
            elif route.startswith("admin/"):
                names.add("wagtailadmin_home")
            else:
                names |= walk(entry, route)
        return names

    return walk(get_resolver(), "")


def test_every_address_has_its_line() -> None:
    listed = {name for name, _address, _expected in TABLE} - {"reviewer's approval"}
    assert listed == pattern_names()
