"""The only room that writes to ``output/``: compare, write atomically, prune by manifest.

The folder is the user's. A manifest in it (``.sitegen.json``) names the files that builds have
written; only those are overwritten or deleted. It is written before the first file, with old and
new names in it, and again at the end, so that a build cut short is known to the next one.
"""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import Diagnostic, PublishError
from sitegen.model import Output

MANIFEST = ".sitegen.json"
TEMPORARY = ".sitegen-tmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(outputs: Sequence[Output], folder: Path, *, dry_run: bool = False) -> Published:
    """Make ``folder`` hold ``outputs`` and what the user put there, and nothing else of ours.

    Raises `PublishError` before anything is written where a file that is not ours is in the way,
    and where the disk refuses.
    """
    old = read_manifest(folder)
    new = {each.path.lstrip("/") for each in outputs}
    changed = [each for each in outputs if not _same(each, folder)]
    if clashes := [each for each in changed if _clashes(each, folder, old)]:
        raise PublishError(_clash(each, folder) for each in clashes)
    stale = [path for path in sorted(old - new) if (folder / path).is_file()]
    result = Published(
        written=len(changed), unchanged=len(outputs) - len(changed), removed=len(stale)
    )
    if dry_run:
        return result
    try:
        _carry_out(changed, stale, old | new, new, folder)
    except OSError as error:
        raise PublishError.of(
            f"cannot write: {error.strerror or error}", path=str(error.filename or folder)
        ) from None
    return result


def clean(folder: Path) -> int:
    """Delete what builds have written to ``folder``; return how many files went."""
    names = sorted(path for path in read_manifest(folder) if (folder / path).is_file())
    _remove(names, folder)
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


def _same(output: Output, folder: Path) -> bool:
    target = folder / output.path.lstrip("/")
    try:
        if output.file is None:
            return target.stat().st_size == len(output.data) and target.read_bytes() == output.data
        return _equal_files(output.file, target)
    except OSError:
        return False


def _equal_files(first: Path, second: Path) -> bool:
    if first.stat().st_size != second.stat().st_size:
        return False
    with first.open("rb") as one, second.open("rb") as other:
        while chunk := one.read(1 << 20):
            if chunk != other.read(1 << 20):
                return False
    return True


def _clashes(output: Output, folder: Path, ours: set[str]) -> bool:
    path = output.path.lstrip("/")
    return path not in ours and (folder / path).exists()


def _clash(output: Output, folder: Path) -> Diagnostic:
    return Diagnostic(
        path=f"{folder.name}{output.path}",
        message="is in the way: a build would write here, but no build wrote this file",
        hint="move it away, or delete it",
    )


def _carry_out(
    changed: Iterable[Output], stale: Sequence[str], both: set[str], new: set[str], folder: Path
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write_manifest(both, folder)
    for output in changed:
        _write(output, folder)
    _remove(stale, folder)
    _write_manifest(new, folder)


def _write(output: Output, folder: Path) -> None:
    target = folder / output.path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / TEMPORARY
    try:
        if output.file is None:
            temporary.write_bytes(output.data)
        else:
            shutil.copyfile(output.file, temporary)
        os.replace(temporary, target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _write_manifest(paths: set[str], folder: Path) -> None:
    text = json.dumps({"files": sorted(paths)}, ensure_ascii=False, indent=0) + "\n"
    output = Output(path="/" + MANIFEST, data=text.encode("utf-8"))
    if not _same(output, folder):
        _write(output, folder)


def _remove(paths: Iterable[str], folder: Path) -> None:
    parents = set()
    for path in paths:
        file = folder / path
        file.unlink(missing_ok=True)
        parents |= set(file.relative_to(folder).parents)
    for parent in sorted(parents - {Path()}, key=lambda each: len(each.parts), reverse=True):
        with suppress(OSError):  # a folder that still holds the user's files stays
            (folder / parent).rmdir()
