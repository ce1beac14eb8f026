"""A text as long as a book, to see whether time and memory grow as they should: by the word.

Its words are made up: English function words, and syllables with suffixes that are as frequent as
Zipf has it, some of them names; sentences are as long as people write them. Each measurement has a
process of its own, which this module is when it is run.

    python -m tests.bench.book BOOKS WORDS
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np

from sitegen.textrank import Block, Document, summarize_many
from tests.bench.tables import Table

SEED = 600_500_000
LONG, SHORT, ARTICLE = 500_000, 50_000, 600
ROUNDS = 5
PARAGRAPH = 100
TYPES = 40_000
FUNCTION_WORDS = (
    "the of and to in a is that for it as was with be by on not he this are or his from at which "
    "but have an had they you were their one all we can her has there been if more when will "
    "would who so no she other its may these what them than some him time into only do such my "
    "new about out also two any up first could our then most see me should after said your very "
    "between made many over like those did now even well where must people through how same work "
    "being because before those under while might each last here both against"
)
FUNCTION_SHARE = 0.45
ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl sp st t th tr v w"
RIMES = "a ack ail an ar ast e eam ell ent er est i ight in ing ist o oad ock on ond or u um un"
SUFFIXES = ("", "", "", "s", "s", "ed", "ing", "er", "ly", "ness", "ation", "al", "ment")
NAMES = 0.12
"""Share of the made-up words that are names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """CPU seconds of the first run and of the second, when all words are known; peak in MiB."""

    words: int
    first: float
    second: float
    peak: float


def _pick(draw: float, among: Sequence[str]) -> str:
    return among[int(draw * len(among))]


class Author:
    """Writes texts of any length, always the same ones."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(SEED)
        common = FUNCTION_WORDS.split()
        self.words = np.array([*common, *self._invented()], dtype=object)
        functions = np.arange(1, len(common) + 1) ** -0.9
        content = (np.arange(1, TYPES + 1) + 2.7) ** -1.05
        chance = np.concatenate(
            [
                FUNCTION_SHARE * functions / functions.sum(),
                (1 - FUNCTION_SHARE) * content / content.sum(),
            ]
        )
        self.reach = np.cumsum(chance)

    def _invented(self) -> list[str]:
        """Make up words, the commonest first: the commoner, the shorter."""
        found: dict[str, None] = {}
        sounds = [ONSETS.split(), RIMES.split()]
        while len(found) < TYPES:
            size, name, ending, *draws = self.random.random(9).tolist()
            syllables = 1 + int(size * (2 if len(found) < TYPES // 20 else 3))
            parts = zip(draws, sounds * syllables, strict=False)
            word = "".join(_pick(draw, each) for draw, each in parts) + _pick(ending, SUFFIXES)
            found[word.capitalize() if name < NAMES else word] = None
        return list(found)

    def sentence(self) -> str:
        """Write a sentence: a capital, commas, now and then a quotation, a question, a number."""
        length = int(np.clip(self.random.lognormal(2.85, 0.5), 3, 60))
        places = np.searchsorted(self.reach, self.random.random(length) * self.reach[-1])
        words: list[str] = self.words[places].tolist()
        words[0] = words[0][:1].upper() + words[0][1:]
        chance = self.random.random(3)
        for place in range(5, length - 2, 9):
            words[place] += ","
        if chance[0] < 0.2:
            words[length // 2] = str(int(2000 * chance[1]))
        text = " ".join(words) + ("?" if chance[1] < 0.04 else ".")
        return f'"{text}"' if chance[2] < 0.05 else text

    def text(self, words: int) -> Iterator[str]:
        """Write paragraphs until there are so many words."""
        while words > 0:
            paragraph: list[str] = []
            length = 0
            while length < min(PARAGRAPH, words):
                paragraph.append(self.sentence())
                length += paragraph[-1].count(" ") + 1
            words -= length
            yield " ".join(paragraph)

    def document(self, words: int) -> Document:
        """Write a document with a headline."""
        return Document(
            blocks=[Block(text=each) for each in self.text(words)], title=self.sentence()
        )


def measure() -> dict[str, Taken]:
    """Measure articles, a short book and a long one in turn; return medians by name."""
    wanted = {
        "articles of 600 words": (LONG // ARTICLE, ARTICLE),
        "book of 50,000 words": (1, SHORT),
        "book of 500,000 words": (1, LONG),
    }
    found: dict[str, list[Taken]] = {name: [] for name in wanted}
    for _ in range(ROUNDS):
        for name, (count, words) in wanted.items():
            found[name].append(_start(count, words))
    return {
        name: Taken(
            words=each[0].words,
            first=median(taken.first for taken in each),
            second=median(taken.second for taken in each),
            peak=median(taken.peak for taken in each),
        )
        for name, each in found.items()
    }


def ratio(taken: dict[str, Taken]) -> float:
    """Return how many times an article's CPU time a word of the long book takes."""
    articles, _, book = taken.values()
    return (book.first / book.words) / (articles.first / articles.words)


def table(taken: dict[str, Taken]) -> Table:
    """Show time and memory of the long texts."""
    articles, short, long = taken.values()
    rows = []
    for name, each in taken.items():
        times = (1e6 * each.first / each.words, 1e6 * each.second / each.words)
        rows.append(
            (name, f"{each.words:,}", *(f"{time:.3f}" for time in times), f"{each.peak:.0f}")
        )
    second = (long.second / long.words) / (articles.second / articles.words)
    growth = long.peak - short.peak
    return Table(
        title="One book",
        head=("text", "words", "CPU µs a word", "with all words known", "peak MiB"),
        rows=rows,
        notes=(
            f"Medians of {ROUNDS} fresh processes each, in turn; with 10 keywords. A word of the "
            f"long book takes {ratio(taken):.2f} times an article's time, {second:.2f} times with "
            f"all words known. From 50,000 to 500,000 words memory grows by {growth:.0f} MiB, "
            f"{growth * 2**20 / (long.words - short.words):.0f} bytes a word.",
        ),
    )


def _start(count: int, words: int) -> Taken:
    command = [sys.executable, "-m", "tests.bench.book", str(count), str(words)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Taken(**json.loads(done.stdout))


def _run(count: int, words: int) -> Taken:
    summarize_many([Document(blocks=[Block(text="The mill is sold. It will open in May.")])])
    author = Author()
    documents = [author.document(words) for _ in range(count)]
    total = sum(len(block.text.split()) for each in documents for block in each.blocks)
    first = _seconds(documents)
    peak = peak_memory()
    return Taken(words=total, first=first, second=_seconds(documents), peak=peak)


def _seconds(documents: list[Document]) -> float:
    start = time.process_time()
    summarize_many(documents)
    return time.process_time() - start


def peak_memory() -> float:
    """Return the most memory that this process has had, in MiB.

    On Linux ``ru_maxrss`` begins at what the parent had when it started the process, so it is
    asked elsewhere only.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("books", type=int)
    parser.add_argument("words", type=int)
    arguments = parser.parse_args()
    print(json.dumps(asdict(_run(arguments.books, arguments.words))))
