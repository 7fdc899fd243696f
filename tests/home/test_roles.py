"""What each role may do in the CMS, asked of its own views."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from home.site import ADMINISTRATORS, AUTHORS, CURATORS, REVIEWERS
from knowledge.models import GuidePage, ResourceIndexPage, Withdrawal
from tests.conftest import signed_in
from tests.factories import editor, files, pages, people
from tests.knowledge.lacking import draft

pytestmark = pytest.mark.django_db

ROLES = (AUTHORS, REVIEWERS, CURATORS, ADMINISTRATORS)
EVERYBODY = frozenset(ROLES)
FROM_REVIEWERS_UP = EVERYBODY - {AUTHORS}
WHO_PUBLISHES = frozenset({CURATORS, ADMINISTRATORS})
ONLY_ADMINISTRATORS = frozenset({ADMINISTRATORS})
NONE: frozenset[str] = frozenset()


def opens(client: Client, name: str, *args: Any) -> bool:
    """Whether a view of the CMS lets somebody in; the others are sent back to the first page."""
    answer = client.get(reverse(name, args=args), follow=True)
    return answer.status_code == 200 and not answer.redirect_chain


def somebody_elses_draft() -> Any:
    page = draft(pages.guide(live=False))
    Page.objects.filter(pk=page.pk).update(owner=people.user(AUTHORS))
    return page


# --- what is tried: each returns whether it worked --------------------------------------------


def write_a_draft(client: Client, user: Any) -> bool:
    url = editor.add_url(GuidePage, ResourceIndexPage.objects.get())
    answer = client.post(url, editor.fields_at(client, url) | {"title": "Meu", "slug": "meu"})
    return answer.status_code == 302 and GuidePage.objects.filter(slug="meu", owner=user).exists()


def edit_a_draft_of_their_own(client: Client, user: Any) -> bool:
    page = somebody_elses_draft()
    Page.objects.filter(pk=page.pk).update(owner=user)
    return editor.edit(client, page, editor.SAVE, title="Outro").status_code == 302


def edit_anothers_draft(client: Client, user: Any) -> bool:
    return opens(client, "wagtailadmin_pages:edit", somebody_elses_draft().pk)


def publish_a_draft_of_their_own(client: Client, user: Any) -> bool:
    page = somebody_elses_draft()
    Page.objects.filter(pk=page.pk).update(owner=user)
    editor.edit(client, page)
    return Page.objects.get(pk=page.pk).live


def publish_in_bulk(client: Client, user: Any) -> bool:
    page = somebody_elses_draft()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={page.pk}", {})
    return Page.objects.get(pk=page.pk).live


def take_a_page_down(client: Client, user: Any) -> bool:
    page = pages.guide()
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    return not Page.objects.get(pk=page.pk).live


def delete_a_live_page(client: Client, user: Any) -> bool:
    page = pages.guide()
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


def delete_a_show_with_episodes(client: Client, user: Any) -> bool:
    page = pages.show(live=False)
    pages.episode(page, live=False)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


def close_a_page(client: Client, user: Any) -> bool:
    page = pages.guide()
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    client.post(url, {"restriction_type": "login"})
    return PageViewRestriction.objects.filter(page=page).exists()


def move_a_live_page(client: Client, user: Any) -> bool:
    episode, show = pages.episode(), pages.show(live=False)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[episode.pk, show.pk]))
    return Page.objects.get(pk=episode.pk).is_child_of(show)


def edit_the_home_page(client: Client, user: Any) -> bool:
    return opens(client, "wagtailadmin_pages:edit", Page.objects.get(slug="inicio").pk)


def send_an_image(client: Client, user: Any) -> bool:
    return opens(client, "wagtailimages:add_multiple")


def edit_anothers_image(client: Client, user: Any) -> bool:
    return opens(client, "wagtailimages:edit", files.image(ready=False).pk)


def edit_anothers_document(client: Client, user: Any) -> bool:
    return opens(client, "wagtaildocs:edit", files.document(ready=False).pk)


def send_a_recording(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsnippets_files_recording:add")


def delete_a_recording(client: Client, user: Any) -> bool:
    recording = files.recording(ready=False)
    return opens(client, "wagtailsnippets_files_recording:delete", recording.pk)


def choose_somebody_to_credit(client: Client, user: Any) -> bool:
    people.person("Ana Reis")
    answer = client.get("/admin/snippets/choose/knowledge/person/")
    return answer.status_code == 200 and "Ana Reis" in answer.content.decode()


def add_somebody_to_credit(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsnippets_knowledge_person:add")


def add_a_theme(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsnippets_knowledge_theme:add")


def edit_a_theme(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsnippets_knowledge_theme:edit", people.theme().pk)


def merge_two_people(client: Client, user: Any) -> bool:
    return opens(client, "merge", "pessoas", people.person().pk)


def merge_two_themes(client: Client, user: Any) -> bool:
    return opens(client, "merge", "temas", people.theme().pk)


def rename_a_tag(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsnippets_taggit_tag:edit", Tag.objects.create(name="x").pk)


def delete_unused_tags(client: Client, user: Any) -> bool:
    return opens(client, "delete_unused_tags")


def write_a_notice_of_withdrawal(client: Client, user: Any) -> bool:
    notice = Withdrawal.objects.create(path="/acervo/x/", page_number=1, title="X")
    return opens(client, "wagtailsnippets_knowledge_withdrawal:edit", notice.pk)


def say_who_publishes(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsettings:edit", "knowledge", "publisher", 1)


def edit_the_menus(client: Client, user: Any) -> bool:
    return opens(client, "wagtailsettings:edit", "home", "menus", 1)


def manage_accounts(client: Client, user: Any) -> bool:
    return opens(client, "wagtailusers_users:index")


def manage_redirects(client: Client, user: Any) -> bool:
    return opens(client, "wagtailredirects:index")


def manage_collections(client: Client, user: Any) -> bool:
    return opens(client, "wagtailadmin_collections:index")


def change_rights_of_groups(client: Client, user: Any) -> bool:
    return opens(client, "wagtailusers_groups:index")


def change_the_review(client: Client, user: Any) -> bool:
    return opens(client, "wagtailadmin_workflows:index")


def become_superuser(client: Client, user: Any) -> bool:
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    fields = {
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [group.pk for group in user.groups.all()],
    }
    client.post(url, fields)
    return User.objects.get(pk=user.pk).is_superuser


def import_a_spreadsheet(client: Client, user: Any) -> bool:
    return opens(client, "sharing_imports")


TABLE: list[tuple[Callable[[Client, Any], bool], frozenset[str]]] = [
    (write_a_draft, EVERYBODY),
    (edit_a_draft_of_their_own, EVERYBODY),
    (edit_anothers_draft, FROM_REVIEWERS_UP),
    (publish_a_draft_of_their_own, WHO_PUBLISHES),
    (publish_in_bulk, WHO_PUBLISHES),
    (take_a_page_down, WHO_PUBLISHES),
    (delete_a_live_page, WHO_PUBLISHES),
    (delete_a_show_with_episodes, ONLY_ADMINISTRATORS),
    (close_a_page, WHO_PUBLISHES),
    (move_a_live_page, WHO_PUBLISHES),
    (edit_the_home_page, FROM_REVIEWERS_UP),
    (send_an_image, EVERYBODY),
    (edit_anothers_image, FROM_REVIEWERS_UP),
    (edit_anothers_document, FROM_REVIEWERS_UP),
    (send_a_recording, EVERYBODY),
    (delete_a_recording, WHO_PUBLISHES),
    (choose_somebody_to_credit, EVERYBODY),
    (add_somebody_to_credit, WHO_PUBLISHES),
    (add_a_theme, ONLY_ADMINISTRATORS),
    (edit_a_theme, WHO_PUBLISHES),
    (merge_two_people, WHO_PUBLISHES),
    (merge_two_themes, ONLY_ADMINISTRATORS),
    (rename_a_tag, WHO_PUBLISHES),
    (delete_unused_tags, WHO_PUBLISHES),
    (write_a_notice_of_withdrawal, WHO_PUBLISHES),
    (say_who_publishes, ONLY_ADMINISTRATORS),
    (edit_the_menus, ONLY_ADMINISTRATORS),
    (manage_accounts, ONLY_ADMINISTRATORS),
    (manage_redirects, ONLY_ADMINISTRATORS),
    (manage_collections, ONLY_ADMINISTRATORS),
    (change_rights_of_groups, NONE),
    (change_the_review, NONE),
    (become_superuser, NONE),
    (import_a_spreadsheet, WHO_PUBLISHES),
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("attempt", "allowed"), TABLE, ids=[line[0].__name__ for line in TABLE])
def test_what_a_role_may_do(
    attempt: Callable[[Client, Any], bool], allowed: frozenset[str], role: str
) -> None:
    user = people.user(role)
    assert attempt(signed_in(user), user) == (role in allowed)


def test_an_administrator_gives_a_role_to_somebody(admin_client: Client) -> None:
    user = people.user()
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    group = Group.objects.get(name=CURATORS)
    fields = {"email": user.email, "first_name": "Ana", "last_name": "Reis", "is_active": "on"}
    admin_client.post(url, fields | {"groups": [group.pk]})
    user = User.objects.get(pk=user.pk)
    assert user.first_name == "Ana"
    assert list(user.groups.all()) == [group]


def test_an_administrator_makes_no_superuser_and_takes_none_over(admin_client: Client) -> None:
    user, superuser = people.user(), people.user(is_superuser=True)
    fields = {"email": user.email, "first_name": "Ana", "last_name": "Reis", "is_active": "on"}
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    admin_client.post(url, fields | {"is_superuser": "on"})
    new = {"email": "nova@cidade.test", "is_superuser": "on", "password1": "x", "password2": "x"}
    admin_client.post(reverse("wagtailusers_users:add"), fields | new)
    password = {"password1": "uma-senha-longa-9", "password2": "uma-senha-longa-9"}
    url = reverse("wagtailusers_users:edit", args=[superuser.pk])
    admin_client.post(url, fields | {"email": superuser.email} | password)
    assert [each.pk for each in User.objects.filter(is_superuser=True)] == [superuser.pk]
    assert User.objects.get(pk=superuser.pk).check_password("senha-de-teste-123")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_first_page(role: str) -> None:
    assert signed_in(people.user(role)).get("/admin/").status_code == 200


def test_whoever_has_no_role_does_not_enter() -> None:
    for client in (Client(), signed_in(people.user()), signed_in(people.user("Turma"))):
        answer = client.get("/admin/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/conta/entrar/")


def test_no_page_may_be_closed_with_a_password(curator_client: Client) -> None:
    page = pages.guide()
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert 'value="password"' not in curator_client.get(url).content.decode()
    curator_client.post(url, {"restriction_type": "password", "password": "segredo"})
    assert not PageViewRestriction.objects.exists()
