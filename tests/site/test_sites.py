"""What a user sees: whole sites built from files in a temporary folder."""

import json
import shutil
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from xml.etree import ElementTree

import pytest

from sitegen.model import Selection
from tests.conftest import NOW, article

ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = {
    "content/world/_index.md": "---\ntitle: The World\ndescription: Far and near\n---\nHello.\n",
    "content/world/2026-01-05-harbour.md": article("Harbour", tags="[sea, towns]", authors="Ada"),
    "content/world/2026-02-06-bridge.md": article("Bridge", tags="towns")
    + "\nSee [the harbour](2026-01-05-harbour.md#p2) and ![a map](map.svg).\n",
    "content/world/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/science/2026-03-07-bees.md": article(
        "Bees", aliases="[/old/bees/, old.html]", image="bee.png", updated="2026-03-09"
    ),
    "content/science/bee.png": b"\x89PNG",
    "content/guide/01-install.md": article("Install"),
    "content/guide/02-write.md": article("Write"),
}
CONFIG = 'title = "Test"\nbase_url = "https://example.org/sub"\n'


def test_a_site_has_all_its_pages(make_site):
    site = make_site(NEWS, CONFIG)
    site.build()
    expected = """404.html archive/2026/01/index.html archive/2026/index.html archive/index.html
    authors/ada/feed.json authors/ada/feed.xml authors/ada/index.html authors/index.html feed.json
    feed.xml guide/01-install.html guide/02-write.html guide/index.html index.html old.html
    old/bees/index.html robots.txt science/bee.png science/bees.html science/feed.xml
    sitemap.xml sitemap/2026-01.xml sitemap/lists.xml sitemap/undated.xml tags/index.html
    tags/sea/feed.xml tags/towns/index.html world/bridge.html world/feed.json world/map.svg"""
    assert set(expected.split()) <= set(site.outputs())


def test_an_article_has_its_panel_and_its_neighbours(make_site):
    site = make_site(NEWS, CONFIG)
    site.build()
    page = site.page("world/bridge.html")
    assert "<summary>No time to read? Get a summary</summary>" in page
    assert '<div id="summary">' in page
    assert 'href="harbour.html" rel="prev"' in page
    assert 'href="../science/bees.html" rel="next"' in page
    assert '<a href="harbour.html#p2">the harbour</a>' in page
    assert 'src="map.svg"' in page
    assert '<link rel="canonical" href="https://example.org/sub/world/bridge.html">' in page
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "NewsArticle"
    assert data["abstract"] == data["description"]


def test_chapters_without_dates_follow_their_file_names(make_site):
    site = make_site(NEWS, CONFIG)
    site.build()
    assert 'href="02-write.html" rel="next"' in site.page("guide/01-install.html")
    assert "Install" not in site.page("index.html")


def test_feeds_parse_and_hold_the_newest_first(make_site):
    site = make_site(NEWS, CONFIG)
    site.build()
    feed = ElementTree.fromstring(site.page("feed.xml"))
    titles = [each.findtext(f"{ATOM}title") for each in feed.findall(f"{ATOM}entry")]
    assert titles == ["Bees", "Bridge", "Harbour"]
    items = json.loads(site.page("feed.json"))["items"]
    assert [each["title"] for each in items] == titles
    assert items[0]["image"] == "https://example.org/sub/science/bee.png"
    assert 'href="https://example.org/sub/world/harbour.html#p2"' in items[1]["content_html"]
    sitemap = ElementTree.fromstring(site.page("sitemap.xml"))
    assert len(sitemap) == 5


def test_without_base_url_there_is_no_absolute_link(make_site):
    site = make_site(NEWS)
    site.build()
    assert "sitemap.xml" not in site.outputs()
    assert "canonical" not in site.page("world/bridge.html")
    assert json.loads(site.page("feed.json"))["items"][0]["id"].startswith("urn:uuid:")


def test_two_builds_and_two_folders_give_the_same_bytes(make_site):
    first, second = make_site(NEWS, CONFIG), make_site(NEWS, CONFIG)
    first.build()
    second.build()
    assert first.outputs() == second.outputs()
    times = {each: each.stat().st_mtime_ns for each in (first.root / "output").rglob("*.html")}
    result = first.build()
    assert len(result.published.written) == 0
    assert times == {each: each.stat().st_mtime_ns for each in times}
    assert first.outputs() == second.outputs()


def test_threads_and_processes_give_the_same_bytes_as_none(make_site):
    files = {**NEWS, **{f"content/n/{i}.md": article(f"Number {i}") for i in range(150)}}
    serial, threads, processes = (make_site(files, CONFIG) for _ in range(3))
    serial.build()
    with ThreadPoolExecutor(2) as pool:
        threads.build(executor=pool)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        processes.build(executor=pool)
    assert serial.outputs() == threads.outputs() == processes.outputs()


def test_a_removed_article_takes_its_pages_with_it_and_leaves_the_users_files(make_site):
    site = make_site({**NEWS, "output/CNAME": "example.org"}, CONFIG)
    site.build()
    shutil.rmtree(site.root / "content" / "science")
    result = site.build()
    names = set(site.outputs())
    assert not any(name.startswith(("science/", "old")) for name in names)
    assert "CNAME" in names
    assert len(result.published.removed) > 3
    assert not (site.root / "output" / "science").exists()


def test_a_dry_run_writes_nothing(make_site):
    site = make_site(NEWS)
    assert len(site.build(dry_run=True).published.written) > 20
    assert not (site.root / "output").exists()


def test_lists_are_numbered_from_the_oldest(make_site):
    files = {f"content/2026-01-{i:02}-a{i}.md": article(f"A {i:02}") for i in range(1, 26)}
    site = make_site(files, 'title = "Test"\npage_size = 5\n')
    site.build()
    oldest = site.page("page/1.html")
    assert "a1.html" in oldest
    assert "a6.html" not in oldest
    before = site.outputs()
    site.write({"content/2026-02-01-new.md": article("New")})
    site.build()
    after = site.outputs()
    pages = [name for name in before if name.startswith("page/")]
    changed = [name for name in pages if before[name] != after[name]]
    assert len(pages) == 4
    assert changed == []


def test_drafts_future_and_expired_articles_are_left_out_and_counted(make_site):
    files = {
        "content/a.md": article("A"),
        "content/draft.md": article("Draft", draft="true"),
        "content/future.md": article("Future", date="2026-07-01"),
        "content/gone.md": article("Gone", expires="2026-05-01"),
    }
    site = make_site(files)
    result = site.build()
    assert {each.reason for each in result.skipped} == {"draft", "future", "expired"}
    assert "future.html" not in site.outputs()
    site.build(selection=Selection(now=NOW, drafts=True, future=True))
    assert {"draft.html", "future.html"} <= set(site.outputs())
    assert "gone.html" not in site.outputs()
    assert '<strong class="draft">Draft</strong>' in site.page("draft.html")


def test_a_link_to_a_draft_is_a_warning_and_its_words_stay(make_site):
    site = make_site(
        {
            "content/a.md": "# A\n\nSee [the draft](b.md).\n",
            "content/b.md": article("B", draft="true"),
        }
    )
    warnings = [str(each) for each in site.build().diagnostics]
    assert warnings[0].startswith("content/a.md:3: link to 'b.md', which is left out (draft)")
    assert "<a>the draft</a>" in site.page("a.html")


TEXT = """The mill & the <river>
Date: 2026-01-02
Tags: mill, river

No time to read?
Get a summary

The mill has stood by the river
for two hundred years & more. It ground its last corn in May. Nobody < 40 remembers it.

The owner, Ines Falk, wants to sell *everything*. The town wants to keep the wheel. They meet.

Previous Article
Storks are back
Next Article
A bridge for eels
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_plain_text_is_read_as_people_have_it(encoding, newline, make_site):
    site = make_site({"content/mill.txt": TEXT.replace("\n", newline).encode(encoding)})
    result = site.build()
    page = site.page("mill.html")
    assert "<h1>The mill &amp; the &lt;river&gt;</h1>" in page
    body = page.split('<div class="prose">')[1].split("</div>")[0]
    assert body.count("<p ") == 2
    assert "the river for two hundred years &amp; more." in body
    assert "*everything*" in body
    assert "Storks" not in page
    assert "Get a summary" not in body
    left_out = [each.message for each in result.diagnostics]
    assert "left out 'Storks are back'" in left_out
    assert len(left_out) == 6


def test_the_editors_summary_goes_before_the_extract(make_site):
    site = make_site(
        {
            "content/a.md": article("A", summary="[One thing., Another.]"),
            "content/b.md": article("B", summary="false"),
            "content/c.md": article("C", sentences="1"),
            "content/s/_index.md": "---\nsentences: 2\nlanguage: de\n---\n",
            "content/s/d.md": article("D"),
            "content/tiny.md": "# Tiny\n\nOne sentence only.\n",
        }
    )
    site.build()
    assert "Written by the editor" in site.page("a.html")
    assert "<li>Another.</li>" in site.page("a.html")
    assert "<details" not in site.page("b.html")
    assert "<details" not in site.page("tiny.html")
    assert site.page("c.html").count('<li><a href="#p') == 1
    assert site.page("s/d.html").count('<li><a href="#p') == 2
    assert "Keine Zeit zum Lesen?" in site.page("s/d.html")


def test_odd_input_is_built(make_site):
    names = ["a b.md", 'it\'s "quoted".md', "🦆.md", "#hash%20.md", "con:sole.md"]
    files = {f"content/{name}": article(f"Title {i}") for i, name in enumerate(names)}
    files["content/long.md"] = "# Long\n\n" + "word " * 50_000
    files["content/many.md"] = (
        "---\ntitle: Many\ntags: [" + ", ".join(f"t{i}" for i in range(500)) + "]\n---\nText.\n"
    )
    files["content/odd.md"] = '# <b>"Odd" & \x00 title</b>\n\nText with \x0b controls.\n'
    site = make_site(files)
    result = site.build()
    assert result.pages > 500


def test_huge_input_is_built(make_site):
    words = "The town of Ellmoor has kept its bridge open for another year at some cost. "
    tags = ", ".join(f"tag{i}" for i in range(10_000))
    site = make_site(
        {
            "content/big.md": "# Big\n\n" + (words * 40 + "\n\n") * 1_750,
            "content/tags.md": f"---\ntitle: Tags\ntags: [{tags}]\n---\nText.\n",
        }
    )
    site.build()
    assert len(site.page("big.html")) > 5_000_000


def test_a_users_template_and_stylesheet_go_before_the_themes(make_site):
    site = make_site(
        {
            **NEWS,
            "templates/partials/meta.html": "{% macro meta(card, href, strings) %}"
            "<p>mine</p>{% endmacro %}",
            "templates/static/style.css": 'b { background: url("dot.png") }',
            "templates/static/dot.png": b"dot",
        }
    )
    site.build()
    assert "<p>mine</p>" in site.page("world/bridge.html")
    css = next(data for name, data in site.outputs().items() if name.endswith(".css"))
    assert css.startswith(b'b { background: url("dot.')
    assert b"dot.png" not in css
