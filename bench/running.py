"""Programs that are measured, each in a process of its own."""

import os
import subprocess
from pathlib import Path


def run(arguments: list[str], cwd: Path, **variables: str) -> str:
    """What a program printed; ends the bench with what it complained of when it fails."""
    done = subprocess.run(
        arguments,
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout
