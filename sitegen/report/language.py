"""What the measures need to know of a language; the only place here that asks the summariser."""

from sitegen import textrank


def content_terms(text: str, language: str) -> list[str]:
    """Return the stems of the content words, in order."""
    return textrank.content_terms(text, language)


def points_back(text: str, language: str) -> bool:
    """Tell whether a sentence begins with a word that points at the sentence before it."""
    return textrank.is_dangling(text, language)


def is_unspaced(language: str) -> bool:
    """Tell whether a language is written without spaces between words."""
    return textrank.language(language).unspaced
