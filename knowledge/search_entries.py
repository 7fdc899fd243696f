"""A resource as search knows it."""

from typing import TYPE_CHECKING

from knowledge.covers.drawings import cover_url
from knowledge.models.changes import changed_at
from knowledge.visibility import closures
from search.entries import EntryDocument, Facet

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage


def entry_of(page: "ResourcePage") -> EntryDocument:
    """Everything that finding, filtering and listing `page` takes, with site-relative addresses."""
    facts = page.facts()
    facets = [Facet("formato", page.kind.slug, page.kind.label)]
    facets += [Facet("tema", theme.slug, theme.name) for theme in facts.themes]
    facets += [Facet("licenca", page.open_licence.identifier, page.open_licence.short_name)]
    facets += [Facet("etiqueta", tag, tag) for tag in facts.tags]
    people = {item.person.slug: item.person.name for item in facts.people}
    facets += [Facet("pessoa", slug, name) for slug, name in people.items()]
    facets += page.own_facets()
    return EntryDocument(
        page_id=page.pk,
        kind=page.kind.slug,
        title=page.title,
        summary=page.summary,
        url=page.get_url() or "",
        keywords=" ".join([*facts.tags, *(theme.name for theme in facts.themes), *people.values()]),
        body=page.plain_text(),
        published_at=page.first_published_at or page.latest_revision_created_at,
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
            **page.card_extras(),
        },
    )


def _cover(page: "ResourcePage", module: str, form: str) -> str:
    image = page.cover_image
    if image is not None and not image.withdrawn_on and image.address(form):
        return image.address(form)
    return cover_url(page.cover_slug, module, form)
