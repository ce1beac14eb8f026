"""Which words of an article count as its prose, and which of them a summary may take."""

import subprocess
import sys

import pytest

from sitegen.errors import ConfigError
from sitegen.markup import (
    Block,
    Parsed,
    check_extensions,
    plain,
    render_markdown,
    whole_sentences,
)
from sitegen.markup.dialect import dialect_of
from sitegen.markup.options import Options
from sitegen.markup.short import short_way

EXTENSIONS = (
    "extra",
    "sane_lists",
    "toc",
    "codehilite",
    "admonition",
    "smarty",
    "attr_list",
    "md_in_html",
)
CONFIGS = {"toc": {"permalink": True}}


def blocks(text: str) -> tuple[Block, ...]:
    return render_markdown(text, EXTENSIONS, CONFIGS).blocks


def prose(text: str) -> list[str]:
    """Return what a summary may take its sentences from."""
    return [each.prose for each in blocks(text) if each.prose]


SENTENCE = "The mill is sold."
NO_PROSE = {
    "a heading": "## The mill is sold.",
    "a heading with a permalink": "The mill is sold.\n=================",
    "fenced code": "```python\nThe mill is sold.\n```",
    "indented code": "    The mill is sold.",
    "a table": "| The mill is sold. | It is. |\n|---|---|\n| The mill is sold. | Yes. |",
    "a term being defined": "The mill is sold.\n:   two words",
    "a raw block": "<div>The mill is sold.</div>",
    "a raw paragraph": "<p>The mill is sold.</p>",
    "a raw figure": "<figure><img src='m.jpg'><figcaption>The mill is sold.</figcaption></figure>",
    "a caption": '<figure markdown="1">\n<figcaption markdown="span">The mill is sold.'
    "</figcaption>\n</figure>",
    "a navigation": '<nav markdown="1">\nThe mill is sold.\n</nav>',
    "an image": "![The mill is sold.](mill.jpg)",
    "a linked image": "[![The mill is sold.](mill.jpg)](https://example.org)",
    "a comment": "<!-- The mill is sold. -->",
    "a script within a line": "<b></b><script>The mill is sold.</script>",
    "a formula": "<b></b><math><mi>The mill is sold.</mi></math>",
    "a table of contents": "[TOC]",
    "the title of a note": '!!! note "The mill is sold."\n\n    two words:',
    "one link": "[The mill is sold.](https://example.org)",
    "links between bars": "[Home.](/) | [World.](/w/) | [About us.](/a/)",
    "links between dots": "[Home.](/) · [World.](/w/) · **[About us.](/a/)**",
    "links in HTML": '<a href="/">Home.</a> | <a href="/w/">World.</a>',
    "a list of links": "- [Home.](/)\n- [World.](/w/)",
    "a loose list of links": "- [Home.](/)\n\n- [World.](/w/)",
    "items that are no sentences": "- Eggs\n- two cups of flour\n- *salt*",
    "loose items that are no sentences": "- Eggs\n\n- two cups of flour",
    "what leads into a list": "You will need:\n\n- Eggs",
    "an item that leads into a list": "- For the dough:\n    - Eggs",
}

DEFAULT = ("extra", "sane_lists", "toc", "codehilite")


@pytest.mark.parametrize("name", NO_PROSE)
def test_no_sentence_is_taken_from(name):
    assert prose(NO_PROSE[name]) == []
    assert prose(f"{NO_PROSE[name]}\n\n{SENTENCE}")[-1:] == [SENTENCE]


PROSE = {
    "a paragraph over two lines": ("The mill\nis sold.", [SENTENCE]),
    "a paragraph without a full stop": ("The mill is sold", ["The mill is sold"]),
    "items of whole sentences": ("- The mill is sold.\n- Eggs\n- Why?", [SENTENCE, "Why?"]),
    "numbered items": ("1. The mill is sold.\n2. It is old.", [SENTENCE, "It is old."]),
    "an item of several paragraphs": (
        "- The mill is sold.\n\n    It is old.\n\n    Price on request\n",
        [SENTENCE, "It is old."],
    ),
    "nested lists": (
        "- The mill is sold.\n    - It is old.\n        - It is red.\n- Who knows?",
        [SENTENCE, "It is old.", "It is red.", "Who knows?"],
    ),
    "a definition": ("Mill\n:   The mill is sold.\n:   grinder", [SENTENCE]),
    "a note": ('!!! note "Mind"\n\n    The mill is sold.', [SENTENCE]),
    "Markdown in HTML": ('<div markdown="1">\nThe mill is sold.\n</div>', [SENTENCE]),
    "a paragraph with attributes": ("The mill is sold.\n{: .lead #first }", [SENTENCE]),
    "words with attributes": ("The *mill*{: .big } is sold.", [SENTENCE]),
    "an abbreviation": ("The FBI came.\n\n*[FBI]: Federal Bureau", ["The FBI came."]),
    "a footnote": ("The mill[^1] is sold.[^2]\n\n[^1]: An old one.\n[^2]: Again.", [SENTENCE]),
    "a link": ("The [mill](https://example.org) is sold.", [SENTENCE]),
    "an image in a line": ("The mill ![of stone](m.png)is sold.", [SENTENCE]),
    "a hard break": ("The mill  \nis sold.", [SENTENCE]),
    "a break in HTML": ("The mill<br>is<br />sold.", [SENTENCE]),
    "tags in a line": ("The <b>mill</b> is <kbd>sold</kbd>.", [SENTENCE]),
    "emphasis in a word": ("The m*il*l is **so**ld.", [SENTENCE]),
    "code in a line": ("Write `a < b && c` here.", ["Write a < b && c here."]),
    "a formula in dollars": ("So $a < b_1 * c_2$ holds.", ["So $a < b_1 * c_2$ holds."]),
    "typographic quotes": ('"It\'s sold," he said...', ["“It’s sold,” he said…"]),
    "escapes and entities": (r"A \* and 5 &lt; 6 &copy; R&amp;D.", ["A * and 5 < 6 © R&D."]),
    "a soft hyphen": ("The mi&shy;ll is sold.", [SENTENCE]),
    "a lead-in after sentences": (
        "The mill is sold today. The price includes the following:\n\n- Stones",
        ["The mill is sold today."],
    ),
    "an abbreviation before a lead-in": ("The shop of Dr. Falk sells:\n\n- Stones", []),
    "a lead-in in Chinese": ("磨坊已售出。价格包括：\n\n- 石头", ["磨坊已售出。"]),
    "an item that ends in a bracket": ("- It is sold (at last.)", ["It is sold (at last.)"]),
    "an item in Hindi": ("- चक्की बिक गई।", ["चक्की बिक गई।"]),
}


@pytest.mark.parametrize("name", PROSE)
def test_sentences_are_taken_from(name):
    text, expected = PROSE[name]
    assert prose(text) == expected


def test_a_block_quote_is_marked_also_its_lists():
    found = blocks("He said:\n\n> The mill is sold.\n>\n> - It is old.\n\nThat was all.")
    assert [(each.prose, each.quoted) for each in found if each.prose] == [
        (SENTENCE, True),
        ("It is old.", True),
        ("That was all.", False),
    ]


def test_words_that_no_summary_may_take_still_count_as_the_articles():
    found = blocks("You need:\n\n- Eggs\n- Flour\n    - The white one.")
    assert [each.text for each in found] == ["You need:", "Eggs", "Flour", "The white one."]


def test_each_block_has_an_id_of_its_own_in_the_html():
    parsed = render_markdown("One.\n\n- Two.\n    - Three.\n\nFour.\n{: #four }", EXTENSIONS, {})
    ids = [each.id for each in parsed.blocks]
    assert len(set(ids)) == len(ids) == 4
    assert all(f'id="{each}"' in parsed.parts[0] for each in ids)


def test_plain_text_is_read_by_the_same_rule():
    found = plain(["You will need:", "The mill\n is sold."])
    assert [(each.text, each.prose) for each in found.blocks] == [
        ("You will need:", ""),
        (SENTENCE, SENTENCE),
    ]


def test_what_may_be_taken_is_the_beginning_of_the_text():
    text = "It is 3 p.m. now. Nobody knows, e.g. who pays for:"
    assert whole_sentences(text) == ""
    assert whole_sentences("It rains again. Nobody knows who pays for:") == "It rains again."


def claim(text: str, extensions: tuple[str, ...] = DEFAULT, **configs: dict) -> Parsed | None:
    """Return what is made of a text without Python-Markdown, if anything."""
    dialect = dialect_of(extensions, Options(configs))
    return short_way(text, dialect) if dialect else None


CLAIMED = {
    "nothing": ("", ""),
    "white space": ("\n \n\u00a0\n", ""),
    "prose": (
        'It\'s “old” (1904–2019): R&D, 5 > 4, a-b; "so"...',
        '<p id="p1">It\'s “old” (1904–2019): R&amp;D, 5 &gt; 4, a-b; "so"...</p>',
    ),
    "lines": ("The mill\n2019. It is\n- sold.", '<p id="p1">The mill\n2019. It is\n- sold.</p>'),
    "blank lines, some of spaces": (
        "One.\n \n\n   \nTwo. \n",
        '<p id="p1">One.</p>\n<p id="p2">Two. </p>',
    ),
    "a paragraph without a word": ("— —\n\nTwo.", '<p>— —</p>\n<p id="p1">Two.</p>'),
    "a name with underscores": ("See a_b_c.", '<p id="p1">See a_b_c.</p>'),
    "a bare address": ("At https://a.org/b-c#d.", '<p id="p1">At https://a.org/b-c#d.</p>'),
    "emphasis": (
        "*The* **old mill**, m*il*l.",
        '<p id="p1"><em>The</em> <strong>old mill</strong>, m<em>il</em>l.</p>',
    ),
    "a link": (
        "A [*mill*](https://a.org/?b&c).",
        '<p id="p1">A <a href="https://a.org/?b&amp;c"><em>mill</em></a>.</p>',
    ),
    "a linked word in bold": (
        "**[Mill](//a.org)**",
        '<p><strong><a href="//a.org">Mill</a></strong></p>',
    ),
    "an image": ("![Mill](//a.org/b)", '<p><img alt="Mill" src="//a.org/b" /></p>'),
    "headings": (
        "## The *Mill*\nSold.\n\n### P1",
        '<h2 id="the-mill">The <em>Mill</em></h2>\n<p id="p1">Sold.</p>\n'
        '<h3 id="p1-section">P1</h3>',
    ),
}


@pytest.mark.parametrize("name", CLAIMED)
def test_python_markdown_is_not_needed_for(name):
    text, html = CLAIMED[name]
    parsed = claim(text)
    assert parsed is not None
    assert parsed.parts == (html,)


def test_a_title_and_links_into_the_site_are_taken_without_python_markdown():
    parsed = claim("# The [R&D](f.md) Mill\n\nA [mill](b.md?c&d) ![of stone](e.png).")
    assert parsed is not None
    assert parsed.heading == "The R&D Mill"
    assert parsed.parts == ('<p id="p1">A <a', '>mill</a> <img alt="of stone"', " />.</p>")
    assert parsed.attributes == ("href", "src")
    assert parsed.targets == ("b.md?c&d", "e.png")
    assert [each.text for each in parsed.blocks] == ["A mill ."]


def test_an_image_beside_a_link_does_not_make_an_image_of_the_link():
    parsed = claim("So!![a](b.png)[mill](c.md)")
    assert parsed is not None
    assert [each.text for each in parsed.blocks] == ["So!mill"]


HANDED_OVER = {
    "an indented line": "The\n mill",
    "spaces at the very start": "   \nThe mill",
    "a tab": "The\tmill",
    "a line break": "The  \nmill",
    "a line underlined": "The mill\n---",
    "a line underlined twice": "The mill\n= ",
    "a rule": "The\nold\n- - -",
    "a list": "- The mill",
    "a numbered list in other digits": "١. The mill",
    "a list right after a heading": "# Mill\n1. The mill",
    "a quotation below a line": "He said:\n> The mill",
    "a heading below a line": "The mill\n# Mill",
    "a heading of seven": "####### Mill",
    "a heading that is closed": "## Mill ##",
    "two headings of one name": "## Mill\n\n## Mill",
    "a heading without letters": "## —",
    "a definition": "Mill\n: A grinder",
    "a table": "a | b\n--|--\n1 | 2",
    "attributes": "The mill {.a}",
    "a tag": "The <b>mill",
    "an entity": "&copy; mill",
    "an entity to those who fold the case": "&\u017f; mill",
    "a number of a character": "&#39 mill",
    "an escape": "The mill\\.",
    "code": "The `mill`",
    "fenced code": "The\n~~~\nmill\n~~~",
    "an abbreviation": "The FBI\n\n*[FBI]: Bureau",
    "a reference": "[The mill]",
    "a footnote": "Mill[^1]",
    "a title of a link": '[mill](a.md "Mill")',
    "brackets in brackets": "[[mill]](a.md)",
    "an image in a link": "[![mill](a.png)](b.md)",
    "emphasis with underscores": "The _mill_",
    "an underscore after a mark": "The. _mill_",
    "a star before a space": "The *mill *is",
    "a star after a space": "The * mill*",
    "emphasis that ends in two stars": "*mill**",
    "emphasis within emphasis": "**The *old* mill**",
    "emphasis across a link": "*The [mill* is](a.md) sold",
    "three stars": "***mill***",
    "a star of its own": "2 * 3",
    "stars that do not pair": "*mill**",
    "what Python-Markdown keeps places with": "\x02amp\x03",
    "what links are marked with": "\x1d0\x1d",
    "a form feed": "The\fmill",
    "a carriage return": "The\rmill",
}


@pytest.mark.parametrize("name", HANDED_OVER)
def test_only_python_markdown_can_tell_what_is_meant_by(name):
    assert claim(HANDED_OVER[name]) is None


OF_EXTENSIONS = {
    "smarty": ("It's sold", "The “mill”"),
    "nl2br": ("The\nmill", "The mill\n\nIt is sold"),
    "meta": ("Key: mill", "The mill.\nKey: sold"),
    "legacy_em": ("a_b", "a-b"),
    "admonition": ("!!! note", "Sold!!!"),
    "legacy_attrs": ("mill {@a=b}", "mill {a}"),
}


@pytest.mark.parametrize("extension", OF_EXTENSIONS)
def test_an_extension_is_asked_only_where_it_acts(extension):
    acts, idle = OF_EXTENSIONS[extension]
    assert claim(acts, (extension,)) is None
    assert claim(idle, (extension,)) is not None
    assert claim(acts, ()) is not None


def test_white_space_of_any_kind_may_end_what_meta_reads():
    assert claim("\u00a0\nThe mill", ("meta",)) is None


def test_nothing_is_claimed_from_what_is_not_known():
    assert claim("The mill", ("toc", "some.stranger")) is None
    assert claim("The mill", ("abbr",), abbr={"glossary": {"mill": "grinder"}}) is None
    assert claim("The mill", ("toc",), toc={"permalink": "#"}) is None
    assert claim("The mill", ("toc",), abbr={"glossary": {"mill": "not in use"}}) is not None


def test_a_text_nested_too_deeply_leaves_no_trace_in_the_next():
    text = "One.\n\n- b\n\n    Two."
    before = render_markdown(text, DEFAULT, {})
    for depth in range(150, 1000, 50):
        nested = "\n".join("    " * level + "- a" for level in range(depth))
        try:
            render_markdown(nested, DEFAULT, {})
        except RecursionError:
            break
    assert render_markdown(text, DEFAULT, {}) == before


def test_wrong_extensions_and_options_are_told():
    check_extensions(DEFAULT, {"toc": {"permalink": True}}, "sitegen.toml")
    with pytest.raises(ConfigError, match="no_such_extension"):
        check_extensions(("no_such_extension",), {}, "sitegen.toml")
    with pytest.raises(ConfigError, match="no option 'no_such_option'"):
        check_extensions(("toc",), {"toc": {"no_such_option": 1}}, "sitegen.toml")


def test_plain_sites_never_import_python_markdown():
    program = (
        "import sys; from sitegen.markup import check_extensions, render_markdown;"
        f"check_extensions({DEFAULT}, {{}}, ''); render_markdown('# A\\n\\nB.', {DEFAULT}, {{}});"
        "sys.exit(bool({'markdown', 'pygments'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
