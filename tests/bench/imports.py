"""What it costs to import the summariser, next to numpy, without which it could not be."""

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median

from tests.bench.tables import Table

ROUNDS = 15
OURS, READY, DONE = "sitegen.textrank", "its function summarize", "and a first summary"
PROGRAMS = {
    "nothing": "pass",
    "numpy": "import numpy",
    OURS: "import sitegen.textrank",
    READY: "from sitegen.textrank import summarize",
    DONE: "from sitegen.textrank import summarize; summarize('The mill is sold. It is old.')",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds of a process, those of an empty one taken off."""

    cpu: float
    wall: float


def measure() -> dict[str, Cost]:
    """Start each program in turn, several rounds; return the medians by its name."""
    taken: dict[str, list[Cost]] = {name: [] for name in PROGRAMS}
    for program in PROGRAMS.values():
        _start(program)
    for _ in range(ROUNDS):
        for name, program in PROGRAMS.items():
            taken[name].append(_start(program))
    middle = {
        name: Cost(cpu=median(c.cpu for c in costs), wall=median(c.wall for c in costs))
        for name, costs in taken.items()
    }
    empty = middle.pop("nothing")
    return {
        name: Cost(cpu=cost.cpu - empty.cpu, wall=cost.wall - empty.wall)
        for name, cost in middle.items()
    }


def _start(program: str) -> Cost:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu=1000 * cpu, wall=1000 * wall)


def ratio(costs: dict[str, Cost], program: str) -> float:
    """Return how many times numpy's CPU time a program takes."""
    return costs[program].cpu / costs["numpy"].cpu


def table(costs: dict[str, Cost]) -> Table:
    """Show what the imports cost."""
    return Table(
        title="Import",
        head=("import", "CPU ms", "wall ms", "CPU, times numpy's"),
        rows=[
            (name, f"{c.cpu:.1f}", f"{c.wall:.1f}", f"{ratio(costs, name):.2f}")
            for name, c in costs.items()
        ],
        notes=(
            f"Medians of {ROUNDS} fresh processes each, in turn, less an empty one's time.",
            "The package loads numpy only when its first function is asked for.",
        ),
    )
