"""What is answered where words were mistyped.

A word that the library does not know is read as the nearest that it knows, before anything is shown that
meets a part of what was typed (docs/decisions/0029). If something does meet it, it is taken at its word.
"""

from collections.abc import Callable
from dataclasses import replace

from search.engines import SearchAnswer, SearchRequest
from search.language import words
from search.recent import Recent
from search.spelling import corrected

Ask = Callable[[SearchRequest], SearchAnswer]

# Whether words were read in another way: that is looked at first, when they are typed again.
read_anew = Recent[bool]()


def answer(request: SearchRequest, ask: Ask) -> SearchAnswer:
    """What `ask` answers to what was meant. It is asked once, or again where that was something else
    than it was when these words were last typed."""
    better = corrected(request.text) if request.query else None
    if better is None:
        return ask(request)
    question = (request.text, request.keys)
    is_better = read_anew.get(question, usual=False)
    found = ask(_reading(request, better, is_better))
    if found.is_other_meant:
        is_better = not is_better
        found = ask(replace(request, text=better) if is_better else request)
    read_anew.keep(question, is_better, usual=False)
    return replace(found, read_as=better) if is_better and found.met else found


def _reading(request: SearchRequest, better: str, is_better: bool) -> SearchRequest:
    """What was typed, or what it may be corrected to, with the other beside it."""
    kept = set(words(better))
    doubted = " ".join(word for word in words(request.text) if word not in kept)
    if is_better:
        return replace(request, text=better, other=request.text, is_corrected=True, doubted=doubted)
    return replace(request, other=better, doubted=doubted)
