"""A summariser that knows nothing of sites: TextRank, matrix-free, in batches, on numpy.

>>> from sitegen.textrank import summarize
>>> summary = summarize("The mill is sold. It will open in May.", sentences=1)
>>> [sentence.text for sentence in summary.sentences]
['The mill is sold.']

The nouns are at hand at once; numpy and the rest come in with the first function asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sitegen.textrank.model import (
    Block,
    Budget,
    Document,
    Explained,
    Keyword,
    Sentence,
    Summary,
)

if TYPE_CHECKING:
    from sitegen.textrank.languages import language
    from sitegen.textrank.openers import is_dangling
    from sitegen.textrank.summaries import paragraphs, summarize, summarize_many
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
    "paragraphs",
    "summarize",
    "summarize_many",
]

_HOMES = {
    "content_terms": "terms",
    "count_words": "terms",
    "is_dangling": "openers",
    "language": "languages",
    "paragraphs": "summaries",
    "summarize": "summaries",
    "summarize_many": "summaries",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value  # So that the next one who asks does not come here.
    return value
