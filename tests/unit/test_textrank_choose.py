"""Which sentences are taken, which are left, and what is said of each."""

import pytest

from sitegen.textrank import Budget
from sitegen.textrank.choose import (
    ALONG,
    BEST,
    CONNECTIVE_PRICE,
    DANGLING,
    FILLS,
    LONG,
    REPEATS,
    WORSE,
    Candidates,
    Choice,
    choose,
)
from sitegen.textrank.openers import Pointing

NOT, BUT, HE = Pointing.NOT, Pointing.CONNECTIVE, Pointing.PRONOUN


def chosen(
    scores: list[float],
    budget: Budget,
    *,
    terms: list[set[int]] | None = None,
    words: list[int] | None = None,
    points: dict[int, Pointing] | None = None,
) -> Choice:
    own = [frozenset(each) for each in terms or [{number} for number in range(len(scores))]]
    lengths = words or [10] * len(scores)
    pointing = points or {}
    return choose(
        Candidates(
            scores=scores,
            text=lambda number: str(own[number]),
            terms=own.__getitem__,
            words=lengths.__getitem__,
            points=lambda number: pointing.get(number, NOT),
        ),
        budget,
    )


def sentences(count: int) -> Budget:
    return Budget(sentences=count)


def test_the_best_are_taken_and_stand_in_order() -> None:
    done = chosen([1, 5, 2, 4], sentences(2))
    assert done.taken == (1, 3)
    assert done.reasons == (WORSE, BEST, WORSE, BEST)


def test_ties_go_to_the_earlier_sentence() -> None:
    assert chosen([2, 2, 2, 2], sentences(2)).taken == (0, 1)
    assert chosen([1, 2, 2, 2], sentences(2)).taken == (1, 2)


def test_no_sentences_leave_nothing_to_take() -> None:
    for budget in (sentences(3), Budget(words=9), Budget(ratio=0.5)):
        assert chosen([], budget) == Choice(taken=(), reasons=()) or not chosen([], budget).taken


def test_a_budget_above_what_there_is_takes_all() -> None:
    assert chosen([1, 3, 2], sentences(9)).taken == (0, 1, 2)


@pytest.mark.parametrize(
    ("ratio", "count", "taken"),
    [(0.01, 10, 1), (0.2, 10, 2), (0.26, 10, 3), (1.0, 10, 10), (0.5, 1, 1), (1.0, 1, 1)],
)
def test_a_ratio_is_a_share_of_the_sentences_and_one_at_least(
    ratio: float, count: int, taken: int
) -> None:
    assert len(chosen([1.0] * count, Budget(ratio=ratio)).taken) == taken


def test_a_sentence_that_repeats_a_better_one_is_left() -> None:
    done = chosen([9, 8, 1], sentences(2), terms=[{1, 2, 3}, {1, 2, 3}, {7}])
    assert done.taken == (0, 2)
    assert done.reasons[1] == REPEATS


def test_sentences_that_share_some_terms_do_not_repeat_each_other() -> None:
    done = chosen([9, 8, 1], sentences(2), terms=[{1, 2, 3}, {1, 2, 4}, {7}])
    assert done.taken == (0, 1)


def test_sentences_without_terms_do_not_repeat_each_other() -> None:
    assert chosen([9, 8, 1], sentences(2), terms=[set(), set(), {7}]).taken == (0, 1)


def test_too_few_are_made_up_from_those_left_pronouns_before_repeats() -> None:
    done = chosen(
        [9, 8, 1, 7], sentences(2), terms=[{1}, {1}, {2}, {1}], points={1: NOT, 2: HE, 3: NOT}
    )
    assert done.taken == (0, 2)
    assert done.reasons == (BEST, REPEATS, FILLS, REPEATS)


def test_a_made_up_summary_is_no_longer_than_asked_for() -> None:
    alike = [{*range(9), 10 + number} for number in range(4)]
    done = chosen([9, 8, 7, 6], sentences(3), terms=alike)
    assert done.taken == (0, 1, 2)
    assert done.reasons == (BEST, FILLS, FILLS, REPEATS)


def test_the_very_same_is_never_said_twice() -> None:
    assert chosen([9, 8, 7], sentences(2), terms=[{1}, {1}, {1}]).taken == (0,)
    assert chosen([7, 9, 1], sentences(2), terms=[{1}, {1}, {2}], points={1: HE}).taken == (0, 2)


def test_one_that_fits_is_taken_though_it_dangles_before_one_that_does_not_fit() -> None:
    done = chosen([9, 1, 2], Budget(words=15), words=[20, 20, 10], points={2: HE})
    assert done.taken == (2,)
    assert done.reasons == (LONG, LONG, FILLS)


def test_a_pronoun_brings_the_sentence_before_it_along_where_both_are_worth_it() -> None:
    done = chosen([1, 6, 9, 5], sentences(2), points={2: HE})
    assert done.taken == (1, 2)
    assert done.reasons == (WORSE, ALONG, BEST, WORSE)


def test_a_pronoun_whose_company_is_poor_is_left() -> None:
    done = chosen([8, 0, 9, 7], sentences(2), points={2: HE})
    assert done.taken == (0, 3)
    assert done.reasons == (BEST, WORSE, DANGLING, BEST)


def test_a_pronoun_is_taken_where_only_one_fits_and_nothing_else_is_there() -> None:
    assert chosen([9], sentences(1), points={0: HE}).taken == (0,)


def test_a_pronoun_is_left_where_there_is_room_for_one() -> None:
    done = chosen([5, 9], sentences(1), points={1: HE})
    assert done.taken == (0,)
    assert done.reasons == (BEST, DANGLING)


def test_a_pronoun_comes_back_once_the_sentence_before_it_is_taken() -> None:
    done = chosen([8, 0, 7, 9], sentences(3), points={3: HE})
    assert done.taken == (0, 2, 3)
    assert done.reasons[3] == BEST


def test_a_pronoun_after_a_taken_sentence_does_not_dangle() -> None:
    done = chosen([9, 8, 1, 2], sentences(2), points={1: HE})
    assert done.taken == (0, 1)
    assert done.reasons[:2] == (BEST, BEST)


def test_the_first_sentence_never_dangles() -> None:
    for points in (HE, BUT):
        assert chosen([9, 1, 1], sentences(1), points={0: points}).taken == (0,)


def test_a_sentence_whose_predecessor_repeats_a_taken_one_is_not_brought_along_by_it() -> None:
    terms = [{1, 2}, {5}, {1, 2}, {6}]
    done = chosen([9, 3, 4, 8], sentences(3), terms=terms, points={3: HE})
    assert done.taken == (0, 1, 3)
    assert 2 not in done.taken


def test_a_connective_pays_its_price_and_is_taken_if_still_the_best() -> None:
    dear = chosen([0, 0, 9, 8.9 - CONNECTIVE_PRICE], sentences(1), points={2: BUT})
    assert dear.taken == (2,)
    assert dear.reasons[2] == BEST


def test_a_connective_that_is_no_longer_the_best_at_its_price_is_left() -> None:
    done = chosen([0, 0, 9, 9.1 - CONNECTIVE_PRICE], sentences(1), points={2: BUT})
    assert done.taken == (3,)
    assert done.reasons[2] == DANGLING


def test_a_connective_pays_once() -> None:
    low = 9 - CONNECTIVE_PRICE - 0.1
    done = chosen([0, 0, 9, low, low - 0.1], sentences(2), points={2: BUT})
    assert done.taken == (2, 3)


def test_a_connective_after_a_taken_sentence_pays_nothing() -> None:
    price = 9 - CONNECTIVE_PRICE / 2
    assert chosen([0, 9.5, 9, price], sentences(2), points={2: BUT}).taken == (1, 2)


def test_a_budget_in_words_is_kept_and_filled_with_what_still_fits() -> None:
    done = chosen([9, 8, 7, 6], Budget(words=25), words=[10, 20, 12, 3])
    assert done.taken == (0, 2, 3)
    assert done.reasons == (BEST, LONG, BEST, BEST)


def test_words_used_up_to_the_last_leave_the_others_as_worse() -> None:
    done = chosen([9, 8, 7], Budget(words=20))
    assert done.taken == (0, 1)
    assert done.reasons[2] == WORSE


def test_the_best_sentence_is_taken_alone_where_none_fits() -> None:
    done = chosen([8, 9, 9], Budget(words=5))
    assert done.taken == (1,)
    assert done.reasons == (LONG, FILLS, LONG)


def test_a_pair_that_does_not_fit_the_words_is_not_taken() -> None:
    done = chosen([1, 8, 9, 2], Budget(words=15), points={2: HE})
    assert done.taken == (1,)
    assert done.reasons == (LONG, BEST, LONG, LONG)


def test_words_are_not_made_up_with_repeats() -> None:
    done = chosen([9, 8], Budget(words=99), terms=[{1}, {1}])
    assert done.taken == (0,)
    assert done.reasons == (BEST, REPEATS)
