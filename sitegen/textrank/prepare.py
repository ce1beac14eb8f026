"""Documents of one language become a batch: sentences with their places, words, graph, ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sitegen.textrank.graph import Bools, graph
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Prepared:
    """A batch, the places of its sentences, and which documents' ranks converged."""

    batch: Batch
    places: Sequence[Place]
    converged: Bools


def prepare(documents: Sequence[Document], known: Language) -> Prepared:
    """Cut, number and rank the sentences of documents in one language."""
    found = [_places(each, known.code) for each in documents]
    places = [place for own in found for place in own]
    sentences = [
        document.blocks[paragraph].text[start:end]
        for document, own in zip(documents, found, strict=True)
        for paragraph, (start, end) in own
    ]
    words = vocabulary(known.code)
    tokens = words.tokens([*(each.title for each in documents), *sentences])
    lengths = np.array([len(own) for own in found], dtype=np.int64)
    g = graph(tokens.row, tokens.term, lengths)
    ranks, converged = rank(g)
    batch = Batch(
        sentences=sentences,
        tokens=tokens,
        graph=g,
        rank=ranks,
        starts=np.array([start for own in found for start in _starts(own)], dtype=np.bool_),
        quoted=np.array(
            [
                document.blocks[paragraph].quoted
                for document, own in zip(documents, found, strict=True)
                for paragraph, _ in own
            ],
            dtype=np.bool_,
        ),
        written=words.written,
        tokens_a_word=TOKENS_A_WORD.get(known.code, 1.0),
    )
    return Prepared(batch=batch, places=places, converged=converged)


def _places(document: Document, code: str) -> list[Place]:
    return [
        (number, span)
        for number, block in enumerate(document.blocks)
        for span in sentence_spans(block.text, code)
    ]


def _starts(own: Sequence[Place]) -> list[bool]:
    """Mark the sentences that begin a paragraph, in a text that has more than one."""
    if not own or own[0][0] == own[-1][0]:
        return [False] * len(own)
    return [True, *(one[0] != other[0] for one, other in pairwise(own))]
