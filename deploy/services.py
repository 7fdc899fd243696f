"""Start and stop the services that the whole suite runs against, or say which line to type.

    python deploy/services.py start    prints the variables by which the site finds them
    python deploy/services.py stop

PostgreSQL: a given DATABASE_URL is used as it is; else a Docker engine runs deploy/compose.yaml;
else Debian's package (installed when this runs as root) gets a cluster of its own, with its data
in the folder for temporary files, listening on the loopback only. Needs Python alone.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = Path(tempfile.gettempdir()) / f"rede-aberta-servicos-{os.getuid()}"
CLUSTER = FOLDER / "postgres"
NOTE = FOLDER / "database-url"
COMPOSE = ["docker", "compose", "-f", str(HERE / "compose.yaml")]
COMPOSE_URL = "postgres://rede:rede@127.0.0.1:54329/rede"
# Tests may lose their data: no waiting for the disk.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


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


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def install_programs() -> Path:
    """Debian's package, as root; else the line to type."""
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(
            "Falta o PostgreSQL. Instale com:\n"
            "  sudo apt-get install --no-install-recommends postgresql\n"
            "ou diga onde há um: DATABASE_URL=postgres://usuario:senha@servidor/banco"
        )
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], env=quiet)
    installed = programs()
    if installed is None:
        raise Missing("O pacote postgresql foi instalado, mas o initdb não apareceu.")
    return installed


def as_server(command: list[str]) -> list[str]:
    """The command as the user of the server: it refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


def start_cluster() -> str:
    """A cluster of its own on a free port; the same one while it runs. Returns its URL."""
    bin_folder = programs() or install_programs()
    if NOTE.exists():
        if answers(NOTE.read_text()):
            return NOTE.read_text()
        stop_cluster()
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o755)
    CLUSTER.mkdir()
    if os.getuid() == 0:
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


def stop_cluster() -> None:
    """Stop the cluster, if it runs, and delete its data."""
    bin_folder = programs()
    if bin_folder is not None and (CLUSTER / "data").exists():
        control = [str(bin_folder / "pg_ctl"), "-D", str(CLUSTER / "data"), "-m", "immediate"]
        subprocess.run(as_server([*control, "stop"]), check=False, cwd="/", capture_output=True)
    shutil.rmtree(FOLDER, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether something listens where `url` says."""
    port = int(url.rsplit(":", 1)[1].split("/", maxsplit=1)[0])
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start() -> dict[str, str]:
    """The variables of the services, running."""
    if os.environ.get("DATABASE_URL"):
        return {"DATABASE_URL": os.environ["DATABASE_URL"]}
    if has_docker():
        run([*COMPOSE, "up", "-d", "--wait", "postgres"])
        return {"DATABASE_URL": COMPOSE_URL}
    return {"DATABASE_URL": start_cluster()}


def stop() -> None:
    if has_docker():
        run([*COMPOSE, "down", "--volumes"])
    stop_cluster()


def main() -> None:
    wanted = sys.argv[1:]
    try:
        if wanted == ["start"]:
            for name, value in start().items():
                print(f"export {name}='{value}'")
        elif wanted == ["stop"]:
            stop()
        else:
            sys.exit(__doc__)
    except Missing as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(f"Não deu certo: {' '.join(error.cmd)}\n{error.stderr or ''}")


if __name__ == "__main__":
    main()
