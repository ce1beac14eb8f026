"""Articles become a site: what is published, in which order, at which URL, on which lists.

Dated articles stand in one line by date; undated ones stand by file name, a line a section, as
the chapters of a guide do. Lists are numbered from the oldest page, so that a new article changes
the newest page alone: numbered pages hold exactly ``page_size`` articles and never change again,
the front page of a list holds the newest ones, one to two pages full.
"""

import posixpath
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import SplitResult, unquote, urlsplit

from sitegen.config import SiteConfig
from sitegen.errors import Diagnostic, Severity
from sitegen.model import (
    Entry,
    File,
    Reference,
    Section,
    SectionIndex,
    Selection,
    Site,
    Skipped,
    Term,
)
from sitegen.urls import file_url, folder_url, slug_of, title_of

EPOCH = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


def assemble(
    articles: Iterable[Entry],
    indexes: Sequence[SectionIndex],
    assets: Sequence[File],
    config: SiteConfig,
    selection: Selection,
    broken: frozenset[str] = frozenset(),
) -> Site:
    """Order the articles, give each its URL and neighbours, and gather sections and terms.

    ``broken`` are sources of which there is no article because of errors told elsewhere.
    """
    skipped, chosen = [], []
    for article in articles:
        reason = why_skipped(article, selection)
        if reason:
            skipped.append(Skipped(source=article.source, reason=reason))
        else:
            chosen.append(article)
    ordered = tuple(sorted(chosen, key=order))
    urls = {each.source: article_url(each) for each in ordered}
    urls |= {each.path: file_url(each.path) for each in assets}
    urls |= {each.source: folder_url(each.path) for each in indexes}
    older, newer = _neighbours(ordered)
    return Site(
        articles=ordered,
        sections=_sections(ordered, indexes, config),
        tags=_terms(ordered, "tags"),
        authors=_terms(ordered, "authors"),
        urls=urls,
        older=older,
        newer=newer,
        skipped=tuple(skipped),
        diagnostics=tuple(_checks((*ordered, *indexes), skipped, urls, broken)),
    )


def why_skipped(article: Entry, selection: Selection) -> str:
    """Return ``draft``, ``future`` or ``expired``, or nothing for an article to publish."""
    if article.draft and not selection.drafts:
        return "draft"
    if article.date and article.date > selection.now and not selection.future:
        return "future"
    if article.expires and article.expires <= selection.now:
        return "expired"
    return ""


def until(articles: Iterable[Entry], now: datetime) -> datetime:
    """Return the moment after ``now`` at which another article goes live or expires."""
    moments = (moment for each in articles for moment in (each.date, each.expires) if moment)
    return min((each for each in moments if each > now), default=NEVER)


def order(article: Entry) -> tuple[datetime, str]:
    """Sort from the oldest; undated articles come first, in the order of their file names."""
    return (article.date or EPOCH, article.source)


def newest_first(articles: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return articles as lists show them: by date from the newest, then undated by name."""
    dated = [each for each in articles if each.date]
    return (*reversed(dated), *(each for each in articles if not each.date))


def article_url(article: Entry) -> str:
    """Return an article's path, ``/world/harbour.html``."""
    return f"{folder_url(article.section)}{article.slug}.html"


def _neighbours(ordered: Sequence[Entry]) -> tuple[dict[str, Entry], dict[str, Entry]]:
    lines: dict[str | None, list[Entry]] = defaultdict(list)
    for article in ordered:
        lines[None if article.date else article.section].append(article)
    older, newer = {}, {}
    for line in lines.values():
        for before, after in pairwise(line):
            newer[before.source] = after
            older[after.source] = before
    return older, newer


def _sections(
    ordered: Sequence[Entry], indexes: Sequence[SectionIndex], config: SiteConfig
) -> dict[str, Section]:
    described = {each.path: each for each in indexes}
    inside: dict[str, list[Entry]] = {path: [] for path in described}
    for article in ordered:
        for folder in ancestors(article.section):
            inside.setdefault(folder, []).append(article)
    for path in list(inside):
        for folder in ancestors(path):
            inside.setdefault(folder, [])
    inside.setdefault("", [])
    return {
        path: Section(
            path=path,
            url=folder_url(path),
            index=described.get(path)
            or SectionIndex(path=path, title=title_of(path) or config.title),
            articles=newest_first(inside[path] if path else _on_home(inside[path])),
            children=tuple(
                sorted(each for each in inside if each and posixpath.dirname(each) == path)
            ),
        )
        for path in sorted(inside)
    }


def _on_home(articles: Sequence[Entry]) -> Sequence[Entry]:
    """Return what the home page lists: news; a site without dates lists all it has."""
    return [each for each in articles if each.date] or articles


def ancestors(folder: str) -> Iterator[str]:
    """Yield a folder and those above it, up to the content folder itself (empty)."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _terms(ordered: Sequence[Entry], kind: str) -> tuple[Term, ...]:
    """Gather tags or authors; names with one slug are one term, under its commonest name."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    members: dict[str, list[Entry]] = defaultdict(list)
    slugs: dict[str, str] = {}
    for article in ordered:
        seen = set()
        for name in getattr(article, kind):
            slug = slugs.setdefault(name, slug_of(name))
            names[slug][name] += 1
            if slug not in seen:
                members[slug].append(article)
                seen.add(slug)
    return tuple(
        Term(
            name=min(names[slug], key=lambda name, count=names[slug]: (-count[name], name)),  # type: ignore[misc]
            slug=slug,
            url=f"/{kind}/{slug}/",
            articles=newest_first(members[slug]),
        )
        for slug in sorted(members)
    )


def resolve(reference: Reference, source: str, urls: Mapping[str, str]) -> str | None:
    """Return the URL, with query and fragment, that a link in ``source`` leads to, or ``None``.

    A target with a leading slash counts from the content folder; others from the file's own.
    """
    target = _split(reference.target)
    path = unquote(target.path)
    joined = (
        posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if path[:1] != "/"
        else path[1:]
    )
    for candidate in (joined, posixpath.join(joined, "_index.md")):
        if url := urls.get(candidate) or urls.get(unicodedata.normalize("NFC", candidate)):
            suffix = f"?{target.query}" if target.query else ""
            return url + suffix + (f"#{target.fragment}" if target.fragment else "")
    return None


def _split(target: str) -> SplitResult:
    """Split a link at its query and fragment; one that is no URL is a path."""
    try:
        return urlsplit(target)
    except ValueError:
        return SplitResult(scheme="", netloc="", path=target, query="", fragment="")


def _checks(
    items: Iterable[Entry | SectionIndex],
    skipped: Sequence[Skipped],
    urls: Mapping[str, str],
    broken: frozenset[str],
) -> Iterator[Diagnostic]:
    hidden = {each.source: each.reason for each in skipped}
    for item in items:
        image = item.image if isinstance(item, Entry) else None
        for link in (*item.links, *([image] if image else [])):
            if "://" not in link.target and resolve(link, item.source, urls) is None:
                yield from _dangling(link, item.source, hidden, broken)


def _dangling(
    link: Reference, source: str, hidden: Mapping[str, str], broken: frozenset[str]
) -> Iterator[Diagnostic]:
    path = unquote(_split(link.target).path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    if joined in hidden:
        yield Diagnostic(
            severity=Severity.WARNING,
            path=source,
            line=link.line,
            message=f"link to {link.target!r}, which is left out ({hidden[joined]})",
            hint="the words stay, without the link",
        )
    elif joined not in broken:
        yield Diagnostic(
            path=source,
            line=link.line,
            message=f"link to {link.target!r}, but there is no such file in the content folder",
            hint="links count from the file's own folder",
        )
