"""Everything that `make run` starts: data, demo library, static files, site, worker, clock."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.installation import installation

_WAIT = 60  # seconds for the first page
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds before a dead part is started again
_ADDRESS = "127.0.0.1"


class Command(BaseCommand):
    help = "Prepara o que falta e põe no ar o site, o trabalhador e o relógio. Ctrl-C para tudo."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--prepare-only", action="store_true", help="Prepara os dados e termina, sem ir ao ar."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = installation(Path(settings.DATA_DIR))
        os.environ.setdefault("SECRET_KEY", kept.secret_key)
        if options["prepare_only"]:
            self._prepare(kept.curator_password)
            return
        _refuse_taken_port(settings.PORT)
        self._prepare(kept.curator_password)
        processes = Processes()
        try:
            processes.start_all()
            _wait_for_first_page(processes)
            self._announce(kept.curator_password)
            processes.watch()
        finally:
            processes.stop_all()

    def _prepare(self, password: str) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("prepare_site")
        if not get_user_model().objects.exists():
            self.stdout.write("Montando a biblioteca de demonstração…")
            self.stdout.flush()
            call_command("load_demo", password=password)
            # When the first page answers, nothing of the demo waits for a job.
            call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
        _collect_static()

    def _announce(self, password: str) -> None:
        from home.demo.people import CURATOR_EMAIL

        lines = ["", f"Rede Aberta no ar: {settings.PUBLIC_URL}/"]
        if get_user_model().objects.filter(email=CURATOR_EMAIL).exists():
            lines += [
                f"Para publicar:      {settings.PUBLIC_URL}/admin/",
                f"  e-mail {CURATOR_EMAIL}",
                f"  senha  {password}",
            ]
        lines += ["Ctrl-C para tudo.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


class Processes:
    """The site, the worker and the clock, started together and stopped together."""

    def __init__(self) -> None:
        manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
        self._commands = {
            "site": [
                sys.executable,
                "-m",
                "granian",
                "--interface=wsgi",
                f"--host={_ADDRESS}",
                f"--port={settings.PORT}",
                "--workers=1",
                "--blocking-threads=4",
                "--log-level=warning",
                "config.wsgi:application",
            ],
            "worker": [*manage, "db_worker", "--interval=0.5", "--no-reload", "--verbosity=0"],
            "clock": [*manage, "clock"],
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._started_at: dict[str, float] = {}
        self._pause: dict[str, float] = dict.fromkeys(self._commands, _FIRST_PAUSE)
        self._stopping = False

    def start_all(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for name in self._commands:
            self._start(name)

    def _start(self, name: str) -> None:
        self._started_at[name] = time.monotonic()
        # In a group of its own, so that Ctrl-C reaches it once, from here, in order.
        self._running[name] = subprocess.Popen(
            self._commands[name], cwd=settings.BASE_DIR, env=os.environ, start_new_session=True
        )

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    @property
    def is_stopping(self) -> bool:
        return self._stopping

    def has_ended(self, name: str) -> bool:
        return self._running[name].poll() is not None

    def watch(self) -> None:
        """Until Ctrl-C. A worker or clock that dies is started again; without the site, all stop."""
        while not self._stopping:
            if self.has_ended("site"):
                raise CommandError("O site parou. Veja a mensagem acima e rode make run de novo.")
            for name in ("worker", "clock"):
                if self.has_ended(name):
                    self._start_again(name)
            time.sleep(0.5)

    def _start_again(self, name: str) -> None:
        """After a pause that grows while the part keeps dying at once."""
        lived = time.monotonic() - self._started_at[name]
        if lived < self._pause[name]:
            return
        is_steady = lived > _LONGEST_PAUSE
        self._pause[name] = (
            _FIRST_PAUSE if is_steady else min(2 * self._pause[name], _LONGEST_PAUSE)
        )
        self._start(name)

    def stop_all(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 10
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except OSError:
            raise CommandError(
                f"A porta {port} está ocupada. Escolha outra: make run PORT={port + 1}"
            ) from None


def _wait_for_first_page(processes: Processes) -> None:
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline and not processes.is_stopping:
        if processes.has_ended("site"):
            raise CommandError("O site não subiu. Veja a mensagem acima.")
        try:
            with urllib.request.urlopen(f"http://{_ADDRESS}:{settings.PORT}/robots.txt", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)


def _collect_static() -> None:
    """Collect and compress static files, unless the ones there are of the same sources."""
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    digest = hashlib.sha256((Path(settings.BASE_DIR) / "requirements.txt").read_bytes())
    for path in sorted(Path(settings.BASE_DIR, "assets").rglob("*")):
        if path.is_file():
            digest.update(str(path).encode() + path.read_bytes())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())
