"""A curator publishes: an author writes, a reviewer approves, the clock keeps an hour."""

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from config.clock import tick
from knowledge.models import GuidePage, Withdrawal
from licensing.values import BY
from tests.factories import pages, people
from tests.journeys.curating import (
    body_fields,
    credits,
    let_the_hour_come,
    on_the_shelf,
    post,
    save,
    schedule,
    withdraw,
    write,
)
from tests.journeys.walking import Walk, words

pytestmark = pytest.mark.django_db
TITLE, ADDRESS = "Como varrer a praça", "/acervo/como-varrer-a-praca/"
BODY_WORD = "vassourão"


@pytest.fixture
def whole() -> dict[str, str]:
    """Everything a guide needs, as the author types it."""
    return {
        "title": TITLE,
        "slug": "como-varrer-a-praca",
        "summary": "Do balde ao turno da noite.",
        "licence": BY.identifier,
        **body_fields(("text", f"<p>Molhe o {BODY_WORD} antes.</p>")),
        **credits(people.person("Cleide Santos", slug="cleide-santos")),
        **on_the_shelf(people.theme("zeladoria")),
    }


@pytest.fixture
def submitted(author_client: Client, whole: dict[str, str]) -> GuidePage:
    """A guide that its author has sent to review."""
    assert write(author_client, "submit", **whole).status_code == 302
    return GuidePage.objects.get()


def approve(client: Client, page: Any) -> Any:
    """Press “approve” in the dialogue that the reviewer gets from the list of waiting pages."""
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert client.get(path).status_code == 200
    return client.post(path, {"comment": "Ficou bom."})


def approve_in_the_editor(client: Client, page: Any) -> Any:
    """Approve from the form of the page, where the reviewer may have changed a word."""
    return post(client, page, "workflow-action", **{"workflow-action-name": "approve"})


# --- where readers find it -----------------------------------------------------------------------


def at_its_address(walk: Walk) -> bool:
    return walk.client.get(ADDRESS).status_code == 200


def in_the_library(walk: Walk) -> bool:
    return TITLE in walk.go("/acervo/").rows


def in_the_search(walk: Walk) -> bool:
    return TITLE in walk.go("/").search_for("vassourao").rows


def in_its_theme(walk: Walk) -> bool:
    found = walk.client.get("/temas/zeladoria/")
    return found.status_code == 200 and TITLE in walk.go("/temas/zeladoria/").rows


def on_the_first_page(walk: Walk) -> bool:
    return TITLE in walk.go("/").rows


def in_what_is_new(walk: Walk) -> bool:
    parsed = feedparser.parse(walk.client.get("/novidades.atom").content)
    return TITLE in [entry.title for entry in parsed.entries]


def in_the_sitemap(walk: Walk) -> bool:
    return ADDRESS.encode() in walk.client.get("/sitemap.xml").content


def with_its_author(walk: Walk) -> bool:
    return walk.client.get("/pessoas/cleide-santos/").status_code == 200


PLACES = [
    at_its_address,
    in_the_library,
    in_the_search,
    in_its_theme,
    on_the_first_page,
    in_what_is_new,
    in_the_sitemap,
    with_its_author,
]


def places_that_know(client: Client) -> list[str]:
    walk = Walk(client)
    return [place.__name__ for place in PLACES if place(walk)]


EVERYWHERE = [place.__name__ for place in PLACES]


# --- writing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("summary", "Escreva o resumo: uma ou duas frases."),
        ("body", "Escreva o texto: ele está vazio."),
        ("licence", "Escolha a licença deste material."),
        ("people", "Diga quem fez: acrescente ao menos uma pessoa ou equipe."),
    ],
)
def test_who_submits_too_early_reads_at_each_field_what_is_missing(
    author_client: Client, field: str, sentence: str
) -> None:
    answer = write(author_client, "submit", title=TITLE, slug="como-varrer-a-praca")
    assert sentence in said_at(BeautifulSoup(answer.content, "html5lib"), field)


def said_at(page: BeautifulSoup, field: str) -> str:
    """What the form says at a field. At the text, the editor's script shows it from its data."""
    if field == "body":
        return str(editor_of_the_text(page)[1]["messages"])
    if field == "people":
        return words(page.select_one("[id$='-direitos_e_creditos-content'] > div > .error-message"))
    return words(page.select_one(f"[id$='-child-{field}-errors']"))


def editor_of_the_text(page: BeautifulSoup) -> Any:
    """What the editor of the text is given: the blocks, and what is wrong with them."""
    editor = page.select_one("#body[data-w-block-arguments-value]")
    assert editor is not None
    return json.loads(str(editor["data-w-block-arguments-value"]))


def test_what_was_typed_is_still_there_after_the_refusal(
    author_client: Client, whole: dict[str, str]
) -> None:
    answer = write(author_client, "submit", **whole | {"licence": ""})
    assert answer.status_code == 200
    assert answer.context["form"]["summary"].value() == whole["summary"]
    page = BeautifulSoup(answer.content, "html5lib")
    (block,) = editor_of_the_text(page)[0]
    assert BODY_WORD in json.loads(block["value"])["blocks"][0]["text"]
    assert not GuidePage.objects.exists()


def test_a_draft_needs_nothing_but_a_title(author_client: Client, client: Client) -> None:
    answer = write(author_client, "save-draft", title=TITLE, slug="como-varrer-a-praca")
    assert answer.status_code == 302
    assert not GuidePage.objects.get().live
    assert places_that_know(client) == []


def test_an_author_can_neither_publish_nor_approve(
    author_client: Client, submitted: GuidePage
) -> None:
    path = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    page = BeautifulSoup(author_client.get(path).content, "html5lib")
    assert not page.select("[name=action-publish]")
    post(author_client, submitted, "publish")
    approve_path = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[submitted.pk, "approve", TaskState.objects.get().pk],
    )
    author_client.post(approve_path, {"comment": ""})
    assert not GuidePage.objects.get().live


def test_what_waits_for_review_is_nowhere_to_be_read(client: Client, submitted: GuidePage) -> None:
    assert submitted.current_workflow_state is not None
    assert places_that_know(client) == []


# --- review --------------------------------------------------------------------------------------


def test_the_reviewer_finds_it_waiting_on_the_first_page_of_the_cms(
    reviewer_client: Client, submitted: GuidePage
) -> None:
    page = BeautifulSoup(reviewer_client.get(reverse("wagtailadmin_home")).content, "html5lib")
    path = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert TITLE in [words(link) for link in page.select(f"a[href='{path}']")]


def test_reviewers_are_written_to(
    reviewer_client: Client, author_client: Client, whole: dict[str, str]
) -> None:
    write(author_client, "submit", **whole)
    reviewer = reviewer_client.get(reverse("wagtailadmin_home")).context["user"]
    told = [message for message in mail.outbox if reviewer.email in message.to]
    assert len(told) == 1
    assert TITLE in told[0].subject


@pytest.mark.parametrize("door", [approve, approve_in_the_editor])
def test_approval_makes_it_known_everywhere(
    client: Client,
    reviewer_client: Client,
    submitted: GuidePage,
    door: Callable[[Client, Any], Any],
) -> None:
    assert door(reviewer_client, submitted).status_code == 302
    assert places_that_know(client) == EVERYWHERE


def test_what_went_missing_during_review_stops_the_approval(
    client: Client, author_client: Client, reviewer_client: Client, submitted: GuidePage
) -> None:
    save(reviewer_client, submitted, "save-draft", licence="")
    approve(reviewer_client, submitted)
    said = reviewer_client.get(reverse("wagtailadmin_pages:edit", args=[submitted.pk]))
    assert "Escolha a licença deste material." in said.content.decode()
    assert places_that_know(client) == []
    save(reviewer_client, submitted, "save-draft", licence=BY.identifier)
    approve(reviewer_client, submitted)
    assert places_that_know(client) == EVERYWHERE


def test_a_guide_sent_back_stays_a_draft_and_can_be_sent_again(
    client: Client, author_client: Client, reviewer_client: Client, submitted: GuidePage
) -> None:
    task = TaskState.objects.get()
    path = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", task.pk])
    reviewer_client.post(path, {"comment": "Falta o passo do balde."})
    assert places_that_know(client) == []
    save(author_client, submitted, "submit", summary="Do balde ao turno.")
    approve(reviewer_client, submitted)
    assert places_that_know(client) == EVERYWHERE


# --- after publication ---------------------------------------------------------------------------


@pytest.fixture
def published(reviewer_client: Client, submitted: GuidePage) -> GuidePage:
    approve(reviewer_client, submitted)
    return GuidePage.objects.get()


def test_a_draft_of_a_live_page_changes_nothing_for_readers(
    client: Client, curator_client: Client, published: GuidePage
) -> None:
    before = client.get(ADDRESS).content
    save(curator_client, published, "save-draft", title="Como lavar a praça", licence="")
    assert client.get(ADDRESS).content == before
    assert places_that_know(client) == EVERYWHERE


def test_a_new_address_leads_on_from_the_old_one(
    client: Client,
    curator_client: Client,
    published: GuidePage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save(curator_client, published, "publish", slug="praca-limpa")
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/acervo/praca-limpa/")
    assert Walk(client).search_for("vassourao").follow(TITLE).path == "/acervo/praca-limpa/"


def test_a_withdrawn_guide_is_gone_from_everywhere_at_once(
    client: Client, curator_client: Client, published: GuidePage
) -> None:
    withdraw(curator_client, published)
    assert places_that_know(client) == []
    for path in (ADDRESS, f"/r/{published.pk}/"):
        assert Walk(client).go(path, status=410).title == "Este material saiu do acervo"


def test_a_withdrawal_gives_its_reason_and_what_to_read_instead(
    client: Client, curator_client: Client, published: GuidePage
) -> None:
    other = pages.guide(title="Praça limpa o ano inteiro")
    withdraw(curator_client, published)
    notice = Withdrawal.objects.get()
    path = reverse("wagtailsnippets_knowledge_withdrawal:edit", args=[notice.pk])
    fields = {"sentence": "A norma mudou em março.", "successor": str(other.pk)}
    assert curator_client.post(path, fields).status_code == 302
    walk = Walk(client).go(ADDRESS, status=410)
    assert words(walk.page.select_one(".lead")) == "A norma mudou em março."
    assert walk.follow(other.title).path == other.get_url()


def test_a_guide_published_again_is_back_everywhere(
    client: Client, curator_client: Client, published: GuidePage
) -> None:
    withdraw(curator_client, published)
    save(curator_client, GuidePage.objects.get(), "publish")
    assert places_that_know(client) == EVERYWHERE


# --- by the clock --------------------------------------------------------------------------------


def test_a_scheduled_guide_is_known_nowhere_before_its_hour_and_everywhere_after(
    client: Client, curator_client: Client, whole: dict[str, str]
) -> None:
    assert write(curator_client, "save-draft", **whole).status_code == 302
    page = GuidePage.objects.get()
    schedule(curator_client, page)
    assert places_that_know(client) == []
    let_the_hour_come(page)
    assert places_that_know(client) == EVERYWHERE


def test_a_guide_whose_time_is_over_is_gone_before_the_clock_comes_round_and_after(
    client: Client, published: GuidePage
) -> None:
    published.expire_at = published.first_published_at
    pages.publish(published)
    assert places_that_know(client) == []
    tick()
    assert places_that_know(client) == []
    assert client.get(ADDRESS).status_code == 410
