"""Build the same site with sitegen, Hugo and Pelican, side by side: time, memory, files.

    python -m tests.bench.site [--articles 1000 10000] [--rounds 3 2] [--keep DIR]

The tables go to the terminal and to ``tests/bench/results/sites.md``. Nothing here passes or
fails: the last table tells what was wanted and what was measured.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.machine import machine
from tests.bench.site.contenders import contenders
from tests.bench.site.process import FailedError, adopt_orphans
from tests.bench.site.report import table, wanted
from tests.bench.site.scenarios import Key, Result, measure
from tests.bench.tables import Table

RESULTS = Path(__file__).parents[1] / "results" / "sites.md"
PACKAGES = ("sitegen", "hugo", "pelican", "sumy", "Markdown", "numpy")


def tables(sizes: Sequence[int], rounds: Sequence[int], folder: Path) -> Iterator[Table]:
    """Measure one size after the other; yield its table as soon as it is there.

    ``rounds`` are those of each size, from the smallest on; the last goes for all that follow.
    """
    results: dict[Key, Result] = {}
    for number, count in enumerate(sorted(sizes)):
        taking_part = [each for each in contenders() if number < each.sizes]
        results |= measure(count, taking_part, rounds[min(number, len(rounds) - 1)], folder)
        yield table(count, results)
    yield wanted(results)


def report(sizes: Sequence[int], rounds: Sequence[int], folder: Path) -> None:
    """Print all tables and write them down."""
    parts = ["# Sites, built side by side", machine(PACKAGES)]
    print(*parts, sep="\n\n", end="\n\n", flush=True)
    for each in tables(sizes, rounds, folder):
        print(each, flush=True)
        parts.append(str(each).rstrip())
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--rounds", type=int, nargs="+", default=[3, 2])
    parser.add_argument("--keep", type=Path, help="a folder for the sites, which then stay there")
    given = parser.parse_args()
    adopt_orphans()
    try:
        if given.keep:
            report(given.articles, given.rounds, given.keep)
        else:
            with tempfile.TemporaryDirectory(prefix="sites-") as folder:
                report(given.articles, given.rounds, Path(folder))
    except FailedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
