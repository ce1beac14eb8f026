"""Sentences to terms: lower-case words without stop words, stemmed, or character bigrams."""

import re
from collections.abc import Iterable

from sitegen.textrank.languages import Language

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0dff\u200c\u200d'’][^\W_]*)*")
UNSPACED_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff]+|[a-z0-9]+"
)


def count_words(text: str, language: Language) -> int:
    """Count words, or characters in a language written without spaces."""
    if language.unspaced:
        return sum(
            len(run) if run[0] > "\u0dff" else 1 for run in UNSPACED_WORD.findall(text.lower())
        )
    return len(WORD.findall(text))


def words(text: str, language: Language) -> list[str]:
    """Return the words that may become terms, in order, stop words and single letters left out."""
    lower = text.lower()
    stop = language.stop_words
    if not language.unspaced:
        return [word for word in WORD.findall(lower) if len(word) > 1 and word not in stop]
    found: list[str] = []
    for run in UNSPACED_WORD.findall(lower):
        found += [run] if run[0] <= "\u0dff" else bigrams(run)
    return [word for word in found if len(word) > 1 and word not in stop]


def bigrams(run: str) -> list[str]:
    """Return the overlapping pairs of characters of a run."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


class Vocabulary:
    """Numbers for the terms of one language; each distinct word is stemmed once."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._ids: dict[str, int] = {}
        self._stems: dict[str, int] = {}

    def ids(self, texts: Iterable[str]) -> list[set[int]]:
        """Return the set of term numbers of each text."""
        split = [words(text, self.language) for text in texts]
        known = self._ids
        new = list(dict.fromkeys(word for each in split for word in each if word not in known))
        for word, stem in zip(new, self.language.stem_all(new), strict=True):
            known[word] = self._stems.setdefault(stem, len(self._stems))
        return [{known[word] for word in each} for each in split]
