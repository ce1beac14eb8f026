"""Keywords are the words and phrases that carry a text, as it writes them."""

from contextlib import suppress

import pytest

from sitegen.textrank import Block, Document, Summary, summarize, summarize_many

TEXT = """
The tidal harbour at Sandwick opened again on Monday. Engineers from Odile Renn Works had closed
the tidal harbour in 2019 after a storm. A storm wall now protects the tidal harbour from the sea.
Mayor Odile Renn said that fishing boats would return in May. Fishing boats bring 40 tonnes of
herring a week. The 2019 storm sank 12 fishing boats. Odile Renn thanked the divers. The old
stone pier stays shut. Divers found that the old stone pier leans. Nobody will mend the old stone
pier in 2026.
"""


def found(text: str | list[str], **options: object) -> list[str]:
    done: Summary = summarize(text, **options)  # type: ignore[arg-type]
    return [each.text for each in done.keywords]


def test_repeated_phrases_of_two_and_three_words_are_found() -> None:
    words = found(TEXT)
    assert "tidal harbour" in words
    assert "fishing boats" in [each.lower() for each in words]
    assert "Odile Renn" in words
    assert any("stone pier" in each for each in words)


def test_a_phrase_of_three_words_is_found_whole() -> None:
    text = (
        "Copper roof tiles glow. Rain drums on copper roof tiles. Thieves want copper roof tiles."
        " Nobody sells copper roof tiles here."
    )
    assert found(text)[0].lower() == "copper roof tiles"


def test_no_word_of_a_phrase_is_listed_again() -> None:
    words = [each.lower().split() for each in found(TEXT, keywords=50)]
    flat = [word for each in words for word in each]
    assert len(flat) == len(set(flat))


def test_a_phrase_that_stands_once_is_none() -> None:
    assert not [each for each in found("Grey herons wait. Herons fish. Grey skies.") if " " in each]


def test_words_side_by_side_across_a_mark_are_no_phrase() -> None:
    text = "They sell herring, barley. We eat herring; barley is dear. Take herring (barley too)."
    assert not [each for each in found(text) if " " in each]


def test_a_hyphenated_phrase_keeps_its_hyphen() -> None:
    text = "A flood-gate holds. The flood-gate leaks. Mend that flood-gate. The flood-gate rusts."
    assert "flood-gate" in found(text)


def test_names_keep_their_capitals_and_other_words_lose_those_of_a_sentence_start() -> None:
    words = found("Herring rose. The herring left Sandwick. Sandwick waits. A herring came.")
    assert "Sandwick" in words
    assert "herring" in words


def test_numbers_are_never_keywords() -> None:
    for text in (TEXT, "2019 2019. In 2019 40 boats. In 2019 40 nets. 2019 40.", "7. 8. 9 10 11."):
        words = found(text, keywords=50)
        assert not [each for each in words if any(map(str.isdigit, each))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The and of. It is. And so they were, or not. The and of.", "en"),
        ("Le la les. Il est. Et si. Le la les.", "fr"),
        ("है है। यह है। वह है।", "hi"),
    ],
)
def test_stop_words_are_never_keywords(text: str, code: str) -> None:
    assert found(text, language=code, keywords=50) == []


def test_scores_fall_and_sum_to_one() -> None:
    for limit in (1, 2, 5, 50):
        scores = [each.score for each in summarize(TEXT, keywords=limit).keywords]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) == pytest.approx(1, abs=1e-6)
        assert min(scores) > 0


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 10])
def test_no_more_are_found_than_asked_for(limit: int) -> None:
    assert len(found(TEXT, keywords=limit)) <= limit


def test_a_negative_number_of_keywords_is_refused_or_gives_none() -> None:
    with suppress(ValueError):
        assert found(TEXT, keywords=-1) == []


def test_a_shorter_list_is_the_beginning_of_a_longer_one() -> None:
    whole = found(TEXT, keywords=50)
    assert len(whole) > 5
    for limit in range(1, len(whole)):
        assert found(TEXT, keywords=limit) == whole[:limit]


def test_nouns_come_before_other_words_of_the_same_rank() -> None:
    text = "Walk the harbour. Walk the harbour. Walk the harbour."
    assert found(text)[0] == "harbour"


def test_a_word_of_the_title_may_be_a_keyword_though_it_stands_once() -> None:
    text = "Herring came. Boats sailed. Nets tore. Gulls cried. Rain fell. Seals slept. Boats sank."
    assert "Seals" not in found(text)
    assert "Seals" in found(text, title="Seals in town")


def test_a_short_text_gives_its_words_though_each_stands_once() -> None:
    assert set(found("Herring reached Sandwick.")) == {"Herring", "reached", "Sandwick"}


def test_every_keyword_stands_in_the_text() -> None:
    for each in found(TEXT, keywords=50):
        assert each in " ".join(TEXT.split())


def test_keywords_of_a_document_do_not_depend_on_the_determiners_of_another() -> None:
    one = Document(blocks=[Block(text="Dogs chase Paris.")])
    other = Document(blocks=[Block(text="The dog sat.")])
    assert summarize_many([one, other])[0].keywords == summarize_many([one])[0].keywords


def test_keywords_of_a_chinese_text_are_words_of_it() -> None:
    text = "台风登陆海港。海港关闭。渔民离开海港。台风过后海港重新开放。渔民等待台风离开。"
    words = found(text, language="zh")
    assert {"台风", "海港", "渔民"} <= set(words)


def test_an_empty_text_has_none() -> None:
    assert found("") == found([]) == found(["", " "]) == []
