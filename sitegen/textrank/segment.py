"""Text to sentences: verbatim spans of a block, never joined, never trimmed of their words."""

from dataclasses import dataclass

import sentencex


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A span ``text[start:end]`` of block ``block``; ``quoted``: it lies in a block quote."""

    block: int
    start: int
    end: int
    text: str


def sentences(text: str, code: str, block: int = 0) -> list[Sentence]:
    """Split one block into its sentences; white space around each belongs to none."""
    found = []
    end = 0
    for piece in sentencex.segment(code, text):
        start = text.index(piece, end)
        end = start + len(piece)
        words = piece.strip()
        if words:
            begin = start + piece.index(words)
            found.append(Sentence(block=block, start=begin, end=begin + len(words), text=words))
    return found
