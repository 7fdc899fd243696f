"""The house as it was designed, kept by tests."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
ROOMS = (
    "accounts",
    "config",
    "files",
    "home",
    "knowledge",
    "licensing",
    "outbound",
    "podcasts",
    "search",
    "sharing",
    "trails",
)


def sources() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def test_rooms_import_downwards_only() -> None:
    """The contracts of import-linter, Django-free licences among them."""
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("room", ROOMS)
def test_model_names_written_as_text_point_down_as_well(room: str) -> None:
    order = [
        "licensing",
        "outbound",
        "search",
        "accounts",
        "files",
        "knowledge",
        "trails",
        "podcasts",
        "sharing",
        "home",
    ]
    if room not in order:
        return
    above = order[order.index(room) + 1 :]
    if room == "licensing":
        above.remove("outbound")
    if room == "search":
        above.remove("accounts")
    if room == "trails":
        above.remove("podcasts")
    reference = re.compile(rf'"({"|".join(above)})\.[A-Z]\w+"') if above else None
    page_rules = re.compile(r"(parent_page_types|subpage_types)")
    for path in (ROOT / room).rglob("*.py"):
        if "migrations" in path.parts or reference is None:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if page_rules.search(line):
                continue  # where a page may stand is said in the page tree's own words
            assert not reference.search(line), f"{path}: {line}"


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_only_visibility_says_what_is_live_or_public() -> None:
    """`.live()`, `.public()` and their kin are Wagtail's answer; ours is in knowledge.visibility."""
    forbidden = re.compile(r"\.(live|public|not_public|private)\(\)")
    for path in sources():
        if path.name in ("visibility.py",):
            continue
        found = forbidden.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found.group() if found else ''}"


def test_the_requests_host_is_never_asked() -> None:
    """The public address is one setting."""
    forbidden = re.compile(r"build_absolute_uri|get_host\(|full_url|root_url|get_current_site")
    for path in sources():
        assert not forbidden.search(path.read_text(encoding="utf-8")), path
    for path in (ROOT / "templates").rglob("*.*"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


def test_settings_touch_nothing_when_imported() -> None:
    """Settings read the environment: no file, network or database."""
    allowed = {"environ", "Path", "env", "tempfile", "os"}
    suspicious = {"open", "mkdir", "read_text", "write_text", "exists", "urlopen", "connect"}
    for path in (ROOT / "config" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in suspicious or name in allowed, f"{path}: {name}"


def test_files_keep_to_one_purpose() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert not long


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for_in_a_page(room: str) -> None:
    text = (ROOT / room / "README.md").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[0].startswith(f"# {room}: ")
    assert 25 <= len(lines) <= 45
    titles = [line for line in lines if line.startswith("## ")]
    assert titles == ["## Addresses", "## Permissions", "## Promises", "## Where to begin"]


@pytest.mark.parametrize("room", ROOMS)
def test_files_that_a_room_tells_of_are_there(room: str) -> None:
    text = (ROOT / room / "README.md").read_text(encoding="utf-8")
    begin = text.partition("## Where to begin")[2]
    assert f"`tests/{room}/`" in begin
    named = set(re.findall(r"`(\w[\w/]*(?:\.py|/))`", begin))
    named |= set(re.findall(r"\b(docs/[\w/.-]+\.md|[\w/]+/[\w/]+\.py)\b", text))
    for name in named:
        assert (ROOT / room / name).exists() or (ROOT / name).exists(), name


def test_nothing_names_a_machine_or_a_package_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    forbidden = re.compile(
        r"(?<![A-Za-z0-9_.])/(?:work|farm|root)/|/tmp/bash_jobs|pypi\.org|pythonhosted"
        r"|registry\.npmjs|repo1?\.maven|crates\.io|deb\.debian"
    )
    this = Path(__file__)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path == this or not path.is_file() or path.suffix in {".pdf", ".mp3", ".png", ".woff2"}:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not forbidden.search(text), name
