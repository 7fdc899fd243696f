"""What every test may ask for."""

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from wagtail.models import Site

from files.models import art, preparable_models
from home.site import prepare_site
from search import best_bets, spelling, suggestions, vocabulary
from search.services import prepare_language
from tests.factories import pages as pages_factory
from tests.factories import people as people_factory
from tests.installation import install


@pytest.fixture(scope="session", autouse=True)
def data_folder() -> Iterator[None]:
    """A folder for the files of this process, gone afterwards."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
    settings.DATA_DIR.mkdir(parents=True)
    yield
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(data_folder: None, django_db_setup: None, django_db_blocker: Any) -> None:
    """The skeleton of the site is there before the first test, and the words of Portuguese, as after
    `make run`."""
    prepare_language()
    with django_db_blocker.unblock():
        prepare_site()


@pytest.fixture(scope="session", autouse=True)
def drawings_made_once() -> Iterator[None]:
    """A drawing is a function of its SVG and width: what one test had drawn, the next is given. Half
    of the time of the suite went into drawing the same covers again."""
    drawn = lru_cache(maxsize=400)(art.rasterise)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(art, "rasterise", drawn)
        yield


@pytest.fixture(autouse=True)
def same_names_in_every_test() -> None:
    pages_factory.restart_numbers()


@pytest.fixture(autouse=True)
def clean_caches() -> Iterator[None]:
    """Nothing is remembered from one test to the next."""
    cache.clear()
    vocabulary.forget()
    spelling.forget()
    suggestions.forget()
    best_bets.forget()
    Site.clear_site_root_paths_cache()
    yield


@pytest.fixture
def run_jobs() -> Any:
    """Do the work that rows are waiting for, as the worker would."""

    def run() -> None:
        for model in preparable_models():
            for row in list(model._default_manager.all()):
                if not row.is_current:
                    model.work_on(row.pk)

    return run


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with its demo library, made once; start it with `running`."""
    return install(tmp_path_factory.mktemp("instalacao"))


@pytest.fixture
def author_client(db: None) -> Client:
    return signed_in(people_factory.user("Autores"))


@pytest.fixture
def reviewer_client(db: None) -> Client:
    return signed_in(people_factory.user("Revisores"))


@pytest.fixture
def curator_client(db: None) -> Client:
    return signed_in(people_factory.user("Curadores"))


@pytest.fixture
def admin_client(db: None) -> Client:
    return signed_in(people_factory.user("Administradores"))


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
