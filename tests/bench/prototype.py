"""The yardstick of speed: a hand-tuned TextRank recipe, as short and as fast as numpy allows.

It has what the summariser grew from and nothing else: no spans, no rules for sentences, no fitted
signals, no keywords, no reasons. Sentences are sentencex's; each is a set of stems, weighted by
``ln(1 + n/df)``; a batch is ranked in one power iteration over the terms that sentences share;
then come directed votes, likeness to the title, a price for very short and very long sentences
and one for quotations and questions. The best sentences are given in the order of the text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import Stemmer
from numpy.typing import NDArray
from sentencex import segment

from sitegen.textrank.languages import language

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAMPING = 0.85
STEPS = 20
TOLERANCE = 1e-4
LEAD_EXPONENT = -0.3
EARLIER = 0.5
"""How much the votes of earlier sentences count against one."""
SHORT, LONG = 10, 60
PRICE = 0.1

ASIDE = frozenset("\"'“”‘’„«»‹›—–-")
BLANK_LINES = re.compile(r"\n\s*\n")
TABLE = bytes(
    byte if byte >= 128 or byte == 0x0A else ord(chr(byte).lower() if chr(byte).isalnum() else " ")
    for byte in range(256)
)
"""Punctuation becomes a space, a capital a small letter: one pass over the bytes."""
WIDE = tuple(each.encode() for each in "\u00a0—–…")
CLINGING = "“”„«»‘’‹›•´`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The sentence-term matrix of a batch, sorted by term, and by sentence within one.

    ``group`` numbers the terms, a document's apart from another's; group ``g`` begins at
    ``begins[g]`` and has ``frequency[g]`` entries.
    """

    row: Ints
    group: Ints
    weight: Floats
    begins: Ints
    frequency: Ints


class Stems(dict[bytes, int]):
    """Words to the numbers of their stems: 0 for a break, 1 for what is no term."""

    def __init__(self, code: str) -> None:
        super().__init__({b"\x00": 0})
        known = language(code)
        self.stop_words = known.stop_words
        self.stem = Stemmer.Stemmer(known.stemmer).stemWord if known.stemmer else str
        self.numbers: dict[str, int] = {}

    def __missing__(self, raw: bytes) -> int:
        word = raw.decode().lower().strip(CLINGING)
        if len(word) < 2 or word in self.stop_words:
            number = 1
        else:
            number = self.numbers.setdefault(self.stem(word), len(self.numbers) + 2)
        self[raw] = number
        return number


@lru_cache
def stems(code: str) -> Stems:
    """Return the numbers of a language's stems, which are kept from batch to batch."""
    return Stems(code)


def summarize(
    texts: Sequence[str], titles: Sequence[str], code: str, sentences: Sequence[int]
) -> list[list[str]]:
    """Return the best sentences of each text; ``sentences`` is how many each should have."""
    split = [_sentences(text, code) for text in texts]
    lengths = np.array([len(each) for each in split])
    rows = [sentence for each in split for sentence in each]
    score = _scores(rows, titles, lengths, code)
    document = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((-np.round(score, 9), document))
    begins = np.cumsum(lengths) - lengths
    place = np.arange(len(rows)) - begins[document]
    chosen = np.sort(order[place < np.asarray(sentences)[document]])
    ends = np.searchsorted(document[chosen], np.arange(len(lengths)), side="right").tolist()
    taken = [rows[number] for number in chosen.tolist()]
    return [taken[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _sentences(text: str, code: str) -> list[str]:
    paragraphs = BLANK_LINES.split(text) if "\n" in text else [text]
    found = [each.strip() for part in paragraphs for each in segment(code, part)]
    return [each for each in found if each]


def _scores(rows: list[str], titles: Sequence[str], lengths: Ints, code: str) -> Floats:
    number = _numbers([*rows, *titles], code)
    breaks = np.flatnonzero(number == 0)
    words = np.diff(breaks, prepend=-1)[: len(rows)] - 1
    document = np.repeat(np.arange(len(lengths)), lengths)
    owner = np.concatenate([document, np.arange(len(titles))])
    row = np.cumsum(number == 0)
    term = np.flatnonzero(number > 1)
    number, row = number[term], row[term]
    spread = int(number.max(initial=0)) + 1
    spoken = int(np.searchsorted(row, len(rows)))
    key = owner[row] * spread + number
    matrix, group_key = _matrix(key[:spoken], row[:spoken], lengths, spread)
    score = _votes(matrix, _rank(matrix, document, lengths), document, lengths)
    score += _title(matrix, group_key, key[spoken:], spread, document)
    score -= np.maximum(0, 1 - words / SHORT) + np.maximum(0, words / LONG - 1)
    aside = [row[0] in ASIDE or row[-1] == "?" for row in rows]
    return score - PRICE * np.array(aside, dtype=np.float64)


def _numbers(rows: list[str], code: str) -> Ints:
    """Number the words of all rows, a 0 between one row and the next."""
    text = "\n".join(rows)
    if text.count("\n") >= len(rows):
        text = "\n".join(row.replace("\n", " ") for row in rows)
    data = text.encode().translate(TABLE)
    for mark in () if text.isascii() else WIDE:
        data = data.replace(mark, b" ")
    words = data.replace(b"\n", b" \x00 ").split()
    return np.fromiter(map(stems(code).__getitem__, words), np.int64, len(words))


def _matrix(key: Ints, row: Ints, lengths: Ints, spread: int) -> tuple[Matrix, Ints]:
    """Build the matrix of a batch; tell each group's key too, document and stem in one number."""
    bits = int(row.max(initial=0)).bit_length()
    packed = (key << bits) | row
    packed.sort()
    distinct = np.ones(len(packed), dtype=np.bool_)
    distinct[1:] = packed[1:] != packed[:-1]
    packed = packed[distinct]
    key, row = packed >> bits, packed & ((1 << bits) - 1)
    first = np.ones(len(key), dtype=np.bool_)
    first[1:] = key[1:] != key[:-1]
    begins = np.flatnonzero(first)
    frequency = np.diff(begins, append=len(key))
    group_key = key[begins]
    idf = np.log1p(lengths[group_key // spread] / frequency)
    group = np.repeat(np.arange(len(begins)), frequency)
    weight = idf[group]
    norm = np.sqrt(np.bincount(row, weight * weight, lengths.sum()))
    matrix = Matrix(
        row=row, group=group, weight=weight / norm[row], begins=begins, frequency=frequency
    )
    return matrix, group_key


def _rank(m: Matrix, document: Ints, lengths: Ints) -> Floats:
    """Return the ranks of all sentences; terms of a single sentence tie it to nothing."""
    shared = np.flatnonzero(m.frequency > 1)
    kept = np.flatnonzero((m.frequency > 1)[m.group])
    row, weight, frequency = m.row[kept], m.weight[kept], m.frequency[shared]
    begins = np.cumsum(frequency) - frequency
    group = np.repeat(np.arange(len(shared)), frequency)
    count = len(document)
    own = np.bincount(row, weight * weight, count)

    def walk(x: Floats) -> Floats:
        """Return ``(T Tᵀ - I) x``."""
        if not len(begins):
            return np.zeros(count)
        terms = np.add.reduceat(weight * x[row], begins)
        return np.bincount(row, weight * terms[group], count) - own * x

    position = np.arange(count) - (np.cumsum(lengths) - lengths)[document]
    restart = (position + 1.0) ** LEAD_EXPONENT
    restart /= np.bincount(document, restart, len(lengths))[document]
    degree = walk(np.ones(count))
    dangling = degree < 1e-12
    share = np.where(dangling, 0.0, 1.0 / np.where(dangling, 1.0, degree))
    x = restart
    for _ in range(STEPS):
        lost = np.bincount(document, np.where(dangling, x, 0.0), len(lengths))[document]
        new = (1 - DAMPING + DAMPING * lost) * restart + DAMPING * walk(x * share)
        change = np.bincount(document, np.abs(new - x), len(lengths)).max(initial=0.0)
        x = new
        if change < TOLERANCE:
            break
    return x


def _votes(m: Matrix, y: Floats, document: Ints, lengths: Ints) -> Floats:
    """Return the votes of later sentences less those of earlier ones, at most 1 a document."""
    cast = m.weight * y[m.row]
    running = np.cumsum(cast)
    ends = m.begins + m.frequency - 1
    earlier = running - cast - (running[m.begins] - cast[m.begins])[m.group]
    later = running[ends][m.group] - running
    found = np.bincount(m.row, m.weight * (later - EARLIER * earlier), len(document))
    filled = lengths > 0
    highest = np.zeros(len(lengths))
    highest[filled] = np.maximum.reduceat(np.abs(found), (np.cumsum(lengths) - lengths)[filled])
    return found / np.where(highest > 0, highest, 1.0)[document]


def _title(m: Matrix, group_key: Ints, keys: Ints, spread: int, document: Ints) -> Floats:
    """Return ``|t ∩ s| / √(|t| |s|)`` for each sentence ``s`` and its document's title ``t``."""
    keys = np.unique(keys)
    if not len(keys):
        return np.zeros(len(document))
    shared = np.bincount(m.row, np.isin(group_key, keys)[m.group], len(document))
    own = np.bincount(m.row, minlength=len(document))
    wanted = np.bincount(keys // spread, minlength=int(document.max(initial=0)) + 1)
    return shared / np.sqrt(np.maximum(own * wanted[document], 1))
