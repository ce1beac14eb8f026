"""All articles of a site, published or not, each with its state: what ``sitegen list`` shows."""

from dataclasses import dataclass

from sitegen.batches import SILENCE
from sitegen.cache import Cache, article_of
from sitegen.compilation import compile_site
from sitegen.config import SiteConfig
from sitegen.errors import Diagnostic
from sitegen.look import look_at_content, now
from sitegen.model import Article, Selection
from sitegen.site import article_url, why_skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article, its path, and ``published`` or why it is left out."""

    article: Article
    url: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All articles by source, and what is wrong with the site."""

    articles: tuple[Listed, ...]
    diagnostics: tuple[Diagnostic, ...]


def catalogue(config: SiteConfig, cache: Cache) -> Catalogue:
    """Compile what the cache does not have, and list all articles."""
    selection = Selection(now=now())
    found = look_at_content(config, cache)
    done = compile_site(config, found, cache, selection=selection, executor=None, reporter=SILENCE)
    cache.commit()
    articles = cache.articles(each.source for each in done.entries)
    listed = [
        Listed(
            article=article_of(articles[each.source]),
            url=article_url(each),
            state=why_skipped(each, selection) or "published",
        )
        for each in done.entries
    ]
    return Catalogue(
        articles=tuple(sorted(listed, key=lambda each: each.article.source)),
        diagnostics=done.diagnostics,
    )
