"""Each short way gives what the long one gives, for every text that it is meant for."""

import html
import re
from urllib.parse import quote

from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from sitegen.article.decode import decode
from sitegen.article.summary import _directive, count_words
from sitegen.article.text import FURNITURE, NEIGHBOUR, _bare
from sitegen.markup import clean
from sitegen.textrank import count_words as words_of
from sitegen.textrank import language
from sitegen.textrank.segment.language import language_of
from sitegen.textrank.terms import _PARTING, _WORD, MARKS, _core, _words
from sitegen.urls import SIMPLE, slug_of

MARKED = (
    "aB9 .,;!?'’\"&#-_\n\t\r\x00\x1f\x7f\x85\xa0\xad\u0301\u0915\u094d\u2028\u2014\ufffd\uffff中½"
)
TEXT = st.one_of(
    st.text(st.sampled_from(MARKED), max_size=60),
    st.text(st.characters(min_codepoint=0, max_codepoint=127), max_size=100),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=60),
)
COUNTED = re.compile(rf"[^\W_]+(?:[{MARKS}'’]++[^\W_]*+)*+")


@given(TEXT)
@example("a" * 79)
@example("a-" * 40)
@example("Q&amp;A")
@example("1,000")
def test_a_simple_slug_is_that_of_slugify(text: str) -> None:
    if SIMPLE(text):
        made = slugify(text, allow_unicode=True, max_length=80, word_boundary=True)
        assert slug_of(text) == (made or "-".join(f"{ord(each):x}" for each in text[:8]))


@given(TEXT)
def test_decoding_drops_what_cleaning_drops(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        read = decode(text.encode(encoding))
        plain = text.removeprefix("\ufeff") if encoding == "utf-8" else text
        if not plain.startswith("\ufeff"):
            assert read == clean(plain.replace("\r\n", "\n").replace("\r", "\n"))


@given(TEXT)
def test_a_text_directive_is_percent_encoded(text: str) -> None:
    assert _directive(text) == quote(text, safe="").replace("-", "%2D")


@given(TEXT, st.sampled_from([*sorted(FURNITURE | NEIGHBOUR), ""]), TEXT)
def test_no_furniture_is_overlooked(before: str, line: str, after: str) -> None:
    for text in (before + line + after, f" {before}  {line.upper()} ".replace(" ", "  "), line):
        long = re.sub(r"^\W+|\W+$", "", " ".join(text.split())).casefold()
        kinds = FURNITURE | NEIGHBOUR
        assert (_bare(text) in kinds, long in kinds) in {(True, True), (False, False)}
        assert long not in kinds or _bare(text) == long


@given(st.lists(TEXT, max_size=4))
def test_words_are_counted_as_the_pattern_finds_them(texts: list[str]) -> None:
    found = [len(COUNTED.findall(each)) for each in texts]
    assert [words_of(each, language("en")) for each in texts] == found
    assert count_words(texts, "en") == sum(found)
    assert count_words(texts, "ja") == sum(words_of(each, language("ja")) for each in texts)


@given(TEXT)
def test_a_word_of_letters_and_figures_is_its_own_core(text: str) -> None:
    for raw in (text, *text.split(), *text):
        long = max(_WORD().findall(raw), key=len, default="").replace("\xad", "")
        assert _core(raw) == long


@given(TEXT)
def test_words_part_at_all_that_is_blank(text: str) -> None:
    parted = "".join(" " if each.isspace() or each in "—–…’" else each for each in text)
    words = "".join(
        " " if each.isascii() and not each.isalnum() else each for each in parted
    ).split()
    assert [each.decode() for each in _words([text])] == words


def test_all_blanks_part_words() -> None:
    blanks = {chr(code) for code in range(128, 0x110000) if chr(code).isspace()}
    assert blanks | set("—–…’") == set(_PARTING)


@given(TEXT, st.sampled_from(["en", "el", "hy", "ja"]))
def test_full_stops_stand_where_the_pattern_finds_marks(text: str, code: str) -> None:
    own = language_of(code)
    for each in (text, html.unescape(text), re.sub(r"[!?\n;:]|\.+", ".", text)):
        found = [match.start() for match in own.marks().finditer(each, 1, len(each) - 1)]
        assert own.places(each, 1, len(each) - 1) == found
