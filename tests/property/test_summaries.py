"""What holds for every summary: where its sentences stand, and that nothing else sways it."""

import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from unittest import mock

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.textrank import Block, Budget, Document, Summary, count_words, language
from sitegen.textrank import summaries as module
from sitegen.textrank import terms as words_of_batch
from sitegen.textrank.choose import REPEATS
from sitegen.textrank.graph import Floats, Graph, graph
from sitegen.textrank.rank import DAMPING, LEAD_EXPONENT, rank, votes
from sitegen.textrank.summaries import summarize_many

Texts = list[list[list[int]]]
"""Documents as sentences as the numbers of their terms."""

ROOT = Path(__file__).parents[2]

# Few words, so that sentences share some, repeat each other, point back and speak.
WORDS = [
    "the", "a", "this", "He", "But", "harbour", "harbours", "lighthouse", "Vessby", "Odile",
    "Renn", "burned", "burns", "ships", "ship", "fish", "1998", "42", ",", ",", "—", "“Good”",
    "it's", "l’eau", "Café", "😀", "灯塔", "मेला", "है।", "şehir'de", "\u00ad", "\x00", "\ud800",
    "«", "»", "U.S.",
]  # fmt: skip
ENDS = st.sampled_from([". ", ". ", ". ", "! ", "? ", "。", "\n", ", "])
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
WRITTEN = st.lists(st.tuples(PHRASES, ENDS).map("".join), max_size=7).map("".join)
TEXTS = st.one_of(WRITTEN, WRITTEN, WRITTEN, st.text(max_size=40))
BLOCKS = st.lists(st.builds(Block, text=TEXTS, quoted=st.booleans()), max_size=4)
BUDGETS = st.one_of(
    st.builds(Budget, sentences=st.integers(1, 6)),
    st.builds(Budget, words=st.integers(1, 40)),
    st.builds(Budget, ratio=st.floats(0.01, 1)),
)
LANGUAGES = st.sampled_from(["en", "en", "en", "en-GB", "fr", "tr", "hi", "zh", "ko", "ja", "cy"])
DOCUMENTS = st.builds(
    Document, blocks=BLOCKS, title=st.one_of(PHRASES, st.just("")), language=LANGUAGES,
    budget=BUDGETS,
)  # fmt: skip
BATCHES = st.lists(DOCUMENTS, max_size=6)

SENTENCES = st.lists(st.integers(-1, 9), max_size=6)
GRAPHS = st.lists(st.lists(SENTENCES, max_size=9), min_size=1, max_size=4)


def graph_of(texts: Texts) -> Graph:
    rows = [sentence for text in texts for sentence in text]
    row = [len(texts) + number for number, each in enumerate(rows) for _ in each]
    return graph(
        np.array(row, dtype=np.int64),
        np.array([term for each in rows for term in each], dtype=np.int64),
        np.array([len(text) for text in texts], dtype=np.int64),
    )


def similarities(g: Graph) -> Floats:
    """Return the cosines of all pairs of sentences, 0 of each with itself."""
    matrix = np.zeros((len(g.document), len(g.frequency)))
    matrix[g.row, g.column] = g.weight
    found: Floats = matrix @ matrix.T
    np.fill_diagonal(found, 0)
    return found


def dense_ranks(g: Graph) -> Floats:
    """Solve the damped walk of each document; dangling sentences lead where it begins."""
    whole, ranks = similarities(g), np.zeros(len(g.document))
    for number in range(len(g.lengths)):
        own = np.flatnonzero(g.document == number)
        if not len(own):
            continue
        begin = np.arange(1.0, len(own) + 1) ** -LEAD_EXPONENT
        begin /= begin.sum()
        step = whole[np.ix_(own, own)]
        total = step.sum(axis=1)
        step = np.array(
            [
                each / each_total if each_total > 1e-12 else begin
                for each, each_total in zip(step, total, strict=True)
            ]
        )
        ranks[own] = np.linalg.solve(np.eye(len(own)) - DAMPING * step.T, (1 - DAMPING) * begin)
    return ranks


def blocks_of(count: int, text: str) -> Document:
    return Document(blocks=[Block(text=text)] * count)


@given(GRAPHS, st.sampled_from([1, 3, 8, 64]))
def test_ranks_of_a_document_sum_to_one_and_none_is_negative(texts: Texts, steps: int) -> None:
    g = graph_of(texts)
    ranks, _ = rank(g, steps=steps)
    assert (ranks >= 0).all()
    assert g.of_documents(ranks) == pytest.approx([1.0 if text else 0.0 for text in texts])


@given(GRAPHS)
@example([[[], [1], [1, 2], [3]], [[0]], [], [[], []]])
def test_ranks_are_those_of_the_dense_solution(texts: Texts) -> None:
    g = graph_of(texts)
    ranks, converged = rank(g, tolerance=1e-13, steps=2000)
    assert converged.all()
    assert np.abs(ranks - dense_ranks(g)).max(initial=0) < 1e-9


@given(GRAPHS, st.randoms(use_true_random=False))
def test_votes_are_those_of_the_dense_sums(texts: Texts, random: Random) -> None:
    g = graph_of(texts)
    x = np.array([random.random() for _ in g.document])
    dense = similarities(g)
    later, earlier = votes(g, x)
    assert np.abs(later - np.triu(dense) @ x).max(initial=0) < 1e-9
    assert np.abs(earlier - np.tril(dense) @ x).max(initial=0) < 1e-9


@given(DOCUMENTS)
def test_every_sentence_is_a_place_in_the_text_and_all_are_in_order(document: Document) -> None:
    (done,) = summarize_many([document], explain=True)
    for found in (done.sentences, [each.sentence for each in done.explained]):
        places = [(each.paragraph, each.span) for each in found]
        assert places == sorted(set(places))
        for each in found:
            start, end = each.span
            assert each.text == document.blocks[each.paragraph].text[start:end]
            assert each.text.strip()


@given(DOCUMENTS)
def test_a_budget_is_kept_and_used(document: Document) -> None:
    (done,) = summarize_many([document], explain=True)
    known, budget, count = language(document.language), document.budget, len(done.sentences)
    assert done.words == sum(count_words(each.text, known) for each in done.sentences)
    assert bool(count) == bool(done.available)
    if budget.sentences:
        left = {each.reason for each in done.explained if not each.taken}
        assert count == min(budget.sentences, done.available) or left == {REPEATS}
        assert count <= budget.sentences
    elif budget.ratio:
        assert count <= max(1, math.ceil(budget.ratio * done.available))
    else:
        assert done.words <= (budget.words or 0) or count == 1


@given(st.text(st.characters(max_codepoint=127)))
@example("rock 'n' roll, the dogs' 'tis a_b ' '' don''t 3.5")
def test_words_of_plain_letters_are_counted_as_those_of_all_others(text: str) -> None:
    english = language("en")
    assert count_words(text, english) == count_words(f"{text} –", english)


@given(DOCUMENTS)
def test_explanations_add_up_and_agree_with_the_summary(document: Document) -> None:
    (done,) = summarize_many([document], explain=True)
    assert len(done.explained) == done.available
    assert tuple(each.sentence for each in done.explained if each.taken) == done.sentences
    for each in done.explained:
        assert each.reason
        assert math.isclose(
            sum(share for _, share in each.shares), each.sentence.score, abs_tol=1e-6
        )
        assert [name for name, _ in each.shares] == [name for name, _ in done.explained[0].shares]
    total = sum(each.sentence.score for each in done.explained)
    assert math.isclose(total, 0, abs_tol=1e-6)


@given(DOCUMENTS, st.integers(0, 12))
def test_keywords_fall_sum_to_one_and_are_no_more_than_asked_for(
    document: Document, limit: int
) -> None:
    (done,) = summarize_many([document], keywords=limit)
    scores = [each.score for each in done.keywords]
    assert len(scores) <= limit
    assert scores == sorted(scores, reverse=True)
    assert not scores or math.isclose(sum(scores), 1, abs_tol=1e-6)
    assert all(each.text.strip() for each in done.keywords)
    assert len({each.text for each in done.keywords}) == len(scores)


def alone(documents: list[Document]) -> list[Summary]:
    return [summarize_many([each], explain=True)[0] for each in documents]


@given(BATCHES, st.integers(1, 4))
@example([blocks_of(1, "Ships burn Vessby."), blocks_of(1, "The fish swam.")], 4)
def test_a_summary_does_not_depend_on_its_batch(documents: list[Document], size: int) -> None:
    expected = alone(documents)
    assert summarize_many(documents, explain=True) == expected
    with mock.patch.object(module, "BATCH", size):
        assert summarize_many(documents, explain=True) == expected


@given(BATCHES, st.randoms(use_true_random=False))
def test_documents_in_another_order_have_the_same_summaries(
    documents: list[Document], random: Random
) -> None:
    order = list(range(len(documents)))
    random.shuffle(order)
    expected = summarize_many(documents)
    assert summarize_many([documents[each] for each in order]) == [expected[each] for each in order]


@given(BATCHES, BATCHES)
@settings(max_examples=50)
def test_a_summary_does_not_depend_on_what_was_summarised_before(
    documents: list[Document], others: list[Document]
) -> None:
    with mock.patch.object(words_of_batch, "VOCABULARY_LIMIT", 0):
        expected = alone(documents)
    with mock.patch.object(words_of_batch, "VOCABULARY_LIMIT", 0):
        summarize_many(others)
    assert alone(documents) == expected
    summarize_many(others)
    assert alone(documents) == expected


@given(BATCHES)
@settings(max_examples=25)
def test_a_summary_does_not_depend_on_the_thread(documents: list[Document]) -> None:
    expected = summarize_many(documents, explain=True)
    with ThreadPoolExecutor(3) as threads:
        jobs = [threads.submit(summarize_many, documents, explain=True) for _ in range(3)]
        assert all(job.result() == expected for job in jobs)


@given(BATCHES)
@settings(max_examples=25)
def test_what_is_asked_for_besides_changes_no_sentence(documents: list[Document]) -> None:
    plain = [each.sentences for each in summarize_many(documents, keywords=0)]
    assert [each.sentences for each in summarize_many(documents, explain=True)] == plain


PROGRAM = """
from sitegen.textrank import Block, Document, summarize_many
words = "harbour ships Vessby the burned Odile lighthouse it's 1998 fish Renn wall".split()
documents = [
    Document(
        blocks=[Block(text=" ".join(words[(k * i + n) % 12] for k in range(4 + n % 5)) + ".")
                for n in range(9)],
        title=" ".join(words[i : i + 3]),
        language=("en", "fr", "cy", "tr")[i % 4],
    )
    for i in range(1, 12)
]
if order: summarize_many(documents[::-1])
print(summarize_many(documents, explain=True))
"""


def test_another_process_with_another_hash_seed_gives_the_same() -> None:
    seen = set()
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", f"order = {seed}\n{PROGRAM}"],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        seen.add(done.stdout)
    assert len(seen) == 1
    assert "Sentence(" in seen.pop()
