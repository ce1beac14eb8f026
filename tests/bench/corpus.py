"""Articles with summaries that people wrote, read from a folder of ``.jsonl`` files.

The texts belong to their publishers, so none is here: the folder is given on the command line.
A line is an object with ``lang``, ``text``, ``title``, ``reference`` (or several ``references``)
and ``n_sentences``, the number of sentences that a summary should have.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from sitegen.textrank import Block, Budget, Document

BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article, the summaries that people wrote of it, and how many sentences they want."""

    text: str
    title: str
    language: str
    references: tuple[str, ...]
    sentences: int

    @property
    def document(self) -> Document:
        """The article as the summariser takes it."""
        return Document(
            blocks=[Block(text=each) for each in BLANK_LINES.split(self.text)],
            title=self.title,
            language=self.language,
            budget=Budget(sentences=self.sentences),
        )


def read(file: Path) -> list[Item]:
    """Read all items of a file."""
    with file.open(encoding="utf-8") as lines:
        return [_item(json.loads(line)) for line in lines if line.strip()]


def _item(row: dict) -> Item:
    return Item(
        text=row["text"],
        title=row.get("title") or "",
        language=row["lang"],
        references=tuple(row.get("references") or [row["reference"]]),
        sentences=row.get("n_sentences") or 3,
    )
