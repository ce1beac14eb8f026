"""What speaks for a sentence and against it: a number a signal, read off a batch at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sitegen.textrank.arrays import Bools, Floats, sum_by
from sitegen.textrank.graph import Graph, similarity_to_first
from sitegen.textrank.rank import votes
from sitegen.textrank.terms import Tokens

QUOTES = '"“”„«»「」『』'
OPENING = frozenset(QUOTES + "‘'—–-•")

WORDS = 20
"""Words of a sentence of middling length: the unit of the signals of length."""

FEW = 3
"""Names or commas of a sentence of that length: the unit in which they are counted."""


class Batch(NamedTuple):
    """The sentences of a batch in one language, and all that signals are read from.

    ``tokens`` holds the words of the titles too, in one row a document before the sentences'
    rows. ``rank`` is the TextRank score of each sentence. ``starts`` marks the first sentence of
    each paragraph, where a text has more than one, ``quoted`` those of block quotes.
    ``tokens_a_word`` tells how many tokens make up a word of the language, ``has_determiners``
    whether its articles and the like are known, ``written`` how each word is written, by its
    number in ``tokens.word``.
    """

    sentences: Sequence[str]
    tokens: Tokens
    graph: Graph
    rank: Floats
    starts: Bools
    quoted: Bools
    written: Sequence[str]
    tokens_a_word: float
    has_determiners: bool


def signals(b: Batch) -> dict[str, Floats]:
    """Return all signals of a batch by name, each with a number a sentence."""
    return dict((*_place(b), *_centrality(b), *_content(b), *_vocabulary(b), *_form(b)))


def _place(b: Batch) -> Iterator[tuple[str, Floats]]:
    """Read where a sentence stands: reports put first what matters most."""
    position = b.graph.position.astype(np.float64)
    yield "late", np.log1p(position)
    yield "share", position / b.graph.lengths[b.graph.document]
    yield "second", np.where(position == 1, 1.0, 0.0)
    yield "paragraph start", b.starts.astype(np.float64)


def _centrality(b: Batch) -> Iterator[tuple[str, Floats]]:
    """Read the graph: TextRank itself, and the ties of a sentence by their direction."""
    g = b.graph
    later, earlier = votes(g, b.rank)
    yield "rank", b.rank * g.lengths[g.document]
    yield "later votes", _by_highest(g, later)
    yield "earlier votes", _by_highest(g, earlier)
    yield "like the first", similarity_to_first(g)


def _by_highest(g: Graph, values: Floats) -> Floats:
    """Divide by the highest value of each document."""
    filled = g.lengths > 0
    begins = np.cumsum(g.lengths) - g.lengths
    highest = np.zeros(len(g.lengths))
    highest[filled] = np.maximum.reduceat(values, begins[filled])
    return values / np.where(highest > 0, highest, 1.0)[g.document]


def _content(b: Batch) -> Iterator[tuple[str, Floats]]:
    """Read what a sentence's terms are: how often the text comes back to them, the headline's."""
    g = b.graph
    terms = np.maximum(np.bincount(g.row, minlength=len(g.document)), 1)
    frequency = g.frequency[g.column]
    yield "repeated terms", g.of_rows(np.log(frequency)) / terms
    yield "recurring", g.of_rows(frequency > 1) / terms
    shared = g.of_rows(g.in_title[g.column])
    size = np.maximum(g.title_terms, 1)[g.document]
    yield "title", shared / np.sqrt(terms * size)


def _vocabulary(b: Batch) -> Iterator[tuple[str, Floats]]:
    """Read a sentence's words: how many, names and numbers among them."""
    g, t = b.graph, b.tokens
    titles = len(g.lengths)
    spoken = t.row >= titles
    row, count = t.row[spoken] - titles, len(g.document)
    words = np.bincount(row, minlength=count)
    length = words / (b.tokens_a_word * WORDS)
    yield "length", length
    yield "length squared", length * length
    opens = np.ones(len(t.row), dtype=np.bool_)
    opens[1:] = t.row[1:] != t.row[:-1]
    name = t.capital & ~opens
    names = sum_by(row, name[spoken], count)
    yield "share of names", names / np.maximum(words, 1)
    number = sum_by(row, t.number[spoken], count)
    yield "number", np.minimum(number, 1.0)
    first = np.zeros(len(g.row), dtype=np.bool_)
    first[g.by_column[g.column_ends - g.frequency]] = True
    named = name[g.token]
    yield "new names", g.of_rows(named & first) / FEW
    yield "known names", g.of_rows(named & ~first) / FEW


def _form(b: Batch) -> Iterator[tuple[str, Floats]]:
    """Read how a sentence is written: as speech, as a list."""

    def each(values: Iterable[float]) -> Floats:
        return np.fromiter(values, np.float64, len(b.sentences))

    yield "opens with a quote", each(text[0] in OPENING for text in b.sentences)
    yield "quote", each(map(_has_quote, b.sentences))
    yield "commas", each(text.count(",") for text in b.sentences) / FEW
    yield "block quote", b.quoted.astype(np.float64)


def _has_quote(text: str) -> bool:
    return '"' in text or (not text.isascii() and any(map(text.__contains__, QUOTES)))
