"""Public pages are the same document for everybody."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client, override_settings
from lxml import etree

from tests.conftest import signed_in
from tests.factories import people
from tests.factories.library import Library, library

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Library:
    return library()


def sitemap_paths(client: Client) -> list[str]:
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    return [urlsplit(loc.text).path for loc in tree.iter("{*}loc")]


def test_the_sitemap_names_every_kind_of_page(client: Client, whole: Library) -> None:
    paths = set(sitemap_paths(client))
    expected = {page.get_url() for page in whole.items}
    expected |= {step.url_in(whole.trail) for step in whole.trail.steps.all()}
    expected |= {"/", "/acervo/", "/trilhas/", "/podcasts/", "/temas/", "/pessoas/", "/licencas/"}
    expected |= {"/sobre/", "/privacidade/", "/temas/financas/", whole.person.get_absolute_url()}
    assert expected <= paths


def test_every_page_of_the_sitemap_is_public_strong_and_bare(
    client: Client, whole: Library
) -> None:
    for path in sitemap_paths(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert "csrfmiddlewaretoken" not in answer.content.decode(), path
        vary = {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")}
        assert not vary & {"cookie", "accept-language"}, path
        assert re.fullmatch(r'"[^"]+"', answer.headers["ETag"]), path
        assert "public" in answer.headers["Cache-Control"], path


def test_every_page_of_the_sitemap_answers_304_to_its_own_tag(
    client: Client, whole: Library
) -> None:
    for path in sitemap_paths(client):
        for encoding in ("identity", "gzip"):
            first = client.get(path, headers={"accept-encoding": encoding})
            tag = first.headers["ETag"]
            headers = {"accept-encoding": encoding, "if-none-match": tag}
            again = client.get(path, headers=headers)
            assert again.status_code == 304, path
            assert again.headers["ETag"] == tag
            assert not again.content


def test_two_renderings_are_the_same_bytes(client: Client, whole: Library) -> None:
    for path in sitemap_paths(client):
        assert client.get(path).content == client.get(path).content, path


def test_someone_signed_in_without_rights_gets_the_same_document(whole: Library) -> None:
    reader = signed_in(people.user())
    for path in ("/", whole.guide.get_url(), "/acervo/"):
        mine, theirs = reader.get(path), Client().get(path)
        assert mine.content == theirs.content
        assert mine.headers["ETag"] == theirs.headers["ETag"]
        assert "Cookie" not in mine.headers.get("Vary", "")


def test_an_editor_gets_a_document_that_no_cache_keeps(
    whole: Library, curator_client: Client
) -> None:
    answer = curator_client.get(whole.guide.get_url())
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "wagtail-userbar" in answer.content.decode()


def test_the_policy_allows_nothing_inline_and_no_other_host(client: Client, whole: Library) -> None:
    for path in ("/", whole.guide.get_url(), whole.episode.get_url(), "/busca/?q=x", "/nada/"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        for word in ("unsafe-inline", "unsafe-eval", "nonce", "http:", "https:", "*", "data:"):
            assert word not in policy


def test_pages_hold_no_inline_style_or_script(client: Client, whole: Library) -> None:
    for path in sitemap_paths(client):
        html = client.get(path).content.decode()
        assert not re.search(r"<[^>]+\sstyle=", html), path
        assert not re.search(r"<[^>]+\son[a-z]+=", html), path
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", html)
        assert all("application/ld+json" in attributes for attributes in inline), path


def test_only_one_script_blocks(client: Client, whole: Library) -> None:
    for path in ("/", whole.trail.get_url(), whole.episode.get_url()):
        html = client.get(path).content.decode()
        scripts = re.findall(r"<script src=\"([^\"]+)\"([^>]*)>", html)
        blocking = [source for source, rest in scripts if "defer" not in rest]
        assert len(blocking) == 1
        assert "aparencia" in blocking[0]


def test_compressed_answers_are_deterministic_and_whole(client: Client, whole: Library) -> None:
    plain = client.get("/acervo/", headers={"accept-encoding": "identity"})
    packed = client.get("/acervo/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Content-Length"] == str(len(packed.content))


def test_an_ordinary_page_weighs_little(client: Client, whole: Library) -> None:
    for path in sitemap_paths(client):
        packed = client.get(path, headers={"accept-encoding": "gzip"})
        assert len(packed.content) <= 8 * 1024, path


def test_the_public_address_comes_from_the_setting_not_from_the_request(whole: Library) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    with override_settings(PUBLIC_URL="https://rede.example"):
        for path in (whole.guide.get_url(), "/sitemap.xml", whole.show.feed_path, "/robots.txt"):
            text = client.get(path).content.decode()
            assert "https://rede.example/" in text
            assert "127.0.0.1" not in text
            assert "http://rede.test" not in text


def test_no_row_holds_the_public_address(whole: Library) -> None:
    """Whatever is materialised is site-relative: the same data may be served anywhere."""
    from django.apps import apps
    from django.core import serializers

    for model in apps.get_models():
        if not model._meta.managed or model._meta.label == "sessions.Session":
            continue
        text = serializers.serialize("json", model._default_manager.all())
        assert "rede.test/" not in text, model
        assert "http://rede.test" not in text, model


def test_error_pages_are_bare_as_well(client: Client) -> None:
    answer = client.get("/nao-existe/")
    assert answer.status_code == 404
    assert "Aqui falta um azulejo" in answer.content.decode()
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
