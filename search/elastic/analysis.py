"""How Elasticsearch is to read what it is given.

Portuguese was read before, by `search.language`, whether it is of a text or of what somebody typed: its
terms come as they are. Reading it here as well took ten times as long. Only what is looked for as it is
written, and other languages, are read by Elasticsearch itself.
"""

from typing import Any

LONGEST_TERM = 200  # characters; what is longer is no word

ANALYSIS: dict[str, Any] = {
    "filter": {
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
