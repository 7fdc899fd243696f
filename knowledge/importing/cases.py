"""Cases of cities."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from knowledge.fields import read_period
from knowledge.importing.bodies import BODY, check_blocks, fill_text
from knowledge.importing.cells import Cells
from knowledge.importing.kinds import Bench, Column, register_importer
from knowledge.importing.resources import TextImporter
from knowledge.models import CasePage
from knowledge.municipalities import UnknownMunicipality, read_municipality, states
from knowledge.numbers import UnreadableNumber, parse_number

_PERIOD = "2024 ou 03/2024"
# Spreadsheets make the first day of a month of “03/2024”.
_FIRST_DAY = re.compile(r"(\d{4}-\d{2})-01|01/(\d{2}/\d{4})", re.ASCII)
_NATURES = {
    "com fonte": CasePage.DataNature.SOURCED,
    "ilustrativos": CasePage.DataNature.ILLUSTRATIVE,
}
COLUMNS = (
    Column("dados", "De onde vêm os dados do caso", "com fonte ou ilustrativos", "com fonte"),
    Column("municipio", "O município", "nome e estado, ou o código do IBGE", "Sobral (CE)"),
    Column(
        "municipio_inventado",
        "Em dados ilustrativos, um município que não existe",
        "nome|UF",
        "Vila das Pedras|MG",
    ),
    Column("inicio", "Quando começou", _PERIOD, "03/2024"),
    Column("fim", "Quando acabou. Em branco, está em andamento", _PERIOD, "2025"),
    Column("populacao", "A população", "só algarismos", "203023"),
    Column("populacao_ano", "O ano dessa população", "de 1900 até este ano", "2022"),
    Column("problema", "Qual era o problema", "Markdown, sem seções", "A fila tinha 400 crianças."),
    Column("feito", "O que foi feito", "Markdown, sem seções", "A lista passou a ser pública."),
    Column(
        "indicadores",
        "Os números, de antes e de depois",
        "um por linha: nome|unidade|menor ou maior (o que é melhor)|fonte|2023=400|2024=120",
        "Crianças na fila|crianças|menor|Secretaria de Educação|2023=400|2024=120",
    ),
    Column("custo", "Quanto custou, e em quê", "texto", "R$ 12 mil em impressão"),
    Column("normas", "Leis, decretos e portarias", "uma por linha", "Lei nº 1.234/2023"),
    Column(
        "contato_setor", "O setor a quem outra cidade pergunta", "até 150 caracteres", "Ouvidoria"
    ),
    Column("contato_email", "O e-mail desse setor", "um e-mail", "ouvidoria@cidade.gov.br"),
)


@register_importer
class CaseImporter(TextImporter):
    """A case: where, when, the problem, what was done, and the numbers."""

    page_class = CasePage
    columns = (BODY, *COLUMNS)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        super().fill(page, cells, bench)
        fill_text(page, "problem", "problema", cells, bench)
        fill_text(page, "done", "feito", cells, bench)
        if "dados" in cells:
            page.data_nature = cells.choice("dados", _NATURES, "dados") or ""
        self._fill_place(page, cells)
        self._fill_facts(page, cells)
        if "indicadores" in cells:
            rows = cells.rows("indicadores", 5, 12)
            found = [("indicator", _indicator(row, cells)) for row in rows]
            if not cells.refusals:
                check_blocks(page, "indicators", found, cells)
                page.indicators = found

    def _fill_place(self, page: Any, cells: Cells) -> None:
        if "municipio" in cells:
            typed = cells.line("municipio", 100)
            try:
                page.municipality_code = read_municipality(typed).code if typed else ""
            except UnknownMunicipality as error:
                cells.refuse(f"{error} Em “municipio” está “{typed[:40]}”.")
        if "municipio_inventado" in cells:
            rows = cells.rows("municipio_inventado", 2, 2)
            name, state = rows[0] if rows else ("", "")
            if state and state.upper() not in states():
                cells.refuse(f"“{state[:20]}” não é um estado. Escreva as duas letras, como MG.")
            page.invented_name, page.invented_state = name[:80], state.upper()[:2]

    def _fill_facts(self, page: Any, cells: Cells) -> None:
        for column, field in (("inicio", "starts"), ("fim", "ends")):
            if column in cells:
                setattr(page, field, _period(cells, column))
        if page.starts and page.ends and page.ends < page.starts[: len(page.ends)]:
            cells.refuse("O “fim” vem antes do “inicio”. Confira as duas datas.")
        if "populacao" in cells:
            page.population = cells.number("populacao", 30_000_000)
        if "populacao_ano" in cells:
            page.population_year = cells.year("populacao_ano")
        for column, field, limit in (
            ("custo", "cost", 5_000),
            ("normas", "norms", 5_000),
            ("contato_setor", "contact_sector", 150),
            ("contato_email", "contact_email", 254),
        ):
            if column in cells:
                setattr(page, field, cells.text(column, limit))
        if page.contact_email and "contato_email" in cells:
            try:
                validate_email(page.contact_email)
            except ValidationError:
                cells.refuse(
                    f"“{page.contact_email[:60]}” não é um e-mail. Confira “contato_email”."
                )


def _period(cells: Cells, column: str) -> str:
    typed = cells.line(column, 20)
    match = _FIRST_DAY.fullmatch(typed)
    period = match[1] or match[2] if match else typed
    try:
        return read_period(period) if period else ""
    except ValueError as error:
        cells.refuse(f"{error} Em “{column}” está “{typed[:20]}”.")
        return ""


def _indicator(row: list[str], cells: Cells) -> dict[str, Any]:
    name, unit, better, source, *points = row
    return {
        "name": name,
        "unit": unit,
        "better": cells.choose(better, {"menor": "menor", "maior": "maior"}, "a opção") or "",
        "source": source,
        "points": [_point(point, cells) for point in points if point],
        "other_name": "",
    }


def _point(typed: str, cells: Cells) -> dict[str, Any]:
    label, _, number = typed.rpartition("=")
    value = None
    try:
        value = parse_number(number.strip())
    except UnreadableNumber as error:
        cells.refuse(f"{error} Em “indicadores” está “{typed[:40]}”.")
    if not label.strip():
        cells.refuse(f"Em “indicadores”, escreva quando=valor: está “{typed[:40]}”.")
    return {"label": label.strip(), "value": value, "other": None}
