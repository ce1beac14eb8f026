"""The public interface: texts in, summaries out, one at a time or many in a batch."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sitegen.textrank.languages import Language, language
from sitegen.textrank.rank import Floats, graph, rank, votes
from sitegen.textrank.segment import Sentence, sentences
from sitegen.textrank.terms import Vocabulary, count_words

TITLE = 1.0
QUOTE = 0.1
SHORT, LONG = 10, 60
OPENERS = ('"', "“", "„", "«", "»", "‘", "'", "—", "–", "-", "「", "『")
REDUNDANT = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What to summarise: blocks of prose (paragraphs), its title, language, how much to take.

    ``count`` is a number of sentences (1 or more) or, below 1, a share of them.
    """

    blocks: tuple[str, ...]
    title: str = ""
    language: str = "en"
    count: int | float = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A sentence taken: ``text == blocks[block][start:end]``, and the score that won."""

    text: str
    block: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A summary, in the order of the text; ``available`` sentences to choose from, ``words``."""

    sentences: tuple[Extracted, ...]
    available: int
    words: int
    converged: bool


def summarize(
    text: str, *, title: str = "", language: str = "en", count: int | float = 3
) -> Extract:
    """Return the ``count`` sentences that carry ``text``, whose paragraphs blank lines part."""
    blocks = tuple(block for block in text.split("\n\n") if block.strip())
    return summarize_many([Document(blocks=blocks, title=title, language=language, count=count)])[0]


def summarize_many(documents: Sequence[Document]) -> list[Extract]:
    """Summarise a batch in one go; the result for each does not depend on the others."""
    vocabularies = {tag: Vocabulary(language(tag)) for tag in {each.language for each in documents}}
    split = [_split(each, vocabularies[each.language].language) for each in documents]
    terms = [
        vocabularies[document.language].ids([document.title, *(each.text for each in found)])
        for document, found in zip(documents, split, strict=True)
    ]
    if not any(split):
        return [_extract(each, [], np.zeros(0), [], True) for each in documents]
    g = graph([each[1:] for each in terms])
    ranked, converged = rank(g)
    score = votes(g, ranked)
    results = []
    start = 0
    for number, (document, found) in enumerate(zip(documents, split, strict=True)):
        own = score[start : start + len(found)]
        start += len(found)
        tongue = vocabularies[document.language].language
        total = own + _signals(found, terms[number], tongue)
        results.append(_extract(document, found, total, terms[number][1:], bool(converged[number])))
    return results


def _split(document: Document, tongue: Language) -> list[Sentence]:
    return [
        sentence
        for number, block in enumerate(document.blocks)
        for sentence in sentences(block, tongue.code, number)
    ]


def _signals(found: list[Sentence], terms: list[set[int]], tongue: Language) -> Floats:
    """Score what the graph cannot see: the title's words, length, quotations and questions."""
    title, rest = terms[0], terms[1:]
    scores = np.zeros(len(found))
    for i, (sentence, own) in enumerate(zip(found, rest, strict=True)):
        words = count_words(sentence.text, tongue) / (2.0 if tongue.unspaced else 1.0)
        shared = len(title & own)
        scores[i] = (
            TITLE * (shared / math.sqrt(len(title) * len(own)) if shared else 0.0)
            - max(0.0, 1 - words / SHORT)
            - max(0.0, words / LONG - 1)
            - QUOTE
            * (sentence.text.startswith(OPENERS) or sentence.text.endswith(("?", "？", "؟")))
        )
    return scores


def _extract(
    document: Document, found: list[Sentence], score: Floats, terms: list[set[int]], converged: bool
) -> Extract:
    chosen = _choose(score, terms, budget(document.count, len(found)))
    taken = [found[i] for i in chosen]
    tongue = language(document.language)
    return Extract(
        sentences=tuple(
            Extracted(
                text=each.text,
                block=each.block,
                start=each.start,
                end=each.end,
                score=round(float(score[i]), 9),
            )
            for i, each in zip(chosen, taken, strict=True)
        ),
        available=len(found),
        words=sum(count_words(each.text, tongue) for each in taken),
        converged=converged,
    )


def budget(count: float, available: int) -> int:
    """Return how many of ``available`` sentences ``count`` (a number or a share) asks for."""
    return min(available, max(1, round(count * available)) if count < 1 else int(count))


def _choose(score: Floats, terms: list[set[int]], count: int) -> list[int]:
    """Take the best sentences, ties by position, passing over one that says what another said."""
    order = sorted(range(len(score)), key=lambda i: (-round(float(score[i]), 9), i))
    chosen: list[int] = []
    passed: list[int] = []
    for i in order:
        if len(chosen) == count:
            break
        (passed if _repeats(terms[i], (terms[j] for j in chosen)) else chosen).append(i)
    return sorted([*chosen, *passed[: count - len(chosen)]])


def _repeats(own: set[int], others: Iterable[set[int]]) -> bool:
    return any(
        own and len(own & other) > REDUNDANT * math.sqrt(len(own) * len(other)) for other in others
    )
