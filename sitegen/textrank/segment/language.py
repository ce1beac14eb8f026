"""What the rules know of a language: its marks and its words."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from sitegen.textrank.segment.characters import MARKS, MORE_MARKS, pattern
from sitegen.textrank.segment.words import Kind, classifier, rows


class Language(NamedTuple):
    """How a language ends its sentences; ``rare`` are the ASCII marks besides a full stop."""

    code: str
    marks: Callable[[], re.Pattern[str]]
    rare: tuple[str, ...]
    kind: Callable[[str], Kind]
    rows: dict[str, frozenset[str]]

    def lists(self, name: str, word: str) -> bool:
        """Tell whether a word is in a row of its table: lists("starter", "The")."""
        return word in self.rows.get(name, ())

    def places(self, text: str, start: int, end: int) -> list[int]:
        """Return where marks stand that may end a sentence: of a run of them the last one."""
        if not text.isascii() or any(map(text.__contains__, self.rare)):
            return [match.start() for match in self.marks().finditer(text, start, end)]
        found = []  # Most paragraphs have full stops and nothing else.
        at = text.find(".", start, end)
        while at >= 0:
            found.append(at)
            at = text.find(".", at + 1, end)
        return found


@lru_cache(maxsize=64)
def language_of(tag: str) -> Language:
    """Return what is known of the language of a BCP 47 tag."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    more = MORE_MARKS.get(code, "")
    marks = re.escape(MARKS + more)
    return Language(
        code=code,
        # The last mark of a run: millions of full stops in a row cost nothing.
        marks=pattern(rf"[{marks}\n](?![{marks}])"),
        rare=("!", "?", "\n", "..", *more),
        kind=classifier(code),
        rows={**rows(""), **rows(code)},
    )
