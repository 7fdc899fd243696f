"""Feeds in several documents, and feeds that lie: refused with a sentence, nothing is written."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from files.models import Image, Recording
from knowledge.models import Person
from podcasts.importing.paging import LyingFeed
from podcasts.models import EpisodePage, ShowPage
from tests.outbound.servers import answer, says
from tests.podcasts.hosting import HEAD, Host, feed, item

pytestmark = pytest.mark.django_db


def is_empty() -> bool:
    kinds = (ShowPage, EpisodePage, Recording, Image, Person)
    return not any(kind.objects.exists() for kind in kinds)


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_older_documents_are_read_too(host: Host, rel: str) -> None:
    host.puts("/feed.xml", feed(f'<atom:link rel="{rel}" href="?p=2"/>', item(3), item(2)))
    host.puts("/feed.xml?p=2", feed(item(2), item(1)))
    host.brings()
    assert [each.number for each in EpisodePage.objects.order_by("pk")] == [1, 2, 3]


LOOP = '<atom:link rel="next" href="{base}/feed.xml?p=2"/>'
BACK = '<atom:link rel="next" href="{base}/feed.xml"/>'
ENTITY = (
    '<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>'
)
OTHER = HEAD.replace("9b024349", "0b024349")
# What the feed is, what its second page is → what is said.
LYING: dict[str, tuple[str, str, str]] = {
    "no xml": ("<rss", "", "Não dá para ler como XML"),
    "nothing": ("", "", "vazio"),
    "a web page": ("<html><body/></html>", "", "não é RSS 2.0"),
    "entities": (ENTITY, "", "Tire o DOCTYPE"),
    "outside entity": (ENTITY.replace('"b"', 'SYSTEM "file:///etc/passwd"'), "", "Tire o DOCTYPE"),
    "no title": (feed(head=HEAD.replace("Fala, Servidora", " ")), "", "não diz como"),
    "one guid twice": (
        feed(item(1), item(2, guid="https://antigo.example/?p=1")),
        "",
        "mesmo guid",
    ),
    "page of itself": (feed(BACK), "", "anda em círculo"),
    "pages in a circle": (feed(LOOP), feed(BACK), "anda em círculo"),
    "the same page again": (feed(LOOP), feed(LOOP.replace("p=2", "p=3")), "anda em círculo"),
    "another podcast": (feed(LOOP), feed(head=OTHER), "é de outro podcast"),
    "page in a network": (feed(LOOP.replace("{base}", "http://10.0.0.1")), "", "de uma rede"),
    "page that is none": (feed('<atom:link rel="next" href="file:///x"/>'), "", "não tem endereço"),
    "page with a DTD": (feed(LOOP), ENTITY, "Tire o DOCTYPE"),
}


@pytest.mark.parametrize(("first", "second", "said"), LYING.values(), ids=LYING.keys())
def test_a_lying_feed_is_refused_and_leaves_nothing(
    host: Host, first: str, second: str, said: str
) -> None:
    host.puts("/feed.xml", first)
    for number in (2, 3):
        host.puts(f"/feed.xml?p={number}", second)
    with pytest.raises(LyingFeed, match=said) as error:
        host.brings()
    assert str(error.value).endswith(".")
    assert is_empty()


def test_a_feed_without_end_is_refused(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(handler: Any) -> None:
        number = int(handler.path.rpartition("=")[2] or 0) if "=" in handler.path else 1
        text = feed(f'<atom:link rel="next" href="?p={number + 1}"/>', item(1, guid=str(number)))
        answer(handler, 200, text.encode())

    class Endless(dict[str, Any]):
        def get(self, path: str, default: Any = None) -> Any:
            return page

    host.server.pages = Endless()
    monkeypatch.setattr("podcasts.importing.paging.MAX_PAGES", 4)
    with pytest.raises(LyingFeed, match="mais de 4 páginas"):
        host.brings()


def test_too_many_episodes_are_refused(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("podcasts.importing.paging.MAX_ITEMS", 2)
    host.puts("/feed.xml", feed(item(3), item(2), item(1)))
    with pytest.raises(LyingFeed, match="mais de 2 episódios"):
        host.brings()


def test_a_huge_document_is_refused(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("podcasts.importing.paging.FEED_BYTES", 1024 * 1024)
    host.puts("/feed.xml", feed("<!--" + "x" * 1024 * 1024 + "-->"))
    with pytest.raises(LyingFeed, match="passa de 1 MB"):
        host.brings()


@pytest.mark.parametrize("status", [404, 500])
def test_a_feed_that_is_not_there_is_said(host: Host, status: int) -> None:
    host.server.pages["/feed.xml"] = says(b"", status)
    with pytest.raises(LyingFeed, match=f"o site respondeu {status}"):
        host.brings()


def test_the_command_opens_nothing_inside_a_network(host: Host) -> None:
    with pytest.raises(CommandError, match="de uma rede"):
        call_command("import_podcast", f"{host.server.base}/feed.xml", stdout=io.StringIO())
