"""The benchmarks measure what they say they do."""

import pytest

from tests.bench import book, leads, prototype
from tests.bench.corpus import Item
from tests.bench.tables import Table

rouge = pytest.importorskip(
    "tests.bench.rouge", reason="the extra `bench` is not installed", exc_type=ImportError
)

TEXT = (
    "The mill on the river is sold to a baker. It rained. The baker will open the mill in May.\n\n"
    "Flour from the mill  was famous. Nobody came."
)


def item(sentences: int = 2) -> Item:
    return Item(text=TEXT, title="Mill sold", language="en", references=("",), sentences=sentences)


def test_a_lead_is_the_first_sentences_with_single_blanks():
    assert leads.lead(item(), 2) == ["The mill on the river is sold to a baker.", "It rained."]
    assert leads.lead(item(), 9)[3] == "Flour from the mill was famous."


def test_a_lead_of_words_is_cut_inside_a_sentence():
    found = leads.lead_of_words(item(), 15)
    assert found[2] == "The baker will"
    assert leads.words(found) == 15


def test_a_lead_of_more_words_than_there_are_is_the_whole_text():
    assert leads.lead_of_words(item(), 999) == leads.lead(item(), 999)


def test_rouge_counts_shared_words_and_pairs():
    rouge1, rouge2, _ = rouge.score("de", ["Die Mühle ist verkauft"], ["Die Mühle brennt"])
    assert rouge1 == pytest.approx(200 * 2 / 7)
    assert rouge2 == pytest.approx(200 * 1 / 5)


def test_rouge_is_averaged_over_references():
    assert rouge.score("en", ["the mill", "no such thing"], ["the mill"])[0] == pytest.approx(50)


def test_the_prototype_gives_the_wanted_number_of_sentences_in_order():
    (found,) = prototype.summarize([TEXT], ["Mill sold"], "en", [2])
    assert found[0] == "The mill on the river is sold to a baker."
    assert len(found) == 2


def test_a_batch_of_the_prototype_has_a_summary_a_text():
    found = prototype.summarize(["", TEXT, "One."], ["", "", ""], "en", [3, 1, 2])
    assert [len(each) for each in found] == [0, 1, 1]


def test_a_book_is_the_same_each_time_and_as_long_as_asked():
    text, again = ([*book.Author().text(500)] for _ in range(2))
    assert text == again
    assert 500 <= sum(len(each.split()) for each in text) < 570


def test_a_table_is_markdown_with_even_columns():
    table = Table(title="T", head=("a", "bb"), rows=[("ccc", "d")], notes=("Note.",))
    assert str(table) == "## T\n\n| a   | bb |\n|-----|----|\n| ccc | d  |\n\nNote.\n"
