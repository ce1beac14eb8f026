"""The short way and the sparing of work change nothing: each text is held against Python-Markdown.

The reference is Python-Markdown with the same collector and neither trick. Texts are made of what
is claimed, of what must not be, and of the first with a mark of the second put in anywhere.
"""

import re
from functools import lru_cache
from typing import Any

import markdown
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify_unicode

from sitegen.markup import Parsed, render_markdown
from sitegen.markup.blocks import cut
from sitegen.markup.collect import Collecting, Collector
from sitegen.markup.dialect import ACTS, dialect_of
from sitegen.markup.options import Options
from sitegen.markup.short import short_way

DEFAULT = ("extra", "sane_lists", "toc", "codehilite")
Configs = dict[str, dict[str, Any]]
Setup = tuple[tuple[str, ...], Configs]

SETUPS: tuple[Setup, ...] = (
    (DEFAULT, {}),
    (DEFAULT, {}),
    ((), {}),
    ((*DEFAULT, "smarty", "admonition"), {}),
    (DEFAULT, {"toc": {"permalink": True}}),
    ((*DEFAULT, "nl2br", "wikilinks"), {"codehilite": {"linenums": True}}),
    (("meta", "legacy_attrs", "legacy_em", "smarty"), {"smarty": {"smart_dashes": False}}),
    (("tables", "footnotes", "meta"), {"footnotes": {"BACKLINK_TEXT": "back"}}),
    # Never claimed: an option that is not known, and an extension by its long name.
    (("toc", "abbr"), {"toc": {"separator": "_"}, "abbr": {"glossary": {"town": "a place"}}}),
    (("markdown.extensions.toc", "extra"), {"extra": {"fenced_code": {"lang_prefix": "l-"}}}),
)
RANDOM_SETUPS = st.lists(st.sampled_from(sorted({*ACTS, "extra"})), max_size=6).map(
    lambda names: (tuple(names), {})
)
setups = st.one_of(st.sampled_from(SETUPS), st.sampled_from(SETUPS), RANDOM_SETUPS)


def own_id(value: str, separator: str) -> str:
    slug = slugify_unicode(value, separator)
    reserved = re.fullmatch(r"p\d+|summary|content|top", slug)
    return f"{slug}{separator}section" if reserved else slug


@lru_cache(maxsize=256)
def converter(extensions: tuple[str, ...], options: Options) -> tuple[markdown.Markdown, Collector]:
    configs: Configs = {**options.configs}
    configs["toc"] = {"slugify": own_id, **configs.get("toc", {})}
    configs["codehilite"] = {"guess_lang": False, **configs.get("codehilite", {})}
    collecting = Collecting()
    made = markdown.Markdown(
        extensions=[*extensions, collecting],
        extension_configs={name: configs[name] for name in configs if name in extensions},
    )
    return made, collecting.collector


def reference(text: str, extensions: tuple[str, ...], configs: Configs) -> Parsed:
    made, collector = converter(extensions, Options(configs))
    made.reset()
    collector.reset()
    body = made.convert(text)
    return cut(body, collector.targets, collector.blocks, collector.heading)


def outcome(render: Any, text: str, setup: Setup) -> Parsed | type[Exception]:
    try:
        return render(text, *setup)
    except Exception as error:
        converter.cache_clear()
        return type(error)


def claimed(text: str, setup: Setup = (DEFAULT, {})) -> bool:
    dialect = dialect_of(setup[0], Options(setup[1]))
    return dialect is not None and short_way(text, dialect) is not None


def as_it_is(text: str, extensions: tuple[str, ...], configs: Configs) -> Parsed:
    return render_markdown(text, extensions, configs, "allow")


def hold(text: str, setup: Setup) -> None:
    text = text.replace("\x1d", "")  # which marks links into the site
    assert outcome(as_it_is, text, setup) == outcome(reference, text, setup)


WORDS = (
    "The", "town", "café", "R&D", "AT&T", "Q & A", "it's", "“so”", '"yes"', "2,019", "3.5", "(old)",
    "a-b", "well—no", "ends.", "Why?", "No!", "thus:", "half;", "file_name", "x > y", "£5", "50%",
    "#1", "and/or", "a+b", "2 = 2", "x: y", "...", "–", "ship", "水车已售出。", "磨坊：", "Straße",
    "İstanbul", "soft\u00adhyphen", "no\u00a0break", "narrow\u202fspace", "e\u0301", "🚢", "مدينة",
    "~5", "$9", "https://example.org/a-b?c=d&e=f#g", "@name", "it.)", "12.", "12.5", "’tis", "--",
)  # fmt: skip
MARKUP = (
    "**strong**", "*em*", "*em with words*", "**Strong words.**", "in*tra*word", "(*so*)",
    "[link](https://example.org)", "[a link](../b/c.md)", "[q](/s/?a=1&b=2)", "[*em*](#there)",
    "**[both](x.md)**", "[two\nlines](a.md)", "*two\nlines*", "![Alt text](a.jpg)", "![](b.png)",
    "*[em](//x.org)*.", "![Tall > wide](https://example.org/c.png)",
)  # fmt: skip
MARKS = (
    "*", "**", "***", "_", "__", "`", "``", "```", "~~~", "[", "]", "(", ")", "[]", "](", "](u)",
    "[a]", "[a][b]", "[a]: http://x.org", "[^1]", "[^1]: Note.", "*[town]: A place", "![",
    "![a](b)", "[a](<b c>)", '[a](b "t")', "[a](b 't')", "[a](b(c))", "[ a ](b)", "[[a]](b)",
    "[[Wiki]]", "[TOC]", "{", "}", "{: .a #b }", "{#x}", "{@id=x}", "<", ">", "<b>", "</b>",
    "<div>", "</div>", "<br>", "<!-- c -->", "<a href='x'>y</a>", '<div markdown="1">',
    "<http://x.org>", "<a@b.org>", "&", "&amp;", "&copy;", "&#39;", "&#x27;", "&#", "&copy", "&lt",
    "&x;", "&ſ;", "\\", "\\*", "\\_", "\n", "\n\n", "\n\n\n", "\n\n\n\n", " ", "  ", "    ", "  \n",
    " \n", "\n ", "\n    ", "\n\n    ", "\t", "\r", "\r\n", "\f", "\v", "\0", "\x02", "\x03",
    "\x02amp\x03", "\x1c", "\x1d", "\x1d0\x1d", "\x7f", "\x85", "\u2028", "\u2029", "\u00a0",
    "\u3000", "\u200b", "\ufeff", "\u00ad", "\ud800", "#", "# ", "## ", "\n# ", "\n## ", "\n\n# ",
    "\n#", "#######", " #", "\n\n## A ##\n", "\n## A\nb", "\n===", "\n---", "\n=", "\n-", "\n- - -",
    "\n***", "\n* * *", "\n___", "---\n", "...\n", "- ", "\n- ", "\n\n- ", "\n+ ", "\n\n+ ", "\n* ",
    "\n\n* ", "\n\n1. ", "\n1. ", "\n\n2)", "\n\n٣. ", "\n> ", "\n\n> ", ">", "\n: ", "\n:   ",
    "\n\n: ", ":", "\n!!! note\n    ", "\n\n!!! tip", "!!!", "|", "\n|", "|\n",
    "a | b\n--|--\n1 | 2", "\n\n```\ncode\n```\n\n", "\n\n~~~\ncode\n~~~\n\n", "!", '"', "'", "--",
    "---", "...", "Key: value\n", "///Footnotes Go Here///", "wzxhzdk:0", "klzzwxh:0000", "\\.",
    "\\-", "\\(", "= ", "- - -", "- -- -", "\u00a0\n- ", "._a_", "-_a_ ", "*a *", "* a*", "*a**",
    "**a*", "*a\u00a0*", "*a [b* c](d) e", "[a *b](c) d*", "\n\n## —\n\n", "# [a](b.md)\n\nSo.",
    "# A\n# B", "**a**b**", "*a*b*c*", "**a *b* c**", "***a***", "*a*[b](c)*d*", "!![a](b)[c](d)",
    "![a](b)(c)", "[a](b)(c)", "[a](b)[c](d)", "[a](b) [c]", "[a](b)[c]", "[a]: [b](c)",
    "*[a](b)]:c", "[a](", "[a](b c)", "[a](\"b)", "[a](b\nc)", "[](b)", "[ ](b)", "[*](b)",
    "[a](*)", "[a](b_c_)", "[a](_b_)", "[a](&lt)", "[a](b>c)", "![a > b](c)", "![\"](c)",
    "![a*b](c*d)",
)  # fmt: skip

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
light = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKUP)), min_size=1, max_size=8)
breaks = st.sampled_from((" ", " ", " ", "\n"))
ends = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n\n\n", "\n\n\n\n", "\n  \n", " \n\n"))


STARTS = ("So ", "The ", "“Well ", "It's ", "1984 ", "(a ")
UNLIKE_PROSE = re.compile(r"\n(?=[^\w“(\[])")


@st.composite
def paragraphs(draw: st.DrawFn, parts: st.SearchStrategy[list[str]]) -> str:
    """Draw text in which no line starts with what could be a mark."""
    return UNLIKE_PROSE.sub(" ", draw(st.sampled_from(STARTS)) + draw(breaks).join(draw(parts)))


headings = st.builds(
    lambda level, parts, number: f"{'#' * level} {' '.join(parts)} {number}",
    st.integers(1, 6),
    words.map(lambda parts: [each for each in parts if "#" not in each]),
    st.integers(0, 10**9),
)


@st.composite
def documents(draw: st.DrawFn, *blocks: st.SearchStrategy[str]) -> str:
    drawn = draw(st.lists(st.one_of(*blocks), max_size=5))
    return "".join(block + draw(ends) for block in drawn)


prose = documents(paragraphs(words))
marked = documents(paragraphs(words), paragraphs(light), headings)
noise = st.lists(
    st.one_of(st.sampled_from(MARKS), st.sampled_from(MARKS), st.sampled_from((*WORDS, *MARKUP))),
    max_size=14,
).map("".join)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """Draw a text that is claimed, and put marks into it anywhere."""
    text = draw(marked)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(MARKS)) + text[place:]
    return text


@given(prose)
def test_prose_is_claimed(text):
    assert claimed(text)


@given(marked, setups)
def test_light_markup_is_rendered_as_python_markdown_does(text, setup):
    event("claimed" if claimed(text, setup) else "handed over")
    hold(text, setup)


@given(spoiled(), setups)
def test_a_mark_anywhere_is_read_as_python_markdown_does(text, setup):
    event("claimed" if claimed(text, setup) else "handed over")
    hold(text, setup)


@given(noise, setups)
def test_whatever_the_marks_python_markdown_decides(text, setup):
    hold(text, setup)


@given(st.text(alphabet=sorted({*"".join(MARKS), *"ab1 \n\n"}), max_size=40), setups)
def test_whatever_the_characters_python_markdown_decides(text, setup):
    hold(text, setup)


@pytest.mark.parametrize("setup", SETUPS[1:-2])
def test_each_mark_is_read_as_python_markdown_does(setup):
    for mark in MARKS:
        hold(f"The {mark} ship.\n\nIt sank.{mark}", setup)
        hold(f"{mark}The end.\n{mark}\nNo.", setup)
        hold(f"## A {mark} b\n\nNo.", setup)
        hold(f"*The* [ship](x.md){mark} **sank**", setup)
        hold(mark, setup)
