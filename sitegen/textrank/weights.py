"""How much each signal counts.

The numbers were fitted by ``tests/bench/fit_weights.py`` to articles with summaries that people
wrote: those for English to CNN and the Daily Mail, those for all other languages to French,
Vietnamese, Bengali and Turkish news too. One table for all would cost English a third of what it
gains over an article's first sentences: its references are the shorter ones. What a text does
not have (paragraphs, a headline) English takes from the others. A block quote's weight is set by
hand.
"""

from collections.abc import Mapping
from functools import lru_cache

WEIGHTS = {
    "late": (-1.18, -1.00),
    "share": (-4.73, -1.32),
    "second": (3.16, 0.51),
    "paragraph start": (-0.13, -0.13),
    "rank": (1.47, 3.07),
    "later votes": (4.79, 3.57),
    "earlier votes": (-3.40, -2.73),
    "like the first": (-8.18, -10.81),
    "repeated terms": (2.96, 0.38),
    "recurring": (4.35, 0.28),
    "title": (14.50, 14.50),
    "length": (-0.94, 1.82),
    "length squared": (-0.06, -0.13),
    "share of names": (1.89, 0.72),
    "number": (1.44, 1.43),
    "new names": (0.97, 0.41),
    "known names": (-1.72, -2.58),
    "opens with a quote": (-2.43, -2.17),
    "quote": (-2.21, 0.03),
    "commas": (-0.88, -0.33),
    "block quote": (-2.00, -2.00),
}
"""A signal's weight in English, and in all other languages; the signals are those of `signals`."""


@lru_cache(maxsize=2)
def weights(code: str) -> Mapping[str, float]:
    """Return the weights for a language, given its bare code."""
    column = 0 if code == "en" else 1
    return {name: pair[column] for name, pair in WEIGHTS.items()}
