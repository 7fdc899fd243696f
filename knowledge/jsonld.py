"""A resource in schema.org JSON-LD.

`describe` speaks in site-relative addresses; `with_base` joins the public address on the way out.
"""

import json
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from knowledge.models.changes import changed_at
from licensing.attribution import schema_terms

if TYPE_CHECKING:
    from knowledge.models.facts import Facts
    from knowledge.models.resources import ResourcePage

_ADDRESSES = ("@id", "url", "identifier", "image", "contentUrl", "thumbnailUrl", "webFeed")
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def describe(page: "ResourcePage", facts: "Facts", publisher: str) -> dict[str, Any]:
    """The resource as JSON-LD with addresses relative to the site."""
    url = page.path_for_readers
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["LearningResource", page.kind.schema_type],
        "@id": url,
        "url": url,
        "identifier": f"/r/{page.source_pk}/",
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "learningResourceType": page.kind.label,
        "isAccessibleForFree": True,
        "author": [_person(item) for item in facts.authors],
        "publisher": {"@type": "Organization", "name": publisher, "url": "/"},
    }
    if page.first_published_at:
        data["datePublished"] = page.first_published_at.isoformat()
    modified = changed_at(page.first_published_at, page.last_published_at, facts.changes)
    if modified:
        data["dateModified"] = modified.isoformat()
    if facts.themes:
        data["about"] = [
            {"@type": "Thing", "name": theme.name, "url": theme.get_absolute_url()}
            for theme in facts.themes
        ]
    if page.readership:
        data["audience"] = [
            {"@type": "EducationalAudience", "educationalRole": each.label}
            for each in page.readership
        ]
    if page.level:
        data["educationalLevel"] = page.get_level_display()
    if facts.tags:
        data["keywords"] = ", ".join(facts.tags)
    if facts.helpers:
        data["contributor"] = [_person(item) for item in facts.helpers]
    if page.card:
        data["image"] = page.card.url
    if page.minutes:
        data["timeRequired"] = f"PT{page.minutes}M"
    return data | schema_terms(page.as_work(facts)) | page.jsonld_extras()


def _person(item: Any) -> dict[str, str]:
    person = item.person
    return {"@type": person.schema_type, "name": person.name, "url": person.get_absolute_url()}


def with_base(data: Any, base: str) -> Any:
    """The same data with every site-relative address made absolute. What people wrote stays as it
    is, though it begin with a slash."""
    if isinstance(data, list):
        return [with_base(value, base) for value in data]
    if not isinstance(data, dict):
        return data
    return {
        key: f"{base}{value}"
        if key in _ADDRESSES and isinstance(value, str) and value.startswith("/")
        else with_base(value, base)
        for key, value in data.items()
    }


def script(data: dict[str, Any]) -> SafeString:
    """The data as a script element that no browser runs, safe against `</script>` in a title."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
