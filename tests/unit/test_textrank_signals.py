"""What each signal reads off a sentence, and that it reads each document by itself."""

from math import log, log1p

import numpy as np
import pytest

from sitegen.textrank import Block, Document, language
from sitegen.textrank.graph import Floats
from sitegen.textrank.prepare import prepare
from sitegen.textrank.signals import signals
from sitegen.textrank.weights import WEIGHTS, weights


def read(*documents: Document, code: str = "en") -> dict[str, Floats]:
    return signals(prepare(documents, language(code)).batch)


def values(name: str, *blocks: str, title: str = "", code: str = "en") -> list[float]:
    document = Document(blocks=[Block(text=each) for each in blocks], title=title, language=code)
    found: list[float] = read(document, code=code)[name].tolist()
    return found


def test_every_signal_has_a_weight_and_every_weight_a_signal() -> None:
    assert list(read(Document(blocks=[Block(text="A boat.")]))) == list(WEIGHTS)
    assert list(weights("en")) == list(weights("fr")) == list(WEIGHTS)


def test_english_has_its_own_weights_and_the_others_share_theirs() -> None:
    assert weights("fr") == weights("") == weights("zh") != weights("en")


def test_every_signal_has_a_finite_number_for_each_sentence() -> None:
    blank = Document(blocks=[Block(text="")])
    text = Document(blocks=[Block(text="Boats! 😀. 7. The. “—” "), Block(text="Row, row.")])
    for batch in ([], [blank], [blank, text, blank, text]):
        found = read(*batch)
        count = len(prepare(batch, language("en")).places)
        assert {len(each) for each in found.values()} == {count}
        assert all(np.isfinite(each).all() for each in found.values())


def test_place_is_counted_over_all_paragraphs() -> None:
    blocks = ("Boats came. Oars broke.", "Rain fell. Ropes held.")
    assert values("late", *blocks) == pytest.approx([0, log1p(1), log1p(2), log1p(3)])
    assert values("share", *blocks) == pytest.approx([0, 0.25, 0.5, 0.75])
    assert values("second", *blocks) == [0, 1, 0, 0]
    assert values("paragraph start", *blocks) == [1, 0, 1, 0]


def test_one_paragraph_has_no_paragraph_starts() -> None:
    assert values("paragraph start", "Boats came. Oars broke.", "") == [0, 0]


def test_an_empty_block_before_the_text_changes_no_signal() -> None:
    text = "Boats came. Oars broke."
    one, other = (
        read(Document(blocks=[Block(text=each) for each in blocks]))
        for blocks in ((text, text), ("", text, " ", text))
    )
    assert {name: each.tolist() for name, each in one.items()} == {
        name: each.tolist() for name, each in other.items()
    }


def test_rank_is_one_on_average() -> None:
    found = values("rank", "Boats came. Boats sank. Rain fell.")
    assert sum(found) == pytest.approx(3)
    assert found[0] > found[2]


def test_votes_are_shares_of_the_highest() -> None:
    later = values("later votes", "Boats came. Boats sank. Rain fell. Boats burned.")
    earlier = values("earlier votes", "Boats came. Boats sank. Rain fell. Boats burned.")
    assert max(later) == max(earlier) == 1
    assert later[2] == later[3] == earlier[0] == earlier[2] == 0


def test_likeness_to_the_first_sentence() -> None:
    found = values("like the first", "Boats came. Boats came. Rain fell.")
    assert found == pytest.approx([0, 1, 0])


def test_repeated_terms_are_those_of_other_sentences() -> None:
    text = "Boats sank. Boats burned. Rain, rain, rain."
    assert values("recurring", text) == pytest.approx([0.5, 0.5, 0])
    assert values("repeated terms", text) == pytest.approx([log(2) / 2, log(2) / 2, 0])


def test_the_title_counts_by_its_terms_and_not_by_its_case_or_form() -> None:
    found = values("title", "Boats sank. Rain fell.", title="The BOAT")
    assert found == pytest.approx([2**-0.5, 0])
    assert values("title", "Boats came. Rain fell.") == [0, 0]


def test_a_title_of_another_document_counts_for_nothing() -> None:
    one = Document(blocks=[Block(text="Boats sank.")], title="Rain")
    other = Document(blocks=[Block(text="Rain fell.")], title="Boats")
    assert read(one, other)["title"].tolist() == [0, 0]


def test_length_is_in_words_and_a_middling_sentence_has_one() -> None:
    text = " ".join(["boat"] * 20) + ". Boats sank."
    assert values("length", text) == pytest.approx([1, 0.1])
    assert values("length squared", text) == pytest.approx([1, 0.01])


def test_length_takes_several_syllables_or_pairs_for_a_word() -> None:
    assert values("length", "Thuyền đã cập bến an toàn.", code="vi")[0] < 6 / 20
    assert values("length", "船已经安全靠岸了。", code="zh") == pytest.approx([7 / (1.6 * 20)])


def test_names_are_capitals_but_for_the_first_word_of_a_sentence() -> None:
    text = "Boats reached Lisbon. Rain hit Lisbon and Porto."
    assert values("share of names", text) == pytest.approx([1 / 3, 2 / 5])
    assert values("new names", text) == pytest.approx([1 / 3, 1 / 3])
    assert values("known names", text) == pytest.approx([0, 1 / 3])


def test_the_first_word_after_an_opening_mark_is_no_name() -> None:
    assert values("share of names", "« Marie part demain. »", code="fr") == [0]
    assert values("share of names", "«Marie part demain.»", code="fr") == [0]


def test_numbers_are_told_once_a_sentence() -> None:
    assert values("number", "In 1998 came 40 boats. Forty sank. B2 stayed.") == [1, 0, 1]


def test_speech_is_told_by_its_marks() -> None:
    text = "Nobody called it “a wreck” then."
    assert values("opens with a quote", text, "“Row!” he said.", "– Row on.") == [0, 1, 1]
    assert values("quote", text, "“Row!” he said.", "They rowed.") == [1, 1, 0]


def test_commas_are_counted_in_threes() -> None:
    assert values("commas", "Oars, ropes, nets, sails. Boats.") == pytest.approx([1, 0])


def test_sentences_of_a_block_quote_are_marked() -> None:
    blocks = [Block(text="Boats came. Oars broke."), Block(text="Rain fell.", quoted=True)]
    assert read(Document(blocks=blocks))["block quote"].tolist() == [0, 0, 1]


def test_signals_of_a_document_do_not_depend_on_its_neighbours() -> None:
    one = Document(blocks=[Block(text="Boats came to Lisbon. The boats sank. Rain fell.")])
    other = Document(blocks=[Block(text="Boats. " * 30)], title="The boats of Lisbon")
    alone = read(one)
    after, before = read(other, one), read(one, other)
    for name, each in alone.items():
        assert before[name][:3].tolist() == each.tolist(), name
        assert after[name][-3:].tolist() == each.tolist(), name
