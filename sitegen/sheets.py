"""What a batch of pages shows, fetched from the cache: one sheet, rendered in any process."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence

from sitegen.cache import Cache, CacheLostError
from sitegen.digest import digest
from sitegen.model import Card, Page

KEPT = 2048
"""Articles in memory: pages come in the order of their articles, and each is on several lists."""

Sheet = tuple[Sequence[Page], Mapping[str, bytes], Mapping[str, bytes]]
"""Pages to render, and the encoded articles and bodies that they show, by source."""

Fetch = Callable[[list[str]], Mapping[str, bytes]]


class Sheets:
    """Fetches what pages show; the bodies of ``indexes`` are in hand."""

    def __init__(self, cache: Cache, indexes: Mapping[str, bytes]) -> None:
        self.cache = cache
        self.indexes = indexes
        self.articles: OrderedDict[str, bytes] = OrderedDict()

    def fetch(self, pages: Sequence[Page]) -> Sheet:
        """Return the sheet of a batch of pages.

        Raises `CacheLostError` where a text is missing, or not the one that its entry tells of.
        """
        bodies = {source: made for page in pages for source, made in page.bodies.items()}
        return pages, self._articles(pages), _checked(bodies, self.indexes, self.cache.bodies)

    def _articles(self, pages: Sequence[Page]) -> Mapping[str, bytes]:
        wanted = {card.source: card.article for page in pages for card in cards(page)}
        found = _checked(wanted, self.articles, self.cache.articles)
        for source, data in found.items():
            self.articles[source] = data
            self.articles.move_to_end(source)
        while len(self.articles) > KEPT:
            self.articles.popitem(last=False)
        return found


def _checked(
    wanted: Mapping[str, bytes], known: Mapping[str, bytes], fetch: Fetch
) -> Mapping[str, bytes]:
    """Return texts by source: those that are ``known``, and others by their digests."""
    rest = [source for source in wanted if source not in known]
    found = fetch(rest)
    # A row that a torn write left behind is whole, but of another day.
    if any(digest(found[source]) != wanted[source] for source in rest):
        raise CacheLostError("a text is not the one that its entry tells of")
    return {source: known.get(source) or found[source] for source in wanted}


def cards(page: Page) -> Iterator[Card]:
    """Yield the cards of articles that a page shows."""
    for value in page.data.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Card):
                yield each
