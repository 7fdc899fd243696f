"""Entries: what pages become in the search, and who finds them on the site."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.utils import timezone

from knowledge.models import GuidePage, ResourceIndexPage
from search.models import Entry, EntryFacet
from tests.conftest import signed_in
from tests.factories import entries, pages, people
from tests.factories.library import library
from tests.knowledge.doors import bulk_unpublish

pytestmark = pytest.mark.django_db


def found(client: Client, query: str = "") -> list[str]:
    return [hit.entry.title for hit in client.get(f"/busca/?q={query}").context["shelf"].hits]


def count_of(client: Client, name: str, label: str) -> int:
    """What a facet of the search page counts for one of its values."""
    shelf = client.get("/busca/").context["shelf"]
    group = next(group for group in shelf.groups if group.name == name)
    return next(choice.count for choice in group.choices if choice.label == label)


def test_entries_hold_site_relative_addresses_alone() -> None:
    whole = library()
    assert set(Entry.objects.values_list("url", flat=True)) == {
        page.get_url() for page in whole.items
    }
    for entry in Entry.objects.all():
        assert entry.url.startswith("/")
        assert entry.card["cover"].startswith("/")
        assert entry.card["cover_large"].startswith("/")
    rows = [*Entry.objects.all(), *EntryFacet.objects.all()]
    assert "rede.test" not in serializers.serialize("json", rows)


def test_every_page_of_the_library_is_found_by_its_title() -> None:
    for page in library().items:
        assert page.title in found(Client(), page.title)


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("title", "Vacinação em dia", "vacinacao"),
        ("summary", "Sobre a arborização.", "arborizacao"),
        ("body", [("text", "<p>Palavra <b>calçamento</b>.</p>")], "calcamentos"),
    ],
)
def test_a_page_is_found_by_what_is_written_in_it(field: str, value: Any, word: str) -> None:
    page = pages.guide(**{field: value})
    assert found(Client(), word) == [page.title]


def test_a_booklet_is_found_by_the_words_of_its_pdf() -> None:
    from tests.factories import files

    content = (files.DEMO / "cartilhas" / "cartilha-fiscal-de-contrato.pdf").read_bytes()
    page = pages.booklet(document=files.document(content=content, licence=pages.BY_NC))
    assert page.title in found(Client(), "fiscal+contrato")


def test_an_episode_is_found_by_what_was_said() -> None:
    page = pages.episode()
    assert page.title in found(Client(), "fornecedor+empenhada")


def test_a_page_is_found_by_its_people_themes_and_tags() -> None:
    guide = pages.guide(live=False, authors=("Jacira Tupinambá",), themes=("arborizacao",))
    guide.tags.add("compostagem")
    guide = pages.publish(guide)
    for word in ("jacira", "tupinamba", "arborizacao", "compostagem"):
        assert found(Client(), word) == [guide.title]


def test_a_renamed_person_is_found_by_the_new_name() -> None:
    guide = pages.guide(authors=("Jacira Silva",))
    person = guide.people.get().person
    person.name = "Jacira Tupinambá"
    person.save()
    assert found(Client(), "tupinamba") == [guide.title]
    assert found(Client(), "silva") == []


def _draft(guide: GuidePage) -> None:
    guide.unpublish()


def _draft_with_others(guide: GuidePage) -> None:
    bulk_unpublish(guide)


def _delete(guide: GuidePage) -> None:
    guide.delete()


def _restrict(guide: GuidePage) -> None:
    pages.restrict(guide)


def _restrict_to_group(guide: GuidePage) -> None:
    pages.restrict(guide, people.group())


def _restrict_above(guide: GuidePage) -> None:
    pages.restrict(ResourceIndexPage.objects.get())


def _expire(guide: GuidePage) -> None:
    guide.expire_at = timezone.now() + timedelta(seconds=60)
    pages.publish(guide)
    Entry.objects.filter(pk=guide.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


HIDING = [
    _draft,
    _draft_with_others,
    _delete,
    _restrict,
    _restrict_to_group,
    _restrict_above,
    _expire,
]


@pytest.mark.parametrize("hide", HIDING, ids=lambda hide: hide.__name__.strip("_"))
def test_what_is_hidden_is_neither_found_nor_counted_nor_listed(hide: Any) -> None:
    guide = pages.guide(title="Vacinação em dia", themes=("saude",), authors=("Jacira",))
    person = guide.people.get().person
    client = Client()
    assert found(client, "vacinacao") == [guide.title]
    assert count_of(client, "tema", "Saude") == count_of(client, "formato", "Guia") == 1
    hide(GuidePage.objects.get(pk=guide.pk))
    assert found(client, "vacinacao") == found(client) == []
    assert count_of(client, "tema", "Saude") == count_of(client, "formato", "Guia") == 0
    for path in ("/", "/temas/saude/", "/temas/", "/novidades.atom", "/pessoas/"):
        text = client.get(path).content.decode()
        assert "Vacinação em dia" not in text, path
        assert "Jacira" not in text, path
    assert client.get(person.get_absolute_url()).status_code == 404


def test_members_find_what_is_theirs() -> None:
    group = people.group()
    guide = pages.guide(title="Vacinação em dia", themes=("saude",))
    pages.restrict(guide, group)
    member = people.user()
    member.groups.add(group)
    assert found(signed_in(member), "vacinacao") == [guide.title]
    assert count_of(signed_in(member), "tema", "Saude") == 1
    assert found(signed_in(people.user()), "vacinacao") == []


def test_an_alias_is_not_found_beside_its_source() -> None:
    guide = pages.guide(title="Vacinação em dia")
    guide.create_alias(update_slug="outra-porta")
    assert found(Client(), "vacinacao") == [guide.title]


def test_the_words_of_a_draft_are_not_found() -> None:
    guide = pages.guide(title="Vacinação em dia")
    guide.title = "Imunização em dia"
    guide.save_revision()
    assert found(Client(), "imunizacao") == []
    assert found(Client(), "vacinacao") == ["Vacinação em dia"]


def test_a_publication_that_fails_leaves_the_index_as_it_was() -> None:
    from django.db import transaction

    guide = pages.guide(title="Vacinação em dia")

    class Broken(Exception):
        pass

    with pytest.raises(Broken), transaction.atomic():
        guide.title = "Imunização em dia"
        pages.publish(guide)
        raise Broken
    assert found(Client(), "imunizacao") == []
    assert found(Client(), "vacinacao") == ["Vacinação em dia"]


def test_the_index_holds_one_row_for_each_entry() -> None:
    whole = library()
    pages.publish(whole.guide)
    with connection.cursor() as cursor:
        name = "entry_id" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT {name} FROM search_terms ORDER BY {name}")
        rows = [row[0] for row in cursor.fetchall()]
    assert rows == sorted(Entry.objects.values_list("pk", flat=True))


def test_on_postgresql_the_terms_of_an_entry_stand_in_its_row() -> None:
    """Those that stand elsewhere are fetched again for each thing that is asked of them."""
    if connection.vendor == "postgresql":
        before = elsewhere()
        entries.entry(title="Longo", body=" ".join(f"palavra{number}" for number in range(200)))
        assert elsewhere() == before
        entries.entry(title="Maior", body=" ".join(f"palavra{number}" for number in range(2000)))
        assert elsewhere() > before


def elsewhere() -> int:
    """How many pieces of terms PostgreSQL keeps outside their rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = 'search_terms'"
        )
        [(place,)] = cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM {place}")
        [(count,)] = cursor.fetchall()
    return int(count)
