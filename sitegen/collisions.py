"""What cannot be published: two pages at one path, and articles that ask for no known template.

Paths that differ only in case or in Unicode normalisation are one file on some disks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from sitegen.errors import Diagnostic, nearest
from sitegen.model import Entry, File, Page
from sitegen.urls import DEVICES, file_url

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
LONGEST_NAME = 255

_DEVICE = "|".join(sorted(DEVICES))
PORTABLE = re.compile(
    rf"(?:/(?!(?:{_DEVICE})[./]|(?:{_DEVICE})\Z)[a-z0-9_-]{{1,80}}(?:\.[a-z0-9]{{1,8}})?)+\Z"
).match
"""Matches a path that is surely right, as most are."""


def collisions(pages: Iterable[Page], assets: Iterable[File]) -> Iterator[Diagnostic]:
    """Find paths that two pages share, or of which one is a folder on the way to the other."""
    owners: dict[str, str] = {}
    claims = [(each.path, each.source) for each in pages]
    claims += [(file_url(each.path), each.path) for each in assets]
    for path, source in claims:
        key = _as_disks_see(path)
        if key in owners:
            yield _taken(path, source, f"where {owners[key]} already is")
        owners.setdefault(key, source)
    for folder in sorted({key.rpartition("/")[0] for key in owners}):
        for above in _ways(folder):
            if above in owners:
                path, source = next(each for each in claims if _lies_in(each[0], folder))
                yield _taken(
                    path, source, f"where the file {above} of {owners[above]} is in the way"
                )


def unportable(pages: Iterable[Page], assets: Iterable[File]) -> Iterator[Diagnostic]:
    """Find names that Windows refuses or changes: a site must unpack the same on every system."""
    paths = {each.path: each.source for each in pages}
    paths |= {file_url(each.path): each.path for each in assets}
    for path, source in paths.items():
        if not PORTABLE(path):
            for part in path.split("/"):
                if wrong := _wrong_with(part):
                    yield Diagnostic(
                        path=source,
                        message=f"would be published at {path!r}, but {wrong}",
                        hint="give it another name",
                    )
                    break


def _wrong_with(name: str) -> str:
    """Return what keeps a name from being a file's everywhere, or nothing."""
    if found := FORBIDDEN.search(name):
        return f"no file on Windows can have {found[0]!r} in its name"
    if name.endswith((".", " ")):
        return f"Windows drops the end of the name {name!r}"
    if name.partition(".")[0].rstrip().casefold() in DEVICES:
        return f"{name!r} is a device's name on Windows"
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        return f"a name has at most {LONGEST_NAME} bytes: {name[:20]!r}… is longer"
    return ""


def _as_disks_see(path: str) -> str:
    """Return what a path is on disks blind to case and normalisation."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _ways(folder: str) -> Iterator[str]:
    """Yield a folder and those above it."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _lies_in(path: str, folder: str) -> bool:
    return _as_disks_see(path).rpartition("/")[0] == folder


def _taken(path: str, source: str, why: str) -> Diagnostic:
    return Diagnostic(
        path=source,
        message=f"would be published at {path}, {why}",
        hint="give one of them another slug, alias or file name",
    )


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
