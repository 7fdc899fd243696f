"""A show that lives elsewhere is brought here: whole, once, and as it was."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from files.models import Image, Recording
from knowledge.models import Person
from knowledge.publishing.schedule import publish_due
from licensing.values import BY, BY_SA
from podcasts.importing import fetching, runs, writing
from podcasts.importing.runs import Refused
from podcasts.models import EpisodePage, ShowPage
from tests.factories import files, pages
from tests.outbound.servers import redirects, says
from tests.podcasts.hosting import HEAD, LICENCE, Host, feed, item

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As abrupt as a signal: nobody catches it."""


@pytest.fixture
def whole(host: Host) -> Host:
    """A host with two episodes, the newest first, as hosts have them."""
    host.puts("/feed.xml", feed(item(2), item(1)))
    return host


def show() -> ShowPage:
    return ShowPage.objects.get(title="Fala, Servidora").get_latest_revision_as_object()


def episode(title: str = "Episódio 1") -> EpisodePage:
    return EpisodePage.objects.get(title=title).get_latest_revision_as_object()


def counts() -> tuple[int, ...]:
    kinds = (ShowPage, EpisodePage, Recording, Image, Person)
    return tuple(kind.objects.count() for kind in kinds)


# --- what comes -----------------------------------------------------------------------------------


def test_the_show_comes_as_its_feed_says(whole: Host) -> None:
    report = whole.brings()
    made = show()
    assert (str(made.guid), made.licence, made.category, made.medium) == (
        "9b024349-ccf0-5f69-a609-6b82873eab3c",
        BY,
        "Education > Courses",
        "course",
    )
    assert (made.author, made.owner_email) == ("Escola de Governo", "fala@escola.example")
    assert (made.recurrence, made.language) == ("FREQ=MONTHLY;BYDAY=1TU", "pt-BR")
    assert (report.changed, report.drafts, report.skipped) == (3, [], [])


def test_an_episode_comes_with_all_that_is_its_own(whole: Host) -> None:
    whole.brings()
    made = episode("Episódio 2")
    assert (made.guid, made.number, made.season) == ("https://antigo.example/?p=2", 2, 2)
    assert made.first_published_at == datetime(2026, 9, 2, 14, tzinfo=UTC)
    assert made.summary == "O resumo do episódio 2."
    assert made.transcript == files.vtt_text("a-agenda-era-o-problema").strip() + "\n"
    assert made.recording.file.read() == files.mp3_bytes("a-agenda-era-o-problema")
    assert (made.recording.creator, made.recording.licence) == ("Ana Lúcia Reis", BY)
    assert [(each.person.name, each.role) for each in made.people.all()] == [
        ("Ana Lúcia Reis", "apresentacao")
    ]


def test_it_goes_out_by_itself_when_its_audio_is_made(whole: Host) -> None:
    whole.brings()
    assert not EpisodePage.objects.filter(live=True).exists()
    for each in EpisodePage.objects.all():
        prepare_all(each)
    assert publish_due() == 2
    made = EpisodePage.objects.get(title="Episódio 1")
    assert made.live
    assert made.first_published_at == datetime(2026, 9, 1, 14, tzinfo=UTC)
    assert "https://antigo.example/?p=1" in made.feed_item.xml


def prepare_all(page: Any) -> None:
    from files.services import prepare_now

    draft = page.get_latest_revision_as_object()
    prepare_now(*filter(None, [draft.recording]), *draft.request_preparations())


def test_episodes_of_one_moment_keep_their_order(host: Host) -> None:
    same = "Tue, 01 Sep 2026 11:00:00 -0300"
    host.puts("/feed.xml", feed(*(item(number, pubDate=same) for number in (3, 2, 1))))
    host.brings()
    assert [each.number for each in EpisodePage.objects.order_by("pk")] == [1, 2, 3]


def test_notes_come_without_what_a_stranger_put_into_them(host: Host) -> None:
    notes = (
        '<h2>Links</h2><script>alert(1)</script><p onclick="x()">Veja <a href="https://a.example/">a '
        '</a> e <a href="javascript:x()">b</a>.</p><ul><li>um</li></ul><img src="https://r.example/p">'
    )
    host.puts("/feed.xml", feed(item(1, **{"content:encoded": notes})))
    host.brings()
    source = episode().body[0].value.source
    assert "Links</h3>" in source
    assert '<a href="https://a.example/">a' in source
    assert all(word not in source for word in ("script", "alert", "onclick", "img", "r.example"))


PSC = (
    '<psc:chapters version="1.2"><psc:chapter start="00:00:00.000" title="Abertura"/>'
    '<psc:chapter start="00:01:05.500" title="A lei" href="https://lei.example/"/></psc:chapters>'
)
LINK = '<podcast:chapters url="{base}/c.json" type="application/json+chapters"/>'
TWO = [("00:00", "Abertura", ""), ("01:05", "A lei", "https://lei.example/")]


@pytest.mark.parametrize("extra", [PSC, LINK, LINK + PSC], ids=["psc", "json", "both"])
def test_chapters_come_from_beside_the_feed_or_from_inside(host: Host, extra: str) -> None:
    rows = [
        {"startTime": 65.5, "title": "A lei", "url": "https://lei.example/"},
        {"startTime": 0, "title": "Abertura"},
        {"startTime": 30, "title": "Só na tela", "toc": False},
    ]
    host.puts("/c.json", json.dumps({"version": "1.2.0", "chapters": rows}))
    host.puts("/feed.xml", feed(item(1, extra)))
    host.brings()
    found = [
        (each.value["start"], each.value["title"], each.value["link"] or "")
        for each in episode().chapters
    ]
    assert found == TWO


@pytest.mark.parametrize("inside", [False, True], ids=["json", "psc"])
def test_pictures_of_chapters_come_once_each_with_the_rights_of_the_episode(
    host: Host, inside: bool
) -> None:
    host.server.pages["/um.png"] = says(files.picture_bytes(40, 40, "PNG"))
    host.server.pages["/pagina.html"] = says(b"<html>nada que se veja</html>" * 20)
    told = [(0, "Abertura", "/um.png"), (30, "A lei", "/pagina.html"), (65, "De novo", "/um.png")]
    if inside:
        rows = "".join(
            f'<psc:chapter start="0:{at // 60}:{at % 60}" title="{title}" image="{{base}}{path}"/>'
            for at, title, path in told
        )
        host.puts("/feed.xml", feed(item(1, f"<psc:chapters>{rows}</psc:chapters>")))
    else:
        chapters = [
            {"startTime": at, "title": title, "img": f"{{base}}{path}"} for at, title, path in told
        ]
        host.puts("/c.json", json.dumps({"version": "1.2.0", "chapters": chapters}))
        host.puts("/feed.xml", feed(item(1, LINK)))
    report = host.brings()
    first, second, third = (each.value["picture"] for each in episode().chapters)
    assert first == third
    assert second is None
    assert (first.licence, first.creator) == (BY, "Ana Lúcia Reis")
    assert (first.title, first.description) == ("Abertura", "Abertura")
    assert (Image.objects.count(), host.asked("/um.png")) == (1, 1)
    assert "A imagem do capítulo “A lei” não serve" in " ".join(report.episodes[0].notes)


def test_a_picture_of_a_chapter_that_did_not_come_is_a_gap_that_a_later_run_fills(
    host: Host,
) -> None:
    row = {"startTime": 0, "title": "Abertura", "img": "{base}/um.png"}
    host.puts("/c.json", json.dumps({"version": "1.2.0", "chapters": [row]}))
    host.puts("/feed.xml", feed(item(1, LINK, transcript="")))
    report = host.brings()
    assert "A imagem do capítulo “Abertura” não veio" in " ".join(report.episodes[0].notes)
    host.server.pages["/um.png"] = says(files.picture_bytes(40, 40, "PNG"))
    host.brings()
    draft = episode().get_latest_revision_as_object()
    assert draft.chapters[0].value["picture"] is not None


SRT = "1\n00:00:00,000 --> 00:00:02,000\nAna: Bom dia.\n\n2\n00:00:02,000 --> 00:00:03,000\nFim.\n"
JSON = json.dumps(
    {
        "version": "1.0.0",
        "segments": [{"startTime": 0, "endTime": 2, "speaker": "Ana", "body": "Oi"}],
    }
)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [("application/x-subrip", SRT, "Bom dia."), ("application/json", JSON, "Oi")],
)
def test_a_transcript_comes_from_each_form(host: Host, kind: str, text: str, said: str) -> None:
    host.server.pages["/t"] = says(text.encode())
    extra = f'<podcast:transcript url="{{base}}/t" type="{kind}"/>'
    host.puts("/feed.xml", feed(item(1, extra, transcript=None)))
    host.brings()
    assert episode().transcript.startswith("WEBVTT")
    assert (episode().said()[0].speaker, episode().said()[0].text) == ("Ana", said)


def test_a_transcript_that_cannot_be_read_gives_way_to_the_next(host: Host) -> None:
    host.server.pages["/ruim"] = says(b"\xff\xfe nada")
    extra = '<podcast:transcript url="{base}/empenho-nao-e-pagamento.vtt" type="text/vtt"/>'
    host.puts("/feed.xml", feed(item(1, extra, transcript="{base}/ruim")))
    report = host.brings()
    assert episode().transcript.startswith("WEBVTT")
    assert "não dá para ler" in report.episodes[0].notes[0]


def test_art_comes_and_is_the_cover(host: Host) -> None:
    art = files.picture_bytes(1400, 1400)
    host.server.pages["/arte.jpg"] = says(art, Content_Type="image/jpeg")
    extra = '<itunes:image href="{base}/arte.jpg"/>'
    host.puts("/feed.xml", feed(item(1, extra), item(2, extra), extra=LICENCE + extra))
    host.brings()
    assert show().cover_image.licence == BY
    assert (Image.objects.count(), host.asked("/arte.jpg")) == (1, 1)


def test_small_art_is_left_out_and_said(host: Host) -> None:
    host.server.pages["/arte.jpg"] = says(files.picture_bytes(600, 600))
    host.puts("/feed.xml", feed(extra=LICENCE + '<itunes:image href="{base}/arte.jpg"/>'))
    report = host.brings()
    assert show().cover_image is None
    assert "menos de 1.400 pixels" in " ".join(report.show.notes)


def test_the_licence_of_an_episode_is_its_own(host: Host) -> None:
    own = "<creativeCommons:license>http://creativecommons.org/licenses/by-sa/4.0/</creativeCommons:license>"
    host.puts("/feed.xml", feed(item(2, own), item(1)))
    host.brings()
    assert (episode("Episódio 1").licence, episode("Episódio 2").licence) == (BY, BY_SA)


# --- drafts ---------------------------------------------------------------------------------------

STRANGE = '<podcast:license url="https://x.example/">uso-livre</podcast:license>'
TWO_LICENCES = '<podcast:license url="https://creativecommons.org/licenses/by-nc/4.0/">cc-by-4.0</podcast:license>'


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("", "O feed não diz a licença."),
        (STRANGE, "uma licença que este site não tem"),
        (TWO_LICENCES, "licenças diferentes (CC BY 4.0 e CC BY-NC 4.0)"),
    ],
)
def test_without_a_licence_everything_stays_a_draft(host: Host, licence: str, said: str) -> None:
    host.puts("/feed.xml", feed(item(1), extra=licence))
    report = host.brings()
    assert [line.title for line in report.drafts] == ["Fala, Servidora", "Episódio 1"]
    assert said in " ".join(report.drafts[0].why)
    assert said in " ".join(report.drafts[1].why)
    assert publish_due() == 0


LACKING: list[tuple[dict[str, Any], str]] = [
    ({"transcript": None}, "Falta a transcrição"),
    ({"description": None}, "Escreva o resumo"),
    ({"audio": "{base}/nada.mp3"}, "Escolha a gravação"),
    ({"audio": "{base}/empenho-nao-e-pagamento.vtt"}, "Escolha a gravação"),
    ({"pubDate": None}, "não diz quando ele saiu"),
    ({"pubDate": "ontem"}, "não diz quando ele saiu"),
    ({"pubDate": "Tue, 01 Sep 2099 11:00:00 -0300"}, "A data dele é futura"),
]


@pytest.mark.parametrize(("fields", "said"), LACKING)
def test_an_episode_that_lacks_something_stays_a_draft(
    host: Host, fields: dict[str, Any], said: str
) -> None:
    host.puts("/feed.xml", feed(item(2), item(1, **fields)))
    report = host.brings()
    assert [line.title for line in report.drafts] == ["Episódio 1"]
    assert said in " ".join(report.drafts[0].why)
    for each in EpisodePage.objects.all():
        prepare_all(each)
    publish_due()
    assert not EpisodePage.objects.get(title="Episódio 1").live


def test_a_wrong_length_is_noticed(host: Host) -> None:
    host.puts("/feed.xml", feed(item(1, length="7")))
    assert "O feed diz que o áudio tem 7 bytes" in host.brings().episodes[0].notes[0]


@pytest.mark.parametrize(
    ("end", "options"),
    [("m4a", ["-c:a", "aac"]), ("ogg", ["-c:a", "libopus"])],
    ids=["m4a", "ogg"],
)
@pytest.mark.real_parts
def test_audio_that_is_no_mp3_comes_and_is_encoded_here(
    host: Host, tmp_path: Path, run_jobs: Any, end: str, options: list[str]
) -> None:
    path = tmp_path / f"som.{end}"
    tone = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=3"]
    subprocess.run([*tone, *options, str(path)], check=True)
    host.server.pages[f"/som.{end}"] = says(path.read_bytes())
    audio = f"{{base}}/som.{end}"
    length = str(path.stat().st_size)
    host.puts("/feed.xml", feed(item(1, audio=audio, length=length)))
    report = host.brings()
    assert report.episodes[0].notes == []
    recording = Recording.objects.get()
    assert recording.file.name.endswith(f".{end}")
    assert recording.file_bytes == path.stat().st_size
    run_jobs()
    recording.refresh_from_db()
    assert recording.sound["codec"] == "mp3"
    assert 2_900 < recording.milliseconds < 3_200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (files.video_bytes(), "é um vídeo"),
        (b"\xff\xf1" + b"nada que se toque" * 99, "O áudio não serve"),
        (b"<html>p\xc3\xa1gina</html>" * 99, "O áudio não serve"),
    ],
    ids=["film", "adts", "page"],
)
def test_what_is_no_recording_does_not_come_and_is_said(
    host: Host, content: bytes, said: str
) -> None:
    host.server.pages["/outro.bin"] = says(content)
    host.puts("/feed.xml", feed(item(1, audio="{base}/outro.bin", length=str(len(content)))))
    line = host.brings().episodes[0]
    assert said in line.notes[0]
    assert line.is_draft
    assert Recording.objects.count() == 0


def test_audio_that_stops_before_its_end_does_not_come(host: Host) -> None:
    def stops(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(b"x" * 500)

    host.server.pages["/curto.mp3"] = stops
    host.puts("/feed.xml", feed(item(1, audio="{base}/curto.mp3")))
    assert "parou antes do fim" in host.brings().episodes[0].notes[0]
    assert Recording.objects.count() == 0


def test_huge_audio_is_refused_before_it_fills_the_disk(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_RECORDING_BYTES", 2 * 1024 * 1024)
    host.server.pages["/grande.mp3"] = says(b"x" * (2 * 1024 * 1024 + 1))
    host.puts("/feed.xml", feed(item(1, audio="{base}/grande.mp3")))
    assert "passa de 2 MB" in host.brings().episodes[0].notes[0]


@pytest.mark.parametrize("address", ["http://10.0.0.1/a.mp3", "file:///etc/passwd", "{base}/laço"])
def test_audio_inside_a_network_is_not_opened(host: Host, address: str) -> None:
    host.server.pages["/la%C3%A7o"] = redirects("/la%C3%A7o")
    host.puts("/feed.xml", feed(item(1, audio=address)))
    notes = host.brings().episodes[0].notes
    assert notes[0].startswith("O áudio não veio: ")


# --- again ----------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(
    whole: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole.brings()
    before, asked = counts(), whole.asked(".mp3")
    monkeypatch.setattr("podcasts.management.commands.import_podcast.fetch", whole.fetch)
    call_command("import_podcast", f"{whole.server.base}/feed.xml")
    assert "Nada mudou. Episódios que já estavam: 2." in capsys.readouterr().out
    assert (counts(), whole.asked(".mp3")) == (before, asked)


def test_a_later_run_brings_what_is_new(whole: Host) -> None:
    whole.brings()
    whole.puts("/feed.xml", feed(item(3), item(2), item(1)))
    report = whole.brings()
    assert ([line.title for line in report.episodes], report.known) == (["Episódio 3"], 2)


def test_a_later_run_brings_what_did_not_come(host: Host) -> None:
    host.puts("/feed.xml", feed(item(1, transcript="{base}/depois.vtt")))
    host.brings()
    assert episode().transcript == ""
    host.server.pages["/depois.vtt"] = says(files.vtt_text().encode())
    report = host.brings()
    assert episode().transcript.startswith("WEBVTT")
    assert ([line.is_new for line in report.episodes], report.drafts) == ([True], [])
    assert (EpisodePage.objects.count(), host.asked(".mp3")) == (1, 1)


def test_what_somebody_wrote_here_is_left_alone(host: Host) -> None:
    host.puts("/feed.xml", feed(item(1, transcript="{base}/depois.vtt")))
    host.brings()
    page = episode()
    page.title = "Título daqui"
    page.save_revision()
    host.server.pages["/depois.vtt"] = says(files.vtt_text().encode())
    assert host.brings().known == 1
    assert EpisodePage.objects.get().get_latest_revision_as_object().title == "Título daqui"


PLACES = [
    (writing, "_remember"),
    (writing, "_credit"),
    (runs, "write_episode"),
    (runs, "settle"),
    (fetching, "check_recording"),
]


@pytest.mark.parametrize(("module", "where"), PLACES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_killed_import_goes_on_and_does_nothing_twice(
    whole: Host, monkeypatch: pytest.MonkeyPatch, module: Any, where: str, number: int
) -> None:
    real, calls = getattr(module, where), iter(range(1, 100))

    def killed(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == number:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(module, where, killed)
        try:
            whole.brings()
        except Killed:
            pass
        else:
            assert (where, number) in [("check_recording", 3), ("write_episode", 3)]
    whole.brings()
    assert counts() == (1, 2, 2, 0, 1)
    assert whole.brings().changed == 0
    for each in EpisodePage.objects.all():
        prepare_all(each)
    publish_due()
    assert EpisodePage.objects.filter(live=True).count() == 2


# --- where it goes --------------------------------------------------------------------------------


def test_episodes_go_into_a_show_that_is_here(whole: Host) -> None:
    here = pages.show(slug="daqui", title="Daqui")
    report = whole.brings(slug="daqui")
    assert EpisodePage.objects.child_of(here).count() == 2
    assert (report.show.title, report.show.is_new) == ("Daqui", False)
    assert ShowPage.objects.get(slug="daqui").guid == here.guid


def test_a_show_that_was_made_here_is_not_taken_over_by_its_number(whole: Host) -> None:
    here = pages.show(slug="daqui", title="Daqui")
    ShowPage.objects.filter(pk=here.pk).update(guid="9b024349-ccf0-5f69-a609-6b82873eab3c")
    with pytest.raises(Refused, match=r"já está aqui: “Daqui”.*--show daqui"):
        whole.brings()
    assert EpisodePage.objects.count() == 0


def test_a_locked_show_is_refused_unless_it_is_yours(host: Host) -> None:
    host.puts("/feed.xml", feed(item(1), extra=LICENCE + "<podcast:locked>yes</podcast:locked>"))
    with pytest.raises(Refused, match="trancado"):
        host.brings()
    assert ShowPage.objects.count() == 0
    assert host.brings(unlocked=True).changed == 2


def test_a_file_says_by_itself_which_show_it_is(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed(item(1)).replace("{base}", host.server.base), encoding="utf-8")
    assert host.brings(str(path)).changed == 2
    head = HEAD.replace("<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>", "")
    path.write_text(feed(item(1), head=head), encoding="utf-8")
    with pytest.raises(Refused, match="O arquivo não diz"):
        host.brings(str(path))


def test_the_report_is_plain(
    host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    host.puts("/feed.xml", feed(item(3, audio=None), item(2, transcript=None), item(1)))
    monkeypatch.setattr("podcasts.management.commands.import_podcast.fetch", host.fetch)
    call_command("import_podcast", f"{host.server.base}/feed.xml")
    assert capsys.readouterr().out.splitlines()[-5:] == [
        "Pronto. Episódios que vieram: 2. Já estavam: 0.",
        "Ficaram em rascunho: 1.",
        "- Episódio 2: Falta a transcrição: sem ela, quem não ouve fica de fora. Cole o texto, "
        "envie o arquivo ou diga por que não há.",
        "Ficaram de fora: 1.",
        "- “Episódio 3” ficou de fora: não tem áudio.",
    ]
