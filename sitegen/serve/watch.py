"""Watches the folders that a site is made from, be they there, gone, or back again.

A watch holds on to a folder, not to its name, so beside each folder the one above it is watched
too, and `Watcher.watch` is asked again before every rebuild.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import DirModifiedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

KINDS = frozenset({"created", "modified", "closed", "deleted", "moved"})
"""What changes a file. To open, read and close one is an event too, and builds do that."""

Names = Callable[[str], bool]
"""Tells whether a path matters."""


_DEAF = FileSystemEventHandler()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A folder to watch, with all that is below it or without."""

    folder: Path
    recursive: bool


class Watcher(FileSystemEventHandler):
    """Calls ``changed`` for every event that may matter; ``fell_back``, when it must poll."""

    def __init__(
        self,
        changed: Callable[[], None],
        fell_back: Callable[[str], None],
        *,
        matters: Names,
        poll: bool,
    ) -> None:
        self.changed = changed
        self.fell_back = fell_back
        self.matters = matters
        self.polling = poll
        self.watches: dict[Target, tuple[ObservedWatch, tuple[int, int]]] = {}
        self.observer: BaseObserver | None = None

    def watch(self, folders: Iterable[Path], file: Path, *, calm: bool = False) -> None:
        """Watch folders, with all below them, and a file; what was watched before, no longer.

        While all is ``calm`` it is seen to that the system has watches left.
        """
        wanted = frozenset(_targets(folders, file))
        before = set(self.watches)
        try:
            self._watch(wanted)
            if calm and not self.polling:
                self._probe(wanted)
            if calm and self.watches.keys() - before:
                self.changed()  # it came back unseen, and maybe not as it was
        except OSError as error:
            if self.polling:
                return  # a folder that went this moment: the next look will see
            self._poll(str(error.strerror or error))
            self._watch(wanted)

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event, whatever it is; called by the observer's thread."""
        # That a folder was modified is told beside each event of a file in it, ours as well.
        if event.event_type in KINDS and not isinstance(event, DirModifiedEvent):
            paths = (os.fsdecode(each) for each in (event.src_path, event.dest_path) if each)
            if any(map(self.matters, paths)):
                self.changed()

    def close(self) -> None:
        """End the threads."""
        if self.observer:
            self.observer.stop()
            self.observer.join()

    def _started(self) -> BaseObserver:
        made = PollingObserver() if self.polling else Observer()
        made.daemon = True
        made.start()
        return made

    def _watch(self, wanted: frozenset[Target]) -> None:
        self.observer = self.observer or self._started()
        # The watch of a folder that was deleted has ended, and may have the name of a new one.
        ended = {each.watch for each in self.observer.emitters if not each.is_alive()}
        for target, (watch, identity) in list(self.watches.items()):
            if target not in wanted or watch in ended or _identity(target.folder) != identity:
                del self.watches[target]
                self.observer.unschedule(watch)
        for target in wanted - self.watches.keys():
            # A folder may go at this very moment: whoever looks next will see.
            with suppress(FileNotFoundError, NotADirectoryError):
                if now := _identity(target.folder):
                    watch = self.observer.schedule(
                        self, str(target.folder), recursive=target.recursive
                    )
                    self.watches[target] = (watch, now)

    def _probe(self, wanted: frozenset[Target]) -> None:
        """Raise `OSError` where the system has no watch to give.

        For folders within others it was asked by a thread, which says nothing.
        """
        assert self.observer
        folder = min((each.folder for each in wanted), key=lambda each: len(each.parts)).parent
        while any(each.folder == folder for each in wanted):
            folder = folder.parent
        self.observer.unschedule(self.observer.schedule(_DEAF, str(folder), recursive=False))

    def _poll(self, reason: str) -> None:
        """Look at all files every second: slower, but needs nothing of the system."""
        self.close()
        self.watches = {}
        self.polling = True
        self.observer = None
        self.fell_back(reason)


def _targets(folders: Iterable[Path], file: Path) -> Iterator[Target]:
    yield Target(folder=file.parent.resolve(), recursive=False)
    for folder in folders:
        there = folder.resolve()
        if there.is_dir():
            yield Target(folder=there, recursive=True)
        above = next(each for each in folder.absolute().parents if each.is_dir())
        yield Target(folder=above.resolve(), recursive=False)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
