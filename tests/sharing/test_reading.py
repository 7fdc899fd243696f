"""Files as people send them: in each format, and not what their name says."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from sharing.importing.reading.rows import UnreadableFile
from tests.sharing.importing import csv_bytes, guide, json_bytes, read, xlsx_bytes

HEADS = ["codigo", "tipo", "titulo", "resumo"]


def refusal(content: bytes, name: str = "importar.csv") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(content, name)
    return str(caught.value)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_is_read_with_each_separator_and_with_or_without_a_mark(
    separator: str, encoding: str
) -> None:
    row = guide(titulo="Ação; com, tudo", texto='Uma linha\ne outra, com “aspas” e "outras".')
    (found,) = read(csv_bytes([row], separator, encoding))
    assert found.number == 2
    assert found.values == row


def test_heads_may_have_accents_capitals_and_other_order() -> None:
    (found,) = read("Título;CÓDIGO ; tipo;_minha nota\nUm;A-1;guia;x\n".encode())
    assert found.values == {"titulo": "Um", "codigo": "A-1", "tipo": "guia"}


def test_a_short_line_leaves_its_last_cells_empty_and_a_long_one_is_a_problem() -> None:
    short, long = read(b"codigo;tipo;titulo\nA;guia\nB;guia;Um;sobra\n")
    assert (short.values["titulo"], short.problem) == ("", "")
    assert long.problem.startswith("A linha tem 4 células e o cabeçalho tem 3.")


def test_numbers_of_lines_are_those_of_the_spreadsheet() -> None:
    rows = read(b'codigo;tipo;titulo\nA;guia;"Um\ndois"\n;;\nB;guia;Dois\n')
    assert [row.number for row in rows] == [2, 4]


def test_latin1_is_recognised_and_read_when_it_is_said_to_be() -> None:
    content = csv_bytes([guide()], encoding="cp1252")
    assert "A linha 2 do texto não está em UTF-8: parece latin-1" in refusal(content)
    (found,) = read(content, is_latin1=True)
    assert found.values["titulo"] == "Reunião de bairro"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "O arquivo está vazio."),
        (b"\xef\xbb\xbf", "a.csv", "O arquivo está vazio."),
        ("codigo;tipo;titulo\n".encode("utf-16"), "a.csv", "O arquivo está em UTF-16"),
        (b"codigo;tipo;titulo\nA;gu\0ia;Um\n", "a.csv", "Na linha 2 há bytes que não são texto."),
        (
            b"codigo;tipo;titlo\n",
            "a.csv",
            "Não conhecemos a coluna “titlo”. Você quis dizer “titulo”?",
        ),
        (b"codigo;codigo;tipo;titulo\n", "a.csv", "A coluna “codigo” aparece mais de uma vez."),
        (b"tipo;titulo\n", "a.csv", "Falta a coluna “codigo”"),
        (b"codigo;;tipo;titulo\n", "a.csv", "A 2ª coluna não tem nome."),
        (
            b'codigo;tipo;titulo\nA;guia;"Um\nB;guia;Dois\n',
            "a.csv",
            "Na linha 2 as aspas não fecham.",
        ),
        (b"<!doctype html><p>Nada</p>", "a.csv", "Não conhecemos a coluna"),
        (b"isto e so um texto", "a.xlsx", "Este arquivo não é uma planilha XLSX"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "a.xls",
            "Este é um arquivo antigo do Excel",
        ),
        (b"PK\x03\x04" + bytes(90), "a.xlsx", "Este arquivo não é uma planilha XLSX"),
        (b"A" * (20 * 1024 * 1024 + 1), "a.csv", "O arquivo passa de 20 MB."),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_a_sentence(
    content: bytes, name: str, sentence: str
) -> None:
    assert sentence in refusal(content, name)


def test_a_file_with_too_many_lines_is_refused() -> None:
    content = b"codigo;tipo;titulo\n" + b"A;guia;Um\n" * 20_001
    assert refusal(content).startswith("O arquivo tem mais de 20.000 linhas.")


# --- XLSX ---------------------------------------------------------------------------------------


def test_cells_of_a_workbook_are_read_as_somebody_would_type_them() -> None:
    rows = [
        [*HEADS, "publicar", "revisto_em", "etiquetas"],
        [7.0, "guia", "Um", None, True, date(2026, 3, 1), "=1+1 não é conta"],
        [8, "guia", "Dois", 2.5, datetime(2026, 3, 1, 9, 30), None, None],
    ]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active["G2"].data_type = "s"  # a text that begins with =, not a formula
    buffer = io.BytesIO()
    book.save(buffer)
    first, second = (row.values for row in read(buffer.getvalue(), "a.xlsx"))
    assert (first["codigo"], first["publicar"], first["revisto_em"]) == ("7", "sim", "2026-03-01")
    assert first["etiquetas"] == "=1+1 não é conta"
    assert (second["resumo"], second["publicar"]) == ("2.5", "2026-03-01 09:30")


def test_a_formula_is_never_read_as_its_text() -> None:
    content = xlsx_bytes([HEADS, ["A", "guia", "Um", '=HYPERLINK("http://mau.example","x")']])
    (row,) = read(content, "a.xlsx")
    assert row.values["resumo"] == ""


def test_some_empty_rows_are_passed_over_and_a_million_are_not_waited_for() -> None:
    whole = xlsx_bytes([HEADS, ["A", "guia", "Um", "x"], *[[None]] * 2_000, ["B", "guia", "Dois"]])
    assert [row.number for row in read(whole, "a.xlsx")] == [2, 2003]
    empty = "".join(f'<row r="{number}"/>' for number in range(2004, 1_000_000))
    content = _with_sheet(whole, "</sheetData>", f"{empty}</sheetData>")
    assert refusal(content, "a.xlsx").startswith(
        "Depois da linha 2003 há mais de 5.000 linhas vazias."
    )


def test_a_row_that_says_it_is_far_away_is_not_waited_for() -> None:
    whole = xlsx_bytes([HEADS, ["A", "guia", "Um", "x"]])
    content = _with_sheet(whole, 'r="2"', 'r="999999999999"')
    assert "linhas vazias" in refusal(content, "a.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened() -> None:
    buffer = io.BytesIO(xlsx_bytes([HEADS]))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomba.xml", bytes(40 * 1024 * 1024))
    assert refusal(buffer.getvalue(), "a.xlsx").startswith("A planilha ocupa 40 MB")


def test_a_broken_sheet_is_refused_in_a_sentence() -> None:
    whole = xlsx_bytes([HEADS, ["A", "guia", "Um", "x"]])
    content = _with_sheet(whole, "</sheetData>", "<row")
    assert refusal(content, "a.xlsx").startswith("A planilha está danificada")
    assert "XLSX" in refusal(whole[: len(whole) // 2], "a.xlsx")


def test_entities_in_a_sheet_are_not_expanded() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = _with_sheet(
        xlsx_bytes([HEADS, ["A", "guia", "Um", "x"]]), "<worksheet", f"{entity}<worksheet"
    )
    assert refusal(content, "a.xlsx").startswith("Este arquivo não é uma planilha XLSX")


def _with_sheet(content: bytes, before: str, after: str) -> bytes:
    """The workbook with something changed inside its first sheet."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode(), 1)
            target.writestr(name, text)
    return changed.getvalue()


# --- JSON Lines -----------------------------------------------------------------------------------


def test_json_lines_may_hold_lists_and_people() -> None:
    row = {
        "codigo": 12,
        "tipo": "guia",
        "titulo": "Um",
        "temas": ["saude", "educacao"],
        "pessoas": [{"nome": "Ana", "papel": "revisão"}, "Davi"],
        "publicar": False,
        "resumo": None,
    }
    (found,) = read(json_bytes([row]), "a.jsonl")
    assert found.number == 1
    assert found.values == {
        "codigo": "12",
        "tipo": "guia",
        "titulo": "Um",
        "temas": "saude; educacao",
        "pessoas": "Ana|revisão; Davi",
        "publicar": "não",
        "resumo": "",
    }


def test_a_line_that_is_no_object_is_a_problem_of_that_line_only() -> None:
    deep = b"{" + b'"titulo":[' * 100_000
    lines = [b'{"codigo": "A"}', b"{", b"[1]", b'{"titlo": 1}', deep, b"", b'{"codigo": "B"}']
    rows = read(b"\n".join(lines), "a.jsonl")
    assert [bool(row.problem) for row in rows] == [False, True, True, True, True, False]
    assert rows[-1].number == 7
