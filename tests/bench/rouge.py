"""ROUGE-1, ROUGE-2 and ROUGE-Lsum (Lin 2004) by Google's rouge-score, and a paired bootstrap.

English goes through that package's own tokeniser and stemmer; for other languages, of which it
would see nothing but ``a`` to ``z``, words are runs of letters, marks and digits.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import regex
from numpy.typing import NDArray
from rouge_score import rouge_scorer, tokenizers

METRICS = ("rouge1", "rouge2", "rougeLsum")
WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]"
    r"|[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}]]+",
    regex.V1,
)


class UnicodeTokenizer(tokenizers.Tokenizer):
    """Cuts any script into words, Chinese and Japanese into characters."""

    def tokenize(self, text: str) -> list[str]:
        return WORD.findall(text.lower())


@lru_cache
def tokenizer(language: str) -> tokenizers.Tokenizer:
    """Return the tokeniser that a language's summaries are compared by."""
    if language == "en":
        return tokenizers.DefaultTokenizer(use_stemmer=True)
    return UnicodeTokenizer()


@lru_cache
def _scorer(language: str) -> rouge_scorer.RougeScorer:
    return rouge_scorer.RougeScorer(METRICS, tokenizer=tokenizer(language))


def score(language: str, references: Sequence[str], sentences: Sequence[str]) -> list[float]:
    """Return a summary's F1 in each metric, in points, averaged over the references."""
    text = "\n".join(sentences)
    found = [_scorer(language).score(each, text) for each in references]
    return [100 * sum(each[m].fmeasure for each in found) / len(found) for m in METRICS]


def interval(differences: NDArray[np.float64], times: int = 2000) -> NDArray[np.float64]:
    """Return the 95 % interval of the mean of paired differences, one row a document."""
    random = np.random.default_rng(1)
    count = len(differences)
    means = [differences[random.integers(0, count, count)].mean(axis=0) for _ in range(times)]
    return np.percentile(means, [2.5, 97.5], axis=0)
