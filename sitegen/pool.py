"""Processes to hand work to; they start with the first work that is handed out."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")


class Pool(Executor):
    """Processes that start with the first work handed out: most builds have none."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.processes: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """Hand work to a process; where one has died, all are new."""
        if self.processes is None:
            self.processes = _started(self.workers)
        try:
            return self.processes.submit(work, *args, **kwargs)
        except BrokenExecutor:
            self.processes.shutdown(wait=False)
            self.processes = _started(self.workers)
            return self.processes.submit(work, *args, **kwargs)

    def rest(self) -> None:
        """End the processes, once they are done; the next work starts new ones."""
        self.shutdown()
        self.processes = None

    def kill(self) -> None:
        """End the processes at once, whatever they do; work handed out is lost."""
        from multiprocessing import active_children

        # Forgotten first: work that comes while they die would start one that nobody waits for.
        old, self.processes = self.processes, None
        for each in active_children():
            each.kill()
        if old is not None:
            old.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        if self.processes is not None:
            self.processes.shutdown(wait, cancel_futures=cancel_futures)


def _started(workers: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    method = "spawn"
    if sys.platform == "linux" and threading.active_count() == 1:
        import sitegen.textrank.summaries
        import sitegen.work  # noqa: F401  what all will need is imported once, before the fork

        method = "fork"
    return ProcessPoolExecutor(
        workers, mp_context=get_context(method), initializer=_end_with_parent
    )


def _end_with_parent() -> None:
    """Have this process end when the one that started it has been killed, and not wait for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        threading.Thread(target=_wait_for, args=(parent.sentinel,), daemon=True).start()


def _wait_for(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


@contextmanager
def executor(jobs: int | None) -> Iterator[Executor | None]:
    """Give a pool of processes, or nothing where all is to be done in this process."""
    workers = jobs or _cores()
    if workers < 2:
        yield None
        return
    with Pool(workers) as pool:
        yield pool


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
