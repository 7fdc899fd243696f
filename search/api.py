"""/api/v2/search/: what /busca/ answers, for programs. Only what everybody may read, whoever asks."""

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from licensing.values import licence
from search import listing
from search.engines import Hit
from search.help import NearTheme
from search.known import known_facets


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/api/v2/search/: the parameters of /busca/, the answer as JSON. Addresses are absolute."""
    found = listing.build(request, known=known_facets(), keys=listing.PUBLIC)
    text = json.dumps(_answer(found), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _answer(found: listing.Listing) -> dict[str, Any]:
    return {
        "query": found.query,
        "total": found.total,
        "has_more": found.has_more,
        "is_relaxed": found.is_relaxed,
        "did_you_mean": found.read_as or None,
        "notices": found.notices,
        "page": found.page,
        "pages": found.last_page,
        "per_page": listing.PER_PAGE,
        "previous": _absolute(found.previous_url),
        "next": _absolute(found.next_url),
        "items": [_item(hit) for hit in found.hits],
        "facets": {group.name: _facet(group) for group in found.groups},
        "near_themes": [_theme(theme) for theme in found.near_themes],
    }


def _theme(theme: NearTheme) -> dict[str, Any]:
    address = f"{reverse('api_search')}?{urlencode({'tema': theme.slug})}"
    return {
        "value": theme.slug,
        "label": theme.name,
        "count": theme.count,
        "has_more": theme.has_more,
        "url": _absolute(address),
    }


def _item(hit: Hit) -> dict[str, Any]:
    entry, card = hit.entry, hit.entry.card
    terms = licence(card["licence"])
    return {
        "id": _absolute(f"/r/{entry.pk}/"),
        "url": _absolute(entry.url),
        "kind": entry.kind,
        "title": entry.title,
        "summary": entry.summary,
        "excerpt_html": hit.excerpt_html,
        "authors": card.get("authors", []),
        "themes": card.get("themes", []),
        "tags": card.get("tags", []),
        "audience": card.get("readership", []),
        "level": card.get("level"),
        "cover": _absolute(card.get("cover_large") or card.get("cover", "")),
        "published_at": entry.published_at.isoformat(),
        "updated_at": entry.updated_at.isoformat() if entry.updated_at else None,
        "licence": {
            "identifier": terms.identifier,
            "name": terms.short_name,
            "url": terms.uri,
        },
        "moment": hit.moment and {"seconds": hit.moment.seconds, "url": _absolute(hit.moment.url)},
        "is_pinned": hit.is_pinned,
    }


def _facet(group: listing.FacetGroup) -> dict[str, Any]:
    values = [
        {
            "value": choice.value,
            "label": choice.label,
            "count": choice.count,
            "is_chosen": choice.is_current,
            "url": _absolute(choice.url),
        }
        for choice in group.choices
        if choice.value
    ]
    return {"title": group.title, "values": values}


def _absolute(path: str) -> str | None:
    """An address for those who are elsewhere; None for none."""
    return f"{settings.PUBLIC_URL}{path}" if path.startswith("/") else path or None
