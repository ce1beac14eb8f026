r"""What Markdown's extensions act on, so that a text without it can do without them.

Read off Python-Markdown's own extensions, each processor and pattern of them. An extension, or an
option, that is not listed here could do anything, and no text is claimed from it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sitegen.markup.options import Options


class Acts(NamedTuple):
    """What an extension acts on: strings ``anywhere``, a regular expression where a line starts.

    ``inline`` is whichever of them its own patterns within a paragraph look for.
    """

    anywhere: tuple[str, ...] = ()
    line: str = ""
    inline: tuple[str, ...] = ()


CONTROLS = tuple(map(chr, (*range(10), *range(11, 32), 127)))
"""All control characters but the line feed: some mean something to Python-Markdown or to us."""

MARKDOWN = Acts(
    anywhere=("<", "\\", "`", *CONTROLS),
    line=r"[ >]|[=-][=\- ]*\n",  # indented, quoted, or underlining what is above; a rule
    inline=("`", "\\", "[", "<", "&", "*", "_", "  \n"),
)
"""What needs no extension; `sitegen.markup.short` reads the marks that are not listed here."""

ACTS: dict[str, Acts] = {
    "abbr": Acts(line=r"\*\["),
    "admonition": Acts(line="!!!"),
    "attr_list": Acts(anywhere=("{",)),
    "codehilite": Acts(),  # only on code
    "def_list": Acts(line=":"),
    "fenced_code": Acts(line="~~~"),
    "footnotes": Acts(anywhere=("[^",), inline=("[^",)),
    "legacy_attrs": Acts(anywhere=("{@",)),
    "legacy_em": Acts(anywhere=("_",), inline=("_",)),
    "md_in_html": Acts(),  # only on "<"
    # The first line alone: a key and its value, or an end of them, which any white space is.
    "meta": Acts(line=r"(?<=\A\n)(?:[A-Za-z0-9_-]+:|---|\.\.\.|[^\S\n])"),
    "nl2br": Acts(line=r"(?<=[^\n]\n)[^\n]", inline=("\n",)),
    "sane_lists": Acts(),  # only on lists
    "smarty": Acts(anywhere=("'", '"', "--", "...")),
    "tables": Acts(anywhere=("|",)),
    "toc": Acts(anywhere=("[TOC]",)),
    "wikilinks": Acts(anywhere=("[[",), inline=("[[",)),
}
"""`MARKDOWN`'s marks are not said again, nor what only its own structures contain."""

EXTRA = ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables")

OPTIONS: dict[str, dict[str, type]] = {
    "codehilite": {
        "css_class": str,
        "guess_lang": bool,
        "linenums": bool,
        "noclasses": bool,
        "pygments_style": str,
        "use_pygments": bool,
    },
    "fenced_code": {"lang_prefix": str},
    "footnotes": {"BACKLINK_TEXT": str, "BACKLINK_TITLE": str},
    "smarty": {"smart_dashes": bool, "smart_ellipses": bool, "smart_quotes": bool},
    "tables": {"use_align_attribute": bool},
    "toc": {"permalink": bool},
}
"""Options, and values, that change nothing of what an extension acts on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Markdown with a set of extensions that are known, so it is known what they act on.

    A text is asked with a line feed before it. ``toc``: headings get ids; ``permalink``: and links.
    """

    marks: tuple[str, ...]
    lines: re.Pattern[str]
    inline: tuple[str, ...]
    toc: bool
    permalink: bool
    smarty: bool

    def acts_on(self, text: str) -> bool:
        """Tell whether the text has what makes it more than paragraphs, headings and links."""
        for each in self.marks:  # a loop: this is most of the time that plain prose takes
            if each in text:
                return True
        return self.lines.search(text) is not None


@lru_cache(maxsize=64)
def dialect_of(extensions: tuple[str, ...], options: Options) -> Dialect | None:
    """Return the dialect, or nothing where an extension or an option is not known."""
    chosen = {name: options.configs.get(name, {}) for name in extensions}
    if not all(_known(name, given) for name, given in chosen.items()):
        return None
    parts = [part for name in chosen for part in (EXTRA if name == "extra" else (name,))]
    acts = [MARKDOWN, *(ACTS[part] for part in parts)]
    lines = "|".join(each.line for each in acts if each.line)
    return Dialect(
        marks=_each_once(mark for each in acts for mark in each.anywhere),
        lines=re.compile(rf"\n(?:{lines})"),
        inline=_each_once(mark for each in acts for mark in each.inline),
        toc="toc" in parts,
        permalink=bool(chosen.get("toc", {}).get("permalink")),
        smarty="smarty" in parts,
    )


def _known(name: str, options: dict[str, Any]) -> bool:
    studied = OPTIONS.get(name, {})
    return (name in ACTS or name == "extra") and all(
        key in studied and isinstance(value, studied[key]) for key, value in options.items()
    )


def _each_once(marks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(marks))
