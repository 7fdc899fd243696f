"""Real workers of an installation, watched from outside."""

import subprocess
import time
from collections.abc import Callable
from typing import Any

from tests.files.test_workers import Installation

Row = tuple[Any, ...]


def wait_until(
    site: Installation,
    row_of: Callable[[Installation], Row],
    condition: Callable[[Row], bool],
    seconds: float = 400,
) -> Row:
    """The row that is worked on, once it is as wanted."""
    deadline = time.monotonic() + seconds
    while not condition(row := row_of(site)):
        assert time.monotonic() < deadline, row
        time.sleep(0.1)
    return row


def encoders(site: Installation) -> list[int]:
    """The processes that work in this site's folder."""
    listed = subprocess.run(
        ["ps", "-wweo", "pid=,args="], capture_output=True, text=True, check=True
    )
    lines = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, command in lines if f"{site.folder}/encoding" in command]
