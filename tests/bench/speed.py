"""CPU time of summarisers over the same articles, in turn, alone on their process."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from sitegen.textrank import summarize_many
from tests.bench import prototype
from tests.bench.corpus import Item
from tests.bench.peers import PEERS
from tests.bench.tables import Table

ROUNDS = 15
EVERY = 5
"""The libraries, many times as slow, run in one round of so many."""
WORDS = 600

OURS = "sitegen, batches of 256"
KEYWORDS = "sitegen, batches of 256, 10 keywords"
ALONE = "sitegen, one at a time"
PROTOTYPE = "prototype, batches of 256"

SUMMA = "summa TextRank"
SUMMA_ELSEWHERE, PROTOTYPE_ELSEWHERE = 11.4, 0.65
"""CPU ms of an article on the machine where the recipe of the prototype was first measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """Something that summarises all articles; ``rare``: it is slow, a few rounds will do."""

    name: str
    run: Callable[[], object]
    rare: bool = False


def contenders(items: Sequence[Item]) -> list[Contender]:
    """Return all contenders, set to summarise the articles."""
    return [
        Contender(name=PROTOTYPE, run=lambda: by_prototype(items)),
        Contender(name=OURS, run=lambda: by_sitegen(items, keywords=0)),
        Contender(name=KEYWORDS, run=lambda: by_sitegen(items, keywords=10)),
        Contender(name=ALONE, run=lambda: [by_sitegen([item], keywords=0) for item in items]),
        *(
            Contender(name=name, run=lambda peer=peer: list(map(peer, items)), rare=True)
            for name, peer in PEERS.items()
        ),
    ]


def by_sitegen(items: Sequence[Item], *, keywords: int) -> list[list[str]]:
    """Summarise by this package, from texts to sentences."""
    made = summarize_many([item.document for item in items], keywords=keywords)
    return [[sentence.text for sentence in summary.sentences] for summary in made]


def by_prototype(items: Sequence[Item]) -> list[list[str]]:
    """Summarise by the prototype, in batches as large as this package's."""
    found: list[list[str]] = []
    for start in range(0, len(items), 256):
        batch = items[start : start + 256]
        found += prototype.summarize(
            [item.text for item in batch],
            [item.title for item in batch],
            batch[0].language,
            [item.sentences for item in batch],
        )
    return found


def measure(items: Sequence[Item]) -> dict[str, list[float]]:
    """Return, by contender, the CPU ms of 600 words in each round."""
    words = sum(len(item.text.split()) for item in items)
    taking_part = contenders(items)
    taken: dict[str, list[float]] = {each.name: [] for each in taking_part}
    for each in contenders(items[:20]):
        each.run()
    for turn in range(ROUNDS):
        for each in taking_part:
            if not each.rare or turn % EVERY == 0:
                taken[each.name].append(_seconds(each) * 1000 / words * WORDS)
    return taken


def _seconds(contender: Contender) -> float:
    gc.collect()
    start = time.process_time()
    contender.run()
    return time.process_time() - start


def medians(taken: dict[str, list[float]]) -> dict[str, float]:
    """Return the median of each contender."""
    return {name: median(times) for name, times in taken.items()}


def table(taken: dict[str, list[float]]) -> Table:
    """Show the times, and how they compare."""
    middle = medians(taken)
    rows = [
        (
            name,
            f"{middle[name]:.3f}",
            f"{min(times):.3f} to {max(times):.3f}",
            f"{middle[name] / middle[PROTOTYPE]:.2f}",
            f"{middle[name] / middle[OURS]:.2f}",
        )
        for name, times in taken.items()
    ]
    expected = PROTOTYPE_ELSEWHERE * middle[SUMMA] / SUMMA_ELSEWHERE
    return Table(
        title="Speed",
        head=("summariser", "CPU ms", "rounds", "times the prototype", "times sitegen in batches"),
        rows=rows,
        notes=(
            f"CPU time of {WORDS} words of CNN articles, from text to sentences: medians of "
            f"{ROUNDS} rounds, of {len(range(0, ROUNDS, EVERY))} for the libraries, in turn.",
            f"The recipe of the prototype was first measured at {PROTOTYPE_ELSEWHERE} ms on a "
            f"machine where summa took {SUMMA_ELSEWHERE} ms; by summa's time that is "
            f"{expected:.3f} ms here, of which sitegen takes {middle[OURS] / expected:.2f}. The "
            "prototype that runs here is a faster one, and the harder yardstick.",
            "sumy cuts words by NLTK, as it does by itself, and sentences by sentencex.",
        ),
    )
