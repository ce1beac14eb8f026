"""Spares Python-Markdown the work that finds nothing, where the extensions in use are known.

It holds each block against some fifteen block processors and each text against some twenty inline
patterns; most are words alone, for which all of these do nothing, one after the other.
"""

from xml.etree import ElementTree

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor

from sitegen.markup.dialect import ACTS, Dialect


class Sparing(Extension):
    """Python-Markdown's way in; to be added after all others, whose work it knows."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self.dialect = dialect

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        """Put what spares work in the place of what does it."""
        md.parser.blockprocessors.register(_Words(md.parser), "sitegen-words", 200)
        self._replace(md, "inline", 20, self.dialect.inline)
        if self.dialect.smarty:
            self._replace(md, "smarty", 6, ACTS["smarty"].anywhere)

    def _replace(
        self, md: markdown.Markdown, name: str, priority: float, marks: tuple[str, ...]
    ) -> None:
        replaced = md.treeprocessors[name]
        assert isinstance(replaced, InlineProcessor)
        md.treeprocessors.register(_Inline(md, replaced, marks), name, priority)


class _Words(BlockProcessor):
    """Takes blocks that only the last of all processors, that of paragraphs, would take.

    All others want a line that starts with a mark, a digit or a space; a table wants one below.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.paragraph = ParagraphProcessor(parser)

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Tell whether each line starts with a letter."""
        return all(line[:1].isalpha() for line in block.split("\n"))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Make the first block a paragraph, or part of the item of a list that it is in."""
        self.paragraph.run(parent, blocks)


class _Inline(InlineProcessor):
    """Runs inline patterns on those texts that have one of the marks that patterns look for."""

    def __init__(
        self, md: markdown.Markdown, replaced: InlineProcessor, marks: tuple[str, ...]
    ) -> None:
        super().__init__(md)
        self.inlinePatterns = replaced.inlinePatterns
        self.marks = marks

    def run(
        self, tree: ElementTree.Element, ancestors: list[str] | None = None
    ) -> ElementTree.Element:
        """Hide the texts without marks, which would stay as they are, from the patterns."""
        hidden = []
        for element in tree.iter():
            text = element.text
            if text and not any(mark in text for mark in self.marks):
                hidden.append((element, text))
                element.text = None
        super().run(tree, ancestors)
        for element, text in hidden:
            element.text = text
        return tree
