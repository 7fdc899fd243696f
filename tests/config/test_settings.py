"""Every variable of the environment is declared once and documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.settings.environment import env

ROOT = Path(settings.BASE_DIR)


def test_every_variable_is_documented() -> None:
    documented = set(
        re.findall(
            r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE
        )
    )
    assert documented == set(env.scheme)


def test_every_variable_read_is_declared() -> None:
    read: set[str] = set()
    for path in (ROOT / "config" / "settings").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r'\benv(?:\.\w+)?\("([A-Z_]+)"', text))
    assert read == set(env.scheme)


def run(code: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"PUBLIC_URL": "https://rede.example"}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 60}, "PUBLIC_URL"),
        ({"SECRET_KEY": "x" * 60, "PUBLIC_URL": "http://rede.example"}, "PUBLIC_URL"),
    ],
)
def test_production_refuses_to_start_on_a_guess(variables: dict[str, str], named: str) -> None:
    done = run("import config.settings.production", **variables)
    assert done.returncode != 0
    assert named in done.stderr


def test_production_starts_with_what_it_needs() -> None:
    done = run(
        "import config.settings.production as s; print(s.PUBLIC_URL, s.SESSION_COOKIE_SECURE)",
        SECRET_KEY="x" * 60,
        PUBLIC_URL="https://rede.example/",
    )
    assert done.stdout.split() == ["https://rede.example", "True"]


def test_the_embedded_address_follows_the_port() -> None:
    done = run("import config.settings.development as s; print(s.PUBLIC_URL)", PORT="8123")
    assert done.stdout.strip() == "http://localhost:8123"
