"""What each kind takes from a line, beside what all have."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from files.models import Document, Recording, Video
from knowledge.importing.kinds import importers
from knowledge.models import CasePage, EditableDocumentPage, InterviewPage, VideoPage, kinds
from licensing.values import BY
from tests.factories import files
from tests.sharing.importing import bring_in, guide, rehearse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("themes")]
CASE = {
    "tipo": "caso",
    "dados": "com fonte",
    "municipio": "sobral, ce",
    "inicio": "03/2024",
    "fim": "2025",
    "populacao": "203.023",
    "populacao_ano": "2022",
    "problema": "A fila tinha *400* crianças.",
    "feito": "A lista passou a ser pública.",
    "indicadores": "Crianças na fila|crianças|menor|Secretaria|2023=400|2024=120,5",
    "normas": "Lei nº 1/2023\nDecreto nº 2/2023",
    "contato_setor": "Ouvidoria",
    "contato_email": "ouvidoria@sobral.ce.gov.br",
}
INTERVIEW = {
    "tipo": "entrevista",
    "pessoas": "Joana Prates|participação; Ana Reis|autoria",
    "texto": "Uma conversa.\n\n### P: Por quê?\n\nPorque **sim**.\n\n### P: E depois?\n\nDepois, não."
    "\n\n## Para saber mais\n\nLeia.",
}
VIDEO = {
    "tipo": "vídeo",
    "video_endereco": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
    "video_autoria": "TV Câmara",
    "video_licenca": "CC BY 4.0",
    "video_minutos": "12",
    "transcricao": "Bom dia.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fala.mp3").write_bytes(files.mp3_bytes())
    for form in ("odt", "docx"):
        source = next((files.DEMO / "modelos").rglob(f"*.{form}"))
        (tmp_path / f"modelo.{form}").write_bytes(source.read_bytes())
    return tmp_path


def test_every_kind_of_the_library_can_be_imported() -> None:
    assert {"guia", "artigo", "cartilha", "modelo", "caso", "entrevista", "video"} == set(
        importers()
    )
    assert set(importers()) <= set(kinds())


def test_a_case_comes_in_whole() -> None:
    (line,) = bring_in(guide(**CASE))
    assert (line.reasons, line.standing) == ([], "live")
    page = CasePage.objects.get()
    assert (page.municipality_code, page.starts, page.ends) == ("2312908", "2024-03", "2025")
    assert (page.population, page.population_year) == (203023, 2022)
    (indicator,) = page.indicators_shown()
    assert (indicator.before, indicator.after, indicator.less_is_better) == ("400,0", "120,5", True)
    assert page.norm_list == ["Lei nº 1/2023", "Decreto nº 2/2023"]


@pytest.mark.parametrize("written", ["03/2024", "2024-03", "2024-03-01", "01/03/2024"])
def test_a_month_of_which_a_spreadsheet_made_a_day_is_that_month(written: str) -> None:
    bring_in(guide(**CASE | {"inicio": written}))
    assert CasePage.objects.get().starts == "2024-03"


def test_an_interview_is_read_question_by_question() -> None:
    (line,) = bring_in(guide(**INTERVIEW))
    assert (line.reasons, line.standing) == ([], "live")
    page = InterviewPage.objects.get()
    asked = [(block.value["question"], block.value["answer"].source) for block in page.exchanges]
    assert asked == [
        ("Por quê?", "<p>Porque <b>sim</b>.</p>"),
        ("E depois?", "<p>Depois, não.</p>"),
    ]
    assert [block.block_type for block in page.body] == ["text", "heading", "text"]


def test_the_recording_of_an_interview_is_stored_once(folder: Path) -> None:
    row = guide(**INTERVIEW, gravacao="fala.mp3", transcricao=files.vtt_text())
    (line,) = bring_in(row, folder=folder)
    assert (line.outcome, line.standing) == ("created", "waiting")
    bring_in(row, row | {"codigo": "G-2"}, folder=folder)
    assert InterviewPage.objects.count() == 2
    assert Recording.objects.get().licence == BY


def test_a_video_elsewhere_comes_in_with_its_rights() -> None:
    (line,) = bring_in(guide(**VIDEO))
    assert (line.reasons, line.standing) == ([], "live")
    page = VideoPage.objects.get()
    assert (page.embed_creator, page.embed_licence, page.embed_minutes) == ("TV Câmara", BY, 12)


def test_a_video_of_our_own_is_named_by_its_number() -> None:
    video = Video.objects.bulk_create(
        [Video(title="V", creator="Ana", licence=BY, file=ContentFile(b"x", name="v.mp4"))]
    )[0]
    row = guide(tipo="video", video=f"cms:{video.pk}")
    bring_in(row)
    assert VideoPage.objects.get().video == video
    (line,) = rehearse(row | {"video": "filme.mp4"})
    assert line.reasons[0].startswith("Envie o vídeo ao CMS")


def test_an_editable_document_comes_in_both_formats(folder: Path) -> None:
    row = guide(
        tipo="modelo",
        arquivo_odt="modelo.odt",
        arquivo_docx="modelo.docx",
        adaptar="Cláusula 3|o prazo|depende da obra\nAnexo|o nome",
    )
    (planned,) = rehearse(row, folder=folder)
    assert (planned.standing, Document.objects.count()) == ("waiting", 0)
    (line,) = bring_in(row, folder=folder)
    assert (line.outcome, line.standing) == ("created", "waiting")
    page = EditableDocumentPage.objects.get()
    assert (page.odt.format, page.docx.format) == ("odt", "docx")
    assert [block.value["why"] for block in page.adaptations] == ["depende da obra", ""]


@pytest.mark.parametrize(
    ("column", "kind", "has", "wanted"),
    [
        ("arquivo_docx", "modelo", "odt", "DOCX"),
        ("arquivo_odt", "modelo", "docx", "ODT"),
        ("arquivo_odt", "modelo", "pdf", "ODT"),
        ("arquivo", "cartilha", "odt", "PDF"),
        ("arquivo_editavel", "cartilha", "pdf", "ODT ou DOCX"),
    ],
)
def test_a_document_of_another_format_is_refused_by_name(
    column: str, kind: str, has: str, wanted: str
) -> None:
    content = {"pdf": files.pdf_bytes, "odt": files.odt_bytes, "docx": files.docx_bytes}[has]()
    document = files.document(ready=False, content=content, name=f"d.{has}", title="Edital")
    (line,) = rehearse(guide(tipo=kind, **{column: f"cms:{document.pk}"}))
    assert line.outcome == "refused"
    said = f"O documento cms:{document.pk}, “Edital”, é {has.upper()}. Nesta coluna cabe {wanted}."
    assert line.reasons == [said]


@pytest.mark.parametrize("form", ["odt", "docx"])
def test_the_editable_file_of_a_booklet_may_be_of_either_format(form: str) -> None:
    content = {"odt": files.odt_bytes, "docx": files.docx_bytes}[form]()
    document = files.document(ready=False, content=content, name=f"d.{form}")
    (line,) = rehearse(guide(tipo="cartilha", arquivo_editavel=f"cms:{document.pk}"))
    assert line.outcome == "created", line.reasons


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (CASE | {"municipio": "Springfield"}, "Não achamos “Springfield”."),
        (CASE | {"municipio": "Springfield"}, "Em “municipio” está “Springfield”."),
        (CASE | {"inicio": "02/03/2024"}, "Em “inicio” está “02/03/2024”."),
        (CASE | {"fim": "02/2024"}, "O “fim” vem antes do “inicio”."),
        (CASE | {"inicio": "outrora"}, "Em “inicio” está “outrora”."),
        (CASE | {"dados": "de ouvido"}, "Não há dados “de ouvido”."),
        (CASE | {"populacao_ano": "1899"}, "Escreva “populacao_ano” como um ano de 1900 a"),
        (CASE | {"populacao_ano": "2199"}, "Escreva “populacao_ano” como um ano de 1900 a"),
        (CASE | {"populacao_ano": "22"}, "está “22”"),
        (CASE | {"revisto_em": "31/12/2199"}, "Em “revisto_em” está 31/12/2199, que ainda não"),
        (CASE | {"indicadores": "Fila|crianças"}, "Em “indicadores”, separe as partes com |"),
        (CASE | {"indicadores": "Fila|crianças|menor|x|2023"}, "Em “indicadores”"),
        (CASE | {"indicadores": "Fila|crianças|pior|x|2023=1|2024=2"}, "Não há a opção “pior”."),
        (CASE | {"problema": "## Não"}, "não cabe em “o problema”"),
        (CASE | {"contato_email": "ouvidoria"}, "não é um e-mail"),
        (CASE | {"municipio_inventado": "Vila|XX"}, "“XX” não é um estado."),
        (INTERVIEW | {"texto": "### P: " + "x" * 251}, "No trecho"),
        (INTERVIEW | {"texto": "### P: x\n\n# y"}, "“#” não serve para título."),
        (INTERVIEW | {"texto": "### P: x\n\n:::dica Y\nz\n:::"}, "A resposta a “x” só pode ter"),
        (INTERVIEW | {"texto": "### P: x\n\n> y\n— z"}, "A resposta a “x” só pode ter"),
        (VIDEO | {"video_endereco": "https://a.exemplo/v"}, "Em “video_endereco” está “https://a"),
        (VIDEO | {"video_minutos": "doze"}, "Escreva “video_minutos” só com algarismos"),
        (VIDEO | {"video_licenca": "livre"}, "Não há a licença “livre”."),
        ({"tipo": "modelo", "arquivo_odt": "modelo.docx"}, "modelo.docx: "),
        ({"tipo": "modelo", "adaptar": "só isto"}, "Em “adaptar”, separe as partes com |"),
    ],
)
def test_what_a_kind_cannot_read_refuses_the_line(
    cells: dict[str, Any], sentence: str, folder: Path
) -> None:
    (line,) = rehearse(guide(**cells), folder=folder)
    assert line.outcome == "refused", line.reasons
    assert sentence in " ".join(line.reasons)
