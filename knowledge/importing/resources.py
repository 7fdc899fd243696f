"""Kinds that are read or taken along: guides, articles, booklets, editable documents."""

from typing import Any, ClassVar

from knowledge.importing.bodies import BODY, check_blocks, fill_text
from knowledge.importing.cells import Cells
from knowledge.importing.kinds import Bench, Column, KindImporter, register_importer
from knowledge.models import ArticlePage, BookletPage, EditableDocumentPage, GuidePage

_PATH = "caminho a partir da pasta da planilha, ou cms:número de um documento que já está no CMS"
FILE = Column("arquivo", "O PDF da cartilha", _PATH, "pdf/calcadas.pdf")
EDITABLE = Column(
    "arquivo_editavel",
    "O ODT ou DOCX de que o PDF da cartilha foi feito",
    _PATH,
    "pdf/calcadas.odt",
)
ODT = Column("arquivo_odt", "O modelo em ODT", _PATH, "modelos/edital.odt")
DOCX = Column("arquivo_docx", "O modelo em DOCX", _PATH, "modelos/edital.docx")
ADAPT = Column(
    "adaptar",
    "O que cada cidade troca no modelo",
    "uma por linha: onde|o que trocar|por quê (se quiser)",
    "Cláusula 3|o prazo|depende da obra",
)


class TextImporter(KindImporter):
    """A kind that is read: its own column is the text."""

    columns: ClassVar[tuple[Column, ...]] = (BODY,)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        fill_text(page, "body", "texto", cells, bench)


@register_importer
class GuideImporter(TextImporter):
    page_class = GuidePage


@register_importer
class ArticleImporter(TextImporter):
    page_class = ArticlePage


@register_importer
class BookletImporter(TextImporter):
    """A booklet: its PDF, and the page that says what is in it."""

    page_class = BookletPage
    columns = (BODY, FILE, EDITABLE)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        super().fill(page, cells, bench)
        if "arquivo" in cells:
            name = cells.line("arquivo", 500)
            page.document = bench.document(name, cells, page, "pdf") if name else None
        if "arquivo_editavel" in cells:
            name = cells.line("arquivo_editavel", 500)
            forms = ("docx", "odt") if name.lower().endswith(".docx") else ("odt", "docx")
            page.editable = bench.document(name, cells, page, *forms) if name else None


@register_importer
class EditableDocumentImporter(TextImporter):
    """An editable document, in one format or in both, and what to adapt in it."""

    page_class = EditableDocumentPage
    columns = (BODY, ODT, DOCX, ADAPT)

    def fill(self, page: Any, cells: Cells, bench: Bench) -> None:
        super().fill(page, cells, bench)
        for form in ("odt", "docx"):
            column = f"arquivo_{form}"
            if column in cells:
                name = cells.line(column, 500)
                setattr(page, form, bench.document(name, cells, page, form) if name else None)
        if "adaptar" in cells:
            places = [("place", _place(row)) for row in cells.rows("adaptar", 2, 3)]
            check_blocks(page, "adaptations", places, cells)
            page.adaptations = places


def _place(row: list[str]) -> dict[str, str]:
    return dict(zip(("where", "how", "why"), [*row, ""], strict=False))
