"""Hearing on the page, in a frame elsewhere, and in an app of one's own."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from podcasts.models import EpisodePage, ShowPage
from podcasts.subscribing import apps_for, qr_code
from tests.conftest import signed_in
from tests.factories import files, pages, people


def soup_of(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html5lib")


def test_the_plain_player_loads_nothing_and_tells_the_script_how_long_it_is(
    first: EpisodePage, client: Client
) -> None:
    sound = soup_of(client, first.get_url()).select_one(".player audio")
    assert sound["src"] == first.audio_path
    assert (sound["preload"], sound["controls"]) == ("none", "")
    assert sound["data-seconds"] == str(first.audio.seconds)


def test_the_waveform_is_in_the_player_and_in_the_frame_and_says_nothing(
    show: ShowPage, client: Client
) -> None:
    recording = files.recording(sound={"peaks": [10, 100, 40]})
    heard = pages.episode(show, title="Com onda", recording=recording)
    for path in (heard.get_url(), heard.embed_path):
        wave = soup_of(client, path).select_one(".player svg.wave")
        assert wave["aria-hidden"] == "true"
        assert wave["viewBox"] == "0 0 10 16"
        assert wave.path["d"].startswith("M2 ")
        assert "style" not in wave.attrs


def test_a_recording_that_was_not_measured_has_a_player_without_a_waveform(
    first: EpisodePage, client: Client
) -> None:
    player = soup_of(client, first.get_url()).select_one(".player")
    assert player.audio
    assert not player.select(".wave")


def test_the_picture_of_a_chapter_is_seen_beside_its_title_until_it_is_withdrawn(
    first: EpisodePage, client: Client
) -> None:
    picture = files.image(description="A fila da creche")
    first.chapters = [
        ("chapter", {"start": "0:00", "title": "Abertura", "link": "", "picture": picture})
    ]
    first = pages.publish(first)
    shown = soup_of(client, first.get_url()).select_one(".chapters a[data-at] img")
    assert shown["alt"] == "A fila da creche"
    assert client.get(shown["src"]).status_code == 200
    picture.withdrawn_on, picture.withdrawn_reason = timezone.localdate(), "A pedido"
    picture.save()
    assert not soup_of(client, first.get_url()).select(".chapters img")
    assert "img" not in client.get(first.chapters_path).json()["chapters"][0]


# --- in another site ---------------------------------------------------------------------------


def test_the_player_alone_may_be_framed_and_says_whose_it_is(
    first: EpisodePage, client: Client
) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(first.embed_path)
    assert len(queries) <= 9
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors 'self' *" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    page = BeautifulSoup(answer.content, "html5lib")
    assert page.select_one(".player audio")["src"] == first.audio_path
    assert [link["href"] for link in page.select("link[rel=license]")] == [first.licence.uri]
    assert page.h1.a["href"] == f"http://rede.test{first.get_url()}"


def test_no_other_page_may_be_framed(first: EpisodePage, client: Client) -> None:
    answer = client.get(first.get_url())
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self';" in answer.headers["Content-Security-Policy"] + ";"


def test_a_private_episode_is_in_no_frame_not_even_for_its_readers(first: EpisodePage) -> None:
    pages.restrict(first)
    assert Client().get(first.embed_path).status_code == 404
    assert signed_in(people.user()).get(first.embed_path).status_code == 404


def test_a_withdrawn_episode_says_so_in_its_frame(first: EpisodePage, client: Client) -> None:
    first.unpublish()
    assert client.get(first.embed_path).status_code == 410


def test_the_code_to_paste_holds_a_title_with_quotes(first: EpisodePage, client: Client) -> None:
    first.title = 'O "empenho" <b>'
    first = pages.publish(first)
    code = soup_of(client, first.get_url()).select_one("#incorporar").text
    frame = BeautifulSoup(code, "html5lib").iframe
    assert frame["src"] == f"http://rede.test{first.embed_path}"
    assert frame["title"] == first.title


# --- in an app ---------------------------------------------------------------------------------


def test_the_way_to_subscribe_names_apps_the_address_and_a_code(
    show: ShowPage, client: Client
) -> None:
    page = soup_of(client, f"{show.get_url()}assinar/")
    assert page.select_one("#feed").text == f"http://rede.test{show.feed_path}"
    assert len(page.select(".apps a")) == len(apps_for("http://x/"))
    assert page.select_one("svg.qr path")


def test_of_a_show_that_moved_the_new_address_is_given(show: ShowPage, client: Client) -> None:
    show.moved_to = "https://outra.example/feed.xml"
    show = pages.publish(show)
    page = soup_of(client, f"{show.get_url()}assinar/")
    assert page.select_one("#feed").text == show.moved_to


def test_nobody_subscribes_to_a_closed_show(show: ShowPage, client: Client) -> None:
    pages.restrict(show)
    assert client.get(f"{show.get_url()}assinar/").status_code == 404


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Apple Podcasts", "podcast://rede.example/a/feed.xml"),
        ("Pocket Casts", "pktc://subscribe/rede.example/a/feed.xml"),
        (
            "Overcast",
            "overcast://x-callback-url/add?url=https%3A%2F%2Frede.example%2Fa%2Ffeed.xml",
        ),
    ],
)
def test_a_deep_link_is_as_the_app_documents_it(name: str, address: str) -> None:
    found = {app.name: app.url for app in apps_for("https://rede.example/a/feed.xml")}
    assert found[name] == address


def test_the_code_is_drawn_without_styles_and_differs_by_address() -> None:
    first, second = qr_code("https://a.example/"), qr_code("https://b.example/")
    assert first != second
    assert "style" not in first


def test_the_page_to_subscribe_goes_with_its_show(show: ShowPage, client: Client) -> None:
    ShowPage.objects.filter(pk=show.pk).update(expire_at=timezone.now())  # the clock is late
    assert client.get(f"{show.get_url()}assinar/").status_code == 404


def test_no_episode_takes_the_address_of_the_page_to_subscribe(first: EpisodePage) -> None:
    first.slug = "assinar"
    with pytest.raises(ValidationError) as refused:
        first.full_clean()
    assert refused.value.messages == ["Aqui fica a página para assinar. Escreva outro endereço."]


# --- in lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said"), [("full", "Episódio 4"), ("trailer", "Chamada"), ("bonus", "Extra")]
)
def test_a_line_in_a_list_says_what_it_is(
    show: ShowPage, client: Client, kind: str, said: str
) -> None:
    number = 4 if kind == "full" else None
    pages.episode(show, title="Outro som", episode_type=kind, number=number)
    rows = soup_of(client, show.get_url()).select("article.row")
    (row,) = (row for row in rows if row.select_one(".row__t").text == "Outro som")
    assert " ".join(row.select_one(".kind").text.split()) == said
