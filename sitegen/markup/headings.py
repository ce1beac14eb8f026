"""The ids that headings get in HTML."""

import re

OWN_ID = re.compile(r"summary|content|top")
RESERVED_ID = re.compile(rf"p\d+|{OWN_ID.pattern}")
"""Ids that pages use themselves; a heading that would take one gets another."""

NEITHER_WORD_NOR_SPACE = re.compile(r"[^\w\s-]")
DASHES = re.compile(r"[-\s]+")


def heading_id(value: str, separator: str) -> str:
    """Return a heading's id; the toc extension calls this with its own separator."""
    words = NEITHER_WORD_NOR_SPACE.sub("", value).strip().lower()
    between = DASHES if separator == "-" else re.compile(rf"[{separator}\s]+")
    slug = between.sub(separator, words)
    return f"{slug}{separator}section" if RESERVED_ID.fullmatch(slug) else slug
