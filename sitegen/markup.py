"""Markdown or plain text to HTML and to the blocks of prose that a summary is taken from.

Sentences are taken from the parsed tree, never from cut HTML: paragraphs, list items of whole
sentences and block quotes count; headings, code, tables, captions, footnotes, lists of links and
raw HTML do not.
"""

import html
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor

from sitegen.errors import ConfigError

RESERVED_ID = re.compile(r"p\d+|summary|content|top")
"""Ids that pages use themselves; a heading that would take one gets another."""

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
LINK = re.compile('(?: (href|src)=")?\x1d(\\d+)\x1d"?')
PLACEHOLDER = re.compile("\x02wzxhzdk:(\\d+)\x03")
RAW_SILENT = re.compile(
    "\x02<(script|style|math|svg|button|select|textarea)\\b[^\x03]*\x03.*?\x02</\\1\\s*>\x03",
    re.S | re.I,
)
RAW_LINK = re.compile("\x02<a\\b[^\x03]*\x03.*?\x02</a\\s*>\x03", re.S | re.I)
RAW_BREAK = re.compile("\x02<br\\b[^\x03]*\x03", re.I)
RAW_TAG = re.compile("\x02[^\x03]*\x03")
"""Tags written as HTML within a paragraph, which `_Collector` puts between these two marks."""

CLOSED = re.compile(r"[.!?…‽。！？｡؟۔।॥။።]['\"’”»›)\]」』）]*$")
"""The end of a whole sentence, in any script that marks it."""

BEFORE_LEAD_IN = re.compile(
    r".*(?:\w{4}[.!?…]['\"’”»)\]]*(?=\s+[^\sa-z])|[。！？؟۔।]['\"’”»)\]」』）]*(?=.))", re.S
)
"""All that goes before the last sentence; a mark after a short word may be an abbreviation's."""

SOFT_HYPHEN = "\u00ad"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of prose: its text as readers see it, its id in the HTML, whether it is quoted.

    ``prose`` is what a summary may take: the text up to the end of its last whole sentence. It is
    empty for a list item such as "Eggs", and lacks a last sentence that leads into what follows.
    """

    id: str
    text: str
    prose: str
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Text turned into HTML.

    ``parts`` is the HTML cut at each link into the site, ``attributes`` and ``targets`` what
    stood there (``href``, ``../world/other.md``); ``heading`` is the text of a level-one heading
    at the very start, which is left out of the HTML: it is the title.
    """

    parts: tuple[str, ...]
    attributes: tuple[str, ...]
    targets: tuple[str, ...]
    blocks: tuple[Block, ...]
    heading: str = ""


def clean(text: str) -> str:
    """Drop control characters, which neither HTML nor XML can carry."""
    return CONTROL.sub("", text)


def plain(paragraphs: Sequence[str]) -> Parsed:
    """Turn paragraphs of plain text into HTML; nothing in them is read as markup."""
    texts = (" ".join(each.split()) for each in paragraphs)
    blocks = tuple(
        Block(id=f"p{number}", text=text, prose=whole_sentences(text))
        for number, text in enumerate(texts, 1)
    )
    body = "\n".join(
        f'<p id="{each.id}">{html.escape(each.text, quote=False)}</p>' for each in blocks
    )
    return Parsed(parts=(body,), attributes=(), targets=(), blocks=blocks)


def whole_sentences(text: str, *, item: bool = False) -> str:
    """Return the part of a block that can stand alone; ``item``: it is an item of a list.

    "You will need:" makes no sense without what follows it, "two eggs" is no sentence.
    """
    if text.endswith((":", "：")):
        before = BEFORE_LEAD_IN.match(text)
        return before[0] if before else ""
    return "" if item and not CLOSED.search(text) else text


def check_extensions(
    extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]], file: str
) -> None:
    """Raise `ConfigError`, naming the settings file, where Python-Markdown refuses them."""
    try:
        render_markdown("", extensions, configs)
    except Exception as error:  # an extension is a stranger's program
        reason = f"no option {error}" if isinstance(error, KeyError) else str(error)
        raise ConfigError.of(
            f"setting 'markdown.extensions': {reason}", path=file, hint="is it installed?"
        ) from None


def render_markdown(
    text: str, extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]]
) -> Parsed:
    """Turn Markdown into HTML with the extensions named; raises what an extension raises."""
    key = tuple((name, tuple(sorted(options.items()))) for name, options in sorted(configs.items()))
    converter, collector = _converter(
        tuple(extensions), _Frozen(key, configs), threading.get_ident()
    )
    collector.reset()
    converter.reset()
    body = converter.convert(text)
    pieces = LINK.split(body)
    numbers = [int(each) for each in pieces[2::3]]
    return Parsed(
        parts=tuple(pieces[0::3]),
        attributes=tuple(each or "" for each in pieces[1::3]),
        targets=tuple(collector.targets[number] for number in numbers),
        blocks=tuple(collector.blocks),
        heading=collector.heading,
    )


class _Frozen:
    """Extension options as a cache key, compared by their contents."""

    def __init__(self, key: object, configs: Mapping[str, Mapping[str, Any]]) -> None:
        self.key = repr(key)
        self.configs = {name: dict(options) for name, options in configs.items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=64)
def _converter(
    extensions: tuple[str, ...], frozen: _Frozen, thread: int
) -> tuple[markdown.Markdown, "_Collector"]:
    """Make a converter for one thread alone: Python-Markdown's hold the text they convert."""
    configs = {**frozen.configs}
    configs["toc"] = {"slugify": _heading_id, **configs.get("toc", {})}
    configs["codehilite"] = {"guess_lang": False, **configs.get("codehilite", {})}
    collecting = _Collecting()
    converter = markdown.Markdown(
        extensions=[*extensions, collecting],
        extension_configs={name: configs[name] for name in configs if name in extensions},
    )
    return converter, collecting.collector


def _heading_id(value: str, separator: str) -> str:
    slug = slugify_unicode(value, separator)
    return f"{slug}{separator}section" if RESERVED_ID.fullmatch(slug) else slug


class _Collecting(Extension):
    """Python-Markdown's way in for `_Collector`, after all other tree processors."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        self.collector = _Collector(md)
        md.treeprocessors.register(self.collector, "sitegen-collect", -10)


class _Collector(Treeprocessor):
    """Reads blocks and links off the finished tree and gives each block its id."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        self.reset()

    def reset(self) -> None:
        self.blocks: list[Block] = []
        self.targets: list[str] = []
        self.heading = ""

    def run(self, root: ElementTree.Element) -> None:
        self._take_heading(root)
        taken = {each.get("id") for each in root.iter()}
        self._walk(root, taken)
        for element in list(root.iter()):
            self._mark_links(element)
            _wrap_tables(element)

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
        if not re.search(r"\w", self._text(element, links=False)):
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
        text = RAW_SILENT.sub("", "".join(self._texts(element, links)))
        if not links:
            text = RAW_LINK.sub("", text)
        text = RAW_TAG.sub("", RAW_BREAK.sub(" ", text))
        return " ".join(text.replace(SOFT_HYPHEN, "").split())

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

        def stashed(match: re.Match[str]) -> str:
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
            return html.unescape(raw) if raw.startswith("&") else f"\x02{raw}\x03"

        return PLACEHOLDER.sub(stashed, text.replace("\x02amp\x03", "&"))

    def _mark_links(self, element: ElementTree.Element) -> None:
        for name in ("href", "src"):
            target = element.get(name)
            if target is not None and not EXTERNAL.match(target) and "\x02" not in target:
                element.set(name, f"\x1d{len(self.targets)}\x1d")
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
