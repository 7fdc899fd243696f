"""The demo library as its readers and harvesters get it: whole, licensed, long enough to read."""

import json
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from lxml import etree

from home.demo.kinds import SOURCE
from home.demo.texts import Text, read
from home.demo.trails import TRAILS
from licensing.values import ALL_LICENCES, OPEN_LICENCES
from tests.installation import Running, running

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

_CREATIVE_COMMONS = {item.uri for item in ALL_LICENCES if item.uri}
_FILES = re.compile(r"^/(?:imagens|arquivos|videos|audios|arte|podcasts/audio)/\S+\.\w+$")
# What must be there, and how many at least.
_KINDS = {"caso": 6, "entrevista": 6, "video": 3, "cartilha": 6, "modelo": 3, "guia": 10}

_SHOWS = ("expediente-aberto", "orcamento-municipal-em-quatro-aulas")


@dataclass(frozen=True)
class Item:
    """The page of an item, as it came over the wire."""

    url: str
    answer: requests.Response

    @property
    def tree(self) -> etree._Element:
        return etree.HTML(self.answer.text)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def licence(self) -> str:
        return str(self.tree.xpath("//link[@rel='license']/@href")[0])

    def jsonld(self) -> dict[str, object]:
        (script,) = self.tree.xpath("//script[@type='application/ld+json']/text()")
        data: dict[str, object] = json.loads(script)
        return data


@pytest.fixture(scope="module")
def site(installation: Path) -> Iterator[Running]:
    with running(installation) as started:
        yield started


@pytest.fixture(scope="module")
def items(site: Running) -> list[Item]:
    sitemap = etree.fromstring(requests.get(f"{site.base}/sitemap.xml", timeout=10).content)
    pages = [loc.text or "" for loc in sitemap.iter("{*}loc")]
    found = [Item(page, requests.get(page, timeout=10)) for page in pages]
    return [item for item in found if item.tree.xpath("//script[@type='application/ld+json']")]


def test_there_is_enough_of_every_kind(site: Running, items: list[Item]) -> None:
    resources = [item for item in items if item.path.startswith("/acervo/")]
    assert len(resources) >= 45
    kinds = Counter(str(item.jsonld()["learningResourceType"]).lower() for item in resources)
    kinds["video"] += kinds.pop("vídeo", 0)
    assert {kind: kinds[kind] for kind, least in _KINDS.items() if kinds[kind] < least} == {}
    people = etree.HTML(requests.get(f"{site.base}/pessoas/", timeout=10).text)
    assert len(set(people.xpath("//main//a[starts-with(@href, '/pessoas/')]/@href"))) >= 10


def test_every_item_names_one_licence_everywhere(items: list[Item]) -> None:
    open_ones = {item.uri for item in OPEN_LICENCES}
    wrong = []
    for item in items:
        in_page = set(item.tree.xpath("//a[@rel='license']/@href | //link[@rel='license']/@href"))
        headers = re.findall(r'<([^>]+)>; rel="license"', item.answer.headers.get("Link", ""))
        told = [in_page, {str(item.jsonld()["license"])}, set(headers)]
        if (
            len(headers) != 1
            or len(in_page) != 1
            or not in_page <= open_ones
            or len({*map(frozenset, told)}) != 1
        ):
            wrong.append((item.path, told))
    assert not wrong


def test_every_item_says_how_much_it_takes_for_granted(items: list[Item]) -> None:
    levels = Counter(str(item.jsonld()["educationalLevel"]) for item in items)
    assert set(levels) == {"Básico", "Intermediário", "Avançado"}
    told = [item for item in items if "audience" in item.jsonld()]
    assert len(told) > len(items) - 5


def test_every_resource_has_something_to_read(items: list[Item]) -> None:
    short = {}
    for item in items:
        if item.path.startswith("/acervo/"):
            words = len(" ".join(item.tree.xpath("//main//text()[not(ancestor::script)]")).split())
            if words < 300:
                short[item.path] = words
    assert not short


def test_every_published_file_says_its_licence_inside(
    site: Running, items: list[Item], tmp_path: Path
) -> None:
    """Pictures, PDF, MP3, MP4, ODT and DOCX, read by exiftool; drawings of the house are no works
    of others and stay as they are."""
    named: dict[str, str] = {}
    for item in items:
        for address in item.tree.xpath("//main//@href | //main//@src"):
            path = urlsplit(urljoin(item.url, address)).path
            if _FILES.match(path) and not path.startswith("/arte/") and not path.endswith(".vtt"):
                named.setdefault(path, item.path)
    assert len(named) > 20
    written = {}
    for number, path in enumerate(named):
        file = tmp_path / f"{number:04}{Path(path).suffix}"
        file.write_bytes(requests.get(f"{site.base}{path}", timeout=30).content)
        written[str(file)] = path
    told = {path: _documents_own_words(file) for file, path in written.items()}
    read = subprocess.run(
        ["exiftool", "-json", "-a", "-G", str(tmp_path)], capture_output=True, text=True, check=True
    )
    for facts in json.loads(read.stdout):
        told[written[facts["SourceFile"]]] += json.dumps(facts)
    silent = {
        path: named[path]
        for path, text in told.items()
        if not any(uri in text for uri in _CREATIVE_COMMONS)
    }
    assert not silent


def _documents_own_words(file: str) -> str:
    """The properties of an ODT or DOCX, which lie in files of their own within it."""
    if not file.endswith((".odt", ".docx")):
        return ""
    with zipfile.ZipFile(file) as archive:
        kept = [name for name in archive.namelist() if name in ("meta.xml", "docProps/custom.xml")]
        return "".join(archive.read(name).decode() for name in kept)


def test_the_feeds_give_every_length_as_it_is_on_the_wire(site: Running) -> None:
    """Twelve episodes, a trailer and a course, in the feeds of their shows and in that of all."""
    told: dict[str, set[int]] = {}
    paths = ["/podcasts/feed.xml"]
    paths += [f"/podcasts/{slug}/feed.xml" for slug in _SHOWS]
    for path in paths:
        answer = requests.get(f"{site.base}{path}", timeout=30)
        assert answer.status_code == 200, path
        enclosures = etree.fromstring(answer.content).findall(".//enclosure")
        assert enclosures, path
        for enclosure in enclosures:
            told.setdefault(enclosure.get("url"), set()).add(int(enclosure.get("length")))
    assert len(told) == 17
    for url, lengths in told.items():
        head = requests.head(url, timeout=30)
        whole = requests.get(url, timeout=30)
        found = {int(head.headers["Content-Length"]), len(whole.content)}
        assert lengths == found, f"{url}: feed {lengths}, wire {found}"


def test_each_is_found_in_the_words_of_those_who_look_for_it(site: Running) -> None:
    """By the first two expressions that its text has for that, on the first page."""
    sought = {text.slug: text.facts["procurado_como"] for text in _texts()}
    assert all(len(set(expressions)) >= 6 for expressions in sought.values())
    missed = [
        (slug, expression)
        for slug, expressions in sought.items()
        for expression in expressions[:2]
        if not any(f"/{slug}/" in address for address in _found(site, expression))
    ]
    assert missed == []


def _texts() -> Iterator[Text]:
    for folder in ("acervo", "podcasts"):
        yield from map(read, sorted((SOURCE / folder).glob("*.md")))
    yield from (Text(facts["slug"], facts, "") for facts in TRAILS)


def _found(site: Running, query: str) -> list[str]:
    answer = requests.get(f"{site.base}/api/v2/search/", params={"q": query}, timeout=10)
    return [item["url"] for item in answer.json()["items"]]
