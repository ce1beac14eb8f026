"""What earlier builds made, in SQLite: losing it costs time, never a page.

``.sitegen/cache.db`` holds compiled articles, one row a source with the digest of all that it was
made from, and a snapshot of the last build of each output folder. Rows are read by the program
that wrote them and by no other, and each carries a checksum: a file that is torn, damaged or of
another version is noticed and made anew.
"""

import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from sitegen.digest import encoded
from sitegen.errors import Diagnostic
from sitegen.lock import NAME as LOCK
from sitegen.model import Article, Body, Compiled, Entry, SectionIndex, Seen, Skipped, Written

FOLDER = ".sitegen"
PREVIEW = "preview"
NAME = "cache.db"
IGNORE = ".gitignore"
PATIENCE = 60
"""Seconds to wait for another build that writes to the same cache."""

MANY = 500
"""Rows asked for in one go; SQLite takes some thousands of values."""

SCHEMA = """
CREATE TABLE program (digest BLOB NOT NULL);
CREATE TABLE entries (
    source TEXT PRIMARY KEY, key BLOB NOT NULL, entry BLOB NOT NULL, notes BLOB NOT NULL,
    crc INTEGER NOT NULL
);
CREATE TABLE texts (
    source TEXT PRIMARY KEY, article BLOB NOT NULL, article_crc INTEGER NOT NULL,
    body BLOB NOT NULL, body_crc INTEGER NOT NULL
);
CREATE TABLE snapshots (output TEXT PRIMARY KEY, data BLOB NOT NULL, crc INTEGER NOT NULL);
"""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class CacheLostError(Exception):
    """The cache cannot be read: it is to be thrown away. Never leaves the build."""


class CacheBusyError(CacheLostError):
    """Another build has the cache, and keeps it for longer than anybody would wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is kept of a source; ``key`` is the digest of all that it was made from."""

    source: str
    key: bytes
    entry: bytes
    notes: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Known):
    """A compiled article, encoded as it is kept."""

    article: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A build of one output folder, to tell at a look that the next one has nothing to do.

    ``recipe`` is the digest of settings, theme and options; the choice of articles holds from
    ``since`` until ``until``. ``references`` tells which templates a template's text loads,
    ``manifest`` what the output folder says of itself.
    """

    recipe: bytes
    since: datetime
    until: datetime
    files: Mapping[str, Seen]
    outputs: Mapping[str, Written]
    manifest: Written | None
    pages: int
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...]
    indexes: tuple[tuple[bytes, SectionIndex], ...]
    references: Mapping[str, tuple[bytes, tuple[str, ...]]]


_snapshots = msgspec.msgpack.Decoder(Snapshot)
_entries = msgspec.json.Decoder(Entry)
_articles = msgspec.json.Decoder(Article)
_bodies = msgspec.json.Decoder(Body)
_notes: msgspec.json.Decoder[tuple[Diagnostic, ...]] = msgspec.json.Decoder(tuple[Diagnostic, ...])


def row_of(compiled: Compiled, key: bytes) -> Row:
    """Encode a compiled article."""
    assert compiled.entry
    return Row(
        source=compiled.entry.source,
        key=key,
        entry=encoded(compiled.entry),
        notes=encoded(compiled.diagnostics) if compiled.diagnostics else b"",
        article=encoded(compiled.article),
        body=encoded(compiled.body),
    )


def entry_of(data: bytes) -> Entry:
    """Decode an entry."""
    return _decoded(_entries, data)


known_entry_of = lru_cache(maxsize=1 << 14)(entry_of)
"""Decodes an entry that was kept: a process that builds again and again meets the same ones."""


@lru_cache(maxsize=2)
def _snapshot_of(data: bytes) -> Snapshot:
    return _decoded(_snapshots, data)


def notes_of(data: bytes) -> tuple[Diagnostic, ...]:
    """Decode the diagnostics that came with an article."""
    return _decoded(_notes, data) if data else ()


@lru_cache(maxsize=1 << 11)
def article_of(data: bytes) -> Article:
    """Decode an article."""
    return _decoded(_articles, data)


def body_of(data: bytes) -> Body:
    """Decode a body."""
    return _decoded(_bodies, data)


class _Decoder(Protocol[T_co]):
    def decode(self, data: bytes, /) -> T_co: ...


def _decoded(decoder: _Decoder[T], data: bytes) -> T:
    try:
        return decoder.decode(data)
    except msgspec.DecodeError as error:
        raise CacheLostError(str(error)) from error


class Cache:
    """An open cache; it is in use by one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def snapshot(self, output: str) -> Snapshot | None:
        """Return what the last build of an output folder left, if it is known."""
        for data, crc in self._select(
            "SELECT data, crc FROM snapshots WHERE output = ?", (output,)
        ):
            _check(crc, data)
            return _snapshot_of(data)
        return None

    def keep(self, output: str, snapshot: Snapshot) -> None:
        """Store the snapshot of a build, and all that was put before."""
        data = msgspec.msgpack.encode(snapshot)
        self._write(
            "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", [(output, data, _crc(data))]
        )
        self.commit()

    def entries(self) -> Iterator[Known]:
        """Yield what is kept of every article but its texts."""
        for source, key, entry, notes, crc in self._select(
            "SELECT source, key, entry, notes, crc FROM entries"
        ):
            _check(crc, _name(source), key, entry, notes)
            yield Known(source=source, key=key, entry=entry, notes=notes)

    def articles(self, sources: Iterable[str]) -> dict[str, bytes]:
        """Return the articles of some sources, encoded."""
        return self._texts("article", sources)

    def bodies(self, sources: Iterable[str]) -> dict[str, bytes]:
        """Return the bodies of some sources, encoded."""
        return self._texts("body", sources)

    def _texts(self, column: str, sources: Iterable[str]) -> dict[str, bytes]:
        wanted = sorted(sources)
        found = {}
        for start in range(0, len(wanted), MANY):
            some = wanted[start : start + MANY]
            marks = ",".join("?" * len(some))
            statement = (
                f"SELECT source, {column}, {column}_crc FROM texts WHERE source IN ({marks})"
            )
            for source, data, crc in self._select(statement, some):
                _check(crc, _name(source), data)
                found[source] = data
        if len(found) < len(wanted):
            raise CacheLostError("a text is missing")
        return found

    def put(self, rows: Iterable[Row]) -> None:
        """Store compiled articles in the place of those of the same sources."""
        rows = list(rows)
        self._write("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", map(_entry_row, rows))
        self._write("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)", map(_text_row, rows))

    def forget(self, sources: Iterable[str]) -> None:
        """Drop the articles of sources that are gone."""
        gone = [(each,) for each in sources]
        self._write("DELETE FROM entries WHERE source = ?", gone)
        self._write("DELETE FROM texts WHERE source = ?", gone)

    def commit(self) -> None:
        """Make what was put last."""
        with _lost_where_broken():
            self.connection.commit()

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self.connection.close()

    def _select(self, statement: str, values: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        with _lost_where_broken():
            yield from self.connection.execute(statement, values)

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with _lost_where_broken():
            self.connection.executemany(statement, rows)


@contextmanager
def _lost_where_broken() -> Iterator[None]:
    """Turn what SQLite says of a broken file into `CacheLostError`."""
    try:
        yield
    # What SQLite says of a damaged schema quotes it, and may be no text.
    except (sqlite3.Error, UnicodeDecodeError) as error:
        busy = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
        raise (CacheBusyError if busy else CacheLostError)(str(error)) from error


def open_cache(folder: Path, program: bytes, *, clean: bool = False) -> Cache:
    """Open the cache in ``folder``; where it cannot be, one that will not last.

    What another version of the ``program`` wrote is dropped, and so is all where ``clean``.
    """
    if not make_folder(folder):
        return passing_cache(program)
    file = folder / NAME
    if clean:
        _drop(folder)
    for _ in range(2):
        try:
            return Cache(_prepared(str(file), program))
        except CacheBusyError:
            break
        except CacheLostError:
            _drop(folder)
    return passing_cache(program)


def peek_cache(folder: Path, program: bytes) -> Cache:
    """Open the cache to look into it: what is put is forgotten, the disk stays as it is."""
    if (folder / NAME).is_file():
        with suppress(CacheLostError):
            return Cache(_peeking(str(folder / NAME), program))
    return passing_cache(program)


def passing_cache(program: bytes) -> Cache:
    """Open a cache that is gone when it is closed."""
    return Cache(_prepared("", program))  # SQLite's own temporary file


def remove_cache(folder: Path) -> None:
    """Delete the cache, the preview, and their folder where nothing else is in it."""
    _drop(folder)
    shutil.rmtree(folder / PREVIEW, ignore_errors=True)
    with suppress(OSError):
        (folder / LOCK).unlink(missing_ok=True)
        if {each.name for each in folder.iterdir()} == {IGNORE}:
            (folder / IGNORE).unlink()
            folder.rmdir()


def _drop(folder: Path) -> None:
    with suppress(OSError):
        for name in (NAME, f"{NAME}-journal", f"{NAME}-wal", f"{NAME}-shm"):
            (folder / name).unlink(missing_ok=True)


def make_folder(folder: Path) -> bool:
    """Make the folder, of which version control need not know; tell whether that was possible."""
    ignore = folder / IGNORE
    try:
        if not ignore.is_file():
            folder.mkdir(exist_ok=True)
            ignore.write_text("*\n", encoding="utf-8")
    except OSError:
        return False
    return True


def _prepared(file: str, program: bytes) -> sqlite3.Connection:
    # A torn file is found by its checksums and made anew: nothing is worth a wait for the disk.
    # The journal serves a build that is killed.
    with _connected(file, "synchronous = OFF", "journal_mode = TRUNCATE") as connection:
        if not _is_ours(connection, program):
            connection.executescript(SCHEMA)
            connection.execute("INSERT INTO program VALUES (?)", (program,))
            connection.commit()
        return connection


def _peeking(file: str, program: bytes) -> sqlite3.Connection:
    # All that is put stays in memory, the journal as well; closing rolls it back.
    with _connected(file, "journal_mode = MEMORY", "cache_spill = OFF") as connection:
        if not _is_ours(connection, program):
            raise CacheLostError("is empty")
        return connection


@contextmanager
def _connected(file: str, *settings: str) -> Iterator[sqlite3.Connection]:
    """Open a file and make settings; it is closed again where something is wrong with it."""
    with _lost_where_broken():
        connection = sqlite3.connect(file, timeout=PATIENCE)
        try:
            for each in settings:
                connection.execute(f"PRAGMA {each}")
            yield connection
        except BaseException:
            connection.close()
            raise


def _is_ours(connection: sqlite3.Connection, program: bytes) -> bool:
    """Tell whether this program made the tables, or there are none; raises where another did."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if not tables:
        return False
    if connection.execute("SELECT digest FROM program").fetchall() != [(program,)]:
        raise CacheLostError("was written by another version")
    return True


def _entry_row(row: Row) -> tuple[Any, ...]:
    crc = _crc(row.source.encode(), row.key, row.entry, row.notes)
    return row.source, row.key, row.entry, row.notes, crc


def _text_row(row: Row) -> tuple[Any, ...]:
    name = row.source.encode()
    return row.source, row.article, _crc(name, row.article), row.body, _crc(name, row.body)


def _crc(*parts: bytes) -> int:
    found = 0
    for part in parts:
        found = zlib.crc32(part, found)
    return found


def _name(source: object) -> bytes:
    if not isinstance(source, str):
        raise CacheLostError("a row is damaged")
    return source.encode()


def _check(crc: int, *parts: bytes) -> None:
    if any(not isinstance(each, bytes) for each in parts) or _crc(*parts) != crc:
        raise CacheLostError("a row is damaged")
