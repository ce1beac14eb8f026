"""The only room that writes to ``output/``: compare, write atomically, prune by manifest.

The folder is the user's. A manifest in it (``.sitegen.json``) names the files that builds have
written; only those are overwritten or deleted. New files are first written to a folder beside
them, and moved to their places when the last one is there; where that fails midway, it is undone.
So a build that fails leaves the site as it was. One that is killed leaves whole files, old or new:
the manifest is written before the first move, with old and new names in it, and again at the end,
so that a build cut short is known to the next one.
"""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.digest import digest
from sitegen.errors import Diagnostic, PublishError
from sitegen.model import Output, Written
from sitegen.stamp import FINE, digest_of_file, stamp_of

MANIFEST = ".sitegen.json"
STAGE = ".sitegen-tmp"
MANY = 1000
"""Files that were moved to their places in a longer time than it takes until they have stamps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The paths that were written and removed, how many files were left; and what is there now."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int
    outputs: Mapping[str, Written]
    manifest: Written | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file ready to be moved to its place."""

    path: str
    file: str
    key: bytes
    digest: bytes


def publish(
    outputs: Iterable[Output],
    folder: Path,
    *,
    kept: Mapping[str, Written] | None = None,
    known: Mapping[str, Written] | None = None,
    dry_run: bool = False,
) -> Published:
    """Make ``folder`` hold ``outputs``, what is ``kept`` and what the user put there, no more.

    Outputs are taken one at a time. ``known`` tells what files are as an earlier build left them.
    Raises `PublishError` before anything is changed where a file that is not ours is in the way,
    and where the disk refuses.
    """
    found = dict(kept or {})
    with _no_oserror(folder), _stage(folder, dry_run=dry_run) as stage:
        staged = list(_differing(outputs, folder, known or {}, found, stage))
        listed = read_manifest(folder)
        # What is as a build left it is ours, also where somebody has lost the manifest.
        old = listed | {each.lstrip("/") for each in known or ()}
        new = {each.lstrip("/") for each in found}
        new |= {each.path.lstrip("/") for each in staged}
        stale = [path for path in sorted(old - new) if (folder / path).is_file()]
        _refuse_clashes(staged, folder, old, stale)
        if not dry_run and (staged or stale or listed != new):
            _write_manifest(old | new, folder)
            with _undone_where_it_fails(folder) as moves:
                moves.take_away(stale)
                _remove_empty(stale, folder)  # a new file may stand where a folder was
                moves.put(staged)
                _write_manifest(new, folder)
        made = {} if dry_run else _stamped(staged, folder)
    return Published(
        written=tuple(each.path for each in staged),
        removed=tuple(f"/{each}" for each in stale),
        unchanged=len(found),
        outputs=found | made,
        manifest=None if dry_run else _manifest_now(folder),
    )


def overwrite(output: Output, folder: Path) -> Written:
    """Put new bytes in the place of a file that is as a build left it, before all others.

    Raises `PublishError` where the disk refuses.
    """
    with _no_oserror(folder), _stage(folder, dry_run=False) as stage:
        file = f"{stage}/first"
        _write(output, file)
        os.replace(file, f"{folder}{output.path}")
        stamp = stamp_of(os.stat(f"{folder}{output.path}"), time.time_ns())
    return Written(key=output.key, digest=digest(output.data), stamp=stamp)


def intact(outputs: Mapping[str, Written], folder: Path) -> dict[str, Written]:
    """Return those of the published files that are as a build left them, with fresh stamps."""
    found = {}
    now = time.time_ns()
    root = str(folder)
    for path, written in outputs.items():
        try:
            stamp = stamp_of(os.stat(root + path), now)
            if not stamp or stamp != written.stamp:
                if digest_of_file(root + path) != written.digest:
                    continue
                written = Written(key=written.key, digest=written.digest, stamp=stamp)
        except OSError:
            continue
        found[path] = written
    return found


def settled(manifest: Written | None, folder: Path) -> Written | None:
    """Return the manifest with a fresh stamp, if it is as a build left it and none came since.

    A later build may have been killed: its manifest names files of its own, its stage is there.
    """
    if manifest is None or os.path.lexists(folder / STAGE):
        return None
    path = f"/{MANIFEST}"
    return intact({path: manifest}, folder).get(path)


def clean(folder: Path) -> int:
    """Delete what builds have written to ``folder``; return how many files went."""
    shutil.rmtree(folder / STAGE, ignore_errors=True)
    names = sorted(path for path in read_manifest(folder) if (folder / path).is_file())
    with _no_oserror(folder):
        for path in names:
            (folder / path).unlink(missing_ok=True)
        _remove_empty(names, folder)
        (folder / MANIFEST).unlink(missing_ok=True)
    return len(names)


def read_manifest(folder: Path) -> set[str]:
    """Return the paths that earlier builds wrote; a broken manifest claims nothing."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    files = data.get("files") if isinstance(data, dict) else None
    return {each for each in files if _inside(each)} if isinstance(files, list) else set()


def _inside(path: object) -> bool:
    return isinstance(path, str) and not path.startswith("/") and ".." not in path.split("/")


@contextmanager
def _no_oserror(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError.of(
            f"cannot write: {error.strerror or error}", path=str(error.filename or folder)
        ) from None


@contextmanager
def _stage(folder: Path, *, dry_run: bool) -> Iterator[Path | None]:
    """Give a folder for new files, on the same disk as ``folder``; nothing on a dry run."""
    if dry_run:
        yield None
        return
    stage = folder / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _differing(
    outputs: Iterable[Output],
    folder: Path,
    known: Mapping[str, Written],
    found: dict[str, Written],
    stage: Path | None,
) -> Iterator[Staged]:
    """Write outputs that differ from what is there to the stage; add the others to ``found``."""
    now = time.time_ns()
    for number, output in enumerate(outputs):
        made = digest(output.data) if output.file is None else digest_of_file(output.file)
        target = folder / output.path.lstrip("/")
        there = known.get(output.path)
        if there and there.digest == made:
            found[output.path] = Written(key=output.key, digest=made, stamp=there.stamp)
        elif not there and _holds(target, made):
            stamp = stamp_of(target.stat(), now)
            found[output.path] = Written(key=output.key, digest=made, stamp=stamp)
        else:
            file = f"{stage}/{number:x}"
            if stage:
                _write(output, file)
            yield Staged(path=output.path, file=file, key=output.key, digest=made)


def _holds(file: Path, expected: bytes) -> bool:
    with suppress(OSError):
        return digest_of_file(file) == expected
    return False


def _write(output: Output, file: str) -> None:
    if output.file is not None:
        shutil.copyfile(output.file, file)
        return
    left = memoryview(output.data)
    with open(file, "wb", buffering=0) as opened:
        while left:  # a disk that fills up takes a part, and refuses the rest
            left = left[opened.write(left) :]


def _refuse_clashes(
    staged: Iterable[Staged], folder: Path, ours: set[str], stale: Iterable[str]
) -> None:
    """Find what is in the way: files of the user's, where files or their folders are to be."""
    going = set(stale)
    emptied = {str(each) for path in going for each in PurePosixPath(path).parents}
    parents = {str(each) for one in staged for each in PurePosixPath(one.path).parents}
    clashes = [
        each
        for each in sorted(parents - {"/"})
        if each[1:] not in going and os.path.lexists(f"{folder}{each}")
        if not os.path.isdir(f"{folder}{each}")
    ]
    for each in staged:
        path = each.path[1:]
        if _is_folder(folder / path):
            clashes += [] if _will_go(folder, path, going, emptied) else [each.path]
        elif path not in ours and os.path.lexists(folder / path):
            clashes.append(each.path)
    if clashes:
        raise PublishError(_clash(each, folder) for each in clashes)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _will_go(folder: Path, path: str, going: set[str], emptied: set[str]) -> bool:
    """Tell whether a folder is gone once the files that are ``going`` are removed."""
    inside = (each.relative_to(folder).as_posix() for each in (folder / path).rglob("*"))
    return path in emptied and all(each in going or each in emptied for each in inside)


def _clash(path: str, folder: Path) -> Diagnostic:
    return Diagnostic(
        path=f"{folder.name}{path}",
        message="is in the way: a build would write here, but no build wrote this file",
        hint="move it away, or delete it",
    )


@contextmanager
def _undone_where_it_fails(folder: Path) -> Iterator["_Moves"]:
    moves = _Moves(folder)
    try:
        yield moves
    except BaseException:
        moves.undo()
        raise


class _Moves:
    """Moves files into and out of the folder, and back."""

    def __init__(self, folder: Path) -> None:
        self.root = str(folder)
        self.old = str(folder / STAGE / "old-")
        self.done: list[tuple[str, str | None]] = []
        self.parents: set[str] = set()
        self.links = True

    def take_away(self, paths: Iterable[str]) -> None:
        """Move files out of the folder, to where they can be had back from."""
        for path in paths:
            target, old = f"{self.root}/{path}", self._next()
            os.replace(target, old)
            self.done.append((target, old))

    def put(self, staged: Iterable[Staged]) -> None:
        """Move new files to their places; each place has the old file or the new one, always."""
        for each in staged:
            target = self.root + each.path
            self._make_folder(target)
            old = self._kept(target)
            os.replace(each.file, target)
            self.done.append((target, old))

    def undo(self) -> None:
        """Put back what was there, as far as that goes."""
        for target, old in reversed(self.done):
            with suppress(OSError):
                if old is None:
                    os.unlink(target)
                else:
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    os.replace(old, target)

    def _next(self) -> str:
        return f"{self.old}{len(self.done):x}"

    def _make_folder(self, target: str) -> None:
        parent = os.path.dirname(target)
        if parent not in self.parents:
            os.makedirs(parent, exist_ok=True)
            self.parents.add(parent)

    def _kept(self, target: str) -> str | None:
        """Give the old file a second name; some disks cannot, and then it is not had back."""
        if not self.links:
            return None
        old = self._next()
        try:
            os.link(target, old)
        except FileNotFoundError:
            return None
        except OSError:
            self.links = False
            return None
        return old


def _stamped(staged: Sequence[Staged], folder: Path) -> dict[str, Written]:
    if len(staged) > MANY:
        time.sleep(FINE / 1e9)  # else the last thousand get no stamps, and are read next time
    now = time.time_ns()
    root = str(folder)
    return {
        each.path: Written(
            key=each.key, digest=each.digest, stamp=stamp_of(os.stat(root + each.path), now)
        )
        for each in staged
    }


def _manifest_now(folder: Path) -> Written | None:
    file = folder / MANIFEST
    with suppress(OSError):
        stamp = stamp_of(file.stat(), time.time_ns())
        return Written(key=b"", digest=digest_of_file(file), stamp=stamp)
    return None


def _write_manifest(paths: set[str], folder: Path) -> None:
    text = json.dumps({"files": sorted(paths)}, ensure_ascii=False, indent=0) + "\n"
    data = text.encode("utf-8")
    file = folder / MANIFEST
    if not _holds(file, digest(data)):
        temporary = folder / STAGE / MANIFEST
        temporary.write_bytes(data)
        os.replace(temporary, file)


def _remove_empty(paths: Iterable[str], folder: Path) -> None:
    """Remove the folders that these files were in, and those above, where nothing is left."""
    parents = {parent for path in paths for parent in PurePosixPath(path).parents}
    for parent in sorted(parents - {PurePosixPath()}, key=lambda each: -len(each.parts)):
        with suppress(OSError):  # a folder that still holds the user's files stays
            (folder / parent).rmdir()
