"""The short way: paragraphs, headings, emphasis, links and images in their plainest forms.

A text is claimed as a whole or not at all. Whatever could be read in two ways is not claimed,
so this is no second Markdown: the tests hold each claim against Python-Markdown.
"""

import re

from sitegen.markup.blocks import (
    EXTERNAL,
    Block,
    Parsed,
    cut,
    fold,
    leads_on,
    mark,
    whole_sentences,
)
from sitegen.markup.dialect import Dialect
from sitegen.markup.headings import heading_id

SPACES_ONLY = re.compile(r"(?<=\n) +\n")
LIST_ITEM = re.compile(r"(?:\d+\.|[-+*]) ")
HEADING = re.compile(r"(#{1,6})([^#\n]+)(?:\n|$)")
LINKED = re.compile(r"<a [^<>]*>.*?</a>", re.S)
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"\w")
MAY_EMPHASISE = re.compile(r"_(?<!\w_)")
"""An underscore that can begin an emphasis; without that none can end one."""

MAY_BE_ENTITY = re.compile(r"&(?:#|\w+;)")
TARGET = r"""\(([^\s()<>"'*\[\]]+)\)"""
LINK = re.compile(r"(?<!!)\[([^\[\]<]+)\]" + TARGET)
IMAGE = re.compile(r"""!\[([^\[\]"&<>*\n]*)\]""" + TARGET)
EMPHASIS = re.compile(
    r"(?<!\*)(\*\*?)(?![\s*])((?:[^*<]++|<a [^<>]*>[^*<]*</a>|<img [^<>]*>)+)(?<!\s)\1(?!\*)"
)
"""A run of one or two stars, and the next run when it has as many; links within are whole."""


def short_way(text: str, dialect: Dialect) -> Parsed | None:
    """Turn Markdown into HTML, or return nothing: then only Python-Markdown can tell."""
    source = text + "\n\n"
    if "\n " in source:
        source = SPACES_ONLY.sub("\n", source)
    source = f"\n{source}"
    if dialect.acts_on(source) or _unclear(source):
        return None
    body = _Body(dialect)
    for block in source.split("\n\n"):
        if not body.take(block.removeprefix("\n")):
            return None
    return body.parsed()


def _unclear(source: str) -> bool:
    return bool(
        ("_" in source and MAY_EMPHASISE.search(source))
        or ("&" in source and MAY_BE_ENTITY.search(source))
    )


class _Body:
    """An article's HTML while its blocks are taken one by one."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.pieces: list[str] = []
        self.blocks: list[Block] = []
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.title = ""
        self.began = False
        self.strange = False

    def parsed(self) -> Parsed:
        return cut("\n".join(self.pieces), self.targets, self.blocks, self.title)

    def take(self, block: str) -> bool:
        """Take a block, with no blank line in it, in; tell whether that was possible."""
        while block.startswith("#"):
            found = HEADING.match(block)
            if not found or not self._take_heading(len(found[1]), found[2].strip()):
                return False
            block = block[found.end() :]
        return not block.strip() or self._take_paragraph(block)

    def _take_heading(self, level: int, source: str) -> bool:
        html = self._inline(source)
        if not html:
            return False
        text = fold(_shown(html))
        slug = heading_id(text, "-")
        if self.dialect.toc and (not slug or slug in self.ids):
            return False
        self.ids.add(slug)
        began, self.began = self.began, True
        if level == 1 and not began:
            self.title = text
            return True
        attribute = f' id="{slug}"' if self.dialect.toc else ""
        self.pieces.append(f"<h{level}{attribute}>{html}{self._permalink(slug)}</h{level}>")
        return True

    def _permalink(self, slug: str) -> str:
        if not self.dialect.permalink:
            return ""
        return f'<a class="headerlink" href="#{slug}" title="Permanent link">&para;</a>'

    def _take_paragraph(self, block: str) -> bool:
        wrapped = "\n" in block
        if LIST_ITEM.match(block) or (wrapped and ("\n#" in block or "  \n" in block)):
            return False
        source = block.lstrip()
        html = self._inline(source)
        self.began = True
        text = fold(_shown(html))
        if WORD.search(_shown(LINKED.sub("", html)) if "<a " in html else text):
            name = f"p{len(self.blocks) + 1}"
            self.blocks.append(Block(id=name, text=text, prose=whole_sentences(text)))
            self.pieces.append(f'<p id="{name}">{html}</p>')
        else:  # nothing, or nothing but links: part of a menu, not of the article
            self.pieces.append(f"<p>{html}</p>")
        return bool(html)

    def _inline(self, source: str) -> str:
        """Return the HTML of what is inside a block; empty where something in it is unclear."""
        html = source.replace("&", "&amp;").replace(">", "&gt;")
        if "[" in html or "]" in html:
            html = LINK.sub(self._link, IMAGE.sub(self._image, html))
            if "[" in html or "]" in html or self.strange:
                return ""
        if "*" in html:
            html = EMPHASIS.sub(_emphasis, html)
            if "*" in html:
                return ""
        return html

    def _link(self, found: re.Match[str]) -> str:
        return f'<a href="{self._target(found[2])}">{found[1]}</a>'

    def _image(self, found: re.Match[str]) -> str:
        return f'<img alt="{found[1]}" src="{self._target(found[2])}" />'

    def _target(self, escaped: str) -> str:
        if EXTERNAL.match(escaped):
            self.strange |= not leads_on(escaped)
            return escaped
        self.targets.append(escaped.replace("&gt;", ">").replace("&amp;", "&"))
        return mark(len(self.targets) - 1)


def _emphasis(found: re.Match[str]) -> str:
    tag = "strong" if len(found[1]) == 2 else "em"
    return f"<{tag}>{found[2]}</{tag}>"


def _shown(html: str) -> str:
    """Return the text of HTML that was made here, as readers see it."""
    text = TAG.sub("", html) if "<" in html else html
    return text.replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text
