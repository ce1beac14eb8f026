"""The key of a page: the digest of all that its bytes are made from.

Same key and the file is there: nothing to do. A page carries what its template shows, articles
and bodies by their digests, so the key needs nothing but the page, the templates that it loads,
and what all pages share.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sitegen.digest import digest, digest_of, encoded
from sitegen.model import Card, Page

ANY = "*"
"""Stands for all templates, where one is loaded by a name that is computed."""

References = Mapping[str, tuple[bytes, tuple[str, ...]]]
"""By the name of a template: the digest of its text, and the names of those that it loads."""


def page_keys(
    pages: Sequence[Page], shared: Any, references: References, program: bytes
) -> Iterator[bytes]:
    """Yield the key of each page, in order; ``shared`` is what all of them may show."""
    start = digest(program, digest_of(shared))
    loaded = closures(references)
    starts = {name: digest(start, each) for name, each in loaded.items()}
    nothing = digest(start)  # a template that is not there; rendering will say so
    short = _Short()
    for page in pages:
        shown = {name: short.of(value) for name, value in page.data.items()}
        parts = (page.path, page.source, page.language, page.title, shown, page.bodies, page.links)
        yield digest(starts.get(page.template, nothing), encoded(parts))


class _Short:
    """Digests in the place of cards: an article's card is the same object on a dozen pages."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Card, bytes]] = {}

    def of(self, value: Any) -> Any:
        """Return the digest of a card, the digests of many, and what else there is as it is."""
        if isinstance(value, Card):
            return self._digest(value)
        if isinstance(value, tuple) and value and isinstance(value[0], Card):
            return [self._digest(each) for each in value]
        return value

    def _digest(self, card: Card) -> bytes:
        found = self.known.get(id(card))  # kept with the card, so that its id stays its own
        if found is None:
            found = self.known[id(card)] = (card, digest_of(card))
        return found[1]


def closures(references: References) -> dict[str, bytes]:
    """Return, by template, the digest of its text and of all templates that it leads to."""
    return {name: _closure(name, references) for name in references}


def _closure(name: str, references: References) -> bytes:
    reached, waiting = set(), [name]
    while waiting:
        each = waiting.pop()
        if each in references and each not in reached:
            reached.add(each)
            names = references[each][1]
            waiting += references if ANY in names else names
    # One that is missing, as `ignore missing` allows, adds its name here on the day it is there.
    parts = (part for each in sorted(reached) for part in (each.encode(), references[each][0]))
    return digest(*parts)
