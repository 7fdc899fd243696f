"""The site behind a real nginx with the configuration of deploy/: the same answers as without it."""

import contextlib
import getpass
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from lxml import etree

from tests.installation import ROOT, answers, free_port, manage, site_alone, wait_until
from tests.podcasts.range_requests import REQUESTS, Asked, Whole, filled

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

NAME = "acervo.cidade.example"
GUIDE = "/acervo/do-empenho-ao-pagamento/"
KINDS = {
    "picture": r"/imagens/\d+/\w+\.webp",
    "card": r"/arte/\w+\.png",
    "pdf": r"/arquivos/\d+/[\w-]+\.pdf",
    "docx": r"/arquivos/\d+/[\w-]+\.docx",
    "recording": r"/audios/\d+/[\w-]+\.mp3",
    "film": r"/videos/\d+/\d+\.mp4",
    "captions": r"/videos/\d+/legendas\.vtt",
}
# What differs between two servers without anybody minding.
OF_THE_SERVER = {"date", "server", "connection", "keep-alive", "transfer-encoding"}
# What only a site behind TLS says.
OF_TLS = {"strict-transport-security"}


@dataclass(frozen=True)
class Sites:
    """The same library twice: `plain`, as in development, and `behind` nginx, which asks `site` and
    sends those who come without TLS (`insecure`) to itself."""

    data: Path
    plain: str
    site: str
    behind: str
    insecure: str
    certificate: str
    log: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> list[requests.Response]:
        """The two answers, the one behind nginx last."""
        return [
            requests.request(
                method,
                f"{base}{path}",
                headers={"Accept-Encoding": "identity", **headers},
                allow_redirects=False,
                verify=self.certificate,
                timeout=30,
            )
            for base in (self.plain, self.behind)
        ]


@pytest.fixture(scope="module")
def sites(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    folder = tmp_path_factory.mktemp("nginx")
    port, insecure = free_port(), free_port()
    behind = f"https://localhost:{port}"
    variables = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PUBLIC_URL": behind,
        "X_ACCEL_PREFIX": "/_publicado",
    }
    make_certificate(folder)
    with (
        site_alone(installation) as plain,
        site_alone(installation, **variables) as site,
        nginx(folder, installation, site.port, (port, insecure)),
    ):
        certificate = str(folder / "cert.pem")
        wait_until(lambda: answers(f"{behind}/robots.txt", verify=certificate), 30)
        yield Sites(
            data=installation,
            plain=plain.base,
            site=site.base,
            behind=behind,
            insecure=f"http://localhost:{insecure}",
            certificate=certificate,
            log=folder / "access.log",
        )


def make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)


@contextlib.contextmanager
def nginx(folder: Path, data: Path, site: int, ports: tuple[int, int]) -> Iterator[None]:
    """An nginx of our own with the configuration of deploy/, its places changed as its head says:
    in front of the port `site`, on a port with TLS and one without."""
    port, insecure = ports
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    places = {
        "    listen 80;": f"    listen 127.0.0.1:{insecure};",
        "    listen [::]:80;": "",
        "    listen 443 ssl http2;": f"    listen 127.0.0.1:{port} ssl http2;",
        "    listen [::]:443 ssl http2;": "",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": str(folder / "cert.pem"),
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": str(folder / "key.pem"),
        f"server_name {NAME};": "server_name localhost;",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{site};",
        "/var/lib/rede-aberta/published/": f"{data}/published/",
    }
    for place, ours in places.items():
        assert place in text
        text = text.replace(place, ours)
    (folder / "site.conf").write_text(text)
    kept = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = f"user {getpass.getuser()};\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/pid;\nevents {{}}\n"
        f"http {{\n{kept}access_log {folder}/access.log;\ninclude {folder}/site.conf;\n}}\n"
    )
    log = folder / "error.log"
    command = ["nginx", "-e", str(log), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def episodes(sites: Sites) -> list[etree._Element]:
    feed = requests.get(f"{sites.plain}/podcasts/expediente-aberto/feed.xml", timeout=30)
    return list(etree.fromstring(feed.content).iter("item"))


@pytest.fixture(scope="module")
def audio(sites: Sites) -> Whole:
    enclosure = episodes(sites)[-1].find("enclosure")
    assert enclosure is not None
    path = "/" + enclosure.get("url", "").split("/", 3)[3]
    answer = sites.ask(path)[0]
    headers = answer.headers
    return Whole(path, answer.content, headers["ETag"], headers["Last-Modified"])


@pytest.fixture(scope="module")
def addresses(sites: Sites) -> dict[str, str]:
    """A published file of each kind, as the pages of the library name them."""
    sitemap = requests.get(f"{sites.plain}/sitemap.xml", timeout=30)
    found: dict[str, str] = {}
    for loc in etree.fromstring(sitemap.content).iter("{*}loc"):
        text = requests.get(str(loc.text), timeout=30).text
        for kind, pattern in KINDS.items():
            if match := re.search(pattern, text):
                found.setdefault(kind, match.group())
        if len(found) == len(KINDS):
            break
    return found


def said(answer: requests.Response) -> dict[str, Any]:
    """The headers of an answer that matter; directives of a policy may come in any order."""
    found: dict[str, Any] = {
        name.lower(): value
        for name, value in answer.headers.items()
        if name.lower() not in OF_THE_SERVER | OF_TLS
    }
    policy = found.get("content-security-policy", "")
    return found | {"content-security-policy": sorted(policy.split("; "))}


def compare(plain: requests.Response, behind: requests.Response) -> None:
    assert behind.status_code == plain.status_code
    assert behind.content == plain.content
    assert said(behind) == said(plain)
    assert behind.headers["Server"] == "nginx"
    assert behind.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_each_request_is_answered_as_without_nginx(
    sites: Sites, audio: Whole, request_: Asked, method: str
) -> None:
    headers, status, _ = request_
    plain, behind = sites.ask(audio.path, method, **filled(headers, audio))
    assert plain.status_code == status
    compare(plain, behind)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_file_is_answered_as_without_nginx(
    sites: Sites, addresses: dict[str, str], kind: str, method: str
) -> None:
    path = addresses[kind]
    plain, behind = sites.ask(path, method)
    assert plain.status_code == 200
    compare(plain, behind)
    plain, behind = sites.ask(path, method, Range="bytes=10-19")
    compare(plain, behind)


@pytest.mark.parametrize(
    "path", ["/", GUIDE, "/podcasts/expediente-aberto/feed.xml", "/nao-ha/", "/static/css/site.css"]
)
def test_what_is_no_file_passes_unchanged(sites: Sites, path: str) -> None:
    for encoding in ("identity", "gzip"):
        asked = {"Accept-Encoding": encoding}
        plain, behind = sites.ask(path, **asked)
        assert behind.status_code == plain.status_code
        for name in ("Content-Type", "Content-Encoding", "Cache-Control", "Vary"):
            assert behind.headers.get(name) == plain.headers.get(name)
        assert behind.headers["ETag"].startswith('"')
        again = sites.ask(path, **asked, **{"If-None-Match": behind.headers["ETag"]})[1]
        assert again.status_code == (304 if plain.status_code == 200 else plain.status_code)


def test_the_bytes_are_left_to_nginx(sites: Sites, audio: Whole) -> None:
    answer = requests.get(f"{sites.site}{audio.path}", timeout=30)
    assert answer.headers["X-Accel-Redirect"].startswith("/_publicado/")
    assert not answer.content


def test_nobody_outside_reaches_the_files_by_their_place(sites: Sites, audio: Whole) -> None:
    published = sites.data / "published"
    name = next(path.relative_to(published) for path in published.rglob("*.mp3"))
    for path in (
        f"/_publicado/{name}",
        f"//_publicado/{name}",
        f"/%5fpublicado/{name}",
        f"/acervo/../_publicado/{name}",
        f"/_publicado/../originals/{name}",
        "/_publicado/%2e%2e/db.sqlite3",
        "/_publicado../db.sqlite3",
    ):
        answer = untouched(sites, path)
        assert answer.status in (400, 404), path
        assert b"ID3" not in answer.read()


def untouched(sites: Sites, path: str) -> HTTPResponse:
    """GET a path as it is written: `requests` would make it neat."""
    context = ssl.create_default_context(cafile=sites.certificate)
    connection = HTTPSConnection("localhost", urlsplit(sites.behind).port, context=context)
    connection.putrequest("GET", path)
    connection.putheader("X-Accel-Redirect", "/_publicado/x")
    connection.endheaders()
    return connection.getresponse()


def test_a_closed_file_stays_closed(sites: Sites, audio: Whole) -> None:
    with closed(sites, audio):
        for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": audio.tag}):
            plain, behind = sites.ask(audio.path, **headers)
            assert plain.status_code == behind.status_code == 404
            assert b"ID3" not in behind.content
    assert sites.ask(audio.path)[1].content == audio.content


@contextlib.contextmanager
def closed(sites: Sites, audio: Whole) -> Iterator[None]:
    """The episode of an audio file closed to strangers."""
    number = audio.path.rsplit("/", 1)[1].removesuffix(".mp3")
    found = f"EpisodePage.objects.get(uuid='{number}')"
    imports = "from podcasts.models import EpisodePage;"
    imports += "from wagtail.models import PageViewRestriction as Restriction;"
    change = f"{imports}Restriction.objects.create(page={found}, restriction_type='login')"
    assert manage(sites.data, "shell", "-c", change).returncode == 0
    try:
        yield
    finally:
        change = f"{imports}Restriction.objects.filter(page={found}).get().delete()"
        assert manage(sites.data, "shell", "-c", change).returncode == 0


def test_a_plain_address_leads_to_the_safe_one(sites: Sites) -> None:
    answer = requests.get(sites.insecure + "/acervo/?q=a", allow_redirects=False, timeout=30)
    assert answer.status_code == 301
    assert answer.headers["Location"] == "https://localhost/acervo/?q=a"


def test_the_site_learns_who_asks_and_that_it_is_safe(sites: Sites) -> None:
    """Signing in sets a cookie for TLS alone; a form that is sent comes through."""
    session = requests.Session()
    options: dict[str, Any] = {"verify": sites.certificate, "timeout": 30}
    page = session.get(f"{sites.behind}/conta/entrar/", **options)
    assert "Secure" in page.headers["Set-Cookie"]
    form = {"login": "a@b.example", "password": "x", "csrfmiddlewaretoken": ""}
    form["csrfmiddlewaretoken"] = session.cookies["csrftoken"]
    sent = session.post(page.url, form, headers={"Referer": page.url}, **options)
    assert sent.status_code == 200


def test_links_to_drafts_stay_out_of_the_log(sites: Sites) -> None:
    sites.ask("/rascunho/segredo-de-quem-le/")
    sites.ask("/no-registro/")
    wait_until(
        lambda: "/no-registro/" in sites.log.read_text(), 30
    )  # it is written after the answer
    assert "segredo-de-quem-le" not in sites.log.read_text()


def test_who_tells_what_was_opened_stays_out_of_the_log(sites: Sites) -> None:
    address = f"{sites.behind}/busca/aberto/"
    form = {"q": "plano", "aberto": "1"}
    answer = requests.post(address, form, verify=sites.certificate, timeout=30)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    sites.ask("/depois-de-contar/")
    wait_until(lambda: "/depois-de-contar/" in sites.log.read_text(), 30)
    assert "/busca/aberto/" not in sites.log.read_text()
