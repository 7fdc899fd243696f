"""Every kind of page in a real browser: accessible, valid, within the screen, readable bare."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from lxml import etree
from playwright.sync_api import Browser, Page

from tests.browser.conftest import CHECKERS
from tests.installation import Running, manage

pytestmark = [pytest.mark.real_parts, pytest.mark.xdist_group("running")]

TOKEN = "convite-de-teste"
_DRAFT = f"""
from datetime import timedelta
from django.utils import timezone
from knowledge.draft_reading.services import digest_of_token
from knowledge.models import DraftInvitation
from tests.factories import pages
draft = pages.guide(slug="rascunho", title="Rascunho de um guia", body=pages.BODY, live=False)
DraftInvitation.objects.create(page=draft, name="Bia", token_digest=digest_of_token({TOKEN!r}),
    expires_at=timezone.now() + timedelta(days=1))
"""
KINDS = {
    "home": "/",
    "listing": "/acervo/",
    "filtered listing": "/acervo/?tema=saude&formato=guia",
    "empty listing": "/acervo/?tema=saude&formato=video",
    "guide": "/acervo/calcada-segura-como-medir/",
    "article": "/acervo/do-empenho-ao-pagamento/",
    "booklet": "/acervo/cartilha-fiscal-de-contrato/",
    "case": "/acervo/sobral-ler-ate-o-segundo-ano/",
    "invented case": "/acervo/uma-fila-so-para-a-creche/",
    "cases": "/acervo/?formato=caso",
    "interview": "/acervo/compra-que-nao-volta/",
    "interview to hear": "/acervo/o-caderno-do-sebastiao/",
    "editable document": "/acervo/ata-de-conselho-municipal/",
    "video": "/acervo/o-caminho-da-vaga-na-creche/",
    "draft to read": f"/rascunho/{TOKEN}/",
    "draft nobody may read": "/rascunho/nao-abre-nada/",
    "trails": "/trilhas/",
    "trail": "/trilhas/orcamento-publico-sem-medo/",
    "step": "/trilhas/orcamento-publico-sem-medo/do-empenho-ao-pagamento/",
    "step with an episode": "/trilhas/orcamento-publico-sem-medo/empenho-nao-e-pagamento/",
    "podcasts": "/podcasts/",
    "show": "/podcasts/expediente-aberto/",
    "episode": "/podcasts/expediente-aberto/empenho-nao-e-pagamento/",
    "themes": "/temas/",
    "theme with highlights": "/temas/financas/",
    "theme without highlights": "/temas/seguranca/",
    "people": "/pessoas/",
    "person": "/pessoas/helena-prado/",
    "licences": "/licencas/",
    "text": "/sobre/",
    "policy": "/politica-de-educacao-aberta/",
    "privacy": "/privacidade/",
    "search": "/busca/?q=orcamento",
    "empty search": "/busca/?q=xyzzy",
    "sign in": "/conta/entrar/",
    "sign up": "/conta/criar/",
    "new password": "/conta/senha/nova/",
    "not found": "/nao-existe/",
}
MODES = ("claro", "escuro", "contraste")


@pytest.fixture(scope="module", autouse=True)
def draft(site: Running) -> None:
    """A draft that somebody is invited to read."""
    made = manage(site.log.parent, "shell", "--no-imports", "--command", _DRAFT, port=site.port)
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="module")
def wide(chromium: Browser, site: Running) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900},
        base_url=site.base,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_any_appearance(kind: str, wide: Page) -> None:
    wide.goto(KINDS[kind])
    wide.add_script_tag(path=str(CHECKERS / "axe-core" / "axe.min.js"))
    for mode in MODES:
        wide.evaluate("mode => { document.documentElement.dataset.theme = mode }", mode)
        found = wide.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{item['id']}: {item['help']}: {node['target']} {node['failureSummary']}"
            for item in found["violations"]
            for node in item["nodes"]
        ]
        assert not told, f"{kind} in {mode}:\n" + "\n".join(told)


def test_axe_finds_nothing_on_a_narrow_screen(chromium: Browser, site: Running) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 740},
        base_url=site.base,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    narrow = context.new_page()
    told = []
    for kind, path in KINDS.items():
        narrow.goto(path)
        narrow.add_script_tag(path=str(CHECKERS / "axe-core" / "axe.min.js"))
        found = narrow.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        told += [f"{kind}: {item['id']}: {item['help']}" for item in found["violations"]]
    context.close()
    assert not told, "\n".join(told)


def test_nothing_scrolls_sideways(chromium: Browser, site: Running) -> None:
    """At 360 px, and at 320 px, which is 400 % of a 1280 px screen."""
    wrong = []
    for width in (360, 320):
        context = chromium.new_context(viewport={"width": width, "height": 740}, base_url=site.base)
        narrow = context.new_page()
        for path in [*KINDS.values(), *paths_of_sitemap(site)]:
            narrow.goto(path)
            needed = narrow.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wrong.append(f"{path} needs {needed} px of {width}")
        context.close()
    assert not wrong, "\n".join(wrong)


def paths_of_sitemap(site: Running) -> list[str]:
    tree = etree.fromstring(requests.get(f"{site.base}/sitemap.xml", timeout=10).content)
    return [(loc.text or "").removeprefix(site.base) for loc in tree.iter("{*}loc")]


def test_the_html_checker_finds_no_error(site: Running, tmp_path: Path) -> None:
    """Nu HTML checker over every kind of page and every page of the sitemap."""
    names = {}
    for number, path in enumerate(dict.fromkeys([*KINDS.values(), *paths_of_sitemap(site)])):
        file = tmp_path / f"{number}.html"
        file.write_bytes(requests.get(f"{site.base}{path}", timeout=10).content)
        names[file.name] = path
    checked = subprocess.run(
        [
            "java",
            "-jar",
            str(CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"),
            "--format",
            "json",
            "--exit-zero-always",
            *map(str, tmp_path.glob("*.html")),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(checked.stderr or checked.stdout)["messages"]
    told = [
        f"{names[item['url'].rsplit('/', 1)[-1]]}: {item['message']}: {item.get('extract', '')}"
        for item in messages
        if item["type"] == "error" or item.get("subType") == "warning"
    ]
    assert not told, "\n".join(told[:40])


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_without_javascript(kind: str, chromium: Browser, site: Running) -> None:
    context = chromium.new_context(base_url=site.base, java_script_enabled=False)
    bare = context.new_page()
    bare.goto(KINDS[kind])
    assert bare.locator("h1").first.is_visible()
    assert len(bare.locator("main").inner_text().split()) > 8
    for dead in (".look", "[data-copy]", "[data-done]"):
        for found in bare.locator(dead).all():
            assert not found.is_visible(), dead
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_nothing_of_another_host_and_breaks_no_policy(
    kind: str, page: Page, site: Running
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(KINDS[kind], wait_until="networkidle")
    foreign = [url for url in asked if not url.startswith((site.base, "data:"))]
    assert not foreign


def test_the_appearance_is_kept_by_the_browser_alone(page: Page) -> None:
    page.goto("/")
    page.locator(".look summary").click()
    page.get_by_role("button", name="Alto contraste").click()
    assert page.evaluate("localStorage.getItem('aparencia')") == "contraste"
    assert page.evaluate("document.cookie") == ""
    page.goto("/acervo/")
    assert page.evaluate("document.documentElement.dataset.theme") == "contraste"
    page.locator(".look summary").click()
    page.get_by_role("button", name="Igual ao aparelho").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme ?? ''") == ""


def test_the_first_view_of_a_guide_is_light(chromium: Browser, site: Running) -> None:
    """Without pictures at most 150 KB over the wire, with them 400; at most 20 KB of script."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=site.base)
    first = context.new_page()
    sizes: dict[str, int] = {}

    def note(response: object) -> None:
        request = response.request  # type: ignore[attr-defined]
        body = request.sizes()["responseBodySize"]
        sizes[request.resource_type] = sizes.get(request.resource_type, 0) + body

    first.on("requestfinished", lambda request: note(request.response()))
    first.goto(KINDS["guide"], wait_until="networkidle")
    context.close()
    without_pictures = sum(size for kind, size in sizes.items() if kind != "image")
    assert without_pictures <= 150_000, sizes
    assert sum(sizes.values()) <= 400_000, sizes
    assert sizes["script"] <= 20_000, sizes
