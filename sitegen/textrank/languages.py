"""Languages: stop words, stemmers, and which scripts put no spaces between words.

Stop words come from stopwords-iso, stemmers from Snowball; every language that either has is
known here. One that has neither is ranked all the same, on unstemmed words.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import Stemmer

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian",
    "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

SAME_AS = {"nb": "no", "nn": "no", "cmn": "zh", "yue": "zh", "iw": "he", "in": "id", "fil": "tl"}
"""Codes under which the sources know a language by another name."""

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages written without spaces between words."""

DETERMINERS = {
    "ca": "el la els les un una uns unes aquest aquesta del dels al als seu seva",
    "da": "en et den det de denne dette disse hans hendes deres",
    "de": "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen "
    "diesem im am zum zur vom beim sein seine ihr ihre kein keine",
    "en": "the a an this that these those his her its their our my your some any each every no",
    "es": "el la los las un una unos unas este esta estos estas ese esa del al su sus cada",
    "fr": "le la les l un une des du au aux ce cet cette ces son sa ses leur leurs chaque d",
    "it": "il lo la i gli le l un uno una del dello della dei degli delle al allo alla ai agli "
    "alle nel nella sul sulla questo questa quel quella suo sua ogni",
    "nl": "de het een deze dit die dat zijn haar hun elke ieder geen",
    "no": "en et ei den det de denne dette disse hans hennes deres",
    "pt": "o a os as um uma uns umas do da dos das no na nos nas ao este esta esse essa seu sua",
    "sv": "en ett den det de denna detta dessa hans hennes deras",
}
"""Articles and the like, behind which nouns stand; some languages have none."""


class Language(NamedTuple):
    """What is known of a language; ``stemmer`` is a Snowball name, empty where there is none.

    ``bigrams``: its words are read as pairs of characters, because it puts no spaces between
    them or, as Korean, lets particles cling to them.
    """

    code: str
    stop_words: frozenset[str]
    determiners: frozenset[str]
    stemmer: str
    unspaced: bool
    bigrams: bool

    @property
    def supported(self) -> bool:
        """Whether anything beyond plain words is known of it."""
        return bool(self.stop_words or self.stemmer or self.bigrams)

    def stemming(self) -> Callable[[str], str]:
        """Return a function that stems a word, for one thread alone."""
        if not self.stemmer:
            return str
        stem: Callable[[str], str] = Stemmer.Stemmer(self.stemmer, 0).stemWord
        return stem

    def stem_all(self, words: list[str]) -> list[str]:
        """Stem each word; unchanged where the language has no stemmer."""
        return list(map(self.stemming(), words))


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """Return what is known of a language, given its BCP 47 tag (``en``, ``pt-BR``)."""
    code = tag.replace("_", "-").split("-")[0].lower()
    code = SAME_AS.get(code, code)
    stemmer = STEMMERS.get(code, "")
    return Language(
        code=code,
        stop_words=_stop_words(code),
        determiners=frozenset(DETERMINERS.get(code, "").split()),
        stemmer=stemmer if stemmer in Stemmer.algorithms() else "",
        unspaced=code in UNSPACED,
        bigrams=code in UNSPACED or code == "ko",
    )


def _stop_words(code: str) -> frozenset[str]:
    """Read one language's list out of the file that holds all; none where there is none.

    The package is not imported and the other lists are not parsed, which would take 0.1 s.
    """
    import json
    from importlib.util import find_spec

    spec = find_spec("stopwordsiso")
    assert spec is not None, "stopwordsiso is a dependency of this package"
    assert spec.submodule_search_locations
    with open(f"{spec.submodule_search_locations[0]}/stopwords-iso.json", "rb") as file:
        key = re.escape(code.encode("utf-8", "replace"))
        found = re.search(rb'"%b"\s*:\s*(\[[^]]*\])' % key, file.read())
    return frozenset(word.lower() for word in json.loads(found[1])) if found else frozenset()
