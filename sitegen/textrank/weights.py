"""How much each signal counts.

The numbers were fitted by ``tests/bench/fit_weights.py`` to articles with summaries that people
wrote: those for English to CNN and the Daily Mail, those for all other languages to French,
Vietnamese, Bengali and Turkish news too. One table for all would cost English a third of what it
gains over an article's first sentences: its references are the shorter ones. What a text does
not have (paragraphs, a headline) English takes from the others. A block quote's weight is set by
hand.
"""

from collections.abc import Mapping

WEIGHTS = {
    "late": (-1.18, -1.00),
    "share": (-4.73, -1.41),
    "second": (3.16, 0.53),
    "paragraph start": (-0.13, -0.13),
    "rank": (1.47, 3.06),
    "later votes": (4.79, 3.59),
    "earlier votes": (-3.40, -2.43),
    "like the first": (-8.18, -11.09),
    "repeated terms": (2.96, 0.31),
    "recurring": (4.35, 0.22),
    "title": (13.90, 13.90),
    "length": (-0.94, 1.87),
    "length squared": (-0.06, -0.14),
    "share of names": (1.89, 1.10),
    "number": (1.44, 1.39),
    "new names": (0.97, 0.38),
    "known names": (-1.72, -2.62),
    "opens with a quote": (-2.43, -2.14),
    "quote": (-2.21, 0.09),
    "commas": (-0.88, -0.42),
    "block quote": (-2.00, -2.00),
}
"""A signal's weight in English, and in all other languages; the signals are those of `signals`."""


def weights(code: str) -> Mapping[str, float]:
    """Return the weights for a language, given its bare code."""
    column = 0 if code == "en" else 1
    return {name: pair[column] for name, pair in WEIGHTS.items()}
