"""All articles of a site compiled: those that the cache does not have, as they come off the disk.

Of each article only its entry stays in memory; article and body go to the cache.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sitegen.article import compile_section, inherited
from sitegen.batches import Reporter, batched, in_batches
from sitegen.cache import Cache, Known, Row, entry_of, known_entry_of, notes_of
from sitegen.config import FeedConfig, LimitsConfig, SiteConfig
from sitegen.content import Content, read_sources, unreadable
from sitegen.digest import digest
from sitegen.errors import ContentError, Diagnostic
from sitegen.limits import OverTimeError, endless, limited
from sitegen.look import Found
from sitegen.markup import check_extensions
from sitegen.model import Entry, File, SectionIndex, Seen, Selection, Site, Source
from sitegen.site import assemble
from sitegen.stamp import digest_of_file
from sitegen.work import Job, compile_batch, rescue_of_jobs

BATCH = 64
"""Articles compiled in one go: their summaries are ranked together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """All articles compiled, published or not: what `list` shows and `build` goes on with.

    ``diagnostics`` has what was found so far, its paths relative to the project; ``seen`` all
    files of the content folder that could be read; ``fresh`` are the sources of articles that the
    cache did not have.
    """

    entries: tuple[Entry, ...]
    indexes: tuple[tuple[bytes, SectionIndex], ...]
    site: Site
    seen: Mapping[str, Seen]
    diagnostics: tuple[Diagnostic, ...]
    fresh: tuple[str, ...] = ()


def compile_site(
    config: SiteConfig,
    found: Found,
    cache: Cache,
    *,
    selection: Selection,
    executor: Executor | None,
    reporter: Reporter,
) -> Compilation:
    """Compile what the cache does not have and assemble the site."""
    check_extensions(config.markdown.extensions, config.markdown.extension_configs, config.file)
    compiler = _Compiler(config, found, cache)
    compiler.take_assets()
    compiler.take_indexes()
    compiler.take_articles(executor, reporter)
    reporter.stage("Ordering", len(compiler.entries))
    entries = tuple(
        compiler.entries[each.path]
        for each in found.content.sources
        if each.path in compiler.entries
    )
    indexes = [each for _, each in compiler.indexes]
    broken = {each.path for each in found.content.sources} - compiler.entries.keys()
    assets = found.content.assets
    site = assemble(entries, indexes, assets, config, selection, frozenset(broken))
    problems = located([*compiler.problems(), *site.diagnostics], found.content, config)
    return Compilation(
        entries=entries,
        indexes=tuple(compiler.indexes),
        site=site,
        seen=compiler.seen,
        diagnostics=tuple(problems),
        fresh=tuple(compiler.fresh),
    )


class _Compiler:
    """Gathers what compiling gives; reads each file once at most."""

    def __init__(self, config: SiteConfig, found: Found, cache: Cache) -> None:
        self.config = config
        self.found = found
        self.cache = cache
        self.settings = _settings(config, found.code)
        self.entries: dict[str, Entry] = {}
        self.indexes: list[tuple[bytes, SectionIndex]] = []
        self.seen = dict(found.seen)
        self.notes: dict[str, tuple[Diagnostic, ...]] = {}
        self.fresh: list[str] = []

    def take_assets(self) -> None:
        """Take the digests of all files that are no articles."""
        root = self.config.root / self.config.content
        for file in self.found.content.assets:
            try:
                if file.path not in self.seen:
                    made = digest_of_file(root / file.path)
                    self.seen[file.path] = Seen(stamp=file.stamp, digest=made)
            except OSError as error:
                self.notes[file.path] = (unreadable(file.path, error),)

    def take_indexes(self) -> None:
        """Compile the folders' ``_index`` files, but for those that the last build has."""
        before = self.found.before
        known = dict(before.indexes) if before else {}
        for file in self.found.content.indexes:
            for source in self._read(file):
                key = self._key(source.path, b"index")
                indexes, wrong = (
                    ([known[key]], []) if key in known else compile_indexes([source], self.config)
                )
                self.indexes += [(key, each) for each in indexes]
                self.notes[file.path] = tuple(wrong)

    def take_articles(self, executor: Executor | None, reporter: Reporter) -> None:
        """Compile the articles, put them into the cache, and drop those that are gone."""
        sections = {each.path: each for _, each in self.indexes}
        known = {each.source: each for each in self.cache.entries()}
        present = {each.path for each in self.found.content.sources}
        self.cache.forget([each for each in known if each not in present])
        reporter.stage("Reading and summarising", len(present))
        work = partial(compile_batch, config=self.config, sections=sections)
        jobs = batched(self._jobs(sections, known), BATCH)
        rescue = rescue_of_jobs(self.config.limits)
        for made in batched(in_batches(work, jobs, executor, reporter, rescue), BATCH):
            self.cache.put([each for each in made if isinstance(each, Row)])
            for each in made:
                if isinstance(each, Row):
                    self._take(each)
                    self.fresh.append(each.source)
                else:
                    self.notes[each[0].path] = each

    def problems(self) -> Iterator[Diagnostic]:
        """Yield all that was found, in the order of the files."""
        for path in sorted(self.notes):
            yield from self.notes[path]

    def _jobs(
        self, sections: Mapping[str, SectionIndex], known: Mapping[str, Known]
    ) -> Iterator[Job]:
        """Yield the sources that the cache does not have; take the others from it."""
        folders: dict[str, bytes] = {}
        for file in self.found.content.sources:
            folder = posixpath.dirname(file.path)
            if folder not in folders:
                folders[folder] = _inheritance(folder, sections)
            if file.path in self.seen and self._is_known(file, folders[folder], known):
                continue
            for source in self._read(file):
                if not self._is_known(file, folders[folder], known):
                    yield source, self._key(file.path, folders[folder])

    def _is_known(self, file: File, inheritance: bytes, known: Mapping[str, Known]) -> bool:
        row = known.get(file.path)
        if row is None or row.key != self._key(file.path, inheritance):
            return False
        self._take(row)
        return True

    def _take(self, row: Known | Row) -> None:
        decode = entry_of if isinstance(row, Row) else known_entry_of
        self.entries[row.source] = decode(row.entry)
        if row.notes:
            self.notes[row.source] = notes_of(row.notes)

    def _key(self, path: str, inheritance: bytes) -> bytes:
        return digest(self.settings, inheritance, path.encode(), self.seen[path].digest)

    def _read(self, file: File) -> Iterator[Source]:
        """Yield the source, if it can be read, and note what its bytes are."""
        for source in read_sources([file], self.config):
            if isinstance(source, Diagnostic):
                self.seen.pop(file.path, None)
                self.notes[file.path] = (source,)
            else:
                self.seen[file.path] = Seen(stamp=file.stamp, digest=digest(source.data))
                yield source


def _settings(config: SiteConfig, code: bytes) -> bytes:
    """Return the digest of the programs and of the settings that may show in an article."""
    irrelevant = {
        "root": Path(), "file": "", "base_url": "", "description": "", "page_size": 1, "menu": (),
        "content": "", "templates": "", "output": "", "ignore": (), "feed": FeedConfig(),
        "fingerprints": True, "limits": LimitsConfig(), "sandbox": False,
    }  # fmt: skip
    return digest(code, repr(replace(config, **irrelevant)).encode())  # type: ignore[arg-type]


def _inheritance(folder: str, sections: Mapping[str, SectionIndex]) -> bytes:
    """Return what the articles of a folder have from it and those above it."""
    keys = ("language", "sentences")
    return repr([inherited(posixpath.join(folder, "-"), sections, key) for key in keys]).encode()


def compile_indexes(
    sources: Iterable[Source], config: SiteConfig
) -> tuple[tuple[SectionIndex, ...], list[Diagnostic]]:
    """Compile the folders' ``_index`` files; return those that are right, and what is wrong."""
    found: list[SectionIndex] = []
    broken: list[Diagnostic] = []
    for source in sources:
        try:
            with limited(config.limits.seconds):
                found.append(compile_section(source, config))
        except OverTimeError:
            broken.append(endless(source, config.limits.seconds))
        except ContentError as error:
            broken += error.diagnostics
    return tuple(found), broken


def located(
    found: Iterable[Diagnostic], content: Content, config: SiteConfig
) -> Iterator[Diagnostic]:
    """Give paths from the project's folder, as people and their editors know them."""
    files = {each.path for each in content.files}
    for each in found:
        inside = each.path in files
        yield replace(each, path=f"{config.content}/{each.path}") if inside else each
