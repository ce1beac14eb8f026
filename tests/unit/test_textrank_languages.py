"""Every language that stop words or a stemmer exist for is known, under any of its tags."""

import json
from importlib.resources import files

import pytest
import Stemmer

from sitegen.textrank import language, summarize
from sitegen.textrank.languages import DETERMINERS, SAME_AS, STEMMERS, UNSPACED

STOP_WORDS: dict[str, list[str]] = json.loads(
    files("stopwordsiso").joinpath("stopwords-iso.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", sorted(STOP_WORDS))
def test_a_language_with_stop_words_is_supported_and_knows_them(code: str) -> None:
    known = language(code)
    assert known.supported
    assert known.code == code
    assert known.stop_words == {word.lower() for word in STOP_WORDS[code]}
    assert not summarize("A. B. C.", language=code).notes


@pytest.mark.parametrize("code", sorted(STEMMERS))
def test_a_language_with_a_stemmer_is_supported_and_stems(code: str) -> None:
    known = language(code)
    assert known.supported
    assert known.stemmer == STEMMERS[code]
    assert known.stem_all(["mill"]) == [known.stemming()("mill")]


def test_every_snowball_stemmer_but_the_old_ones_is_used() -> None:
    assert set(Stemmer.algorithms()) - {"porter", "dutch_porter"} <= set(STEMMERS.values())


def test_every_code_told_is_a_bare_code() -> None:
    for code in {*STEMMERS, *SAME_AS.values(), *UNSPACED, *DETERMINERS}:
        assert language(code).code == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"), ("EN", "en"), ("en-US", "en"), ("en_US", "en"), ("pt-BR", "pt"),
        ("zh-Hant-TW", "zh"), ("yue-HK", "zh"), ("cmn-Hans", "zh"), ("nb-NO", "no"),
        ("nn", "no"), ("iw", "he"), ("in", "id"), ("fil-PH", "tl"), ("sr-Latn", "sr"),
        ("de-CH-1996", "de"), ("en-x-piglatin", "en"),
    ],
)  # fmt: skip
def test_a_tag_is_known_by_its_language(tag: str, code: str) -> None:
    known = language(tag)
    assert known.code == code
    assert known.supported


@pytest.mark.parametrize("tag", ["cy", "tlh", "", "-", "_", "und", "x", "12", "no such", "é\x00"])
def test_an_unknown_language_is_told_in_a_note_and_summarised_all_the_same(tag: str) -> None:
    text = "Y felin ar agor. Mae’r bara yn dda. Mae’r felin ar yr afon. Daeth pawb i’r felin."
    done = summarize(text, language=tag, sentences=2)
    assert len(done.sentences) == 2
    assert len(done.notes) == 1
    assert repr(tag) in done.notes[0]


def test_no_note_on_a_text_that_is_not_there() -> None:
    assert not summarize([], language="cy").notes


@pytest.mark.parametrize("code", sorted(UNSPACED))
def test_languages_without_spaces_are_read_in_pairs_and_counted_in_characters(code: str) -> None:
    known = language(code)
    assert known.unspaced
    assert known.bigrams


def test_korean_is_read_in_pairs_and_counted_in_words() -> None:
    known = language("ko")
    assert known.bigrams
    assert not known.unspaced


def test_determiners_are_in_lower_case_and_none_twice() -> None:
    for code, row in DETERMINERS.items():
        assert row == row.lower()
        assert len(row.split()) == len(set(row.split())), code


def test_stop_words_match_words_in_lower_case() -> None:
    for code in STOP_WORDS:
        assert all(word == word.lower() for word in language(code).stop_words)


def test_a_language_without_a_stemmer_leaves_words_as_they_are() -> None:
    assert language("bn").stem_all(["মেলা", "মেলার"]) == ["মেলা", "মেলার"]
