"""TextRank without a matrix: all documents of a batch are ranked in one power iteration.

The graph of a document joins its sentences by the cosine of their IDF-weighted term vectors
(Mihalcea & Tarau 2004; cosine weights: Barrios et al. 2016). With the row-normalised
sentence-term matrix ``T`` the weights are ``W = T Tᵀ − I``, so one step of the iteration is
``T (Tᵀ x) − x``: time and memory grow with the number of terms, never with the square of the
number of sentences. Documents share no term, because terms are numbered anew in each.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAMPING = 0.85
TOLERANCE = 1e-6
STEPS = 100
LEAD_EXPONENT = 0.3
BACKWARD_VOTE = -0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The sentence-term matrices of a batch, in coordinate form.

    ``row`` (sentence), ``column`` (term) and ``weight`` have one entry a distinct term of a
    sentence, sorted by sentence; ``document`` gives each sentence's document, ``position`` its
    place in it, from 0.
    """

    row: Ints
    column: Ints
    weight: Floats
    columns: int
    document: Ints
    position: Ints
    documents: int

    def gather(self, x: Floats) -> Floats:
        """Return ``Tᵀ x``, one value a term."""
        return sum_by(self.column, self.weight * x[self.row], self.columns)

    def spread(self, y: Floats) -> Floats:
        """Return ``T y``, one value a sentence."""
        return sum_by(self.row, self.weight * y[self.column], len(self.document))

    def sums(self, x: Floats) -> Floats:
        """Return the sum of ``x`` over each document."""
        return sum_by(self.document, x, self.documents)


def sum_by(group: Ints, values: Floats, groups: int) -> Floats:
    """Return, for each of ``groups`` groups, the sum of its values."""
    return np.bincount(group, values, groups).astype(np.float64, copy=False)


def graph(documents: list[list[set[int]]]) -> Graph:
    """Build the graph of a batch: for each document, for each sentence, its set of terms."""
    rows: list[int] = []
    terms: list[int] = []
    document: list[int] = []
    position: list[int] = []
    for number, sentences in enumerate(documents):
        for place, ids in enumerate(sentences):
            rows += [len(document)] * len(ids)
            terms += sorted(ids)
            document.append(number)
            position.append(place)
    row = np.array(rows, dtype=np.int64)
    term = np.array(terms, dtype=np.int64)
    owner = np.array(document, dtype=np.int64)
    stride = int(term.max(initial=0)) + 1
    keys, column = np.unique(owner[row] * stride + term, return_inverse=True)
    lengths = np.bincount(owner, minlength=len(documents)).astype(np.float64)
    frequency = np.bincount(column, minlength=len(keys)).astype(np.float64)
    inverse = np.log1p(lengths[keys // stride] / np.maximum(frequency, 1.0))
    weight = inverse[column]
    norm = np.sqrt(np.bincount(row, weight * weight, len(owner)))
    return Graph(
        row=row,
        column=column.astype(np.int64),
        weight=weight / norm[row] if len(row) else weight,
        columns=len(keys),
        document=owner,
        position=np.array(position, dtype=np.int64),
        documents=len(documents),
    )


def rank(g: Graph) -> tuple[Floats, NDArray[np.bool_]]:
    """Return each sentence's score, summing to 1 a document, and which documents converged.

    Sentences that share nothing with others hand their mass to the restart vector, so none
    leaks; the restart favours early sentences, ``(i + 1)^-0.3``. A document that has converged
    is frozen, so that its scores do not depend on its neighbours in the batch.
    """
    restart: Floats = np.power(g.position + 1.0, -LEAD_EXPONENT, dtype=np.float64)
    restart /= g.sums(restart)[g.document]
    degree = np.maximum(g.spread(g.gather(np.ones(len(g.document)))) - _self_weight(g), 0.0)
    dangling = degree < 1e-12
    share = np.where(dangling, 0.0, 1.0 / np.where(dangling, 1.0, degree))
    x = restart.copy()
    active = np.ones(g.documents, dtype=np.bool_)
    own = _self_weight(g)
    for _ in range(STEPS):
        sent = x * share
        arrived = np.maximum(g.spread(g.gather(sent)) - own * sent, 0.0)
        lost = g.sums(np.where(dangling, x, 0.0))[g.document]
        new = (1 - DAMPING) * restart + DAMPING * (arrived + lost * restart)
        new /= g.sums(new)[g.document]
        change = g.sums(np.abs(new - x))
        x = np.where(active[g.document], new, x)
        active &= change > TOLERANCE
        if not active.any():
            break
    return x, ~active


def votes(g: Graph, score: Floats) -> Floats:
    """Return directed votes: later sentences vote for a sentence, earlier ones against it.

    ``f_i = Σ_{j>i} y_j s_ij − 0.5 Σ_{j<i} y_j s_ij`` (directed, position-aware edges: Zheng &
    Lapata 2019, PacSum), by prefix sums inside each term's run of sentences, divided by the
    largest ``|f|`` of the document.
    """
    order = np.argsort(g.column, kind="stable")
    column = g.column[order]
    value = (g.weight * score[g.row])[order]
    running = np.cumsum(value)
    total = sum_by(g.column, g.weight * score[g.row], g.columns)
    first = np.searchsorted(column, np.arange(g.columns))
    before_run = (running - value)[first] if len(first) else running
    earlier = running - value - before_run[column]
    later = total[column] - earlier - value
    vote = g.weight[order] * (later + BACKWARD_VOTE * earlier)
    sums = sum_by(g.row[order], vote, len(g.document))
    largest = np.zeros(g.documents)
    np.maximum.at(largest, g.document, np.abs(sums))
    return sums / np.where(largest > 0, largest, 1.0)[g.document]


def _self_weight(g: Graph) -> Floats:
    return sum_by(g.row, g.weight * g.weight, len(g.document))
