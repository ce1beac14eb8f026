"""The shell that runs the arrows: look, compile, assemble, plan, render, publish.

Every build is incremental, and equal to a clean one: an article is compiled where its key is not
in the cache, a page rendered where its key is not that of the file published. Batches are cut
here and handed to any `concurrent.futures.Executor`; without one they run in this process.

Most builds find nothing to do. What only work needs is therefore imported when there is some.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sitegen.batches import SILENCE, Reporter, batched, in_batches
from sitegen.cache import (
    FOLDER,
    Cache,
    CacheBusyError,
    CacheLostError,
    Snapshot,
    make_folder,
    open_cache,
    passing_cache,
    peek_cache,
)
from sitegen.config import SiteConfig
from sitegen.digest import digest, encoded
from sitegen.errors import ContentError, Diagnostic, Severity, SitegenError, TemplateError, refuse
from sitegen.lock import locked
from sitegen.look import Look, look, now, output_name, unchanged
from sitegen.model import Output, Page, Selection, SiteInfo, Skipped, Theme, Written
from sitegen.pool import Pool
from sitegen.publish import Published, overwrite, publish
from sitegen.sheets import Sheets, cards
from sitegen.stamp import program

if TYPE_CHECKING:
    from sitegen.compilation import Compilation
    from sitegen.keys import References
    from sitegen.pages import Plan

BATCH = 64
"""Pages rendered in one go."""

Stale = tuple[Page, bytes]
"""A page to render, and its key."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a build did; ``diagnostics`` are warnings and notes, errors having been raised."""

    pages: int
    published: Published
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked of a build: which site, which articles, how it is done and who is told."""

    config: SiteConfig
    selection: Selection
    executor: Executor | None = None
    reporter: Reporter = SILENCE
    strict: bool = False
    dry_run: bool = False
    wait: bool = True
    first: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a build has to make, and what the next one will compare.

    ``stale`` pages leave the list as they are rendered, from the last on.
    ``kept`` files are as they would be made, ``early`` ones are published already. The
    ``snapshot`` lacks what is published.
    """

    info: SiteInfo
    stale: list[Stale]
    copies: tuple[Output, ...]
    kept: Mapping[str, Written]
    early: Mapping[str, Written]
    snapshot: Snapshot


def build(
    config: SiteConfig,
    *,
    executor: Executor | None = None,
    selection: Selection | None = None,
    reporter: Reporter | None = None,
    strict: bool = False,
    dry_run: bool = False,
    clean: bool = False,
    wait: bool = True,
    first: Callable[[], None] | None = None,
) -> Result:
    """Build the site; raise `SitegenError` with everything that is wrong and write nothing.

    ``clean``: nothing that earlier builds made is used. Another build on the same project is
    waited for, or, without ``wait``, an error. With ``first``, the page of an article that was
    edited is published before all else is planned, and ``first`` called: somebody waits for it.
    """
    started = time.perf_counter()
    order = Order(
        config=config,
        selection=selection or Selection(now=now()),
        executor=executor,
        reporter=reporter or SILENCE,
        strict=strict,
        dry_run=dry_run,
        wait=wait,
        first=first,
    )
    with _alone(order):
        snapshot, published = with_cache(
            config, lambda cache: _build(order, cache), clean=clean, lasting=not dry_run
        )
    return Result(
        pages=snapshot.pages,
        published=published,
        skipped=snapshot.skipped,
        diagnostics=snapshot.diagnostics,
        seconds=time.perf_counter() - started,
    )


@contextmanager
def _alone(order: Order) -> Iterator[None]:
    """Keep other builds out, but for one that only looks."""
    folder = order.config.root / FOLDER
    if order.dry_run or not make_folder(folder):
        yield
        return
    with locked(folder, wait=order.wait, waiting=order.reporter.waiting):
        yield


def with_cache(
    config: SiteConfig, work: Callable[[Cache], T], *, clean: bool = False, lasting: bool = True
) -> T:
    """Do work that needs the cache; where that turns out to be broken, anew without it.

    Without ``lasting`` nothing is kept: what is put into the cache is seen by this work alone.
    """
    folder = config.root / FOLDER
    anew = partial(open_cache, clean=True)
    ways: list[Callable[[Path, bytes], Cache]] = [open_cache, anew] if lasting else [peek_cache]
    if clean:
        ways = ways[1:]
    for way in ways:
        try:
            return _with(way(folder, program()), work)
        except CacheBusyError:  # the file is another's; it is not to be thrown away
            break
        except CacheLostError:
            continue
    try:
        return _with(passing_cache(program()), work)
    except CacheLostError as error:
        raise SitegenError.of(
            f"cannot write a temporary file: {error}", hint="is the disk full?"
        ) from None


def _with(cache: Cache, work: Callable[[Cache], T]) -> T:
    try:
        return work(cache)
    finally:
        cache.close()


def _build(order: Order, cache: Cache) -> tuple[Snapshot, Published]:
    order.reporter.stage("Looking", 0)
    found = look(order.config, order.selection, cache)
    if unchanged(found, order.selection) and found.before:
        refuse(found.before.diagnostics, ContentError, strict=order.strict)
        snapshot, published = _as_before(found, found.before)
        fresh = snapshot != found.before
    else:
        snapshot, published = _renew(order, found, cache)
        fresh = True
    if fresh and not order.dry_run:
        cache.keep(output_name(order.config), snapshot)
    return snapshot, published


def _as_before(found: Look, before: Snapshot) -> tuple[Snapshot, Published]:
    """Leave all as it is; stamps may be better known than they were."""
    snapshot = replace(
        before, files=dict(found.seen), outputs=dict(found.intact), manifest=found.manifest
    )
    count = len(before.outputs)
    return snapshot, Published(unchanged=count, outputs=found.intact)


def _renew(order: Order, found: Look, cache: Cache) -> tuple[Snapshot, Published]:
    """Compile, plan, render and publish whatever is not as it would be made today."""
    from sitegen.render import static_outputs

    due = _due(order, found, cache)
    published = publish(
        chain(static_outputs(found.theme), due.copies, _rendered(order, found.theme, due, cache)),
        order.config.root / order.config.output,
        kept=due.kept,
        known={**found.intact, **due.early},
        dry_run=order.dry_run,
    )
    snapshot = replace(due.snapshot, outputs=published.outputs, manifest=published.manifest)
    written = tuple(dict.fromkeys((*due.early, *published.written)))
    return snapshot, replace(published, written=written)


def _due(order: Order, found: Look, cache: Cache) -> Due:
    """Compile and plan; return what is to be made.

    What it is planned from is not handed on: that of a large site fills the memory.
    """
    from sitegen.compilation import located
    from sitegen.pages import plan
    from sitegen.render import references

    config = order.config
    done = _compiled(order, found, cache)
    early = _shown_first(order, found, done, cache) if order.first else {}
    order.reporter.stage("Planning", len(done.site.articles))
    templates = frozenset(name for name, _ in found.theme.templates)
    planned = plan(done.site, found.content.assets, config, templates)
    problems = (*done.diagnostics, *located(planned.diagnostics, found.content, config))
    refuse(problems, ContentError, strict=order.strict)
    loads = references(found.theme, found.before.references if found.before else {})
    kept, stale = _sorted_out(planned, found, loads)
    same, copies = _assets(config, done, found)
    return Due(
        info=planned.info,
        stale=_in_order(stale, done),
        copies=tuple(copies),
        kept=kept | same,
        early=early,
        snapshot=_snapshot(order, found, done, len(planned.pages), problems, loads),
    )


def _shown_first(
    order: Order, found: Look, done: "Compilation", cache: Cache
) -> dict[str, Written]:
    """Publish the page of the article that was edited, where it is just that; return what is there.

    Its key is none: it is rendered once more with all others, and if need be replaced.
    """
    from sitegen.pages import page_of
    from sitegen.work import render_sheet

    broken = any(each.severity == Severity.ERROR for each in done.diagnostics)
    if len(done.fresh) != 1 or done.fresh[0] not in done.site.urls or broken:
        return {}
    page, info = page_of(done.fresh[0], done.site, order.config)
    if page.path not in found.intact:
        return {}
    (made,) = render_sheet(Sheets(cache, {}).fetch([page]), info=info, theme=found.theme)
    if isinstance(made, Diagnostic) or digest(made.data) == found.intact[page.path].digest:
        return {}
    written = overwrite(made, order.config.root / order.config.output)
    assert order.first
    order.first()
    return {page.path: written}


def _compiled(order: Order, found: Look, cache: Cache) -> "Compilation":
    from sitegen.compilation import compile_site

    done = compile_site(
        order.config,
        found,
        cache,
        selection=order.selection,
        executor=order.executor,
        reporter=order.reporter,
    )
    if not order.dry_run:
        cache.commit()
    return done


def _snapshot(
    order: Order,
    found: Look,
    done: "Compilation",
    pages: int,
    problems: tuple[Diagnostic, ...],
    loads: "References",
) -> Snapshot:
    """Note all that the next build can compare, but for what is published."""
    from sitegen.site import until

    return Snapshot(
        recipe=found.recipe,
        since=order.selection.now,
        until=until(done.entries, order.selection.now),
        files=done.seen,
        outputs={},
        manifest=None,
        pages=pages,
        skipped=done.site.skipped,
        diagnostics=problems,
        indexes=done.indexes,
        references=loads,
    )


def _sorted_out(
    planned: "Plan", found: Look, loads: "References"
) -> tuple[dict[str, Written], list[Stale]]:
    """Return the published files of pages whose keys are the same, and the other pages."""
    from sitegen.keys import page_keys
    from sitegen.render import assets

    kept: dict[str, Written] = {}
    stale: list[Stale] = []
    shared = (planned.info, found.theme.strings, assets(found.theme))
    keys = page_keys(planned.pages, shared, loads, program())
    for page, key in zip(planned.pages, keys, strict=True):
        written = found.intact.get(page.path)
        if written and written.key == key:
            kept[page.path] = written
        else:
            stale.append((page, key))
    return kept, stale


def _in_order(stale: Iterable[Stale], done: "Compilation") -> list[Stale]:
    """Return pages in the order of their newest articles, so that what they share is at hand.

    The first one stands last.
    """
    places = {each.source: place for place, each in enumerate(done.site.articles)}

    def place(each: Stale) -> int:
        return max((places[card.source] for card in cards(each[0])), default=-1)

    return sorted(stale, key=place)[::-1]


def _assets(
    config: SiteConfig, done: "Compilation", found: Look
) -> tuple[dict[str, Written], list[Output]]:
    """Return the published files of assets that are the same, and the other assets."""
    from sitegen.urls import file_url

    folder = config.root / config.content
    kept: dict[str, Written] = {}
    copies: list[Output] = []
    for each in found.content.assets:
        path, key = file_url(each.path), done.seen[each.path].digest
        written = found.intact.get(path)
        if written and written.digest == key:
            kept[path] = replace(written, key=key)
        else:
            copies.append(Output(path=path, file=folder / each.path, key=key))
    return kept, copies


def _rendered(order: Order, theme: Theme, due: Due, cache: Cache) -> Iterator[Output]:
    """Yield the pages rendered, from the last on; those that are in work leave the list.

    Raises `TemplateError` once all of them have been tried.
    """
    from sitegen.work import render_sheet, rescue_of_sheets

    order.reporter.stage("Rendering and writing", len(due.stale))
    work = partial(render_sheet, info=due.info, theme=theme)
    indexes = {each.source: encoded(each.body) for _, each in due.snapshot.indexes}
    keys: dict[str, bytes] = {}
    batches = batched(_taken(due.stale, keys), BATCH)
    sheets = map(Sheets(cache, indexes).fetch, batches)
    wrong = []
    for each in in_batches(work, sheets, order.executor, order.reporter, rescue_of_sheets()):
        if isinstance(each, Diagnostic):
            wrong.append(each)
        else:
            yield replace(each, key=keys.pop(each.path))
    if isinstance(order.executor, Pool):
        order.executor.rest()  # what is left to do needs memory, and no processes
    refuse(wrong, TemplateError)


def _taken(stale: list[Stale], keys: dict[str, bytes]) -> Iterator[Page]:
    """Yield the pages, from the last on, and note their keys."""
    while stale:
        page, keys[page.path] = stale.pop()
        yield page
