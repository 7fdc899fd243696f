"""A servant finds a trail, follows it step by step, and comes back to it later."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.models import HomePage
from tests.factories import pages
from tests.journeys.curating import form_of, withdraw
from tests.journeys.walking import Walk, words
from trails.models import TrailPage

pytestmark = pytest.mark.django_db
TITLES = ["Ler o orçamento", "Cartilha do fiscal", "Empenho não é pagamento"]


@pytest.fixture
def trail() -> TrailPage:
    """A trail of a guide, a booklet and an episode, in the window of the first page."""
    text = [("text", "<p>Abra o portal da transparência ao lado.</p>")]
    steps = (
        pages.guide(title=TITLES[0], slug="ler-o-orcamento", body=text),
        pages.booklet(title=TITLES[1], slug="cartilha-do-fiscal"),
        pages.episode(title=TITLES[2], slug="empenho"),
    )
    trail = pages.trail(*steps, title="Orçamento sem medo", slug="orcamento-sem-medo")
    home = HomePage.objects.get()
    home.featured_trail = trail
    home.save_revision().publish()
    return trail


def by_the_window(walk: Walk) -> Walk:
    return walk.follow("Começar a trilha")


def by_its_theme(walk: Walk) -> Walk:
    walk.follow("Financas", ".themes a")
    return walk.follow("Trilha", ".facets a").follow("Orçamento sem medo", ".row__t a")


def by_search(walk: Walk) -> Walk:
    return walk.search_for("trilha orcamento").follow("Orçamento sem medo", ".row__t a")


def by_the_menu(walk: Walk) -> Walk:
    return walk.follow("Trilhas", "nav a").follow("Orçamento sem medo", ".row__t a")


@pytest.mark.parametrize("way", [by_the_window, by_its_theme, by_search, by_the_menu])
def test_the_trail_is_found_from_the_first_page(
    way: Callable[[Walk], Walk], client: Client, trail: TrailPage
) -> None:
    assert way(Walk(client)).path == trail.get_url()


def test_the_steps_are_read_in_order_by_their_next_links(client: Client, trail: TrailPage) -> None:
    walk = Walk(client, trail.get_url()).follow(f"Começar: {TITLES[0]}")
    seen, places = [walk.title], [place_of(walk)]
    for _ in TITLES[1:]:
        walk.follow("Próxima", ".turn a[rel=next]")
        seen.append(walk.title)
        places.append(place_of(walk))
    assert seen == TITLES
    assert places == ["Etapa 1 de 3", "Etapa 2 de 3", "Etapa 3 de 3"]
    assert not walk.page.select(".turn a[rel=next]")
    assert walk.follow("Ver a trilha inteira").path == trail.get_url()


def place_of(walk: Walk) -> str:
    return words(walk.page.select_one(".step-head .meta span"))


def test_the_way_back_leads_through_the_same_steps(client: Client, trail: TrailPage) -> None:
    walk = Walk(client, trail.steps.last().url_in(trail))
    seen = []
    while walk.page.select(".turn a[rel=prev]"):
        seen.append(walk.follow("Anterior", ".turn a[rel=prev]").title)
    assert seen == TITLES[1::-1]
    assert walk.follow("Todas as etapas").path == trail.get_url()


def test_the_last_step_is_reached_without_account_or_cookie(
    client: Client, trail: TrailPage
) -> None:
    walk = Walk(client).follow("Começar a trilha").follow("Começar:")
    while walk.page.select(".turn a[rel=next]"):
        walk.follow("Próxima", ".turn a[rel=next]")
    assert not client.cookies


def test_all_there_is_to_read_is_in_the_page_without_script(
    client: Client, trail: TrailPage
) -> None:
    walk = Walk(client, trail.get_url())
    listed = [str(link["href"]) for link in walk.page.select("main a.step")]
    said = [words(walk.go(path).page.select_one("main")) for path in listed]
    assert "Abra o portal da transparência ao lado." in said[0]
    assert "Abrir a cartilha em PDF" in said[1]
    assert "Transcrição" in said[2]


def test_every_page_of_the_trail_tells_the_browser_the_same_steps(
    client: Client, trail: TrailPage
) -> None:
    """What is marked on a step is found again on the trail's page: both know it by its number."""
    numbers = [str(step.uuid) for step in trail.ordered_steps()]
    assert numbers_on(Walk(client, trail.get_url())) == numbers
    for step in trail.ordered_steps():
        walk = Walk(client, step.url_in(trail))
        lists = walk.page.select(".steps")
        assert all([item["data-step"] for item in one.select("li")] == numbers for one in lists)
        control = walk.page.select_one("[data-done]")
        assert control is not None
        assert control["data-done"] == str(step.uuid)


def numbers_on(walk: Walk) -> list[str]:
    return [str(item["data-step"]) for item in walk.page.select("main li[data-step]")]


# --- the curator changes the trail under the reader's feet ---------------------------------------


def publish_changed(
    curator: Client, trail: TrailPage, run_jobs: Any, **changes: dict[str, str]
) -> None:
    """Open the trail in the CMS, change fields of its steps (by their titles), publish."""
    path = reverse("wagtailadmin_pages:edit", args=[trail.pk])
    form = form_of(curator, path)
    rows = [number for number in range(9) if f"steps-{number}-id" in form]
    places = dict(zip(TITLES, rows, strict=False))
    for title, fields in changes.items():
        for name, value in fields.items():
            form[f"steps-{places[title]}-{name}"] = value
    form["action-publish"] = "1"
    answer = curator.post(path, form, follow=True)
    assert answer.redirect_chain, answer.context["form"].errors
    run_jobs()


def test_reordering_in_the_cms_keeps_the_marks(
    client: Client, curator_client: Client, trail: TrailPage, run_jobs: Any
) -> None:
    before = numbers_on(Walk(client, trail.get_url()))
    publish_changed(
        curator_client,
        trail,
        run_jobs,
        **{TITLES[0]: {"ORDER": "3"}, TITLES[1]: {"ORDER": "2"}, TITLES[2]: {"ORDER": "1"}},
    )
    walk = Walk(client, trail.get_url())
    assert numbers_on(walk) == before[::-1]
    assert walk.follow("Começar:").title == TITLES[2]


def test_renaming_a_step_in_the_cms_keeps_the_mark_and_the_old_address(
    client: Client, curator_client: Client, trail: TrailPage, run_jobs: Any
) -> None:
    old = trail.ordered_steps()[1].url_in(trail)
    before = numbers_on(Walk(client, trail.get_url()))
    changes = {"title": "Fiscalizar contrato", "slug": "fiscalizar-contrato"}
    publish_changed(curator_client, trail, run_jobs, **{TITLES[1]: changes})
    assert numbers_on(Walk(client, trail.get_url())) == before
    walk = Walk(client, old)
    assert walk.path == "/trilhas/orcamento-sem-medo/fiscalizar-contrato/"
    assert walk.title == "Fiscalizar contrato"


def test_a_step_put_in_the_middle_starts_unmarked_and_moves_no_mark(
    client: Client, curator_client: Client, trail: TrailPage, run_jobs: Any
) -> None:
    before = numbers_on(Walk(client, trail.get_url()))
    path = reverse("wagtailadmin_pages:edit", args=[trail.pk])
    form = form_of(curator_client, path)
    new = pages.article(title="Do empenho ao pagamento")
    form.update(
        {"steps-TOTAL_FORMS": "4", "steps-3-resource": str(new.pk), "steps-3-ORDER": "2"}
        | {"steps-3-id": "", "steps-3-title": "", "steps-3-slug": "", "steps-3-note": ""}
    )
    form["steps-1-ORDER"], form["steps-2-ORDER"] = "3", "4"
    form["action-publish"] = "1"
    assert curator_client.post(path, form).status_code == 302
    after = numbers_on(Walk(client, trail.get_url()))
    assert [number for number in after if number in before] == before
    assert len(after) == 4
    assert after[1] not in before


def test_a_step_that_is_withdrawn_is_text_and_the_way_leads_past_it(
    client: Client, curator_client: Client, trail: TrailPage
) -> None:
    first, second, third = trail.ordered_steps()
    withdraw(curator_client, second.resource)
    walk = Walk(client, trail.get_url())
    item = walk.page.select_one(f"[data-step='{second.uuid}']")
    assert item is not None
    assert not item.select("a")
    assert "Esta etapa não está disponível agora." in words(item)
    walk.go(first.url_in(trail)).follow("Próxima", ".turn a[rel=next]")
    assert walk.path == third.url_in(trail)


def test_the_material_outside_the_trail_is_the_same_text(client: Client, trail: TrailPage) -> None:
    walk = Walk(client, trail.steps.first().url_in(trail))
    inside = words(walk.page.select_one(".prose"))
    outside = words(walk.follow("Abrir este material fora da trilha").page.select_one(".prose"))
    assert inside == outside
