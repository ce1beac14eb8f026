"""The public interface: texts in, summaries out, one at a time or many in a batch."""

import math
import re
from collections.abc import Iterable

import numpy as np

from sitegen.textrank import segment
from sitegen.textrank.languages import Language, language
from sitegen.textrank.model import Block, Budget, Document, Explained, Sentence, Summary
from sitegen.textrank.rank import Floats, graph, rank, votes
from sitegen.textrank.terms import Vocabulary, count_words

TITLE = 1.0
QUOTE = 0.1
SHORT, LONG = 10, 60
OPENERS = ('"', "“", "„", "«", "»", "‘", "'", "—", "–", "-", "「", "『")
REDUNDANT = 0.7


def summarize(
    text: str | Iterable[Block | str],
    *,
    title: str | None = None,
    language: str = "en",
    sentences: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    explain: bool = False,
) -> Summary:
    """Summarise one text, or the blocks of one.

    A text's paragraphs are parted by blank lines. Of ``sentences``, ``words`` and ``ratio`` give
    one or none, which means three sentences.
    """
    blocks = re.split(r"\n\s*\n", text) if isinstance(text, str) else text
    if sentences is words is ratio is None:
        sentences = 3
    document = Document(
        blocks=[Block(text=each) if isinstance(each, str) else each for each in blocks],
        title=title or "",
        language=language,
        budget=Budget(sentences=sentences, words=words, ratio=ratio),
    )
    return summarize_many([document], explain=explain)[0]


def summarize_many(documents: Iterable[Document], *, explain: bool = False) -> list[Summary]:
    """Summarise a batch in one go; the result for each does not depend on the others."""
    documents = list(documents)
    vocabularies = {tag: Vocabulary(language(tag)) for tag in {each.language for each in documents}}
    split = [_split(each, vocabularies[each.language].language) for each in documents]
    terms = [
        vocabularies[document.language].ids([document.title, *(each.text for each in found)])
        for document, found in zip(documents, split, strict=True)
    ]
    if not any(split):
        return [_extract(each, [], np.zeros(0), [], True, explain) for each in documents]
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
        results.append(
            _extract(document, found, total, terms[number][1:], bool(converged[number]), explain)
        )
    return results


def _split(document: Document, tongue: Language) -> list[segment.Sentence]:
    return [
        sentence
        for number, block in enumerate(document.blocks)
        for sentence in segment.sentences(block.text, tongue.code, number)
    ]


def _signals(found: list[segment.Sentence], terms: list[set[int]], tongue: Language) -> Floats:
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
    document: Document,
    found: list[segment.Sentence],
    score: Floats,
    terms: list[set[int]],
    converged: bool,
    explain: bool,
) -> Summary:
    chosen = _choose(score, terms, budget(document.budget, len(found)))
    tongue = language(document.language)
    every = [
        Sentence(
            text=each.text,
            paragraph=each.block,
            span=(each.start, each.end),
            score=round(float(score[i]), 9),
        )
        for i, each in enumerate(found)
    ]
    return Summary(
        sentences=tuple(every[i] for i in chosen),
        keywords=(),
        available=len(found),
        words=sum(count_words(every[i].text, tongue) for i in chosen),
        converged=converged,
        explained=tuple(
            Explained(
                sentence=each,
                shares=(("score", each.score),),
                taken=i in chosen,
                reason="among the best" if i in chosen else "others are better",
            )
            for i, each in enumerate(every)
        )
        if explain
        else (),
    )


def budget(asked: Budget, available: int) -> int:
    """Return how many of ``available`` sentences are asked for."""
    if asked.ratio is not None:
        return min(available, max(1, round(asked.ratio * available)))
    return min(available, asked.sentences or 3)


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
