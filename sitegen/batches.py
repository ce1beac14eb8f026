"""Work is cut into batches and done here or by an executor, whichever is sooner done."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

from sitegen.pool import Pool

FEW = 3
"""So many batches are done here: to start processes would take longer."""

WAITING = 12
"""Batches that an executor holds at a time: enough for many workers, not all of a large site."""

AHEAD = 3
"""As many a process, where it is known how many there are: each has work while it is waited for."""

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

    def waiting(self, owner: str) -> None:
        """Report that another build is at work, and whose it is."""
        ...


class Silence:
    """A reporter that says nothing."""

    def stage(self, name: str, total: int) -> None:
        """Say nothing."""

    def advance(self, steps: int) -> None:
        """Say nothing."""

    def waiting(self, owner: str) -> None:
        """Say nothing."""


SILENCE = Silence()


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of ``size`` items, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue(Generic[T, R]):
    """What is done about a batch whose process has died, or takes longer than it has patience.

    ``halves`` gives both halves of a batch, or nothing where it holds a single thing; ``lost``
    what stands for such a one. ``patience`` is in seconds.
    """

    halves: Callable[[T], tuple[T, T] | None]
    lost: Callable[[T], R]
    patience: float | None = None


def in_batches(
    work: Callable[[T], list[R]],
    batches: Iterable[T],
    executor: Executor | None,
    reporter: Reporter,
    rescue: Rescue[T, R] | None = None,
) -> Iterator[R]:
    """Yield what ``work`` makes of each batch, in order; few batches, or one, at a time in hand.

    With ``rescue``, a batch whose process died is tried once more in halves, so that the thing
    that kills processes is found, and all others are done.
    """
    rest = iter(batches)
    first = list(islice(rest, FEW + 1))
    if executor is None or len(first) <= FEW:
        done: Iterator[list[R]] = map(work, chain(first, rest))
    else:
        done = _HandedOut(work, executor, rescue).results(chain(first, rest))
    for made in done:
        reporter.advance(len(made))
        yield from made


class _HandedOut(Generic[T, R]):
    """Batches in the hands of an executor, and their results in order."""

    def __init__(
        self, work: Callable[[T], list[R]], executor: Executor, rescue: Rescue[T, R] | None
    ) -> None:
        self.work = work
        self.executor = executor
        self.rescue = rescue
        self.waiting: deque[tuple[T, Future[list[R]]]] = deque()

    def results(self, batches: Iterator[T]) -> Iterator[list[R]]:
        try:
            self._hand_out(batches)
            while self.waiting:
                batch, future = self.waiting.popleft()
                try:
                    made = self._result(future)
                except BrokenExecutor:
                    yield from self._rescued([(batch, future), *self._taken_back()])
                else:
                    yield made
                self._hand_out(batches)
        finally:
            for _, future in self.waiting:
                future.cancel()

    def _hand_out(self, batches: Iterator[T]) -> None:
        most = AHEAD * self.executor.workers if isinstance(self.executor, Pool) else WAITING
        for batch in islice(batches, max(0, most - len(self.waiting))):
            self.waiting.append((batch, self.executor.submit(self.work, batch)))

    def _taken_back(self) -> list[tuple[T, "Future[list[R]]"]]:
        taken = list(self.waiting)
        self.waiting.clear()
        return taken

    def _result(self, future: "Future[list[R]]") -> list[R]:
        """Wait for a result; processes that keep silent for too long are ended."""
        try:
            return future.result(self.rescue.patience if self.rescue else None)
        except TimeoutError:
            if future.done() or not isinstance(self.executor, Pool):
                raise
            self.executor.kill()
            raise BrokenExecutor from None

    def _rescued(self, lost: Iterable[tuple[T, "Future[list[R]]"]]) -> Iterator[list[R]]:
        """Yield the results of batches whose processes are gone, one batch at a time."""
        for batch, future in lost:
            done = future.done() and not future.cancelled() and future.exception() is None
            yield future.result() if done else self._tried(batch)

    def _tried(self, batch: T) -> list[R]:
        try:
            return self._result(self.executor.submit(self.work, batch))
        except BrokenExecutor:
            if self.rescue is None:
                raise
            halves = self.rescue.halves(batch)
            if halves is None:
                return [self.rescue.lost(batch)]
            return [made for half in halves for made in self._tried(half)]
