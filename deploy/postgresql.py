"""A PostgreSQL for the tests, from Debian's package: a cluster of its own, on the loopback only."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from machine import FOLDER, IS_ROOT, Missing, answers, folder, free_port, install, run

CLUSTER = FOLDER / "postgres"
NOTE = FOLDER / "database-url"
# Tests may lose their data: no waiting for the disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
MISSING = (
    "Falta o PostgreSQL. Instale com:\n"
    "  sudo apt-get install --no-install-recommends postgresql\n"
    "ou diga onde há um: DATABASE_URL=postgres://usuario:senha@servidor/banco"
)


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def install_programs() -> Path:
    """Debian's package, as root; else the line to type."""
    install("postgresql", MISSING)
    installed = programs()
    if installed is None:
        raise Missing("O pacote postgresql foi instalado, mas o initdb não apareceu.")
    return installed


def as_server(command: list[str]) -> list[str]:
    """The command as the user of the server: it refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if IS_ROOT else command


def start() -> str:
    """A cluster on a free port; the same one while it runs. Returns its URL."""
    bin_folder = programs() or install_programs()
    if NOTE.exists():
        url = NOTE.read_text()
        if answers(int(url.rsplit(":", 1)[1].split("/", maxsplit=1)[0])):
            return url
        stop()
    folder()
    CLUSTER.mkdir()
    if IS_ROOT:
        owner = pwd.getpwnam("postgres")
        os.chown(CLUSTER, owner.pw_uid, owner.pw_gid)
    initdb = [str(bin_folder / "initdb"), "-D", str(CLUSTER / "data"), "-U", "rede"]
    run(as_server([*initdb, "-A", "trust", "-E", "UTF8", "--no-locale"]), cwd="/")
    port = free_port()
    options = f"{OPTIONS} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -p {port}"
    control = [str(bin_folder / "pg_ctl"), "-D", str(CLUSTER / "data"), "-w"]
    log = ["-l", str(CLUSTER / "log"), "-o", options, "start"]
    # The server inherits what it is given: a pipe of ours would never be closed.
    subprocess.run(
        as_server([*control, *log]),
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    url = f"postgres://rede@127.0.0.1:{port}/postgres"
    NOTE.write_text(url)
    return url


def stop() -> None:
    """Stop the cluster, if it runs, and delete its data."""
    bin_folder = programs()
    if bin_folder is not None and (CLUSTER / "data").exists():
        control = [str(bin_folder / "pg_ctl"), "-D", str(CLUSTER / "data"), "-m", "immediate"]
        subprocess.run(as_server([*control, "stop"]), check=False, cwd="/", capture_output=True)
    shutil.rmtree(CLUSTER, ignore_errors=True)
    NOTE.unlink(missing_ok=True)
