"""What a case hands on besides its text."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page

from accounts.audience import reader_keys
from files.models import Document
from knowledge.models.editable_documents import EditableDocumentPage
from knowledge.numbers import size_in_words
from knowledge.visibility import closures_for, is_visible
from licensing.parts import Part
from licensing.values import licence

if TYPE_CHECKING:
    from knowledge.models.cases import CasePage


class CaseFile(Orderable):
    """Something of a case to take along: an editable document of the library, or a file."""

    case = ParentalKey(
        "knowledge.CasePage", related_name="files_to_reuse", on_delete=models.CASCADE
    )
    page = models.ForeignKey(
        EditableDocumentPage,
        verbose_name="modelo do acervo",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    document = models.ForeignKey(
        Document,
        verbose_name="ou um arquivo",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels: ClassVar = [FieldPanel("page"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "arquivo para reusar"

    def __str__(self) -> str:
        return str(self.page or self.document or "")

    def clean(self) -> None:
        if bool(self.page_id) == bool(self.document_id):
            raise ValidationError("Escolha um modelo do acervo ou um arquivo, um dos dois.")


class JSONRows(Aggregate):
    """All rows of a group, as one JSON list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


_FACTS = {
    "order": "sort_order",
    "page": "page_id",
    "page_title": "page__title",
    "url_path": "page__url_path",
    "path": "page__path",
    "live": "page__live",
    "expires": "page__expire_at",
    "odt": "page__odt_id",
    "docx": "page__docx_id",
    "document": "document_id",
    "title": "document__title",
    "slug": "document__slug",
    "format": "document__format",
    "copy": "document__copy",
    "bytes": "document__copy_bytes",
    "withdrawn": "document__withdrawn_on",
    "creator": "document__creator",
    "licence": "document__licence",
}


def joined_files() -> Subquery:
    """For a query of cases: what there is to know of the files of each, as a list of dicts."""
    rows = CaseFile.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(rows.annotate(rows=JSONRows(JSONObject(**_FACTS))).values("rows"))


def visible_files(case: "CasePage", request: HttpRequest) -> list[dict[str, str]]:
    """Title, address and detail of the files of a case that its reader may take along. No query
    for a case that was fetched for reading."""
    rows = _rows_of(case)
    keys, closed = reader_keys(request), closures_for(request)
    found = []
    for row in rows:
        if row["page"]:
            page = _page_of(row)
            detail = " e ".join(name.upper() for name in ("odt", "docx") if row[name])
            if is_visible(page, keys, closed):
                title = row["page_title"]
                found.append({"title": title, "url": page.get_url() or "", "detail": detail})
        elif row["copy"] and not row["withdrawn"]:
            # Only to ask for its address: a collection of its own would cost a query.
            facts = {"slug": row["slug"], "format": row["format"]}
            document = Document(pk=row["document"], collection_id=None, **facts)
            detail = f"{document.get_format_display()}, {size_in_words(row['bytes'])}"
            found.append({"title": row["title"], "url": document.url, "detail": detail})
    return found


def documents_as_parts(case: "CasePage") -> list[Part]:
    """The files of a case that are no pages of their own, as parts to credit."""
    return [
        Part("O arquivo", row["title"], row["creator"], licence(row["licence"]), "files_to_reuse")
        for row in _rows_of(case)
        if row["copy"] and row["licence"] and not row["withdrawn"]
    ]


def _rows_of(case: "CasePage") -> list[dict[str, Any]]:
    if "joined_files" in case.__dict__:
        return sorted(case.__dict__["joined_files"] or [], key=lambda row: row["order"] or 0)
    return [_facts_of(item) for item in case.files_to_reuse.all()]


def _facts_of(item: CaseFile) -> dict[str, Any]:
    """The same facts of a row in memory, for a draft that is looked at."""
    page, document = item.page, item.document
    return {
        "page": item.page_id,
        "page_title": page.title if page else "",
        "url_path": page.url_path if page else "",
        "path": page.path if page else "",
        "live": page.live if page else False,
        "expires": page.expire_at if page else None,
        "odt": page.odt_id if page else None,
        "docx": page.docx_id if page else None,
        "document": item.document_id,
        "title": document.title if document else "",
        "slug": document.slug if document else "",
        "format": document.format if document else "",
        "copy": document.copy if document else "",
        "bytes": document.copy_bytes if document else 0,
        "withdrawn": document.withdrawn_on if document else None,
        "creator": document.creator if document else "",
        "licence": document.licence.identifier if document and document.licence else "",
    }


def _page_of(row: dict[str, Any]) -> Page:
    """As much of a page as visibility and its address ask for."""
    expires = row["expires"]
    return Page(
        pk=row["page"],
        url_path=row["url_path"],
        path=row["path"],
        live=bool(row["live"]),
        expire_at=_moment(expires) if isinstance(expires, str) else expires,
    )


def _moment(text: str) -> datetime:
    """A time as a database writes it into JSON; SQLite leaves out that it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
