"""The nouns of the build: each is complete when made and never changes.

Source → Article + Body → Site, Page → Output. Paths of sources are POSIX and relative to the
content folder; paths of pages are site-relative URLs that begin with ``/``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sitegen.errors import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as a look at the directory shows it.

    ``stamp`` is made of size and times, and empty where it may not be trusted: the file was
    changed so short a time ago that another change would not show.
    """

    path: str
    stamp: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article file as it lies on disk."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something an article points at, and the line in its file where it does so."""

    target: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What an author may say about an article; every key is optional."""

    title: str | None = None
    date: datetime | None = None
    updated: datetime | None = None
    slug: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    description: str | None = None
    summary: str | bool | tuple[str, ...] | None = None
    summary_for: str | None = None
    sentences: int | float | None = None
    language: str | None = None
    draft: bool = False
    expires: datetime | None = None
    aliases: tuple[str, ...] = ()
    image: str | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySentence:
    """A sentence of a summary; ``fragment`` is the URL fragment of its place, or empty."""

    text: str
    fragment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The extract of an article, in article order, or the editor's own words."""

    sentences: tuple[SummarySentence, ...]
    by_editor: bool
    seconds: int

    @property
    def text(self) -> str:
        """The whole summary as one line of plain text."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authored:
    """What both the site and its pages know of an article."""

    source: str
    section: str
    slug: str
    title: str
    language: str
    date: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Authored):
    """An authored page without its body: all that pages and lists show of it."""

    description: str = ""
    opening: str = ""
    summary: Summary | None = None
    words: int = 0
    minutes: int = 1

    @property
    def abstract(self) -> str:
        """What stands for the article elsewhere: description, summary, or its first words."""
        return self.description or (self.summary.text if self.summary else self.opening)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Authored):
    """What the site must know of an article to order, address and list it.

    Small enough to keep all of a site's in memory; article and body wait in the cache, and
    ``article`` and ``body`` are the digests of the two.
    """

    aliases: tuple[Reference, ...] = ()
    image: Reference | None = None
    template: Reference | None = None
    links: tuple[Reference, ...] = ()
    article: bytes = b""
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An article's HTML, cut where a link to another file of the site stands.

    ``len(parts) == len(attributes) + 1``; attribute ``i`` (``"href"`` or ``"src"``) belongs
    between parts ``i`` and ``i + 1``, its value is what ``Entry.links[i]`` leads to.
    """

    parts: tuple[str, ...]
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionIndex:
    """What a folder's ``_index.md`` says; the settings hold for all that lies below it."""

    path: str
    title: str
    description: str = ""
    language: str | None = None
    sentences: int | float | None = None
    body: Body = Body(parts=("",))
    links: tuple[Reference, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What compiling one source gave: an article in its three parts, or diagnostics alone."""

    entry: Entry | None = None
    article: Article | None = None
    body: Body | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A folder of articles as readers see it; ``articles`` holds those of its subfolders too."""

    path: str
    url: str
    index: SectionIndex
    articles: tuple[Entry, ...]
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One tag or author: a name as readers see it, and its articles, newest first."""

    name: str
    slug: str
    url: str
    articles: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to let in, and the moment that decides on future and expired articles."""

    now: datetime
    drafts: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An article left out of the site, and why: ``draft``, ``future`` or ``expired``."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that is published, in order; ``urls`` leads from a source's path to its URL."""

    articles: tuple[Entry, ...]
    sections: Mapping[str, Section]
    tags: tuple[Term, ...]
    authors: tuple[Term, ...]
    urls: Mapping[str, str]
    older: Mapping[str, Entry]
    newer: Mapping[str, Entry]
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads to a path, and how many articles are there, where that matters."""

    name: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The place of an article that a page shows: its paths, and the article by its digest.

    Templates see the article itself in its stead, as ``card.article``.
    """

    source: str
    article: bytes
    url: str
    tags: tuple[Link, ...] = ()
    authors: tuple[Link, ...] = ()
    section: Link | None = None
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file to render: the template and all that it shows, articles and bodies by their digests.

    ``path`` is the file to publish, ``source`` names it in messages. ``bodies`` are the source
    paths whose bodies the page shows, and their digests, ``links`` the path (``None`` where the
    target is not published) of each of their links, in order.
    """

    path: str
    template: str
    source: str
    language: str
    title: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInfo:
    """What every page may show of the site; it must not change with each new article."""

    title: str
    description: str
    base_url: str
    language: str
    menu: tuple[Link, ...] = ()
    pages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()

    def above(self, url: str) -> tuple[str, ...]:
        """Return the paths in the menu that a path lies at or below."""
        return tuple(each.url for each in self.menu if url.startswith(each.url))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Theme:
    """Templates, static files and translated strings, the user's own before the default's.

    ``origins`` gives the file that a template was read from, for messages. Themes are equal where
    their digests are: what is kept by theme is looked up many times for each page. Without
    ``fingerprints`` static files are published under their own names; in the ``sandbox``
    templates cannot reach beyond what they are given.
    """

    templates: tuple[tuple[str, str], ...]
    origins: tuple[tuple[str, str], ...]
    static: tuple[tuple[str, bytes], ...]
    strings: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    fingerprints: bool = True
    sandbox: bool = False
    digest: bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file to publish at ``path``: its bytes, or the file to copy; ``key``: what made it."""

    path: str
    data: bytes = b""
    file: Path | None = None
    key: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file of the content folder as a build saw it: its stamp, and the digest of its bytes."""

    stamp: bytes
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A published file as a build left it; ``key`` is the digest of all that it was made from."""

    key: bytes
    digest: bytes
    stamp: bytes
