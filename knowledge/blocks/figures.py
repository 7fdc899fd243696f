"""Blocks that show numbers: indicators, each with its chart, its table and its source."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from knowledge.blocks.readable import Readable, lines
from knowledge.charts import draw
from knowledge.indicators import Indicator, Point
from knowledge.numbers import UnreadableNumber, parse_number, type_number


class NumberFormField(forms.CharField):
    """A number typed as Brazilians type it."""

    def prepare_value(self, value: Any) -> Any:
        return type_number(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = str(super().clean(value) or "")
        if not typed:
            return None
        try:
            return parse_number(typed)
        except UnreadableNumber as error:
            raise ValidationError(str(error)) from error


class NumberBlock(blocks.FieldBlock):
    """A decimal number, kept exactly as it was given."""

    def __init__(self, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        self.field = NumberFormField(required=required, help_text=help_text, max_length=24)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value in (None, "") else Decimal(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def value_for_form(self, value: Any) -> Any:
        return self.field.prepare_value(value)

    class Meta:
        icon = "decimal"


class PointBlock(blocks.StructBlock):
    """One measurement."""

    label = blocks.CharBlock(label="Quando", max_length=24, help_text="Ano ou mês. Ex.: 2024.1")
    value = NumberBlock(label="Valor", help_text="Com vírgula nos decimais. Ex.: 49,1")
    other = NumberBlock(label="Valor de quem é comparado", required=False)

    class Meta:
        icon = "pick"
        label = "Medição"


class IndicatorBlock(blocks.StructBlock):
    """A number that was followed. Shown as a chart, with the numbers in a table."""

    name = blocks.CharBlock(label="O que foi medido", max_length=100)
    unit = blocks.CharBlock(
        label="Unidade", max_length=40, help_text="Ex.: dias, crianças, % das inscrições"
    )
    better = blocks.ChoiceBlock(
        label="O que é melhor", choices=[("menor", "Menor"), ("maior", "Maior")]
    )
    source = blocks.CharBlock(
        label="Fonte",
        max_length=250,
        required=False,
        help_text="De onde vem o número: quem mediu e em que documento.",
    )
    points = blocks.ListBlock(
        PointBlock(),
        label="Medições",
        min_num=2,
        max_num=8,
        help_text="De 2 a 8, em ordem: a primeira é o antes.",
    )
    other_name = blocks.CharBlock(
        label="Comparado com",
        max_length=40,
        required=False,
        help_text="Se houver com quem comparar. Ex.: Municípios vizinhos",
    )

    class Meta:
        icon = "view"
        label = "Indicador"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        compared = [p for p in cleaned["points"] if p["other"] is not None]
        if compared and not cleaned["other_name"]:
            sentence = ValidationError("Diga com quem os valores são comparados.")
            raise StructBlockValidationError(block_errors={"other_name": sentence})
        if cleaned["other_name"] and len(compared) < 2:
            sentence = ValidationError("Dê ao menos dois valores de quem é comparado, ou apague.")
            raise StructBlockValidationError(block_errors={"other_name": sentence})
        return cleaned


class IndicatorsBlock(Readable, blocks.ListBlock):
    """Indicators in the middle of a text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(IndicatorBlock(), **kwargs)

    def words(self, value: Any) -> str:
        return lines(*(indicator_of(item).words() for item in value))

    class Meta:
        icon = "view"
        label = "Indicadores com gráfico"
        template = "knowledge/blocks/indicators.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        own_name = getattr(page, "place_name", "")
        context["figures"] = [
            figure_of(indicator, f"g{item.id[:8]}", own_name)
            for item in value.bound_blocks
            if (indicator := indicator_of(item.value)).is_whole
        ]
        return context


class IndicatorStream(blocks.StreamBlock):
    """The indicators of a case."""

    indicator = IndicatorBlock()


def indicator_of(value: Any) -> Indicator:
    """The indicator that the value of an IndicatorBlock describes, as far as it is filled in."""
    return Indicator(
        name=value["name"],
        unit=value["unit"],
        less_is_better=value["better"] == "menor",
        source=value["source"] or "",
        points=tuple(
            Point(p["label"], p["value"], p["other"])
            for p in value["points"]
            if p["value"] is not None
        ),
        other_name=value["other_name"] or "",
    )


def indicators_in(body: blocks.StreamValue) -> Iterator[Indicator]:
    """The indicators shown in a body."""
    for block in body:
        if block.block_type == "indicators":
            yield from (item for item in map(indicator_of, block.value) if item.is_whole)


def figure_of(indicator: Indicator, name: str, own_name: str = "") -> dict[str, Any]:
    """What the template of an indicator shows; `name` begins the ids of its parts."""
    return {
        "indicator": indicator,
        "chart": draw(indicator.chart(own_name), name),
        "own_name": own_name,
        "name": name,
    }
