"""TextRank without a matrix: all documents of a batch are ranked in one power iteration.

The walk goes from sentence to sentence along the weights ``W = T Tᵀ − I`` of the graph (Mihalcea
& Tarau 2004), so one step of it is ``T (Tᵀ x) − x``: time and memory grow with the number of
terms, never with the square of the number of sentences.
"""

from typing import NamedTuple

import numpy as np

from sitegen.textrank.arrays import Bools, Floats, Ints, sum_by
from sitegen.textrank.graph import Graph

DAMPING = 0.85
TOLERANCE = 1e-4
STEPS = 64
STRIDE = 8
"""Steps after which documents that have converged leave the walk."""

LEAD_EXPONENT = 0.3
FIXED_POINT = 2.0**40
"""Scale at which running sums over a whole batch are taken as integers, which are exact."""


class Ties(NamedTuple):
    """The entries of terms that more than one sentence has; others tie a sentence to itself alone.

    ``own`` is what its ties add to each sentence's likeness to itself; ``columns`` counts the
    terms, whose numbers are all below it.
    """

    row: Ints
    column: Ints
    weight: Floats
    own: Floats
    columns: int

    def along(self, x: Floats) -> Floats:
        """Return ``W x``."""
        terms = sum_by(self.column, self.weight * x[self.row], self.columns)
        reached = sum_by(self.row, self.weight * terms[self.column], len(self.own))
        return np.maximum(reached - self.own * x, 0.0)

    def part(self, rows: Bools) -> "Ties":
        """Return the ties among some of the sentences, which must be whole documents."""
        entries = rows[self.row]
        column = self.column[entries]
        columns = np.zeros(self.columns, dtype=np.bool_)
        columns[column] = True
        return Ties(
            row=(np.cumsum(rows) - 1)[self.row[entries]],
            column=(np.cumsum(columns) - 1)[column],
            weight=self.weight[entries],
            own=self.own[rows],
            columns=int(columns.sum()),
        )


class Walk(NamedTuple):
    """A random walk over the sentences of documents, along their ties.

    ``restart`` is the chance to begin anew at a sentence, ``share`` what it passes on along each
    unit of weight, 0 for one that is ``dangling``: tied to none.
    """

    ties: Ties
    restart: Floats
    share: Floats
    dangling: Bools
    document: Ints
    documents: int

    def each(self, x: Floats) -> Floats:
        """Return the sum of ``x`` over the sentences of each document."""
        return sum_by(self.document, x, self.documents)

    def step(self, x: Floats) -> Floats:
        """Return the ranks after one step; what dangling sentences hold begins anew."""
        onward = self.ties.along(x * self.share)
        if self.dangling.any():
            lost = self.each(np.where(self.dangling, x, 0.0))[self.document]
            onward += lost * self.restart
        return (1 - DAMPING) * self.restart + DAMPING * onward

    def run(self, x: Floats, steps: int, tolerance: float) -> tuple[Floats, Bools]:
        """Walk; return the ranks, and which documents the last step changed by no more than
        ``tolerance``.
        """
        before = x
        for _ in range(steps):
            before, x = x, self.step(x)
        return x, self.each(np.abs(x - before)) <= tolerance

    def part(self, documents: Bools) -> "Walk":
        """Return the walk over some of the documents alone."""
        rows = documents[self.document]
        return Walk(
            ties=self.ties.part(rows),
            restart=self.restart[rows],
            share=self.share[rows],
            dangling=self.dangling[rows],
            document=(np.cumsum(documents) - 1)[self.document[rows]],
            documents=int(documents.sum()),
        )


def walk(g: Graph) -> Walk:
    """Make the walk over a graph; it begins anew at early sentences, ``(i + 1)^-0.3``."""
    shared = np.flatnonzero(g.frequency[g.column] > 1)
    row, weight = g.row[shared], g.weight[shared]
    own = sum_by(row, weight * weight, len(g.document))
    column = g.column[shared]
    ties = Ties(row=row, column=column, weight=weight, own=own, columns=len(g.frequency))
    degree = ties.along(np.ones(len(own)))
    dangling = degree < 1e-12
    restart: Floats = np.power(g.position + 1.0, -LEAD_EXPONENT)
    return Walk(
        ties=ties,
        restart=restart / g.of_documents(restart)[g.document],
        share=np.where(dangling, 0.0, 1.0 / np.where(dangling, 1.0, degree)),
        dangling=dangling,
        document=g.document,
        documents=len(g.lengths),
    )


def rank(g: Graph, *, tolerance: float = TOLERANCE, steps: int = STEPS) -> tuple[Floats, Bools]:
    """Return each sentence's rank, summing to 1 a document, and which documents converged.

    A document has converged when a step changes its ranks by no more than ``tolerance`` in all.
    It leaves the walk when it is found so, whatever its neighbours in the batch do.
    """
    left = walk(g)
    x = left.restart
    rows, documents = np.arange(len(x)), np.arange(left.documents)
    converged = np.zeros(left.documents, dtype=np.bool_)
    for start in range(0, steps, STRIDE):
        ranks, done = left.run(x[rows], min(STRIDE, steps - start), tolerance)
        x = x.copy()
        x[rows] = ranks
        converged[documents[done]] = True
        if done.all():
            break
        rows = rows[~done[left.document]]
        documents, left = documents[~done], left.part(~done)
    return x, converged


def votes(g: Graph, x: Floats) -> tuple[Floats, Floats]:
    """Return for each sentence the votes of later sentences and those of earlier ones.

    ``Σ_{j>i} x_j s_ij`` and ``Σ_{j<i} x_j s_ij`` (directed, position-aware edges: Zheng & Lapata
    2019, PacSum), by running sums inside each term's run of sentences.
    """
    value = g.weight * x[g.row]
    fixed = np.round(value * FIXED_POINT).astype(np.int64)[g.by_column]
    column = g.column[g.by_column]
    running = np.cumsum(fixed)
    before = np.concatenate([[0], running])[g.column_ends - g.frequency]
    earlier = np.empty(len(fixed))
    earlier[g.by_column] = (running - fixed - before[column]) / FIXED_POINT
    later = np.empty(len(fixed))
    later[g.by_column] = (running[g.column_ends[column] - 1] - running) / FIXED_POINT
    return g.of_rows(g.weight * later), g.of_rows(g.weight * earlier)
