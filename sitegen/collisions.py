"""What cannot be published: two pages at one path, and articles that ask for no known template.

Paths that differ only in case or in Unicode normalisation are one file on some disks.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from sitegen.errors import Diagnostic, nearest
from sitegen.model import Entry, File, Page
from sitegen.urls import file_url


def collisions(pages: Iterable[Page], assets: Iterable[File]) -> Iterator[Diagnostic]:
    """Find paths that two pages share, also on disks blind to case or normalisation."""
    owners: dict[str, str] = {}
    claims = [(each.path, each.source) for each in pages]
    claims += [(file_url(each.path), each.path) for each in assets]
    for path, source in claims:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if key in owners:
            yield Diagnostic(
                path=source,
                message=f"would be published at {path}, where {owners[key]} already is",
                hint="give one of them another slug, alias or file name",
            )
        owners.setdefault(key, source)


def missing_templates(articles: Iterable[Entry], known: frozenset[str]) -> Iterator[Diagnostic]:
    """Find articles that ask for a template that neither the user nor the theme has."""
    for article in articles:
        asked = article.template
        if asked and asked.target not in known:
            yield Diagnostic(
                path=article.source,
                line=asked.line,
                message=f"there is no template {asked.target!r}",
                hint=nearest(asked.target, known),
            )
