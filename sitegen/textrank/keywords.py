"""Keywords from the graph that ranks the sentences: the other side of it, its terms.

A term's score is the rank of the sentences that hold it, ``Tᵀ x``. What is like a noun goes
first: words that are written with a capital inside a sentence, or stand behind a determiner
somewhere. Terms that stand side by side more than once make a phrase (Mihalcea & Tarau 2004).
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from sitegen.textrank.arrays import Bools, Floats, Ints, changes, sum_by
from sitegen.textrank.model import Keyword
from sitegen.textrank.signals import Batch

UNLIKE_NOUNS = 0.3
"""What the score of a term is multiplied by that shows no sign of being a noun."""

SHORT = 6
"""Sentences of a text below which a term need not come again to be a keyword."""

SPARE = 4
"""Candidates looked at for each keyword wanted: a phrase may share a term with a better one."""


class _Phrases(NamedTuple):
    """Runs of terms: the entry each begins at, how many terms it has, document and score."""

    entry: Ints
    size: Ints
    document: Ints
    score: Floats

    def best(self, documents: int, limit: int) -> "_Phrases":
        """Return at most ``limit`` a document, best first, in the order of the documents."""
        order = np.lexsort((self.entry, -np.round(self.score, 9), self.document))
        begins = np.searchsorted(self.document[order], np.arange(documents))
        place = np.arange(len(order)) - begins[self.document[order]]
        order = order[place < limit]
        return _Phrases(
            entry=self.entry[order],
            size=self.size[order],
            document=self.document[order],
            score=self.score[order],
        )


Ranked = tuple[int, int, int, float, int, int, int]
"""Document, entry and size of a phrase, its score, and the columns of its terms, -1 for none."""


def keywords_of(batch: Batch, limit: int) -> list[tuple[Keyword, ...]]:
    """Return, for each document, at most ``limit`` keywords, best first."""
    g = batch.graph
    if not limit or not len(g.row):
        return [()] * len(g.lengths)
    inside = batch.tokens.row[np.maximum(g.token - 1, 0)] == batch.tokens.row[g.token]
    inside &= g.token > 0
    found = _candidates(batch, inside).best(len(g.lengths), SPARE * limit)
    last = len(g.column) - 1
    columns = (
        np.where(found.size > step, g.column[np.minimum(found.entry + step, last)], -1).tolist()
        for step in range(3)
    )
    own = (found.document, found.entry, found.size, found.score)
    rows: Iterable[Ranked] = zip(*(each.tolist() for each in own), *columns, strict=True)
    shown = _shown(batch, inside)
    made: list[tuple[Keyword, ...]] = [()] * len(g.lengths)
    for document, ranked in groupby(rows, key=itemgetter(0)):
        made[document] = _pick(batch, shown, ranked, limit)
    return made


def _candidates(batch: Batch, inside: Bools) -> _Phrases:
    """Return the terms and phrases of all documents that could be keywords."""
    g = batch.graph
    score = sum_by(g.column, g.weight * batch.rank[g.row], len(g.frequency))
    score *= np.where(_like_noun(batch, inside), 1.0, UNLIKE_NOUNS)
    first = g.by_column[g.column_ends - g.frequency]
    word = ~batch.tokens.number[g.token]
    few = g.lengths[g.column_document] < SHORT
    kept = ((g.frequency > 1) | g.in_title | few) & word[first]
    parts = [(first[kept], np.ones(kept.sum(), dtype=np.int64), score[kept])]
    adjacent = (g.token[1:] == g.token[:-1] + 1) & (g.row[1:] == g.row[:-1])
    adjacent &= word[1:] & word[:-1]
    pairs = np.flatnonzero(adjacent)
    triples = pairs[:-1][pairs[1:] == pairs[:-1] + 1] if len(pairs) else pairs
    for size, begins in ((2, pairs), (3, triples)):
        columns = [g.column[begins + step] for step in range(size)]
        entry, count = _repeated(columns, begins, len(g.frequency))
        members = [g.column[entry + step] for step in range(size)]
        commonest = np.max([g.frequency[each] for each in members], axis=0, initial=1)
        total = np.sum([score[each] for each in members], axis=0)
        parts.append((entry, np.full(len(entry), size), total * count / commonest))
    entries, sizes, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    return _Phrases(
        entry=entries, size=sizes, score=values, document=g.column_document[g.column[entries]]
    )


def _like_noun(batch: Batch, inside: Bools) -> Bools:
    """Tell of each column whether its term is like a noun; of all where that cannot be known."""
    g, t = batch.graph, batch.tokens
    if not batch.has_determiners:
        return np.ones(len(g.frequency), dtype=np.bool_)
    shows = inside & (t.capital[g.token] | t.determiner[np.maximum(g.token - 1, 0)])
    return sum_by(g.column, shows, len(g.frequency)) > 0


def _repeated(columns: list[Ints], begins: Ints, count: int) -> tuple[Ints, Ints]:
    """Return where each run of terms that occurs more than once first begins, and how often."""
    key = columns[0]
    for each in columns[1:]:
        place = np.argsort(key, kind="stable")
        ranks = np.empty_like(key)
        ranks[place] = np.cumsum(changes(key[place]))
        key = ranks * count + each
    place = np.argsort(key, kind="stable")
    starts = np.flatnonzero(changes(key[place]))
    times = np.diff(starts, append=len(key))
    return begins[place[starts[times > 1]]], times[times > 1]


def _pick(batch: Batch, shown: Ints, ranked: Iterable[Ranked], limit: int) -> tuple[Keyword, ...]:
    """Take the best phrases of a document, none of which has a term of a better one."""
    seen: set[int] = set()
    found: list[tuple[str, float]] = []
    for _, entry, size, score, *columns in ranked:
        if not seen.isdisjoint(columns[:size]):
            continue
        text = _phrase(batch, entry, size) if size > 1 else batch.written[shown[columns[0]]]
        if text:
            seen.update(columns[:size])
            found.append((text, score))
        if len(found) == limit:
            break
    total = sum(score for _, score in found) or 1.0
    return tuple(Keyword(text=text, score=round(score / total, 9)) for text, score in found)


def _phrase(batch: Batch, entry: int, size: int) -> str:
    """Return a phrase as the text writes it, or nothing where a mark stands inside it."""
    first = int(batch.graph.token[entry])
    words = [batch.written[number] for number in batch.tokens.word[first : first + size]]
    sentence = batch.sentences[int(batch.graph.row[entry])]
    return next((each for each in (" ".join(words), "-".join(words)) if each in sentence), "")


def _shown(batch: Batch, inside: Bools) -> Ints:
    """Return the number of the word that stands for each column's term.

    It is the form first met inside a sentence, where a capital means something, else the first.
    """
    g = batch.graph
    entry = g.by_column[g.column_ends - g.frequency].copy()
    within = np.flatnonzero(inside)[::-1]
    entry[g.column[within]] = within
    words: Ints = batch.tokens.word[g.token[entry]]
    return words
