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
        acontece acontecer ajuda ajudar alguém alguma algumas algum alguns ninguém cada coisa coisas
        colocar como dar deixar deve devem devo dever diz dizer dúvida dúvidas entender exemplo
        existe explicar faço faz fazem fazendo fazer feito feita ficar fica forma fui funciona ir jeito
        lado maneira melhor nova novo onde ótimo outra outras outro outros perguntar pode podem poder
        posso pra precisa preciso precisam precisar quais quanta quantas quanto quantos quer querem
        querer quero receber saber sei sobre temos tenho tipo toda todas todo todos usar vai veja vejo
        várias vários ver vez vezes vir vou
        """.split(),  # noqa: SIM905
    )
)


_DONE = re.compile(
    r"^(.{3,})(?:(ar|ando)|(er|endo)|(ir|indo)|(aç[ãa]o|ac[ãa]o|aç[õo]es|ac[õo]es))$"
)
_QUALITY = re.compile(r"^(.{3,}[áíaiou])(?:vel|veis|bilidade|bilidades)$")
# They end as verbs do.
_NO_VERBS = frozenset(
    """
    alimentar auxiliar celular circular complementar curricular disciplinar domiciliar escolar
    exemplar familiar hospitalar lugar militar mulher parlamentar particular popular preliminar
    qualquer quando regular similar suplementar titular
    """.split()  # noqa: SIM905
)


def kin_of(word: str) -> tuple[str, ...]:
    """The terms of words of the same root, for a verb or what is made of one: “vacinar”, “vacinando”
    and “vacinação” are met by “vacina”, “vacinado” and each other; or for a quality: “acessível” and
    “acessibilidade”."""
    word = unicodedata.normalize("NFC", word.lower())
    if (quality := _QUALITY.match(word)) is not None:
        stem = fold(quality[1])
        family = [f"{stem}vel", f"{stem}bilidade"]
        return tuple(t for each in family if (t := term_of(each)) != term_of(word))
    match = None if word in _NO_VERBS else _DONE.match(word)
    if match is None:
        return ()
    root, in_ar, in_er, _, noun = match.groups()
    if in_ar or noun:
        family = [f"{root}{end}" for end in ("a", "ar", "ando", "ação", "amento", "ado")]
    else:
        verb = "er" if in_er else "ir"
        family = [f"{root}{end}" for end in (verb, "endo" if in_er else "indo", "imento", "ido")]
    found = dict.fromkeys(term_of(each) for each in family)
    return tuple(term for term in found if len(term) > 3 and term != term_of(word))


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
