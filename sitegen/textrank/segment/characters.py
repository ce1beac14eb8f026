"""The characters that end, close and open sentences, for patterns and for ``in``."""

import re
from collections.abc import Callable
from functools import cache, partial

STOPS = ".!?…‥．‼⁇⁈⁉‽"
WIDE = "。！？｡։؟۔܀܁܂।॥།።፧፨။៕។᠃᠉߹꓿꘎꘏꛳꛷꧉꯫᱾᱿"
"""Marks that end a sentence with no space after them."""
MARKS = STOPS + WIDE
MORE_MARKS = {"hy": ":", "el": ";\u037e"}
INVISIBLE = "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF)))
BULLETS = "•‣▪●◦*-"
CLOSING = "\"'”’»›‹)]}」』）】》〉¹²³⁴⁵⁶⁷⁸⁹⁰*_" + INVISIBLE
OPENING = "\"'“”‘«„‚»‹›([{（［「『《〈【¿¡·#_—–" + BULLETS + INVISIBLE
COMMAS = ",;:،؛，、；："


def pattern(source: str) -> Callable[[], re.Pattern[str]]:
    """Return what compiles the pattern when first called, so that importing costs nothing."""
    return cache(partial(re.compile, source))
