"""Elasticsearch killed with -9 in the middle of a build and of a publication: nothing is missing
afterwards. Without its address there is nothing here to run."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command

from search import services
from search.elastic import index as elastic_index
from search.elastic import notes, paired
from search.elastic.breaker import Breaker
from search.elastic.client import AWAY, patient_client
from search.elastic.documents import Document, documents
from search.elastic.index import answering_indexes, build, indexes
from search.engines import SearchRequest
from search.models import Entry, IndexNote
from tests.factories import pages
from tests.installation import free_port

DEPLOY = Path(configured.BASE_DIR) / "deploy"
_LAUNCH = (
    "import sys; from pathlib import Path; import elastic; "
    "print(elastic.launch(Path(sys.argv[1]), int(sys.argv[2])))"
)


class Node:
    """An Elasticsearch of our own, with data that outlives it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._pid = 0

    def start(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", _LAUNCH, str(self._folder), str(self._port)],
            env={**os.environ, "PYTHONPATH": str(DEPLOY)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self._pid = int(done.stdout)

    def kill(self) -> None:
        """At once, with no time to write anything down."""
        if self._pid:
            os.killpg(self._pid, signal.SIGKILL)
        self._pid = 0


if configured.TEST_ELASTICSEARCH_URL:
    pytestmark = [pytest.mark.real_parts, pytest.mark.database, pytest.mark.django_db]

    @pytest.fixture
    def node(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Node]:
        folder = Path(tempfile.mkdtemp(prefix="elasticsearch-"))
        folder.chmod(0o755)  # the server runs as somebody else
        made = Node(folder)
        try:
            made.start()
            settings.ELASTICSEARCH_URL = made.url
            monkeypatch.setattr(paired, "breaker", Breaker())
            yield made
        finally:
            made.kill()
            shutil.rmtree(folder, ignore_errors=True)

    def found() -> tuple[set[str], bool]:
        """What is found of the guides, and whether Elasticsearch itself answered."""
        request = SearchRequest(keys=frozenset({"public"}), text="vacinação", per_page=50)
        answer = services.search(request)
        return {hit.entry.title for hit in answer.hits}, not answer.is_simpler

    def test_nothing_is_missing_afterwards(
        node: Node, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        def committed() -> Any:
            return django_capture_on_commit_callbacks(execute=True)

        build(patient_client(), list)
        with committed():
            guides = [pages.guide(title=f"Vacinação {number}") for number in range(8)]
        titles = {f"Vacinação {number}" for number in range(8)}
        assert found() == (titles, True)
        before = answering_indexes(patient_client())

        put, told = notes.put, []

        def killed_after_one(*args: Any, **how: Any) -> set[int]:
            refused = put(*args, **how)
            told.append(args)
            node.kill()
            return refused

        def killed_in_between() -> Iterator[tuple[int, Document]]:
            rows = Entry.objects.order_by("pk")
            for number, each in enumerate(documents(list(rows))):
                if number == 5:
                    with committed():
                        pages.guide(title="Vacinação nova")
                        guides[0].delete()
                yield each

        monkeypatch.setattr(notes, "AT_ONCE", 1)
        monkeypatch.setattr(notes, "put", killed_after_one)
        monkeypatch.setattr(elastic_index, "_AT_ONCE", 2)
        with pytest.raises(AWAY):
            build(patient_client(), killed_in_between)
        monkeypatch.undo()
        assert len(told) == 1
        titles = titles - {"Vacinação 0"} | {"Vacinação nova"}
        assert found() == (titles, False)
        assert IndexNote.objects.exists()

        Entry.objects.filter(title="Vacinação 7").update(title="Outra")  # by hand, past the notes
        with pytest.raises(CommandError, match=r"não responde.*resto foi conferido"):
            call_command("search_check", "--mend", stdout=(out := StringIO()))
        assert "1 itens corrigidos" in out.getvalue()
        assert services.keep_up() == 0
        assert found() == (titles, False)

        node.start()
        monkeypatch.setattr(paired, "breaker", Breaker())
        assert answering_indexes(patient_client()) == before
        assert len(indexes(patient_client())) == 2  # the half-built one is still there
        assert found() == (titles, False)  # back, and behind
        assert services.keep_up() > 0
        assert found() == (titles, True)

        call_command("reindex", stdout=StringIO())
        assert len(indexes(patient_client())) == 1
        assert found() == (titles, True)
        out = StringIO()
        call_command("search_check", stdout=out)
        assert "em dia" in out.getvalue()
