"""Entries of the search without the pages they usually come from: a bare page and its row."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from wagtail.models import Page

from accounts.audience import ANYBODY
from home.models import HomePage
from search import services
from search.entries import EntryDocument, Facet
from search.models import Entry

_numbers = count(1)
_FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_CARD = {"cover": "/capas/v1/financas/mini/x.svg", "licence": "CC-BY-4.0", "authors": []}


def bare_page(**fields: Any) -> Page:
    """A page of the tree that is nothing in particular."""
    number = next(_numbers)
    page = Page(title=f"Página {number}", slug=f"pagina-nua-{number}", **fields)
    return HomePage.objects.get().add_child(instance=page)


def document(page: Page | None = None, **fields: Any) -> EntryDocument:
    """A document as a room hands it over; each one is a day newer than the last."""
    number = next(_numbers)
    page = page or bare_page()
    facets = [
        Facet("formato", fields.get("kind", "guia"), fields.get("kind", "guia").capitalize()),
        *(Facet("tema", slug, slug.capitalize()) for slug in fields.pop("themes", ["financas"])),
        Facet("licenca", fields.pop("licence", "CC-BY-4.0"), "CC BY 4.0"),
        *(Facet("pessoa", slug, slug.capitalize()) for slug in fields.pop("people", [])),
        *(Facet(name, value, label) for name, value, label in fields.pop("more", [])),
    ]
    card = _CARD | {"authors": fields.pop("authors", [])}
    values = {
        "page_id": page.pk,
        "kind": "guia",
        "title": f"Material {number}",
        "summary": "Uma frase que diz para que serve.",
        "url": f"/acervo/material-{number}/",
        "keywords": "",
        "body": "",
        "published_at": _FIRST_DAY + timedelta(days=number),
        "updated_at": None,
        "expires_at": None,
        "audience": ANYBODY,
        "facets": facets,
        "card": card,
    }
    return EntryDocument(**values | fields)


def entry(page: Page | None = None, **fields: Any) -> Entry:
    """An entry in the index, as after a publication."""
    made = document(page, **fields)
    services.write(made)
    return Entry.objects.get(pk=made.page_id)
