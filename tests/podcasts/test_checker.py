"""The strict checker: a whole feed passes, and each thing put wrong is named."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from PIL import Image

from outbound.fetch import Fetched, Outcome
from podcasts.checker import Answer, Finding, Level, check, check_wire, errors_in
from podcasts.models import EpisodePage, ShowPage
from tests.factories import files, pages
from tests.podcasts.reading import Feed
from tests.podcasts.whole import WHOLE

HTTPS = "https://rede.example"
LONG = "x" * 256


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def test_nothing_is_said_of_a_feed_in_which_nothing_is_wrong() -> None:
    assert check(WHOLE.encode()) == []


# What is replaced, by what → the rule that is broken.
ERRORS: list[tuple[str, str, str]] = [
    ("</channel>", "", "not-xml"),
    ('version="2.0"', 'version="1.0"', "not-rss"),
    ('encoding="UTF-8"?>', 'encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY a "b">]>', "doctype"),
    ("index.org/namespace/1.0", "index.org/namespace/1.0/", "namespace"),
    ("http://www.itunes.com/dtds", "https://www.itunes.com/dtds", "namespace"),
    ("http://www.itunes.com/dtds/podcast", "http://www.itunes.com/DTDs/Podcast", "namespace"),
    ("<title>Expediente Aberto</title>", "", "no-title"),
    ("<title>Expediente Aberto</title>", "<title>a</title><title>b</title>", "repeated"),
    ("<title>Expediente Aberto</title>", "<title> Expediente</title>", "edges"),
    ("<title>Expediente Aberto</title>", f"<title>{LONG}</title>", "text-long"),
    ("<description>Conversas sobre o trabalho de todo dia.</description>", "", "no-description"),
    ("Conversas sobre", "é" * 2001, "description-long"),
    ("<link>https://rede.example/podcasts/expediente-aberto/</link>", "", "no-link"),
    (
        "<link>https://rede.example/podcasts/expediente-aberto/</link>",
        "<link>/podcasts/expediente-aberto/</link>",
        "relative-url",
    ),
    ("<language>pt-br</language>", "", "no-language"),
    ("<language>pt-br</language>", "<language>pt_BR</language>", "language"),
    ("<language>pt-br</language>", "<language>pt-BR</language>", "language"),
    ('rel="self" type="application/rss+xml"', 'rel="self"', "self-type"),
    ('rel="self"', 'rel="alternate"', "no-self"),
    ('text="Education"', 'text="education"', "category"),
    ('text="Courses"', 'text="Careers"', "category"),
    ("<itunes:explicit>false</itunes:explicit>", "", "no-explicit"),
    (
        "<itunes:explicit>false</itunes:explicit>",
        "<itunes:explicit>no</itunes:explicit>",
        "explicit-value",
    ),
    ('<itunes:image href="https://rede.example/arte/a.png"/>', "", "no-image"),
    ("/arte/a.png", "/arte/a.webp", "image-end"),
    ('owner="a@rede.example"', 'owner="a"', "owner"),
    ("<itunes:email>a@rede.example", "<itunes:email>ninguém", "owner"),
    (">yes</podcast:locked>", ">true</podcast:locked>", "locked"),
    (">yes</itunes:complete>", ">no</itunes:complete>", "only-yes"),
    ("9b024349-ccf0", "9b02-4349", "guid-form"),
    ("<podcast:medium>podcast<", "<podcast:medium>Podcasts<", "medium"),
    ("<itunes:type>episodic<", "<itunes:type>daily<", "type"),
    ("BYDAY=1TU", "BYDAY=1XX", "rrule"),
    ("FREQ=MONTHLY;BYDAY=1TU", "toda terça", "rrule"),
    (">cc-by-sa-4.0<", ">CC-BY-SA-4.0<", "licence-case"),
    (' url="https://creativecommons.org/licenses/by-sa/4.0/"', "", "licence-url"),
    ("licenses/by-sa/4.0", "licenses/by-nc/4.0", "licence-mismatch"),
    (
        "<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/",
        "<creativeCommons:license>https://creativecommons.org/licenses/by-nd/4.0/",
        "licence-mismatch",
    ),
    (">Ana</podcast:person>", "></podcast:person>", "person-name"),
    (">Ana</podcast:person>", f">{'A' * 129}</podcast:person>", "person-name"),
    ('role="host"', 'role="apresentadora"', "person-role"),
    ('role="host" group="cast"', 'role="host" group="writing"', "person-role"),
    ('group="cast"', 'group="elenco"', "person-group"),
    ("geo:-23.6864,-46.6228", "geo:-23.6864", "location"),
    ("geo:-23.6864,-46.6228", "geo:-93.6864,-46.6228", "location"),
    (">Diadema, São Paulo<", "><", "location"),
    (' url="https://rede.example/apoie/"', "", "funding"),
    (">Apoie o programa<", f">{'A' * 129}<", "funding"),
    ("rede-4f2a", "", "txt"),
    ("917393e3-1b1e", "917393e3", "podroll"),
    ("remoteItem", "outro", "podroll"),
    ('pubdate="Mon, 02 Nov 2026 11:00:00 +0000"', 'pubdate="2026-11-02"', "trailer"),
    ('season="1">Chamada', 'season="0">Chamada', "trailer"),
    (">Chamada</podcast:trailer>", "></podcast:trailer>", "trailer"),
    ("<lastBuildDate>Tue, 03 Nov 2026 11:00:00 +0000", "<lastBuildDate>hoje", "date"),
    ("<title>Empenho não é pagamento</title>", "", "no-title"),
    ("<title>Empenho", f"<title>{LONG}", "text-long"),
    (
        '<enclosure url="https://rede.example/audio/1.mp3" length="1000" type="audio/mpeg"/>',
        "",
        "no-enclosure",
    ),
    ('length="1000"', 'length="0"', "length-form"),
    ('length="1000"', 'length="1,000"', "length-form"),
    ('length="1000" type="audio/mpeg"', 'length="1000" type="audio/ogg"', "enclosure-type"),
    ("audio/1.mp3", "audio/1", "enclosure-end"),
    ("audio/1.mp3", "audio/1.mp3?de=feed.x#a b", "url-letters"),
    ("https://rede.example/audio/1.mp3", "/audio/1.mp3", "relative-url"),
    ("/audio/1.mp3", "/áudio/1.mp3", "url-letters"),
    (
        'audio/2.m4a" length="2000" type="audio/x-m4a"',
        'audio/1.mp3" length="2000" type="audio/mpeg"',
        "enclosure-twice",
    ),
    (
        "<itunes:duration>157",
        '<enclosure url="https://a.b/c.mp3" length="1" type="audio/mpeg"/><itunes:duration>157',
        "repeated",
    ),
    ("1d6bca2f", "0d6bca2f", "guid-twice"),
    ('<guid isPermaLink="false">0d', '<guid isPermaLink="true">0d', "guid-permalink"),
    ('<guid isPermaLink="false">0d', "<guid>0d", "guid-permalink"),
    ('<guid isPermaLink="false">0d6bca2f-6f2c-4f43-9a2f-0b7a53f1a1aa</guid>', "", "no-guid"),
    ("<pubDate>Tue, 03 Nov 2026 11:00:00 +0000", "<pubDate>Tue, 03 Nov 2026 11:00:00", "date"),
    ("<pubDate>Tue, 03 Nov 2026 11:00:00 +0000", "<pubDate>2026-11-03T11:00:00Z", "date"),
    ("<pubDate>Tue, 03 Nov", "<pubDate>ter, 03 nov", "date"),
    ("<itunes:duration>157", "<itunes:duration>2:37", "duration"),
    ("<itunes:season>1", "<itunes:season>um", "number"),
    ("<itunes:episode>3", "<itunes:episode>0", "number"),
    ("<podcast:episode>3", "<podcast:episode>4", "numbers-differ"),
    ("<itunes:episodeType>full", "<itunes:episodeType>Full", "episode-type"),
    ('type="text/vtt" language="pt-br"', 'type="vtt" language="pt-br"', "transcript-type"),
    ('url="https://rede.example/1.vtt" ', "", "transcript"),
    ('type="application/json+chapters"', 'type="application/json"', "chapters-type"),
    ('<podcast:source uri="https://rede.example/audio/1.opus"/>', "", "alternate"),
    ('length="500"', 'length="meio mega"', "alternate"),
]
ADVICE: list[tuple[str, str, str]] = [
    ("<itunes:author>Rede Aberta</itunes:author>", "", "no-author"),
    ("<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>", "", "no-guid"),
    ('<podcast:locked owner="a@rede.example">yes</podcast:locked>', "", "no-locked"),
    ("<itunes:email>a@rede.example</itunes:email>", "", "no-owner"),
    (">todo mês<", "><", "frequency-words"),
    ("<pubDate>Tue, 03 Nov 2026 11:00:00 +0000</pubDate>", "", "no-item-pubDate"),
    ("<description>Um resumo.</description>", "", "no-item-description"),
    ("<itunes:duration>157</itunes:duration>", "", "no-item-duration"),
    (
        '<podcast:transcript url="https://rede.example/2.vtt" type="text/vtt"/>',
        "",
        "no-item-transcript",
    ),
    (
        '<podcast:license url="https://creativecommons.org/publicdomain/zero/1.0/">cc0-1.0</podcast:license>',
        "",
        "no-item-license",
    ),
    ('type="text/vtt" language="pt-br"', 'type="text/html" language="pt-br"', "transcript-first"),
    ('<podcast:person role="host" group="cast">Ana</podcast:person>', "", "hosts"),
    ("<pubDate>Tue, 03 Nov 2026", "<pubDate>Tue, 03 Nov 2099", "future"),
    ("https://rede.example/audio/1.mp3", "http://rede.example/audio/1.mp3", "not-https"),
]


def mutated(before: str, after: str) -> list[Finding]:
    assert before in WHOLE, before
    return check(WHOLE.replace(before, after, 1).encode())


@pytest.mark.parametrize(
    ("before", "after", "code"), ERRORS, ids=[f"{n}-{e[2]}" for n, e in enumerate(ERRORS)]
)
def test_what_breaks_apps_is_an_error_by_its_name(before: str, after: str, code: str) -> None:
    found = mutated(before, after)
    assert code in codes(errors_in(found))
    for finding in found:
        assert finding.message.endswith((".", ")"))


@pytest.mark.parametrize(("before", "after", "code"), ADVICE, ids=[each[2] for each in ADVICE])
def test_what_would_be_better_is_advice_and_no_error(before: str, after: str, code: str) -> None:
    found = mutated(before, after)
    assert code in codes(found)
    assert errors_in(found) == []


def test_a_finding_says_of_which_episode_it_is() -> None:
    [finding] = mutated("<itunes:duration>201", "<itunes:duration>3:21")
    assert finding.item == "A agenda era o problema"
    assert str(finding).startswith("ERRO (duration) episódio “A agenda era o problema”: ")


HOSTILE = {
    "bomb": '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<rss version="2.0"><channel><title>&b;</title></channel></rss>',
    "file": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    '<rss version="2.0"><channel><title>&a;</title></channel></rss>',
    "deep": "<rss>" + "<a>" * 5000,
    "binary": "\x00\x01\x02",
    "page": "<!DOCTYPE html><html><head><title>Oi</title></head><body></body></html>",
    "empty": "  ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_gets_a_sentence(text: str) -> None:
    found = check(text.encode())
    assert {"not-xml", "doctype", "not-rss"} & codes(errors_in(found))
    assert not any("root:" in finding.message for finding in found)


def test_a_document_that_is_too_long_is_told_of() -> None:
    long = WHOLE.replace("</channel>", f"<!--{'x' * 5_300_000}--></channel>")
    assert "too-long" in codes(check(long.encode()))


# --- what the feed points at -------------------------------------------------------------------


def art(width: int = 1400, height: int = 1400, kind: str = "PNG", mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, kind)
    return buffer.getvalue()


SERVED = {
    f"{HTTPS}/arte/a.png": Answer(200, "image/png", None, art()),
    f"{HTTPS}/audio/1.mp3": Answer(200, "audio/mpeg", 1000),
    f"{HTTPS}/audio/1.opus": Answer(200, "audio/ogg", 500),
    f"{HTTPS}/audio/2.m4a": Answer(200, "audio/x-m4a", 2000),
    f"{HTTPS}/1.vtt": Answer(200, "text/vtt; charset=utf-8", 9, files.CAPTIONS.encode()),
    f"{HTTPS}/2.vtt": Answer(200, "text/vtt", 9, files.CAPTIONS.encode()),
    f"{HTTPS}/1.srt": Answer(200, "application/x-subrip", 9, b"1"),
    f"{HTTPS}/1.json": Answer(
        200,
        "application/json+chapters",
        9,
        json.dumps({"version": "1.2.0", "chapters": [{"startTime": 0}, {"startTime": 9}]}).encode(),
    ),
}


def on_wire(**changed: Answer) -> list[Finding]:
    """The findings, with other answers at some addresses, named by their end."""
    served = dict(SERVED)
    for end, answer in changed.items():
        [url] = [each for each in SERVED if each.endswith(end.replace("_", "."))]
        served[url] = answer
    return check_wire(WHOLE.encode(), lambda url, wanted: served[url])


def test_nothing_is_said_of_files_that_are_what_the_feed_says() -> None:
    assert on_wire() == []


NOTHING = Answer(404, "text/html", 3, b"oi")
WIRE: list[tuple[str, Answer, str]] = [
    ("1_mp3", Answer(200, "audio/mpeg", 999), "length-wrong"),
    ("1_mp3", Answer(200, "audio/mp3", 1000), "type-wrong"),
    ("1_mp3", NOTHING, "file-missing"),
    ("1_mp3", Answer(0), "file-missing"),
    ("1_opus", Answer(200, "audio/ogg", 1), "length-wrong"),
    ("a_png", NOTHING, "image-missing"),
    ("a_png", Answer(200, "image/png", 3, b"oi!"), "image-unreadable"),
    ("a_png", Answer(200, "image/png", None, art(1400, 1500)), "image-square"),
    ("a_png", Answer(200, "image/png", None, art(100, 100)), "image-size"),
    ("a_png", Answer(200, "image/png", None, art(3100, 3100)), "image-size"),
    ("a_png", Answer(200, "image/png", None, art(mode="RGBA")), "image-colour"),
    ("a_png", Answer(200, "image/jpeg", None, art(kind="JPEG", mode="CMYK")), "image-colour"),
    ("a_png", Answer(200, "image/jpeg", None, art(kind="JPEG")), "image-end"),
    ("a_png", Answer(200, "image/webp", None, art(kind="WEBP")), "image-format"),
    ("1_vtt", NOTHING, "transcript-missing"),
    ("1_vtt", Answer(200, "text/plain", 9, files.CAPTIONS.encode()), "transcript-served"),
    ("1_vtt", Answer(200, "text/vtt", 9, b"Ana: oi"), "transcript-unreadable"),
    ("1_json", NOTHING, "chapters-missing"),
    ("1_json", Answer(200, "application/json", 2, b'{"chapters":[]}'), "chapters-served"),
    ("1_json", Answer(200, "application/json+chapters", 2, b"[]"), "chapters-unreadable"),
    (
        "1_json",
        Answer(
            200, "application/json+chapters", 2, b'{"chapters":[{"startTime":5},{"startTime":1}]}'
        ),
        "chapters-order",
    ),
]


@pytest.mark.parametrize(
    ("end", "answer", "code"), WIRE, ids=[f"{n}-{e[2]}" for n, e in enumerate(WIRE)]
)
def test_a_file_that_is_not_what_the_feed_says_is_an_error(
    end: str, answer: Answer, code: str
) -> None:
    assert code in codes(errors_in(on_wire(**{end: answer})))


def test_a_server_that_does_not_tell_the_length_gets_advice() -> None:
    found = on_wire(**{"1_mp3": Answer(200, "audio/mpeg", None)})
    assert [(each.level, each.code) for each in found] == [(Level.ADVICE, "file-length")]


# --- our own feeds -----------------------------------------------------------------------------


def ask(url: str, wanted: int) -> Answer:
    """The site itself, asked like any other."""
    answer = Client().get(url.removeprefix("https://rede.example"))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    length = int(answer.headers["Content-Length"])
    return Answer(answer.status_code, answer.headers["Content-Type"], length, body)


@override_settings(PUBLIC_URL="https://rede.example")
def test_the_feeds_of_the_site_and_all_their_files_have_no_error(
    show: ShowPage, first: EpisodePage, client: Client
) -> None:
    show.recurrence = "FREQ=MONTHLY;BYDAY=1TU"
    show.seasons = [("season", {"number": 1, "name": "Dinheiro"})]
    pages.publish(show)
    first.season = 1
    first.chapters = [("chapter", {"start": "0:00", "title": "Abertura", "link": ""})]
    first.episode_type = EpisodePage.Type.TRAILER
    pages.publish(first)
    for path in (show.feed_path, "/podcasts/feed.xml"):
        content = Feed.get(client, path).content
        found = [*check(content), *check_wire(content, ask)]
        assert errors_in(found) == []
    assert check(Feed.get(client, show.feed_path).content) == []


def test_the_editor_tells_what_apps_would_refuse_at_its_field(show: ShowPage) -> None:
    show.category, show.recurrence = "Governo", "FREQ=MONTHLY;BYDAY=1XX"
    assert {(lack.code, lack.field) for lack in show.lacks()} == {
        ("feed-category", "category"),
        ("feed-rrule", "recurrence"),
    }


def test_advice_in_the_editor_does_not_block(show: ShowPage) -> None:
    show.author = show.owner_email = ""
    assert show.lacks() == []
    assert [sentence.split(":")[0] for sentence in show.advice()] == [
        "Escreva o e-mail do responsável",
        "Diga quando o programa sai",
    ]


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def feed_file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "feed.xml"
    path.write_text(WHOLE, encoding="utf-8")
    yield path


def test_the_command_reads_a_file(feed_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_feed", str(feed_file), arquivos=0)
    assert capsys.readouterr().out == "Sem erros. Conselhos: 0.\n"


def test_the_command_fails_and_says_why(
    feed_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed_file.write_text(WHOLE.replace("pt-br", "pt_BR"), encoding="utf-8")
    with pytest.raises(CommandError, match="Erros a corrigir: 1"):
        call_command("check_feed", str(feed_file), arquivos=0)
    assert capsys.readouterr().out.startswith("ERRO (language) programa: A língua “pt_BR”")


@pytest.mark.parametrize("feed", ["http://127.0.0.1/feed.xml", "/nao/existe.xml", "http://"])
def test_the_command_refuses_what_it_may_not_open(feed: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("check_feed", feed)
    assert str(error.value).endswith(".")


def test_the_command_opens_what_the_feed_points_at(
    monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def fetch(url: str, max_bytes: int) -> Fetched:
        if url == f"{HTTPS}/feed.xml":
            return Fetched(url, Outcome.ANSWERED, url, 200, "application/rss+xml", WHOLE.encode())
        answer = SERVED[url]
        length = 7 if url.endswith("1.mp3") else answer.length
        kind = answer.content_type
        return Fetched(url, Outcome.ANSWERED, url, 200, kind, answer.body, length=length)

    monkeypatch.setattr("podcasts.management.commands.check_feed.fetch", fetch)
    with pytest.raises(CommandError):
        call_command("check_feed", f"{HTTPS}/feed.xml")
    assert "O feed diz 1000 bytes, e o arquivo tem 7." in capsys.readouterr().out
