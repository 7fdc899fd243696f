"""A whole installation, run as `make run` runs it, for tests that need real processes."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CURATOR = "curadoria@redeaberta.example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_of(data: Path) -> str:
    """The URL of the database of an installation: none (SQLite in its folder), or one of its own
    on the server that the tests run on."""
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        return ""
    return given.rsplit("/", 1)[0] + f"/instalacao_{zlib.crc32(str(data).encode()):08x}"


def create_database(data: Path) -> None:
    """The empty database of a new installation, in place of one left by an earlier run."""
    import psycopg

    given, name = os.environ["DATABASE_URL"], database_of(data).rsplit("/", 1)[1]
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")


def environment(data: Path, port: int) -> dict[str, str]:
    return {
        "DATABASE_URL": database_of(data),
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(data),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "CLOCK_SECONDS": "1",
        "CHECK_LINKS": "False",
        "PYTHONUNBUFFERED": "1",
    }


def manage(data: Path, *arguments: str, port: int = 8000) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(data, port),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


@dataclass
class Running:
    """A site that runs: its base address, its process, and what it has said."""

    base: str
    port: int
    process: "subprocess.Popen[str]"
    log: Path

    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def password(self) -> str:
        found = re.search(r"senha +(\S+)", self.text())
        assert found
        return found.group(1)

    def children(self) -> dict[str, int]:
        """Name of a part → process number, as the process table has them."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        parts = {"granian": "site", "db_worker": "worker", " clock": "clock"}
        found = {}
        for line in listed.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            for mark, name in parts.items():
                if mark in command:
                    found[name] = int(pid)
        return found


@contextlib.contextmanager
def running(data: Path) -> Iterator[Running]:
    """Start everything on the installation's own port; stop it as Ctrl-C would."""
    port = port_of(data)
    log = data / f"log-{port}.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment(data, port),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        site = Running(f"http://localhost:{port}", port, process, log)
        try:
            wait_until(lambda: "no ar" in site.text() or process.poll() is not None, 120)
            assert process.poll() is None, site.text()
            yield site
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(30)


@contextlib.contextmanager
def site_alone(data: Path, **variables: str) -> Iterator[Running]:
    """Another site over the same data, on a port of its own, without worker and clock."""
    port = free_port()
    log = data / f"log-{port}.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "granian",
                "--interface=wsgi",
                f"--port={port}",
                "config.wsgi:application",
            ],
            cwd=ROOT,
            env=environment(data, port) | {"SECRET_KEY": "outra-chave" * 6} | variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        site = Running(f"http://localhost:{port}", port, process, log)
        try:
            wait_until(lambda: answers(f"{site.base}/robots.txt"), 30)
            yield site
        finally:
            process.terminate()
            process.wait(30)


def answers(url: str, **options: Any) -> bool:
    with contextlib.suppress(requests.ConnectionError):
        return requests.get(url, timeout=5, **options).status_code == 200
    return False


def wait_until(condition: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError("it did not come about in time")


def port_of(data: Path) -> int:
    return int((data / "port.txt").read_text())


def install(folder: Path) -> Path:
    """Make an installation with its demo library in `folder`, for a port of its own."""
    port = free_port()
    (folder / "port.txt").write_text(str(port))
    if database_of(folder):
        create_database(folder)
    done = manage(folder, "serve", "--prepare-only", port=port)
    assert done.returncode == 0, done.stderr
    return folder
