"""Languages: stop words, stemmers, and which scripts put no spaces between words.

Stop words come from stopwords-iso, stemmers from Snowball. A language that has neither is ranked
all the same, on unstemmed words.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import Stemmer

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

STOP_WORD_ALIASES = {"nb": "no", "nn": "no"}

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "ko"})
"""Languages read as character bigrams; Korean has spaces, but its particles cling to words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of a language; ``stemmer`` is a Snowball name, empty where there is none."""

    code: str
    stop_words: frozenset[str]
    stemmer: str
    unspaced: bool

    @property
    def supported(self) -> bool:
        """Whether anything beyond plain words is known of it."""
        return bool(self.stop_words or self.stemmer or self.unspaced)

    def stem_all(self, words: list[str]) -> list[str]:
        """Stem each word; unchanged where the language has no stemmer."""
        if not self.stemmer:
            return words
        stems: list[str] = Stemmer.Stemmer(self.stemmer).stemWords(words)
        return stems


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, list[str]]:
    file = resources.files("stopwordsiso") / "stopwords-iso.json"
    words: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))
    return words


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """Return what is known of a language, given its BCP 47 tag (``en``, ``pt-BR``)."""
    code = tag.replace("_", "-").split("-")[0].lower()
    words = _stop_words().get(STOP_WORD_ALIASES.get(code, code), [])
    stemmer = STEMMERS.get(code, "")
    return Language(
        code=code,
        stop_words=frozenset(word.lower() for word in words),
        stemmer=stemmer if stemmer in Stemmer.algorithms() else "",
        unspaced=code in UNSPACED,
    )
