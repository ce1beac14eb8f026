"""The walk keeps its mass, and ranks no document by its neighbours; the graph it goes along."""

import numpy as np
import pytest

from sitegen.textrank.graph import Floats, Graph, graph, similarity_to_first
from sitegen.textrank.rank import LEAD_EXPONENT, rank, votes

Text = list[list[int]]
"""The sentences of a document, each the numbers of its terms."""


def graph_of(*texts: Text, titles: Text | None = None) -> Graph:
    heads = titles or [[] for _ in texts]
    rows = [*heads, *(sentence for text in texts for sentence in text)]
    row = np.array([number for number, each in enumerate(rows) for _ in each], dtype=np.int64)
    term = np.array([term for each in rows for term in each], dtype=np.int64)
    return graph(row, term, np.array([len(text) for text in texts], dtype=np.int64))


def lead(count: int) -> Floats:
    restart: Floats = np.arange(1.0, count + 1) ** -LEAD_EXPONENT
    restart /= restart.sum()
    return restart


def test_one_sentence_has_all_the_rank() -> None:
    ranks, converged = rank(graph_of([[1, 2, 3]]))
    assert ranks.tolist() == [1.0]
    assert converged.tolist() == [True]


def test_a_document_without_sentences_has_no_ranks_and_is_done() -> None:
    ranks, converged = rank(graph_of([], [[1], [1]], []))
    assert ranks.sum() == pytest.approx(1)
    assert converged.all()


def test_no_documents_have_no_ranks() -> None:
    ranks, converged = rank(graph_of())
    assert not len(ranks)
    assert not len(converged)


@pytest.mark.parametrize("text", [[[], [], []], [[1], [2], [3]], [[-1], [1], [-1, -1]]])
def test_sentences_tied_to_none_rank_as_the_walk_begins(text: Text) -> None:
    ranks, _ = rank(graph_of(text))
    assert ranks == pytest.approx(lead(3))


def test_mass_of_a_dangling_sentence_is_not_lost() -> None:
    ranks, _ = rank(graph_of([[1, 2], [9], [1, 3], [2, 3]]))
    assert ranks.sum() == pytest.approx(1, abs=1e-12)
    assert ranks[1] > 0


def test_the_sentence_that_all_others_share_terms_with_ranks_first() -> None:
    ranks, _ = rank(graph_of([[1, 9], [2, 8], [1, 2, 3], [3, 7]]))
    assert ranks.argmax() == 2


def test_equal_sentences_rank_by_their_place() -> None:
    ranks, _ = rank(graph_of([[1, 2]] * 6))
    assert (np.diff(ranks) < 0).all()


def test_a_walk_cut_short_has_not_converged_and_still_sums_to_one() -> None:
    text = [[1, 2], [2, 3], [3, 4], [4, 5], [5, 6]]
    for steps in (1, 7, 8, 9):
        ranks, converged = rank(graph_of(text), tolerance=1e-15, steps=steps)
        assert not converged.any()
        assert ranks.sum() == pytest.approx(1, abs=1e-12)


def test_a_slow_neighbour_changes_no_bit_of_the_ranks_of_others() -> None:
    quick, slow = [[1], [1]], [[i, i + 1] for i in range(40)]
    alone, _ = rank(graph_of(quick))
    for texts, own in (((quick, slow), slice(0, 2)), ((slow, quick), slice(40, 42))):
        together, _ = rank(graph_of(*texts))
        assert together[own].tolist() == alone.tolist()


def test_a_document_that_did_not_converge_is_told_from_one_that_did() -> None:
    _, converged = rank(graph_of([[1]], [[i, i + 1] for i in range(40)]), steps=2)
    assert converged.tolist() == [True, False]


def test_documents_share_no_terms() -> None:
    g = graph_of([[1], [2]], [[1], [2]])
    assert g.frequency.tolist() == [1, 1, 1, 1]
    assert g.column_document.tolist() == [0, 0, 1, 1]


def test_a_term_twice_in_a_sentence_is_one_entry_where_it_first_stands() -> None:
    g = graph_of([[5, 6, 5], [6, 6]])
    assert g.token.tolist() == [0, 1, 3]
    assert g.frequency.tolist() == [1, 2]
    assert g.columns_of(0) == [0, 1]
    assert g.columns_of(1) == [1]


def test_weights_of_a_sentence_have_length_one_and_rare_terms_weigh_more() -> None:
    g = graph_of([[1, 2], [1, 3], [1, 4], []])
    assert g.of_rows(g.weight * g.weight).tolist() == pytest.approx([1, 1, 1, 0])
    assert g.weight[0] < g.weight[1]


def test_title_terms_are_marked_and_counted_once() -> None:
    g = graph_of([[1, 2], [3]], [[1]], titles=[[2, 2, 7], []])
    assert g.title_terms.tolist() == [2, 0]
    assert g.in_title.tolist() == [False, True, False, False]


def test_votes_go_to_the_side_they_come_from() -> None:
    g = graph_of([[1], [1], [2]])
    later, earlier = votes(g, np.array([0.5, 0.3, 0.2]))
    assert later.tolist() == pytest.approx([0.3, 0, 0])
    assert earlier.tolist() == pytest.approx([0, 0.5, 0])


def test_similarity_to_the_first_is_a_cosine_and_none_to_itself() -> None:
    g = graph_of([[1, 2], [1, 2], [3], [1]], [[1], [1]])
    found = similarity_to_first(g)
    assert found[[0, 1, 2, 4, 5]].tolist() == pytest.approx([0, 1, 0, 0, 1])
    assert 0 < found[3] < 1


def test_entries_by_column_are_in_the_order_of_the_text() -> None:
    g = graph_of([[3, 1], [1, 3], [3]])
    order = g.by_column.tolist()
    assert sorted(order) == list(range(5))
    pairs = [(int(g.column[each]), int(g.row[each])) for each in order]
    assert pairs == sorted(pairs)
