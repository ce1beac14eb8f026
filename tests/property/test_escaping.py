"""Whatever an author calls things, a page has the elements that it has for any other name.

Each name goes into HTML text, attributes, addresses, JSON-LD within a script, Atom, JSON Feed.
"""

import json
import posixpath
import re
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sitegen.errors import SitegenError
from sitegen.markup.blocks import CONTROL
from tests.conftest import WORDS, SiteFolder

CONFIG = {"title": "The Paper", "base_url": "https://example.org", "description": "News"}
HOSTILE = (
    "</script><script>alert(1)</script>", "<!--<script>", "-->", '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)", "{{ 7*7 }}", "{% raw %}", "${x}", "<b>bold</b>", "&lt;b&gt;", "&",
    "]]>", "<![CDATA[", "</title>", "</textarea>", "\\u003c", "\\", "\"", "'", "`", "%00", "%2e%2e",
    "../../x", "javascript:alert(1)", "data:text/html,x", "//evil.example", "C:\\x", "con", "aux.",
    "a" * 300, "ünï ©ode", "🚢", "日本語", "\u202e\u2066rtl", "\u00ad", "\ufeff", "\u2028",
    "\x1e\x1f", "{n}", "%s", "{0}", "{t}", "\x1e0\x1f", "\x1d0\x1d", "a\tb", "#", "?a=b", "a/b",
    " ", ".", "-",
)  # fmt: skip
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=30)
MIXED = st.tuples(st.sampled_from(HOSTILE), TEXT).map("".join)
NAME = st.one_of(st.sampled_from(HOSTILE), TEXT, MIXED)


def site_of(site: SiteFolder, **names: str) -> None:
    front = {
        "title": names["title"], "tags": [names["tag"], "plain"], "authors": [names["author"]],
        "description": names["description"], "date": "2026-01-01",
    }  # fmt: skip
    body = "\n\n".join(WORDS.format(f"thing {number}", number) for number in range(4))
    files = {
        "content/a.md": f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{body}\n",
        "content/b.md": f"---\ntitle: Second\ndate: 2026-01-02\ntags: [plain]\n---\n\n{body}\n",
    }
    config = {**CONFIG, "title": names["paper"], "description": names["description"]}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in config.items()]
    site.write({**files, "sitegen.toml": "\n".join(lines)})


PLAIN = {each: f"A {each}" for each in ("title", "tag", "author", "description", "paper")}


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page in order, and the names of their attributes."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [(each.tag, tuple(sorted(each.attrib))) for each in tree.iter()]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    site = SiteFolder(tmp_path_factory.mktemp("plain"))
    site_of(site, **PLAIN)
    site.build()
    return {name: skeleton(site.page(name)) for name in ("a.html", "index.html", "b.html")}


def check(site: SiteFolder, plain: dict[str, Any], names: dict[str, str]) -> None:
    outputs = site.outputs()
    for name, expected in plain.items():
        assert skeleton(site.page(name)) == expected, name
    for name, data in outputs.items():
        text = data.decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text), name
        if name.endswith(".xml"):
            ElementTree.fromstring(text)
        elif name.endswith(".json"):
            json.loads(text)
        elif name.endswith(".html"):
            links(name, text, outputs)
    page = html5lib.parse(site.page("a.html"), namespaceHTMLElements=False)
    linked = json.loads(page.find(".//script").text)
    assert fold(linked["headline"]) == fold(names["title"])
    assert fold(page.find(".//h1").text) == fold(names["title"])


def fold(text: str) -> str:
    """Return a text as it is shown: control characters are dropped, white space is folded."""
    return " ".join(CONTROL.sub("", text).split())


def links(name: str, text: str, outputs: dict[str, bytes]) -> None:
    """Hold that all links within the site lead to files, and the others nowhere strange."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    for element in tree.iter():
        for attribute in ("href", "src"):
            url = element.get(attribute)
            if url is None:
                continue
            parts = urlsplit(url)
            assert parts.scheme in {"", "https"}, (name, url)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            way = posixpath.join("/", posixpath.dirname(name), unquote(parts.path))
            target = posixpath.normpath(way).lstrip("/")
            assert outputs.keys() & {target, posixpath.join(target, "index.html")}, (name, url)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_each_hostile_name_is_a_name(
    hostile: str, plain: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    names = dict.fromkeys(PLAIN, f"A {hostile} z")
    if min(hostile) < " ":  # which settings may not have
        names |= {"paper": "P", "description": "D"}
    site = SiteFolder(tmp_path_factory.mktemp("site"))
    site_of(site, **names)
    site.build()
    check(site, plain, names)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.fixed_dictionaries(dict.fromkeys(PLAIN, NAME)))
def test_whatever_the_names_pages_have_the_same_elements(
    names: dict[str, str], plain: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assume(all(fold(each) for each in names.values()))
    site = SiteFolder(tmp_path_factory.mktemp("site"))
    site_of(site, **names)
    try:
        site.build()
    except SitegenError as error:
        told = ("YAML", "TOML", "would be published", "'plain'", "control character")
        assert any(each in str(error) for each in told), error  # noqa: PT017  it may, or may not
        return
    check(site, plain, names)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=NAME.map(lambda each: re.sub("[/\0]", "_", each)[:60]).filter(
        lambda each: each.strip(". ") and len(each.encode()) < 200
    )
)
def test_whatever_a_file_is_called_links_lead_to_it_or_it_is_named(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = SiteFolder(tmp_path_factory.mktemp("site"))
    site.write(
        {
            "sitegen.toml": 'title = "T"\nbase_url = "https://example.org"\n',
            f"content/{name}/{name}.md": "# A\n\nText.",
            f"content/{name}/{name}.txt.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        }
    )
    try:
        site.build()
    except SitegenError as error:
        assert "would be published at" in str(error)  # noqa: PT017  it may, or may not
        return
    outputs = site.outputs()
    for path, data in outputs.items():
        if path.endswith(".html"):
            links(path, data.decode(), outputs)
