"""Nobody learns of what they may not read: by no query, count, suggestion, other word, program or feed,
whichever engine answers."""

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.audience import SIGNED_IN, group_key
from search import best_bets, services, spelling, suggestions
from search.curation import BestBet, PinnedPage
from search.engines import SearchEngine
from search.models import Entry
from tests.conftest import signed_in
from tests.factories import entries, people

pytestmark = pytest.mark.django_db

Paths = dict[str, str]

# What somebody might ask to learn of “Marimba sigilosa”, by Eva, in Acre, for data teams.
QUESTIONS: Paths = {
    "words": "/busca/?q=marimba",
    "words of both": "/busca/?q=xilofone+marimba",
    "phrase": "/busca/?q=%22marimba+sigilosa%22",
    "absent": "/busca/?q=xilofone+-marimba",
    "author": "/busca/?q=autor:eva",
    "law": "/busca/?q=lei+98765",
    "counts": "/busca/?q=xilofone",
    "counts without words": "/busca/",
    "filter": "/busca/?q=xilofone&autor=eva&uf=AC",
    "filter for whom": "/busca/?publico=dados&nivel=avancado",
    "theme": "/busca/?tema=sigilo",
    "order and page": "/busca/?q=xilofone&ordem=titulo&pagina=2",
    "did you mean": "/busca/?q=marinba",
    "near themes": "/busca/?q=nada-disso",
    "suggestions": "/busca/sugestoes/?q=mari",
    "suggested people": "/busca/sugestoes/?q=eva",
    "suggested themes": "/busca/sugestoes/?q=sigil",
    "program": "/api/v2/search/?q=xilofone",
    "program, other word": "/api/v2/search/?q=marinba",
    "program, filter": "/api/v2/search/?autor=eva",
    "feed": "/busca/atom?q=xilofone",
    "feed, filter": "/busca/atom?uf=AC",
    "news": "/novidades.atom",
    "library": "/acervo/",
    "themes": "/temas/",
}
# Those that answer everybody as they answer a stranger.
SAME_FOR_ALL = ("suggest", "program", "feed", "news")


def open_entries() -> None:
    for slug in ("educacao", "sigilo"):
        people.theme(slug)
    for name in ("um", "dois"):
        entries.entry(
            title=f"Xilofone {name}",
            themes=["educacao"],
            authors=["Ana"],
            more=[("autor", "ana", "Ana"), ("uf", "BA", "Bahia")],
        )


def hidden_entry(key: str) -> None:
    """The entry, which curators have chosen for what others ask."""
    made = entries.entry(
        title="Marimba sigilosa",
        summary="Um xilofone grande.",
        body="Segundo a Lei 98.765/2020.",
        themes=["sigilo"],
        people=["eva"],
        authors=["Eva"],
        more=[
            ("autor", "eva", "Eva"),
            ("uf", "AC", "Acre"),
            ("publico", "dados", "Equipes de dados e tecnologia"),
            ("nivel", "avancado", "Avançado"),
        ],
        audience=frozenset({key}),
    )
    bet = BestBet(queries="xilofone")
    bet.pinned = [PinnedPage(page_id=made.pk)]
    bet.save()


def answers(client: Client, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """What each of the questions is answered, as if nobody had asked before."""
    for name, path in QUESTIONS.items():
        if wanted(name):
            best_bets.forget()
            spelling.forget()
            suggestions.forget()
            answer = client.get(path)
            assert answer.status_code == 200, name
            yield name, answer.content


def everything(name: str) -> bool:
    return bool(name)


def same_for_all(name: str) -> bool:
    return name.startswith(SAME_FOR_ALL)


@pytest.mark.parametrize("closed_to", ["group", "signed-in"])
def test_every_answer_is_what_it_would_be_without_what_is_hidden(
    engine: SearchEngine, closed_to: str
) -> None:
    group = people.group("Turma A")
    key = group_key(group.pk) if closed_to == "group" else SIGNED_IN
    outsider = signed_in(people.user("Turma B")) if closed_to == "group" else Client()
    insider = signed_in(people.user("Turma A"))
    open_entries()
    before = dict(answers(Client(), everything))
    before_outside = dict(answers(outsider, everything))
    before_inside = dict(answers(insider, same_for_all))
    hidden_entry(key)
    assert dict(answers(Client(), everything)) == before
    assert dict(answers(outsider, everything)) == before_outside
    assert dict(answers(insider, same_for_all)) == before_inside


@pytest.mark.parametrize(
    "name", ["words", "phrase", "author", "law", "filter for whom", "theme", "library"]
)
def test_who_may_read_it_finds_and_counts_it(engine: SearchEngine, name: str) -> None:
    group = people.group("Turma A")
    open_entries()
    hidden_entry(group_key(group.pk))
    answer = signed_in(people.user("Turma A")).get(QUESTIONS[name])
    soup = BeautifulSoup(answer.content, "html5lib")
    assert "Marimba sigilosa" in [title.get_text() for title in soup.select(".row__t")]
    counted = {each.title: each.choices for each in answer.context["shelf"].groups}
    assert {each.label: each.count for each in counted["Tema"]}["Sigilo"] == 1


def test_what_becomes_closed_is_out_of_every_answer_at_once(engine: SearchEngine) -> None:
    open_entries()
    before = dict(answers(Client(), everything))
    hidden_entry("public")
    assert dict(answers(Client(), everything)) != before
    entry = Entry.objects.get(title="Marimba sigilosa")
    services.write_audiences({entry.pk: frozenset({SIGNED_IN})})
    assert dict(answers(Client(), everything)) == before
