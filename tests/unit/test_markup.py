"""Which words of an article count as its prose, and which of them a summary may take."""

import pytest

from sitegen.markup import Block, plain, render_markdown, whole_sentences

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
