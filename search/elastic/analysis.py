"""How Elasticsearch is to read text: the chain of `search.language`, word by word.

What somebody typed was read by `search.query`, so its terms come to the index as they are, and only
texts are read here. A test compares both chains over a list of words. Stop words are taken away by
the tokenizer and not by a filter, so that they leave no gap: “pesquisa de preços” is a run of two.
"""

from typing import Any

from search.language import ACRONYMS, OVERRIDES, STOP_WORDS

LONGEST_TERM = 200  # characters; what is longer is no word

_INSIDE = r"[\p{L}\p{N}\u0300-\u036f]"
_WORD = rf"[\p{{L}}\p{{N}}]{_INSIDE}*"
# At most fifty points: the engine's patterns recurse.
_NUMBER = r"\p{Nd}+(?:\.\p{Nd}+){1,50}"
_DIGIT = r"[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]"
_NO_DIGIT = rf"^(?!.*{_DIGIT})"


def _tokens() -> str:
    """A pattern of which the group is a word, or nothing where a stop word stands."""
    names, stops = "|".join(sorted(ACRONYMS)), "|".join(sorted(STOP_WORDS))
    stop = rf"(?!(?:{names})(?!{_INSIDE}))(?iu:{stops})(?!{_INSIDE})"
    return f"{stop}|({_NUMBER}|{_WORD})"


def _replaced(pattern: str, by: str) -> dict[str, Any]:
    return {"type": "pattern_replace", "pattern": pattern, "replacement": by, "all": False}


def _last_vowel(accented: str, plain: str) -> dict[str, Any]:
    return _replaced(rf"{_NO_DIGIT}(.{{4,}})[{accented}](s?)$", f"$1{plain}$2")


ANALYSIS: dict[str, Any] = {
    "tokenizer": {"words": {"type": "pattern", "pattern": _tokens(), "group": 1}},
    "filter": {
        "points": {"type": "pattern_replace", "pattern": r"\.", "replacement": ""},
        "ordinal": _replaced(rf"^(.*{_DIGIT}.*?)[ºª]+$", "$1"),
        "numbers": {"type": "keyword_marker", "keywords_pattern": f".*{_DIGIT}.*"},
        "plural_ao": _replaced(rf"{_NO_DIGIT}(.{{2,}})(?:oes|ões|aos|ãos|aes|ães)$", "$1ão"),
        "cao": _replaced(rf"{_NO_DIGIT}(.{{2,}})[cç][aã]o$", "$1ção"),
        "last_a": _last_vowel("áâ", "a"),
        "last_e": _last_vowel("éê", "e"),
        "last_o": _last_vowel("óô", "o"),
        "overrides": {
            "type": "stemmer_override",
            "rules": [
                *(f"{word} => {term}" for word, term in sorted(OVERRIDES.items())),
                *(f"{name.lower()} => {name.lower()}" for name in sorted(ACRONYMS)),
            ],
        },
        "portuguese": {"type": "stemmer", "language": "light_portuguese"},
        "short": {"type": "truncate", "length": LONGEST_TERM},
        "marks": {
            "type": "pattern_replace",
            "pattern": r"[\u0300-\u036f]",
            "replacement": "",
        },
        "both": {"type": "asciifolding", "preserve_original": True},
        "english_stop": {"type": "stop", "stopwords": "_english_"},
        "english_own": {"type": "stemmer", "language": "possessive_english"},
        "english": {"type": "stemmer", "language": "english"},
        "spanish_stop": {"type": "stop", "stopwords": "_spanish_"},
        "spanish": {"type": "stemmer", "language": "light_spanish"},
    },
    "analyzer": {
        "portuguese": {
            "type": "custom",
            "tokenizer": "words",
            "filter": [
                *("lowercase", "points", "ordinal", "numbers"),
                *("plural_ao", "cao", "last_a", "last_e", "last_o"),
                *("overrides", "portuguese", "asciifolding", "marks", "short"),
            ],
        },
        # What `search.query` made of a query.
        "terms": {
            "type": "custom",
            "tokenizer": "whitespace",
            "filter": ["asciifolding", "marks", "short"],
        },
        "exact": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["lowercase", "both"],
        },
        "en": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["english_own", "lowercase", "english_stop", "english", "asciifolding"],
        },
        "es": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["lowercase", "spanish_stop", "spanish", "asciifolding"],
        },
    },
}
