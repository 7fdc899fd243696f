"""Portuguese as search reads it: words, accents, endings.

The chain was measured against others on hand-made pairs (`docs/decisions/0004-portuguese.md`):
restore the accent of plurals written without it, bare a last vowel, stem lightly, fold. The
stemmer follows Jacques Savoy's light stemmer for Portuguese, the `light_portuguese` of
Elasticsearch, so that both engines agree word by word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

# A number with points, or letters and digits, each perhaps with accents written after it (NFD).
_WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_PLURAL_AO = re.compile(r"^(.{2,})(oes|ões|aos|ãos|aes|ães)$")
_CAO = re.compile(r"^(.{2,})(c|ç)(ao|ão)$")
# “alvará” is typed “alvara”, whose last vowel the stemmer takes away: both must lose it.
_LAST_VOWEL = re.compile(r"^(.{4,})([áâéêóô])(s?)$")
_ACCENTS = str.maketrans("àáâäãòóôöõèéêëùúûüìíîïç", "aaaaaoooooeeeeuuuuiiiic")

STOP_WORDS = frozenset(
    [
        "a",
        "à",
        "ao",
        "aos",
        "aquela",
        "aquelas",
        "aquele",
        "aqueles",
        "aquilo",
        "as",
        "às",
        "até",
        "ate",
        "com",
        "como",
        "da",
        "das",
        "de",
        "dela",
        "delas",
        "dele",
        "deles",
        "depois",
        "do",
        "dos",
        "e",
        "é",
        "ela",
        "elas",
        "ele",
        "eles",
        "em",
        "entre",
        "era",
        "eram",
        "essa",
        "essas",
        "esse",
        "esses",
        "esta",
        "está",
        "estas",
        "este",
        "estes",
        "eu",
        "foi",
        "foram",
        "há",
        "isso",
        "isto",
        "já",
        "ja",
        "lhe",
        "lhes",
        "mais",
        "mas",
        "me",
        "mesmo",
        "meu",
        "meus",
        "minha",
        "minhas",
        "muito",
        "n",
        "nº",
        "na",
        "não",
        "nao",
        "nas",
        "nem",
        "no",
        "nos",
        "nós",
        "nossa",
        "nossas",
        "nosso",
        "nossos",
        "num",
        "numa",
        "o",
        "os",
        "ou",
        "para",
        "pela",
        "pelas",
        "pelo",
        "pelos",
        "por",
        "qual",
        "quando",
        "que",
        "quem",
        "são",
        "sao",
        "se",
        "seja",
        "sem",
        "ser",
        "seu",
        "seus",
        "só",
        "so",
        "sua",
        "suas",
        "também",
        "tambem",
        "te",
        "tem",
        "têm",
        "ter",
        "teu",
        "tua",
        "tudo",
        "um",
        "uma",
        "umas",
        "uns",
        "você",
        "voce",
        "vocês",
        "voces",
        "º",
        "ª",
    ]
)
# Words whose ending misleads the stemmer.
OVERRIDES = {
    "útil": "util",
    "úteis": "util",
    "uteis": "util",
    "país": "pais",
    "países": "pais",
} | {
    "paises": "pais",
    "lápis": "lapis",
    "ônibus": "onibus",
    "onibus": "onibus",
    "sus": "sus",
    "cras": "cras",
    "creas": "creas",
    "ods": "ods",
}


# In capitals these are names of their own, though in small letters they say nothing.
ACRONYMS = frozenset(["SUAS"])


class Token(NamedTuple):
    """A word of a text: where it stands, and the term under which it is found."""

    start: int
    end: int
    term: str


def fold(text: str) -> str:
    """Lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """The words of `text` from `start` on that carry meaning. Numbers lose their points: 14.133 and
    14133 meet."""
    for match in _WORD.finditer(text, start):
        term = term_of(match[0])
        if term:
            yield Token(*match.span(), term)


def terms(text: str) -> list[str]:
    """The terms of `text`, in order, with repetitions."""
    return terms_of(words(text))


def terms_of(found: Iterable[str]) -> list[str]:
    """The terms of words, in order, with repetitions; none of a stop word."""
    return list(filter(None, map(term_of, found)))


def words(text: str) -> list[str]:
    """The words of `text` as they are written, stop words as well."""
    return _WORD.findall(text)


@lru_cache(maxsize=50_000)
def term_of(word: str) -> str:
    """The term of one word; an empty string for a stop word."""
    if word in ACRONYMS:
        return fold(word)
    word = unicodedata.normalize("NFC", word.lower())
    if any(char.isdigit() for char in word):
        return fold(word).replace(".", "").rstrip("ºª")
    if word in STOP_WORDS:
        return ""
    if word in OVERRIDES:
        return OVERRIDES[word]
    word = _PLURAL_AO.sub(r"\1ão", word)
    word = _CAO.sub(r"\1ção", word)
    word = _LAST_VOWEL.sub(lambda match: f"{match[1]}{fold(match[2])}{match[3]}", word)
    return fold(light_stem(word))


# Words with which people ask, and which say little of what they ask for.
WEAK_WORDS = frozenset(
    map(
        fold,
        """
        achar acho acontece acontecer agora ainda ajuda ajudar ajude algo alguém algum alguma
        algumas alguns aonde aqui assim bem cada cadê coisa coisas colocar como consegue
        conseguem conseguimos conseguir consigo daquela daquele dar deixa deixar descobrir dessa
        dessas desse desses desta deste deve devem devemos dever deveria deveriam devo disso diz
        dizem dizer dúvida dúvidas encontrar entender exemplo existe existem explica explicar
        faço favor faz fazem fazendo fazer fazia feita feito fez fica ficar fizer fizeram forma
        fui funciona gente gostaria haver havia hoje houve ir jeito lado maneira melhor nada
        naquela naquele nessa nesse nesta neste ninguém nisso nova novo nunca onde outra outras
        outro outros ótimo perguntar pode podem podemos poder poderia poderiam porque possa
        possam posso pq pra pras precisa precisam precisamos precisar preciso pretendo pro
        procurar procuro pros quais quaisquer qualquer quanta quantas quanto quantos quer querem
        queremos querer quero quis receber sabe sabem saber sei sempre sendo seria sobre tá
        temos tenha tenho tentar teria tipo tipos tiver toda todas todo todos usar vai vamos
        várias vários vão vc vcs veja vejam vejo ver vez vezes vir vou
        """.split(),  # noqa: SIM905
    )
)


def light_stem(word: str) -> str:
    """Plural, feminine and last vowel taken away; accents kept until they have been of use.

    Source: J. Savoy, «Light Stemming Approaches for the French, Portuguese, German and Hungarian
    Languages» (2006), as implemented in Apache Lucene's PortugueseLightStemmer.
    """
    if len(word) < 4:
        return word
    word = _without_suffix(word)
    if len(word) > 3 and word.endswith("a"):
        word = _masculine(word)
    if len(word) > 4 and word[-1] in "eao":
        word = word[:-1]
    return word.translate(_ACCENTS)


def _without_suffix(word: str) -> str:
    size = len(word)
    if size > 4 and word.endswith("es") and word[-3] in "rslz":
        return word[:-2]
    if size > 3 and word.endswith("ns"):
        return word[:-2] + "m"
    if size > 4 and word.endswith(("eis", "éis")):
        return word[:-3] + "el"
    if size > 4 and word.endswith("ais"):
        return word[:-2] + "l"
    if size > 4 and word.endswith("óis"):
        return word[:-3] + "ol"
    if size > 4 and word.endswith("is"):
        return word[:-1] + "l"
    if size > 3 and word.endswith(("ões", "ães")):
        return word[:-3] + "ão"
    if size > 6 and word.endswith("mente"):
        return word[:-5]
    if size > 3 and word.endswith("s"):
        return word[:-1]
    return word


def _masculine(word: str) -> str:
    size = len(word)
    if size > 7 and word.endswith(("inha", "iaca", "eira")):
        return word[:-1] + "o"
    if size > 6:
        if word.endswith(("osa", "ica", "ida", "ada", "iva", "ama")):
            return word[:-1] + "o"
        if word.endswith("ona"):
            return word[:-3] + "ão"
        if word.endswith("ora"):
            return word[:-1]
        if word.endswith("esa"):
            return word[:-3] + "ês"
        if word.endswith("na"):
            return word[:-1] + "o"
    return word
