"""Steps: each has an address and a number of its own that do not depend on its place."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import pages
from trails.models import StepAddress, TrailPage, TrailStep


@pytest.fixture
def trail(db: None) -> TrailPage:
    """A trail of three steps: two named by their resource, one by itself."""
    guides = [pages.guide(title=title) for title in ("Orçar", "Comprar", "Prestar contas")]
    page = pages.trail(*guides, title="Primeiros passos", slug="primeiros-passos")
    return edit(page, 2, title="Contas, por fim", slug="contas-por-fim")


def draft_of(trail: TrailPage) -> TrailPage:
    """The trail as an editor opens it, with its steps in memory."""
    return TrailPage.objects.get(pk=trail.pk).get_latest_revision().as_object()


def slugs(trail: TrailPage) -> list[str]:
    """The addresses of the live steps, in order."""
    return [step.slug for step in TrailPage.objects.get(pk=trail.pk).steps.all()]


def edit(trail: TrailPage, number: int, **changes: Any) -> TrailPage:
    """Change one step and publish."""
    draft = draft_of(trail)
    for name, value in changes.items():
        setattr(draft.steps.all()[number], name, value)
    return pages.publish(draft)


# --- addresses ---------------------------------------------------------------------------------


def test_a_step_is_addressed_by_its_title(trail: TrailPage) -> None:
    assert slugs(trail) == ["orcar", "comprar", "contas-por-fim"]
    assert [step.url_in(trail) for step in trail.steps.all()] == [
        "/trilhas/primeiros-passos/orcar/",
        "/trilhas/primeiros-passos/comprar/",
        "/trilhas/primeiros-passos/contas-por-fim/",
    ]


def test_steps_with_the_same_title_have_each_an_address(db: None) -> None:
    same = [pages.guide(title="Orçar") for _ in range(3)]
    assert slugs(pages.trail(*same)) == ["orcar", "orcar-2", "orcar-3"]


def test_one_resource_may_be_two_steps(db: None, client: Client) -> None:
    guide = pages.guide(title="Orçar")
    trail = pages.trail(guide, guide)
    assert slugs(trail) == ["orcar", "orcar-2"]
    assert {client.get(step.url_in(trail)).status_code for step in trail.steps.all()} == {200}


@pytest.mark.parametrize("title", ["???", "", "字", "-" * 150])
def test_a_title_without_letters_gets_an_address_all_the_same(
    trail: TrailPage, client: Client, title: str
) -> None:
    trail = edit(trail, 0, title=title, slug="")
    [step, *_] = trail.steps.all()
    assert step.slug
    assert client.get(step.url_in(trail)).status_code == 200


def test_a_very_long_title_gives_an_address_that_fits(trail: TrailPage, client: Client) -> None:
    trail = edit(trail, 0, title="Palavra " * 18, slug="")
    trail = edit(trail, 1, title="Palavra " * 18, slug="")
    first, second, _ = trail.steps.all()
    assert first.slug != second.slug
    assert len(second.slug) <= 90
    assert client.get(second.url_in(trail)).status_code == 200


def test_an_address_given_by_the_author_is_kept(trail: TrailPage) -> None:
    assert slugs(edit(trail, 1, slug="compras"))[1] == "compras"


def test_the_address_stays_when_title_or_resource_change(trail: TrailPage) -> None:
    trail = edit(trail, 0, title="Outro nome", resource=pages.guide(title="Outro guia"))
    assert slugs(trail)[0] == "orcar"


def test_reordering_keeps_addresses_and_numbers(trail: TrailPage) -> None:
    before = {step.uuid: step.slug for step in trail.steps.all()}
    order = [step.uuid for step in trail.steps.all()]
    trail = draft_of(trail)
    for place, step in enumerate(reversed(list(trail.steps.all()))):
        step.sort_order = place
    trail = pages.publish(trail)
    assert [step.uuid for step in trail.ordered_steps()] == order[::-1]
    assert {step.uuid: step.slug for step in trail.steps.all()} == before


def test_a_new_step_between_others_moves_no_address(trail: TrailPage) -> None:
    before = slugs(trail)
    trail = draft_of(trail)
    trail.steps.add(TrailStep(resource=pages.guide(title="Conferir"), sort_order=1))
    assert set(slugs(pages.publish(trail))) == {*before, "conferir"}


def test_the_draft_has_addresses_before_it_is_published(db: None) -> None:
    trail = pages.trail(pages.guide(title="Orçar"), live=False)
    trail.save_revision()
    assert [step.slug for step in trail.get_latest_revision_as_object().steps.all()] == ["orcar"]


# --- former addresses --------------------------------------------------------------------------


def leads_to(client: Client, trail: TrailPage, slug: str) -> str:
    """Where an address of the trail leads for good; "" when it answers itself."""
    answer = client.get(f"/trilhas/{trail.slug}/{slug}/")
    if answer.status_code == 200:
        return ""
    assert answer.status_code == 301, answer.status_code
    return answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]


def test_a_renamed_step_redirects_for_good(trail: TrailPage, client: Client) -> None:
    edit(trail, 0, slug="o-orcamento")
    assert leads_to(client, trail, "orcar") == "o-orcamento"
    assert leads_to(client, trail, "o-orcamento") == ""


def test_a_step_renamed_twice_redirects_from_both_names_at_once(
    trail: TrailPage, client: Client
) -> None:
    edit(trail, 0, slug="segundo-nome")
    edit(trail, 0, slug="terceiro-nome")
    assert leads_to(client, trail, "orcar") == "terceiro-nome"
    assert leads_to(client, trail, "segundo-nome") == "terceiro-nome"


def test_a_step_renamed_back_answers_at_its_first_name(trail: TrailPage, client: Client) -> None:
    edit(trail, 0, slug="outro")
    edit(trail, 0, slug="orcar")
    assert leads_to(client, trail, "orcar") == ""
    assert leads_to(client, trail, "outro") == "orcar"


def test_two_steps_may_exchange_their_addresses(trail: TrailPage, client: Client) -> None:
    trail = draft_of(trail)
    first, second, _ = trail.steps.all()
    first.slug, second.slug = second.slug, first.slug
    trail = pages.publish(trail)
    assert slugs(trail)[:2] == ["comprar", "orcar"]
    assert "Orçar" in client.get("/trilhas/primeiros-passos/comprar/").content.decode()


def test_a_new_step_does_not_take_the_former_name_of_another(
    trail: TrailPage, client: Client
) -> None:
    edit(trail, 0, slug="o-orcamento", title="O orçamento")
    trail = draft_of(trail)
    trail.steps.add(TrailStep(resource=pages.guide(title="Orçar"), sort_order=9))
    trail = pages.publish(trail)
    assert leads_to(client, trail, "orcar") == "o-orcamento"


def test_a_draft_with_another_name_changes_nothing_yet(trail: TrailPage, client: Client) -> None:
    trail = draft_of(trail)
    trail.steps.all()[0].slug = "so-no-rascunho"
    trail.save_revision()
    assert leads_to(client, trail, "orcar") == ""
    assert client.get("/trilhas/primeiros-passos/so-no-rascunho/").status_code == 404


def test_the_address_of_a_step_that_left_is_not_found(trail: TrailPage, client: Client) -> None:
    trail = draft_of(trail)
    trail.steps.remove(trail.steps.all()[0])
    pages.publish(trail)
    assert client.get("/trilhas/primeiros-passos/orcar/").status_code == 404


def test_a_renamed_trail_takes_the_addresses_of_its_steps_along(
    trail: TrailPage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    edit(trail, 0, slug="o-orcamento")
    trail = draft_of(trail)
    trail.slug = "por-onde-comecar"
    with django_capture_on_commit_callbacks(execute=True):
        pages.publish(trail)
    for old in ("o-orcamento", "orcar", "comprar"):
        answer = client.get(f"/trilhas/primeiros-passos/{old}/", follow=True)
        assert answer.redirect_chain[0][1] == 301
        assert answer.status_code == 200
        assert answer.redirect_chain[-1][0].startswith("/trilhas/por-onde-comecar/")


def test_an_address_of_another_trail_is_not_found(trail: TrailPage, client: Client) -> None:
    other = pages.trail(slug="outra-trilha")
    assert client.get(f"/trilhas/{other.slug}/orcar/").status_code == 404
    assert client.get("/trilhas/nao-ha/orcar/").status_code == 404


# --- copies and aliases ------------------------------------------------------------------------


def test_a_copy_has_steps_of_its_own(trail: TrailPage, client: Client) -> None:
    copied = trail.copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    copied = pages.publish(copied)
    edit(copied, 0, slug="comeco", title="Começo")
    assert slugs(copied) == ["comeco", "comprar", "contas-por-fim"]
    assert slugs(trail) == ["orcar", "comprar", "contas-por-fim"]
    assert leads_to(client, copied, "orcar") == "comeco"
    assert leads_to(client, trail, "orcar") == ""
    ids = {step.pk for page in (trail, copied) for step in page.steps.all()}
    assert len(ids) == 6


def test_what_is_done_in_a_copy_is_not_done_in_the_original(trail: TrailPage) -> None:
    """A reader's browser knows a step by its number alone."""
    copied = trail.copy(update_attrs={"slug": "copia", "title": "Cópia"}, keep_live=False)
    mine = {step.uuid for step in trail.steps.all()}
    theirs = {step.uuid for step in copied.steps.all()}
    assert len(theirs) == 3
    assert not mine & theirs
    live = pages.publish(copied)
    assert {step.uuid for step in live.steps.all()} == theirs


def test_an_alias_shows_the_steps_at_addresses_of_its_own(trail: TrailPage, client: Client) -> None:
    alias = trail.create_alias(update_slug="outra-porta")
    for step in alias.steps.all():
        assert client.get(step.url_in(alias)).status_code == 200
    assert alias.steps.first().url_in(alias) == "/trilhas/outra-porta/orcar/"


def test_an_alias_follows_the_trail(trail: TrailPage, client: Client) -> None:
    alias = trail.create_alias(update_slug="outra-porta")
    trail = draft_of(trail)
    trail.steps.add(TrailStep(resource=pages.guide(title="Conferir"), sort_order=9))
    trail.steps.all()[0].slug = "o-orcamento"
    pages.publish(trail)
    assert slugs(alias) == ["o-orcamento", "comprar", "contas-por-fim", "conferir"]
    assert client.get("/trilhas/outra-porta/conferir/").status_code == 200
    numbers = [step.uuid for step in TrailPage.objects.get(pk=alias.pk).steps.all()]
    assert numbers == [step.uuid for step in TrailPage.objects.get(pk=trail.pk).steps.all()]


def test_former_addresses_are_kept_with_the_trail_that_had_them(trail: TrailPage) -> None:
    edit(trail, 0, slug="o-orcamento")
    kept = StepAddress.objects.filter(trail_number=trail.pk).values_list("slug", flat=True)
    assert {"orcar", "o-orcamento"} <= set(kept)
