"""One build at a time on one project: the others wait, and say for whom.

The lock is the operating system's (POSIX record locks, on Windows ``msvcrt``), which lets go when
the process that holds it is gone, however that happened. What the file says is for people alone.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sitegen.errors import SitegenError

NAME = "lock"
PAUSE = 0.05
"""Seconds between two tries to get the lock."""

HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
AT = 1 << 30
"""The byte that is locked on Windows, where a locked one cannot be read."""


@contextmanager
def locked(folder: Path, *, wait: bool, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock in a folder; ``waiting`` is told once who holds it, where another does.

    Raises `SitegenError` where it is not to ``wait``. Where there can be no lock, because the
    folder cannot be written to or its file system knows none, all goes on without one.
    """
    opened = _taken(folder / NAME, wait=wait, waiting=waiting)
    try:
        yield
    finally:
        if opened:
            opened.close()  # which lets go of the lock


def _taken(file: Path, *, wait: bool, waiting: Callable[[str], None]) -> BinaryIO | None:
    told = False
    while (opened := _opened(file)) is not None:
        held = _held(opened)
        if held is None and _is_there(file, opened):
            _sign(opened)
            return opened
        owner = _owner(opened)
        opened.close()
        if held is None:
            continue  # it was deleted meanwhile, and the next one locks another file
        if held not in HELD:
            break
        if not wait:
            raise SitegenError.of(
                f"another build is at work here ({owner})", hint="leave out --no-wait to wait"
            )
        if not told:
            waiting(owner)
            told = True
        time.sleep(PAUSE)
    return None


def _opened(file: Path) -> BinaryIO | None:
    with suppress(OSError):
        return open(file, "a+b", buffering=0)
    return None


def _held(opened: BinaryIO) -> int | None:
    """Take the lock; return the number of the error where that is not possible."""
    try:
        _lock(opened)
    except OSError as error:
        return error.errno
    return None


def _lock(opened: BinaryIO) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        opened.seek(AT)
        msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    # Not flock: processes that a build starts would hold it on when the build has been killed.
    fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_there(file: Path, opened: BinaryIO) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(opened.fileno()), file.stat())
    return False


def _sign(opened: BinaryIO) -> None:
    with suppress(OSError):
        opened.truncate(0)
        opened.write(f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}".encode())


def _owner(opened: BinaryIO) -> str:
    with suppress(OSError):
        opened.seek(0)
        return opened.read(100).decode("utf-8", "replace") or "which has just begun"
    return "which one cannot be told"
