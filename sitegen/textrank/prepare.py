"""Documents of one language become a batch: sentences with their places, words, graph, ranks."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sitegen.textrank.arrays import Bools, Ints
from sitegen.textrank.graph import Graph, graph
from sitegen.textrank.languages import Language
from sitegen.textrank.model import Document
from sitegen.textrank.rank import rank
from sitegen.textrank.segment import sentence_spans
from sitegen.textrank.signals import Batch
from sitegen.textrank.terms import vocabulary

TOKENS_A_WORD = {
    "vi": 1.7, "zh": 1.6, "ja": 2.2, "ko": 2.0, "th": 4.5, "lo": 4.5, "km": 4.5, "my": 4.5,
}  # fmt: skip
"""Tokens that make up a word: syllables in Vietnamese, pairs of characters elsewhere."""


Place = tuple[int, tuple[int, int]]
"""Where a sentence stands: in which block of its document, from where to where in it."""


class Prepared(NamedTuple):
    """A batch, the places of its sentences, and which documents' ranks converged."""

    batch: Batch
    places: Sequence[Place]
    converged: Bools


def prepare(documents: Sequence[Document], known: Language) -> Prepared:
    """Cut, number and rank the sentences of documents in one language."""
    found = [_spans(each, known.code) for each in documents]
    blocks = [block for document in documents for block in document.blocks]
    spans = [each for own in found for each in own]
    sentences = [
        block.text[start:end]
        for block, own in zip(blocks, spans, strict=True)
        for start, end in own
    ]
    words = vocabulary(known.code)
    tokens = words.tokens([*(each.title for each in documents), *sentences])
    sizes = np.fromiter(map(len, spans), np.int64, len(spans))
    lengths = np.fromiter((sum(map(len, own)) for own in found), np.int64, len(found))
    g = graph(tokens.row, tokens.term, lengths)
    ranks, converged = rank(g)
    batch = Batch(
        sentences=sentences,
        tokens=tokens,
        graph=g,
        rank=ranks,
        starts=_starts(sizes, g),
        quoted=np.repeat(np.array([each.quoted for each in blocks], dtype=np.bool_), sizes),
        written=words.written,
        tokens_a_word=TOKENS_A_WORD.get(known.code, 1.0),
        has_determiners=bool(known.determiners),
    )
    places = [
        (paragraph, span)
        for own in found
        for paragraph, in_block in enumerate(own)
        for span in in_block
    ]
    return Prepared(batch=batch, places=places, converged=converged)


def _spans(document: Document, code: str) -> list[list[tuple[int, int]]]:
    return [sentence_spans(block.text, code) for block in document.blocks]


def _starts(sizes: Ints, g: Graph) -> Bools:
    """Mark the sentences that begin a paragraph, in texts that have more than one.

    ``sizes`` counts the sentences of each block.
    """
    starts = np.zeros(len(g.document), dtype=np.bool_)
    starts[(np.cumsum(sizes) - sizes)[sizes > 0]] = True
    return starts & (g.of_documents(starts) > 1)[g.document]
