"""The short way through YAML gives what PyYAML gives, or leaves the block to it."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.article.front_matter import KEYS, _load_any, _load_simple
from sitegen.article.wrong import WrongSourceError

PIECES = [
    *"\n\n\n:#-,[]{}?!&*|>%@`'\"\\ \t/.~=<(a1éß_",
    *(
        "\x7f",
        "\x85",
        "\xa0",
        "\u2028",
        "\ufeff",
        "\U0001f600",
        "\ud800",
        "\x00",
        "\ufffe",
        "\u3000",
    ),
    *("true", "False", "null", "~", "no", "1984", "2026-01-02", "10:30", "---", "...", "<<", "a b"),
    *(": ", " #", "- ", "  - ", ", ", "''", '\\"', "\\\\", "\\n", "\\u0041", ":\n", "? ", " :"),
    *("title: ", "tags:", "tags: [", "summary: ", '"title": ', "unknown: x\n", "date:\n"),
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
PRINTED = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
WORD = st.one_of(TEXT, PRINTED, st.sampled_from(["a", "A b", "it's", "x#y", "a:b", "true", "null"]))
SCALAR = st.one_of(
    WORD, WORD.map("'{}'".format), WORD.map('"{}"'.format), WORD.map(lambda each: each + "  ")
)
INLINE = st.lists(SCALAR, max_size=4).map(lambda each: f"[{', '.join(each)}]")
INDENT = st.sampled_from(["", " ", "  ", "    ", "\t"])
BELOW = st.lists(st.tuples(INDENT, SCALAR), max_size=3).map(
    lambda items: "".join(f"\n{indent}- {each}" for indent, each in items)
)
SAME = st.tuples(INDENT, st.lists(SCALAR, max_size=3)).map(
    lambda given: "".join(f"\n{given[0]}- {each}" for each in given[1])
)
VALUE = st.one_of(SCALAR, INLINE, BELOW, SAME)
KEY = st.sampled_from([*sorted(KEYS), "Title", "x", "true"])
LINE = st.tuples(KEY, st.sampled_from([":", ": ", ":  ", " : "]), VALUE).map("".join)
BLOCK = st.lists(LINE, max_size=4).map("\n".join)
ENDED = st.tuples(BLOCK, st.sampled_from(["", "\n", "\n\n", " \n"])).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a block with a piece put in somewhere."""
    block = draw(ENDED)
    at = draw(st.integers(0, len(block)))
    return block[:at] + draw(st.sampled_from(PIECES)) + block[at:]


def by_yaml(block: str) -> Any:
    try:
        return _load_any(block)
    except WrongSourceError as wrong:
        return wrong
    except UnicodeEncodeError as error:
        return error


@given(st.one_of(ENDED, mutated(), TEXT, PRINTED))
@example('title: "a: b"\ndate: 2026-01-02\ntags: [x, "y, z"]\nauthors:\n  - A\n  - B\n')
def test_what_the_short_way_claims_pyyaml_reads_in_the_same_way(block: str) -> None:
    claimed = _load_simple(block)
    if claimed is not None:
        assert repr(claimed) == repr(by_yaml(block))


@given(st.dictionaries(st.sampled_from(sorted(KEYS)), PRINTED.map(repr)))
def test_quoted_words_come_out_as_they_went_in(data: dict[str, str]) -> None:
    block = "".join(
        f"{key}: '{value.replace(chr(39), chr(39) * 2)}'\n" for key, value in data.items()
    )
    claimed = _load_simple(block)
    assert claimed is None or claimed == data
