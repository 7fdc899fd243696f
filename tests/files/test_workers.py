"""Real workers on a real database, killed in the middle of their work."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image as PillowImage

pytestmark = pytest.mark.real_parts

_MANAGE = str(Path(settings.BASE_DIR) / "manage.py")
# A picture that takes seconds to prepare, so that there is a middle.
_NEW_PICTURE = """
import io
from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from files.models import Image
from licensing.values import BY
buffer = io.BytesIO()
PillowImage.effect_noise((6000, 4500), 90).convert("RGB").save(buffer, "JPEG")
image = Image(title="Grande", creator="Ana", licence=BY)
image.file = ContentFile(buffer.getvalue(), name="grande.jpg")
image.save()
"""
_SWEEP = "from files.services import sweep; print(sweep())"
_FORGET_JOBS = (
    "from django_tasks_db.models import DBTaskResult; print(DBTaskResult.objects.all().delete())"
)


@dataclass
class Installation:
    """A site of its own in a folder, with the settings that `make run` uses."""

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": "",
            "ELASTICSEARCH_URL": "",
            "SECRET_KEY": "somente-para-este-teste-" * 3,
        }

    def manage(self, *arguments: str) -> str:
        answer = subprocess.run(
            [sys.executable, _MANAGE, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "--command", code)

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, _MANAGE, "db_worker", "--interval=0.1", "--no-reload"]
        worker = subprocess.Popen(
            [*command, "--no-startup-delay", "--verbosity=0"],
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(worker)
        return worker

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=20)) as database, database:
            return list(database.execute(query))

    def state(self) -> str:
        return str(self.ask("SELECT state FROM files_image")[0][0])

    def wait_for(self, state: str, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while self.state() != state:
            assert time.monotonic() < deadline, f"still {self.state()}"
            time.sleep(0.02)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    site = Installation(tmp_path)
    site.manage("migrate", "--verbosity=0")
    site.shell(_NEW_PICTURE)
    yield site
    for worker in site.workers:
        worker.kill()
        worker.wait()


def kill_in_the_middle(site: Installation) -> None:
    worker = site.start_worker()
    site.wait_for("working")
    time.sleep(0.3)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert site.state() == "working", "the worker was not killed in the middle"


def assert_whole(site: Installation) -> None:
    """Every size is in its place, is the picture, and is what the row says."""
    ((sizes, made, wanted),) = site.ask("SELECT sizes, made, wanted FROM files_image")
    assert made == wanted
    assert len(json.loads(sizes)) == 8
    for size in json.loads(sizes).values():
        path = site.folder / "published" / size["file"]
        content = path.read_bytes()
        assert len(content) == size["bytes"]
        assert hashlib.sha256(content).hexdigest() == size["sha256"]
        with PillowImage.open(path) as picture:
            picture.load()
            assert picture.size == (size["width"], size["height"])


def test_killed_work_is_finished_by_another_worker_after_the_lease(
    installation: Installation,
) -> None:
    kill_in_the_middle(installation)
    assert installation.shell(_SWEEP).strip() == "0", "the dead worker's lease still runs"
    installation.ask("UPDATE files_image SET claimed_at = datetime('now', '-6 minutes')")
    assert installation.shell(_SWEEP).strip() == "1"
    installation.start_worker()
    installation.wait_for("ready")
    assert_whole(installation)
    assert installation.ask("SELECT attempts FROM files_image") == [(2,)]


def test_work_outlives_the_loss_of_its_job_and_two_workers_do_it_once(
    installation: Installation,
) -> None:
    installation.shell(_FORGET_JOBS)
    for _ in range(3):
        assert installation.shell(_SWEEP).strip() == "1"
    installation.start_worker()
    installation.start_worker()
    installation.wait_for("ready")
    assert_whole(installation)
    assert installation.ask("SELECT attempts FROM files_image") == [(1,)]
