"""Pieces that many pages share, rendered once: the card of an article stands on a dozen lists.

What a fragment shows may depend on its arguments, the language, and what all pages share, and on
nothing else of the page. Its links are left open, and filled in for the folder that a page is in.
From most folders each link leads by way of the root of the site, so that one piece is put before
all of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup, escape

from sitegen.urls import rooted

KEPT = 2048
"""Fragments in memory. Pages are rendered in the order of their articles, so few are needed."""

FILLED = 256
"""Fragments in memory with their links: the frame of pages, below the folders it leads to."""

ROOT = "\x1e\x1f"
OPEN = re.compile("\x1e(\\d+)\x1f")
NAME = "fragment"
"""What templates call: ``fragment("partials/card.html", item=item)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page is: its folder below the root, the link from there to the root, and its links.

    All that is in one folder has the same links. ``root`` is empty where there is no such link,
    ``top`` is the folder of the root that the page is below.
    """

    folder: str
    top: str = field(compare=False)
    root: str = field(compare=False)
    href: Callable[[str], str] = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fragment:
    """HTML with `ROOT` where a link begins, and behind it the link as it leads from the root.

    ``urls`` are those of the links in order, ``lengths`` the characters of what is behind `ROOT`.
    Below the folders of the root that are in ``tops`` some link has a shorter way.
    """

    html: str
    urls: tuple[str, ...]
    lengths: tuple[int, ...]
    tops: frozenset[str]


def fragment_of(text: str, urls: Sequence[str]) -> Fragment:
    """Put the links into a text in which `OPEN` finds the numbers of their URLs."""
    pieces = OPEN.split(text)
    html, links = [pieces[0]], []
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        url = urls[int(number)]
        if "://" in url:  # which is the same from everywhere
            html += (escape(url), piece)
        else:
            link = escape(rooted(url))
            html += (ROOT, link, piece)
            links.append((url, len(link)))
    return Fragment(
        html="".join(html),
        urls=tuple(url for url, _ in links),
        lengths=tuple(length for _, length in links),
        tops=frozenset(url.split("/", 2)[1] for url, _ in links),
    )


def filled(fragment: Fragment, place: Place) -> str:
    """Return the HTML of a fragment with the links from a place, each by its shortest way."""
    first, *rest = fragment.html.split(ROOT)
    pieces = [first]
    for url, length, piece in zip(fragment.urls, fragment.lengths, rest, strict=True):
        pieces += (escape(place.href(url)), piece[length:])
    return "".join(pieces)


class Fragments:
    """The fragments of one site; ``names`` gives what templates see, by language and links."""

    def __init__(
        self,
        environment: jinja2.Environment,
        names: Callable[[str, Callable[[str], str]], Mapping[str, Any]],
    ) -> None:
        self.environment = environment
        self.names = names
        self._kept = lru_cache(KEPT)(self._rendered)
        self._filled = lru_cache(FILLED)(filled)

    def render(self, language: str, place: Place, name: str, /, **arguments: Any) -> Markup:
        """Return a fragment for a page in ``language``; arguments must be hashable."""
        fragment = self._kept(name, language, tuple(arguments.items()))
        if place.root and place.top not in fragment.tops:
            return Markup(fragment.html.replace(ROOT, place.root))
        return Markup(self._filled(fragment, place))

    def _rendered(
        self, name: str, language: str, arguments: tuple[tuple[str, Any], ...]
    ) -> Fragment:
        urls: list[str] = []

        def href(url: str) -> str:
            urls.append(url)
            return f"\x1e{len(urls) - 1}\x1f"

        template = self.environment.get_template(name)
        text = template.render({**self.names(language, href), **dict(arguments)})
        return fragment_of(text, urls)


def names_of(tree: nodes.Template) -> list[str | None]:
    """Return the templates that a template has as fragments; ``None`` for a computed name."""
    calls = [
        each
        for each in tree.find_all(nodes.Call)
        if isinstance(each.node, nodes.Name) and each.node.name == NAME
    ]
    first = [each.args[0] if each.args else None for each in calls]
    return [
        each.value if isinstance(each, nodes.Const) and isinstance(each.value, str) else None
        for each in first
    ]
