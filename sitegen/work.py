"""The work that a build hands out in batches: plain data in, plain data out, in any process.

Articles come and go encoded, as the cache holds them, so that the process that gives out the work
need not take them apart.
"""

from collections.abc import Mapping, Sequence

from sitegen.article import compile_articles
from sitegen.cache import Row, article_of, body_of, row_of
from sitegen.config import SiteConfig
from sitegen.errors import Diagnostic
from sitegen.model import Output, Page, SectionIndex, SiteInfo, Source, Theme
from sitegen.render import render_pages

Job = tuple[Source, bytes]
"""A source to compile, and the key of what comes of it."""

Sheet = tuple[Sequence[Page], Mapping[str, bytes], Mapping[str, bytes]]
"""Pages to render, and the encoded articles and bodies that they show, by source."""


def compile_batch(
    jobs: Sequence[Job], *, config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> list[Row | tuple[Diagnostic, ...]]:
    """Compile a batch: a row for the cache a source, in order, or what is wrong with it."""
    made = compile_articles([source for source, _ in jobs], config, sections)
    return [
        row_of(compiled, key) if compiled.entry else compiled.diagnostics
        for compiled, (_, key) in zip(made, jobs, strict=True)
    ]


def render_sheet(sheet: Sheet, *, info: SiteInfo, theme: Theme) -> list[Output | Diagnostic]:
    """Render a batch of pages: an output or a diagnostic a page, in order."""
    pages, articles, bodies = sheet
    return render_pages(
        pages,
        {source: article_of(data) for source, data in articles.items()},
        {source: body_of(data) for source, data in bodies.items()},
        info,
        theme,
    )
