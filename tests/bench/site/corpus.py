"""Articles for the site benchmark, as many as asked for and the same ones each time.

The words are those of `tests.bench.book`: English function words, and made-up words that are as
frequent as Zipf has it. As in news, an article has words of its own that it keeps coming back
to: they are what a summariser finds it by. An article depends on its number alone, save for its
date, so that a small corpus is the beginning of a large one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.bench.book import FUNCTION_WORDS, SEED, Author

FIRST_DAY = date(2016, 1, 4)
DAYS = 3652
SECTIONS = ("world", "science", "culture", "economy", "sport", "town")
TAGS, TAGS_EACH, AUTHORS = 60, 3, 40
PARAGRAPHS = 8
PARAGRAPH = 63
"""Words after which a paragraph ends with its sentence: 75 on average."""
TOPIC_WORDS, TOPIC_SHARE = 40, 0.12
"""An article's own words, and their share of all its words."""
MARKDOWN_EVERY, EXTRAS_EVERY = 3, 20
"""One article of so many has light Markdown; a table, code and a footnote."""

TABLE = "| place | votes | share |\n|-------|------:|------:|\n" + "\n".join(
    f"| {place} | {votes:,} | {votes / 200:.1f} % |"
    for place, votes in (("North", 8120), ("South", 6644), ("East", 3310), ("West", 1926))
)
CODE = """```python
def share(votes: int, total: int) -> float:
    return votes / total
```"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article; ``blocks`` are its paragraphs and whatever else is between blank lines."""

    number: int
    title: str
    date: date
    section: str
    tags: tuple[str, ...]
    author: str
    blocks: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return f"article-{self.number}"

    @property
    def body(self) -> str:
        """Its Markdown."""
        return "\n\n".join(self.blocks) + "\n"


class Newsroom:
    """Writes articles by their numbers."""

    def __init__(self) -> None:
        author = Author()
        self.words: list[str] = author.words.tolist()
        self.reach = author.reach / author.reach[-1]
        first = len(FUNCTION_WORDS.split())
        self.common = range(first + 30, first + 3000)
        self.tags = [f"{self.words[first + 200 + i].lower()} {i + 1}" for i in range(TAGS)]
        chance = 1 / (np.arange(TAGS) + 4)
        self.tag_chance = chance / chance.sum()

    def article(self, number: int, day: date, seed: int = SEED) -> Article:
        """Write the article of this number."""
        random = np.random.default_rng((seed, number))
        topic = random.choice(self.common, TOPIC_WORDS)
        blocks = [self._paragraph(random, topic) for _ in range(PARAGRAPHS)]
        if number % MARKDOWN_EVERY == 0:
            blocks = marked_up(blocks, number, self._title(random, topic))
        if number % EXTRAS_EVERY == 0:
            blocks = with_extras(blocks)
        tags = random.choice(TAGS, TAGS_EACH, replace=False, p=self.tag_chance)
        return Article(
            number=number,
            title=self._title(random, topic),
            date=day,
            section=SECTIONS[number % len(SECTIONS)],
            tags=tuple(self.tags[each] for each in tags),
            author=f"Author {random.integers(AUTHORS) + 1}",
            blocks=tuple(blocks),
        )

    def _paragraph(self, random: np.random.Generator, topic: np.ndarray) -> str:
        """Write sentences, some 20 words each, until there are enough."""
        lengths = np.clip(random.lognormal(2.87, 0.5, PARAGRAPH // 3), 3, 60).astype(int)
        ends = np.cumsum(lengths)
        ends = ends[: int(np.searchsorted(ends, PARAGRAPH)) + 1].tolist()
        words = self._draw(random, topic, ends[-1])
        sentences = zip([0, *ends[:-1]], ends, strict=True)
        return " ".join(sentence(words[start:end]) for start, end in sentences)

    def _title(self, random: np.random.Generator, topic: np.ndarray) -> str:
        words = self._draw(random, topic, 3) + [self.words[each] for each in topic[:4]]
        return sentence(words).rstrip(".").replace(",", "")

    def _draw(self, random: np.random.Generator, topic: np.ndarray, count: int) -> list[str]:
        """Draw words by how frequent they are, some of them replaced by the article's own."""
        places = np.searchsorted(self.reach, random.random(count))
        own = random.random(count) < TOPIC_SHARE
        places[own] = random.choice(topic, int(own.sum()))
        return [self.words[each] for each in places.tolist()]


def sentence(words: list[str]) -> str:
    """Make a sentence of words: a capital, a full stop, a comma now and then."""
    text = " ".join(words)
    if len(words) > 12:
        text = " ".join(words[:7]) + ", " + " ".join(words[7:])
    return text[:1].upper() + text[1:] + "."


def marked_up(blocks: Sequence[str], number: int, heading: str) -> list[str]:
    """Add light Markdown: emphasis in two paragraphs, a link in another, a subheading."""
    found = list(blocks)
    for place, mark in ((1, "**"), (5, "*")):
        words = found[place].split(" ")
        words[3] = f"{mark}{words[3].rstrip(',.')}{mark}"
        found[place] = " ".join(words)
    found[3] += f" See [the report](https://example.org/reports/{number})."
    return [*found[:4], f"## {heading}", *found[4:]]


def with_extras(blocks: Sequence[str]) -> list[str]:
    """Add a table, code and a footnote."""
    first, *others = blocks
    return [first + "[^1]", *others, TABLE, CODE, "[^1]: By the count of the night itself."]


def write(count: int) -> Iterator[Article]:
    """Write so many articles, the oldest first, their dates spread evenly over ten years."""
    newsroom = Newsroom()
    for number in range(count):
        yield newsroom.article(number, FIRST_DAY + timedelta(days=number * DAYS // count))
