"""Measure the summaries: how good, how fast, how much memory, and what their import costs.

    python -m tests.bench.summaries FOLDER

``FOLDER`` has articles with summaries that people wrote (see `tests.bench.corpus`). The tables go
to the terminal and to ``tests/bench/results/summaries.md``. Nothing here passes or fails: the last
table tells what was wanted and what was measured.
"""

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench import book, imports, quality, speed
from tests.bench.corpus import read
from tests.bench.machine import machine
from tests.bench.peers import PEERS
from tests.bench.rouge import interval
from tests.bench.tables import Table
from tests.bench.wishes import Wish, at_least, at_most

RESULTS = Path(__file__).parent / "results" / "summaries.md"
PACKAGES = (
    "sitegen", "numpy", "sentencex", "PyStemmer", "rouge-score", "scipy", "summa", "sumy",
    "networkx",
)  # fmt: skip
OTHERS = ("orangesum_fr", "vietnews_vi", "bnlpc_bn", "tes_tr")


def of_quality(found: dict[str, quality.Scored]) -> Iterator[Wish]:
    """Wish for better summaries than the lead's and the libraries'."""
    both = found[quality.BOTH]
    over_lead = quality.gain(both, quality.LEAD)
    for i, (metric, wanted) in enumerate((("R1", 2.5), ("R2", 1.0), ("RL", 2.2))):
        what = f"{quality.BOTH} over Lead-3, {metric}"
        yield at_least(what, wanted, over_lead.mean[i], over_lead.low[i])
    equal = quality.gain(both, quality.EQUAL)
    what = f"{quality.BOTH} over the lead of equal length, R1"
    yield at_least(what, 1.5, equal.mean[0], equal.low[0])
    for name in OTHERS:
        gained = quality.gain(found[name], quality.LEAD)
        for i, metric in enumerate(("R1", "R2")):
            yield Wish(
                what=f"{name} over the lead, {metric}",
                wanted="interval above 0",
                measured=f"{gained.mean[i]:+.2f}, interval from {gained.low[i]:+.2f}",
                short=-gained.low[i],
            )
    best = max(PEERS, key=lambda name: both.scores[name][:, 0].mean())
    over_best = quality.gain(both, best)
    what = f"{quality.BOTH} over the best library ({best}), R1"
    yield at_least(what, 4.0, over_best.mean[0], over_best.low[0])


def of_validation(gained: quality.Floats) -> Iterator[Wish]:
    """Wish for as much on articles that the weights never saw."""
    mean, low = gained.mean(axis=0), interval(gained)[0]
    for i, (metric, wanted) in enumerate((("R1", 2.5), ("R2", 1.0))):
        what = f"{quality.BOTH} over Lead-3, {metric}, by cross-validation"
        yield at_least(what, wanted, mean[i], low[i])


def of_cost(
    times: dict[str, float], books: dict[str, book.Taken], costs: dict[str, imports.Cost]
) -> Iterator[Wish]:
    """Wish for little time and memory."""
    own = times[speed.OURS]
    sumy = min(times["sumy TextRank"], times["sumy LexRank"])
    yield at_most("CPU of an article, prototype's", 0.77, own / times[speed.PROTOTYPE])
    yield at_most("CPU of an article, summa's", 1 / 20, own / times["summa TextRank"])
    yield at_most("CPU of an article, sumy's (the faster of two)", 1 / 30, own / sumy)
    yield at_most("CPU of a word of a book of 500,000, an article's", 1.3, book.ratio(books))
    peak = max(each.peak for each in books.values())
    yield at_most("peak memory of that book", 300, peak, "MiB")
    for what, program in (("import", imports.OURS), ("import of summarize", imports.READY)):
        yield at_most(f"CPU of the {what}, numpy's", 1.2, imports.ratio(costs, program))


def tables(folder: Path) -> Iterator[Table]:
    """Measure one thing after the other, each alone; yield its table as soon as it is there."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = quality.score_sets(folder, pool)
        yield quality.sets_table(found)
        yield quality.peers_table(found[quality.BOTH])
        validated = quality.cross_validate(folder, pool)
        yield quality.validation_table(validated)
    taken = speed.measure(read(folder / "cnn.jsonl"))
    yield speed.table(taken)
    books = book.measure()
    yield book.table(books)
    costs = imports.measure()
    yield imports.table(costs)
    wishes = [
        *of_quality(found),
        *of_validation(validated[f"English: {quality.BOTH}"]),
        *of_cost(speed.medians(taken), books, costs),
    ]
    missed = sum(wish.short > 0 for wish in wishes)
    yield Table(
        title="Wanted and measured",
        head=("what", "wanted", "measured", "reached"),
        rows=[wish.row for wish in wishes],
        notes=(f"{len(wishes) - missed} of {len(wishes)} reached, {missed} not.",),
    )


def main() -> None:
    """Print all tables and write them down."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="of .jsonl files: " + ", ".join(quality.SETS))
    folder: Path = parser.parse_args().folder
    missing = [name for name in quality.SETS if not (folder / f"{name}.jsonl").is_file()]
    if missing:
        parser.error(f"the folder lacks {', '.join(f'{name}.jsonl' for name in missing)}")
    parts = ["# Summaries, measured", machine(PACKAGES)]
    print(*parts, sep="\n\n", end="\n\n", flush=True)
    for table in tables(folder):
        print(table, flush=True)
        parts.append(str(table).rstrip())
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
