"""What the rules know of a language: its marks and its words."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from sitegen.textrank.segment.characters import MARKS, MORE_MARKS
from sitegen.textrank.segment.words import Kind, classifier, rows


class Language(NamedTuple):
    """How a language ends its sentences."""

    code: str
    marks: re.Pattern[str]
    kind: Callable[[str], Kind]
    rows: dict[str, frozenset[str]]

    def lists(self, name: str, word: str) -> bool:
        """Tell whether a word is in a row of its table: lists("starter", "The")."""
        return word in self.rows.get(name, ())


@lru_cache(maxsize=64)
def language_of(tag: str) -> Language:
    """Return what is known of the language of a BCP 47 tag."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    marks = re.escape(MARKS + MORE_MARKS.get(code, ""))
    return Language(
        code=code,
        # The last mark of a run: millions of full stops in a row cost nothing.
        marks=re.compile(rf"[{marks}\n](?![{marks}])"),
        kind=classifier(code),
        rows={**rows(""), **rows(code)},
    )
