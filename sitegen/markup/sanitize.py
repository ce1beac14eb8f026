"""What an article's HTML may hold: nothing that runs, calls home by stealth, or poses as the page.

Raw HTML, and attributes that Markdown extensions let authors write, go through nh3 (ammonia, a
parser of HTML as browsers have it), with a list of what is let through. What is not on it is
dropped; the text in it stays.
"""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from xml.etree import ElementTree

import nh3

from sitegen.markup.blocks import SCHEMES, leads_on
from sitegen.markup.headings import OWN_ID

_COMMON = frozenset({"id", "class", "title", "lang", "dir", "tabindex", "itemprop", "role"})
_CELL = frozenset({"colspan", "rowspan", "headers", "scope", "align", "abbr", "style"})
_MEDIA = frozenset({"src", "controls", "loop", "muted", "poster", "preload", "width", "height"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "*": _COMMON,
    "a": frozenset({"href", "hreflang", "rel", "download"}),
    "audio": _MEDIA,
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({
        "src", "alt", "width", "height", "srcset", "sizes", "loading", "decoding",
    }),
    "input": frozenset({"checked"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "meter": frozenset({"value", "min", "max", "low", "high", "optimum"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "progress": frozenset({"value", "max"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"src", "srcset", "sizes", "media", "type"}),
    "td": _CELL,
    "th": _CELL,
    "time": frozenset({"datetime"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "video": _MEDIA,
}  # fmt: skip
_TAGS = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn",
    "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "meter", "nav",
    "ol", "p", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "section",
    "small", "source", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
})  # fmt: skip


_FORGED = re.compile("&#(?:0*29(?![0-9])|[xX]0*1[dD](?![0-9a-fA-F]));?")
"""The character that links into the site are marked by, as a reference, which is resolved here."""


def is_suspicious(element: ElementTree.Element) -> bool:
    """Tell whether an element that Markdown made has what may have to be dropped."""
    if element.tag not in _TAGS:
        return isinstance(element.tag, str)
    allowed = _ATTRIBUTES.get(element.tag, frozenset())
    return any(
        (name not in _COMMON and name not in allowed)
        or (name in {"href", "src", "style", "id"} and _is_odd(name, value))
        for name, value in element.items()
    )


def _is_odd(name: str, value: str) -> bool:
    """Tell whether a value is more than what Markdown itself writes."""
    if name == "id":
        return OWN_ID.fullmatch(value) is not None
    if name == "style":
        return not re.fullmatch(r"text-align: (left|center|right);", value)
    address = html.unescape(value.replace("\x02amp\x03", "&"))
    # Python-Markdown stands for a character by the mark, and may for any.
    return "\x02" in address or not leads_on(address)


def sanitized(body: str) -> str:
    """Return HTML without what is not allowed in it."""
    # Not by nothing: what is left on both sides could make another one.
    return str(_cleaner().clean(_FORGED.sub("\ufffd", body)))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filtered,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        set_tag_attribute_values={"input": {"disabled": ""}},
        filter_style_properties={"text-align"},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _filtered(_tag: str, name: str, value: str) -> str | None:
    """Drop ids that pages use themselves: a link to ``#summary`` must find the summary."""
    return None if name == "id" and OWN_ID.fullmatch(value) else value
