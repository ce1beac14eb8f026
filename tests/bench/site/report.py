"""The tables of the site benchmark: what each contender took, and what was wanted of sitegen."""

from collections.abc import Iterator, Mapping

from tests.bench.site.contenders import ADDED, COLD, EDITED, HUGO, PELICAN_SUMY, SAME, SITEGEN
from tests.bench.site.scenarios import Key, Result
from tests.bench.tables import Table
from tests.bench.wishes import Wish, at_most

Results = Mapping[Key, Result]

NOTES = (
    "Every ratio is to Hugo's cold build of the same run. Wall and CPU are seconds, medians, with "
    "the fastest and the slowest round; CPU is that of all processes. The peak is of the whole "
    "process tree, shared pages counted once, taken in a run of its own. A changed file is one "
    "that is new or has other bytes than before the run.",
    "Other load is the number of cores that all else on the machine kept busy during the run. "
    "Where it is not near 0, contenders had fewer cores than the machine has: wall times, and to "
    "some degree CPU, are not those of a machine at rest. Sites are written to the disk of the "
    "temporary folder, and the kernel's time for making files counts.",
    "Hugo builds everything each time, also where its output is there already. Its layouts hold "
    "menus and footers in partialCached and cards in Page.Store. They must not ask for "
    "site.Sections on each page, which walks the tree of all pages each time: 10,000 articles "
    "then take four times the CPU.",
    "Hugo's and Pelican's summaries are an article's first words, which cost nothing; sitegen's "
    "and sumy's are the three sentences that TextRank picks.",
    "sitegen writes more than the others: JSON feeds beside Atom, JSON-LD on articles, lists with "
    "panels for each month where the others have one page of titles, and a sitemap a month.",
)


def table(count: int, results: Results) -> Table:
    """Show all scenarios of all contenders on so many articles."""
    cold = results[count, HUGO, COLD]
    return Table(
        title=f"{count:,} articles",
        head=(
            "contender", "scenario", "wall s", "rounds", "CPU s", "other load", "peak MiB", "files",
            "changed", "output MiB", "wall ratio", "CPU ratio", "peak ratio",
        ),
        rows=[
            (name, scenario, *row(result, cold))
            for (size, name, scenario), result in results.items()
            if size == count
        ],
    )  # fmt: skip


def row(result: Result, cold: Result) -> tuple[str, ...]:
    """Return the cells of a scenario of a contender."""
    return (
        f"{result.wall:.2f}",
        f"{len(result.costs)}: {min(result.walls):.2f} to {max(result.walls):.2f}",
        f"{result.cpu:.2f}",
        f"{result.others:.1f}",
        f"{result.peak:.0f}",
        f"{result.files:,}",
        f"{result.changed:,}",
        f"{result.size:.0f}",
        f"{result.wall / cold.wall:.3f}",
        f"{result.cpu / cold.cpu:.3f}",
        f"{result.peak / cold.peak:.3f}",
    )


def wishes(results: Results) -> Iterator[Wish]:
    """Wish for sitegen's times and memory, in those of Hugo's cold build of the most articles."""
    sizes = sorted({size for size, *_ in results})
    most = sizes[-1]
    hugo = results[most, HUGO, COLD]
    cold, same, edited, added = (
        results[most, SITEGEN, each] for each in (COLD, SAME, EDITED, ADDED)
    )
    yield at_most("cold build, CPU", 1.0, cold.cpu / hugo.cpu)
    yield at_most("cold build, wall", 1.0, cold.wall / hugo.wall)
    yield at_most("nothing changed, wall", 0.05, same.wall / hugo.wall)
    yield at_most("one edited, wall", 0.07, edited.wall / hugo.wall)
    yield at_most("one added, wall", 0.1, added.wall / hugo.wall)
    yield at_most("one added, changed files", 30, added.changed, "files")
    yield at_most("cold build, peak memory", 0.5, cold.peak / hugo.peak)
    if (key := (sizes[0], PELICAN_SUMY, COLD)) in results:
        own = results[sizes[0], SITEGEN, COLD].cpu
        what = f"cold build of {sizes[0]:,}, CPU, Pelican's with sumy"
        yield at_most(what, 0.1, own / results[key].cpu)


def wanted(results: Results) -> Table:
    """Show what was wanted and what was measured."""
    found = list(wishes(results))
    missed = sum(wish.short > 0 for wish in found)
    return Table(
        title=f"Wanted and measured, {max(size for size, *_ in results):,} articles",
        head=("what", "wanted", "measured", "reached"),
        rows=[wish.row for wish in found],
        notes=(f"{len(found) - missed} of {len(found)} reached, {missed} not.", *NOTES),
    )
