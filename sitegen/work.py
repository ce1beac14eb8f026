"""The work that a build hands out in batches: plain data in, plain data out, in any process.

Articles come and go encoded, as the cache holds them, so that the process that gives out the work
need not take them apart.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from sitegen.article import compile_articles
from sitegen.batches import Rescue
from sitegen.cache import Row, article_of, body_of, row_of
from sitegen.config import LimitsConfig, SiteConfig
from sitegen.errors import Diagnostic
from sitegen.limits import OverTimeError, endless, limited
from sitegen.model import Compiled, Output, SectionIndex, SiteInfo, Source, Theme
from sitegen.render import render_pages
from sitegen.sheets import Sheet

T = TypeVar("T")

Job = tuple[Source, bytes]
"""A source to compile, and the key of what comes of it."""


def compile_batch(
    jobs: Sequence[Job], *, config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> list[Row | tuple[Diagnostic, ...]]:
    """Compile a batch: a row for the cache a source, in order, or what is wrong with it."""
    work = partial(compile_articles, config=config, sections=sections)
    made = _in_time([source for source, _ in jobs], work, config.limits.seconds)
    return [
        row_of(compiled, key) if compiled.entry else compiled.diagnostics
        for compiled, (_, key) in zip(made, jobs, strict=True)
    ]


def _in_time(
    sources: Sequence[Source],
    work: Callable[[Sequence[Source]], list[Compiled]],
    seconds: float,
) -> list[Compiled]:
    """Compile sources; where all together take longer than one may, each by itself."""
    try:
        with limited(seconds):
            return work(sources)
    except OverTimeError:
        if len(sources) == 1:
            return [Compiled(diagnostics=(endless(sources[0], seconds),))]
        return [made for each in sources for made in _in_time([each], work, seconds)]


def rescue_of_jobs(limits: LimitsConfig) -> Rescue[Sequence[Job], Row | tuple[Diagnostic, ...]]:
    """Return how articles are found that processes die of, or never get done with."""

    def lost(jobs: Sequence[Job]) -> tuple[Diagnostic, ...]:
        return (
            Diagnostic(
                path=jobs[0][0].path,
                message="the process that read it died, or never ended",
                hint="is it very large? if not, please report it",
            ),
        )

    return Rescue(halves=_halves, lost=lost, patience=3 * limits.seconds + 20)


def rescue_of_sheets() -> Rescue[Sheet, Output | Diagnostic]:
    """Return how pages are found that processes die of."""

    def halves(sheet: Sheet) -> tuple[Sheet, Sheet] | None:
        pages = _halves(sheet[0])
        return pages and ((pages[0], *sheet[1:]), (pages[1], *sheet[1:]))

    def lost(sheet: Sheet) -> Diagnostic:
        page = sheet[0][0]
        return Diagnostic(
            path=page.template, message=f"the process that rendered {page.source} with it died"
        )

    return Rescue(halves=halves, lost=lost)


def _halves(things: Sequence[T]) -> tuple[Sequence[T], Sequence[T]] | None:
    middle = len(things) // 2
    return (things[:middle], things[middle:]) if middle else None


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
