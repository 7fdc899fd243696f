"""What somebody typed, understood: words, phrases, what must be absent, authors, laws, acronyms."""

import pytest

from search.language import terms
from search.query import ACRONYM, AUTHOR, Atom, Clause, understand
from search.vocabulary import Vocabulary, acronym_form, plain_form

KNOWN = Vocabulary(
    [
        [
            acronym_form("LRF", is_word=False),
            plain_form("Lei de Responsabilidade Fiscal"),
            plain_form("Lei Complementar 101/2000"),
        ],
        [acronym_form("LAI", is_word=False), plain_form("Lei 12.527/2011")],
        [acronym_form("PAR", is_word=True), plain_form("Plano de Ações Articuladas")],
        [acronym_form("PPP", is_word=False), plain_form("Parceria Público-Privada")],
        [acronym_form("PPP", is_word=False), plain_form("Projeto Político-Pedagógico")],
        [plain_form("merenda"), plain_form("alimentação escolar")],
    ]
)
NOTHING = Vocabulary([])


def word(typed: str) -> Clause:
    return Clause((Atom(tuple(terms(typed) or [typed])),))


def run(typed: str) -> Atom:
    return Atom(tuple(terms(typed)), is_phrase=True)


def phrase(typed: str) -> Clause:
    return Clause((run(typed),))


def atoms(query: str) -> set[Atom]:
    """The atoms of the one clause that a query is."""
    [clause] = understand(query, KNOWN).wanted
    return set(clause.atoms)


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("creches obras", [word("creche"), word("obra")], []),
        ("creche creches", [word("creche")], []),
        ('"pesquisa de preços"', [phrase("pesquisa de preços")], []),
        ("“pesquisa de preços” obra", [phrase("pesquisa de preços"), word("obra")], []),
        ('"obra"', [word("obra")], []),
        ("creche -fila", [word("creche")], [word("fila")]),
        ('creche -"lista de espera"', [word("creche")], [phrase("lista de espera")]),
        ("creche - fila", [word("creche"), word("fila")], []),
        ("quarta-feira", [word("quarta"), word("feira")], []),
        ('"sem fim', [word("fim")], []),
        ('fila "" creche', [word("fila"), word("creche")], []),
        ("-fila", [word("fila")], []),
        ("suas", [word("suas")], []),
        ("o que é", [word("o"), word("que"), word("e")], []),
        ("as obras", [word("obra")], []),
        ("-a -o", [word("a"), word("o")], []),
        ("", [], []),
        (" \t ", [], []),
        ("?!", [], []),
    ],
)
def test_words_phrases_and_what_must_be_absent(
    typed: str, wanted: list[Clause], unwanted: list[Clause]
) -> None:
    query = understand(typed, NOTHING)
    assert list(query.wanted) == wanted
    assert list(query.unwanted) == unwanted


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("autor:helena", ["helena"]),
        ('autora:"Helena Prado"', ["helena", "prado"]),
        ("Autor:José orçamento", ["jose"]),
    ],
)
def test_who_made_it_is_looked_for_among_the_authors(typed: str, names: list[str]) -> None:
    asked = [atom for clause in understand(typed, NOTHING).wanted for atom in clause.atoms]
    assert [atom.terms[0] for atom in asked if atom.field == AUTHOR] == names


@pytest.mark.parametrize(
    "typed",
    [
        "lei 12527",
        "Lei 12.527",
        "lei nº 12.527",
        "LEI N° 12.527/2011",
        "lei n. 12.527/11",
        "lei no 12527 de 2011",
        "lei federal 12.527",
        "12.527/2011",
        "12.527",
        "12527",
        "LAI",
        "lai",
    ],
)
def test_a_law_is_one_thing_in_every_written_form(typed: str) -> None:
    assert {Atom(("12527",)), Atom(("lai",))} == atoms(typed)


@pytest.mark.parametrize(
    "typed", ["LC 101", "lc 101/2000", "Lei Complementar nº 101", "lei complementar 101/2000"]
)
def test_a_short_number_is_met_with_what_it_belongs_to(typed: str) -> None:
    assert {
        run("LC 101"),
        run("Lei Complementar 101"),
        Atom(("lrf",)),
        run("Lei de Responsabilidade Fiscal"),
    } == atoms(typed)


@pytest.mark.parametrize("typed", ["2021", "101", "10 passos"])
def test_a_number_is_not_always_a_law(typed: str) -> None:
    wanted = understand(typed, KNOWN).wanted
    assert Atom(("lai",)) not in {atom for clause in wanted for atom in clause.atoms}


@pytest.mark.parametrize("typed", ["LRF", "lrf"])
def test_an_acronym_meets_what_it_stands_for(typed: str) -> None:
    assert {
        Atom(("lrf",)),
        run("Lei de Responsabilidade Fiscal"),
        run("LC 101"),
        run("Lei Complementar 101"),
    } == atoms(typed)


@pytest.mark.parametrize(
    "typed", ["lei de responsabilidade fiscal", "Lei da Responsabilidade Fiscal"]
)
def test_what_it_stands_for_meets_the_acronym_and_still_the_words_apart(typed: str) -> None:
    found = atoms(typed)
    assert Atom(("lrf",)) in found
    assert Atom(tuple(terms("Lei de Responsabilidade Fiscal"))) in found


def test_a_phrase_is_taken_as_it_is_typed() -> None:
    assert understand('"lei de responsabilidade fiscal"', KNOWN).wanted == (
        phrase("lei de responsabilidade fiscal"),
    )


def test_an_acronym_that_is_a_word_is_met_by_itself_or_in_its_own_field() -> None:
    assert atoms("par") == {Atom(("par",)), Atom(("par",), field=ACRONYM)}
    assert Atom(("par",)) not in atoms("plano de ações articuladas")
    assert Atom(("par",), field=ACRONYM) in atoms("plano de ações articuladas")


def test_both_readings_of_an_acronym_are_met_but_not_one_by_the_other() -> None:
    private, school = run("parceria público-privada"), run("projeto político-pedagógico")
    assert atoms("PPP") == {Atom(("ppp",)), private, school}
    assert school not in atoms("parceria público-privada")
    assert private not in atoms("projeto político-pedagógico")


def test_synonyms_meet_both_ways() -> None:
    assert run("alimentação escolar") in atoms("merenda")
    for clause in understand("alimentação escolar", KNOWN).wanted:
        assert Atom(tuple(terms("merenda"))) in clause.atoms


def test_of_an_expression_an_entry_may_hold_a_part_or_what_means_the_same() -> None:
    query = understand("alimentação escolar saudável", KNOWN)
    assert [each.atoms[0].terms for each in query.wanted] == [
        ("alimentaca",),
        ("escolar",),
        ("saudavel",),
    ]


@pytest.mark.parametrize("typed", ["alimentações escolares", "alimentando escolas"])
def test_an_expression_is_known_by_any_form_of_its_words(typed: str) -> None:
    for clause in understand(typed, KNOWN).wanted:
        assert Atom(tuple(terms("merenda"))) in clause.atoms


def test_a_name_is_known_only_as_it_is_written() -> None:
    atoms_of = [each.atoms for each in understand("responsabilizar fiscais da lei", KNOWN).wanted]
    assert Atom(("lrf",)) not in {atom for atoms in atoms_of for atom in atoms}


def test_the_rest_of_a_query_is_asked_for_beside_what_is_known() -> None:
    query = understand("limites da LRF -estado", KNOWN)
    assert [len(clause.atoms) for clause in query.wanted] == [1, 4]
    assert query.unwanted == (word("estado"),)


def test_acronyms_of_a_text_are_those_in_capitals_or_written_out() -> None:
    assert KNOWN.acronyms_in("O PAR e a LRF", "Segundo a Lei 12.527/2011, ao par de tudo") == [
        "par",
        "lrf",
        "lai",
    ]
    assert KNOWN.acronyms_in("Um par de sapatos") == []
    assert KNOWN.acronyms_in("O Plano de Ações Articuladas do município") == ["par"]


@pytest.mark.parametrize("typed", ["vacinar", "vacinando", "vacinação", "vacinacoes"])
def test_a_verb_and_what_is_made_of_it_meet_words_of_their_root(typed: str) -> None:
    [clause] = understand(typed, NOTHING).wanted
    met = {atom.terms[0] for atom in clause.atoms}
    assert set(terms("vacina vacinar vacinação vacinado")) <= met


def test_what_is_known_under_one_form_of_a_word_is_met_from_the_others() -> None:
    known = Vocabulary([[plain_form("alagamento"), plain_form("enchente")]])
    for typed in ("alagou", "alagada", "alagamentos"):
        [clause] = understand(typed, known).wanted
        met = {atom.terms[0] for atom in clause.atoms}
        assert set(terms("alagar alagamento enchente")) <= met


@pytest.mark.parametrize("typed", ["hospitalar", "popular", "mercado", "lar", "mulher"])
def test_a_word_that_only_ends_as_a_verb_does_is_met_by_itself(typed: str) -> None:
    [clause] = understand(typed, NOTHING).wanted
    assert len(clause.atoms) == 1


@pytest.mark.parametrize(
    ("query", "firm", "rings"),
    [
        ("creche", 1, (1,)),
        ("fila da creche", 2, (2,)),
        ("onde vejo a fila da creche", 2, (2,)),
        ("como posso saber sobre a fila", 1, (1,)),
        ("o que fazer", 1, (1,)),
        ("gostaria de saber se a gente consegue feira", 1, (1,)),
        ("cadê a fila dessa creche", 2, (2,)),
        ("feira barraca praça", 3, (3, 2)),
        ("feira barraca praça cedo", 3, (4, 3, 2)),
        ("feira barraca praça cedo domingo", 3, (5, 4, 3)),
        ("feira barraca praça cedo domingo chuva", 4, (6, 5, 4, 3)),
        (" ".join(f"palavra{n}" for n in range(10)), 5, (8, 7, 5, 4)),
    ],
)
def test_of_many_things_some_may_be_missing_and_so_may_weak_words(
    query: str, firm: int, rings: tuple[int, ...]
) -> None:
    read = understand(query, NOTHING)
    assert (read.firm, read.rings) == (firm, rings)


def test_words_typed_side_by_side_are_told_with_the_later_of_their_clauses() -> None:
    read = understand('praça "da cidade nova" limpa e rua autor:ana', NOTHING)
    assert read.neighbours == ((4, ("limp", "rua")),)
    merenda = understand("compra da alimentação escolar", KNOWN)
    assert merenda.neighbours == (
        (1, ("compr", "alimentaca")),
        (2, ("alimentaca", "escolar")),
    )


@pytest.mark.parametrize("typed", ["acessível", "acessíveis", "acessibilidade"])
def test_a_quality_and_what_has_it_meet(typed: str) -> None:
    [clause] = understand(typed, NOTHING).wanted
    assert {atom.terms for atom in clause.atoms} == {("acessivel",), ("acessibilidad",)}
