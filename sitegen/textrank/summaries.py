"""The public functions: texts in, summaries out, one at a time or many in a batch."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sitegen.textrank.arrays import Floats
from sitegen.textrank.choose import Candidates, Choice, choose
from sitegen.textrank.keywords import keywords_of
from sitegen.textrank.languages import Language, language
from sitegen.textrank.model import (
    Block,
    Budget,
    Document,
    Explained,
    Sentence,
    Summary,
)
from sitegen.textrank.openers import Pointing, pointing
from sitegen.textrank.prepare import Prepared, prepare
from sitegen.textrank.signals import signals
from sitegen.textrank.terms import count_words
from sitegen.textrank.weights import weights

BATCH = 256
"""Documents ranked in one go: enough for numpy to pay, few enough to stay small."""

BLANK_LINES = r"\n\s*\n"
DIGITS = 9
"""Decimals of a score; what differs less is a tie, on every platform."""


def summarize(
    text: str | Iterable[Block | str],
    *,
    title: str | None = None,
    language: str = "en",
    sentences: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    keywords: int = 10,
    explain: bool = False,
) -> Summary:
    """Summarise one text, or the blocks of one.

    A text's paragraphs are those of `paragraphs`, and so numbered. Of ``sentences``, ``words``
    and ``ratio`` (a share of the sentences) give one or none, which means three sentences;
    ``language`` is a BCP 47 tag. ``keywords`` is how many to find at most. Raises `ValueError`
    where the budget makes no sense.
    """
    if sentences is words is ratio is None:
        sentences = 3
    blocks = paragraphs(text) if isinstance(text, str) else text
    document = Document(
        blocks=[Block(text=each) if isinstance(each, str) else each for each in blocks],
        title=title or "",
        language=language,
        budget=Budget(sentences=sentences, words=words, ratio=ratio),
    )
    return summarize_many([document], keywords=keywords, explain=explain)[0]


def paragraphs(text: str) -> list[str]:
    """Cut a text at its blank lines."""
    return re.split(BLANK_LINES, text)


def summarize_many(
    documents: Iterable[Document], *, keywords: int = 10, explain: bool = False
) -> list[Summary]:
    """Summarise many documents in batches; the result for each does not depend on the others."""
    documents = list(documents)
    of_language: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        of_language.setdefault(language(document.language).code, []).append(number)
    found: dict[int, Summary] = {}
    for code, numbers in of_language.items():
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            own = [documents[number] for number in batch]
            made = _summarize_batch(own, language(code), keywords, explain=explain)
            found |= zip(batch, made, strict=True)
    return [found[number] for number in range(len(documents))]


def _summarize_batch(
    documents: Sequence[Document], known: Language, keywords: int, *, explain: bool
) -> list[Summary]:
    ready = prepare(documents, known)
    g = ready.batch.graph
    table = weights(known.code)
    shares = {name: table[name] * each for name, each in signals(ready.batch).items()}
    scores = np.round(g.centred(sum(shares.values(), np.zeros(len(ready.places)))), DIGITS)
    shares = {name: g.centred(each) for name, each in shares.items()} if explain else {}
    own = zip(documents, keywords_of(ready.batch, keywords), g.lengths.tolist(), strict=True)
    made, start = [], 0
    for number, (document, found, length) in enumerate(own):
        part = _Part(ready, known, scores[start : start + length].tolist(), start)
        choice = choose(part.candidates(), document.budget)
        made.append(
            Summary(
                sentences=tuple(part.sentence(i) for i in choice.taken),
                keywords=found,
                words=sum(part.words(i) for i in choice.taken),
                available=length,
                converged=bool(ready.converged[number]),
                notes=_notes(document, known),
                explained=_explained(part, choice, shares) if explain else (),
            )
        )
        start += length
    return made


class _Part:
    """One document's view of a batch: its sentences, by their number in it."""

    def __init__(self, ready: Prepared, known: Language, scores: list[float], start: int) -> None:
        self.ready, self.known, self.scores, self.start = ready, known, scores, start

    def candidates(self) -> Candidates:
        return Candidates(
            scores=self.scores,
            text=self.text,
            terms=self.terms,
            words=self.words,
            points=self.points,
        )

    def text(self, number: int) -> str:
        return self.ready.batch.sentences[self.start + number]

    def words(self, number: int) -> int:
        return count_words(self.text(number), self.known)

    def points(self, number: int) -> Pointing:
        return pointing(self.text(number), self.known.code)

    def terms(self, number: int) -> frozenset[int | str]:
        columns = frozenset(self.ready.batch.graph.columns_of(self.start + number))
        return columns or frozenset((self.text(number),))

    def sentence(self, number: int) -> Sentence:
        paragraph, span = self.ready.places[self.start + number]
        return Sentence(
            text=self.text(number), paragraph=paragraph, span=span, score=self.scores[number]
        )


def _explained(part: _Part, choice: Choice, shares: Mapping[str, Floats]) -> tuple[Explained, ...]:
    taken = set(choice.taken)
    return tuple(
        Explained(
            sentence=part.sentence(i),
            shares=tuple(
                (name, round(float(each[part.start + i]), DIGITS)) for name, each in shares.items()
            ),
            taken=i in taken,
            reason=reason,
        )
        for i, reason in enumerate(choice.reasons)
    )


def _notes(document: Document, known: Language) -> tuple[str, ...]:
    if known.supported or not document.blocks:
        return ()
    return (
        f"nothing is known of the language {document.language!r}: its sentences are ranked by"
        " whole words, stop words among them",
    )
