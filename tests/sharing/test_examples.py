"""The example files and docs/import.md are true."""

from pathlib import Path

import pytest
from django.conf import settings

from sharing.importing import runs
from sharing.models import ImportRun, Outcome
from tests.sharing.documented import table_rows
from tests.sharing.importing import read

DOCS = Path(settings.BASE_DIR) / "docs"
EXAMPLES = DOCS / "examples"
NAMES = ("importar.csv", "importar.xlsx", "importar.jsonl")


def test_every_column_is_documented_as_it_is() -> None:
    lines = (DOCS / "import.md").read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| coluna | tipos |"))
    end = lines.index("", start)
    assert lines[start + 2 : end] == table_rows()


@pytest.mark.django_db
@pytest.mark.usefixtures("themes")
def test_the_examples_say_the_same_in_each_format_and_come_in() -> None:
    said = [
        [
            {k: v for k, v in row.values.items() if v}
            for row in read((EXAMPLES / name).read_bytes(), name)
        ]
        for name in NAMES
    ]
    assert said[0] == said[1] == said[2]
    outcomes = []
    for name in NAMES:
        with (EXAMPLES / name).open("rb") as file:
            digest, total = runs.survey(file, name)
            run = runs.begin(name=name, digest=digest, total=total, create_people=True)
            assert runs.claim(run)
            assert runs.work(run, file, EXAMPLES)
        outcomes.append({line.code: (line.outcome, line.standing) for line in run.lines.all()})
    created, same = Outcome.CREATED, Outcome.SAME
    standings = {
        "GUIA-0001": "waiting",
        "ART-0002": "live",
        "CART-0003": "waiting",
        "GUIA-0004": "draft",
    }
    assert outcomes[0] == {code: (created, standing) for code, standing in standings.items()}
    assert outcomes[1] == outcomes[2] == {c: (same, s) for c, s in standings.items()}
    assert ImportRun.objects.count() == 3
