"""What tells in a moment that something has not changed: stamps of files, the name of the program.

A stamp is made of a file's size and times. A file that was written a moment ago gets none,
because a clock that ticks slowly would not show that it was written again.
"""

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from io import FileIO
from pathlib import Path

from sitegen.digest import digest, digest_of_chunks

FINE, COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds after which a file's next change is sure to show: kernels' clocks tick every 4 to
10 ms, FAT keeps times to two seconds."""

LARGE = 1 << 22

_pack = struct.Struct("<3q").pack


def stamp_of(stat: os.stat_result, now: int) -> bytes:
    """Return the stamp of a file; empty where it changed too short a time before ``now`` (ns)."""
    modified, changed = stat.st_mtime_ns, stat.st_ctime_ns
    tick = FINE if modified % 1_000_000 else COARSE
    if max(modified, changed) > now - tick:
        return b""
    return _pack(stat.st_size, modified, changed)


def digest_of_file(file: Path | str) -> bytes:
    """Return the digest of a file's bytes, as `digest` would; large files are not held."""
    with open(file, "rb", buffering=0) as opened:
        size = os.fstat(opened.fileno()).st_size
        if size < LARGE:
            return digest(opened.read())
        return digest_of_chunks(_pieces(opened, size), size)


def _pieces(opened: FileIO, size: int) -> Iterator[bytes]:
    """Yield a file's first ``size`` bytes: one that grows meanwhile is taken as it was."""
    while size > 0 and (piece := opened.read(min(size, LARGE))):
        size -= len(piece)
        yield piece


@cache
def program() -> bytes:
    """Return the digest of this program and of all that is installed beside it.

    Any other version of sitegen, Python or a library gives another one, and so does any change
    in sitegen's own code.
    """
    return digest(
        sys.version.encode(),
        *(part for name, data in _code() for part in (name, data)),
        *(each.encode("utf-8", "replace") for each in _distributions()),
    )


def _code() -> Iterator[tuple[bytes, bytes]]:
    package = Path(__file__).parent
    for folder, folders, names in os.walk(package):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                file = Path(folder, name)
                yield file.relative_to(package).as_posix().encode(), file.read_bytes()


def extension_code(names: Iterable[str]) -> bytes:
    """Return the digest of the code of Markdown extensions that are not Python-Markdown's own.

    Their versions are part of `program`; a project's own, which is edited in place, has none.
    """
    return digest(
        *(
            part
            for file in extension_files(names)
            for part in (os.fsencode(file.name), file.read_bytes())
        )
    )


@cache
def loaded_code(names: tuple[str, ...]) -> bytes:
    """Return the digest of the extensions' code as this process has it.

    It is taken once, before they are imported: what is imported stays as it was, and what it makes
    must not go by the name of code that was written since.
    """
    return extension_code(names)


def extension_files(names: Iterable[str]) -> list[Path]:
    """Return the files of Markdown extensions that are not Python-Markdown's own."""
    return [file for name in names for file in _module_files(name)]


def _module_files(name: str) -> list[Path]:
    """Return the files of the package that an extension is in; none where it has a version."""
    package = name.partition(":")[0].partition(".")[0]
    spec = None if package == "markdown" or package in _own_extensions() else _spec(package)
    if spec is None:
        return []
    if spec.submodule_search_locations is not None:  # a package, with or without an __init__.py
        folders = map(Path, spec.submodule_search_locations)
        return sorted(file for folder in folders for file in folder.rglob("*.py"))
    return [Path(spec.origin)] if spec.origin and spec.has_location else []


def _spec(package: str) -> ModuleSpec | None:
    try:
        return find_spec(package)
    except ValueError:  # no name of a module; whoever loads the extension will say so
        return None


@cache
def _own_extensions() -> frozenset[str]:
    spec = find_spec("markdown")
    folder = Path(spec.origin or "").parent / "extensions" if spec else Path()
    return frozenset(each.stem for each in folder.glob("*.py"))


def _distributions() -> Iterator[str]:
    """Yield the names and versions of what is installed, as the folders' names tell them."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from sorted(each for each in names if each.endswith((".dist-info", ".egg-info")))
