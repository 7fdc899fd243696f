"""What a text is about, by what it says again and again.

An engine that divides by length takes a short page that mentions something once for a better answer
than a long one that explains it. So the terms that a text repeats most, and the laws that it cites
more than once, are kept beside its keywords.
"""

from collections import Counter

from search.language import term_of, words
from search.laws import references

_MOST = 16
_TIMES = 4  # a term that comes less often than this is no subject
_SHARE = 0.006  # of all terms of the text, at the least
_CITED = 2


def salient(text: str) -> list[str]:
    """The terms that `text` repeats, the most frequent first, and the laws it cites."""
    counted: Counter[str] = Counter()
    siglas: Counter[str] = Counter()
    for word, count in Counter(words(text)).items():
        term = term_of(word)
        counted[term] += count
        if len(word) > 2 and word.isupper():
            siglas[term] += count
    del counted[""]
    least = max(_TIMES, round(counted.total() * _SHARE))
    often = [each for each in counted.most_common() if len(each[0]) > 2 and not each[0].isdigit()]
    repeated = [term for term, count in often[:_MOST] if count >= least]
    repeated += [term for term, count in siglas.items() if count >= _CITED and term]
    cited = Counter(run for each in references(text) for run in each.law.forms() if len(run) == 1)
    return [*repeated, *(run[0] for run, count in cited.items() if count >= _CITED)]
