"""What a view of a page must not do."""

import pytest
from django.core.files.storage import storages
from django.test import Client

from tests.factories.library import library
from tests.home.test_query_counts import addresses

pytestmark = pytest.mark.django_db


def published_files() -> set[str]:
    """Every file in published storage."""
    found: set[str] = set()
    folders = [""]
    while folders:
        folder = folders.pop()
        below, names = storages["published"].listdir(folder)
        folders += [f"{folder}/{name}".lstrip("/") for name in below]
        found |= {f"{folder}/{name}" for name in names}
    return found


def test_no_page_view_makes_a_file(client: Client) -> None:
    world = library()
    before = published_files()
    assert before
    for path in addresses(world).values():
        assert client.get(path).status_code == 200
    for path in (world.episode.audio_path, world.guide.card.url, world.booklet.document.url):
        assert client.get(path).status_code == 200
    assert published_files() == before
