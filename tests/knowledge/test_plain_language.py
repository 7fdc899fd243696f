"""Advice on plain Portuguese: what is told, with which words, and what is left in peace."""

import pytest

from knowledge.plain_language import (
    acronyms_of,
    advise,
    excerpt_of,
    is_explained,
    long_paragraphs,
    long_sentences,
    officialese,
    passives,
    sentences_of,
    unexplained_acronyms,
)


def test_plain_text_gets_no_advice() -> None:
    assert (
        advise(
            [
                "O orçamento diz o que a cidade decidiu fazer primeiro.",
                "Leia a lei do ano. Depois, confira o que a prefeitura pagou.",
            ]
        )
        == []
    )


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("Abra o pedido. Confira o preço. Guarde a folha.", 3),
        ("O art. 5º vale para todos. O inciso também.", 2),
        ("A Dra. Ana e o Sr. João leram a Lei n. 14.133/2021.", 1),
        ("Custa R$ 1.250,00 por mês. É muito?", 2),
        ("“Venha!” Foi o que ela disse.", 2),
        ("Veja a p. 12 e as págs. 14 e 15.", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_people_end_them(paragraph: str, count: int) -> None:
    assert len(sentences_of(paragraph)) == count


def test_a_long_sentence_is_told_with_its_length_and_its_beginning() -> None:
    words = " ".join(["palavra"] * 25)
    (told,) = long_sentences([f"Curta. Uma {words} aqui."])
    assert "27 palavras" in told.sentence
    assert told.excerpt.startswith("Uma palavra")
    assert not list(long_sentences([f"{words}."]))


def test_a_long_paragraph_is_told() -> None:
    short = "Uma frase de cinco palavras. "
    assert list(long_paragraphs([short * 20])) == []
    (told,) = long_paragraphs([short * 21])
    assert "105 palavras" in told.sentence


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A PNAB manda.", ["PNAB"]),
        ("Os CAPSs e o CRAS atendem.", ["CAPS", "CRAS"]),
        ("Art. 5º, inciso XII, da Lei.", []),
        ("Papel A4 para todos.", []),
        ("ATENÇÃO PARA O PRAZO", []),
        ("O R.G. da pessoa", ["R.G"]),
        ("Veja https://www.exemplo.br/ABC-DEF", []),
    ],
)
def test_acronyms_are_told_from_numbers_and_shouting(text: str, found: list[str]) -> None:
    assert acronyms_of(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "O Centro de Referência de Assistência Social (CRAS) atende. O CRAS abre às oito.",
        "O CRAS (Centro de Referência de Assistência Social) atende.",
        "Procure o CRAS, o Centro de Referência de Assistência Social.",
        "CRAS quer dizer centro de referência.",
        "Na lei está CRAS, centro de referência da assistência social, sem maiúsculas.",
    ],
)
def test_an_acronym_may_be_explained_in_many_ways(text: str) -> None:
    assert is_explained("CRAS", text)
    assert list(unexplained_acronyms([text])) == []


def test_an_acronym_that_nobody_explained_is_told_once() -> None:
    (told,) = unexplained_acronyms(["Procure o CRAS.", "O CRAS (perto) abre às oito."])
    assert "CRAS" in told.sentence
    assert told.excerpt == "Procure o CRAS."


def test_what_everybody_knows_needs_no_explanation() -> None:
    assert list(unexplained_acronyms(["Leve o CPF à UBS em PDF, diz o SUS de SP."])) == []


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Outrossim, leve a conta.", "também"),
        ("A obra foi postergada.", "adiar"),
        ("No que tange ao prazo, espere.", "sobre o"),
        ("Para viabilizar a compra", "permitir"),
    ],
)
def test_words_of_the_office_have_everyday_ones_beside_them(text: str, instead: str) -> None:
    (told,) = officialese([text])
    assert instead in told.sentence
    assert told.excerpt == text


def test_a_word_is_told_once_and_the_longer_one_goes_first() -> None:
    told = list(officialese(["Efetuar o pagamento.", "Efetuar o pagamento outra vez."]))
    assert [advice.sentence for advice in told] == [
        "No lugar de “Efetuar o pagamento”, experimente “pagar”."
    ]


@pytest.mark.parametrize("text", ["A obra mudou.", "O elenco é bom.", "Saiu “outrossim” da carta."])
def test_a_word_inside_another_is_left_in_peace(text: str) -> None:
    assert list(officialese([text])) == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("O pedido é analisado pelo setor de compras.", True),
        ("O formulário deverá ser entregue até sexta.", True),
        ("O formulário deverá ser assinado até sexta.", True),
        ("A porta estava fechada.", False),
        ("Ela é casada.", False),
        ("O setor analisa o pedido.", False),
    ],
)
def test_passives_that_hide_who_does_it_are_told(text: str, is_told: bool) -> None:
    assert bool(list(passives([text]))) == is_told


def test_an_excerpt_is_short_whole_words_around_what_it_is_about() -> None:
    text = f"{'antes ' * 40}AQUI {'depois ' * 40}".strip()
    shown = excerpt_of(text, "AQUI")
    assert "AQUI" in shown
    assert len(shown) < 120
    assert shown.startswith("…antes ")
    assert shown.endswith("s…") or shown.endswith("depois…")


def test_nothing_is_told_of_nothing() -> None:
    assert advise([]) == advise(["", "  \n "]) == []
