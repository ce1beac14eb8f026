"""A command's wall and CPU time, and in a run of its own the memory of its process tree."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

PAUSE = 0.02
"""Seconds between two looks at the memory."""
PROC = Path("/proc")
PR_SET_CHILD_SUBREAPER = 36


class FailedError(Exception):
    """A command failed; the text says which, and what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of a run: by the clock, and of CPU, the process and all its descendants.

    ``others`` is the number of cores that all else on the machine kept busy meanwhile.
    """

    wall: float
    cpu: float
    others: float


def timed(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder and time it; what was written before it is on disk by then."""
    os.sync()
    before, start = _busy(), time.perf_counter()
    with _started(command, folder) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        busy = _busy() - before
    usages = [usage, *_orphans(process.pid)]
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    return Cost(wall=wall, cpu=cpu, others=max(busy - cpu, 0) / wall)


def _busy() -> float:
    """Return the CPU seconds of the whole machine since it started; 0 where nobody tells."""
    with suppress(OSError):
        line = (PROC / "stat").read_text().partition("\n")[0]
        user, nice, system, _idle, _waiting, *others = map(int, line.split()[1:9])
        return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK")
    return 0


def peak(command: Sequence[str], folder: Path) -> float:
    """Run a command in a folder; return the most memory that its process tree has, in MiB."""
    most = 0
    with _started(command, folder) as process:
        while process.poll() is None:
            most = max(most, sum(map(memory, tree(process.pid))))
            time.sleep(PAUSE)
    return most / 2**10


def adopt_orphans() -> None:
    """Have the orphans of the processes started here reported to this process, as Linux can.

    Else the CPU time of a fork server, which nobody waits for, and of its children is lost.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans(group: int) -> Iterator[resource.struct_rusage]:
    """Yield what each process of a group used that outlived its parent."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-group, 0)[2]


@contextmanager
def _started(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Give a process, the head of its own group; raise `FailedError` where it failed."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, stdin=DEVNULL, stdout=said, stderr=said, process_group=0
        )
        try:
            yield process
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace")
            raise FailedError(f"{' '.join(command)} ended with {process.returncode}:\n{text}")


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield pid
    with suppress(OSError):
        for task in os.listdir(PROC / str(pid) / "task"):
            for child in (PROC / str(pid) / "task" / task / "children").read_text().split():
                yield from tree(int(child))


def memory(pid: int) -> int:
    """Return the memory of a process in KiB, of pages it shares with others its part (PSS).

    Where the kernel does not tell, it is all that the process has in memory (RSS).
    """
    for name, key in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with suppress(OSError):
            for line in (PROC / str(pid) / name).read_text().splitlines():
                if line.startswith(key):
                    return int(line.split()[1])
    return 0
