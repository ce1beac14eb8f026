"""How sitegen's costs grow with the number of articles: by the article, it is hoped.

    python -m tests.bench.site.scale [--articles 1000 10000 100000]

Time of a cold build is CPU, which other work on the machine disturbs less; of a build that has
nothing to do it is what somebody waits.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.machine import machine
from tests.bench.site.contenders import COLD, SAME, SITEGEN, contenders
from tests.bench.site.process import FailedError, adopt_orphans
from tests.bench.site.scenarios import measure
from tests.bench.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A cold build's CPU and a build's with nothing changed, in ms an article; peaks in MiB."""

    articles: int
    cold: float
    same: float
    peak: float
    peak_same: float

    @property
    def figures(self) -> tuple[float, float, float, float]:
        return self.cold, self.same, self.peak, self.peak_same


def scale(count: int, folder: Path) -> Scale:
    """Build a site of so many articles, and build it again."""
    (sitegen,) = (each for each in contenders() if each.name == SITEGEN)
    taking_part = [replace(sitegen, scenarios=(COLD, SAME))]
    results = measure(count, taking_part, 1, folder)
    cold, same = (results[count, SITEGEN, each] for each in (COLD, SAME))
    return Scale(
        articles=count,
        cold=1000 * cold.cpu / count,
        same=1000 * same.wall / count,
        peak=cold.peak,
        peak_same=same.peak,
    )


def table(found: Sequence[Scale]) -> Table:
    """Show the costs and their ratios to those of the smallest site."""
    return Table(
        title="sitegen, by the number of articles",
        head=(
            "articles", "cold CPU ms an article", "nothing changed wall ms an article",
            "cold peak MiB", "nothing changed peak MiB",
        ),
        rows=[
            (
                f"{each.articles:,}",
                *(
                    f"{figure:.3f} ({figure / first:.2f} times)"
                    for figure, first in zip(each.figures, found[0].figures, strict=True)
                ),
            )
            for each in found
        ],
    )  # fmt: skip


def main() -> None:
    """Build all sizes, each in a folder that is then deleted, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000, 100000])
    adopt_orphans()
    print(machine(("sitegen", "Markdown", "numpy")), flush=True)
    found = []
    try:
        for count in sorted(parser.parse_args().articles):
            with tempfile.TemporaryDirectory(prefix="sites-") as folder:
                found.append(scale(count, Path(folder)))
    except FailedError as error:
        sys.exit(str(error))
    print(f"\n{table(found)}")


if __name__ == "__main__":
    main()
