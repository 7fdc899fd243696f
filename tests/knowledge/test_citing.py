"""How a work is cited: in ABNT's form, and as files that reference managers read."""

import re
from datetime import date
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from knowledge.citing import (
    CitedWork,
    Creator,
    abnt_html,
    abnt_text,
    bibtex,
    ris,
    surname_first,
)

ADDRESS = "https://rede.example/r/12/"
DAY = date(2026, 5, 4)


def work(*names: str, **fields: Any) -> CitedWork:
    creators = tuple(Creator(name) for name in names or ("Helena Prado",))
    values = {
        "title": "Ler o orçamento",
        "creators": creators,
        "publisher": "Rede Aberta",
        "url": ADDRESS,
        "published_on": date(2026, 11, 3),
    }
    return CitedWork(**values | fields)


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("Helena Prado", ("Prado", "Helena")),
        ("Ana Lúcia Reis", ("Reis", "Ana Lúcia")),
        ("João da Silva", ("Silva", "João da")),
        ("Maria das Dores de Souza", ("Souza", "Maria das Dores de")),
        ("João da Silva Filho", ("Silva Filho", "João da")),
        ("José Carlos Araújo Neto", ("Araújo Neto", "José Carlos")),
        ("Pedro Alves Júnior", ("Alves Júnior", "Pedro")),
        ("Pedro Alves Jr.", ("Alves Jr.", "Pedro")),
        ("João Neto", ("Neto", "João")),
        ("Heitor Villa-Lobos", ("Villa-Lobos", "Heitor")),
        ("Pixinguinha", ("Pixinguinha", "")),
        ("  Helena \n Prado ", ("Prado", "Helena")),
    ],
)
def test_a_person_is_cited_by_surname(name: str, cited: tuple[str, str]) -> None:
    assert surname_first(name) == cited


def test_a_person_may_say_how_to_be_cited() -> None:
    creator = Creator("Camilo Castelo Branco", cited_as="Castelo Branco, Camilo")
    assert creator.parts == ("Castelo Branco", "Camilo")


@pytest.mark.parametrize(
    ("cited", "reference"),
    [
        (work(), "PRADO, Helena. Ler o orçamento."),
        (work("Helena Prado", "João da Silva"), "PRADO, Helena; SILVA, João da. Ler o orçamento."),
        (work("A Bê", "C Dê", "E Fê"), "BÊ, A; DÊ, C; FÊ, E. Ler o orçamento."),
        (work("A Bê", "C Dê", "E Fê", "G Gê"), "BÊ, A et al. Ler o orçamento."),
        (work(title="Quem paga?"), "PRADO, Helena. Quem paga?"),
        (work(title="Fim: o recomeço"), "PRADO, Helena. Fim: o recomeço."),
        (work("Pedro Alves Jr."), "ALVES JR., Pedro. Ler o orçamento."),
        (
            work(creators=(Creator("Equipe Rede Aberta", is_body=True),)),
            "EQUIPE REDE ABERTA. Ler o orçamento.",
        ),
        (
            work(creators=(Creator("Helena Prado", is_organiser=True),)),
            "PRADO, Helena (org.). Ler o orçamento.",
        ),
        (work(creators=()), "LER o orçamento."),
        (work(creators=(), title="A fila da creche"), "A FILA da creche."),
    ],
)
def test_the_reference_begins_with_who_and_what(cited: CitedWork, reference: str) -> None:
    end = f" [S. l.]: Rede Aberta, 2026. Disponível em: {ADDRESS}. Acesso em: 4 maio 2026."
    assert abnt_text(cited, DAY) == f"{reference}{end}"


def test_an_episode_is_entered_by_its_title_with_voices_and_day() -> None:
    cited = work("Ana Lúcia Reis", title="A agenda era o problema", schema_type="PodcastEpisode")
    assert abnt_text(cited, DAY) == (
        "A AGENDA era o problema. [Locução de]: Ana Lúcia Reis. [S. l.]: Rede Aberta, "
        f"3 nov. 2026. Podcast. Disponível em: {ADDRESS}. Acesso em: 4 maio 2026."
    )


def test_without_a_day_of_access_the_reference_ends_at_the_address() -> None:
    assert abnt_text(work()).endswith(f"Disponível em: {ADDRESS}.")


def test_a_work_without_a_date_says_so() -> None:
    assert "Rede Aberta, [s. d.]." in abnt_text(work(published_on=None))


def test_the_html_sets_the_title_apart_and_marks_the_gap() -> None:
    html = abnt_html(work(title="Ler: em <uma> tarde"))
    assert "<b>Ler</b>: em &lt;uma&gt; tarde." in html
    assert html.endswith("Acesso em: <span data-today>[dia do acesso]</span>.")


def test_the_html_and_the_text_say_the_same() -> None:
    cited = work("A Bê", "C Dê", "E Fê", "G Gê", title="Contas & contos: um guia")
    plain = re.sub("<[^>]+>", "", abnt_html(cited)).replace("&amp;", "&")
    assert plain.replace("[dia do acesso]", "4 maio 2026") == abnt_text(cited, DAY)


# --- read back by others --------------------------------------------------------------------------


def read_bibtex(text: str) -> Any:
    database: BibliographyData = parse_string(text, "bibtex")
    [entry] = database.entries.values()
    return entry


def decoded(value: str) -> str:
    """LaTeX as it is printed."""
    for command, char in {
        "backslash": "\\",
        "braceleft": "{",
        "braceright": "}",
        "asciitilde": "~",
        "asciicircum": "^",
    }.items():
        value = value.replace(f"\\text{command}{{}}", f"\0{ord(char)}\0")
    value = re.sub(r"\\([#$%&_])", r"\1", value.replace("{", "").replace("}", ""))
    return re.sub(r"\0(\d+)\0", lambda match: chr(int(match.group(1))), value)


def test_bibtex_is_read_back() -> None:
    cited = work("João da Silva Filho", title="LRF: 50% & depois_#1", language="pt-BR")
    entry = read_bibtex(bibtex(cited))
    [author] = entry.persons["author"]
    assert author.last_names == ["Silva", "Filho"]
    assert author.first_names + author.middle_names == ["João", "da"]
    assert decoded(entry.fields["title"]) == "LRF: 50% & depois_#1"
    assert entry.fields["url"] == ADDRESS
    assert (entry.fields["year"], entry.fields["month"]) == ("2026", "11")
    assert re.fullmatch(r"[a-z0-9]+", entry.key)


def test_a_body_is_one_name_in_bibtex() -> None:
    body = Creator("Secretaria de Saúde, Recife and Olinda", is_body=True)
    [author] = read_bibtex(bibtex(work(creators=(body,)))).persons["author"]
    assert author.last_names == ["{Secretaria de Saúde, Recife and Olinda}"]


def test_ris_is_read_back() -> None:
    cited = work(
        "Helena Prado",
        "João da Silva",
        summary="Uma frase.\nOutra.",
        keywords=("LRF", "despesa"),
        licence="CC BY 4.0",
    )
    [record] = rispy.loads(ris(cited))
    assert record["type_of_reference"] == "ELEC"
    assert record["authors"] == ["Prado, Helena", "Silva, João da"]
    assert record["title"] == "Ler o orçamento"
    assert record["abstract"] == "Uma frase. Outra."
    assert record["keywords"] == ["LRF", "despesa"]
    assert record["year"] == "2026"
    assert record["urls"] == [ADDRESS]
    assert record["notes"] == ["CC BY 4.0"]


anything = st.text(min_size=1).filter(lambda text: "".join(filter(str.isprintable, text)).strip())


@given(title=anything, name=anything)
def test_no_title_or_name_breaks_a_file(title: str, name: str) -> None:
    cited = work(name, title=title)
    line = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    entry = read_bibtex(bibtex(cited))
    assert decoded(entry.fields["title"]) == line
    assert len(entry.persons["author"]) == 1
    [record] = rispy.loads(ris(cited))
    assert record["title"] == line
    assert len(record["authors"]) == 1
