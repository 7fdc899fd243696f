"""City cases: what a municipality did about a problem, and what changed."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField

from files.models import Document
from knowledge.blocks import PassageBlock, anchor_for
from knowledge.blocks.figures import IndicatorStream, figure_of, indicator_of
from knowledge.fields import MunicipalityField, PeriodField, show_period
from knowledge.indicators import Indicator
from knowledge.models.kinds import Kind, register_kind
from knowledge.models.parts import FilesUsed, part_of
from knowledge.models.resources import ResourcePage
from knowledge.models.texts import HasBody
from knowledge.municipalities import Municipality, municipality, states
from knowledge.numbers import in_short
from knowledge.text import rich_texts_in, text_of
from licensing.gate import Lack
from licensing.parts import Part
from search.entries import Facet

CASE = register_kind(Kind("caso", "Caso", "Casos", "caso", "Report"))
_FIGURES = 3  # numbers that open a case


class CasePage(HasBody, ResourcePage):
    """A case: where, when, the problem, what was done, and numbers from before and after.

    A case may be invented, to show how one is told; it then says so, and its municipality may
    be one that does not exist.
    """

    class DataNature(models.TextChoices):
        SOURCED = "com-fonte", "Dados com fonte"
        ILLUSTRATIVE = "ilustrativos", "Dados ilustrativos, inventados para demonstração"

    kind = CASE
    template = "knowledge/resource_page.html"
    is_creatable = True
    body_is_required = False
    opening_template = "knowledge/openings/case.html"
    downloads_template = "knowledge/bodies/case_downloads.html"

    municipality_code = MunicipalityField(
        "município", help_text="Nome e estado, como Sobral (CE), ou o código do IBGE."
    )
    invented_name = models.CharField(
        "município inventado",
        max_length=80,
        blank=True,
        help_text="Só para dados ilustrativos, no lugar de um município de verdade.",
    )
    invented_state = models.CharField(
        "estado do município inventado",
        max_length=2,
        blank=True,
        choices=[(letters, name) for letters, name in states().items()],
    )
    data_nature = models.CharField(
        "os dados são", max_length=12, blank=True, choices=DataNature.choices
    )
    starts = PeriodField("começo", help_text="Ano, como 2024, ou mês e ano, como 03/2024.")
    ends = PeriodField("fim", help_text="Em branco, se ainda está em andamento.")
    population = models.PositiveIntegerField("população", null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(
        "ano da população", null=True, blank=True, help_text="Por exemplo 2022, do Censo."
    )
    problem = StreamField(PassageBlock(), verbose_name="o problema", blank=True)
    done = StreamField(PassageBlock(), verbose_name="o que foi feito", blank=True)
    indicators = StreamField(IndicatorStream(), verbose_name="indicadores", blank=True)
    cost = models.TextField("custo", blank=True, help_text="Quanto custou, e em quê.")
    norms = models.TextField(
        "normas usadas", blank=True, help_text="Leis, decretos e portarias. Uma por linha."
    )
    contact_sector = models.CharField(
        "setor de contato", max_length=150, blank=True, help_text="A quem outra cidade pergunta."
    )
    contact_email = models.EmailField("e-mail do setor", blank=True)

    content_panels: ClassVar[list[Any]] = ResourcePage.panels_with(
        MultiFieldPanel(
            [
                FieldPanel("data_nature"),
                FieldPanel("municipality_code"),
                FieldRowPanel([FieldPanel("invented_name"), FieldPanel("invented_state")]),
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldRowPanel([FieldPanel("population"), FieldPanel("population_year")]),
            ],
            heading="Onde e quando",
        ),
        FieldPanel("problem"),
        FieldPanel("done"),
        FieldPanel("indicators"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("cost"),
                FieldPanel("norms"),
                FieldPanel("contact_sector"),
                FieldPanel("contact_email"),
            ],
            heading="Para quem quer fazer igual",
        ),
        InlinePanel("files_to_reuse", heading="Arquivos para reusar", label="Arquivo"),
    )

    class Meta:
        verbose_name = "caso"
        verbose_name_plural = "casos"

    def __str__(self) -> str:
        return self.title

    @classmethod
    def for_reading(cls) -> models.QuerySet[Any]:
        """With the files to reuse, which would be a query of their own, as `joined_files`."""
        from knowledge.models.case_files import joined_files

        return super().for_reading().annotate(joined_files=joined_files())

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts[: len(self.ends)]:
            raise ValidationError({"ends": "O fim vem antes do começo. Confira as duas datas."})

    # --- where and when -----------------------------------------------------------------------

    @property
    def is_illustrative(self) -> bool:
        return self.data_nature == self.DataNature.ILLUSTRATIVE

    @property
    def municipality(self) -> Municipality | None:
        """Where it happened; one that was invented has no code. None while nobody has said."""
        if self.municipality_code:
            return municipality(self.municipality_code)
        if self.is_illustrative and self.invented_name and self.invented_state:
            return Municipality("", self.invented_name, self.invented_state)
        return None

    @property
    def place_name(self) -> str:
        """The municipality without its state: how its line is called in a chart."""
        return self.municipality.name if self.municipality else ""

    @property
    def period_label(self) -> str:
        """“2001 a 2023”, “mar. 2024 a jun. 2025”, “desde 2024”."""
        if not self.starts:
            return ""
        if not self.ends:
            return f"desde {show_period(self.starts)}"
        if self.ends == self.starts:
            return show_period(self.starts)
        return f"{show_period(self.starts)} a {show_period(self.ends)}"

    @property
    def population_label(self) -> str:
        """“63 mil habitantes”, with the year that the number is of."""
        if not self.population:
            return ""
        return f"{in_short(self.population)} habitantes"

    @property
    def length_label(self) -> str:
        """A case is known by where and when, not by how long it takes to read."""
        place = str(self.municipality) if self.municipality else ""
        return ", ".join(part for part in (place, self.period_label) if part)

    @property
    def norm_list(self) -> list[str]:
        return [line.strip() for line in self.norms.splitlines() if line.strip()]

    # --- what is read -------------------------------------------------------------------------

    def indicators_shown(self) -> list[Indicator]:
        found = [indicator_of(block.value) for block in self.indicators]
        return [item for item in found if item.is_whole] + super().indicators_shown()

    @property
    def opening_figures(self) -> list[Indicator]:
        """The first numbers, each before and after."""
        return self.indicators_shown()[:_FIGURES]

    def own_texts(self) -> list[str]:
        return [*rich_texts_in(self.problem), *rich_texts_in(self.done)]

    def arrange(self, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What stands before the first title opens the case; then the problem, what was done, the
        numbers, and the rest."""
        first = next((n for n, item in enumerate(sections) if item["title"]), len(sections))
        taken = {item["anchor"] for item in sections}
        own = [
            _section("O problema", self._passage(self.problem), taken),
            _section("O que foi feito", self._passage(self.done), taken),
            _section("Os números", self._figures(), taken),
        ]
        written = [item for item in own if item["html"]]
        end = _section("Custo, normas e contato", self._facts(), taken)
        last = [end] if end["html"] else []
        return [*sections[:first], *written, *sections[first:], *last]

    def _passage(self, blocks: Any) -> SafeString:
        return mark_safe("".join(block.render({"page": self}) for block in blocks))  # noqa: S308

    def _figures(self) -> SafeString:
        found = [indicator_of(block.value) for block in self.indicators]
        figures = [
            figure_of(item, f"i{number}", self.place_name)
            for number, item in enumerate(found, 1)
            if item.is_whole
        ]
        context = {"figures": figures, "page": self}
        html = render_to_string("knowledge/blocks/indicators.html", context) if figures else ""
        return mark_safe(html)  # noqa: S308 (a template's output)

    def _facts(self) -> SafeString:
        if not (self.cost or self.norm_list or self.contact_sector):
            return mark_safe("")
        return render_to_string("knowledge/bodies/case_facts.html", {"page": self})

    def plain_text(self) -> str:
        place = self.municipality
        state = states().get(place.state, "") if place else ""
        parts = [
            f"{place}, {state}" if place else "",
            text_of(self.problem),
            text_of(self.done),
            *(item.words() for item in map(indicator_of, (b.value for b in self.indicators))),
            super().plain_text(),
            self.cost,
            self.norms,
            self.contact_sector,
        ]
        return "\n\n".join(part for part in parts if part)

    def own_facets(self) -> list[Facet]:
        place = self.municipality
        if place is None:
            return []
        facets = [Facet("uf", place.state, states()[place.state])]
        if place.code:
            facets.append(Facet("municipio", place.code, str(place)))
        return facets

    # --- files to take along ------------------------------------------------------------------

    def files_used(self) -> FilesUsed:
        used = super().files_used()
        for item in self.files_to_reuse.all():
            if item.document is not None:
                used.documents[item.document.pk] = item.document
        return used

    def parts(self) -> list[Part]:
        """No query for a case that was fetched for reading."""
        from knowledge.models.case_files import documents_as_parts

        used = super().files_used().everything()
        shown = (part_of(file, super(CasePage, self).field_of(file)) for file in used)
        return [*(part for part in shown if part), *documents_as_parts(self)]

    def field_of(self, part: models.Model) -> str:
        chosen = {item.document_id for item in self.files_to_reuse.all()}
        is_chosen = isinstance(part, Document) and part.pk in chosen
        return "files_to_reuse" if is_chosen else super().field_of(part)

    # --- gate -----------------------------------------------------------------------------------

    def lacks(self) -> list[Lack]:
        return [*super().lacks(), *self._lacks_of_facts(), *self._lacks_of_indicators()]

    def _lacks_of_facts(self) -> Iterator[Lack]:
        if not self.data_nature:
            sentence = "Diga se os dados têm fonte ou são inventados."
            yield Lack("data-nature", sentence, "data_nature")
        this_year = timezone.localdate().year
        if self.population_year and not 1900 <= self.population_year <= this_year:
            sentence = f"Confira o ano da população: vale de 1900 a {this_year}."
            yield Lack("population-year", sentence, "population_year")
        if self.invented_name and not self.is_illustrative:
            sentence = "Um município inventado só serve em caso com dados ilustrativos."
            yield Lack("invented", sentence, "invented_name")
        elif self.invented_name and self.municipality_code:
            sentence = "Deixe só um: o município de verdade ou o inventado."
            yield Lack("two-places", sentence, "invented_name")
        elif self.invented_name and not self.invented_state:
            sentence = "Escolha o estado do município inventado."
            yield Lack("invented-state", sentence, "invented_state")
        elif self.municipality is None:
            yield Lack("municipality", "Diga em que município foi.", "municipality_code")
        if not self.starts:
            yield Lack("period", "Diga quando começou.", "starts")
        if not text_of(self.problem).strip():
            yield Lack("problem", "Conte qual era o problema.", "problem")
        if not text_of(self.done).strip():
            yield Lack("done", "Conte o que foi feito.", "done")
        if not self.contact_sector.strip():
            sentence = "Diga o setor de contato: a quem outra cidade pergunta."
            yield Lack("contact", sentence, "contact_sector")

    def _lacks_of_indicators(self) -> Iterator[Lack]:
        found = [indicator_of(block.value) for block in self.indicators]
        if not found:
            sentence = "Acrescente ao menos um indicador, com o valor de antes e o de depois."
            yield Lack("indicators", sentence, "indicators")
        for item in found:
            if not item.is_whole:
                sentence = f"“{item.name}” precisa de ao menos dois valores: antes e depois."
                yield Lack("indicator-points", sentence, "indicators")
            if not item.source.strip() and not self.is_illustrative:
                yield Lack("indicator-source", f"Diga a fonte de “{item.name}”.", "indicators")

    # --- outwards -------------------------------------------------------------------------------

    def jsonld_extras(self) -> dict[str, Any]:
        extras: dict[str, Any] = {}
        if self.municipality:
            extras["spatialCoverage"] = _place(self.municipality)
        if self.starts:
            extras["temporalCoverage"] = f"{self.starts}/{self.ends or '..'}"
        measured = self.indicators_shown()
        if measured:
            extras["variableMeasured"] = [item.name for item in measured]
        return extras

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from knowledge.models.case_files import visible_files

        context = super().get_context(request, *args, **kwargs)
        return context | {"files_to_reuse": visible_files(self, request)}


def _section(title: str, content: str, taken: set[str]) -> dict[str, Any]:
    """A section with its title, as those of a body are; without content, one without HTML."""
    anchor = anchor_for(title, taken) if content else ""
    html = format_html('<h2 id="{}">{}</h2>{}', anchor, title, content) if content else ""
    return {"html": html, "anchor": anchor, "title": title}


def _place(place: Municipality) -> dict[str, Any]:
    """A municipality in schema.org; one that was invented has no code and is no city."""
    if not place.code:
        return {"@type": "Place", "name": f"{place}, município inventado"}
    return {
        "@type": "City",
        "name": place.name,
        "identifier": {"@type": "PropertyValue", "propertyID": "IBGE", "value": place.code},
        "containedInPlace": {"@type": "State", "name": states()[place.state]},
    }
