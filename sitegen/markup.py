"""Markdown or plain text to HTML and to the blocks of prose that a summary is taken from.

Sentences are taken from the parsed tree, never from cut HTML: paragraphs, list items and block
quotes count; headings, code, tables, captions, footnotes and raw HTML do not.
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
SKIPPED_TAGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "caption", "figcaption", "script", "style",
    "dt", "button", "select", "textarea", "math", "svg",
})  # fmt: skip
SKIPPED_CLASSES = frozenset({"footnote", "footnote-ref", "headerlink", "toc", "footnote-backref"})
LINK = re.compile('(?: (href|src)=")?\x1d(\\d+)\x1d"?')
PLACEHOLDER = re.compile("\x02wzxhzdk:(\\d+)\x03")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of prose: its text as readers see it, its id in the HTML, whether it is quoted."""

    id: str
    text: str
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
    blocks = tuple(
        Block(id=f"p{number}", text=" ".join(text.split()))
        for number, text in enumerate(paragraphs, 1)
    )
    body = "\n".join(
        f'<p id="{each.id}">{html.escape(each.text, quote=False)}</p>' for each in blocks
    )
    return Parsed(parts=(body,), attributes=(), targets=(), blocks=blocks)


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
        self._walk(root, taken, quoted=False)
        for element in list(root.iter()):
            self._mark_links(element)
            _wrap_tables(element)

    def _take_heading(self, root: ElementTree.Element) -> None:
        if len(root) and root[0].tag == "h1" and not (root.text or "").strip():
            self.heading = " ".join("".join(self._texts(root[0])).split())
            root.remove(root[0])

    def _walk(self, parent: ElementTree.Element, taken: set[str | None], *, quoted: bool) -> None:
        for element in parent:
            if not isinstance(element.tag, str) or _skipped(element):
                continue
            inside = quoted or element.tag == "blockquote"
            if element.tag in BLOCK_TAGS and not any(child.tag in _NESTED for child in element):
                self._take_block(element, taken, inside)
            else:
                self._walk(element, taken, quoted=inside)

    def _take_block(
        self, element: ElementTree.Element, taken: set[str | None], quoted: bool
    ) -> None:
        text = " ".join("".join(self._texts(element)).split())
        if not text or _only_link(element, text):
            return
        if not element.get("id"):
            number = len(self.blocks) + 1
            while f"p{number}" in taken:
                number += 1
            element.set("id", f"p{number}")
            taken.add(f"p{number}")
        self.blocks.append(Block(id=element.get("id", ""), text=text, quoted=quoted))

    def _texts(self, element: ElementTree.Element) -> Iterator[str]:
        if element.text:
            shown = self._visible(element.text)
            yield html.unescape(shown) if element.tag == "code" else shown
        for child in element:
            if not isinstance(child.tag, str) or _skipped(child):
                pass
            elif child.tag == "br":
                yield " "
            else:
                yield from self._texts(child)
            if child.tail:
                yield self._visible(child.tail)

    def _visible(self, text: str) -> str:
        """Put what Python-Markdown has stashed back: entities as characters, tags as nothing."""

        def stashed(match: re.Match[str]) -> str:
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
            return html.unescape(raw) if raw.startswith("&") else ""

        return PLACEHOLDER.sub(stashed, text).replace("\x02amp\x03", "&").replace("\u00ad", "")

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


_NESTED = frozenset({"p", "ul", "ol", "dl", "blockquote", "pre", "table", "div", "li", "dd"})


def _skipped(element: ElementTree.Element) -> bool:
    return element.tag in SKIPPED_TAGS or not SKIPPED_CLASSES.isdisjoint(
        element.get("class", "").split()
    )


def _only_link(element: ElementTree.Element, text: str) -> bool:
    """Tell a list item that is nothing but a link: part of a menu, not of the article."""
    return (
        element.tag == "li"
        and len(element) == 1
        and element[0].tag == "a"
        and not ((element.text or "").strip() or (element[0].tail or "").strip())
    )
