"""Sentences to terms: words without stop words, stemmed, or pairs of characters, all numbered.

A batch is one long text: its punctuation goes in one pass over the bytes, its words are cut in
another, and a dictionary gives each word its number. What is known of a word (its term, whether
it begins with a capital) is found out once, when it is first met.
"""

import re
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from sitegen.textrank.arrays import Bools, Ints
from sitegen.textrank.languages import Language, language

SOFT_HYPHEN = "\u00ad"
MARKS = (
    SOFT_HYPHEN + r"\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670"
    r"\u0900-\u0963\u0970-\u0dff\u200c\u200d"
)
"""What stands inside words besides letters: accents, vowel signs, joiners, but no danda."""

BIGRAM_SCRIPTS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)


def _pattern(source: str) -> Callable[[], re.Pattern[str]]:
    """Return what compiles the pattern when first called: many texts do without it."""
    return cache(partial(re.compile, source))


_WORD = _pattern(rf"[^\W_]+(?:[{MARKS}]++[^\W_]*+)*+")
_IN_COUNTED = _pattern(rf"[{MARKS}'’]")
_RUNS = _pattern(rf"([{BIGRAM_SCRIPTS}]+)|((?:(?![{BIGRAM_SCRIPTS}])[^\W_])+)")

BREAK = b"\0"
"""Stands between two sentences of a batch; none can hold it, because punctuation goes before."""

_PARTING = (
    "—–…’\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028"
    "\u2029\u202f\u205f\u3000"
)
"""What parts words besides ASCII: dashes and blanks. Other marks cling to words, and are shed."""

_ASCII = bytes(range(128))
_WORDY = [byte >= 128 or chr(byte).isalnum() for byte in range(256)]
_SPACES = bytes(byte if _WORDY[byte] or byte == ord("\n") else ord(" ") for byte in range(256))
_SHAPES = bytes(ord("a") if wordy else ord(" ") for wordy in _WORDY)
"""Tables that leave of a text its words, and of its words nothing but their length."""

VOCABULARY_LIMIT = 1 << 18
"""Words after which a thread's vocabularies are begun anew, so that it stays small."""

_THREAD = threading.local()


class Tokens(NamedTuple):
    """The words of a batch in reading order: for each its row, its term and what it looks like.

    ``term`` is -1 for a word that is none: a stop word, a single character. ``number``,
    ``capital`` and ``determiner`` tell whether it holds a digit, begins with a capital, or is
    an article or the like; ``word`` is the vocabulary's number of the word as it is written.
    """

    row: Ints
    word: Ints
    term: Ints
    number: Bools
    capital: Bools
    determiner: Bools


class Vocabulary(dict[bytes | str, int]):
    """Numbers for the words of one language, given out as they are met; -1 for what is no word.

    A word is looked up as it was cut: in UTF-8, or as a pair of characters.

    The numbers depend on what was met before; nothing that is computed may depend on them.
    """

    def __init__(self, known: Language) -> None:
        super().__init__({BREAK: 0})
        self.language = known
        self.written = [""]
        self._stem = known.stemming()
        self._terms = array("q", [-1])
        self._numbers = bytearray(1)
        self._capitals = bytearray(1)
        self._determiners = bytearray(1)
        self._stems: dict[str, int] = {}

    def __missing__(self, raw: bytes | str) -> int:
        core = _core(_read(raw))
        if not core:
            self[raw] = -1
            return -1
        self.written.append(core)
        lower = core.lower()
        self._terms.append(self._term(lower))
        self._determiners.append(lower in self.language.determiners)
        self._numbers.append(not core.isalpha() and any(map(str.isdigit, core)))
        self._capitals.append(core[:1].isupper())
        self[raw] = number = len(self.written) - 1
        return number

    def _term(self, word: str) -> int:
        if len(word) < 2 or word in self.language.stop_words:
            return -1
        return self._stems.setdefault(self._stem(word), len(self._stems))

    def tokens(self, rows: Sequence[str]) -> Tokens:
        """Return the words of all rows of a batch."""
        words: Sequence[bytes | str] = (_bigrams if self.language.bigrams else _words)(rows)
        number = np.fromiter(map(self.__getitem__, words), np.int64, len(words))
        breaks = number == 0
        kept = number > 0
        number = number[kept]
        return Tokens(
            row=np.cumsum(breaks)[kept],
            word=number,
            term=np.frombuffer(self._terms, np.int64)[number],
            number=np.frombuffer(self._numbers, np.bool_)[number],
            capital=np.frombuffer(self._capitals, np.bool_)[number],
            determiner=np.frombuffer(self._determiners, np.bool_)[number],
        )


def vocabulary(code: str) -> Vocabulary:
    """Return this thread's vocabulary of a language."""
    tables: dict[str, Vocabulary] = _THREAD.__dict__
    if sum(map(len, tables.values())) > VOCABULARY_LIMIT:
        tables.clear()
    if code not in tables:
        tables[code] = Vocabulary(language(code))
    return tables[code]


def _core(raw: str) -> str:
    """Return the word in what stands between two spaces, the marks that cling to it shed."""
    if raw.isalnum():
        return raw
    return max(_WORD().findall(raw), key=len, default="").replace(SOFT_HYPHEN, "")


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each run of letters and digits of one kind of script, and whether to pair them."""
    for pairs, other in _RUNS().findall(text):
        yield pairs or other, bool(pairs)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _read(word: bytes | str) -> str:
    return word if isinstance(word, str) else word.decode("utf-8", "surrogatepass")


def _words(rows: Sequence[str]) -> list[bytes]:
    """Cut rows into words, a `BREAK` between one row and the next.

    Bytes are translated and split many times as fast as characters.
    """
    text = "\n".join(rows)
    if rows and text.count("\n") >= len(rows):
        text = "\n".join(row.replace("\n", " ") for row in rows)
    if not text.isascii():
        for mark in _PARTING:
            text = text.replace(mark, " ")
    return _encoded(text).translate(_SPACES).replace(b"\n", b" %b " % BREAK).split()


def _bigrams(rows: Sequence[str]) -> list[bytes | str]:
    """Cut rows into pairs of characters, words of other scripts whole, a `BREAK` between rows."""
    found: list[bytes | str] = []
    for number, row in enumerate(rows):
        found += [BREAK] if number else []
        for run, pairs in _runs(row):
            found += [run[i : i + 2] for i in range(len(run) - 1)] if pairs and run[1:] else [run]
    return found


def count_words(text: str, known: Language) -> int:
    """Count words, or characters in a language written without spaces."""
    if known.unspaced:
        return sum(len(run) if pairs else 1 for run, pairs in _runs(text))
    shapes = _without_foreign_marks(text).translate(_SHAPES, b"'")
    return (b" " + shapes).count(b" a")


def _without_foreign_marks(text: str) -> bytes:
    """Encode a text; of what is not ASCII, drop marks within words, blank out those between."""
    data = _encoded(text)
    for each in set(_read(data.translate(None, _ASCII))):
        if not each.isalnum():
            data = data.replace(_encoded(each), b"" if _IN_COUNTED().match(each) else b" ")
    return data


def content_terms(text: str, tag: str) -> list[str]:
    """Return the stems of the words of a text that carry meaning, in order."""
    known = language(tag)
    cut = (_bigrams if known.bigrams else _words)([text])
    kept = [word for each in cut if len(word := _core(_read(each)).lower()) > 1]
    return known.stem_all([each for each in kept if each not in known.stop_words])
