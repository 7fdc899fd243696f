"""What is said in a recording is found with the second at which it is said."""

import pytest

from search.engines import SearchEngine
from search.entries import Segment
from tests.factories import entries
from tests.search.asking import ask

pytestmark = pytest.mark.django_db

SAID = [
    Segment(0, "t0", "Bom dia a todos."),
    Segment(65_500, "t65500", "O fornecedor esperou a nota de empenho."),
    Segment(3_725_000, "t3725000", "A merenda chegou, e o fornecedor foi pago pela LRF."),
]


@pytest.fixture(autouse=True)
def episode(engine: SearchEngine) -> None:
    entries.entry(
        title="Conversa sobre prazos",
        summary="Dois servidores contam.",
        url="/podcasts/x/conversa/",
        body="\n".join(segment.text for segment in SAID),
        segments=SAID,
    )


@pytest.mark.parametrize(
    ("typed", "address", "clock", "shown"),
    [
        ("empenho", "/podcasts/x/conversa/#t65500", "01:05", "nota de <mark>empenho</mark>"),
        ("merenda", "/podcasts/x/conversa/#t3725000", "1:02:05", "A <mark>merenda</mark> chegou"),
        ("fornecedor merenda", "/podcasts/x/conversa/#t3725000", "1:02:05", "<mark>fornecedor"),
        (
            "lei de responsabilidade fiscal",
            "/podcasts/x/conversa/#t3725000",
            "1:02:05",
            "pela <mark>LRF</mark>",
        ),
    ],
)
def test_the_answer_leads_to_the_second(
    engine: SearchEngine, typed: str, address: str, clock: str, shown: str
) -> None:
    [hit] = ask(engine, typed).hits
    assert hit.moment is not None
    assert (hit.moment.url, hit.moment.clock) == (address, clock)
    assert shown in hit.excerpt_html


def test_what_the_title_says_already_leads_to_the_beginning(engine: SearchEngine) -> None:
    for typed in ("prazos", "servidores", ""):
        [hit] = ask(engine, typed).hits
        assert hit.moment is None


def test_what_is_written_and_never_said_has_no_second(engine: SearchEngine) -> None:
    entries.entry(title="Um guia", body="Como medir a calçada.")
    [hit] = ask(engine, "calçada").hits
    assert hit.moment is None
