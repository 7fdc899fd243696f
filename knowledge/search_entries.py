"""A resource as search knows it."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from knowledge.covers.drawings import cover_url
from knowledge.models.changes import changed_at
from knowledge.visibility import closures
from search.entries import EntryDocument, Facet, Segment

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage


# value → at most so many minutes, and the words for it
LENGTHS = {
    "curto": (5, "Até 5 minutos"),
    "medio": (15, "De 6 a 15 minutos"),
    "demorado": (60, "De 16 minutos a 1 hora"),
    "longo": (10**6, "Mais de 1 hora"),
}


def entry_of(page: "ResourcePage") -> EntryDocument:
    """Everything that finding, filtering and listing `page` takes, with site-relative addresses."""
    facts = page.facts()
    facets = [Facet("formato", page.kind.slug, page.kind.label)]
    facets += [Facet("tema", theme.slug, theme.name) for theme in facts.themes]
    facets += [Facet("publico", each.value, each.label) for each in page.readership]
    facets += [Facet("nivel", page.level, page.get_level_display())] if page.level else []
    facets += [Facet("licenca", page.open_licence.identifier, page.open_licence.short_name)]
    facets += [Facet("etiqueta", tag, tag) for tag in facts.tags]
    people = {item.person.slug: item.person.name for item in facts.people}
    facets += [Facet("pessoa", slug, name) for slug, name in people.items()]
    authors = {item.person.slug: item.person.name for item in facts.authors}
    facets += [Facet("autor", slug, name) for slug, name in authors.items()]
    published_at = page.first_published_at or page.latest_revision_created_at
    year = str(timezone.localtime(published_at).year)
    facets += [Facet("ano", year, year), *_length(page.minutes)]
    facets.append(Facet("lingua", page.language, page.get_language_display()))
    facets += page.own_facets()
    keywords = [*facts.tags, *(theme.name for theme in facts.themes), *people.values()]
    return EntryDocument(
        page_id=page.pk,
        kind=page.kind.slug,
        title=page.title,
        summary=page.summary,
        url=page.get_url() or "",
        keywords="\n".join([" ".join(keywords), *page.sought_as.splitlines()]).strip(),
        body=page.plain_text(),
        published_at=published_at,
        updated_at=changed_at(page.first_published_at, page.last_published_at, facts.changes),
        expires_at=page.expire_at,
        audience=closures().audience_at(page.path),
        facets=facets,
        card={
            "cover": _cover(page, facts.module, "mini"),
            "cover_large": _cover(page, facts.module, "quadro"),
            "themes": [{"slug": theme.slug, "name": theme.name} for theme in facts.themes],
            "tags": facts.tags,
            "people": list(people),
            "authors": [item.person.name for item in facts.authors],
            "length": page.length_label,
            "licence": page.open_licence.identifier,
            **_for_whom(page),
            **page.card_extras(),
        },
        segments=[
            Segment(round(line.start * 1000), line.anchor, line.text) for line in page.said()
        ],
    )


def _for_whom(page: "ResourcePage") -> dict[str, Any]:
    """What the line of the item says of its readers, where the page says something."""
    said: dict[str, Any] = {}
    if page.readership:
        said["readership"] = [{"slug": each.value, "name": each.label} for each in page.readership]
    if page.level:
        said["level"] = {"slug": page.level, "name": page.get_level_display()}
    return said


def _length(minutes: int) -> list[Facet]:
    """How long it takes, as one of few answers."""
    if not minutes:
        return []
    value = next((value for value, (most, _) in LENGTHS.items() if minutes <= most), "longo")
    return [Facet("duracao", value, LENGTHS[value][1])]


def _cover(page: "ResourcePage", module: str, form: str) -> str:
    image = page.cover_image
    if image is not None and not image.withdrawn_on and image.address(form):
        return image.address(form)
    return cover_url(page.cover_slug, module, form)
