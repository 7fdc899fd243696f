"""The words with which a site begins: acronyms of municipal work, written out, laws by their names, and
what people call things beside what offices call them.

Given to a site once, while it has none of its own; after that curators change them in the CMS.
A line is an acronym, its meanings with "|" between, and the forms of one meaning with ";".
"""

from collections.abc import Container, Iterable
from typing import Any

from search.language import fold
from search.models import Expression
from search.seeds.acronyms import ACRONYMS
from search.seeds.everyday import EVERYDAY
from search.seeds.laws import LAWS
from search.seeds.spoken import SPOKEN


def seed() -> int:
    """Give the site its first words, if it has none. Returns how many."""
    if Expression.objects.exists():
        return 0
    return len(Expression.objects.bulk_create(first_words()))


def add_to(expressions: Any, words: Iterable[Expression], known: Container[str] = ()) -> None:
    """Add to those of a site (a manager, of a migration as well) what is not there, and change nothing
    that is; of what it has `known` (folded), what is missing was taken away by a curator. A site without
    any is given all when it is set up."""
    there = {fold(text) for text in expressions.values_list("text", flat=True)}
    if not there:
        return
    expressions.bulk_create(
        expressions.model(
            text=word.text,
            is_acronym=word.is_acronym,
            is_word=word.is_word,
            meanings=word.meanings,
        )
        for word in words
        if (folded := fold(word.text)) not in there and folded not in known
    )


def first_words() -> list[Expression]:
    """The expressions of all lists."""
    return [
        *_read(ACRONYMS, is_acronym=True),
        *_read(LAWS, is_acronym=False),
        *_read(EVERYDAY, is_acronym=False),
        *spoken_words(),
    ]


def spoken_words() -> list[Expression]:
    """The expressions that came last."""
    return _read(SPOKEN, is_acronym=False)


def _read(lines: str, *, is_acronym: bool) -> list[Expression]:
    """The expressions of a list; a star marks an acronym that is a word as well."""
    found = []
    for line in lines.strip().splitlines():
        if line.startswith("#"):
            continue
        text, meanings = line.split(" = ")
        found.append(
            Expression(
                text=text.removesuffix("*"),
                is_acronym=is_acronym,
                is_word=text.endswith("*"),
                meanings="\n".join(part.strip() for part in meanings.split("|")),
            )
        )
    return found
