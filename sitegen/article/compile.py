"""A source becomes an article: front matter, markup, summary. Many sources at a time.

Everything here is plain data in and plain data out, so that a batch can be compiled in any
process; what is wrong with a file comes back as diagnostics beside the articles that are right.
"""

import html
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import fields

from sitegen.article.draft import Draft, draft, kind_of, read_draft
from sitegen.article.pin import stale_warning
from sitegen.article.summary import (
    Extract,
    count_words,
    extracts,
    notes_of,
    seconds_of,
    summary_of,
)
from sitegen.article.wrong import WrongSourceError
from sitegen.config import SiteConfig, line_of
from sitegen.digest import digest_of
from sitegen.errors import ContentError, Diagnostic
from sitegen.model import Article, Authored, Body, Compiled, Entry, Reference, SectionIndex, Source
from sitegen.urls import title_of

SHARED = tuple(each.name for each in fields(Authored))
"""What an entry has of its article."""

OPENING = 180
"""Characters of an article's beginning that lists show."""


def compile_articles(
    sources: Sequence[Source], config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> list[Compiled]:
    """Compile a batch: one `Compiled` a source, in order, its summaries ranked in one go."""
    return [
        finish(each) if isinstance(each, Extract) else Compiled(diagnostics=each)
        for each in extract_articles(sources, config, sections)
    ]


def extract_articles(
    sources: Sequence[Source],
    config: SiteConfig,
    sections: Mapping[str, SectionIndex],
    *,
    explain: bool = False,
) -> list[Extract | tuple[Diagnostic, ...]]:
    """Read and summarise a batch: an `Extract` a source, in order, or what is wrong with it."""
    drafts = [read_draft(source, config, sections) for source in sources]
    good = [each for each in drafts if isinstance(each, Draft)]
    found = iter(extracts(good, explain=explain))
    return [next(found) if isinstance(each, Draft) else each for each in drafts]


def compile_section(source: Source, config: SiteConfig) -> SectionIndex:
    """Compile a folder's ``_index`` file; raises `ContentError` where it is wrong."""
    try:
        read = draft(source, config, {}, kind_of(source.path))
    except WrongSourceError as wrong:
        raise ContentError(wrong.at(source.path)) from None
    folder = posixpath.dirname(source.path)
    front = read.front
    return SectionIndex(
        path=folder,
        title=front.title or read.parsed.heading or title_of(folder) or config.title,
        description=front.description or "",
        language=front.language,
        sentences=front.sentences,
        body=Body(parts=read.parsed.parts, attributes=read.parsed.attributes),
        links=_links(read),
        source=source.path,
    )


def finish(extract: Extract) -> Compiled:
    """Make the article, its body, and its entry in the site."""
    draft = extract.draft
    article = _article(extract)
    body = Body(parts=draft.parsed.parts, attributes=draft.parsed.attributes)
    return Compiled(
        entry=_entry(draft, article, body),
        article=article,
        body=body,
        diagnostics=(*draft.notes, *notes_of(extract), *stale_warning(draft)),
    )


def _article(extract: Extract) -> Article:
    draft, front = extract.draft, extract.draft.front
    words = count_words((each.text for each in draft.parsed.blocks), draft.language)
    return Article(
        source=draft.source,
        section=posixpath.dirname(draft.source),
        slug=draft.slug,
        title=draft.title,
        language=draft.language,
        date=draft.date,
        updated=front.updated,
        expires=front.expires,
        draft=front.draft,
        tags=_distinct(front.tags),
        authors=_distinct(front.authors),
        description=" ".join((front.description or "").split()),
        opening=_opening(draft),
        summary=summary_of(extract),
        words=words,
        minutes=max(1, round(seconds_of(words, draft.language) / 60)),
    )


def _entry(draft: Draft, article: Article, body: Body) -> Entry:
    front = draft.front
    return Entry(
        **{name: getattr(article, name) for name in SHARED},
        aliases=tuple(_reference(each, draft.text, "aliases") for each in front.aliases),
        image=_reference(front.image, draft.text, "image") if front.image else None,
        template=_reference(front.template, draft.text, "template") if front.template else None,
        links=_links(draft),
        article=digest_of(article),
        body=digest_of(body),
    )


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _links(draft: Draft) -> tuple[Reference, ...]:
    return tuple(
        Reference(target=target, line=_line_with(target, draft.text))
        for target in draft.parsed.targets
    )


def _line_with(target: str, text: str) -> int:
    at = max(text.find(target), text.find(html.unescape(target)), 0)
    return text.count("\n", 0, at) + 1


def _reference(target: str, text: str, key: str) -> Reference:
    return Reference(target=target, line=line_of(text, key) or 1)


def _opening(draft: Draft) -> str:
    """Return the article's first words, at most `OPENING` characters, cut between words."""
    text = next((each.text for each in draft.parsed.blocks if not each.quoted), "")
    if len(text) <= OPENING:
        return text
    cut = text[: OPENING if " " in text[:OPENING] else OPENING // 2]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:–— ") + "…"
