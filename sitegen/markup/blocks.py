"""What text is turned into, whichever way: HTML, and blocks of prose."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

LINK = re.compile('(?: (href|src)="\x1d(\\d+)\x1d"|\x1d(\\d+)\x1d)')
"""Where `mark` stands in HTML, with the attribute that it is the value of."""

CLOSED = re.compile(r"[.!?…‽。！？｡؟۔।॥။።]['\"’”»›)\]」』）]*$")
"""The end of a whole sentence, in any script that marks it."""

BEFORE_LEAD_IN = re.compile(
    r".*(?:\w{4}[.!?…]['\"’”»)\]]*(?=\s+[^\sa-z])|[。！？؟۔।]['\"’”»)\]」』）]*(?=.))", re.S
)
"""All that goes before the last sentence; a mark after a short word may be an abbreviation's."""

SOFT_HYPHEN = "\u00ad"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|$")
"""The beginning of a link that leads out of the site, or within the page."""


SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "geo", "xmpp", "irc", "ircs", "news"})
"""Where links may lead. ``data`` can hold a page, ``javascript`` a program."""

SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")


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


def leads_on(address: str) -> bool:
    """Tell whether an address leads to a place, not to a program or a page hidden in itself."""
    return scheme_of(address) in SCHEMES | {""}


def scheme_of(address: str) -> str:
    """Return the scheme of an address, as browsers find it: ``https``; empty where it has none."""
    scheme = SCHEME.match(address)
    return scheme[1].lower() if scheme else ""


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


def fold(text: str) -> str:
    """Return a text with white space folded and without soft hyphens."""
    if text.isprintable() and "  " not in text:  # so the space is its only white space
        return text.strip()
    return " ".join(text.replace(SOFT_HYPHEN, "").split())


def mark(number: int) -> str:
    """Return what stands in HTML for the target of that number, until `cut` takes it out."""
    return f"\x1d{number}\x1d"


def cut(body: str, targets: Sequence[str], blocks: Sequence[Block], heading: str) -> Parsed:
    """Cut HTML at the marks of its links into the site."""
    pieces = LINK.split(body) if "\x1d" in body else [body]
    numbers = (value or alone for value, alone in zip(pieces[2::4], pieces[3::4], strict=True))
    return Parsed(
        parts=tuple(pieces[0::4]),
        attributes=tuple(each or "" for each in pieces[1::4]),
        targets=tuple(targets[int(each)] for each in numbers),
        blocks=tuple(blocks),
        heading=heading,
    )
