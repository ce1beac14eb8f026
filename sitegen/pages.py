"""Plans every page of a site: its path, its template, and all that the template shows.

What cannot be published is found here, before anything is rendered.
"""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sitegen.collisions import collisions, missing_templates, unportable
from sitegen.config import SiteConfig
from sitegen.digest import digest_of
from sitegen.errors import Diagnostic
from sitegen.model import (
    Card,
    Entry,
    File,
    Link,
    Page,
    Section,
    SectionIndex,
    Site,
    SiteInfo,
    Term,
)
from sitegen.site import newest_first, resolve
from sitegen.urls import file_of, slug_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All pages and copied files of a site, what pages share, and what does not fit."""

    pages: tuple[Page, ...]
    info: SiteInfo
    diagnostics: tuple[Diagnostic, ...]


def plan(site: Site, assets: Sequence[File], config: SiteConfig, templates: frozenset[str]) -> Plan:
    """Plan all pages; ``templates`` are the names that an article may ask for."""
    planner = _Planner(site, config)
    pages = tuple(planner.pages())
    return Plan(
        pages=pages,
        info=planner.info,
        diagnostics=(
            *collisions(pages, assets),
            *unportable(pages, assets),
            *missing_templates(site.articles, templates),
        ),
    )


def page_of(source: str, site: Site, config: SiteConfig) -> tuple[Page, SiteInfo]:
    """Plan an article's page alone, as `plan` would, and what pages share."""
    planner = _Planner(site, config)
    article = next(each for each in site.articles if each.source == source)
    return planner.article(article), planner.info


class _Cards(dict[str, Card]):
    """The cards of articles by their sources, each made when it is first asked for."""

    def __init__(self, articles: Iterable[Entry], made: Callable[[Entry], Card]) -> None:
        self.articles = {each.source: each for each in articles}
        self.made = made

    def __missing__(self, source: str) -> Card:
        card = self[source] = self.made(self.articles[source])
        return card


class _Planner:
    """Makes the pages of one site; holds what many of them need."""

    def __init__(self, site: Site, config: SiteConfig) -> None:
        self.site = site
        self.config = config
        self.terms: dict[tuple[str, str], Link] = {}
        self.cards = _Cards(site.articles, self._card)
        self.info = self._info()

    def pages(self) -> Iterator[Page]:
        for article in self.site.articles:
            yield self.article(article)
            yield from self._redirects(article)
        for section in self.site.sections.values():
            yield from self._section(section)
        for kind, terms in (("tags", self.site.tags), ("authors", self.site.authors)):
            yield from self._terms(kind, terms)
        yield from self._archive()
        yield self._page("/404.html", "404.html", source="404")
        yield from self._sitemap()

    def _page(
        self,
        at: str,
        template: str,
        *,
        source: str,
        title: str = "",
        language: str = "",
        **data: Any,
    ) -> Page:
        return Page(
            path=file_of(at),
            template=template,
            source=source,
            language=language or self.config.language,
            title=title,
            data=data,
        )

    def _info(self) -> SiteInfo:
        sections = self.site.sections
        names = self.config.menu or [path for path in sections if path and "/" not in path]
        menu = [
            Link(name=sections[each].index.title, url=sections[each].url)
            for each in names
            if each in sections
        ]
        lists = {"tags": self.site.tags, "authors": self.site.authors, "archive": self._dated()}
        return SiteInfo(
            title=self.config.title,
            description=self.config.description,
            base_url=self.config.base_url.rstrip("/"),
            language=self.config.language,
            menu=tuple(menu),
            pages=tuple(name for name, found in lists.items() if found),
            feeds=self._feed_urls("/", sections[""].articles),
        )

    def _dated(self) -> list[Entry]:
        return [each for each in self.site.articles if each.date]

    def _card(self, article: Entry) -> Card:
        image = article.image
        found = resolve(image, article.source, self.site.urls) if image else None
        section = self.site.sections[article.section]
        return Card(
            source=article.source,
            article=article.article,
            url=self.site.urls[article.source],
            tags=tuple(self._term("tags", each) for each in article.tags),
            authors=tuple(self._term("authors", each) for each in article.authors),
            section=Link(name=section.index.title, url=section.url) if article.section else None,
            image=found or (image.target if image and "://" in image.target else ""),
        )

    def _term(self, kind: str, name: str) -> Link:
        """Return the link to a tag or author: one object for all cards that show it."""
        key = (kind, name)
        if key not in self.terms:
            self.terms[key] = Link(name=name, url=f"/{kind}/{slug_of(name)}/")
        return self.terms[key]

    def _links(self, item: Entry | SectionIndex) -> tuple[str | None, ...]:
        return tuple(
            each.target if "://" in each.target else resolve(each, item.source, self.site.urls)
            for each in item.links
        )

    def article(self, article: Entry) -> Page:
        """Plan an article's page."""
        card = self.cards[article.source]
        older, newer = self.site.older.get(article.source), self.site.newer.get(article.source)
        return Page(
            path=card.url,
            template=article.template.target if article.template else "article.html",
            source=article.source,
            language=article.language,
            title=article.title,
            data={
                "card": card,
                "older": self.cards[older.source] if older else None,
                "newer": self.cards[newer.source] if newer else None,
            },
            bodies={article.source: article.body},
            links={article.source: self._links(article)},
        )

    def _redirects(self, article: Entry) -> Iterator[Page]:
        for alias in article.aliases:
            path = "/" + alias.target.strip().lstrip("/")
            has_suffix = "." in path.rpartition("/")[2]
            yield self._page(
                path if has_suffix or path.endswith("/") else path + "/",
                "redirect.html",
                source=article.source,
                title=article.title,
                language=article.language,
                target=self.cards[article.source].url,
            )

    def _section(self, section: Section) -> Iterator[Page]:
        index = section.index
        source = index.source or f"the section {section.path or 'of all articles'}"
        pages = self._list(
            section.url,
            section.articles,
            source=source,
            title=index.title,
            language=index.language or self.config.language,
            template="home.html" if not section.path else "list.html",
            kind="home" if not section.path else "section",
            description=index.description,
            children=tuple(
                Link(name=self.site.sections[each].index.title, url=self.site.sections[each].url)
                for each in section.children
            ),
        )
        for page in pages:
            if index.source and page.path == file_of(section.url):
                links = {index.source: self._links(index)}
                body = digest_of(index.body)
                yield replace(page, bodies={index.source: body}, links=links)
            else:
                yield page
        yield from self._feeds(
            section.url, section.articles, index.title, index.description, source
        )

    def _list(
        self,
        url: str,
        articles: Sequence[Entry],
        *,
        source: str,
        title: str,
        template: str = "list.html",
        language: str = "",
        front: Mapping[str, Any] | None = None,
        **data: Any,
    ) -> Iterator[Page]:
        """Yield a list's front page, then its numbered pages, the oldest being number 1.

        ``front`` is what the front page alone shows: it may change with every new article.
        """
        size = self.config.page_size
        numbered = max(0, len(articles) // size - 1)
        first = len(articles) - numbered * size
        chunks = [articles[:first]]
        chunks += [articles[first + i * size : first + (i + 1) * size] for i in range(numbered)]
        feeds = () if data["kind"] == "archive" else self._feed_urls(url, articles)
        for place, chunk in enumerate(chunks):
            number = numbered - place + 1
            yield self._page(
                self._list_url(url, number, numbered),
                template if not place else "list.html",
                source=source,
                title=title,
                language=language,
                url=url,
                items=tuple(self.cards[each.source] for each in chunk),
                number=number if place else 0,
                newer=self._list_url(url, number + 1, numbered) if place else "",
                older=self._list_url(url, number - 1, numbered) if number > 1 else "",
                feeds=feeds,
                **data,
                **((front or {}) if not place else {}),
            )

    @staticmethod
    def _feed_urls(url: str, articles: Sequence[Entry]) -> tuple[str, ...]:
        """Return a list's feeds; a list without dates has no newest articles, hence no feed."""
        dated = any(each.date for each in articles)
        return (url + "feed.xml", url + "feed.json") if dated else ()

    @staticmethod
    def _list_url(url: str, number: int, numbered: int) -> str:
        return url if number > numbered else f"{url}page/{number}.html"

    def _terms(self, kind: str, terms: Sequence[Term]) -> Iterator[Page]:
        if not terms:
            return
        links = tuple(
            Link(name=each.name, url=each.url, count=len(each.articles)) for each in terms
        )
        yield self._page(
            f"/{kind}/", "terms.html", source=f"the list of {kind}", kind=kind, terms=links
        )
        for term in terms:
            # The oldest article, so that a new one leaves the older pages of the list alone.
            source = f"{kind[:-1]} {term.name!r} in {term.articles[-1].source}"
            yield from self._list(
                term.url,
                term.articles,
                source=source,
                title=term.name,
                kind=kind,
                description="",
                children=(),
            )
            yield from self._feeds(term.url, term.articles, term.name, "", source)

    def _archive(self) -> Iterator[Page]:
        months: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        for article in self._dated():
            assert article.date is not None
            months[article.date.year, article.date.month].append(article)
        if not months:
            return
        years = sorted({year for year, _ in months}, reverse=True)
        counts = {
            year: tuple(
                (month, len(found)) for (its, month), found in sorted(months.items()) if its == year
            )
            for year in years
        }
        yield self._page("/archive/", "archive.html", source="the archive", years=counts)
        for year in years:
            articles = [
                each for (its, _), found in sorted(months.items()) if its == year for each in found
            ]
            yield from self._list(
                f"/archive/{year}/",
                newest_first(articles),
                source=f"the archive of {year}",
                title=str(year),
                kind="archive",
                description="",
                children=(),
                year=year,
                front={"months": counts[year]},
            )
        for (year, month), articles in sorted(months.items()):
            yield from self._list(
                f"/archive/{year}/{month:02}/",
                newest_first(articles),
                source=f"the archive of {year}-{month:02}",
                title=f"{year}-{month:02}",
                kind="archive",
                description="",
                children=(),
                year=year,
                month=month,
            )

    def _feeds(
        self, url: str, articles: Sequence[Entry], title: str, description: str, source: str
    ) -> Iterator[Page]:
        newest = [each for each in articles if each.date][: self.config.feed.items]
        for path in self._feed_urls(url, newest):
            page = self._page(
                path,
                posixpath.basename(path),
                source=f"the feed of {source}",
                title=title,
                home=url,
                description=description,
                items=tuple(self.cards[each.source] for each in newest),
                updated=max(each.updated or each.date for each in newest if each.date),
            )
            full = newest if self.config.feed.full else ()
            yield replace(
                page,
                bodies={each.source: each.body for each in full},
                links={each.source: self._links(each) for each in full},
            )

    def _sitemap(self) -> Iterator[Page]:
        yield self._page("/robots.txt", "robots.txt", source="robots.txt")
        if not self.info.base_url:
            return
        shards: dict[str, list[Entry]] = defaultdict(list)
        for article in self.site.articles:
            shards[f"{article.date:%Y-%m}" if article.date else "undated"].append(article)
        lists = [each.url for each in self.site.sections.values()]
        lists += [each.url for each in (*self.site.tags, *self.site.authors)]
        names = sorted(shards)
        for name in names:
            yield self._page(
                f"/sitemap/{name}.xml",
                "sitemap.xml",
                source="the sitemap",
                items=tuple(
                    (self.cards[each.source].url, each.updated or each.date)
                    for each in shards[name]
                ),
            )
        yield self._page(
            "/sitemap/lists.xml",
            "sitemap.xml",
            source="the sitemap",
            items=tuple((each, None) for each in lists),
        )
        latest = {
            name: max(
                (each.updated or each.date for each in shards[name] if each.date),
                default=None,
            )
            for name in names
        }
        yield self._page(
            "/sitemap.xml",
            "sitemapindex.xml",
            source="the sitemap",
            shards=(
                *((f"/sitemap/{name}.xml", latest[name]) for name in names),
                ("/sitemap/lists.xml", None),
            ),
        )
