"""Front matter in its simple form, and which blocks are left to PyYAML."""

from typing import Any

import pytest

from sitegen.article import front_matter
from sitegen.article.front_matter import _load_any, _load_simple, load


@pytest.mark.parametrize(
    ("block", "data"),
    [
        ("", {}),
        ("title: The mill\n", {"title": "The mill"}),
        ("title: The mill", {"title": "The mill"}),
        (
            "title:   The mill   \n\n\ndate: 2026-01-02\n",
            {"title": "The mill", "date": "2026-01-02"},
        ),
        (
            "date: 2026-01-02 14:30\nimage: /a#b.png\n",
            {"date": "2026-01-02 14:30", "image": "/a#b.png"},
        ),
        ('title: "A: b, #c \\"d\\" \\\\"\n', {"title": 'A: b, #c "d" \\'}),
        ("title: 'It''s: so'\n", {"title": "It's: so"}),
        ('title: ""\n', {"title": ""}),
        ("title: “Déjà vu” 水\n", {"title": "“Déjà vu” 水"}),
        ("title: Où\xa0? می\u200cرود\n", {"title": "Où\xa0? می\u200cرود"}),
        (
            "draft: true\nsummary: FALSE\nslug: null\n",
            {"draft": True, "summary": False, "slug": None},
        ),
        ("title: 1984\nslug: no\n", {"title": "1984", "slug": "no"}),
        ("title:\nslug: \n", {"title": None, "slug": None}),
        ("tags: []\nauthors: [ ]\n", {"tags": [], "authors": []}),
        ("tags: [a b, \"c, d\" , 'e''f',true]\n", {"tags": ["a b", "c, d", "e'f", True]}),
        ("tags:\n  - a: b\n", None),
        ("tags:\n  - a:b\n  - 'c: d'\ntitle: x\n", {"tags": ["a:b", "c: d"], "title": "x"}),
        ("tags:\n- a\n- null", {"tags": ["a", None]}),
    ],
)
def test_a_simple_block_is_read_without_pyyaml(block: str, data: dict[str, Any] | None) -> None:
    assert _load_simple(block) == data
    if data is not None:
        assert _load_any(block) == data
        assert list(_load_any(block)) == list(data)


@pytest.mark.parametrize(
    "block",
    [
        "title: a: b", "title: a:", "title: a # b", "title: # a", "title: a\n  b", "title: |\n  a",
        "title: >\n  a", "title: *a", "title: &a b", "title: !a b", "title: - a", "title: ? a",
        "title: @a", "title: {a: b}", "title: ~", "title: 'a", 'title: "a\\n"', 'title: "a" b',
        "title:a", "title : a", "Title: a", "unknown: a", "title: a\ntitle: b", '"title": a',
        "title:\ta", " title: a", "title: a\x85b", "title: a\u2028b", "title: \ufeffa",
        "title: \x07",
        "# note\ntitle: a", "tags: [a, [b]]", "tags: [a,, b]", "tags: [a, b",
        "tags: [a: b]",
        "tags: [a, ]", "tags: [a] b", "tags:\n  - a\n - b", "tags:\n  - a\n    b", "tags:\n  -\n",
        "tags:\n  - - a", "tags: a\n- b", "tags:\n\n- b", "- a", "a", "{title: a}", "title: a\n---",
    ],
)  # fmt: skip
def test_any_other_block_is_left_to_pyyaml(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _load_simple(block) is None
    monkeypatch.setattr(front_matter, "_load_any", lambda given: {"given": given})
    assert load(block, "---") == {"given": block}


def test_pyyaml_is_not_asked_where_it_need_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_matter, "_load_any", None)
    assert load('title: "A"\ntags: [b]\n', "---") == {"title": "A", "tags": ["b"]}
