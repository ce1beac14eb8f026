"""Fit the weights of the summariser's signals to summaries that people wrote.

    python -m tests.bench.fit_weights FOLDER [--write]

A weighting is a policy: with scores ``s_i`` it takes the set of sentences ``S`` with probability
proportional to ``exp(Σ s_i)``. The weights maximise the reward that this policy expects, the
ROUGE-1 + ROUGE-2 F1 of the set, over all sets of the wanted size among an article's first
sentences (expected-reward training, as in Narayan et al. 2018, without sampling). The objective
is smooth, so L-BFGS climbs it, held back by a penalty on the weights' squares. English has a
table of its own; all other languages share one, which is fitted to four of them and, so that it
does not lean on their few sets, partly to English. Cross-validation tells what to expect of new
articles. Fitting takes some minutes.
"""

import argparse
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sitegen.textrank import weights as shipped
from sitegen.textrank.languages import language
from sitegen.textrank.prepare import prepare
from sitegen.textrank.signals import signals
from tests.bench.corpus import Item, read
from tests.bench.rouge import interval, tokenizer

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ENGLISH = {"cnn": 0.73, "dailymail": 0.27}
OTHERS = {
    "orangesum_fr": 0.2, "vietnews_vi": 0.4, "bnlpc_bn": 0.05, "tes_tr": 0.05, "cnn": 0.2,
    "dailymail": 0.1,
}  # fmt: skip
"""How much each set counts, whatever its size."""

FIRST = 24
"""Sentences, from the beginning of an article, among which sets are formed."""

MOST = 3
"""Sentences of a set at the most, also where references are longer."""

PENALTY = 0.1
FOLDS = 5
SEEDS = (0, 1, 2)
STEPS = 100
SET_BY_HAND = {"block quote": -2.0}
"""Signals that no set of articles shows; in units of a score, whose spread in a text is about 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article: its sentences' signals, and every set of sentences with its reward.

    ``signals`` has a row a sentence; ``sets`` a row a set, of numbers of sentences; ``rouge1``,
    ``rouge2`` a value a set, ``lead`` those of the first sentences.
    """

    signals: Floats
    sets: Ints
    rouge1: Floats
    rouge2: Floats
    lead: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Examples laid end to end; ``example`` says whose a set is, ``starts`` where each begins."""

    signals: Floats
    sets: Ints
    reward: Floats
    example: Ints
    starts: Ints


def examples(items: Sequence[Item]) -> list[Example]:
    """Make the examples of one language's articles that have sentences to choose from."""
    known = language(items[0].language)
    ready = prepare([item.document for item in items], known)
    table = np.stack(list(signals(ready.batch).values()), axis=1)
    found, start = [], 0
    for item, length in zip(items, ready.batch.graph.lengths.tolist(), strict=True):
        size = min(item.sentences, MOST)
        if length > size:
            sentences = ready.batch.sentences[start : start + min(length, FIRST)]
            found.append(_example(item, size, sentences, table[start : start + len(sentences)]))
        start += length
    return found


def _example(item: Item, size: int, sentences: Sequence[str], table: Floats) -> Example:
    tokens = [tokenizer(item.language).tokenize(each) for each in sentences]
    sets = np.array(list(itertools.combinations(range(len(sentences)), size)))
    rouge1, rouge2 = np.zeros(len(sets)), np.zeros(len(sets))
    for reference in item.references:
        wanted = tokenizer(item.language).tokenize(reference)
        rouge1 += _rouge(tokens, wanted, sets)
        pairs = [list(itertools.pairwise(each)) for each in tokens]
        rouge2 += _rouge(pairs, list(itertools.pairwise(wanted)), sets)
    count = len(item.references)
    return Example(
        signals=table,
        sets=sets,
        rouge1=rouge1 / count,
        rouge2=rouge2 / count,
        lead=(rouge1[0] / count, rouge2[0] / count),
    )


def _rouge(units: Sequence[Sequence[object]], wanted: Sequence[object], sets: Ints) -> Floats:
    """Return the F1, in points, of each set of sentences, given as bags of units."""
    target = Counter(wanted)
    held = [Counter(each) for each in units]
    table = np.array([[each[unit] for unit in target] for each in held]).reshape(len(held), -1)
    lengths = np.array([len(each) for each in units])
    shared = np.minimum(table[sets].sum(axis=1), list(target.values())).sum(axis=1)
    return 200 * shared / np.maximum(lengths[sets].sum(axis=1) + len(wanted), 1)


def stack(chosen: Sequence[Example], scale: Floats) -> Stack:
    """Lay examples end to end, their signals divided by ``scale``."""
    counts = np.array([len(each.sets) for each in chosen])
    offsets = np.cumsum([0, *(len(each.signals) for each in chosen[:-1])])
    return Stack(
        signals=np.concatenate([each.signals for each in chosen]) / scale,
        sets=np.concatenate([each.sets + at for each, at in zip(chosen, offsets, strict=True)]),
        reward=np.concatenate([each.rouge1 + each.rouge2 for each in chosen]),
        example=np.repeat(np.arange(len(chosen)), counts),
        starts=np.cumsum(counts) - counts,
    )


def expected(weights: Floats, s: Stack) -> tuple[float, Floats]:
    """Return the policy's mean expected reward, and its gradient."""
    scores = (s.signals @ weights)[s.sets].sum(axis=1)
    scores -= np.maximum.reduceat(scores, s.starts)[s.example]
    odds = np.exp(scores)
    chance = odds / np.add.reduceat(odds, s.starts)[s.example]
    mean = np.add.reduceat(chance * s.reward, s.starts)
    pull = chance * (s.reward - mean[s.example]) / len(mean)
    on_sentence = np.zeros(len(s.signals))
    for column in s.sets.T:
        on_sentence += np.bincount(column, pull, len(s.signals))
    return float(mean.mean()), s.signals.T @ on_sentence


def fit(parts: Sequence[tuple[float, Sequence[Example]]]) -> Floats:
    """Return the weights, a number a signal, that suit sets of examples, each with its share."""
    rows = np.concatenate([each.signals for _, chosen in parts for each in chosen])
    scale = rows.std(axis=0)
    flat = scale < 1e-9
    scale[flat] = 1.0
    stacks = [
        (share * len(alike) / len(chosen), stack(alike, scale))
        for share, chosen in parts
        for alike in _by_size(chosen)
    ]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = PENALTY / 2 * weights @ weights, PENALTY * weights
        for share, each in stacks:
            reward, gradient = expected(weights, each)
            value, slope = value - share * reward, slope - share * gradient
        return value, slope

    best = minimize(
        loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    return np.where(flat, 0.0, best.x / scale)


def _by_size(chosen: Sequence[Example]) -> list[list[Example]]:
    """Part examples by the size of their sets."""
    sizes = sorted({each.sets.shape[1] for each in chosen})
    return [[each for each in chosen if each.sets.shape[1] == size] for size in sizes]


def gains(weights: Floats, chosen: Sequence[Example]) -> Floats:
    """Return what each example's best set wins over the lead, in ROUGE-1 and ROUGE-2."""
    found = []
    for each in chosen:
        best = (each.signals @ weights)[each.sets].sum(axis=1).argmax()
        found.append((each.rouge1[best] - each.lead[0], each.rouge2[best] - each.lead[1]))
    return np.array(found)


def cross_validate(sets: dict[str, list[Example]], shares: dict[str, float]) -> dict[str, Floats]:
    """Return the gain of each article when the weights were fitted without its fold."""
    total = {name: np.zeros((len(sets[name]), 2)) for name in shares}
    for seed in SEEDS:
        random = np.random.default_rng(seed)
        fold = {name: random.permutation(len(sets[name])) % FOLDS for name in shares}
        for held_out in range(FOLDS):
            parts = [
                (share, [e for e, at in zip(sets[name], fold[name], strict=True) if at != held_out])
                for name, share in shares.items()
            ]
            weights = fit(parts)
            for name in shares:
                places = np.flatnonzero(fold[name] == held_out)
                total[name][places] += gains(weights, [sets[name][i] for i in places])
    return {name: each / len(SEEDS) for name, each in total.items()}


def report(title: str, gained: Floats) -> None:
    """Print what was gained over the lead, with its 95 % interval."""
    low, high = interval(gained)
    mean = gained.mean(axis=0)
    print(
        f"{title:<24} {len(gained):>5} articles"
        + "".join(
            f"   {name} {mean[i]:+.2f} [{low[i]:+.2f}, {high[i]:+.2f}]"
            for i, name in enumerate(("ROUGE-1", "ROUGE-2"))
        )
    )


def main() -> None:
    """Fit both tables, print them with what cross-validation says; write them if asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    arguments = parser.parse_args()
    sets = {
        name: examples(read(arguments.folder / f"{name}.jsonl")) for name in {**ENGLISH, **OTHERS}
    }
    tables = {}
    for title, shares in (("English", ENGLISH), ("other languages", OTHERS)):
        for name, gained in (found := cross_validate(sets, shares)).items():
            report(f"{title}: {name}", gained)
        if shares is ENGLISH:
            report("English", np.concatenate(list(found.values())))
        tables[title] = fit([(share, sets[name]) for name, share in shares.items()])
    lines = _lines(tables["English"], tables["other languages"])
    print("\n".join(lines))
    if arguments.write:
        _write(lines)


def _lines(english: Floats, others: Floats) -> list[str]:
    """Return the rows of the table; what English articles cannot show comes from the others."""
    rows = []
    for place, name in enumerate(shipped.WEIGHTS):
        own = english[place] or others[place]
        pair = (SET_BY_HAND[name],) * 2 if name in SET_BY_HAND else (own, others[place])
        rows.append(f'    "{name}": ({pair[0]:.2f}, {pair[1]:.2f}),')
    return rows


def _write(lines: Sequence[str]) -> None:
    file = Path(shipped.__file__)
    head, _, rest = file.read_text(encoding="utf-8").partition("WEIGHTS = {\n")
    tail = rest.partition("}\n")[2]
    file.write_text(head + "WEIGHTS = {\n" + "\n".join(lines) + "\n}\n" + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
