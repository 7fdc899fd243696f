"""What curators do in the CMS, by its own forms, and the passing of time."""

from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from config.clock import tick
from knowledge.models import ResourceIndexPage


def form_of(client: Client, path: str) -> QueryDict:
    """The fields of a page's form in the CMS, as a browser would send them back."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return querydict_from_html(answer.content.decode(), form_id="page-edit-form")


def body_fields(*blocks: tuple[str, str]) -> dict[str, str]:
    """The fields that the editor's script makes of the blocks of a text."""
    written = [(kind, rich_text(text) if kind == "text" else text) for kind, text in blocks]
    return nested_form_data({"body": streamfield(written)})


def body_of(page: Any) -> dict[str, str]:
    """The same for the text that a page has (paragraphs and titles of sections)."""
    blocks = [
        (block.block_type, block.value.source if isinstance(block.value, RichText) else block.value)
        for block in getattr(page, "body", [])
    ]
    others = {f"{name}-count": "0" for name in ("chapters", "seasons") if hasattr(page, name)}
    return body_fields(*blocks) | others


def write(client: Client, action: str, **fields: str) -> Any:
    """Fill the form of a new guide and press the button of `action`. Returns the answer."""
    shelf = ResourceIndexPage.objects.get()
    path = reverse("wagtailadmin_pages:add", args=["knowledge", "guidepage", shelf.pk])
    form = form_of(client, path)
    form.update({"summary": ""} | body_fields() | fields)
    form[f"action-{action}"] = "1"
    return client.post(path, form)


def credits(person: Any) -> dict[str, str]:
    """The fields of “Quem fez” with one author."""
    row = {"people-0-person": str(person.pk), "people-0-role": "autoria"}
    return _one_row("people") | row


def on_the_shelf(theme: Any) -> dict[str, str]:
    """The fields of “Temas” with one theme."""
    return _one_row("resource_themes") | {"resource_themes-0-theme": str(theme.pk)}


def _one_row(name: str) -> dict[str, str]:
    row = {f"{name}-0-id": "", f"{name}-0-ORDER": "1", f"{name}-0-DELETE": ""}
    return {f"{name}-TOTAL_FORMS": "1"} | row


def post(client: Client, page: Any, action: str, **fields: str) -> Any:
    """Open a page in the CMS, change `fields`, press the button of `action`."""
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(client, path)
    form.update(body_of(page))
    form.update(fields)
    form[f"action-{action}"] = "1"
    return client.post(path, form)


def save(client: Client, page: Any, action: str, **fields: str) -> None:
    """The same; it must be taken."""
    answer = post(client, page, action, **fields)
    assert answer.status_code == 302, answer.context["form"].errors


def schedule(client: Client, page: Any, in_minutes: int = 60) -> datetime:
    """Have the draft of a page go live by itself. Returns when."""
    due = timezone.localtime() + timedelta(minutes=in_minutes)
    save(client, page, "publish", go_live_at=due.strftime("%Y-%m-%d %H:%M"))
    return due


def withdraw(client: Client, page: Page) -> None:
    """Take a page off the site with the button of the CMS."""
    path = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert client.post(path).status_code == 302


def let_the_hour_come(page: Page) -> None:
    """What is scheduled for `page` is due now, and the clock comes round."""
    revision = Revision.page_revisions.get(
        object_id=str(page.pk), approved_go_live_at__isnull=False
    )
    due = timezone.now() - timedelta(seconds=1)
    revision.approved_go_live_at = due
    revision.content["go_live_at"] = due.isoformat()
    revision.save()
    Page.objects.filter(pk=page.pk).update(go_live_at=due)
    tick()
