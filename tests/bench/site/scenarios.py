"""What is done to each site, and how often: rounds for time, then one for memory and output."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from statistics import median
from typing import TypeVar

from tests.bench.site.contenders import ADDED, COLD, EDITED, Contender, file_of
from tests.bench.site.corpus import Article, Newsroom, write
from tests.bench.site.process import Cost, peak, timed

R = TypeVar("R")
Key = tuple[int, str, str]
"""A number of articles, a contender's name, a scenario."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A scenario of a contender: its timed runs, and the run in which the rest was taken.

    ``peak`` and ``size``, of all output, are in MiB. ``changed`` counts files of the output
    whose bytes are not as before, new ones too.
    """

    costs: tuple[Cost, ...]
    peak: float
    files: int
    size: float
    changed: int

    @property
    def walls(self) -> list[float]:
        return [each.wall for each in self.costs]

    @property
    def wall(self) -> float:
        return median(self.walls)

    @property
    def cpu(self) -> float:
        return median(each.cpu for each in self.costs)

    @property
    def others(self) -> float:
        return median(each.others for each in self.costs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A contender's site in its folder; ``edited`` and ``new`` are the articles that change."""

    contender: Contender
    folder: Path
    edited: Article
    new: Article

    @property
    def output(self) -> Path:
        return self.folder / self.contender.made[0]

    def prepare(self, scenario: str, turn: int) -> None:
        """Change the site as the scenario has it; a cold build's site is as it was first."""
        if scenario == COLD:
            self._reset()
        elif scenario == EDITED:
            self.contender.write(with_news(self.edited, turn), self.folder)
        elif scenario == ADDED:
            self.contender.write(self.new, self.folder)

    def _reset(self) -> None:
        # Moved away, not deleted: for a minute after thousands of files were deleted, ext4 takes up
        # to ten times as long to make one, because it passes over what has just become free.
        away = Path(tempfile.mkdtemp(prefix="gone-", dir=self.folder.parent))
        for name in self.contender.made:
            with suppress(FileNotFoundError):
                (self.folder / name).rename(away / name)
        file_of(self.new, self.folder).unlink(missing_ok=True)
        self.contender.write(self.edited, self.folder)


def with_news(article: Article, turn: int) -> Article:
    """Edit a sentence in the middle of an article."""
    middle = len(article.blocks) // 2 + 1
    first, dot, others = article.blocks[middle].partition(". ")
    block = f"{first} in the year {2000 + turn}{dot}{others}"
    return replace(article, blocks=(*article.blocks[:middle], block, *article.blocks[middle + 1 :]))


def measure(
    count: int, taking_part: Sequence[Contender], rounds: int, folder: Path
) -> dict[Key, Result]:
    """Measure all contenders on so many articles: in turns, another one first in each round."""
    places = list(places_of(count, taking_part, folder))
    costs: dict[Key, list[Cost]] = {}
    for turn in range(rounds):
        first = turn % len(places)
        for place in places[first:] + places[:first]:
            if turn < place.contender.rounds:
                for scenario, cost in run(place, turn, timed):
                    costs.setdefault((count, place.contender.name, scenario), []).append(cost)
    return {
        key: replace(result, costs=tuple(costs[key]))
        for place in places
        for key, result in of_output(count, place, rounds)
    }


def places_of(count: int, taking_part: Sequence[Contender], folder: Path) -> Iterator[Place]:
    """Write the sites of all contenders."""
    articles = list(write(count))
    edited, last = articles[count // 2], articles[-1]
    new = Newsroom().article(count, last.date + timedelta(days=1))
    for contender in taking_part:
        own = folder / f"{contender.name.lower().replace(' ', '-')}-{count}"
        contender.write_site(articles, own)
        yield Place(contender=contender, folder=own, edited=edited, new=new)


def run(
    place: Place, turn: int, measured: Callable[[Sequence[str], Path], R]
) -> Iterator[tuple[str, R]]:
    """Run a contender's scenarios one after the other."""
    for scenario in place.contender.scenarios:
        place.prepare(scenario, turn)
        print(f"{place.folder.name}, {scenario}", file=sys.stderr, flush=True)
        yield scenario, measured(place.contender.command, place.folder)


def of_output(count: int, place: Place, turn: int) -> Iterator[tuple[Key, Result]]:
    """Run the scenarios once more, for memory and for what is written."""
    before: dict[Path, bytes] = {}
    for scenario, most in run(place, turn, peak):
        after = dict(digests(place.output))
        yield (
            (count, place.contender.name, scenario),
            Result(
                costs=(),
                peak=most,
                files=len(after),
                size=sum(file.stat().st_size for file in after) / 2**20,
                changed=sum(before.get(file) != digest for file, digest in after.items()),
            ),
        )
        before = after


def digests(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield all files below a folder and the digests of their bytes."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file, blake2b(file.read_bytes()).digest()
