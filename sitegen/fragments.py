"""Pieces that many pages share, rendered once: the card of an article stands on a dozen lists.

What a fragment shows may depend on its arguments, the language, and what all pages share, and on
nothing else of the page. Its links are left open, and each page fills them in from its own place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup, escape

KEPT = 4096
"""Fragments in memory. Pages are rendered in the order of their articles, so few are needed."""

SPECIAL = re.compile("[&<>\"']").search
"""Finds what must be escaped: few links have it, and to look is quicker than to escape."""

OPEN = re.compile("\x1e(\\d+)\x1f")
NAME = "fragment"
"""What templates call: ``fragment("partials/card.html", item=item)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """HTML cut where a link stands: ``len(parts) == len(urls) + 1``."""

    parts: tuple[str, ...]
    urls: tuple[str, ...]

    def filled(self, href: Callable[[str], str]) -> Markup:
        """Return the HTML with the links that ``href`` gives."""
        pieces = [self.parts[0]]
        for url, part in zip(self.urls, self.parts[1:], strict=True):
            link = href(url)
            pieces += (escape(link) if SPECIAL(link) else link, part)
        return Markup("".join(pieces))


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

    def render(
        self, language: str, href: Callable[[str], str], name: str, /, **arguments: Any
    ) -> Markup:
        """Return a fragment for a page in ``language``; arguments must be hashable."""
        return self._kept(name, language, tuple(arguments.items())).filled(href)

    def _rendered(
        self, name: str, language: str, arguments: tuple[tuple[str, Any], ...]
    ) -> Fragment:
        urls: list[str] = []

        def href(url: str) -> str:
            urls.append(url)
            return f"\x1e{len(urls) - 1}\x1f"

        template = self.environment.get_template(name)
        text = template.render({**self.names(language, href), **dict(arguments)})
        pieces = OPEN.split(text)
        return Fragment(
            parts=tuple(pieces[0::2]), urls=tuple(urls[int(each)] for each in pieces[1::2])
        )


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
