"""What the word before a full stop is: a plain word, an abbreviation of some kind, or figures.

The tables are asked first, then the shape of the word, then sentencex.
"""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache, partial

from sitegen.textrank.segment.abbreviations import ABBREVIATIONS
from sitegen.textrank.segment.characters import OPENING, pattern

WORD_LIMIT = 8
"""Letters of the longest abbreviation without a full stop in it."""

TOKEN_LIMIT = 24
"""Characters that are looked at for the word before a mark."""

ALIASES = {"be": "ru", "gl": "pt", "nb": "da", "nn": "da", "no": "da", "sk": "cs"}
"""Languages that abbreviate like another."""

STOPLESS = frozenset(("hy", "lo", "th"))
"""Languages that use the full stop only in abbreviations; in Armenian it is a colon."""

ASKED = frozenset(("bg", "bn", "cs", "da", "fi", "gu", "hi", "kk", "lb", "sk", "uk"))
"""Languages whose list in sentencex has abbreviations only. Most lists have plain words as well
(bien, via, app, ill), and a language that it does not know gets its English one."""

_INITIALS = pattern(r"(?:[^\W\d_]{1,2}\.)+-?[^\W\d_]{1,2}")
IDEOGRAPHS = "\u2e80"
"""Where the scripts begin of which a single character is a word."""
_FIGURES = pattern(r"\d{1,3}|\d{1,2}(?:\.\d{1,2})++|[IVX]{2,5}")
_REST = pattern(r"(?s:.*)(?:[\s–—/()\"“]|['’](?=\w\w))")
_LISTABLE = pattern(r"[^\s\d/@_.:,;()%]{2,8}")


class Kind(IntEnum):
    """What a word before a full stop is: most are rows of the table; ``WORD`` is false."""

    WORD = 0
    PREPOSITIVE = 1
    ABBREVIATION = 2
    NUMERIC = 3
    UNIT = 4
    CLOCK = 5
    CLOSER = 6
    FIGURES = 7


def rows(code: str) -> dict[str, frozenset[str]]:
    """Return the table of a language, empty where there is none."""
    table = ABBREVIATIONS.get(ALIASES.get(code, code), {})
    return {name: frozenset(words.split()) for name, words in table.items()}


def classifier(code: str) -> Callable[[str], Kind]:
    """Return what tells the kind of a token; what it was asked before makes no difference."""
    if code in STOPLESS:
        return lambda token: Kind.PREPOSITIVE
    tables = (rows(""), rows(code))
    kinds = {
        word: kind for table in tables for kind in Kind for word in table.get(kind.name.lower(), ())
    }
    return lru_cache(maxsize=8192)(partial(_kind, kinds, code))


def token(text: str, start: int, mark: int) -> str:
    """Return what stands before a mark, back to a space; of a long one the last characters."""
    low = max(start, mark - TOKEN_LIMIT)
    return text[text.rfind(" ", low, mark) + 1 or low : mark]


def core(token: str) -> str:
    """Strip a token of brackets, quotation marks, an elided word, a compound's rest: l'art, (Dr."""
    return _REST().sub("", token, count=1).lstrip(OPENING)


def _kind(table: dict[str, Kind], code: str, token: str) -> Kind:
    if len(token) > WORD_LIMIT and token.isalpha():
        return Kind.WORD
    word = token if token.isalpha() else core(token)
    known = _known(table, word)
    return _shape(table, code, word) if known is None else known


def _known(table: dict[str, Kind], word: str) -> Kind | None:
    known = table.get(word)
    return table.get(word.lower()) if known is None and word[1:].islower() else known


def _shape(table: dict[str, Kind], code: str, word: str) -> Kind:
    """Tell what a word is that is in no table: XIV, J.R.R, Finnish esim; "end.Mr" is like Mr."""
    if _FIGURES().fullmatch(word):
        return Kind.FIGURES
    if _initial(word) or (code in ASKED and _listed(code, word)):
        return Kind.ABBREVIATION
    return _known(table, word.rpartition(".")[2]) or Kind.WORD


def _initial(word: str) -> bool:
    if len(word) == 1:
        return word.isalnum() and not word.isdecimal() and word < IDEOGRAPHS
    return "." in word and _INITIALS().fullmatch(word) is not None


def _listed(code: str, word: str) -> bool:
    """Tell whether sentencex lists a word: it does not cut "Xx esim. Xxx", but "Xx talo. Xxx".

    Only short printable words are asked, on which it does not fail; if it did, the error should
    be seen. Its answer depends on the word alone. It is imported here because few languages
    need it.
    """
    if word.isupper() or not word.isprintable() or not _LISTABLE().fullmatch(word):
        return False
    import sentencex

    return len(sentencex.segment(code, f"Xx {word}. Xxx")) == 1
