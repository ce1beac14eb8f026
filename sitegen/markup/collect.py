"""What Python-Markdown has parsed is read off its tree, never out of cut HTML.

Paragraphs, list items of whole sentences and block quotes count as prose; headings, code, tables,
captions, footnotes, lists of links and raw HTML do not.
"""

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.blocks import EXTERNAL, Block, fold, mark, whole_sentences
from sitegen.markup.sanitize import is_suspicious

BLOCK_TAGS = frozenset({"p", "li", "dd"})
ITEM_TAGS = frozenset({"li", "dd"})
NESTED_TAGS = frozenset({"p", "ul", "ol", "dl", "blockquote", "pre", "table", "div", "li", "dd"})
SKIPPED_TAGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "caption", "figcaption", "script", "style",
    "dt", "nav", "form", "button", "select", "textarea", "math", "svg",
})  # fmt: skip
SKIPPED_CLASSES = frozenset({
    "footnote", "footnote-ref", "footnote-backref", "headerlink", "toc", "admonition-title",
})  # fmt: skip
WORD = re.compile(r"\w")
PLACEHOLDER = re.compile("\x02wzxhzdk:(\\d+)\x03")
RAW_SILENT = re.compile(
    "\x02<(script|style|math|svg|button|select|textarea)\\b[^\x03]*\x03.*?\x02</\\1\\s*>\x03",
    re.S | re.I,
)
RAW_LINK = re.compile("\x02<a\\b[^\x03]*\x03.*?\x02</a\\s*>\x03", re.S | re.I)
RAW_BREAK = re.compile("\x02<br\\b[^\x03]*\x03", re.I)
RAW_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.I)
RAW_TAG = re.compile("\x02[^\x03]*\x03")
"""Tags written as HTML within a paragraph, which `Collector` puts between these two marks."""


class Collecting(Extension):
    """Python-Markdown's way in for `Collector`, after all other tree processors."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Add the collector; it stays at hand as ``self.collector``."""
        self.collector = Collector(md)
        md.treeprocessors.register(self.collector, "sitegen-collect", -10)


class Collector(Treeprocessor):
    """Reads blocks and links off the finished tree and gives each block its id."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.reset()

    def reset(self) -> None:
        """Forget the text before; to be called before each."""
        self.blocks: list[Block] = []
        self.targets: list[str] = []
        self.heading = ""
        self.suspicious = False

    def run(self, root: ElementTree.Element) -> None:
        """Take the title off the tree, number its blocks, mark its links, box its tables."""
        self._take_heading(root)
        taken = {each.get("id") for each in root.iter()} | self._raw_ids()
        self._walk(root, taken)
        for element in list(root.iter()):
            self._mark_links(element)
            self.suspicious = self.suspicious or is_suspicious(element)
            _wrap_tables(element)

    def _raw_ids(self) -> set[str]:
        """Return the ids that HTML in the text has."""
        raw = map(str, self.md.htmlStash.rawHtmlBlocks)
        return {each for block in raw if "id" in block for each in RAW_ID.findall(block)}

    def _take_heading(self, root: ElementTree.Element) -> None:
        if len(root) and root[0].tag == "h1" and not (root.text or "").strip():
            self.heading = self._text(root[0])
            root.remove(root[0])

    def _walk(
        self,
        parent: ElementTree.Element,
        taken: set[str | None],
        *,
        quoted: bool = False,
        item: bool = False,
    ) -> None:
        for element in parent:
            if not isinstance(element.tag, str) or _skipped(element):
                continue
            inside = quoted or element.tag == "blockquote"
            listed = item or element.tag in ITEM_TAGS
            if element.tag in BLOCK_TAGS:
                self._take_block(element, taken, quoted=inside, item=listed)
            self._walk(element, taken, quoted=inside, item=listed)

    def _take_block(
        self, element: ElementTree.Element, taken: set[str | None], *, quoted: bool, item: bool
    ) -> None:
        text = self._text(element)
        bare = len(element) == 0 and "\x02" not in (element.text or "")  # so it has no links
        if not WORD.search(text if bare else self._text(element, links=False)):
            return  # nothing, or nothing but links: part of a menu, not of the article
        if not element.get("id"):
            number = len(self.blocks) + 1
            while f"p{number}" in taken:
                number += 1
            element.set("id", f"p{number}")
            taken.add(f"p{number}")
        prose = whole_sentences(text, item=item)
        self.blocks.append(Block(id=element.get("id", ""), text=text, prose=prose, quoted=quoted))

    def _text(self, element: ElementTree.Element, *, links: bool = True) -> str:
        """Return the text as readers see it, without that of blocks inside, white space folded."""
        text = "".join(self._texts(element, links))
        if "\x02" in text:
            text = RAW_SILENT.sub("", text)
            text = text if links else RAW_LINK.sub("", text)
            text = RAW_TAG.sub("", RAW_BREAK.sub(" ", text))
        return fold(text)

    def _texts(self, element: ElementTree.Element, links: bool) -> Iterator[str]:
        if element.text:
            shown = self._visible(element.text)
            yield html.unescape(shown) if element.tag == "code" else shown
        for child in element:
            if child.tag == "br" or child.tag in NESTED_TAGS:
                yield " "
            elif isinstance(child.tag, str) and not _skipped(child) and (links or child.tag != "a"):
                yield from self._texts(child, links)
            if child.tail:
                yield self._visible(child.tail)

    def _visible(self, text: str) -> str:
        """Put back what Python-Markdown has stashed: entities as characters, tags between marks."""
        if "\x02" not in text:
            return text

        def stashed(match: re.Match[str]) -> str:
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
            return html.unescape(raw) if raw.startswith("&") else f"\x02{raw}\x03"

        return PLACEHOLDER.sub(stashed, text.replace("\x02amp\x03", "&"))

    def _mark_links(self, element: ElementTree.Element) -> None:
        for name in ("href", "src"):
            target = element.get(name)
            if target is not None and not EXTERNAL.match(target) and "\x02" not in target:
                element.set(name, mark(len(self.targets)))
                self.targets.append(target)


def _wrap_tables(parent: ElementTree.Element) -> None:
    """Put each table into a box that scrolls sideways, also by keyboard."""
    for place, child in enumerate(list(parent)):
        if child.tag == "table":
            box = ElementTree.Element("div", {"class": "scroll", "tabindex": "0"})
            box.tail, child.tail = child.tail, None
            parent[place] = box
            box.append(child)


def _skipped(element: ElementTree.Element) -> bool:
    return element.tag in SKIPPED_TAGS or not SKIPPED_CLASSES.isdisjoint(
        element.get("class", "").split()
    )
