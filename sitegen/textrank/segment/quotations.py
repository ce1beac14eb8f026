"""Quotations and brackets of several sentences that are kept in one piece, if they are short."""

from bisect import bisect
from collections.abc import Callable, Iterator
from re import Pattern, escape

from sitegen.textrank.segment.characters import pattern

LIMIT = 300
"""Characters up to which they are."""

PAIRS = ('""', "“”", "„“", "„”", "””", "«»", "»«", "()", "[]", "「」", "『』", "（）")
EITHER_WAY = '"»”'
"""Marks that open or close; which it is shows in the characters beside them."""
BEFORE = "([{—–-:‘“"
"""What an opening one stands after, if not after white space."""


def leave_out_quoted(text: str, boundaries: dict[int, int]) -> None:
    """Delete the boundaries within quotations: "I saw it. It was red," he said."""
    if not boundaries:
        return
    ends = list(boundaries)
    for opening, closing in _quotations(text):
        at = bisect(ends, opening)
        while at < len(ends) and ends[at] < closing:
            boundaries.pop(ends[at], None)
            at += 1


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Return the spans of the short quotations, those of each pair of marks in order."""
    for mark, quotation in _ASCII_PATTERNS if text.isascii() else _PATTERNS:
        if mark in text:
            for match in quotation().finditer(text):
                yield match.span()


def _quotation(left: str, right: str) -> Callable[[], Pattern[str]]:
    """Return what matches a quotation: not from 6" to 8" in 'the 6" pipe, the 8" pipe'."""
    left, right, limit = escape(left), escape(right), LIMIT - 2
    opens, closes = rf"(?<![^\s{escape(BEFORE)}]{left})(?!\s)", r"(?<!\s)"
    if left not in EITHER_WAY:
        opens = closes = ""
    return pattern(f"{left}{opens}[^{right}]{{0,{limit}}}+{closes}{right}")


_PATTERNS = [(pair[0], _quotation(*pair)) for pair in PAIRS]
_ASCII_PATTERNS = [each for each in _PATTERNS if each[0].isascii()]


def opens_second(text: str, quote: int) -> bool:
    """Tell whether the quotation mark between two sentences with no space opens the second."""
    if text[quote] != '"':
        return text[quote] == "“"
    last = text.rfind('"', max(0, quote - LIMIT), quote)
    before, after = text[max(0, last - 1) : last], text[last + 1 : last + 2]
    return last < 0 or after.isspace() or not (before.isspace() or before in BEFORE)
