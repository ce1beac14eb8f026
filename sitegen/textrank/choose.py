"""The best sentences that fit the budget, without two that say the same or one left hanging."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from heapq import heapify, heappop, heappush
from operator import neg
from typing import NamedTuple

from sitegen.textrank.model import Budget
from sitegen.textrank.openers import Pointing

REDUNDANT = 0.7
"""Cosine of two sentences' terms above which one says what the other has said."""

COMPARED = 100
"""Taken sentences, from the best on, with which a candidate is compared."""

CONNECTIVE_PRICE = 1.0
"""What a sentence that begins with a connective loses where the one before it is not taken.

To leave all of them out costs 0.25 points of ROUGE-1 in English news, to leave out those that
begin with a pronoun costs nothing.
"""

BEST = "among the best"
ALONG = "the next sentence points back at it"
WORSE = "others are better"
LONG = "too long for what is left of the budget"
DANGLING = "points back at a sentence that is not taken"
REPEATS = "says what another sentence says"
FILLS = "nothing better was left"


class Candidates(NamedTuple):
    """The sentences of one document: their scores, and what else is asked of one by its number.

    ``terms`` are what two sentences are compared by, a sentence without any being its own term.
    ``points`` tells how it points back at the sentence before it.
    """

    scores: Sequence[float]
    text: Callable[[int], str]
    terms: Callable[[int], frozenset[int | str]]
    words: Callable[[int], int]
    points: Callable[[int], Pointing]


class Choice(NamedTuple):
    """The numbers of the sentences taken, in order, and why each was taken or left."""

    taken: tuple[int, ...]
    reasons: tuple[str, ...]


def choose(candidates: Candidates, budget: Budget) -> Choice:
    """Take the best sentences, ties by position, until the budget is used up.

    A sentence that points back at the one before it brings that along where the two are worth
    it; where they are not, it is left if it begins with a pronoun, and pays a price if it begins
    with a connective. One that says what a better one has said is left. Where a budget in
    sentences is not used up, or one in words not touched, the best of those left for a flaw are
    taken after all; where not one sentence fits a budget in words, the best is taken alone.
    """
    picker = _Picker(candidates, budget)
    picker.run()
    return Choice(taken=tuple(sorted(picker.taken)), reasons=tuple(picker.reasons))


class _Picker:
    """The sentences taken so far, and those that still may be, best first."""

    def __init__(self, candidates: Candidates, budget: Budget) -> None:
        self.all = candidates
        count = len(candidates.scores)
        self.by_words = budget.words is not None
        self.left = budget.words or budget.sentences or max(1, round((budget.ratio or 0) * count))
        self.taken: set[int] = set()
        self.said: list[frozenset[int | str]] = []
        self.reasons = [WORSE] * count
        self.heap = list(zip(map(neg, candidates.scores), range(count), strict=True))
        self.paid: set[int] = set()
        heapify(self.heap)

    def run(self) -> None:
        while self.heap and self.left > 0:
            number = heappop(self.heap)[1]
            if number not in self.taken:
                self.consider(number)
        if self.left > 0 and not (self.by_words and self.taken):
            self.make_up()

    def consider(self, number: int) -> None:
        """Take a sentence, with the one before it if need be, or tell why not."""
        if self.cost(number) > self.left:
            self.reasons[number] = LONG
        elif self.repeats(number):
            self.reasons[number] = REPEATS
        elif number in self.paid or not (pointing := self.hangs(number)):
            self.take(number)
        elif self.worth_both(number):
            self.take(number - 1, ALONG)
            self.take(number)
        else:
            self.reasons[number] = DANGLING
            if pointing is Pointing.CONNECTIVE:
                self.paid.add(number)
                heappush(self.heap, (CONNECTIVE_PRICE - self.all.scores[number], number))

    def take(self, number: int, reason: str = BEST) -> None:
        self.taken.add(number)
        if len(self.said) < COMPARED:
            self.said.append(self.all.terms(number))
        self.reasons[number] = reason
        self.left -= self.cost(number)
        after = number + 1
        if after < len(self.reasons) and self.reasons[after] == DANGLING:
            heappush(self.heap, (-self.all.scores[after], after))

    def make_up(self) -> None:
        """Take what was left for a flaw: better that than too short a summary.

        What points back goes first; what says the very same as another is never taken.
        """
        best = sorted(range(len(self.reasons)), key=lambda i: (-self.all.scores[i], i))
        said = set(map(self.all.text, self.taken))
        for flaw in (DANGLING, REPEATS):
            for number in (each for each in best if self.reasons[each] == flaw):
                fits = 0 < self.cost(number) <= self.left
                if fits and self.all.text(number) not in said:
                    self.take(number, FILLS)
                    said.add(self.all.text(number))
        if best and not self.taken:
            self.take(best[0], FILLS)

    def cost(self, number: int) -> int:
        return self.all.words(number) if self.by_words else 1

    def hangs(self, number: int) -> Pointing:
        """Tell how a sentence points back at one that is not taken."""
        if number == 0 or number - 1 in self.taken:
            return Pointing.NOT
        return self.all.points(number)

    def worth_both(self, number: int) -> bool:
        """Tell whether a sentence and the one before it fit, and are on average the next best."""
        before, scores = number - 1, self.all.scores
        if self.cost(before) + self.cost(number) > self.left or self.repeats(before):
            return False
        if _alike(self.all.terms(before), self.all.terms(number)):
            return False
        while self.heap and self.heap[0][1] in self.taken:
            heappop(self.heap)
        return not self.heap or scores[before] + scores[number] >= -2 * self.heap[0][0]

    def repeats(self, number: int) -> bool:
        """Tell whether a sentence says what one of the best, taken before, has said."""
        return bool(self.said) and any(map(partial(_alike, self.all.terms(number)), self.said))


def _alike(one: frozenset[int | str], other: frozenset[int | str]) -> bool:
    return len(one & other) > REDUNDANT * math.sqrt(len(one) * len(other))
