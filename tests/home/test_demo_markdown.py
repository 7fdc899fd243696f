"""What the Markdown of the demo library becomes."""

from typing import Any

from knowledge.markdown import Resolver, to_blocks


def blocks(source: str) -> list[tuple[str, Any]]:
    return to_blocks(source, Resolver(lambda slug: 7, lambda name: None))


def test_a_procedure() -> None:
    source = ":::passos\n### Abra o portal\n\nEle é da **prefeitura**.\n\n### Ache\n\nAnote.\n:::"
    [(kind, value)] = blocks(source)
    assert kind == "steps"
    assert value["steps"] == [
        {"title": "Abra o portal", "text": "<p>Ele é da <b>prefeitura</b>.</p>"},
        {"title": "Ache", "text": "<p>Anote.</p>"},
    ]


def test_a_part_that_opens() -> None:
    [(kind, value)] = blocks(":::dobra E se não houver?\nPeça por escrito.\n:::")
    assert (kind, value["title"]) == ("fold", "E se não houver?")
    assert value["text"] == "<p>Peça por escrito.</p>"


def test_material_of_others() -> None:
    [(kind, value)] = blocks(":::terceiros O mapa\nde: IBGE\nlicenca: CC-BY-4.0\n:::")
    assert kind == "third_party"
    assert value == {"what": "O mapa", "whose": "IBGE", "terms": "CC-BY-4.0", "address": ""}


def test_notes_stand_before_the_sources() -> None:
    source = "Diz a lei.[^lei]\n\n[^lei]: Lei nº *1*.\n\n## Fontes\n\n- Lei nº 1."
    kinds = [kind for kind, _ in blocks(source)]
    assert kinds == ["text", "footnotes", "references"]
    found = dict(blocks(source))
    assert found["text"] == "<p>Diz a lei.[^lei]</p>"
    assert found["footnotes"]["notes"] == [{"mark": "lei", "text": "<p>Lei nº <i>1</i>.</p>"}]
