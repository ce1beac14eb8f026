"""A source is read: its front matter, its markup, and what it inherits from settings and folders.

What comes out lacks nothing but its summary.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import textrank
from sitegen.article.decode import decode
from sitegen.article.front_matter import front_matter, load, split
from sitegen.article.text import read_bare, read_text
from sitegen.article.wrong import WrongSourceError
from sitegen.config import SENTENCES, SiteConfig, SummaryConfig
from sitegen.errors import Diagnostic
from sitegen.markup import Block, Parsed, render_markdown
from sitegen.model import FrontMatter, SectionIndex, Source
from sitegen.urls import slug_of, title_of

FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]+(?=\S)")
DIGEST_LENGTH = 12
MARKDOWN_SUFFIXES = (".md", ".markdown")


class Kind(Enum):
    """How a source is to be read; ``BARE`` is text that need not begin with a title."""

    MARKDOWN = auto()
    TEXT = auto()
    BARE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article that lacks nothing but its summary: what the summariser gets, what it fills."""

    source: str
    front: FrontMatter
    text: str
    parsed: Parsed
    title: str
    slug: str
    date: datetime | None
    language: str
    budget: textrank.Budget
    notes: tuple[Diagnostic, ...]

    @property
    def editors(self) -> tuple[str, ...]:
        """The editor's own summary, a sentence each; empty where there is none."""
        given = self.front.summary
        texts = [given] if isinstance(given, str) else given if isinstance(given, tuple) else ()
        return tuple(" ".join(each.split()) for each in texts if each.strip())

    @property
    def prose(self) -> tuple[Block, ...]:
        """The blocks that sentences may be taken from."""
        return tuple(each for each in self.parsed.blocks if each.prose)

    @property
    def digest(self) -> str:
        """A short name of the article's text as readers see it; tags and title are not in it."""
        text = "\n".join(each.text for each in self.parsed.blocks)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGEST_LENGTH]


def read_draft(
    source: Source,
    config: SiteConfig,
    sections: Mapping[str, SectionIndex],
    kind: Kind | None = None,
) -> Draft | tuple[Diagnostic, ...]:
    """Read a source, as the kind that its name tells unless given, or tell what is wrong."""
    try:
        return draft(source, config, sections, kind or kind_of(source.path))
    except WrongSourceError as wrong:
        return wrong.at(source.path)


def kind_of(path: str) -> Kind:
    """Return how a file is read: Markdown by its name, all others as plain text."""
    return Kind.MARKDOWN if path.lower().endswith(MARKDOWN_SUFFIXES) else Kind.TEXT


def draft(
    source: Source, config: SiteConfig, sections: Mapping[str, SectionIndex], kind: Kind
) -> Draft:
    """Read a source; raises `WrongSourceError` with all that is wrong."""
    text = decode(source.data)
    if not text.strip():
        raise WrongSourceError.of(
            "the file is empty", line=1, hint="give it a title and text, or delete it"
        )
    if kind is Kind.MARKDOWN:
        front, parsed, notes = _read_markdown(text, config)
    else:
        read = read_text if kind is Kind.TEXT else read_bare
        front, parsed, notes = read(text, source.path, config.zone)
    stem = posixpath.splitext(posixpath.basename(source.path))[0]
    dated = FILE_DATE.match(stem)
    name = stem[dated.end() :] if dated else stem
    return Draft(
        source=source.path,
        front=front,
        text=text,
        parsed=parsed,
        title=front.title or parsed.heading or title_of(name),
        slug=slug_of(front.slug if front.slug is not None else name),
        date=front.date or _file_date(dated, config.zone),
        language=front.language or inherited(source.path, sections, "language") or config.language,
        budget=budget(front, inherited(source.path, sections, "sentences"), config.summary),
        notes=tuple(notes),
    )


def budget(front: FrontMatter, section: float | None, settings: SummaryConfig) -> textrank.Budget:
    """Return how long a summary is: front matter goes before the section, that before settings.

    In front matter and sections a number below 1 is a share of the sentences.
    """
    asked = front.sentences or section
    if asked is not None:
        whole = asked >= 1
        return textrank.Budget(sentences=int(asked)) if whole else textrank.Budget(ratio=asked)
    if not settings.given:
        return textrank.Budget(sentences=SENTENCES)
    return textrank.Budget(sentences=settings.sentences, words=settings.words, ratio=settings.ratio)


def _file_date(match: re.Match[str] | None, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=zone) if match else None
    except ValueError:
        return None


def _read_markdown(
    text: str, config: SiteConfig
) -> tuple[FrontMatter, Parsed, Sequence[Diagnostic]]:
    block, body, fence = split(text)
    front = front_matter(load(block, fence), text, config.zone) if fence else FrontMatter()
    try:
        parsed = render_markdown(
            body,
            config.markdown.extensions,
            config.markdown.extension_configs,
            config.markdown.raw_html,
        )
    except RecursionError:
        raise WrongSourceError.of(
            "Markdown nested too deeply", hint="flatten its quotes and lists"
        ) from None
    return front, parsed, []


def inherited(path: str, sections: Mapping[str, SectionIndex], key: str) -> Any:
    """Return a setting of the nearest folder above that has it."""
    folder = posixpath.dirname(path)
    while True:
        if folder in sections and (value := getattr(sections[folder], key)) is not None:
            return value
        if not folder:
            return None
        folder = posixpath.dirname(folder)
