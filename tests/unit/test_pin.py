"""Pins: the digest of a text, and the smallest edit that writes it into front matter."""

import pytest

from sitegen.article import Draft, Kind, WrongSourceError, kind_of, pin_of, pinned, read_draft
from sitegen.config import SiteConfig
from sitegen.model import Source

DIGEST = "0123456789ab"


def draft(data: bytes, path: str = "a.md") -> Draft:
    found = read_draft(Source(path=path, data=data), SiteConfig(), {})
    assert isinstance(found, Draft), found
    return found


EDITS = {
    "after a line": (
        "---\ntitle: T # note\nsummary: One.\ntags: [a]\n---\nText.\n",
        "---\ntitle: T # note\nsummary: One.\nPIN\ntags: [a]\n---\nText.\n",
    ),
    "after a list, before the next key's comment": (
        "---\nsummary:\n  - One. # why\n  # and\n  - Two.\n\n# next\ntags: a\n---\nText.\n",
        "---\nsummary:\n  - One. # why\n  # and\n  - Two.\nPIN\n\n# next\ntags: a\n---\nText.\n",
    ),
    "after a list that is not indented": (
        "---\nsummary:\n- One.\n- Two.\n---\nText.\n",
        "---\nsummary:\n- One.\n- Two.\nPIN\n---\nText.\n",
    ),
    "after a folded text with a number sign": (
        "---\nsummary: >\n  One\n  # two.\ntitle: T\n---\nText.\n",
        "---\nsummary: >\n  One\n  # two.\nPIN\ntitle: T\n---\nText.\n",
    ),
    "before a text whose last blank lines count": (
        "---\ntitle: T\nsummary: |+\n  One.\n\n---\nText.\n",
        "---\ntitle: T\nPIN\nsummary: |+\n  One.\n\n---\nText.\n",
    ),
    "under indented keys": (
        "---\n  title: T\n  summary: One.\n---\nText.\n",
        "---\n  title: T\n  summary: One.\n  PIN\n---\nText.\n",
    ),
    "beside a key of the same name inside a text": (
        "---\ntitle: |\n  x\n  summary: no\nsummary: One.\n---\nText.\n",
        "---\ntitle: |\n  x\n  summary: no\nsummary: One.\nPIN\n---\nText.\n",
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", EDITS)
def test_a_yaml_block_gets_one_line(name, newline):
    before, after = (each.replace("\n", newline).encode() for each in EDITS[name])
    expected = after.replace(b"PIN", f"summary_for: {DIGEST}".encode())
    assert pinned(before, DIGEST, Kind.MARKDOWN) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'summary = "One."\ndate = 2026-01-01',
            'summary = "One."\nPIN\ndate = 2026-01-01',
        ),
        (
            'summary = [\n  "One.", # c\n]\ntitle = "T"',
            'summary = [\n  "One.", # c\n]\nPIN\ntitle = "T"',
        ),
        (
            'summary = """\nOne.\nsummary_for = 3\n"""',
            'summary = """\nOne.\nsummary_for = 3\n"""\nPIN',
        ),
        ('summary_for = "x" # c\nsummary = "One."', 'PIN # c\nsummary = "One."'),
    ],
)
def test_a_toml_block_gets_one_line(before, after):
    data = f"+++\n{before}\n+++\nText.\n".encode()
    expected = f"+++\n{after}\n+++\nText.\n".replace("PIN", f'summary_for = "{DIGEST}"')
    assert pinned(data, DIGEST, Kind.MARKDOWN) == expected.encode()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("summary_for: ba9876543210", f"summary_for: {DIGEST}"),
        ("summary_for: 'ba9876543210'  # by Ada", f"summary_for: '{DIGEST}'  # by Ada"),
        ('"summary_for" :  "x"', f'"summary_for" :  "{DIGEST}"'),
        ("summary_for:", f"summary_for: {DIGEST}"),
    ],
)
def test_an_old_pin_is_replaced_where_it_stands(line, expected):
    text = "---\n{}\nsummary: One.\n---\nsummary_for: stays\n"
    result = pinned(text.format(line).encode(), DIGEST, Kind.MARKDOWN)
    assert result == text.format(expected).encode()


def test_front_matter_written_as_json_gets_a_key():
    data = b'---\n{"title": "J", "summary": "One."}\n---\nText.\n'
    expected = data.replace(b"{", b'{"summary_for": "0123456789ab", ')
    assert pinned(data, DIGEST, Kind.MARKDOWN) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("key", ["Summary", "summary", "SUMMARY"])
def test_the_head_of_a_text_gets_one_line(key, encoding):
    text = f"\r\nThe böat\r\nDate: 2026-01-01\r\n{key}: It sails.\r\n\r\nSummary: no.\r\n"
    own = {"SUMMARY": "SUMMARY_FOR"}.get(key, f"{key}_for")
    expected = text.replace("sails.\r\n", f"sails.\r\n{own}: {DIGEST}\r\n")
    assert pinned(text.encode(encoding), DIGEST, Kind.TEXT) == expected.encode(encoding)
    again = pinned(expected.encode(encoding), "ba9876543210", Kind.TEXT)
    assert again == expected.replace(DIGEST, "ba9876543210").encode(encoding)


def test_what_cannot_be_edited_safely_is_refused():
    with pytest.raises(WrongSourceError) as caught:
        pinned(b"The boat\nSummary: It sails.", DIGEST, Kind.TEXT)
    assert caught.value.problems[0].hint == f"add summary_for: {DIGEST} by hand"


def test_the_digest_is_of_the_words_that_readers_see():
    one = draft(b"---\ntitle: A\ntags: x\n---\n# H\n\nThe *mill*\nis  sold. It is [old](b.md).\n")
    same = draft(b"+++\ntitle = 'B'\n+++\n\nThe mill is **sold**. It is old.\n")
    other = draft(b"The mill is sold. It is new.\n")
    assert one.digest == same.digest != other.digest
    assert len(one.digest) == 12


@pytest.mark.parametrize(
    ("front", "state", "line"),
    [
        ("summary: One.", "unpinned", 3),
        ("summary: One.\nsummary_for: 0123456789ab", "stale", 4),
        ("summary: One.\nsummary_for: {digest}", "fresh", 4),
    ],
)
def test_a_pin_knows_whether_the_summary_fits(front, state, line):
    digest = draft(b"Text.\n").digest
    data = f"---\ntitle: T\n{front.format(digest=digest)}\n---\nText.\n".encode()
    pin = pin_of(draft(data))
    assert pin is not None
    assert (pin.state, pin.line) == (state, line)


def test_an_article_without_an_editors_summary_has_no_pin():
    assert pin_of(draft(b"---\nsummary: false\n---\nText.\n")) is None
    assert pin_of(draft(b"---\nsummary: ''\n---\nText.\n")) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.md", Kind.MARKDOWN),
        ("A.MARKDOWN", Kind.MARKDOWN),
        ("a.TXT", Kind.TEXT),
        ("a", Kind.TEXT),
    ],
)
def test_a_name_tells_how_a_file_is_read(path, kind):
    assert kind_of(path) is kind
