"""Formatters of highlighted code, made once for all blocks of code that want the same.

Pygments lays out a style sheet, which nobody asked for, with each formatter that it makes: that
takes longer than to highlight a short block.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sitegen.markup.options import Options

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter


def formatter(lang_str: str = "", **options: Any) -> "HtmlFormatter[str]":
    """Return a formatter; the codehilite extension calls this for each block of code."""
    return _formatter(Options({"html": options}))


@lru_cache(maxsize=64)
def _formatter(options: Options) -> "HtmlFormatter[str]":
    from pygments.formatters.html import HtmlFormatter  # not for sites without code

    return HtmlFormatter(**options.configs["html"])
