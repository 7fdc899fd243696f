"""What pages cost: CPU and queries of each kind of page, beside a bare Wagtail page of the same run.

    .venv/bin/python bench/pages.py

Makes an installation with its demo library and a bare `wagtail start` site in a temporary folder,
asks each page in process (no network), and writes a section of bench/RESULTS.md.
CPU is the process's own time; take the
ratios, not the milliseconds, from one machine to another.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from results import write_section
from running import run

ROOT = Path(__file__).resolve().parent.parent
REQUESTS = 100
WARM_UP = 5
PAGES = {
    "home": "/",
    "listing of 30": "/acervo/",
    "theme": "/temas/financas/",
    "guide": "/acervo/calcada-segura-como-medir/",
    "booklet": "/acervo/cartilha-fiscal-de-contrato/",
    "trail": "/trilhas/orcamento-publico-sem-medo/",
    "step": "/trilhas/orcamento-publico-sem-medo/do-empenho-ao-pagamento/",
    "episode": "/podcasts/expediente-aberto/empenho-nao-e-pagamento/",
    "feed": "/podcasts/expediente-aberto/feed.xml",
    "search": "/busca/?q=orcamento",
    "sitemap": "/sitemap.xml",
}
MEASURE = f"""
import json, statistics, sys, time
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
settings.ALLOWED_HOSTS = ["*"]
results = {{}}
for name, path in json.loads(sys.argv[1]).items():
    client = Client()
    for _ in range({WARM_UP}):
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    times = []
    for _ in range({REQUESTS}):
        started = time.process_time()
        client.get(path)
        times.append((time.process_time() - started) * 1000)
    results[name] = [statistics.median(times), len(queries), len(answer.content)]
print(json.dumps(results))
"""


def measure(cwd: Path, pages: dict[str, str], **variables: str) -> dict[str, list[float]]:
    output = run([sys.executable, "-c", MEASURE, json.dumps(pages)], cwd, **variables)
    return json.loads(output.splitlines()[-1])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, bare = Path(folder, "dados"), Path(folder, "bare")
        ours = {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.development"}
        started = time.monotonic()
        run([sys.executable, "manage.py", "serve", "--prepare-only"], ROOT, **ours)
        prepared = time.monotonic() - started
        bare.mkdir()
        run([str(Path(sys.executable).with_name("wagtail")), "start", "bare", "."], bare)
        theirs = {"DJANGO_SETTINGS_MODULE": "bare.settings.dev"}
        run([sys.executable, "manage.py", "migrate", "-v0"], bare, **theirs)
        floor = measure(bare, {"bare": "/"}, **theirs)["bare"]
        found = measure(ROOT, PAGES, **ours)
    median = statistics.median(cpu for cpu, _queries, _size in found.values())
    write_section(
        "What pages cost",
        [
            f"Written by `bench/pages.py`: median of {REQUESTS} requests in process, demo library,",
            "SQLite. The bare page is the first page of `wagtail start`, with its debug settings.",
            "",
            "| page | CPU ms | ÷ bare Wagtail page | queries | bytes |",
            "|---|---|---|---|---|",
            f"| bare Wagtail page | {floor[0]:.1f} | 1.0 | {floor[1]} | {floor[2]} |",
            *(
                f"| {name} | {cpu:.1f} | {cpu / floor[0]:.1f} | {queries} | {size} |"
                for name, (cpu, queries, size) in found.items()
            ),
            "",
            f"Median of our pages: {median:.1f} ms.",
            f"Making the data and the demo library: {prepared:.0f} s.",
        ],
    )


if __name__ == "__main__":
    main()
