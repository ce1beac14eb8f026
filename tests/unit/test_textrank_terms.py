"""What is a word, which words share a term, and which have none."""

import pytest

from sitegen.textrank import content_terms, count_words, language
from sitegen.textrank.terms import Tokens, Vocabulary


def vocabulary(code: str) -> Vocabulary:
    return Vocabulary(language(code))


def read(text: str, code: str = "en") -> list[tuple[str, int]]:
    """Return each word of a text as it is written, with its term."""
    own = vocabulary(code)
    tokens = own.tokens([text])
    return [
        (own.written[word], term)
        for word, term in zip(tokens.word.tolist(), tokens.term.tolist(), strict=True)
    ]


def words(text: str, code: str = "en") -> list[str]:
    return [word for word, _ in read(text, code)]


def terms(text: str, code: str = "en") -> list[int]:
    """Return the terms of those words that have one."""
    return [term for _, term in read(text, code) if term >= 0]


def tokens(text: str, code: str = "en") -> Tokens:
    return vocabulary(code).tokens([text])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("baker bakers Bakers BAKER’S baker's", "en"),
        ("harvest harvested harvesting", "en"),
        ("homme l'homme L'homme l’homme L’HOMME hommes", "fr"),
        ("eau d'eau d’eau l’eau", "fr"),
        ("arte l'arte dell'arte", "it"),
        ("Ankara Ankara'da Ankara’da", "tr"),
        ("Bäcker bäcker Bäckern", "de"),
        ("пекарня пекарни пекарню", "ru"),
        ("panadero panaderos", "es"),
        (
            "oven oven, (oven) “oven” ‘oven’ «oven» oven. oven; oven! oven… oven: [oven] *oven*",
            "en",
        ),
        ("moulin «moulin» moulin, moulins", "fr"),
        ("oven—oven oven–oven oven-oven oven/oven oven…oven", "en"),
        ("mulino «mulino»; mulino?", "it"),
        ("طاحونة الطاحونة", "ar"),
        ("كتاب، كتاب؟ كتاب", "ar"),
        ("דגן, דגן. „דגן”", "he"),
    ],
)
def test_forms_of_a_word_share_a_term(text: str, code: str) -> None:
    found = terms(text, code)
    assert len(found) >= len(text.split()), read(text, code)
    assert len(set(found)) == 1, read(text, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [("dell’arte arte", "it"), ("nell’oro oro", "it"), ("AB’nin AB", "tr"), ("qu’on on", "fr")],
)
def test_a_curly_apostrophe_parts_words_as_a_straight_one_does(text: str, code: str) -> None:
    assert terms(text, code) == terms(text.replace("’", "'"), code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("गाँव में मेला लगा। मेला मेला", "hi"),
        ("মেলা বসেছে গ্রামে মেলা। মেলা", "bn"),
        ("गाँव गाँव। गाँव॥", "hi"),
    ],
)
def test_a_danda_is_no_part_of_the_word_before_it(text: str, code: str) -> None:
    assert not [word for word in words(text, code) if "।" in word or "॥" in word]


def test_a_stop_word_before_a_danda_is_a_stop_word() -> None:
    assert not terms("है है।", "hi")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("विद्यार्थियों", "hi"),
        ("हिंदी", "hi"),
        ("ক্ষেত্রের", "bn"),
        ("দুর্গাপূজা", "bn"),
        ("கிராமத்தில்", "ta"),
        ("می‌خواهند", "fa"),
        ("خانه‌ها", "fa"),
        ("cafe\u0301s", "en"),
        ("naïveté", "fr"),
        ("Straße", "de"),
        ("İstanbul", "tr"),
        ("3D", "en"),
        ("x86", "en"),
    ],
)
def test_a_word_stays_whole(word: str, code: str) -> None:
    assert words(f"{word} {word}, {word}.", code) == [word] * 3
    assert count_words(word, language(code)) == 1


def test_a_soft_hyphen_does_not_part_a_word() -> None:
    assert len(set(terms("uni\u00adver\u00adsity university"))) == 1


@pytest.mark.parametrize("space", ["\u2028", "\u2029", "\u0085", "\u3000", "\u2009", "\u202f"])
def test_every_kind_of_space_parts_words(space: str) -> None:
    assert words(f"oven{space}river") == ["oven", "river"]


@pytest.mark.parametrize("mark", ["\u00a0", "—", "–", "…", "-", "/", ",", "\t", "\x00", "\x1e"])
def test_a_mark_without_spaces_parts_words(mark: str) -> None:
    assert words(f"oven{mark}river") == ["oven", "river"]


@pytest.mark.parametrize(
    "text", ["« Marie »", "«\u00a0Marie\u00a0»", "“ Marie ”", "• Marie", "😀 Marie 😀"]
)
def test_a_mark_that_stands_alone_is_no_word(text: str) -> None:
    assert words(text, "fr") == ["Marie"]


def test_hyphenated_words_are_words_each() -> None:
    assert words("a well-known flour-oven") == ["a", "well", "known", "flour", "oven"]


def test_stop_words_and_single_letters_have_no_term() -> None:
    assert [term for _, term in read("the and of THE And I x 7")] == [-1] * 8


def test_a_digit_makes_a_number_and_a_capital_a_name() -> None:
    found = tokens("Route 66 and 3rd street Odile x2 ٣٤")
    assert found.number.tolist() == [False, True, False, True, False, False, True, True]
    assert found.capital.tolist() == [True, False, False, False, False, True, False, False]


def test_determiners_are_told_in_any_case() -> None:
    assert tokens("The oven, a river, HER boat").determiner.tolist() == [
        True, False, True, False, True, False,
    ]  # fmt: skip


def test_rows_are_kept_apart_whatever_is_in_them() -> None:
    own = vocabulary("en")
    rows = ["one two", "", "\n", "three\nfour", "\x00", "five\x00six", "—", "seven"]
    found = own.tokens(rows)
    assert found.row.tolist() == [0, 0, 3, 3, 5, 5, 7]
    assert [own.written[each] for each in found.word] == [
        "one", "two", "three", "four", "five", "six", "seven",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["en", "zh"])
def test_rows_without_words_have_no_tokens(code: str) -> None:
    assert not len(vocabulary(code).tokens(["", " ", "…"]).row)
    assert not len(vocabulary(code).tokens([]).row)


def test_a_vocabulary_gives_a_word_the_same_number_again() -> None:
    own = vocabulary("en")
    first = own.tokens(["river oven", "oven"])
    second = own.tokens(["bridge oven river"])
    assert first.word[1] == first.word[2] == second.word[1]
    assert first.term[0] == second.term[2]


@pytest.mark.parametrize(
    ("text", "code", "pairs"),
    [
        ("面包店", "zh", ["面包", "包店"]),
        ("面包店。开门", "zh", ["面包", "包店", "开门"]),
        ("パン屋", "ja", ["パン", "ン屋"]),
        ("빵집이", "ko", ["빵집", "집이"]),
        ("ขนม", "th", ["ขน", "นม"]),
        ("用Python写", "zh", ["用", "Python", "写"]),
    ],
)
def test_scripts_without_spaces_are_read_in_pairs(text: str, code: str, pairs: list[str]) -> None:
    assert words(text, code) == pairs


def test_an_iteration_mark_stays_with_its_character() -> None:
    assert "人々" in words("人々は歩く", "ja")


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("The oven isn't open.", "en", 4),
        ("The oven isn’t open…", "en", 4),
        ("", "en", 0),
        ("— … 😀", "en", 0),
        ("A well-known oven", "en", 4),
        ("L’homme d'ici", "fr", 2),
        ("यह मेला है।", "hi", 3),
        ("面包店开门。", "zh", 5),
        ("用Python写2次", "zh", 5),
        ("パン屋です。", "ja", 5),
        ("빵집이 열렸다.", "ko", 2),
    ],
)
def test_words_are_counted_or_characters_where_no_spaces_are_written(
    text: str, code: str, count: int
) -> None:
    assert count_words(text, language(code)) == count


@pytest.mark.parametrize(
    ("text", "tag", "found"),
    [
        ("The bakers and the baker", "en-GB", ["baker", "baker"]),
        ("l'homme et les hommes", "fr", ["homm", "homm"]),
        ("l’homme et les hommes", "fr", ["homm", "homm"]),
        ("Ankara’da Ankara", "tr", ["ankar", "ankar"]),
        ("面包店", "zh", ["面包", "包店"]),
        ("hen blawd", "cy", ["hen", "blawd"]),
        ("the of and", "en", []),
        ("", "en", []),
    ],
)
def test_content_terms_are_stems_in_order(text: str, tag: str, found: list[str]) -> None:
    assert content_terms(text, tag) == found


def test_lone_surrogates_are_words_or_nothing_and_never_an_error() -> None:
    for code in ("en", "zh", "xx"):
        read("oven \ud800 mi\udfffll \ud83d", code)
        content_terms("oven \ud800 mi\udfffll", code)
        count_words("oven \ud800", language(code))
