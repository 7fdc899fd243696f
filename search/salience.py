"""What a text is about, by what it says again and again.

An engine that divides by length takes a short page that mentions something once for a better answer
than a long one that explains it. So the terms that a text repeats most, and the laws that it cites
more than once, are kept beside its keywords.
"""

from collections import Counter

from search.language import terms_of
from search.laws import references

_MOST = 16
_TIMES = 4  # a term that comes less often than this is no subject
_SHARE = 0.006  # of all terms of the text, at the least
_CITED = 2


def salient(text: str, found: list[str]) -> list[str]:
    """The terms that `text`, whose words are `found`, repeats, the most frequent first, and the laws
    it cites."""
    counted = Counter(terms_of(found))
    least = max(_TIMES, round(counted.total() * _SHARE))
    often = [
        (term, count)
        for term, count in counted.items()
        if count >= least and len(term) > 2 and not term.isdigit()
    ]
    often.sort(key=lambda each: -each[1])
    repeated = [term for term, _ in often[:_MOST]]
    siglas = Counter(terms_of(word for word in filter(str.isupper, found) if len(word) > 2))
    repeated += [term for term, count in siglas.items() if count >= _CITED]
    cited = Counter(run for each in references(text) for run in each.law.forms() if len(run) == 1)
    return [*repeated, *(run[0] for run, count in cited.items() if count >= _CITED)]
