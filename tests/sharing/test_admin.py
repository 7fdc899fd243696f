"""Importing in the CMS: send, rehearse, import, watch, cancel, take the results away."""

import csv
import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from files.models import Document
from knowledge.models import GuidePage
from sharing import services
from sharing.importing import runs
from sharing.models import ImportLine, ImportRun
from sharing.tasks import go_on
from tests.conftest import signed_in
from tests.factories import people
from tests.sharing.importing import csv_bytes, guide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("themes")]
INDEX = "/admin/importar/"
REMIND = services.remind


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the queue was given: nothing is done until a test does it."""
    asked: list[int] = []
    monkeypatch.setattr(services, "remind", lambda run: asked.append(run.pk))
    return asked


def send(client: Client, content: bytes, name: str = "acervo.csv", **terms: str) -> Any:
    return client.post(INDEX, {"file": SimpleUploadedFile(name, content)} | terms)


def text_of(answer: Any) -> str:
    return " ".join(html.fromstring(answer.content).text_content().split())


def do(asked: list[int]) -> None:
    """Do what the queue was given, as the worker would, until nothing is left."""
    while asked:
        go_on.func(asked.pop(0))


def test_a_spreadsheet_is_rehearsed_then_imported(curator_client: Client, queue: list[int]) -> None:
    rows = [guide(), guide(codigo="G-2", licenca="MIT"), guide(codigo="G-3", resumo="")]
    answer = send(curator_client, csv_bytes(rows), create_people="on")
    rehearsal = ImportRun.objects.get()
    assert answer.headers["Location"] == f"{INDEX}{rehearsal.pk}/"
    assert "Ensaiando: 0 linhas." in text_of(curator_client.get(answer.headers["Location"]))
    do(queue)
    shown = text_of(curator_client.get(answer.headers["Location"]))
    assert "Ensaio terminado: 3 linhas. Nada foi gravado." in shown
    assert "criado: 2 · atualizado: 0 · igual: 0 · recusado: 1" in shown
    assert "Não há a licença “MIT”." in shown
    assert not GuidePage.objects.exists()

    answer = curator_client.post(f"{INDEX}{rehearsal.pk}/comecar/")
    do(queue)
    run = ImportRun.objects.get(is_trial=False)
    assert answer.headers["Location"] == f"{INDEX}{run.pk}/"
    assert (run.state, run.counts()["created"]) == (ImportRun.State.DONE, 2)
    page = GuidePage.objects.get(live=True)
    assert page.owner == run.started_by == rehearsal.started_by
    assert page.latest_revision.user == run.started_by
    shown = html.fromstring(curator_client.get(f"{INDEX}{run.pk}/").content)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown.xpath("//td/a/@href")


def test_the_page_tells_of_each_column_once_with_the_kinds_that_have_it(
    curator_client: Client,
) -> None:
    text = curator_client.get(reverse("sharing_imports")).content.decode()
    assert text.count("<code>texto</code>") == 1
    assert "<code>texto</code> (guia, artigo, cartilha, " in text
    assert "<code>transcricao</code> (entrevista, video)" in text


def test_the_result_is_taken_away_as_csv(curator_client: Client, queue: list[int]) -> None:
    send(curator_client, csv_bytes([guide(codigo="=1+1")]), create_people="on")
    do(queue)
    answer = curator_client.get(f"{INDEX}{ImportRun.objects.get().pk}/resultado.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["codigo"], row["resultado"], row["situacao"]) == ("'=1+1", "criado", "publicado")
    assert answer.headers["Content-Disposition"].startswith(
        'attachment; filename="resultado-acervo-'
    )


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "O arquivo está vazio."),
        (b"isto e texto", "a.xlsx", "Este arquivo não é uma planilha XLSX"),
        (b"codigo;tipo;titulo\n", "a.csv", "A planilha só tem o cabeçalho."),
        (b"codigo;tipo\n", "a.csv", "Falta a coluna “titulo”"),
        (csv_bytes([guide()], encoding="cp1252"), "a.csv", "parece latin-1"),
        (b"A" * (20 * 1024 * 1024 + 1), "a.csv", "O arquivo passa de 20 MB."),
    ],
)
def test_what_is_no_spreadsheet_is_refused_at_the_form(
    content: bytes, name: str, sentence: str, curator_client: Client
) -> None:
    answer = send(curator_client, content, name)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not ImportRun.objects.exists()


def test_a_file_that_breaks_off_later_ends_the_rehearsal_with_a_sentence(
    curator_client: Client, queue: list[int]
) -> None:
    send(curator_client, csv_bytes([guide()]) + b'G-2;guia;"sem fim')
    do(queue)
    run = ImportRun.objects.get()
    assert (run.state, run.lines.count()) == (ImportRun.State.FAILED, 0)
    assert "as aspas não fecham" in text_of(curator_client.get(f"{INDEX}{run.pk}/"))
    assert curator_client.post(f"{INDEX}{run.pk}/comecar/").status_code == 404


def test_a_long_import_is_done_in_pieces_and_can_be_cancelled(
    curator_client: Client, queue: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(curator_client, csv_bytes(guide(codigo=f"G-{n}") for n in range(5)), create_people="on")
    do(queue)
    curator_client.post(f"{INDEX}{ImportRun.objects.get().pk}/comecar/")
    run = ImportRun.objects.get(is_trial=False)
    moments = iter(range(100))
    watch = SimpleNamespace(monotonic=lambda: next(moments) * 0.4)
    monkeypatch.setattr(runs, "time", watch)
    monkeypatch.setattr(services, "PIECE", 1.0)
    go_on.func(queue.pop(0))
    assert (run.lines.count(), queue) == (2, [run.pk])
    shown = html.fromstring(curator_client.get(f"{INDEX}{run.pk}/").content)
    assert shown.get_element_by_id("importacao").get("data-open") is not None
    curator_client.post(f"{INDEX}{run.pk}/cancelar/")
    do(queue)
    assert (run.lines.count(), GuidePage.objects.count()) == (2, 2)
    assert "Importação cancelada: 2 linhas." in text_of(curator_client.get(f"{INDEX}{run.pk}/"))


def test_pressing_twice_imports_once(curator_client: Client, queue: list[int]) -> None:
    send(curator_client, csv_bytes([guide()]))
    do(queue)
    rehearsal = ImportRun.objects.get()
    for _ in range(2):
        curator_client.post(f"{INDEX}{rehearsal.pk}/comecar/")
    assert ImportRun.objects.filter(is_trial=False).count() == 1


def test_a_lost_job_and_a_dead_worker_are_made_good_by_the_clock(
    curator_client: Client, queue: list[int]
) -> None:
    send(curator_client, csv_bytes([guide()]))
    queue.clear()
    run = ImportRun.objects.get()
    assert services.sweep_imports() == 0, "it has only just been asked for"
    assert runs.claim(run)
    services.go_on_with(run)
    assert not run.lines.exists(), "somebody works on it"
    ImportRun.objects.update(alive_at=timezone.now() - timedelta(minutes=3))
    assert services.sweep_imports() == 1
    do(queue)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE


def test_files_that_are_not_in_the_cms_are_asked_for(
    curator_client: Client, queue: list[int]
) -> None:
    send(
        curator_client,
        csv_bytes([guide(tipo="cartilha", arquivo="/etc/passwd")]),
        create_people="on",
    )
    do(queue)
    assert ImportLine.objects.get().reasons[0].startswith("Pelo CMS só vem a planilha.")
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("Autores", 302), ("Revisores", 302), ("Curadores", 200), ("", 302)]
)
def test_only_curators_and_administrators_import(role: str, status: int) -> None:
    run = ImportRun.objects.create(name="a.csv", digest="x", is_trial=True, state="done")
    client = signed_in(people.user(role))
    for path in (INDEX, f"{INDEX}{run.pk}/", f"{INDEX}{run.pk}/resultado.csv"):
        assert client.get(path).status_code == status, path
    client.post(f"{INDEX}{run.pk}/comecar/")
    assert ImportRun.objects.filter(is_trial=False).exists() == (status == 200)


def test_the_menu_offers_it_to_those_who_may(curator_client: Client, author_client: Client) -> None:
    for client, shown in ((curator_client, True), (author_client, False)):
        assert (INDEX in client.get("/admin/").content.decode()) == shown


def test_old_runs_are_forgotten_with_their_spreadsheets(
    curator_client: Client, queue: list[int]
) -> None:
    send(curator_client, csv_bytes([guide()]), create_people="on")
    do(queue)
    rehearsal = ImportRun.objects.get()
    curator_client.post(f"{INDEX}{rehearsal.pk}/comecar/")
    do(queue)
    ImportRun.objects.filter(pk=rehearsal.pk).update(
        created_at=timezone.now() - timedelta(days=100)
    )
    name = rehearsal.file.name
    assert services.forget_runs(timezone.now() - timedelta(days=90)) == 1
    assert default_storage.exists(name), "the other run still has it"
    assert services.forget_runs(timezone.now() + timedelta(days=1)) == 1
    assert not default_storage.exists(name)
    assert GuidePage.objects.get().live


def test_the_work_is_asked_for_after_commit(
    curator_client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(services, "remind", REMIND)
    asked: list[int] = []
    monkeypatch.setattr(type(go_on), "enqueue", lambda task, pk: asked.append(pk))
    with django_capture_on_commit_callbacks(execute=True):
        send(curator_client, csv_bytes([guide()]))
        assert not asked
    assert asked == [ImportRun.objects.get().pk]


def test_the_spreadsheet_to_begin_with_comes_in_as_it_stands(
    curator_client: Client, queue: list[int]
) -> None:
    for slug in ("planejamento-urbano", "saude"):
        people.theme(slug)
    shown = html.fromstring(curator_client.get(INDEX).content)
    [address] = shown.xpath("//main//a[@download]/@href")
    content = curator_client.get(address).content
    send(curator_client, content, create_people="on")
    do(queue)
    curator_client.post(f"{INDEX}{ImportRun.objects.get().pk}/comecar/")
    do(queue)
    run = ImportRun.objects.get(is_trial=False)
    assert run.counts()["created"] == 1
    page = GuidePage.objects.get()
    assert page.title == "Calçada segura"
    assert page.lacks() == [lack for lack in page.lacks() if lack.passing]


def test_the_spreadsheet_to_begin_with_is_for_those_who_import() -> None:
    author = signed_in(people.user("Autores"))
    assert author.get(f"{INDEX}para-comecar.csv").status_code in (302, 403)
