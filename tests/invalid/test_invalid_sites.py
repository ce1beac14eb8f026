"""Broken sites: each mistake is named with its file and line, and nothing is written."""

import pytest

from sitegen.errors import SitegenError
from tests.conftest import article

GOOD = {"content/good.md": article("Good", date="2026-01-01")}
CASES = {
    "broken YAML": (
        {"content/a.md": "---\ntitle: x\ntags: [a\n---\nText"},
        ["content/a.md:4: broken YAML"],
    ),
    "broken TOML": (
        {"content/a.md": "+++\ntitle = 'x'\ndate = \n+++\nText"},
        ["content/a.md:3: broken TOML"],
    ),
    "front matter not closed": ({"content/a.md": "---\ntitle: x\n"}, ["content/a.md:1: "]),
    "a key given twice": (
        {"content/a.md": "---\ntitle: x\ntitle: y\n---\n"},
        ["content/a.md:3: broken YAML: key 'title' is given twice"],
    ),
    "unknown keys, all of them": (
        {"content/a.md": "---\ntitel: x\nauthor: y\n---\nText"},
        [
            "content/a.md:2: unknown key 'titel' (did you mean 'title'?)",
            "content/a.md:3: unknown key 'author' (did you mean 'authors'?)",
        ],
    ),
    "a wrong type": (
        {"content/a.md": "---\ntitle: x\ndraft: maybe\n---\n"},
        ["content/a.md:3: draft: Expected `bool`"],
    ),
    "a wrong date": (
        {"content/a.md": "---\ntitle: x\ndate: 2026-02-31\n---\n"},
        ["content/a.md:3: date: not a date: '2026-02-31'"],
    ),
    "a wrong number of sentences": (
        {"content/a.md": "---\ntitle: x\nsentences: 0\n---\n"},
        ["content/a.md:3: sentences: 0 is neither"],
    ),
    "a wrong language": (
        {"content/a.md": "---\ntitle: x\nlanguage: deutsch!\n---\n"},
        ["content/a.md:3: language: not a language code"],
    ),
    "an alias that leads out": (
        {"content/a.md": "---\ntitle: x\naliases: [../../etc]\n---\n"},
        ["content/a.md:3: aliases: '../../etc'"],
    ),
    "bytes that are not UTF-8": (
        {"content/a.md": b"# Title\n\nCaf\xe9\n"},
        ["content/a.md:3: not UTF-8: byte 0xe9 (save the file as UTF-8)"],
    ),
    "a broken article that another links to, once": (
        {"content/a.md": "---\ntitel: x\n---\nText", "content/b.md": "# B\n\n[a](a.md)\n"},
        ["content/a.md:2: unknown key 'titel'"],
    ),
    "an empty file": ({"content/a.md": "\n"}, ["content/a.md:1: the file is empty"]),
    "nothing but furniture": (
        {"content/a.txt": "No time to read?\nGet a summary\n"},
        ["content/a.txt:1: nothing but page furniture"],
    ),
    "one URL twice": (
        {"content/a.md": "# A", "content/b.md": "---\nslug: a\n---\nText"},
        ["content/b.md: would be published at /a.html, where a.md already is"],
    ),
    "one URL twice but for case": (
        {"content/ä.md": "# A", "content/b.md": "---\nslug: a\u0308\n---\nText"},
        ["would be published at /ä.html"],
    ),
    "a link to nowhere": (
        {"content/a.md": "# A\n\nSee [this](missing.md).\n"},
        ["content/a.md:3: link to 'missing.md'"],
    ),
    "a link to nowhere in a section's words": (
        {"content/s/_index.md": "---\ntitle: S\n---\n[This](missing.md).\n"},
        ["content/s/_index.md:4: link to 'missing.md'"],
    ),
    "an alias at the article's own address": (
        {"content/a.md": "---\ntitle: A\naliases: /a.html\n---\nText"},
        ["content/a.md: would be published at /a.html"],
    ),
    "a file on the way to a page": (
        {"content/a.md": "---\ntitle: A\naliases: [/x.html, /x.html/]\n---\nText"},
        ["content/a.md: would be published at /x.html/index.html, where the file /x.html of a.md"],
    ),
    "a file two folders above a page, in other case": (
        {"content/a.md": "---\ntitle: A\naliases: [/X.html, /x.html/y/z/]\n---\nText"},
        ["content/a.md: would be published at /x.html/y/z/index.html, where the file /x.html of"],
    ),
    "files that differ only in case": (
        {"content/Map.svg": "1", "content/map.svg": "2"},
        ["content/map.svg: would be published at /map.svg, where Map.svg already is"],
    ),
    "an unknown template": (
        {"content/a.md": "---\ntitle: A\ntemplate: artikle.html\n---\nText"},
        ["content/a.md:3: there is no template 'artikle.html' (did you mean 'article.html'?)"],
    ),
    "a template that does not parse": (
        {"templates/article.html": "<p>\n{% if %}\n"},
        ["templates/article.html:2: ", "while rendering good.md"],
    ),
    "an undefined name in a template": (
        {"templates/article.html": "<p>\n{{ titel }}\n"},
        ["templates/article.html:2: 'titel' is undefined, while rendering good.md"],
    ),
    "an include that is not there": (
        {"templates/article.html": "<p>\n{% include 'x.html' %}\n"},
        ["templates/article.html:2: there is no template 'x.html'"],
    ),
    "a broken section index": (
        {"content/news/_index.md": "---\ntitel: x\n---\n"},
        ["content/news/_index.md:2: unknown key 'titel'"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_and_the_last_good_site_stays(case, make_site):
    files, expected = CASES[case]
    site = make_site(GOOD)
    site.build()
    before = site.outputs()
    site.write(files)
    with pytest.raises(SitegenError) as caught:
        site.build()
    for text in expected:
        assert text in str(caught.value)
    assert site.outputs() == before


def test_all_broken_files_are_named_in_one_run(make_site):
    site = make_site({"content/a.md": "---\ntitel: x\n---\n", "content/b.md": b"\xff\n"})
    with pytest.raises(SitegenError) as caught:
        site.build()
    assert [each.path for each in caught.value.diagnostics] == ["content/a.md", "content/b.md"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ('titel = "x"\n', "sitegen.toml:1: unknown setting 'titel' (did you mean 'title'?)"),
        ('title = "x"\npage_size = "y"\n', "sitegen.toml:2: setting 'page_size'"),
        ("title = \n", "sitegen.toml:1: broken TOML"),
        ('base_url = "example"\n', "sitegen.toml:1: setting 'base_url'"),
        ('timezone = "Mars"\n', "sitegen.toml:1: setting 'timezone'"),
        ('output = "content/out"', "sitegen.toml:1: 'content', 'templates' and 'output'"),
        ('output = "."', "none inside another"),
        ('[markdown]\nextensions = ["nope"]', "No module named 'nope'"),
        ("[markdown.extension_configs.toc]\nnope = 1", "no option 'nope'"),
        ("[summary]\nsentences = 0\n", "sitegen.toml:2: setting 'summary.sentences'"),
    ],
)
def test_a_wrong_setting_is_named(config, expected, make_site):
    with pytest.raises(SitegenError) as caught:
        make_site(GOOD, config).build()
    assert expected in str(caught.value)


def test_a_missing_content_folder_is_named(make_site):
    with pytest.raises(SitegenError, match="content: the content folder is not there"):
        make_site({}).build()


def test_a_file_of_the_users_own_is_never_overwritten(make_site):
    site = make_site({**GOOD, "output/good.html": "mine"})
    with pytest.raises(SitegenError, match="is in the way"):
        site.build()
    assert site.page("good.html") == "mine"


def test_a_file_that_cannot_be_read_is_named(make_site):
    site = make_site(GOOD)
    (site.root / "content" / "gone.md").symlink_to("nowhere.md")
    with pytest.raises(SitegenError, match=r"content/gone\.md: cannot read: No such file"):
        site.build()
