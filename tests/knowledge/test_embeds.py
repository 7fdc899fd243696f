"""Videos elsewhere: which addresses are understood, and nothing from there before a click."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from knowledge.embeds import PEERTUBE, UnknownPlace, read_embed
from tests.conftest import signed_in
from tests.factories import pages, people

YOUTUBE = "https://www.youtube-nocookie.com/embed/abcDEF_-123"
VIMEO = "https://player.vimeo.com/video/123456789?dnt=1"

KNOWN = [
    ("https://www.youtube.com/watch?v=abcDEF_-123", YOUTUBE),
    ("https://www.youtube.com/watch?list=PL1&v=abcDEF_-123&t=30s", YOUTUBE),
    ("http://youtube.com/watch?v=abcDEF_-123", YOUTUBE),
    ("https://m.youtube.com/watch?v=abcDEF_-123", YOUTUBE),
    ("https://youtu.be/abcDEF_-123?si=xyz", YOUTUBE),
    ("https://www.youtube.com/shorts/abcDEF_-123", YOUTUBE),
    ("https://www.youtube.com/live/abcDEF_-123", YOUTUBE),
    ("https://www.youtube.com/embed/abcDEF_-123", YOUTUBE),
    (f"  {YOUTUBE}  ", YOUTUBE),
    ("https://vimeo.com/123456789", VIMEO),
    ("https://player.vimeo.com/video/123456789", VIMEO),
    ("https://vimeo.com/123456789/0a1b2c3d4e", f"{VIMEO}&h=0a1b2c3d4e"),
    ("https://player.vimeo.com/video/123456789?h=0a1b2c3d4e", f"{VIMEO}&h=0a1b2c3d4e"),
    (
        "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv",
    ),
    (
        "https://peertube.tv/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
        "https://peertube.tv/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d",
    ),
]
UNKNOWN = [
    "",
    "vídeo da prefeitura",
    "https://example.org/watch?v=abcDEF_-123",
    "https://www.youtube.com.example.org/watch?v=abcDEF_-123",
    "https://youtube.com@example.org/watch?v=abcDEF_-123",
    "https://maria@www.youtube.com/watch?v=abcDEF_-123",
    "https://www.youtube.com:8443/watch?v=abcDEF_-123",
    "https://www.youtube.com:porta/watch?v=abcDEF_-123",
    "https://[::1/watch",
    "javascript:alert(1)//www.youtube.com/watch?v=abcDEF_-123",
    "//www.youtube.com/watch?v=abcDEF_-123",
    "https://www.youtube.com/@canal",
    "https://www.youtube.com/watch?v=curto",
    'https://www.youtube.com/watch?v=abc"><b>-123',
    "https://www.youtube.com/playlist?list=PL123",
    "https://vimeo.com/canal/outro",
    "https://vimeo.com/123456789/nao-e-chave",
    "https://framatube.org/a/canal/videos",
    "https://framatube.org/w/",
]


@pytest.mark.parametrize(("address", "frame"), KNOWN)
def test_an_address_as_people_copy_it_leads_to_its_frame(address: str, frame: str) -> None:
    embed = read_embed(address)
    assert embed.frame_url == frame
    assert embed.origin == re.match(r"https://[^/]+", frame)[0]  # type: ignore[index]
    assert embed.watch_url.startswith("https://")


@pytest.mark.parametrize("address", UNKNOWN)
def test_any_other_address_is_refused_with_the_places_that_are_not(address: str) -> None:
    with pytest.raises(UnknownPlace) as refusal:
        read_embed(address)
    assert "YouTube" in str(refusal.value)
    assert all(host in str(refusal.value) for host in PEERTUBE)


# --- in the page --------------------------------------------------------------------------------


def policy_of(path: str, client: Client | None = None) -> dict[str, list[str]]:
    header = (client or Client()).get(path).headers["Content-Security-Policy"]
    parts = [directive.split() for directive in header.split(";")]
    return {name: values for name, *values in filter(None, parts)}


@pytest.mark.django_db
def test_the_page_asks_nothing_of_the_other_place_before_a_click(client: Client) -> None:
    page = pages.embedded_video()
    html = client.get(page.get_url()).content.decode()
    soup = BeautifulSoup(html, "html5lib")
    assert not soup.select("iframe, object, embed")
    loads = [*soup.select("[src]"), *soup.select("link[href]:not([rel=license])")]
    sources = [item.get("src") or item.get("href") for item in loads]
    assert not [url for url in sources if "youtube" in url or url.startswith("//")]
    assert not soup.select("link[rel=preconnect], link[rel=dns-prefetch]")
    button = soup.select_one("button[data-frame]")
    assert button["data-frame"] == YOUTUBE
    assert button.text == "Ver o vídeo no YouTube"
    box = soup.select_one(".embed").text
    assert "Ao clicar, o YouTube recebe seu endereço e pode usar cookies." in box
    link = soup.select_one(".embed a.no-js")
    assert link["href"] == "https://www.youtube.com/watch?v=abcDEF_-123"
    assert "Canal da cidade" in html
    assert len(soup.select("a[rel=license]")) == 1


@pytest.mark.django_db
def test_only_the_page_and_its_step_allow_that_one_host_in_a_frame() -> None:
    page, own, other = pages.embedded_video(), pages.video(), pages.guide()
    vimeo = pages.embedded_video(embed_url="https://vimeo.com/123456789")
    trail = pages.trail(page, own)
    steps = {step.resource_id: step.url_in(trail) for step in trail.ordered_steps()}
    bare = policy_of(other.get_url())
    assert "frame-src" not in bare
    for path in (page.get_url(), steps[page.pk]):
        policy = policy_of(path)
        assert policy.pop("frame-src") == ["https://www.youtube-nocookie.com"]
        assert policy == bare
    assert policy_of(vimeo.get_url())["frame-src"] == ["https://player.vimeo.com"]
    for path in (own.get_url(), steps[own.pk], "/"):
        assert policy_of(path) == bare


@pytest.mark.django_db
def test_the_document_is_the_same_for_everybody() -> None:
    page = pages.embedded_video()
    mine, theirs = signed_in(people.user()).get(page.get_url()), Client().get(page.get_url())
    assert mine.content == theirs.content
    assert mine.headers["ETag"] == theirs.headers["ETag"]
    assert mine.headers["Content-Security-Policy"] == theirs.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_an_address_that_no_longer_is_understood_shows_no_frame(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = pages.embedded_video(embed_url="https://tilvids.com/w/kkGMgK9ZtnKfYAgnEtQxbv")
    monkeypatch.setattr("knowledge.embeds.PEERTUBE", ("framatube.org", "peertube.tv"))
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    assert "data-frame" not in answer.content.decode()
