"""Portuguese beyond the library: which words there are, and which are said alike.

The forms are those of simplemma, in a file that all processes read in place (a MARISA trie of four
megabytes). `manage.py prepare_site` makes it; as long as it is not there, no word is known.
"""

import os
import re
import string
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import marisa_trie
from django.conf import settings

from search.language import fold

_EDITION = version("simplemma")  # loaded itself only where the file is made
_lock = Lock()
_opened: dict[Path, marisa_trie.BytesTrie] = {}
# Letters that are taken for one another, for they are said alike.
_ALIKE = [
    (re.compile(r"[sx]?c(?=[ei])|ç|ss|z"), "s"),
    (re.compile(r"ch"), "x"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"\bh"), ""),
    (re.compile(r"l(?![aeiouh])"), "u"),
    (re.compile(r"n(?=[pb])"), "m"),
]
# The same, as they are written for one another where it takes more than one letter.
_WRITTEN_ALIKE = [
    (one, other)
    for pair in [("ss", "c"), ("sc", "ss"), ("xc", "ss"), ("x", "ss"), ("x", "sc"), ("ch", "x")]
    for one, other in (pair, pair[::-1])
]


def prepare() -> None:
    """Write the file, unless it is there: four seconds and 300 MB of memory, once for each edition."""
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    path = _path()
    if path.exists():
        return
    forms = {form.lower() for form in StreamDictionaryFactory().get_dictionary("pt")}
    pairs = ((fold(form), form) for form in sorted(forms) if form.isalpha())
    beside = path.with_suffix(f".{os.getpid()}")
    # Nothing is kept beside a word that is written as it is folded.
    marisa_trie.BytesTrie((key, b"" if key == form else form.encode()) for key, form in pairs).save(
        str(beside)
    )
    beside.replace(path)


def is_word(folded: str) -> bool:
    """Whether a folded word, or one that folds to it, is a form of Portuguese."""
    trie = _trie()
    return trie is not None and folded in trie


def one_letter_from(word: str) -> str | None:
    """The one word that comes of `word`, in small letters, by a letter more, less, other or exchanged
    with the next, or by those that are written for it. If there are several, the one of them that is
    said alike, or none."""
    trie = _trie()
    if trie is None:
        return None
    found = sorted(each for each in set(_neighbours(fold(word))) if each in trie)
    near = [trie[each][0].decode() or each for each in found]
    sound = sound_of(word)
    alike = [each for each in near if sound_of(each) == sound]
    return next((words[0] for words in (alike, near) if len(words) == 1), None)


def sound_of(word: str) -> str:
    """What a word in small letters has in common with those that are said alike: “preços”, “presos”."""
    for letters, sound in _ALIKE:
        word = letters.sub(sound, word)
    return fold(word)


def _path() -> Path:
    """Another edition of the forms is another file."""
    return Path(settings.DATA_DIR) / f"portuguese-{_EDITION}.trie"


def _trie() -> marisa_trie.BytesTrie | None:
    path = _path()
    with _lock:
        if path not in _opened and path.exists():
            _opened[path] = marisa_trie.BytesTrie().mmap(str(path))
        return _opened.get(path)


def _neighbours(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]
        for one, other in _WRITTEN_ALIKE:
            if after.startswith(one):
                yield before + other + after.removeprefix(one)
