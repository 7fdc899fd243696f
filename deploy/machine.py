"""What the services have in common: the machine they start on. Needs Python alone."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = Path(tempfile.gettempdir()) / f"rede-aberta-servicos-{os.getuid()}"
COMPOSE = ["docker", "compose", "-f", str(HERE / "compose.yaml")]
IS_ROOT = os.getuid() == 0


class Missing(RuntimeError):
    """Something has to be installed first; the message is the line to type."""


def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
    """Run to the end; raises CalledProcessError, with what it said, when it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload,no-any-return]


def has_docker() -> bool:
    """Whether a Docker engine answers (the client alone is of no use)."""
    if shutil.which("docker") is None:
        return False
    asked = subprocess.run(["docker", "info"], capture_output=True, check=False)
    return asked.returncode == 0


def install(package: str, otherwise: str) -> None:
    """Install a package of Debian's, as root; else raise Missing with what `otherwise` says."""
    if not IS_ROOT or shutil.which("apt-get") is None:
        raise Missing(otherwise)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], env=quiet)


def folder() -> Path:
    """Where the services keep their data: servers that do not run as root must reach it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o755)
    return FOLDER


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something listens on this port of the loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
