"""Whatever an article's text is, its HTML holds nothing that runs or poses as the page."""

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import DEFAULT_EXTENSIONS
from sitegen.markup import render_markdown

EXTENSIONS = (*DEFAULT_EXTENSIONS, "admonition", "attr_list", "md_in_html")
TAGS = (
    "a abbr address article aside audio b bdi bdo blockquote br caption center cite code col "
    "colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hgroup hr i img input ins kbd li mark meter nav ol p picture pre progress q rp rt ruby "
    "s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr "
    "track tt u ul var video wbr"
)
SAFE_TAGS = frozenset(TAGS.split())
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.I)
FRAGMENTS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg>",
    "<a href='javascript:alert(1)'>x</a>", "[x](javascript:alert(1))", "![x](data:text/html,y)",
    "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))", "[x](java&#10;script:alert(1))",
    "<javascript:alert(1)>", "[x][r]\n\n[r]: javascript:alert(1)", "{: onclick=alert(1) }",
    "# Title {: onmouseover=alert(1) style=position:fixed }", "[x](y){: href=javascript:alert(1) }",
    "<div id=summary>", "<p id='content' class=\"a\">", "{: #summary }", "<form action=/x>",
    "<input name=title>", "<iframe srcdoc='<script>1</script>'>", "<style>*{display:none}</style>",
    "<details>", "</details>", "</article>", "</main></body></html>", "<!--", "-->", "<![CDATA[",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0>", "<link rel=stylesheet>",
    "<object data=x>", "<embed src=x>", "<math><mtext><style>", "<noscript><p title=\"</noscript>",
    "<template>", "<textarea>", "</textarea>", "<p style='background:url(javascript:1)'>", "`<b>`",
    "<a id=p1 name=content href=data:text/html,x>", "<video poster=javascript:1 src=x onerror=y>",
    "<i title=\"&#29;0&#29;\">\" onx=1 y=\"[a](b)", "&#29;0&#29;", "&#x1d;0&#X01D",
    "[a](b) <p title=\"&#&#29;29;0&#&#29;29; onmouseover=alert(1) y=z\">c</p>",
    "&#&#29;29;7&#&#29;29;",
    "<b", "<p title='", '">', "' onclick='1", "\\<script>", "&lt;script&gt;", "words", "\n\n", " ",
    "<table><tr><td style='text-align:right;color:red'>", "| a |\n|--:|\n| <script> |", "*", "_",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=8).map(
    "".join
)


def body_of(text: str, raw_html: Any = "sanitize") -> str:
    parsed = render_markdown(text, EXTENSIONS, {}, raw_html)
    marks = [f' {name}="#"' if name else "#" for name in parsed.attributes]
    rest = [mark + part for mark, part in zip(marks, parsed.parts[1:], strict=True)]
    return parsed.parts[0] + "".join(rest)


def elements(html: str) -> list[Any]:
    """Parse as a browser does; return the elements within a box of ours, which nothing may end."""
    page = f"<!doctype html><body><main><article>{html}</article><i id='after'></i></main>"
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    main = tree.find("body/main")
    assert [each.tag for each in tree.find("body")] == ["main"], html
    assert [each.tag for each in main] == ["article", "i"], html
    return list(main.find("article").iter())[1:]


def check(html: str) -> None:
    for element in elements(html):
        assert element.tag in SAFE_TAGS, html
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), html
            assert name not in {"name", "srcdoc", "formaction", "xlink:href", "action"}, html
            assert not (name == "id" and value in {"summary", "content", "top"}), html
            if name == "style":
                assert re.fullmatch(r"text-align: ?(left|right|center);?", value), html
            if name in {"href", "src", "poster", "cite"} and (scheme := SCHEME.match(value)):
                assert scheme[1].lower() in {"http", "https", "mailto", "tel", "sms", "geo", "xmpp",
                                             "irc", "ircs", "news"}, html  # fmt: skip


@pytest.mark.parametrize("text", FRAGMENTS)
def test_each_attack_comes_to_nothing(text: str) -> None:
    for around in ("{}", "The {} ship.\n\nIt sank.", "> {}\n\n- {}\n", "<div>\n{}\n\nx\n"):
        check(body_of(around.replace("{}", text)))


@given(texts)
def test_no_text_gives_html_that_runs_or_leaves_its_place(text: str) -> None:
    check(body_of(text))


@given(texts)
def test_html_that_is_escaped_is_text(text: str) -> None:
    html = body_of(text, "escape")
    check(html)


def test_what_is_harmless_stays() -> None:
    kept = (
        '<figure class="wide"><img src="a.jpg" alt="A" loading="lazy"><figcaption>B</figcaption>'
        "</figure>"
    )
    assert body_of(kept) == kept
    assert body_of("<details><summary>A</summary>B</details>").startswith("<details><summary>A")
    assert body_of("H<sub>2</sub>O and <kbd>Ctrl</kbd>.").count("<kbd>") == 1


def test_all_html_stays_where_the_settings_allow_it() -> None:
    assert "<script>" in body_of("<script>x()</script>", "allow")
    assert "javascript:" in body_of("[x](javascript:x)", "allow")


def test_html_is_shown_where_the_settings_say_so() -> None:
    assert body_of("A <b>bold</b> one.", "escape") == (
        '<p id="p1">A &lt;b&gt;bold&lt;/b&gt; one.</p>'
    )


def test_a_table_keeps_the_sides_of_its_columns() -> None:
    html = body_of("| a | b |\n|--:|:-:|\n| 1 | 2 |\n\nA <b>bold</b> one.")
    assert "text-align:right" in html.replace(" ", "")


def test_an_id_in_html_is_not_given_twice() -> None:
    html = body_of('<p id="p1">Raw words here.</p>\n\nWords of the article.')
    assert html.count('id="p1"') == 1
