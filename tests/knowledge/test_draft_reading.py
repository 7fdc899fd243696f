"""Reading a draft by a link: what it opens, what it does not, and what its reader says."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from files.services import prepare_now
from knowledge.draft_reading import services
from knowledge.draft_reading.notices import tell_inviter
from knowledge.models import DraftComment, DraftInvitation
from tests.conftest import signed_in
from tests.factories import files, pages, people
from tests.factories.library import body_with
from tests.knowledge.lacking import draft
from tests.knowledge.situations import anew

pytestmark = pytest.mark.django_db


def link_to(page: Any, name: str = "Bia Moura", days: int = 7, by: Any = None) -> str:
    """The address of a new invitation."""
    _, token = services.invite(page=page, name=name, email="", days=days, by=by)
    return f"/rascunho/{token}/"


def soup_of(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html5lib")


def text_of(answer: HttpResponse) -> str:
    return " ".join(soup_of(answer).select_one("main").get_text(" ").split())


def invitation() -> DraftInvitation:
    return DraftInvitation.objects.get()


# --- what it opens --------------------------------------------------------------------------------


MAKES: dict[str, Callable[..., Any]] = {
    "guide": pages.guide,
    "article": pages.article,
    "booklet": pages.booklet,
    "trail": pages.trail,
    "show": pages.show,
    "episode": pages.episode,
    "case": pages.case,
    "interview": pages.interview,
    "editable document": pages.editable_document,
    "video": pages.video,
    "embedded video": pages.embedded_video,
}


def body_of(html: BeautifulSoup) -> str:
    """What the page shows, but for what only a draft has."""
    for own in html.select(".draft"):
        own.decompose()
    return " ".join(html.select_one("main").get_text(" ").split())


@pytest.mark.parametrize("kind", MAKES)
def test_a_draft_of_each_kind_is_shown_as_the_public_page_shows_it(kind: str) -> None:
    page = MAKES[kind]()
    page.save_revision()
    shown, public = (Client().get(address) for address in (link_to(page), page.get_url()))
    assert shown.status_code == 200
    assert "Isto é um rascunho." in text_of(shown)
    assert body_of(soup_of(shown)) == body_of(soup_of(public))


@pytest.mark.parametrize("kind", MAKES)
def test_a_draft_without_anything_is_shown_as_well(kind: str) -> None:
    page = MAKES[kind](live=False, licence=None, themes=(), authors=(), summary="")
    page.save_revision()
    assert page.title in text_of(Client().get(link_to(page)))


def test_the_draft_of_a_published_page_is_the_latest_and_says_when_it_was_saved() -> None:
    page = pages.guide(title="De antes")
    link = link_to(page)
    page.title = "De agora"
    revision = page.save_revision()
    text = text_of(Client().get(link))
    assert "De agora" in text
    assert "De antes" not in text
    saved = timezone.localtime(revision.created_at)
    assert f"Salvo em {saved.day} de" in text
    page.title = "De um minuto depois"
    page.save_revision()
    assert "De um minuto depois" in text_of(Client().get(link))
    assert "De antes" in text_of(Client().get(page.get_url()))


def test_the_banner_says_who_invited_whom_and_until_when() -> None:
    by = people.user("Curadores", first_name="Rui", last_name="Lima")
    link = link_to(draft(pages.guide(live=False)), by=by)
    text = text_of(Client().get(link))
    until = timezone.localtime(invitation().expires_at)
    assert "Isto é um rascunho. Ainda pode mudar. Rui Lima convidou Bia Moura a ler até" in text
    assert f"{until.day} de" in text
    assert by.email not in text


def test_it_is_for_one_reader_and_no_engine() -> None:
    page = draft(pages.guide(live=False))
    link = link_to(page)
    for answer in (Client().get(link), Client().get("/rascunho/nada/"), Client().get(f"{link}x")):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in answer
    assert "rascunho" not in Client().get("/robots.txt").content.decode()
    assert page.slug not in Client().get("/sitemap.xml").content.decode()


def test_only_the_digest_of_a_token_is_kept() -> None:
    link = link_to(draft(pages.guide(live=False)))
    token = link.split("/")[2]
    assert len(token) == 43
    row = DraftInvitation.objects.values().get()
    assert token not in str(row)
    assert row["token_digest"] == hashlib.sha256(token.encode()).hexdigest()


def test_reading_is_noted_to_the_minute() -> None:
    link = link_to(draft(pages.guide(live=False)))
    assert invitation().last_used_at is None
    Client().get(link)
    first = invitation().last_used_at
    assert first is not None
    Client().get(link)
    assert invitation().last_used_at == first
    DraftInvitation.objects.update(last_used_at=first - timedelta(minutes=5))
    Client().get(link)
    assert invitation().last_used_at > first


# --- what it does not open ------------------------------------------------------------------------


def revoked(page: Any, link: str) -> str:
    services.revoke(invitation())
    return link


def expired(page: Any, link: str) -> str:
    DraftInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return link


def deleted(page: Any, link: str) -> str:
    anew(page).delete()
    return link


def wrong(page: Any, link: str) -> str:
    return link[:-2] + ("A/" if link[-2] != "A" else "B/")


def with_the_digest(page: Any, link: str) -> str:
    return f"/rascunho/{invitation().token_digest}/"


CLOSED = [revoked, expired, deleted, wrong, with_the_digest]


@pytest.mark.parametrize("close", CLOSED)
def test_a_link_that_opens_nothing_answers_alike(close: Callable[[Any, str], str]) -> None:
    page = draft(pages.booklet(live=False))
    link = link_to(page)
    client = Client()
    assert client.get(link).status_code == 200
    file = f"{link}{page.document.url[1:]}"
    closed = close(page, link)
    nothing = Client().get("/rascunho/nunca-houve/")
    for answer in (client.get(closed), client.get(file.replace(link, closed)), nothing):
        assert answer.status_code == 404
        assert "Este link não vale mais Peça outro a quem enviou." in text_of(answer)
    said = client.post(closed, {"name": "Bia", "text": "Oi", "selo": "x"})
    assert said.status_code == 404
    assert not DraftComment.objects.exists()
    address = closed.encode()
    assert client.get(closed).content.replace(address, b"") == nothing.content.replace(
        b"/rascunho/nunca-houve/", b""
    )


@pytest.mark.parametrize(
    "token",
    ["a", "%00", "..", "a" * 5000, "%F0%9F%94%91", "'%20OR%201=1", "<script>", "%2F%2Fevil.test"],
)
def test_odd_tokens_open_nothing(token: str) -> None:
    draft(pages.guide(live=False))
    for address in (f"/rascunho/{token}/", f"/rascunho/{token}/imagens/1/m.webp"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_none(method: str) -> None:
    link = link_to(draft(pages.guide(live=False)))
    assert getattr(Client(), method)(link).status_code == 405


def test_a_page_published_meanwhile_is_read_at_its_address() -> None:
    page = draft(pages.guide(live=False))
    link = link_to(page)
    pages.publish(anew(page).get_latest_revision_as_object())
    answer = Client().get(link)
    assert (answer.status_code, answer["Location"]) == (302, page.get_url())
    assert answer["Referrer-Policy"] == "no-referrer"
    edited = anew(page)
    edited.title = "De novo em rascunho"
    edited.save_revision()
    assert "De novo em rascunho" in text_of(Client().get(link))


def test_a_page_that_only_a_group_may_read_stays_with_the_link() -> None:
    page = pages.guide()
    pages.restrict(page, people.group())
    link = link_to(page)
    assert Client().get(link).status_code == 200
    assert Client().get(page.get_url()).status_code == 302


def test_links_inside_stay_as_closed_as_they_are() -> None:
    hidden = pages.guide(live=False, title="Outro rascunho")
    body = [("text", f'<p><a linktype="page" id="{hidden.pk}">leia</a></p>')]
    link = link_to(draft(pages.guide(live=False, body=body)))
    assert hidden.get_url() not in Client().get(link).content.decode()


# --- its files ------------------------------------------------------------------------------------


def files_in(answer: HttpResponse, link: str) -> set[str]:
    """Every address below the draft's own that its page names."""
    found = set()
    for element in soup_of(answer).select("[src], [href], [srcset], [poster]"):
        for name in ("src", "href", "srcset", "poster"):
            for part in element.get(name, "").split(","):
                address = part.strip().split(" ")[0].split("#")[0]
                if address.startswith(link) and address != link:
                    found.add(address)
    return found


@pytest.mark.parametrize("kind", ["guide", "booklet", "episode"])
def test_the_files_of_the_draft_open_by_its_link_alone(kind: str) -> None:
    image = files.image()
    page = draft(MAKES[kind](live=False, body=body_with(image)))
    prepare_now(*page.request_preparations())
    link = link_to(page)
    answer = Client().get(link)
    found = files_in(answer, link)
    expected = {"guide": ".webp", "booklet": ".pdf", "episode": ".mp3"}
    assert any(address.endswith(expected[kind]) for address in found)
    assert any(address.endswith(".webp") for address in found)
    for address in found:
        opened = Client().get(address)
        assert opened.status_code == 200, address
        assert opened["Cache-Control"] == "private, no-store"
        assert opened["X-Robots-Tag"] == "noindex, nofollow"
        assert opened["X-Content-Type-Options"] == "nosniff" or address.endswith(".vtt")
        plain = Client().get(f"/{address.removeprefix(link)}")
        assert plain.status_code == 404, address
    for prefix in ("/imagens/", "/arquivos/", "/podcasts/audio/"):
        assert f'="{prefix}' not in answer.content.decode()


def test_audio_of_a_draft_can_be_sought_in() -> None:
    page = draft(pages.episode(live=False))
    link = link_to(page)
    answer = Client().get(f"{link}{page.audio_path[1:]}", headers={"range": "bytes=0-9"})
    assert answer.status_code == 206
    assert len(b"".join(answer.streaming_content)) == 10  # type: ignore[attr-defined]


def test_the_audio_of_the_draft_is_not_that_of_the_published_episode() -> None:
    episode = pages.episode(title="Antes")
    link = link_to(episode)
    drafted = anew(episode)
    drafted.title = "Depois"
    draft(drafted)
    heard = b"".join(Client().get(f"{link}{episode.audio_path[1:]}"))
    public = b"".join(Client().get(episode.audio_path))
    assert b"D\x00e\x00p\x00o\x00i\x00s" in heard or b"Depois" in heard
    assert heard != public


def test_files_of_others_stay_closed() -> None:
    mine = draft(pages.booklet(live=False))
    other = draft(pages.booklet(live=False, cover_image=files.image()))
    episode = draft(pages.episode(live=False))
    link = link_to(mine)
    for address in (
        other.document.url,
        other.cover_image.address("m"),
        episode.audio_path,
        episode.transcript_path,
    ):
        answer = Client().get(f"{link}{address[1:]}", follow=True)
        assert answer.status_code == 404, address


def test_public_files_of_others_are_found_where_they_are() -> None:
    public = pages.booklet()
    link = link_to(draft(pages.guide(live=False)))
    answer = Client().get(f"{link}{public.document.url[1:]}")
    assert (answer.status_code, answer["Location"]) == (302, public.document.url)


@pytest.mark.parametrize(
    "path",
    [
        "admin/",
        "conta/",
        "busca/",
        "acervo/",
        "imagens/1/previa/1/",
        "//evil.test/",
        "../../x",
        "x",
    ],
)
def test_nothing_but_files_lies_below_a_draft(path: str) -> None:
    link = link_to(draft(pages.guide(live=False)))
    assert Client().get(f"{link}{path}").status_code == 404


def test_the_link_opens_nothing_for_the_same_browser_elsewhere() -> None:
    page = draft(pages.booklet(live=False))
    link, client = link_to(page), Client()
    assert client.get(link).status_code == 200
    assert client.get(page.get_url()).status_code == 404
    assert client.get(page.document.url).status_code == 404


# --- comments -------------------------------------------------------------------------------------


def fields_of(answer: HttpResponse) -> dict[str, str]:
    """The form of the page, as it stands."""
    form = soup_of(answer).select_one("#comentarios form")
    found = {field["name"]: field.get("value", "") for field in form.select("input")}
    chosen = form.select_one("select option[selected]")
    written = form.select_one("textarea").text.removeprefix("\n")
    return found | {"section": chosen["value"] if chosen else "", "text": written}


def say(client: Client, link: str, **fields: Any) -> HttpResponse:
    return client.post(link, fields_of(client.get(link)) | fields)


def test_a_comment_on_a_section_reaches_whoever_invited(
    django_capture_on_commit_callbacks: Any,
) -> None:
    by = people.user("Curadores")
    page = draft(pages.guide(live=False, title="Orçamento"))
    link, client = link_to(page, by=by), Client()
    form = fields_of(client.get(link))
    assert form["name"] == "Bia Moura"
    answer = say(client, link, text="Falta o prazo.", section="as-tres-leis")
    assert (answer.status_code, answer["Location"]) == (302, f"{link}?enviado=1#comentarios")
    comment = DraftComment.objects.get()
    assert (comment.name, comment.text) == ("Bia Moura", "Falta o prazo.")
    assert (comment.anchor, comment.section) == ("as-tres-leis", "As três leis")
    text = text_of(client.get(f"{link}?enviado=1"))
    assert "Comentário enviado." in text
    assert "sobre “As três leis” Falta o prazo." in text
    tell_inviter.func(comment.pk)
    [message] = mail.outbox
    assert message.to == [by.email]
    assert message.subject == "Bia Moura comentou “Orçamento”"
    assert "Falta o prazo." in message.body
    assert f"/admin/rascunho/{page.pk}/" in message.body


@pytest.mark.parametrize("kind", MAKES)
def test_each_kind_can_be_commented(kind: str) -> None:
    link = link_to(draft(MAKES[kind](live=False)))
    assert say(Client(), link, text="Bom.").status_code == 302
    assert DraftComment.objects.get().section == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Escreva o comentário."),
        ({"text": "   "}, "Escreva o comentário."),
        ({"text": "x" * 2001}, "2000 caracteres"),
        ({"text": "a\x00b"}, "Caracteres nulos"),
        ({"text": "Oi", "name": ""}, "Escreva seu nome."),
        ({"text": "Oi", "name": "n" * 81}, "80 caracteres"),
        ({"text": "Oi", "section": "nao-ha"}, "Esta parte mudou de nome. Escolha de novo."),
    ],
)
def test_what_cannot_be_kept_is_a_sentence_and_nothing_is_lost(
    fields: dict[str, str], sentence: str
) -> None:
    link = link_to(draft(pages.guide(live=False)))
    answer = say(Client(), link, **fields)
    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert fields_of(answer)["text"].strip() == fields["text"].replace("\x00", "�").strip()
    assert not DraftComment.objects.exists()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</textarea><img src=x onerror=alert(1)>", "{{ x }} & “"]
)
def test_what_is_written_is_shown_as_text(text: str, curator_client: Client) -> None:
    page = draft(pages.guide(live=False))
    link, client = link_to(page), Client()
    say(client, link, text=text, name=text[:80])
    for shown in (client.get(link), curator_client.get(f"/admin/rascunho/{page.pk}/")):
        html = shown.content.decode()
        assert text in BeautifulSoup(html, "html5lib").select_one("main").get_text()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("selo", ["", "x", "0" * 64, None])
def test_a_form_from_elsewhere_is_refused_and_nothing_is_lost(selo: str | None) -> None:
    link, client = link_to(draft(pages.guide(live=False))), Client()
    fields = fields_of(client.get(link)) | {"text": "Meu texto longo"}
    if selo is None:
        client.cookies.clear()  # a browser that keeps none
    else:
        fields["selo"] = selo
    answer = client.post(link, fields)
    assert answer.status_code == 403
    assert "Permita cookies deste site e envie de novo" in text_of(answer)
    again = fields_of(answer)
    assert again["text"] == "Meu texto longo"
    assert not DraftComment.objects.exists()
    assert client.post(link, again).status_code == 302


def test_a_seal_of_one_draft_does_not_serve_another() -> None:
    client = Client()
    mine = link_to(draft(pages.guide(live=False)))
    other = link_to(draft(pages.guide(live=False)))
    fields = fields_of(client.get(mine)) | {"text": "Oi"}
    client.get(other)
    assert client.post(other, fields).status_code == 403


def test_the_cookie_goes_to_this_draft_alone() -> None:
    link = link_to(draft(pages.guide(live=False)))
    answer = Client().get(link)
    [cookie] = answer.cookies.values()
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (link, True, "Lax")


def test_a_browser_that_tells_no_origin_may_comment() -> None:
    client = Client(enforce_csrf_checks=True)
    link = link_to(draft(pages.guide(live=False)))
    fields = fields_of(client.get(link)) | {"text": "Oi"}
    assert client.post(link, fields, headers={"origin": "null"}).status_code == 302


def test_a_link_says_thirty_things_a_day() -> None:
    link, client = link_to(draft(pages.guide(live=False))), Client()
    for number in range(services.COMMENTS_A_DAY):
        DraftComment.objects.create(invitation=invitation(), name="Bia", text=str(number))
    answer = say(client, link, text="Mais um")
    assert answer.status_code == 429
    assert "Este link já enviou 30 comentários hoje." in text_of(answer)
    assert fields_of(answer)["text"] == "Mais um"
    DraftComment.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    assert say(client, link, text="Mais um").status_code == 302


def test_a_comment_written_while_the_page_went_out_is_kept() -> None:
    page = draft(pages.guide(live=False))
    link, client = link_to(page), Client()
    fields = fields_of(client.get(link)) | {"text": "Cheguei tarde"}
    pages.publish(anew(page).get_latest_revision_as_object())
    answer = client.post(link, fields, follow=True)
    assert answer.redirect_chain[-1][0] == page.get_url()
    assert DraftComment.objects.get().text == "Cheguei tarde"


def test_a_reader_sees_only_what_the_same_link_said() -> None:
    page = draft(pages.guide(live=False))
    mine, other = link_to(page), link_to(page, name="Caio Dias")
    say(Client(), other, text="Só do Caio")
    assert "Só do Caio" not in text_of(Client().get(mine))
    assert "Só do Caio" in text_of(Client().get(other))


def test_a_notice_that_cannot_leave_fails_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise OSError("no queue")

    link = link_to(draft(pages.guide(live=False)), by=people.user("Curadores"))
    monkeypatch.setattr(type(tell_inviter), "enqueue", fail)
    assert say(Client(), link, text="Oi").status_code == 302
    assert DraftComment.objects.get().text == "Oi"


@pytest.mark.parametrize("title", ["Um\ntítulo", "x" * 250])
def test_a_notice_takes_any_title_and_name(title: str) -> None:
    page = draft(pages.guide(live=False))
    type(page).objects.filter(pk=page.pk).update(draft_title=title)
    services.invite(page=page, name="Bia", email="", days=1, by=people.user("Curadores"))
    comment = services.add_comment(invitation=invitation(), name="Bia\nMoura", text="Oi")
    tell_inviter.func(comment.pk)
    assert "\n" not in mail.outbox[0].subject


def test_nobody_to_tell_is_no_error() -> None:
    page = draft(pages.guide(live=False))
    services.invite(page=page, name="Bia", email="", days=1, by=None)
    comment = services.add_comment(invitation=invitation(), name="Bia", text="Oi")
    tell_inviter.func(comment.pk)
    tell_inviter.func(999_999)
    assert mail.outbox == []


def test_many_comments_cost_what_one_costs() -> None:
    link, client = link_to(draft(pages.guide(live=False))), Client()
    DraftComment.objects.create(invitation=invitation(), name="Bia", text="Um")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(link)
        return len(queries)

    cost()
    few = cost()
    for number in range(20):
        DraftComment.objects.create(invitation=invitation(), name="Bia", text=str(number))
    assert cost() == few


def test_an_editor_reads_by_the_link_as_well() -> None:
    link = link_to(draft(pages.guide(live=False)))
    assert signed_in(people.user("Curadores")).get(link).status_code == 200
