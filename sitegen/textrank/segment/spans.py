"""From a block to its sentences."""

from sitegen.textrank.segment.characters import pattern
from sitegen.textrank.segment.language import Language, language_of
from sitegen.textrank.segment.marks import Mark, around, ends, ends_after
from sitegen.textrank.segment.quotations import leave_out_quoted
from sitegen.textrank.segment.words import TOKEN_LIMIT

PHRASE = 60
"""Characters after which a space ends a sentence in a script that has no full stop."""
PHRASED = frozenset(("th", "lo"))

_LETTER = pattern(r"[^\W_]")
_PHRASE_END = pattern(
    r"(?<=[\u0e01-\u0eff]) ++(?=[\u0e01-\u0e2e\u0e40-\u0e45\u0e81-\u0eae\u0ec0-\u0ec4])"
)


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of a block, in characters, in order.

    ``language`` is a BCP 47 tag; of an unknown one only what is common to all is used. Spans begin
    and end with a character that is not blank and leave out nothing but blanks. What has no letter
    or digit ("* * *", an emoji) belongs to the sentence before it, at the beginning of the block
    to the one after it; a block of nothing else has no sentence.
    """
    tongue = language_of(language)
    end = len(text.rstrip())
    if not end:
        return []
    start = first = len(text) - len(text.lstrip())
    boundaries = _boundaries(text, start, end, tongue)
    leave_out_quoted(text, boundaries)
    boundaries[end] = end
    spans: list[tuple[int, int]] = []
    for cut, follow in boundaries.items():
        if text[start].isalnum() or _LETTER().search(text, start, cut):
            spans.append((start, cut))
        elif spans:
            spans[-1] = (spans[-1][0], cut)
        start = follow
    if spans:
        spans[0] = (first, spans[0][1])
    return _phrases(text, spans) if tongue.code in PHRASED else spans


def _boundaries(text: str, start: int, end: int, tongue: Language) -> dict[int, int]:
    """Return where sentences end, and where the one after each starts; quotations are not seen."""
    kind_of = tongue.kind
    small = text.islower()
    found = {}
    for at in tongue.places(text, start, end - 1):
        cut = at + 1
        # Most marks are a full stop, a space and a capital; the rest takes longer.
        if text[cut] == " " and text[cut + 1].isupper() and text[at] == ".":
            usual = True
            follow = after = cut + 1
        else:
            place = around(text, start, at, end)
            if not place:
                continue
            cut, follow, after = place
            usual = text[after].isupper() and cut < follow and text[at] == "." != text[at - 1]
        if usual:
            low = at - TOKEN_LIMIT if at - start > TOKEN_LIMIT else start
            kind = kind_of(text[text.rfind(" ", low, at) + 1 or low : at])
            if kind and not ends_after(Mark(text, tongue, start, at, cut, after), kind):
                continue
        elif not ends(Mark(text, tongue, start, at, cut, after), small=small):
            continue
        found[cut] = start = follow
    return found


def _phrases(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut long spans at spaces between letters, which part phrases in Thai and Lao."""
    found = []
    for start, end in spans:
        while end - start > 2 * PHRASE:
            space = _PHRASE_END().search(text, start + PHRASE, end)
            if not space:
                break
            found.append((start, space.start()))
            start = space.end()
        found.append((start, end))
    return found
