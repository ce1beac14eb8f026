"""What holds for every text, title and file name."""

import json
import posixpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.article import compile_articles
from sitegen.config import SiteConfig
from sitegen.model import Source
from sitegen.urls import file_of, relative, slug_of

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=300)
SEGMENT = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/?#"))
PATHS = st.lists(SEGMENT.filter(lambda part: part.strip(".")), min_size=1, max_size=4).map(
    lambda parts: "/" + "/".join(parts)
)


@given(TEXT)
def test_a_slug_is_never_empty_and_stays_the_same_when_made_again(text):
    slug = slug_of(text)
    assert slug
    assert "/" not in slug
    assert slug_of(slug) == slug


@given(PATHS, PATHS)
def test_a_relative_link_leads_from_any_page_to_any_other(target, file):
    way = relative(target, file)
    assert not urlsplit(way).scheme
    found = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(way)))
    assert found == posixpath.normpath(file_of(target))


@given(st.binary(max_size=200), st.sampled_from(["a.md", "a.txt"]))
def test_any_bytes_give_an_article_or_a_diagnostic_with_its_line(data, path):
    (done,) = compile_articles([Source(path=path, data=data)], SiteConfig(), {})
    assert done.article or all(each.path == path and each.line for each in done.diagnostics)
    assert done.article or done.diagnostics


@given(TEXT)
def test_plain_text_never_becomes_an_element(text):
    source = Source(path="a.txt", data=f"Title\n\n{text}".encode())
    (done,) = compile_articles([source], SiteConfig(), {})
    if done.body:
        tree = html5lib.parseFragment(done.body.parts[0], namespaceHTMLElements=False)
        assert {each.tag for each in tree.iter()} <= {"DOCUMENT_FRAGMENT", "p"}


@given(title=TEXT, tag=TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_whatever_the_title_every_page_parses(title, tag, make_site):
    front = json.dumps({"title": title, "tags": [tag], "date": "2026-01-01"})
    site = make_site({"content/a.md": f"---\n{front}\n---\n\nText.\n"})
    try:
        site.build()
    except Exception as error:
        assert "YAML" in str(error)  # noqa: PT017
        return
    ElementTree.fromstring(site.page("feed.xml"))
    json.loads(site.page("feed.json"))
    page = html5lib.parse(site.page("a.html"), namespaceHTMLElements=False)
    assert len(page.findall(".//script")) == 1
    json.loads(page.find(".//script").text)
