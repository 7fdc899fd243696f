"""Every door of the CMS that leads to “live”, each gone through as a browser would."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.conftest import signed_in
from tests.factories import editor, people


@dataclass
class Attempt:
    """What came of going through a door, and who went."""

    client: Client
    answer: HttpResponse


@dataclass(frozen=True)
class Door:
    """A door. One with a `form` says what lacks at the field; the others in a message.

    `can_wait`: what mends itself in a while does not matter yet.
    """

    go: Callable[[Any], Attempt]
    form: bool = True
    can_wait: bool = False

    @property
    def name(self) -> str:
        return self.go.__name__


def curator() -> Client:
    return signed_in(people.user("Curadores"))


def create_and_publish(page: Any) -> Attempt:
    client = curator()
    fields = editor.fields_for_new(client, page) | editor.PUBLISH
    answer = client.post(editor.add_url(type(page), page.get_parent()), fields)
    return Attempt(client, answer)


def edit_and_publish(page: Any) -> Attempt:
    client = curator()
    return Attempt(client, editor.edit(client, page))


def submit_to_review(page: Any) -> Attempt:
    client = signed_in(author_of(page))
    return Attempt(client, editor.edit(client, page, editor.SUBMIT))


def author_of(page: Any) -> Any:
    """The page as the work of an author, whom this returns."""
    author = people.user("Autores")
    Page.objects.filter(pk=page.pk).update(owner=author)
    return author


def in_review(page: Any) -> Any:
    """Send a page to review, past the form; returns the task that waits for a reviewer."""
    author = author_of(page)
    Page.objects.get(pk=page.pk).get_workflow().start(page, author)
    return Page.objects.get(pk=page.pk).current_workflow_task_state


def submit_again(page: Any) -> Attempt:
    """Start the review anew, after a reviewer asked for changes."""
    task = in_review(page)
    task.task.specific.on_action(task, people.user("Revisores"), "reject")
    client = signed_in(Page.objects.get(pk=page.pk).owner)
    action = {"action-restart-workflow": "action-restart-workflow"}
    return Attempt(client, editor.edit(client, page, action))


def approve_in_the_editor(page: Any) -> Attempt:
    in_review(page)
    client = signed_in(people.user("Revisores"))
    return Attempt(client, editor.edit(client, page, editor.APPROVE))


def approve_in_the_dialogue(page: Any, **headers: str) -> Attempt:
    task = in_review(page)
    client = signed_in(people.user("Revisores"))
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    return Attempt(client, client.post(url, {"comment": ""}, headers=headers))


def approve_in_the_dialogue_by_script(page: Any) -> Attempt:
    return approve_in_the_dialogue(page, **{"x-requested-with": "XMLHttpRequest"})


def schedule_in_the_editor(page: Any) -> Attempt:
    client = curator()
    later = timezone.localtime() + timedelta(days=3)
    fields = {"go_live_at": later.strftime("%Y-%m-%d %H:%M")}
    return Attempt(client, editor.edit(client, page, **fields))


def revert_and_publish(page: Any) -> Attempt:
    """Publish an earlier version, after a later one was written."""
    earlier = page.get_latest_revision()
    later = page.get_latest_revision_as_object()
    later.title = f"{page.title}, versão nova"
    later.save_revision()
    client = curator()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, earlier.pk])
    return Attempt(client, editor.edit(client, page, url=url))


def bulk_publish(*chosen: Page, descendants: bool = False, client: Client | None = None) -> Attempt:
    client = client or curator()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in chosen)
    data = {"include_descendants": "on"} if descendants else {}
    return Attempt(client, client.post(f"{url}?{ids}&next=/admin/", data))


def bulk_unpublish(*chosen: Page, client: Client | None = None) -> Attempt:
    client = client or curator()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    ids = "&".join(f"id={page.pk}" for page in chosen)
    return Attempt(client, client.post(f"{url}?{ids}&next=/admin/"))


def bulk_delete(*chosen: Page, client: Client | None = None) -> Attempt:
    client = client or curator()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    ids = "&".join(f"id={page.pk}" for page in chosen)
    return Attempt(client, client.post(f"{url}?{ids}&next=/admin/"))


def bulk_publish_with_descendants(page: Any) -> Attempt:
    return bulk_publish(page.get_parent(), descendants=True)


def copy(page: Any, *, client: Client | None = None, **fields: str) -> Attempt:
    client = client or curator()
    fields = {
        "new_title": f"{page.title} (cópia)",
        "new_slug": f"{page.slug}-copia",
        "new_parent_page": str(page.get_parent().pk),
    } | fields
    answer = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)
    return Attempt(client, answer)


def convert_alias(alias: Any) -> Attempt:
    client = curator()
    return Attempt(
        client, client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    )


DOORS = [
    Door(create_and_publish),
    Door(edit_and_publish),
    Door(submit_to_review, can_wait=True),
    Door(submit_again, can_wait=True),
    Door(approve_in_the_editor),
    Door(approve_in_the_dialogue, form=False),
    Door(approve_in_the_dialogue_by_script, form=False),
    Door(schedule_in_the_editor, can_wait=True),
    Door(revert_and_publish),
    Door(bulk_publish, form=False),
    Door(bulk_publish_with_descendants, form=False),
]
