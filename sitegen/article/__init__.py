"""A source becomes an article: front matter, markup, summary. Many sources at a time."""

from sitegen.article.compile import compile_articles, compile_section, extract_articles, finish
from sitegen.article.draft import Draft, Kind, inherited, kind_of, read_draft
from sitegen.article.pin import Pin, State, pin_of, pinned, stale
from sitegen.article.summary import Extract, count_words, extracts
from sitegen.article.wrong import WrongSourceError

__all__ = [
    "Draft",
    "Extract",
    "Kind",
    "Pin",
    "State",
    "WrongSourceError",
    "compile_articles",
    "compile_section",
    "count_words",
    "extract_articles",
    "extracts",
    "finish",
    "inherited",
    "kind_of",
    "pin_of",
    "pinned",
    "read_draft",
    "stale",
]
