"""The site as `make run` starts it: real processes, real ports, real signals."""

import os
import re
import signal
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from lxml import etree

from tests.installation import (
    CURATOR,
    Running,
    manage,
    running,
    site_alone,
    wait_until,
)

pytestmark = [
    pytest.mark.real_parts,
    pytest.mark.database,
    pytest.mark.xdist_group("running"),
]


@pytest.fixture
def data(installation: Path) -> Path:
    return installation


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_says_where_it_is_and_how_to_sign_in_and_ctrl_c_stops_all(data: Path) -> None:
    with running(data) as site:
        assert f"{site.base}/" in site.text()
        assert CURATOR in site.text()
        assert requests.get(f"{site.base}/", timeout=10).status_code == 200
        parts = site.children()
        assert set(parts) == {"site", "worker", "clock"}
        site.process.send_signal(signal.SIGINT)
        site.process.wait(30)
        assert site.process.returncode == 0
        assert not any(is_alive(pid) for pid in parts.values())


def test_the_second_start_changes_nothing_and_keeps_the_password(data: Path) -> None:
    with running(data) as first:
        password = first.password
        before = requests.get(f"{first.base}/sitemap.xml", timeout=10).text
    files = sorted(path for path in (data / "published").rglob("*") if path.is_file())
    with running(data) as second:
        assert second.password == password
        assert requests.get(f"{second.base}/sitemap.xml", timeout=10).text == before
        time.sleep(2)
    assert files == sorted(path for path in (data / "published").rglob("*") if path.is_file())


def test_it_listens_on_the_loopback_only(data: Path) -> None:
    with running(data) as site:
        listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
        wanted = f":{site.port:04X}"
        addresses = {
            line.split()[1].split(":")[0]
            for line in listening.splitlines()[1:]
            if line.split()[1:2] and line.split()[1].endswith(wanted) and line.split()[3] == "0A"
        }
        assert addresses == {"0100007F"}


def test_a_taken_port_is_refused_with_a_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        done = manage(data, "serve", port=port)
    assert done.returncode != 0
    assert f"A porta {port} está ocupada" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_or_clock_that_dies_is_started_again(data: Path) -> None:
    with running(data) as site:
        for name in ("worker", "clock"):
            before = site.children()[name]
            os.kill(before, signal.SIGKILL)
            wait_until(lambda n=name, b=before: site.children().get(n, b) != b, 20)


def test_the_same_data_is_right_on_two_ports(data: Path) -> None:
    """Nothing in the data knows its address: each port speaks of itself alone."""
    with running(data) as one:
        guid, page, feed = told_by(one)
        with site_alone(data) as two:
            guid_two, page_two, feed_two = told_by(two)
    assert guid == guid_two
    for text, own, other in (
        (page + feed, one, two),
        (page_two + feed_two, two, one),
    ):
        assert own.base in text
        assert f":{other.port}" not in text


def told_by(site: Running) -> tuple[str, str, str]:
    page = requests.get(f"{site.base}/acervo/do-empenho-ao-pagamento/", timeout=10).text
    feed = requests.get(f"{site.base}/podcasts/expediente-aberto/feed.xml", timeout=10)
    tree = etree.fromstring(feed.content)
    guid = tree.findtext(".//{https://podcastindex.org/namespace/1.0}guid")
    assert guid
    return guid, page, feed.text


def test_everything_that_is_named_answers_when_the_first_page_does(data: Path) -> None:
    with running(data) as site:
        sitemap = etree.fromstring(requests.get(f"{site.base}/sitemap.xml", timeout=10).content)
        pages = [loc.text or "" for loc in sitemap.iter("{*}loc")]
        seen: set[str] = set()
        for page in pages:
            html = etree.HTML(requests.get(page, timeout=10).text)
            named = html.xpath("//@href | //@src | //meta[@property='og:image']/@content")
            named += [
                part.split()[0] for text in html.xpath("//@srcset") for part in text.split(",")
            ]
            for address in named:
                url = urljoin(page, address.split("#")[0])
                if urlsplit(url).port == site.port and url not in seen:
                    seen.add(url)
                    answer = requests.get(url, timeout=10, stream=True)
                    assert answer.status_code == 200, f"{page} names {url}: {answer.status_code}"
                    answer.close()
        assert len(seen) > 150


class Editor:
    """A curator at work over HTTP."""

    def __init__(self, site: Running) -> None:
        self.base = site.base
        self.session = requests.Session()
        self.post("/conta/entrar/", {"login": CURATOR, "password": site.password})

    def post(self, path: str, values: dict[str, str]) -> requests.Response:
        self.session.get(f"{self.base}{path}", timeout=60)
        token = self.session.cookies.get("csrftoken", "")
        return self.session.post(
            f"{self.base}{path}",
            data={**values, "csrfmiddlewaretoken": token},
            headers={"Referer": f"{self.base}{path}"},
            timeout=60,
        )

    def bulk(self, action: str, pages: list[int]) -> requests.Response:
        ids = "&".join(f"id={pk}" for pk in pages)
        return self.post(f"/admin/bulk/wagtailcore/page/{action}/?{ids}&next=/admin/", {})


def numbers_of_guides(base: str) -> list[int]:
    """The numbers of some pages, read off their permanent addresses."""
    found = []
    listing = requests.get(f"{base}/acervo/?formato=guia", timeout=10).text
    for path in dict.fromkeys(re.findall(r'class="row__t"><a href="([^"]+)"', listing)):
        html = requests.get(f"{base}{path}", timeout=10).text
        match = re.search(r"/r/(\d+)/", html)
        assert match
        found.append(int(match.group(1)))
    return found


def test_three_editors_the_clock_and_the_worker_write_at_once(data: Path) -> None:
    """Writers queue; nobody is told that the database is locked (SQLite) or of a deadlock."""
    with running(data) as site:
        numbers = numbers_of_guides(site.base)[:12]
        failures: list[str] = []

        def work(pages: list[int]) -> None:
            try:
                editor = Editor(site)
                for _ in range(4):
                    for action in ("unpublish", "publish"):
                        answer = editor.bulk(action, pages)
                        if answer.status_code != 200:
                            failures.append(f"{action}: {answer.status_code}")
            except Exception as error:
                failures.append(repr(error))

        groups = [numbers[0:4], numbers[4:8], numbers[8:12]]
        threads = [threading.Thread(target=work, args=(group,)) for group in groups]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(300)
        assert not failures
        assert "locked" not in site.text()
        assert "deadlock" not in site.text()
        assert "Traceback" not in site.text()
        for pk in numbers:
            assert requests.get(f"{site.base}/r/{pk}/", timeout=10).status_code == 200


def test_only_one_clock_runs_for_a_site(data: Path) -> None:
    with running(data):
        done = manage(data, "clock", "--once")
    assert done.returncode != 0
    assert "Já existe um relógio" in done.stderr
