"""A resource in AMB, the profile of schema.org by which catalogues of open education exchange records.

Source: “Allgemeines Metadatenprofil für Bildungsressourcen”, DINI-AG-KIM. Its context gives `id`,
`type` and `about` a meaning of their own, so it is a document beside the page and not the JSON-LD
inside it; `about` wants that profile's own subjects and `educationalLevel` stages of schooling: both are
left out.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from wagtail.models import Page

from accounts.audience import PUBLIC
from knowledge.models.publisher import Publisher
from knowledge.models.readership import Readership

if TYPE_CHECKING:
    from knowledge.models.resources import ResourcePage

MEDIA_TYPE = "application/ld+json"
_CONTEXT = ["https://w3id.org/kim/amb/context.jsonld", {"@language": "pt"}]
_ACCESS = "http://w3id.org/kim/conditionsOfAccess/"
_TYPES = "https://w3id.org/kim/hcrt/"
# Kind → type of learning resource (Hochschulcampus Ressourcentypen).
_TYPE_OF_KIND = {
    "guia": "text",
    "artigo": "text",
    "cartilha": "text",
    "trilha": "course",
    "podcast": "audio",
    "episodio": "audio",
    "video": "video",
    "entrevista": "text",
    "caso": "case_study",
    "modelo": "worksheet",
}
_ROLES = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/"
# Readership → role of an educational audience (LRMI); of the others, a professional.
_ROLE_OF = {
    Readership.LEADING: "administrator",
    Readership.SCHOOLS: "teacher",
    Readership.RESIDENTS: "generalPublic",
}
Parents = Callable[["ResourcePage"], Iterable[Page]]
_parents: list[Parents] = []


def register_parents(find: Parents) -> None:
    """Say how to find the public pages of which a resource is a part (the trails it is a step of)."""
    _parents.append(find)


def path_of(page: "ResourcePage") -> str:
    """Site-relative address of the document about a resource."""
    return f"{page.path_for_readers.rstrip('/')}.amb.json"


def part(page: Page) -> dict[str, str]:
    """Another resource, as a whole or a part refers to it."""
    address = f"{settings.PUBLIC_URL}{page.get_url() or ''}"
    return {"id": address, "type": "LearningResource", "name": page.title}


def describe(page: "ResourcePage", audience: frozenset[str]) -> dict[str, Any]:
    """The document about a live resource with this audience."""
    base, facts = settings.PUBLIC_URL, page.facts()
    work = page.as_work(facts)
    publisher = Publisher.load()
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": f"{base}{page.path_for_readers}",
        "type": ["LearningResource", page.kind.schema_type],
        "name": page.title,
        "description": page.summary,
        "inLanguage": [page.language[:2]],
        "learningResourceType": [{"id": f"{_TYPES}{_TYPE_OF_KIND.get(page.kind.slug, 'other')}"}],
        "creator": [_agent(item.person) for item in facts.authors],
        "contributor": [_agent(item.person) for item in facts.helpers],
        "publisher": [{"type": "Organization", "name": publisher.name}],
        "license": {"id": page.open_licence.uri},
        "isAccessibleForFree": True,
        "conditionsOfAccess": {"id": f"{_ACCESS}{'no_login' if PUBLIC in audience else 'login'}"},
        "keywords": facts.tags,
        "audience": [{"id": f"{_ROLES}{role}"} for role in _roles(page)],
        "encoding": [_document(item) for item in _offered(page)],
        "isBasedOn": [
            {
                "id": source.url,
                "type": "CreativeWork",
                "name": source.title or "Outra obra",
                "license": {"id": source.licence.uri},
            }
            for source in work.based_on
            if source.url
        ],
        "isPartOf": [part(whole) for find in _parents for whole in find(page)],
    }
    if page.card:
        data["image"] = f"{base}{page.card.url}"
    if page.first_published_at:
        data["datePublished"] = page.first_published_at.date().isoformat()
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.date().isoformat()
    for key, value in page.amb_extras().items():
        data[key] = [*data.get(key, []), *value] if isinstance(value, list) else value
    return {key: value for key, value in data.items() if value not in ([], "")}


def _roles(page: "ResourcePage") -> list[str]:
    return sorted({_ROLE_OF.get(each, "professional") for each in page.readership})


def _offered(page: "ResourcePage") -> list[Any]:
    documents = page.files_used().documents.values()
    return [item for item in documents if item.copy and not item.withdrawn_on]


def encoding(address: str, media_type: str, size: int, sha256: str) -> dict[str, str]:
    """A file in which a resource is offered: site-relative address, size in bytes."""
    return {
        "type": "MediaObject",
        "contentUrl": f"{settings.PUBLIC_URL}{address}",
        "encodingFormat": media_type,
        "contentSize": str(size),
        "sha256": sha256,
    }


def _document(document: Any) -> dict[str, str]:
    return encoding(document.url, document.media_type, document.copy_bytes, document.copy_sha256)


def _agent(person: Any) -> dict[str, str]:
    kind = "Person" if person.schema_type == "Person" else "Organization"
    return {"type": kind, "name": person.name}
