"""Markdown or plain text to HTML and to the blocks of prose that a summary is taken from.

Most articles are paragraphs with a few marks in them, and for those a Markdown parser costs more
than all the rest of a build. So there are two ways, which give the same bytes: the short way
claims a text only where Python-Markdown, with the extensions in use, could do nothing else than it
does; the long way is Python-Markdown, which is not even imported until a text needs it.
"""

from sitegen.markup.blocks import CLOSED, Block, Parsed, clean, plain, scheme_of, whole_sentences
from sitegen.markup.render import check_extensions, render_markdown

__all__ = [
    "CLOSED",
    "Block",
    "Parsed",
    "check_extensions",
    "clean",
    "plain",
    "render_markdown",
    "scheme_of",
    "whole_sentences",
]
