"""What becomes of a line: created, updated, the same, refused; live, draft, scheduled."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Revision

from files.models import Document, Image
from knowledge.importing.cells import Cells
from knowledge.models import (
    BookletPage,
    GuidePage,
    HeldPublication,
    Person,
    PublishedLicence,
    ResourcePage,
)
from knowledge.publishing.schedule import publish_due
from licensing.values import BY, BY_NC
from sharing.importing.judging import Terms
from sharing.models import ImportedItem, Outcome, Standing
from tests.factories import files, pages, people
from tests.sharing.importing import bring_in, guide, rehearse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("themes")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a spreadsheet, with a PDF and a picture in it, and a secret beside it."""
    (tmp_path / "segredo.pdf").write_bytes(files.pdf_bytes())
    inside = tmp_path / "planilha"
    inside.mkdir()
    (inside / "cartilha.pdf").write_bytes(files.pdf_bytes())
    (inside / "foto.jpg").write_bytes(files.picture_bytes())
    return inside


def booklet(**cells: str) -> dict[str, str]:
    words = "Leva o passo a passo para quem não tem internet. " * 5
    return guide(tipo="cartilha", codigo="C-1", arquivo="cartilha.pdf", texto=words, **cells)


def everything() -> dict[str, int]:
    """How many rows there are of everything, but for reports on imports."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label not in ("sharing.ImportRun", "sharing.ImportLine")
    }


def state_of(page: Page) -> tuple[Any, ...]:
    """Everything that an unchanged page keeps."""
    page = ResourcePage.objects.get(pk=page.pk)
    return (
        Revision.objects.count(),
        page.latest_revision_id,
        page.latest_revision_created_at,
        page.first_published_at,
        page.last_published_at,
        page.live,
    )


def test_a_whole_line_becomes_a_live_page() -> None:
    row = guide(temas="saude; Planejamento-Urbano", etiquetas="calçada; trena", lingua="espanhol")
    (line,) = bring_in(row)
    assert (line.outcome, line.standing, line.reasons) == (Outcome.CREATED, Standing.LIVE, [])
    page = GuidePage.objects.get(pk=line.page_id)
    assert (page.title, page.slug, page.summary) == (
        row["titulo"],
        "reuniao-de-bairro",
        "Como preparar.",
    )
    assert (page.licence, page.language, page.live) == (BY, "es", True)
    facts = page.facts()
    assert [theme.slug for theme in facts.themes] == ["saude", "planejamento-urbano"]
    assert facts.tags == ["calçada", "trena"]
    assert [(item.person.name, item.role) for item in facts.people] == [("Joana Prates", "autoria")]
    assert page.body[0].value.source == "<p>Uma pergunta só.</p>"


def test_a_line_says_for_whom_it_is() -> None:
    (line,) = bring_in(guide(publico="Equipes de Saude; compras; saude", nivel="basico"))
    page = GuidePage.objects.get(pk=line.page_id)
    assert (page.intended_for, page.level) == (["compras", "saude"], "basico")
    bring_in(guide(publico="", nivel=""))
    page.refresh_from_db()
    assert (page.intended_for, page.level) == ([], "")


def test_a_line_says_how_people_look_for_it() -> None:
    (line,) = bring_in(guide(procurado_como="passeio esburacado;caí  na rua"))
    page = GuidePage.objects.get(pk=line.page_id)
    assert page.sought_as == "passeio esburacado\ncaí na rua"
    (line,) = bring_in(guide(titulo="Outro", procurado_como="; ".join(["buraco"] * 126)))
    assert line.reasons == ["Encurte “procurado_como”: tem 1006 caracteres e cabem 1000."]


def test_the_same_file_again_changes_nothing() -> None:
    (first,) = bring_in(guide(etiquetas="a", temas="saude"))
    before, rows = state_of(first.page), everything()
    (again,) = bring_in(guide(etiquetas="a", temas="saude"))
    assert (again.outcome, again.standing, again.page_id) == (Outcome.SAME, "live", first.page_id)
    assert state_of(first.page) == before
    assert everything() == rows


def test_a_changed_line_updates_the_page_of_its_code() -> None:
    (first,) = bring_in(guide(etiquetas="a; b"))
    (second,) = bring_in(guide(titulo="Reunião curta", etiquetas="b; c", pessoas="Davi Nogueira"))
    assert (second.outcome, second.standing) == (Outcome.UPDATED, Standing.LIVE)
    page = GuidePage.objects.get()
    assert (page.pk, page.title, page.slug) == (first.page_id, "Reunião curta", "reuniao-de-bairro")
    assert page.facts().tags == ["b", "c"]
    assert [item.person.name for item in page.facts().people] == ["Davi Nogueira"]


def test_a_line_that_changes_the_licence_of_what_is_out_says_so() -> None:
    bring_in(guide())
    changed = guide(licenca="CC BY-NC 4.0")
    told = "já saiu com CC BY 4.0, e licença não se revoga"
    [trial] = rehearse(changed)
    [line] = bring_in(changed)
    for each in (trial, line):
        assert each.standing == Standing.LIVE
        assert told in " ".join(each.reasons)
    names = [row.licence for row in PublishedLicence.objects.order_by("pk")]
    assert names == [BY, BY_NC]


def test_a_line_that_keeps_the_licence_or_stays_a_draft_says_nothing_of_it() -> None:
    bring_in(guide())
    assert bring_in(guide(resumo="Outro resumo."))[0].reasons == []
    draft = guide(licenca="CC BY-NC 4.0", resumo="Mais um.", publicar="não")
    assert bring_in(draft)[0].reasons == []


def test_an_absent_column_changes_nothing_and_an_empty_cell_empties() -> None:
    bring_in(guide(etiquetas="a", temas="saude", revisto_em="01/02/2026"))
    bring_in(guide(titulo="Outro", revisto_em="", publicar="não"))
    page = GuidePage.objects.get().get_latest_revision_as_object()
    assert [item.theme.slug for item in page.resource_themes.all()] == ["saude"]
    assert [tag.name for tag in page.tags.all()] == ["a"]
    assert page.reviewed_on is None


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"codigo": ""}, "Escreva o código"),
        ({"codigo": "x" * 121}, "Encurte “codigo”: tem 121 caracteres e cabem 120."),
        ({"tipo": ""}, "Escreva o tipo"),
        ({"tipo": "poema"}, "Não há o tipo “poema”. Use Guia, Artigo, Cartilha"),
        ({"titulo": " "}, "Escreva o título"),
        ({"titulo": "x" * 256}, "Encurte “titulo”"),
        ({"resumo": "x" * 301}, "Encurte “resumo”: tem 301 caracteres e cabem 300."),
        ({"temas": "saude; astrologia"}, "Não há o tema “astrologia”. Use "),
        ({"licenca": "MIT"}, "Não há a licença “MIT”. Use CC BY-NC 4.0"),
        ({"lingua": "klingon"}, "Não há a língua “klingon”."),
        ({"publico": "compras; marcianos"}, "Não há o público “marcianos”."),
        ({"nivel": "impossível"}, "Não há o nível “impossível”."),
        ({"revisto_em": "ontem"}, "Escreva “revisto_em” como 31/12/2026: está “ontem”."),
        ({"revisto_em": "31/02/2026"}, "Escreva “revisto_em”"),
        ({"publicar": "talvez"}, "Escreva “publicar” como 31/12/2026: está “talvez”."),
        ({"pessoas": "Ana|rainha"}, "Não há o papel “rainha”."),
        ({"pessoas": "Ana|autoria|órgão|mais"}, "Escreva cada pessoa como nome|papel"),
        ({"pessoas": "|autoria"}, "Escreva cada pessoa como nome|papel"),
        ({"endereco": "Já Foi!"}, "Escreva “endereco” com letras sem acento"),
        ({"texto": "# Um"}, "“#” não serve para título."),
        ({"texto": "## " + "x" * 121}, "No trecho “xxx"),
        ({"texto": "Tabela: T\n| a | b |\n|---|---|\n| 1 |  |"}, "células vazias"),
        ({"texto": "[x](acervo:nada)"}, "O texto aponta para acervo:nada"),
        ({"capa": "foto.jpg"}, "Pelo CMS só vem a planilha."),
        ({"capa": "cms:999999"}, "O CMS não tem imagem de número 999999."),
    ],
)
def test_what_cannot_be_read_refuses_the_line_and_nothing_of_it_enters(
    cells: dict[str, str], sentence: str
) -> None:
    rows = everything()
    refused, whole = bring_in(guide(**cells), guide(codigo="G-2", pessoas="Joana Prates|autoria"))
    assert refused.outcome == Outcome.REFUSED
    assert sentence in " ".join(refused.reasons)
    assert whole.outcome == Outcome.CREATED
    whole.page.delete()
    Person.objects.all().delete()
    counted = everything()
    for label in ("wagtailcore.Page", "knowledge.ResourcePage", "knowledge.Person", "files.Image"):
        assert counted[label] == rows[label], label
    assert not ImportedItem.objects.exists()


def test_a_line_is_told_of_everything_at_once() -> None:
    (line,) = bring_in(guide(titulo="", licenca="MIT", temas="astrologia"))
    assert len(line.reasons) == 3


def test_somebody_unknown_is_named_or_created() -> None:
    (refused,) = bring_in(guide(), terms=Terms())
    assert refused.reasons[0].startswith("“Joana Prates” não está entre as pessoas do CMS.")
    row = guide(
        pessoas="JOANA  prates; Prefeitura de Sobral|organização|município; Câmara|revisão|órgão"
    )
    people.person("Joana Prates")
    bring_in(row)
    made = {person.name: person.nature for person in Person.objects.all()}
    assert made == {
        "Joana Prates": "person",
        "Prefeitura de Sobral": "municipality",
        "Câmara": "body",
    }


def test_two_people_of_one_name_are_not_guessed() -> None:
    people.person("Joana Prates")
    people.person("Joana Prates")
    (line,) = bring_in(guide())
    assert line.reasons[0].startswith("Há mais de uma pessoa chamada “Joana Prates”")


def test_a_code_comes_once_in_a_file_and_keeps_its_kind() -> None:
    first, second = bring_in(guide(), guide(titulo="Outro"))
    assert (first.outcome, second.outcome) == (Outcome.CREATED, Outcome.REFUSED)
    assert second.reasons == ["O código “G-1” já está na linha 2. Deixe uma das duas."]
    (third,) = bring_in(guide(tipo="artigo"))
    assert "já é de um material do tipo guia" in third.reasons[0]


def test_equal_titles_get_addresses_of_their_own() -> None:
    lines = bring_in(*(guide(codigo=f"G-{n}") for n in range(3)))
    slugs = [line.page.slug for line in lines]
    assert slugs == ["reuniao-de-bairro", "reuniao-de-bairro-2", "reuniao-de-bairro-3"]
    assert all(line.standing == Standing.LIVE for line in lines)


def test_a_link_leads_to_a_line_that_came_before() -> None:
    first, second = bring_in(
        guide(endereco="primeiro"), guide(codigo="G-2", texto="[veja](acervo:primeiro)")
    )
    body = GuidePage.objects.get(pk=second.page_id).body
    assert f'<a linktype="page" id="{first.page_id}">veja</a>' in body[0].value.source


# --- publication ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"resumo": ""}, "Escreva o resumo"),
        ({"licenca": ""}, "Escolha a licença"),
        ({"pessoas": "Joana Prates|revisão"}, "Diga quem fez"),
        ({"texto": ""}, "Escreva o texto"),
    ],
)
def test_what_asks_to_be_live_and_lacks_something_becomes_a_draft_and_says_what(
    cells: dict[str, str], sentence: str
) -> None:
    (line,) = bring_in(guide(**cells))
    assert (line.outcome, line.standing) == (Outcome.CREATED, Standing.DRAFT)
    assert sentence in line.reasons[0]
    assert not GuidePage.objects.get().live


def test_a_line_that_asks_for_nothing_stays_a_draft() -> None:
    (line,) = bring_in(guide(publicar=""))
    assert (line.standing, GuidePage.objects.get().live) == (Standing.DRAFT, False)


def test_a_past_date_is_that_of_publication_and_a_future_one_a_schedule() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    past, future = bring_in(
        guide(publicar="15/03/2024"), guide(codigo="G-2", publicar=f"{tomorrow} 09:00")
    )
    page = GuidePage.objects.get(pk=past.page_id)
    assert (past.standing, timezone.localdate(page.first_published_at).isoformat()) == (
        Standing.LIVE,
        "2024-03-15",
    )
    assert future.standing == Standing.SCHEDULED
    assert not GuidePage.objects.get(pk=future.page_id).live
    due = Revision.objects.get(object_id=str(future.page_id)).approved_go_live_at
    assert timezone.localtime(due).strftime("%Y-%m-%d %H:%M") == f"{tomorrow} 09:00"


def test_an_update_that_lacks_something_leaves_the_live_version() -> None:
    bring_in(guide())
    (line,) = bring_in(guide(resumo="", titulo="Outro"))
    page = GuidePage.objects.get()
    assert (line.outcome, page.live, page.title) == (Outcome.UPDATED, True, "Reunião de bairro")
    assert page.get_latest_revision_as_object().title == "Outro"
    assert "Escreva o resumo" in line.reasons[0]


def test_whoever_may_not_publish_brings_in_drafts() -> None:
    (line,) = bring_in(guide(), started_by=people.user("Autores"))
    assert (line.standing, line.page.live) == (Standing.DRAFT, False)
    assert line.reasons == ["Você pode criar rascunhos, mas não publicar."]


def edit(page: Page) -> None:
    draft = page.specific.get_latest_revision_as_object()
    draft.summary = "Alguém escreveu isto no CMS."
    draft.save_revision()


def lock(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(locked=True)


def send_to_review(page: Page) -> None:
    page.specific.get_workflow().start(page.specific, people.user("Autores"))


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        (edit, "Alguém editou esta página no CMS"),
        (lock, "A página está bloqueada"),
        (send_to_review, "A página está em revisão"),
    ],
)
def test_what_somebody_works_on_is_not_written_over(
    happened: Callable[[Page], None], sentence: str
) -> None:
    (first,) = bring_in(guide())
    happened(first.page)
    before = state_of(first.page)
    (line,) = bring_in(guide(titulo="Outro"))
    assert line.outcome == Outcome.REFUSED
    assert sentence in line.reasons[0]
    assert state_of(first.page) == before


def test_an_edit_is_written_over_when_that_is_asked_for() -> None:
    (first,) = bring_in(guide())
    edit(first.page)
    (line,) = bring_in(guide(titulo="Outro"), terms=Terms(overwrite=True))
    assert (line.outcome, GuidePage.objects.get().summary) == (Outcome.UPDATED, "Como preparar.")


def test_what_was_taken_off_the_air_does_not_come_back() -> None:
    (first,) = bring_in(guide())
    first.page.specific.unpublish()
    (line,) = bring_in(guide(titulo="Outro"))
    assert (line.outcome, line.standing) == (Outcome.UPDATED, Standing.DRAFT)
    assert line.reasons[0].startswith("Alguém tirou esta página do ar.")


def test_a_deleted_page_is_made_again() -> None:
    (first,) = bring_in(guide())
    first.page.specific.delete()
    (line,) = bring_in(guide())
    assert (line.outcome, GuidePage.objects.count()) == (Outcome.CREATED, 1)


# --- files --------------------------------------------------------------------------------------------


def test_a_booklet_waits_for_its_pdf_and_the_clock_publishes_it(
    folder: Path, run_jobs: Callable[[], None], mailoutbox: list[Any]
) -> None:
    (line,) = bring_in(booklet(), folder=folder, started_by=people.user("Curadores"))
    assert (line.outcome, line.standing) == (Outcome.CREATED, Standing.WAITING)
    document = Document.objects.get()
    assert (document.creator, document.licence) == ("Joana Prates", BY)
    publish_due()
    assert not BookletPage.objects.get().live
    run_jobs()
    publish_due()
    assert BookletPage.objects.get().live
    assert not HeldPublication.objects.exists()
    assert not mailoutbox, "whoever imports has been told already"


def test_the_next_run_publishes_what_waited_too(folder: Path, run_jobs: Callable[[], None]) -> None:
    bring_in(booklet(), folder=folder)
    (still,) = bring_in(booklet(), folder=folder)
    assert (still.outcome, still.standing) == (Outcome.SAME, Standing.WAITING)
    run_jobs()
    (line,) = bring_in(booklet(), folder=folder)
    assert (line.outcome, line.standing) == (Outcome.SAME, Standing.LIVE)
    assert BookletPage.objects.get().live


def test_pictures_have_the_rights_that_the_line_gives_them(folder: Path) -> None:
    text = 'Veja.\n\n![Uma praça.](foto.jpg "A praça")'
    (line,) = bring_in(guide(texto=text, capa="foto.jpg"), folder=folder)
    assert (line.standing, Image.objects.count()) == (Standing.DRAFT, 1)
    assert "A imagem “foto” está sem licença." in line.reasons[0]
    cells = {"imagens_autoria": "Davi", "imagens_licenca": "CC-BY-4.0"}
    (line,) = bring_in(guide(texto=text, capa="foto.jpg", **cells), folder=folder)
    assert (line.outcome, line.standing) == (Outcome.UPDATED, Standing.WAITING)
    page = GuidePage.objects.get().get_latest_revision_as_object()
    assert page.cover_image.creator == "Davi"
    assert page.body[1].value["picture"].contextual_alt_text == "Uma praça."


def test_a_changed_file_is_a_changed_line(folder: Path) -> None:
    bring_in(booklet(), folder=folder)
    (folder / "cartilha.pdf").write_bytes(files.pdf_bytes(3))
    (line,) = bring_in(booklet(), folder=folder)
    assert (line.outcome, Document.objects.count()) == (Outcome.UPDATED, 2)


def test_one_file_of_many_lines_is_stored_once(folder: Path) -> None:
    cells = {"capa": "foto.jpg", "imagens_autoria": "Davi", "imagens_licenca": "CC BY 4.0"}
    bring_in(*(guide(codigo=f"G-{n}", **cells) for n in range(3)), folder=folder)
    assert Image.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "../segredo.pdf",
        "/etc/passwd",
        "..\\segredo.pdf",
        "atalho.pdf",
        "x" * 400,
        ".",
        "~/x.pdf",
    ],
)
def test_no_file_outside_the_folder_is_ever_read(name: str, folder: Path) -> None:
    (folder / "atalho.pdf").symlink_to(folder.parent / "segredo.pdf")
    (line,) = bring_in(booklet() | {"arquivo": name}, folder=folder)
    assert line.outcome == Outcome.REFUSED
    assert not Document.objects.exists()


def test_a_file_that_is_something_else_refuses_the_line(folder: Path) -> None:
    (folder / "cartilha.pdf").write_bytes(b"<html>")
    (line,) = bring_in(booklet(), folder=folder)
    assert "Este arquivo não é um PDF" in line.reasons[0]


def test_a_line_refused_at_the_last_moment_leaves_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(BookletPage, "save_revision", fail)
    (line,) = bring_in(booklet(), folder=folder)
    assert (line.outcome, line.reasons[0][:21]) == (Outcome.REFUSED, "Esta linha não entrou")
    assert not Document.objects.exists()
    assert not BookletPage.objects.exists()
    assert not Person.objects.exists()


def test_a_document_of_the_cms_serves_as_well() -> None:
    document = files.document(licence=BY)
    (line,) = bring_in(booklet() | {"arquivo": f"cms:{document.pk}"})
    assert (line.standing, BookletPage.objects.get().document) == (Standing.LIVE, document)


def test_without_a_folder_files_are_asked_for_in_another_way() -> None:
    (line,) = bring_in(booklet(), folder=None)
    assert line.reasons[0].startswith("Pelo CMS só vem a planilha.")


# --- rehearsal ----------------------------------------------------------------------------------------


def test_a_rehearsal_says_what_each_line_would_do_and_writes_nothing(folder: Path) -> None:
    bring_in(guide(codigo="VELHO"), guide(codigo="MUDA"), folder=folder)
    rows, stored = everything(), sorted(folder.rglob("*"))
    lines = rehearse(
        guide(codigo="VELHO"),
        guide(codigo="MUDA", titulo="Mudou", etiquetas="nova etiqueta"),
        guide(codigo="NOVO", pessoas="Gente Nova", etiquetas="outra nova"),
        guide(codigo="FALTA", resumo=""),
        booklet(),
        guide(codigo="NOVO"),
        folder=folder,
    )
    assert [(line.number, line.outcome, line.standing) for line in lines] == [
        (2, "same", "live"),
        (3, "updated", "live"),
        (4, "created", "live"),
        (5, "created", "draft"),
        (6, "created", "waiting"),
        (7, "refused", ""),
    ]
    assert "Escreva o resumo" in lines[3].reasons[0]
    assert (everything(), sorted(folder.rglob("*"))) == (rows, stored)


_TEXT = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
_CELL = st.text(_TEXT, max_size=60) | st.sampled_from(
    [
        "sim",
        "cms:1",
        ":::dica",
        "|a|",
        "## x\n> y\n— z",
        "![](x)",
        "Tabela: x",
        "9/9/9999",
        "=1+1",
    ]
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cells=st.dictionaries(
        st.sampled_from(sorted({*guide(), "temas", "etiquetas", "capa", "arquivo", "revisto_em"})),
        _CELL,
    ),
    whole=st.booleans(),
)
def test_no_junk_ever_raises(cells: dict[str, str], whole: bool, themes: None) -> None:
    row = guide(**cells) if whole else {"codigo": "J-1", "tipo": "", "titulo": ""} | cells
    for line in rehearse(row):
        assert line.outcome == "created" or (line.outcome == "refused" and all(line.reasons))


@given(st.text(max_size=200))
def test_reading_a_cell_never_raises(text: str) -> None:
    cells = Cells({"x": text})
    cells.day("x"), cells.number("x"), cells.items("x"), cells.answer("x"), cells.line("x", 10)
    cells.choice("x", {"a": 1}, "o que")


def test_pages_of_others_are_left_alone() -> None:
    other = pages.guide(slug="reuniao-de-bairro")
    (line,) = bring_in(guide())
    assert line.page_id != other.pk
