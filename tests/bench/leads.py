"""The opponent that is hardest to beat in news: an article's first sentences."""

from collections.abc import Iterator

import sentencex

from tests.bench.corpus import BLANK_LINES, Item


def sentences(item: Item) -> Iterator[str]:
    """Yield an article's sentences, cut by sentencex in each paragraph, blanks made single."""
    for paragraph in BLANK_LINES.split(item.text):
        for sentence in sentencex.segment(item.language, paragraph):
            if text := " ".join(sentence.split()):
                yield text


def lead(item: Item, count: int) -> list[str]:
    """Return the first ``count`` sentences."""
    return [text for text, _ in zip(sentences(item), range(count), strict=False)]


def lead_of_words(item: Item, count: int) -> list[str]:
    """Return the beginning up to ``count`` words, the last sentence cut where they are reached.

    A longer summary shares more with a reference, so this is the fairer opponent.
    """
    found: list[str] = []
    for text in sentences(item):
        words = text.split()[:count]
        count -= len(words)
        found += [" ".join(words)] if words else []
        if count <= 0:
            break
    return found


def words(summary: list[str]) -> int:
    """Count the words of a summary, parted by white space."""
    return sum(len(sentence.split()) for sentence in summary)
