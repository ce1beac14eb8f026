"""A summariser that knows nothing of sites: TextRank, matrix-free, in batches, on numpy.

>>> from sitegen.textrank import summarize
>>> summarize("One. Two.", count=1).available
2
"""

from sitegen.textrank.languages import language
from sitegen.textrank.summarize import Document, Extract, Extracted, summarize, summarize_many
from sitegen.textrank.terms import count_words

__all__ = [
    "Document",
    "Extract",
    "Extracted",
    "count_words",
    "language",
    "summarize",
    "summarize_many",
]
