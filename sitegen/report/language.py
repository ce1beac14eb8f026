"""What the measures need to know of a language; the only place here that asks the summariser."""

from sitegen import textrank
from sitegen.textrank import terms

POINTING_BACK = frozenset({
    "he", "she", "it", "they", "this", "these", "that", "those", "his", "her", "its", "their",
    "but", "however", "also", "instead", "meanwhile", "therefore", "moreover", "so", "then",
})  # fmt: skip


def content_terms(text: str, language: str) -> list[str]:
    """Return the stems of the content words, in order."""
    known = textrank.language(language)
    return known.stem_all(terms.words(text, known))


def points_back(text: str, language: str) -> bool:
    """Tell whether a sentence begins with a word that points at the sentence before it."""
    first = text.split(maxsplit=1)[0].strip("\"'“”‘’,").casefold() if text.strip() else ""
    return language.startswith("en") and first in POINTING_BACK


def is_unspaced(language: str) -> bool:
    """Tell whether a language is written without spaces between words."""
    return textrank.language(language).unspaced
