"""The CMS speaks Portuguese: our catalogue says what the installed ones leave in English."""

import ast
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from wagtail import admin as wagtail_admin

from home.models import HomePage, TextPage
from tests.factories import files, pages

LOCALE = "pt_BR/LC_MESSAGES"
OURS = sorted((Path(settings.BASE_DIR) / "locale").glob("*/LC_MESSAGES/*.po"))
# Django's own, and those of every installed app that brings one.
ENGLISH = sorted(
    catalogue
    for folder in [
        Path(django.__file__).parent / "conf",
        *(Path(config.path) for config in apps.get_app_configs()),
    ]
    for catalogue in folder.glob("locale/en/LC_MESSAGES/*.po")
)
MUST_SPEAK = {
    "allauth",
    "django.contrib.auth",
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail.users",
}

_KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])? (".*")')
_KEPT = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]+>")


@dataclass
class Entry:
    """One message of a .po."""

    context: str | None = None
    text: str = ""
    plural: str | None = None
    said: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> str:
        return self.text if self.context is None else f"{self.context}\x04{self.text}"

    def add(self, keyword: str, number: int, piece: str) -> None:
        if keyword == "msgctxt":
            self.context = (self.context or "") + piece
        elif keyword == "msgid":
            self.text += piece
        elif keyword == "msgid_plural":
            self.plural = (self.plural or "") + piece
        else:
            self.said[number] = self.said.get(number, "") + piece


def entries(path: Path) -> Iterator[Entry]:
    """The messages of a .po, its header (the message without text) among them."""
    entry, keyword, number = Entry(), "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        starts = _KEYWORD.fullmatch(line)
        if keyword == "msgstr" and not line.startswith(("msgstr", '"')):
            yield entry
            entry, keyword = Entry(), ""
        if starts:
            keyword, number = starts[1], int(starts[2] or 0)
            entry.add(keyword, number, ast.literal_eval(starts[3]))
        elif line.startswith('"'):
            entry.add(keyword, number, ast.literal_eval(line))
        elif line.startswith("#,"):
            entry.fuzzy = "fuzzy" in line
        else:
            assert not line or line.startswith("#"), f"{path}: {line}"
    if keyword == "msgstr":
        yield entry


def compiled(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        return GNUTranslations(file)


def catalogue(translations: GNUTranslations) -> dict[str | tuple[str, int], str]:
    return translations._catalog  # type: ignore[attr-defined]


def says(translations: GNUTranslations, entry: Entry) -> bool:
    """Whether a compiled catalogue has this message, in all its forms."""
    known = catalogue(translations)
    if entry.plural is None:
        return bool(known.get(entry.key))
    forms = re.search(r"nplurals=(\d)", translations.info()["plural-forms"])
    assert forms
    return all(known.get((entry.key, form)) for form in range(int(forms[1])))


def kept(text: str) -> Counter[str]:
    """What a translation must not touch: the places of values, and the markup."""
    return Counter(_KEPT.findall(text))


def name(path: Path) -> str:
    return str(path).rpartition("site-packages/")[2]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    written: dict[str | tuple[str, int], str] = {}
    for entry in entries(path):
        assert not entry.fuzzy, entry.text
        assert all(entry.said.values()), entry.text
        for form, text in entry.said.items():
            key = entry.key if entry.plural is None else (entry.key, form)
            assert key not in written, entry.text
            written[key] = text
    assert catalogue(compiled(path.with_suffix(".mo"))) == written


def test_every_catalogue_has_both_files() -> None:
    folder = Path(settings.BASE_DIR) / "locale" / LOCALE
    assert {path.name for path in folder.iterdir()} == {
        "django.po",
        "django.mo",
        "djangojs.po",
        "djangojs.mo",
    }


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_plural_forms_are_those_of_wagtail(path: Path) -> None:
    theirs = Path(wagtail_admin.__file__).parent / "locale" / LOCALE / f"{path.stem}.mo"
    mine = compiled(path.with_suffix(".mo")).info()["plural-forms"]
    assert mine == compiled(theirs).info()["plural-forms"]


def test_no_catalogue_is_passed_over() -> None:
    folders = {path.parents[3] for path in ENGLISH}
    spoken = {config.name for config in apps.get_app_configs() if Path(config.path) in folders}
    assert spoken >= MUST_SPEAK


@pytest.mark.parametrize("path", ENGLISH, ids=name)
def test_nothing_is_left_in_english(path: Path) -> None:
    """After an upgrade, the messages named here are new: write them in `locale/`."""
    file = f"{LOCALE}/{path.stem}.mo"
    theirs = path.parents[2] / file
    catalogues = [compiled(Path(settings.BASE_DIR) / "locale" / file)]
    if theirs.exists():
        catalogues.append(compiled(theirs))
    messages = [entry for entry in entries(path) if entry.text]
    assert messages
    unsaid = [
        entry.key for entry in messages if not any(says(known, entry) for known in catalogues)
    ]
    assert unsaid == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_values_and_markup_are_kept(path: Path) -> None:
    changed = []
    for entry in entries(path):
        if not entry.text:
            continue
        for form, text in entry.said.items():
            one, many = kept(entry.text), kept(entry.plural or entry.text)
            # The first form stands for none and for one.
            if kept(text) not in ([one, many] if form == 0 else [many]):
                changed.append((entry.text, text))
    assert changed == []


ENGLISH_PHRASES = (
    "Actions (footer)",
    "Autosave is",
    "could not be",
    "created in",
    "Go to the first error",
    "Grid layout",
    "Keyboard shortcuts are",
    "Readability",
    "Toggle",
    "Usage count",
    "validation errors",
    ">Saved<",
)


def page_of(client: Client, address: str, data: dict[str, str] | None = None) -> str:
    """What the CMS answers, without the room that its templates leave between words."""
    response = client.get(address) if data is None else client.post(address, data)
    assert response.status_code == 200
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html.unescape(response.content.decode()))


def english_in(page: str) -> list[str]:
    return [phrase for phrase in ENGLISH_PHRASES if phrase in page]


@pytest.mark.parametrize("address", ["/admin/", "/admin/images/", "/admin/documents/"])
def test_lists_speak_portuguese(admin_client: Client, address: str) -> None:
    files.image()
    files.document()
    page = page_of(admin_client, address)
    assert english_in(page) == []


def test_editor_speaks_portuguese(admin_client: Client) -> None:
    page = page_of(admin_client, f"/admin/pages/{pages.guide().pk}/edit/")
    assert english_in(page) == []
    assert "Salvamento automático em pausa" in page


def test_failed_publish_speaks_portuguese(admin_client: Client) -> None:
    home = HomePage.objects.get()
    data = {"title": "", "slug": "", "lead": "", "body-count": "0", "action-publish": "1"}
    page = page_of(admin_client, f"/admin/pages/add/home/textpage/{home.pk}/", data)
    assert english_in(page) == []
    assert "Não foi possível criar a página: há erros de preenchimento." in page
    text = TextPage.objects.first()
    assert text
    page = page_of(admin_client, f"/admin/pages/{text.pk}/edit/", data)
    assert english_in(page) == []
    assert "Não foi possível salvar a página: há erros de preenchimento." in page


def test_scripts_speak_portuguese(admin_client: Client) -> None:
    script = admin_client.get("/admin/jsi18n/").content.decode()
    assert '"Changes have been autosaved.": "Altera\\u00e7\\u00f5es salvas' in script
