"""The citation of a page: in its reuse panel, and as files for reference managers."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from knowledge.citing import CitedWork, Creator, bibtex, ris
from knowledge.models import Contribution, Person, Publisher, ResourcePage
from knowledge.views import page_at, refusal

if TYPE_CHECKING:
    from knowledge.models.facts import Facts

_FORMATS = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}


def cited_work(page: ResourcePage, facts: "Facts", publisher: str) -> CitedWork:
    """A page as something to cite, at its permanent address."""
    first = page.first_published_at
    licence = page.open_licence
    return CitedWork(
        title=page.title,
        creators=tuple(
            Creator(
                item.person.name,
                is_body=item.person.nature != Person.Nature.PERSON,
                is_organiser=item.role == Contribution.Role.ORGANISER,
                cited_as=item.person.cited_as,
            )
            for item in facts.authors
        ),
        publisher=publisher,
        url=f"{settings.PUBLIC_URL}/r/{page.source_pk}/",
        published_on=timezone.localtime(first).date() if first else None,
        schema_type=page.kind.schema_type,
        language=page.language,
        summary=page.summary,
        licence=f"{licence.short_name}, {licence.uri}",
        keywords=tuple(facts.tags),
    )


@require_safe
def citation(request: HttpRequest, path: str, form: str) -> HttpResponse:
    """<path of a page>citar.bib and citar.ris, to a reader who may see the page."""
    page = page_at(path)
    if not isinstance(page, ResourcePage):
        raise Http404
    return refusal(request, page) or citation_of(request, page, form)


def citation_of(request: HttpRequest, page: ResourcePage, form: str) -> HttpResponse:
    """How to cite `page`, which its reader may see, as “bib” or “ris”."""
    publisher = Publisher.load(request_or_site=request).name
    write, content_type = _FORMATS[form]
    answer = HttpResponse(write(cited_work(page, page.facts(), publisher)), content_type)
    answer["Content-Disposition"] = f'attachment; filename="{page.slug}.{form}"'
    return answer
