"""The rules: does a mark end a sentence? Each looks at the characters near by, and no further."""

from re import escape
from typing import NamedTuple

from sitegen.textrank.segment.characters import (
    BULLETS,
    CLOSING,
    COMMAS,
    MARKS,
    OPENING,
    WIDE,
    pattern,
)
from sitegen.textrank.segment.language import Language
from sitegen.textrank.segment.quotations import opens_second
from sitegen.textrank.segment.words import TOKEN_LIMIT, Kind, core, token

ORDINALS = frozenset("bs cs da de et fi hr hu is lv nb nn no pl sk sl sr tr".split())  # noqa: SIM905
"""Languages that write an ordinal as figures and a full stop."""
ALWAYS_ORDINALS = frozenset(("hu", "tr"))
"""Languages in which they may stand before any word."""

_CLOSING = escape(CLOSING)
_TAIL = pattern(
    rf"([{_CLOSING}]*+(?:(?:[“«](?![^\W_])|\[\d{{1,3}}\]|[ \xa0\u202f]»(?!\w))[{_CLOSING}]*+)*+)"
    rf"(?![{escape(MARKS)}])\s*+([{escape(OPENING)}\s]*+)"
)
"""What belongs to the sentence after its mark, and what opens the next one."""
_BULLET = pattern(rf"[ \t]*+(?=[{BULLETS}][ \t])")
_WORD = pattern(r"[^\W_]*")
_SMALL_START = pattern(r"[ა-ჿ]|[a-z]{1,2}[A-Z]")
_BRACKETED = pattern(r"[(\[{（][.!?…]*+$")
_EXCLAIMING = ("Yahoo!", "Yum!", "Jeopardy!")
_SPEAKER = pattern(
    r"(?:[A-Z][\w.’'-]*+ ){1,3}(?:said|says|asked|asks|told|added|replied|wrote|writes|shouted|"
    r"cried|yelled|tweeted|explained|continued|warned|joked|recalled|insisted|exclaimed)\b"
)
_REPORTED = pattern(r"[^，。！？“”\s]{0,5}[说說道问問喊叫]|と|って|[をの]|が(?!、)")
"""What carries on a sentence after a quotation: Chinese verbs of saying, Japanese particles."""
_SPELT = pattern(r"(?<!\w)(?:[^\W\d_]{1,3}\. ){1,2}[^\W\d_]{1,3}$")
_MEASURE = pattern(r"\d\s?\w+$")
_NUMBERED = pattern(r"[:\n]\W*$")
_ONE_WORD = pattern(r"(?:[^/@_.:\\=#<>]|(?<=\d)[.:](?=\d))++")


class Mark(NamedTuple):
    """The mark ``text[at]``; ``cut`` is after what closes, ``after`` is where the next word is."""

    text: str
    language: Language
    start: int
    at: int
    cut: int
    after: int

    @property
    def token(self) -> str:
        """The word before."""
        return token(self.text, self.start, self.at)

    @property
    def word(self) -> str:
        """The word after, or its first letters and digits."""
        found = _WORD().match(self.text, self.after)
        return found.group() if found else ""


def around(text: str, start: int, at: int, end: int) -> tuple[int, int, int] | None:
    """Return where a sentence would end at a mark, where the next one and its first word start.

    ``start`` is that of the sentence, ``end`` that of the block. None where it surely goes on.
    """
    if text[at] == "\n":
        return _item(text, start, at)
    first = text[at + 1]
    if first != " " and (first.islower() or first.isdigit()) and text[at] not in WIDE:
        return None
    tail = _TAIL().match(text, at + 1, end)
    if not tail:
        return None
    cut, (follow, after) = tail.end(1), tail.span(2)
    if after == end:
        return None
    if cut == follow and text[at] not in WIDE and opens_second(text, cut - 1):
        cut = follow = cut - 1
    return cut, follow, after


def _item(text: str, start: int, at: int) -> tuple[int, int, int] | None:
    """Find the item of a list after a line break: - red pens."""
    bullet = _BULLET().match(text, at + 1) if at >= start else None
    return (start + len(text[start:at].rstrip()), bullet.end(), bullet.end()) if bullet else None


def ends(mark: Mark, *, small: bool) -> bool:
    """Tell whether a mark ends a sentence of a block; it has no capitals if it is ``small``."""
    text, tongue, start, at, cut, after = mark
    if text[at] == "\n":
        return True
    first = text[after]
    if first in COMMAS and (text[at] in WIDE or text[after + 1 : after + 2].isspace()):
        return False
    if not text[cut].isspace():
        return _wide(mark) if text[at] in WIDE else _glued(mark)
    if first.islower() and not small and not _SMALL_START().match(text, after):
        return False
    if text[at] != "." or text[at - 1 : at] == ".":
        return not (_omits(mark) or _exclaims(mark) or _speaks(mark))
    kind = tongue.kind(token(text, start, at))
    return not kind or ends_after(mark, kind)


def _omits(mark: Mark) -> bool:
    """Tell whether an ellipsis stands for words left out: The report [...] Was long."""
    return _BRACKETED().search(mark.text, max(mark.start, mark.at - 4), mark.at) is not None


def _exclaims(mark: Mark) -> bool:
    """Tell whether an exclamation mark is part of a name: Yahoo! News."""
    return mark.text.endswith(_EXCLAIMING, mark.start, mark.at + 1)


def _speaks(mark: Mark) -> bool:
    """Tell whether a quotation's speaker follows: "Is it true?" Tom Lund asked."""
    quoted = mark.cut > mark.at + 1 and _SPEAKER().match(mark.text, mark.after)
    return bool(quoted) and not mark.language.lists("starter", mark.word)


def ends_after(mark: Mark, kind: Kind) -> bool:
    """Tell whether the full stop of an abbreviation or of figures ends the sentence too."""
    text, after = mark.text, mark.after
    spelt = _SPELT().search(text, max(mark.start, mark.at - 12), mark.at)
    if spelt:  # With spaces in it: z. B., и т. д.
        kind = mark.language.kind(spelt.group().replace(" ", "")) or kind
    if kind is Kind.FIGURES:
        return not _ordinal(mark)
    if kind is Kind.CLOSER or (kind is Kind.UNIT and _measures(mark)):
        return True
    if kind is Kind.PREPOSITIVE or text[after].isdigit():
        return False
    word = mark.word
    if kind is Kind.CLOCK:
        return not mark.language.lists("after_clock", word)
    # An initial looks like a starter: J. A. Smith.
    initial = text.startswith(".", after + len(word))
    return kind is Kind.NUMERIC or (mark.language.lists("starter", word) and not initial)


def _measures(mark: Mark) -> bool:
    """Tell whether a unit follows figures, not so soon as in "В 1990 г. Москва росла"."""
    soon = mark.at - mark.start <= 10
    return not soon and _MEASURE().search(mark.text, mark.at - 9, mark.at) is not None


def _ordinal(mark: Mark) -> bool:
    """Tell whether figures number an item or are an ordinal: 1. Wash it; am 3. Mai."""
    text, code = mark.text, mark.language.code
    begin = mark.at - len(core(mark.token))
    low = max(mark.start, begin - 4)
    if not text[low:begin].strip(OPENING) or _NUMBERED().search(text, low, begin):
        return True
    if code not in ORDINALS:
        return False
    word = mark.word
    if code in ALWAYS_ORDINALS or word[:1].isdigit() or mark.language.lists("after_ordinal", word):
        return True
    before = text[max(mark.start, begin - TOKEN_LIMIT) : begin].lower().split() or [""]
    counted = mark.language.lists("before_ordinal", before[-1])
    return counted and not mark.language.lists("starter", word)


def _wide(mark: Mark) -> bool:
    """Tell whether a mark that needs no space ends a sentence: not in “走吧。”他说."""
    text, last = mark.text, mark.text[mark.cut - 1]
    if last in "》〉" or (last in "）)" and text[mark.start] not in "（("):
        return False
    return last not in '」』”’"' or not _REPORTED().match(text, mark.after)


def _glued(mark: Mark) -> bool:
    """Tell whether a mark ends a sentence though the space is missing: left.But, not Node.Js."""
    if not _parts(mark):
        return False
    word = mark.token
    if mark.text[mark.at] in "…‥" or word.endswith("."):
        if not word[:1].islower():
            return False
        word = word.rstrip(".")
    if len(word) >= TOKEN_LIMIT or not _ONE_WORD().fullmatch(word):
        return False
    kind = mark.language.kind(word)
    in_word = kind is Kind.FIGURES and mark.at - mark.start > len(word)
    return (kind in (Kind.WORD, Kind.CLOSER) or in_word) and not mark.language.lists(
        "domain", mark.word
    )


def _parts(mark: Mark) -> bool:
    """Tell whether the letters on both sides are those of two sentences: not S.A, nor a.M."""
    text, after = mark.text, mark.after
    first, before = text[after], text[mark.at - 1 : mark.at]
    if not first.isupper():
        return mark.cut == mark.at + 1 and _caseless(first) and _caseless(before)
    second = text[after + 1 : after + 2]
    if not (second.islower() or second in (" ", "'", "’")):
        return False
    return before.islower() or before.isdigit() or before in CLOSING + "."


def _caseless(letter: str) -> bool:
    return letter.isalpha() and not letter.isupper() and not letter.islower()
