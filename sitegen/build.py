"""The shell that runs the arrows: read, compile, assemble, plan, render, publish.

Batches are cut here and handed to any `concurrent.futures.Executor`; without one they run in
this process, one after the other. Functions and arguments are plain, so processes and clusters
fit as they are, and what comes out does not depend on which is used.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Protocol, TypeVar

from sitegen.article import compile_articles, compile_section
from sitegen.config import SiteConfig
from sitegen.content import Content, read_content, read_theme
from sitegen.errors import ContentError, Diagnostic, Severity, SitegenError, TemplateError
from sitegen.markup import check_extensions
from sitegen.model import Body, Compiled, Output, Page, SectionIndex, Site, Skipped, Source, Theme
from sitegen.pages import Plan, plan
from sitegen.publish import Published, publish
from sitegen.render import render_pages, static_outputs
from sitegen.site import Selection, assemble
from sitegen.urls import file_url

COMPILE_BATCH = 64
RENDER_BATCH = 128

T = TypeVar("T")
R = TypeVar("R")


class Reporter(Protocol):
    """Is told how far a build has come."""

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of ``total`` steps."""
        ...

    def advance(self, steps: int) -> None:
        """Report ``steps`` more steps of the stage done."""
        ...


class Silence:
    """A reporter that says nothing."""

    def stage(self, name: str, total: int) -> None:
        """Say nothing."""

    def advance(self, steps: int) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """All articles compiled, published or not: what `list` shows and `build` goes on with.

    ``diagnostics`` has what was found so far, its paths relative to the project.
    """

    compiled: tuple[Compiled, ...]
    indexes: tuple[SectionIndex, ...]
    content: Content
    site: Site
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build did; ``diagnostics`` are warnings and notes, errors having been raised."""

    pages: int
    published: Published
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


def build(
    config: SiteConfig,
    *,
    executor: Executor | None = None,
    selection: Selection | None = None,
    reporter: Reporter | None = None,
    strict: bool = False,
    dry_run: bool = False,
) -> Result:
    """Build the site; raise `SitegenError` with everything that is wrong and write nothing."""
    started = time.perf_counter()
    reporter = reporter or Silence()
    theme = read_theme(config)
    done = compile_site(config, executor=executor, selection=selection, reporter=reporter)
    planned = plan(
        done.site, done.content.assets, config, frozenset(name for name, _ in theme.templates)
    )
    found = (*done.diagnostics, *located(planned.diagnostics, done.content, config))
    refuse(found, ContentError, strict=strict)
    outputs = render_site(planned, done, theme, executor, reporter)
    outputs += static_outputs(theme)
    outputs += [Output(path=file_url(each.path), file=each.file) for each in done.content.assets]
    published = publish(outputs, config.root / config.output, dry_run=dry_run)
    return Result(
        pages=len(planned.pages),
        published=published,
        skipped=done.site.skipped,
        diagnostics=found,
        seconds=time.perf_counter() - started,
    )


def compile_site(
    config: SiteConfig,
    *,
    executor: Executor | None = None,
    selection: Selection | None = None,
    reporter: Reporter | None = None,
) -> Compilation:
    """Read and compile all content and assemble the site."""
    reporter = reporter or Silence()
    check_extensions(config.markdown.extensions, config.markdown.extension_configs, config.file)
    content = read_content(config)
    indexes, broken = compile_indexes(content.indexes, config)
    sections = {each.path: each for each in indexes}
    work = partial(compile_articles, config=config, sections=sections)
    reporter.stage("Reading and summarising", len(content.sources))
    compiled = tuple(in_batches(work, content.sources, COMPILE_BATCH, executor, reporter))
    articles = [each.article for each in compiled if each.article]
    site = assemble(articles, indexes, content.assets, config, selection or Selection(now=now()))
    found = [*broken, *(problem for each in compiled for problem in each.diagnostics)]
    return Compilation(
        compiled=compiled,
        indexes=indexes,
        content=content,
        site=site,
        diagnostics=tuple(located([*found, *site.diagnostics], content, config)),
    )


def render_site(
    planned: Plan, done: Compilation, theme: Theme, executor: Executor | None, reporter: Reporter
) -> list[Output]:
    """Render all pages; raise `TemplateError` with each distinct failure."""
    bodies = {
        each.article.source: each.body for each in done.compiled if each.article and each.body
    }
    bodies |= {each.source: each.body for each in done.indexes}
    reporter.stage("Rendering", len(planned.pages))
    work = partial(_render_batch, info=planned.info, theme=theme)
    batches = (
        (page, tuple((name, bodies[name]) for name in page.bodies)) for page in planned.pages
    )
    results = list(in_batches(work, list(batches), RENDER_BATCH, executor, reporter))
    refuse([each for each in results if isinstance(each, Diagnostic)], TemplateError)
    return [each for each in results if isinstance(each, Output)]


def now() -> datetime:
    """Read the clock, once a build; ``SOURCE_DATE_EPOCH`` (seconds) wins over it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = float(epoch) if epoch.isdecimal() else time.time()
    return datetime.fromtimestamp(seconds, tz=UTC)


def refuse(
    diagnostics: Iterable[Diagnostic], kind: type[SitegenError], *, strict: bool = False
) -> None:
    """Raise one error with all that fails a build: errors, and warnings where it is strict."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if wrong := list(dict.fromkeys(each for each in diagnostics if each.severity in fatal)):
        raise kind(wrong)


def compile_indexes(
    sources: Iterable[Source], config: SiteConfig
) -> tuple[tuple[SectionIndex, ...], list[Diagnostic]]:
    """Compile the folders' ``_index`` files; return those that are right, and what is wrong."""
    found: list[SectionIndex] = []
    broken: list[Diagnostic] = []
    for source in sources:
        try:
            found.append(compile_section(source, config))
        except ContentError as error:
            broken += error.diagnostics
    return tuple(found), broken


def located(
    found: Iterable[Diagnostic], content: Content, config: SiteConfig
) -> Iterator[Diagnostic]:
    """Give paths from the project's folder, as people and their editors know them."""
    files = {each.path for each in (*content.sources, *content.indexes)}
    files |= {each.path for each in content.assets}
    for each in found:
        inside = each.path in files
        yield replace(each, path=f"{config.content}/{each.path}") if inside else each


def _render_batch(
    batch: Sequence[tuple[Page, tuple[tuple[str, Body], ...]]], *, info: object, theme: Theme
) -> list[Output | Diagnostic]:
    bodies = {name: body for _, own in batch for name, body in own}
    return render_pages([page for page, _ in batch], bodies, info, theme)  # type: ignore[arg-type]


def in_batches(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    size: int,
    executor: Executor | None,
    reporter: Reporter,
) -> Iterator[R]:
    """Yield what ``work`` makes of the items, in their order, a batch of ``size`` at a time."""
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    results = executor.map(work, batches) if executor else map(work, batches)
    for done in results:
        reporter.advance(len(done))
        yield from done
