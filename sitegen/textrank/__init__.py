"""A summariser that knows nothing of sites: TextRank, matrix-free, in batches, on numpy.

>>> from sitegen.textrank import summarize
>>> summarize("The mill is sold. It will open in May.", sentences=1).available
2
"""

from sitegen.textrank.languages import language
from sitegen.textrank.model import (
    Block,
    Budget,
    Document,
    Explained,
    Keyword,
    Sentence,
    Summary,
)
from sitegen.textrank.openers import is_dangling
from sitegen.textrank.summarize import summarize, summarize_many
from sitegen.textrank.terms import content_terms, count_words

__all__ = [
    "Block",
    "Budget",
    "Document",
    "Explained",
    "Keyword",
    "Sentence",
    "Summary",
    "content_terms",
    "count_words",
    "is_dangling",
    "language",
    "summarize",
    "summarize_many",
]
