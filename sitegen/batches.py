"""Work is cut into batches and done here or by an executor, whichever is sooner done."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import chain, islice
from typing import Protocol, TypeVar

FEW = 3
"""So many batches are done here: to start processes would take longer."""

WAITING = 12
"""Batches that an executor holds at a time: enough for many workers, not all of a large site."""

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


SILENCE = Silence()


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of ``size`` items, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def in_batches(
    work: Callable[[T], list[R]],
    batches: Iterable[T],
    executor: Executor | None,
    reporter: Reporter,
) -> Iterator[R]:
    """Yield what ``work`` makes of each batch, in order; few batches, or one, at a time in hand."""
    rest = iter(batches)
    first = list(islice(rest, FEW + 1))
    alone = executor is None or len(first) <= FEW
    done = map(work, chain(first, rest)) if alone else _handed_out(work, first, rest, executor)
    for made in done:
        reporter.advance(len(made))
        yield from made


def _handed_out(
    work: Callable[[T], list[R]], first: Iterable[T], rest: Iterator[T], executor: Executor | None
) -> Iterator[list[R]]:
    assert executor
    waiting: deque[Future[list[R]]] = deque(executor.submit(work, each) for each in first)
    try:
        while waiting:
            for batch in islice(rest, max(0, WAITING - len(waiting))):
                waiting.append(executor.submit(work, batch))
            yield waiting.popleft().result()
    finally:
        for each in waiting:
            each.cancel()
