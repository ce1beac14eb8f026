"""ROUGE of summaries against those of an article's first sentences, and of other summarisers."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench import fit_weights, leads
from tests.bench.corpus import Item, read
from tests.bench.peers import PEERS
from tests.bench.rouge import interval, score
from tests.bench.speed import by_prototype, by_sitegen
from tests.bench.tables import Table

Floats = NDArray[np.float64]
Summaries = list[list[str]]

BOTH = "CNN + Daily Mail"
LEAD, EQUAL = "lead", "lead of equal length"
SETS = (
    "cnn", "dailymail", "xsum_frank", "orangesum_fr", "vietnews_vi", "bnlpc_bn", "tes_tr",
    "klexikon_de", "bbc",
)  # fmt: skip
FITTED = (*fit_weights.ENGLISH, *(each for each in fit_weights.OTHERS if "_" in each))
BY_RANKER = "bbc"
"""Its references were made by a ranker, not by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A set's scores by who made the summaries: a row an article, a column a metric.

    ``words`` is the mean length of the summaries.
    """

    scores: dict[str, Floats]
    words: dict[str, float]

    @property
    def articles(self) -> int:
        return len(self.scores[LEAD])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one summariser's mean is above another's, with its 95 % interval, a metric each."""

    own: Floats
    other: Floats
    low: Floats
    high: Floats

    @property
    def mean(self) -> Floats:
        return self.own - self.other

    def __getitem__(self, metric: int) -> str:
        return (
            f"{self.own[metric]:.2f} - {self.other[metric]:.2f} = {self.mean[metric]:+.2f} "
            f"[{self.low[metric]:+.2f}, {self.high[metric]:+.2f}]"
        )


def gain(scored: Scored, opponent: str, own: str = "sitegen") -> Gain:
    """Compare two summarisers on a set."""
    one, other = scored.scores[own], scored.scores[opponent]
    low, high = interval(one - other)
    return Gain(own=one.mean(axis=0), other=other.mean(axis=0), low=low, high=high)


def score_sets(folder: Path, pool: Executor) -> dict[str, Scored]:
    """Summarise and score all sets, those of CNN and the Daily Mail by the libraries too."""
    found: dict[str, Scored] = {}
    for name in SETS:
        items = read(folder / f"{name}.jsonl")
        found[name] = _score(items, pool, libraries=name in fit_weights.ENGLISH)
        if name == "dailymail":
            found[BOTH] = _joined(found["cnn"], found["dailymail"])
    return found


def _score(items: Sequence[Item], pool: Executor, *, libraries: bool) -> Scored:
    made = by_sitegen(items, keywords=0)
    summaries: dict[str, Summaries] = {
        "sitegen": made,
        LEAD: [leads.lead(item, item.sentences) for item in items],
        EQUAL: [
            leads.lead_of_words(item, leads.words(own))
            for item, own in zip(items, made, strict=True)
        ],
    }
    if libraries:
        summaries["prototype"] = by_prototype(items)
        for name in PEERS:
            summaries[name] = list(pool.map(partial(_by_peer, name), items, chunksize=8))
    return Scored(
        scores={name: _rouge(items, each, pool) for name, each in summaries.items()},
        words={name: float(np.mean(list(map(leads.words, s)))) for name, s in summaries.items()},
    )


def _by_peer(name: str, item: Item) -> list[str]:
    return PEERS[name](item)


def _rouge(items: Sequence[Item], summaries: Summaries, pool: Executor) -> Floats:
    columns = ([item.language for item in items], [item.references for item in items], summaries)
    return np.array(list(pool.map(score, *columns, chunksize=16)))


def _joined(one: Scored, other: Scored) -> Scored:
    shares = np.array([one.articles, other.articles]) / (one.articles + other.articles)
    return Scored(
        scores={who: np.concatenate([each, other.scores[who]]) for who, each in one.scores.items()},
        words={who: float(shares @ [each, other.words[who]]) for who, each in one.words.items()},
    )


def sets_table(found: dict[str, Scored]) -> Table:
    """Show each set against both leads."""
    rows = [
        _row(_title(name), scored, opponent)
        for name, scored in found.items()
        for opponent in (LEAD, EQUAL)
    ]
    return Table(
        title="Quality against an article's first sentences",
        head=("set", "articles", "words", "against", "its words", *_METRICS),
        rows=rows,
        notes=(
            "F1 in points: sitegen's mean, the other's, the difference with its 95 % interval by "
            "paired bootstrap. The lead of equal length has as many words as sitegen's summary.",
            f"The weights were fitted to {', '.join(FITTED)}: figures on these sets flatter. The "
            "cross-validation below tells what to expect of new articles.",
        ),
    )


def peers_table(both: Scored) -> Table:
    """Show the libraries, and the prototype, on CNN and the Daily Mail together."""
    return Table(
        title=f"Quality against other summarisers, {BOTH}",
        head=("set", "articles", "words", "against", "its words", *_METRICS),
        rows=[_row(BOTH, both, name) for name in (*PEERS, "prototype")],
        notes=("The weights were fitted to these articles.",),
    )


_METRICS = ("ROUGE-1", "ROUGE-2", "ROUGE-Lsum")


def _title(name: str) -> str:
    if name in FITTED or name == BOTH:
        return f"{name} (fitted to)"
    return f"{name} (regression check only)" if name == BY_RANKER else name


def _row(title: str, scored: Scored, opponent: str) -> Sequence[str]:
    compared = gain(scored, opponent)
    return (
        title,
        str(scored.articles),
        f"{scored.words['sitegen']:.1f}",
        opponent,
        f"{scored.words[opponent]:.1f}",
        *(compared[metric] for metric in range(3)),
    )


def cross_validate(folder: Path, pool: Executor) -> dict[str, Floats]:
    """Return what each article's summary gains over the lead when its weights never saw it."""
    titles = ("English", "other languages")
    run: Callable[[dict[str, float]], dict[str, Floats]] = partial(_cross_validate, folder)
    found: dict[str, Floats] = {}
    tables = pool.map(run, (fit_weights.ENGLISH, fit_weights.OTHERS))
    for title, gained in zip(titles, tables, strict=True):
        found |= {f"{title}: {name}": each for name, each in gained.items()}
        if title == "English":
            found[f"{title}: {BOTH}"] = np.concatenate(list(gained.values()))
    return found


def _cross_validate(folder: Path, shares: dict[str, float]) -> dict[str, Floats]:
    sets = {name: fit_weights.examples(read(folder / f"{name}.jsonl")) for name in shares}
    return fit_weights.cross_validate(sets, shares)


def validation_table(found: dict[str, Floats]) -> Table:
    """Show what cross-validation says."""
    rows = []
    for name, gained in found.items():
        low, high = interval(gained)
        mean = gained.mean(axis=0)
        cells = [f"{mean[i]:+.2f} [{low[i]:+.2f}, {high[i]:+.2f}]" for i in range(2)]
        rows.append((name, str(len(gained)), *cells))
    return Table(
        title="Cross-validation: over the lead, by weights that never saw the article",
        head=("weights: set", "articles", "ROUGE-1", "ROUGE-2"),
        rows=rows,
        notes=(
            f"{fit_weights.FOLDS} folds, {len(fit_weights.SEEDS)} times over. The sentences are "
            "those of the highest score; references longer than "
            f"{fit_weights.MOST} sentences are compared with sets of {fit_weights.MOST}.",
        ),
    )
