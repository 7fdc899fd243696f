"""Advice on plain Portuguese (Lei nº 15.263/2025), as pure functions over paragraphs.

It never blocks anything: whoever writes knows the reader better than a list of words does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.plain_words import ABBREVIATIONS, EVERYDAY, KNOWN_ACRONYMS

EASY, LONG = 20, 25  # words in a sentence: what reads easily, and what is told
LONG_PARAGRAPH = 100  # words
_EXCERPT = 110  # characters


@dataclass(frozen=True)
class Advice:
    """Something that could be plainer: a stable code, what to do, and the words it is about.

    `field` is the form field in which the words stand, if that is known.
    """

    code: str
    sentence: str
    excerpt: str = ""
    field: str = ""


_WORD = re.compile(r"\w+(?:[-’'./]\w+)*")
_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”\")\]]))\s+(?=[“\"(\[—–-]?\s?[A-ZÀ-Ý0-9])")
_ABBREVIATED = re.compile(rf"(?:^|[\s(“\"])(?:{'|'.join(ABBREVIATIONS)})\.$", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:n|art|inc|par)\.$|\b[A-ZÀ-Ý]\.$", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """The words of a text; a number, a date or “13.019/2014” is one."""
    return _WORD.findall(text)


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph. “art. 5º”, “Dra. Ana” and “n. 14” end none."""
    found: list[str] = []
    open_part = ""
    for part in _END.split(" ".join(paragraph.split())):
        open_part = f"{open_part} {part}".strip()
        if not open_part or _ABBREVIATED.search(open_part) or _ORDINAL.search(open_part):
            continue
        found.append(open_part)
        open_part = ""
    if open_part:
        found.append(open_part)
    return found


def excerpt_of(text: str, around: str = "") -> str:
    """A piece of `text` short enough to show, with `around` in it."""
    text = " ".join(text.split())
    if len(text) <= _EXCERPT:
        return text
    start = max(0, text.find(around) - _EXCERPT // 2) if around else 0
    start = 0 if start < 20 else text.find(" ", start) + 1
    cut = text[start : start + _EXCERPT].rsplit(" ", 1)[0]
    end = "" if start + len(cut) >= len(text) else "…"
    return f"{'…' if start else ''}{cut}{end}"


# --- one question each ------------------------------------------------------------------------


def long_sentences(paragraphs: Iterable[str]) -> Iterator[Advice]:
    """Sentences that a tired reader has to read twice."""
    for paragraph in paragraphs:
        for sentence in sentences_of(paragraph):
            count = len(words_of(sentence))
            if count > LONG:
                yield Advice(
                    "long-sentence",
                    f"Frase com {count} palavras. Divida em duas: até {EASY} é fácil de ler.",
                    excerpt_of(sentence),
                )


def long_paragraphs(paragraphs: Iterable[str]) -> Iterator[Advice]:
    for paragraph in paragraphs:
        count = len(words_of(paragraph))
        if count > LONG_PARAGRAPH:
            yield Advice(
                "long-paragraph",
                f"Parágrafo com {count} palavras. Divida, ou faça uma lista.",
                excerpt_of(paragraph),
            )


_VERB_ENDINGS = "ar|a|am|ou|aram|ado|ada|ados|adas|ando|ará|arão|e|em|ou-se|a-se"


def _forms(word: str) -> str:
    """A word of the list as a pattern; a verb in -ar, in the forms in which offices use it."""
    if word.endswith("ar") and " " not in word:
        return f"{re.escape(word.removesuffix('ar'))}(?:{_VERB_ENDINGS})"
    return re.escape(word)


# One group for each word, the longest first, so that a match tells which word it is.
_WORDS = sorted(EVERYDAY, key=len, reverse=True)
_EVERYDAY = re.compile(
    rf"(?<![\w“])(?:{'|'.join(f'({_forms(word)})' for word in _WORDS)})(?!\w)", re.IGNORECASE
)


def officialese(paragraphs: Iterable[str]) -> Iterator[Advice]:
    """Words of the office that have an everyday one beside them; each is told once. A word in
    quotation marks is spoken of, not used."""
    told: set[str] = set()
    for paragraph in paragraphs:
        for match in _EVERYDAY.finditer(paragraph):
            word = _WORDS[(match.lastindex or 1) - 1]
            if word not in told:
                told.add(word)
                yield Advice(
                    "officialese",
                    f"No lugar de “{match.group()}”, experimente {EVERYDAY[word]}.",
                    excerpt_of(paragraph, match.group()),
                )


_PARTICIPLE = (
    r"(?:\w+[aei]d[oa]s?|feit[oa]s?|dit[oa]s?|post[oa]s?|abert[oa]s?|escrit[oa]s?|vist[oa]s?"
    r"|entregues?|aceit[oa]s?|pag[oa]s?)"
)
_BEING = r"(?:é|são|foi|foram|era|eram|será|serão|seja|sejam|sendo|ser)"
_BY = r"(?:por|pel[oa]s?)"
_PASSIVE = re.compile(
    rf"(?<!\w)(?:{_BEING}\s+{_PARTICIPLE}\s+{_BY}\s+\w+"
    rf"|(?:dev|pod)(?:e|em|erá|erão)\s+ser\s+{_PARTICIPLE})(?!\w)",
    re.IGNORECASE,
)


def passives(paragraphs: Iterable[str]) -> Iterator[Advice]:
    """“É analisado pelo setor”, “deverá ser entregue”: who does it comes last, or not at all."""
    for paragraph in paragraphs:
        for match in _PASSIVE.finditer(paragraph):
            yield Advice(
                "passive",
                f"Em “{match.group()}”, comece por quem faz: “o setor analisa”, “entregue até…”.",
                excerpt_of(paragraph, match.group()),
            )


_ACRONYM = re.compile(r"(?<![\w/.-])[A-ZÇÃÕÉ](?:[A-ZÇÃÕÉ0-9]|\.(?=[A-Z])){1,7}s?(?![\w-])")
_ROMAN = re.compile(r"^[IVXLC]+$")
_SHOUTED = re.compile(r"^[A-ZÀ-Ý]{3,}$")


def acronyms_of(text: str) -> list[str]:
    """The acronyms of a text in the order of their first use; Roman numbers and titles in capitals
    are none."""
    found: dict[str, None] = {}
    for line in text.splitlines():
        words = [word for word in words_of(line) if not word.isdigit()]
        if len(words) > 2 and sum(map(bool, map(_SHOUTED.match, words))) > len(words) / 2:
            continue
        for match in _ACRONYM.finditer(line):
            acronym = match.group().rstrip("s")
            if sum(map(str.isalpha, acronym)) > 1 and not _ROMAN.match(acronym):
                found[acronym] = None
    return list(found)


def is_explained(acronym: str, text: str) -> bool:
    """Whether the text says what the acronym stands for: “Nome por extenso (SIGLA)”, “SIGLA (nome
    por extenso)”, “SIGLA quer dizer…”, or “SIGLA, o nome por extenso”, told by its first letters."""
    name = rf"(?<!\w){re.escape(acronym)}s?"
    after_a_name = rf"\w+\s+\w+[^()]{{0,80}}\(\s*(?:o |a )?{name}\s*[,;)]"
    before_a_name = rf"{name}\s*\([^()]*\w{{3,}}\s+[^()]*\w{{3,}}[^()]*\)"
    in_words = rf"{name},?\s+(?:sigla de|ou seja|isto é|quer dizer|significa)"
    if any(re.search(pattern, text) for pattern in (after_a_name, before_a_name, in_words)):
        return True
    following = re.finditer(rf"{name}(?:,| é| são|:)\s+([^.;]{{1,120}})", text)
    return any(_spells(match.group(1), acronym) for match in following)


def _spells(words: str, acronym: str) -> bool:
    """Whether the first letters of some of the `words` are, in order, those of the acronym."""
    initials = iter(word[0].upper() for word in words_of(words))
    return all(letter in initials for letter in acronym if letter.isalpha())


def unexplained_acronyms(paragraphs: Iterable[str]) -> Iterator[Advice]:
    paragraphs = list(paragraphs)
    text = "\n".join(paragraphs)
    for acronym in acronyms_of(text):
        if acronym in KNOWN_ACRONYMS or is_explained(acronym, text):
            continue
        where = next(item for item in paragraphs if acronym in item)
        yield Advice(
            "acronym",
            f"Diga o que é {acronym} na primeira vez: “nome por extenso ({acronym})”.",
            excerpt_of(where, acronym),
        )


def advise(paragraphs: Iterable[str]) -> list[Advice]:
    """Everything that could be plainer in a text, the heaviest first."""
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.strip()]
    questions = (long_sentences, unexplained_acronyms, officialese, passives, long_paragraphs)
    return [advice for ask in questions for advice in ask(paragraphs)]
