"""Video pages: the player, what is said beside it, what lacks, what machines are told."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from files.models import FileUse
from knowledge.models import VideoPage
from licensing.values import BY, BY_NC
from search.models import Entry
from tests.factories import editor, files, pages
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db


def soup_of(path: str, client: Client) -> Any:
    return BeautifulSoup(client.get(path).content, "html5lib")


def test_the_page_plays_the_video_with_captions_and_each_line_leads_to_its_second(
    client: Client,
) -> None:
    page = pages.video(body=pages.BODY)
    soup = soup_of(page.get_url(), client)
    player = soup.select_one(".player video")
    assert player["preload"] == "none"
    assert (player["width"], player["height"]) == ("96", "54")
    assert player.select_one("source")["media"] == "(min-width: 40em)"
    assert [line["data-at"] for line in soup.select(".said > div")] == ["0.00", "1.40"]
    for line in soup.select(".said > div"):
        assert line.select_one("time a")["href"] == f"#{line['id']}"
    order = [soup.select_one(one).sourceline for one in (".player", ".said", ".prose")]
    assert order == sorted(order)
    assert len(soup.select("a[rel=license]")) == 1
    assert "2 s" in soup.select_one(".meta").text
    scripts = [script for script in soup.select("script[src]") if "episodio" in script["src"]]
    assert all("defer" in script.attrs for script in scripts)
    assert len(scripts) == 1


def test_the_reuse_panel_offers_each_size_and_the_captions(client: Client) -> None:
    page = pages.video()
    items = soup_of(page.get_url(), client).select(".files a")
    assert [item["href"] for item in items][:3] == [
        page.video.address(720),
        page.video.address(360),
        page.video.captions_url,
    ]
    for item in items[:3]:
        assert "download" in item.attrs
        assert client.get(item["href"]).status_code == 200


def test_a_transcript_given_as_text_is_shown_and_found(client: Client) -> None:
    video = files.video(licence=BY_NC, transcript="Primeiro parágrafo.\n\nCaqui & <b>manga</b>.")
    page = pages.video(video=video)
    soup = soup_of(page.get_url(), client)
    section = soup.select_one("section[aria-labelledby=transcricao]")
    assert len(section.select(".prose p")) == 2
    assert not section.select("b, .said")
    assert "Caqui" in Entry.objects.get(pk=page.pk).body


def test_what_is_said_is_found(client: Client) -> None:
    page, elsewhere = pages.video(), pages.embedded_video()
    found = client.get("/busca/?q=abacaxi").content.decode()
    assert page.title in found
    assert elsewhere.title in found


def test_the_page_opens_its_video_and_is_shown_in_a_trail(client: Client) -> None:
    page = pages.video()
    assert FileUse.objects.get(page=page, video__isnull=False).video_id == page.video.pk
    trail = pages.trail(page)
    soup = soup_of(trail.ordered_steps()[0].url_in(trail), client)
    assert soup.select_one(".player video source")["src"] == page.video.address(720)
    assert soup.select(".said time a")


def test_machines_are_told_how_long_it_is_and_where_it_lies(client: Client) -> None:
    page = pages.video()
    soup = soup_of(page.get_url(), client)
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    base = "http://rede.test"
    assert data["@type"] == ["LearningResource", "VideoObject"]
    assert data["duration"] == "PT2S"
    assert data["contentUrl"] == f"{base}{page.video.address(720)}"
    assert data["thumbnailUrl"] == f"{base}{page.video.poster_url}"
    assert data["caption"]["contentUrl"] == f"{base}{page.video.captions_url}"
    assert data["uploadDate"]
    elsewhere = soup_of(pages.embedded_video().get_url(), client)
    data = json.loads(elsewhere.select_one('script[type="application/ld+json"]').string)
    assert data["embedUrl"] == "https://www.youtube-nocookie.com/embed/abcDEF_-123"
    assert data["duration"] == "PT3M"
    assert data["thumbnailUrl"].startswith(f"{base}/arte/")


def test_length_is_said_in_words_and_minutes() -> None:
    page = VideoPage(video=files.video())
    page.video.milliseconds = 84_300
    assert (page.length_label, page.estimate_minutes()) == ("1 min 24 s", 1)
    assert VideoPage(embed_url="x", embed_minutes=70).length_label == "1 h 10 min"


LACKING: list[tuple[dict[str, Any], str, str]] = [
    ({"video": None}, "video", "Escolha o vídeo"),
    ({"video": lambda: files.video(licence=BY)}, "licence", "O vídeo diz CC BY 4.0 e a página"),
    ({"video": lambda: files.video(licence=BY_NC, captions="")}, "video", "Faltam as legendas"),
    ({"video": lambda: files.video(licence=BY_NC, ready=False)}, "video", "alguns minutos"),
    ({"embed_url": "https://youtu.be/abcDEF_-123"}, "embed_url", "Escolha um só"),
    ({"embed_url": "https://example.org/v"}, "embed_url", "não é de um vídeo que dê"),
    ({"embed_creator": " "}, "embed_creator", "Diga quem fez"),
    ({"embed_licence": None}, "embed_licence", "Diga a licença"),
    ({"transcript": " "}, "transcript", "Falta a transcrição"),
]


@pytest.mark.parametrize(("change", "field", "told"), LACKING, ids=[line[2] for line in LACKING])
def test_what_lacks_is_told_at_its_field(change: dict[str, Any], field: str, told: str) -> None:
    change = {name: value() if callable(value) else value for name, value in change.items()}
    is_own = "video" in change or told == "Escolha um só"
    if told == "Escolha um só":
        change["video"] = files.video(licence=BY_NC)
    make = pages.video if is_own else pages.embedded_video
    page = draft(make(live=False, **change))
    lacks = [lack for lack in page.lacks() if lack.field == field]
    assert len(lacks) == 1, page.lacks()
    assert told in lacks[0].message


@pytest.mark.parametrize("make", [pages.video, pages.embedded_video])
def test_a_curator_publishes_a_whole_one(make: Any, curator_client: Client) -> None:
    page = draft(make(live=False))
    assert not page.lacks()
    answer = editor.edit(curator_client, page)
    assert answer.status_code == 302, editor.errors_in(answer, "video")
    assert VideoPage.objects.get(pk=page.pk).live


def test_a_video_that_is_silent_says_so_instead_of_captions() -> None:
    video = files.video(licence=BY_NC, captions="", no_captions_reason="sem fala")
    assert not draft(pages.video(video=video, live=False)).lacks()
