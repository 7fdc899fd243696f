"""Somebody at the editor of the CMS: fills in what the form shows, and sends what a browser would."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import Page

Fields = dict[str, Any]

PUBLISH = {"action-publish": "action-publish"}
SUBMIT = {"action-submit": "action-submit"}
SAVE: Fields = {}
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(kind: type[Page], parent: Page) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk]
    )


def fields_at(client: Client, url: str) -> Fields:
    """Every field of the form that the editor shows at `url`, as it stands."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    form = html.fromstring(answer.content).get_element_by_id("page-edit-form")
    fields: Fields = {}
    for element in form.xpath('.//*[@name and not(contains(@name, "__prefix__"))]'):
        for value in _values_of(element):
            fields.setdefault(element.get("name"), []).append(value)
    for block in form.xpath(".//*[@data-block]"):
        state, _ = json.loads(block.get("data-w-block-arguments-value"))
        fields |= _stream(block.get("id"), state)
    return fields


def edit(
    client: Client, page: Page, action: Fields = PUBLISH, url: str = "", **changes: Any
) -> HttpResponse:
    """Open a page in the editor, change some fields, and press the button for `action`."""
    url = url or edit_url(page)
    return client.post(url, fields_at(client, url) | changes | action)


def fields_for_new(client: Client, draft: Page) -> Fields:
    """What somebody would write to make a page like `draft` anew."""
    fields = fields_at(client, edit_url(draft))
    for name in list(fields):
        if name.endswith("-INITIAL_FORMS"):
            fields[name] = "0"
        elif name.endswith("-id"):
            fields[name] = ""
        elif name.startswith(("loaded_revision", "overwrite_revision")):
            del fields[name]
    return fields | {"slug": f"{draft.slug}-novo"}


def fields_to_replace(client: Client, page: Page, draft: Page) -> Fields:
    """What somebody would write to turn `page` into something like `draft`: its rows go out, the
    draft's come in; the address stays."""
    there = fields_at(client, edit_url(page))
    new = fields_for_new(client, draft)
    streams = tuple(name.removesuffix("count") for name in there if name.endswith("-count"))
    kept = {name: there[name] for name in there if not name.startswith(streams)}
    fields = kept | {name: new[name] for name in new if not name.endswith("_FORMS")}
    fields["slug"] = there["slug"]
    for total in [name for name in there if name.endswith("-TOTAL_FORMS")]:
        panel = total.removesuffix("-TOTAL_FORMS")
        before, after = int(there[total][0]), int(new[total][0])
        fields = {key: value for key, value in fields.items() if not key.startswith(f"{panel}-")}
        fields |= {key: value for key, value in there.items() if key.startswith(f"{panel}-")}
        fields |= {f"{panel}-{number}-DELETE": "on" for number in range(before)}
        for number in range(after):
            prefix = f"{panel}-{number}-"
            row = {key: value for key, value in new.items() if key.startswith(prefix)}
            fields |= {key.replace(prefix, f"{panel}-{before + number}-"): row[key] for key in row}
        fields[total] = str(before + after)
    return fields


def rows(name: str, *items: Fields) -> Fields:
    """The rows of an inline panel, all of them new."""
    fields: Fields = {
        f"{name}-TOTAL_FORMS": str(len(items)),
        f"{name}-INITIAL_FORMS": "0",
        f"{name}-MIN_NUM_FORMS": "0",
        f"{name}-MAX_NUM_FORMS": "1000",
    }
    for number, item in enumerate(items):
        row = {"id": "", "ORDER": str(number + 1), "DELETE": ""} | item
        fields |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return fields


def errors_in(answer: HttpResponse, field: str) -> list[str]:
    """What the form of a refused page says of one field, in the response's context."""
    form = answer.context["form"]
    if field in form.formsets:
        return list(form.formsets[field].non_form_errors())
    found = []
    for error in form.errors.as_data().get(field, []):
        data = error.as_json_data() if hasattr(error, "as_json_data") else {}
        found += _sentences(data) or error.messages
    return found


def shown_beside(answer: HttpResponse, field: str) -> str:
    """The text of the errors that are drawn in the panel of one field."""
    tree = html.fromstring(answer.content)
    block = tree.xpath(f'//*[@id="{field}"][@data-block]')
    if block:
        _, error = json.loads(block[0].get("data-w-block-arguments-value"))
        return " ".join(_sentences(error or {}))
    own = f'//*[contains(@id, "-{field}-errors") or contains(@id, "-{field}-section")]'
    rows = f'//input[@name="{field}-TOTAL_FORMS"]/..'
    message = '*[contains(@class, "error-message")]'
    shown = [node.text_content() for node in tree.xpath(f"{own}//{message} | {rows}/{message}")]
    return " ".join(" ".join(shown).split())


def messages_in(client: Client) -> list[str]:
    """What the CMS tells somebody on the next page they open."""
    tree = html.fromstring(client.get("/admin/").content)
    found = tree.xpath('//*[contains(@class, "messages")]//li[@class]')
    return [text for item in found if (text := " ".join(item.text_content().split()))]


def _sentences(data: Any) -> list[str]:
    """All messages of a block's error, however deep."""
    if isinstance(data, dict):
        inner = data.get("blockErrors") or {}
        below = list(inner.values()) if isinstance(inner, dict) else inner
        return [*data.get("messages", []), *_sentences(below)]
    if isinstance(data, list):
        return [sentence for item in data for sentence in _sentences(item)]
    return []


def _values_of(element: Any) -> list[str]:
    """What a browser sends of one input, select or textarea."""
    match element.tag, element.get("type"):
        case "textarea", _:
            return [element.text_content().removeprefix("\n")]
        case "select", _:
            return element.xpath(".//option[@selected]/@value")
        case "input", "checkbox" | "radio":
            return [element.get("value", "on")] if element.get("checked") is not None else []
        case "input", "submit" | "file" | "button":
            return []
        case "input", _:
            return [element.get("value", "")]
    return []


def _stream(name: str, state: list[Fields]) -> Fields:
    fields: Fields = {f"{name}-count": str(len(state))}
    for number, block in enumerate(state):
        prefix = f"{name}-{number}"
        fields |= {
            f"{prefix}-type": block["type"],
            f"{prefix}-id": block["id"],
            f"{prefix}-order": str(number),
            f"{prefix}-deleted": "",
        }
        fields |= _value(f"{prefix}-value", block["value"])
    return fields


def _list(name: str, items: list[Fields]) -> Fields:
    fields: Fields = {f"{name}-count": str(len(items))}
    for number, item in enumerate(items):
        prefix = f"{name}-{number}"
        fields |= {
            f"{prefix}-id": item["id"] or "",
            f"{prefix}-order": str(number),
            f"{prefix}-deleted": "",
        }
        fields |= _value(f"{prefix}-value", item["value"])
    return fields


def _value(name: str, value: Any) -> Fields:
    match value:
        case [str(), *_]:
            return {name: value}  # what is chosen of a list
        case list():
            return _list(name, value)
        case {"id": chosen, "edit_url": _}:
            return {name: str(chosen)}
        case dict():
            fields: Fields = {}
            for key, inner in value.items():
                fields |= _value(f"{name}-{key}", inner)
            return fields
        case None | False:
            return {}
        case True:
            return {name: "on"}
    return {name: str(value)}
