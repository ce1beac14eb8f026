"""The graph of a batch: its documents' sentences, tied by the terms that they share.

Two sentences of a document are as near as the cosine of their IDF-weighted term vectors (Barrios
et al. 2016). That matrix is never made: with the row-normalised sentence-term matrix ``T`` it is
``T Tᵀ``, and the graph keeps the entries of ``T``. Documents share no term, because a term is
numbered anew in each, so a batch is one graph in as many pieces.

Sums are taken in the order of the text, entry by entry, or over whole numbers, so that what comes
out for a document does not depend, to the last bit, on what else is in the batch.
"""

from typing import NamedTuple

import numpy as np

from sitegen.textrank.arrays import Bools, Floats, Ints, changes, sorted_places, sum_by


class Graph(NamedTuple):
    """The sentence-term matrices of a batch, one entry a distinct term of a sentence.

    ``row`` (sentence), ``column`` (a document's term) and ``weight`` give the entries in the
    order of the text; ``token`` is the word each was first met as. ``by_column`` sorts the
    entries by column, and by row within one. ``frequency`` counts the sentences that hold a
    column's term, ``column_document`` is its document. ``document`` gives each sentence's
    document, ``position`` its place in it, from 0, ``lengths`` the sentences of each document.
    The entries of sentence ``i`` are those from ``row_ends[i - 1]`` to ``row_ends[i]``, and so on
    in ``by_column`` for those of a column.
    ``in_title`` marks the columns whose term the document's title has too, ``title_terms`` counts
    the distinct terms of each title.
    """

    row: Ints
    column: Ints
    token: Ints
    weight: Floats
    by_column: Ints
    row_ends: Ints
    column_ends: Ints
    frequency: Ints
    column_document: Ints
    document: Ints
    position: Ints
    lengths: Ints
    in_title: Bools
    title_terms: Ints

    def columns_of(self, sentence: int) -> list[int]:
        """Return the columns of a sentence's terms."""
        start = int(self.row_ends[sentence - 1]) if sentence else 0
        columns: list[int] = self.column[start : int(self.row_ends[sentence])].tolist()
        return columns

    def of_rows(self, entries: Floats | Bools) -> Floats:
        """Return the sum of the entries of each sentence."""
        return sum_by(self.row, entries, len(self.document))

    def of_documents(self, x: Floats | Bools) -> Floats:
        """Return the sum of ``x`` over the sentences of each document."""
        return sum_by(self.document, x, len(self.lengths))

    def centred(self, x: Floats) -> Floats:
        """Return ``x`` less its mean over the sentences of the same document."""
        return x - (self.of_documents(x) / np.maximum(self.lengths, 1))[self.document]


def graph(row: Ints, term: Ints, lengths: Ints) -> Graph:
    """Build the graph of a batch.

    ``row`` and ``term`` are all words in the order of the text: first the titles', a row a
    document, then the sentences'; a word without a term has -1. ``lengths`` is the number of
    sentences of each document.
    """
    titles = len(lengths)
    document = np.repeat(np.arange(titles), lengths)
    terms = int(term.max(initial=0)) + 1
    token = np.flatnonzero((row >= titles) & (term >= 0))
    row_of_token = row[token] - titles
    keys, place = sorted_places(document[row_of_token] * terms + term[token])
    begins = changes(keys)
    distinct = begins | changes(row_of_token[place])
    column_of_token = np.full(len(token), -1)
    column_of_token[place[distinct]] = np.cumsum(begins)[distinct] - 1
    entries = np.flatnonzero(column_of_token >= 0)
    entry_of_token = np.empty(len(token), dtype=np.int64)
    entry_of_token[entries] = np.arange(len(entries))
    row_of_entry, column = row_of_token[entries], column_of_token[entries]
    column_key = keys[begins]
    column_document = column_key // terms
    frequency = np.bincount(column, minlength=len(column_key))
    weight = np.log1p(lengths[column_document] / frequency)[column]
    norm = np.sqrt(sum_by(row_of_entry, weight * weight, len(document)))
    in_titles = (row < titles) & (term >= 0)
    title_keys, _ = sorted_places(row[in_titles] * terms + term[in_titles])
    title_keys = title_keys[changes(title_keys)]
    return Graph(
        row=row_of_entry,
        column=column,
        token=token[entries],
        weight=weight / norm[row_of_entry],
        by_column=entry_of_token[place[distinct]],
        row_ends=np.cumsum(np.bincount(row_of_entry, minlength=len(document))),
        column_ends=np.cumsum(frequency),
        frequency=frequency,
        column_document=column_document,
        document=document,
        position=np.arange(len(document)) - (np.cumsum(lengths) - lengths)[document],
        lengths=lengths,
        in_title=_marked(column_key, title_keys),
        title_terms=np.bincount(title_keys // terms, minlength=titles),
    )


def _marked(keys: Ints, wanted: Ints) -> Bools:
    """Mark those of the keys, which are sorted, that are among the wanted."""
    found = np.zeros(len(keys), dtype=np.bool_)
    if len(keys):
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found[place[keys[place] == wanted]] = True
    return found


def similarity_to_first(g: Graph) -> Floats:
    """Return each sentence's similarity to the first of its document, 0 for that one itself."""
    is_first = g.position[g.row] == 0
    of_first = np.zeros(len(g.frequency))
    of_first[g.column[is_first]] = g.weight[is_first]
    return np.where(g.position == 0, 0.0, g.of_rows(g.weight * of_first[g.column]))
