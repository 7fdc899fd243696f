"""Showing where a query met a text, in the text as it was written."""

from collections.abc import Iterator

from django.utils.html import escape

from search.language import Token, tokens

_EXCERPT = 220  # characters


def highlight(text: str, wanted: frozenset[str]) -> str:
    """`text` as escaped HTML with the words whose term is wanted in `<mark>`."""
    return _marked(text, [token for token in tokens(text) if token.term in wanted], 0, len(text))


def excerpt(text: str, wanted: frozenset[str], fallback: str) -> str:
    """The stretch of `text` that meets most of the wanted terms, marked; `fallback` without any."""
    found = [token for token in tokens(text) if token.term in wanted]
    if not found:
        return highlight(fallback, wanted)
    start, _ = max(
        ((token.start, _terms_from(found, index)) for index, token in enumerate(found)),
        key=lambda pair: (pair[1], -pair[0]),
    )
    start = _sentence_start(text, start)
    end = _word_end(text, min(len(text), start + _EXCERPT))
    inside = [token for token in found if token.start >= start and token.end <= end]
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return f"{before}{_marked(text, inside, start, end)}{after}"


def _terms_from(found: list[Token], index: int) -> int:
    start = found[index].start
    return len({token.term for token in found[index:] if token.end <= start + _EXCERPT - 40})


def _sentence_start(text: str, position: int) -> int:
    """A little before `position`: after the last end of sentence or line, or at a word."""
    floor = max(0, position - 60)
    for mark in ("\n", ". ", "? ", ": "):
        at = text.rfind(mark, floor, position)
        if at >= 0:
            return at + len(mark)
    if not floor:
        return 0
    at = text.find(" ", floor, position)
    return at + 1 if at >= 0 else position


def _word_end(text: str, position: int) -> int:
    at = text.rfind(" ", position - 30, position) if position < len(text) else -1
    return at if at > 0 else position


def _marked(text: str, marks: list[Token], start: int, end: int) -> str:
    return "".join(_pieces(text, marks, start, end))


def _pieces(text: str, marks: list[Token], start: int, end: int) -> Iterator[str]:
    for token in marks:
        yield escape(text[start : token.start])
        yield f"<mark>{escape(text[token.start : token.end])}</mark>"
        start = token.end
    yield escape(text[start:end])
