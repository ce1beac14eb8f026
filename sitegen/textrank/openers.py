"""Words that begin a sentence and point at the one before it.

A pronoun at the start (*He*, *This*) leaves a sentence without its subject when it is taken
alone, a connective (*But*, *However*) only without its other half: the first is worse. Words that
are articles too (German *das*, Swedish *den*) are not listed; a language without a row is left as
it is.
"""

import re
from enum import IntEnum
from functools import lru_cache

from sitegen.textrank.languages import language

_OPENING = re.compile(r"[\W_]*+([^\W_][^\s'’\-\"“”‘„«»()\[\],;:—–.!?…،؛؟。]*)")
"""The first word, without what comes before it and what is joined to it: *It* of "It's."."""


class Pointing(IntEnum):
    """How a sentence begins; ``NOT`` is false."""

    NOT = 0
    CONNECTIVE = 1
    PRONOUN = 2


PRONOUNS = {
    "ar": "هو هي هم هما هذا هذه ذلك تلك هؤلاء وهو وهي وهم وهذا وهذه",
    "bg": "той тя то те този тази тези",
    "bn": "তিনি সে তারা তাঁরা তাকে তার এটি এটা এই সেই",
    "ca": "ell ella ells elles això aquest aquesta aquests aquestes",
    "cs": "on ona ono oni ony to tento tato toto tito jeho její",
    "da": "han hun dette denne disse hans hendes deres",
    "de": "er sie es dies diese dieser dieses diesem diesen jener jene ihr ihre sein seine dessen "
    "deren",
    "el": "αυτός αυτή αυτό αυτοί αυτές αυτά",
    "en": "he she it they him his her hers its their theirs this that these those such both "
    "neither",
    "es": "él ella ello ellos ellas esto este esta estos estas eso ese esa esos esas aquello su "
    "sus",
    "fa": "او آنها این آن",
    "fi": "hän he se ne tämä nämä tuo nuo hänen",
    "fr": "il elle ils elles ce cet cette ces cela ça ceci celui celle ceux celles son sa ses leur "
    "leurs lui",
    "he": "הוא היא הם הן זה זו אלה",
    "hi": "वह वे यह ये उसने उन्होंने उसके उनके उनकी इसके इसकी इसने",
    "hu": "ő ők ez ezek azok",
    "id": "dia ia mereka ini itu",
    "it": "egli ella lui lei esso essa essi esse loro questo questa questi queste quello quella "
    "quelli quelle ciò",
    "nl": "hij zij ze dit dat deze die zijn haar hun",
    "no": "han hun dette denne disse hans hennes deres",
    "pl": "on ona ono oni one to ten ta te ci jego jej ich",
    "pt": "ele ela eles elas isto isso aquilo este esta estes estas esse essa esses essas seu sua "
    "seus suas",
    "ro": "el ea ei ele acesta aceasta aceștia acestea asta",
    "ru": "он она оно они его её ее их это этот эта эти тот та те",
    "sv": "han hon detta denna dessa hans hennes deras",
    "tr": "o onlar bu bunlar şu şunlar bunun onun",
    "uk": "він вона воно вони його її їх це цей ця ці той та ті",
    "vi": "họ nó đó này điều",
}
CONNECTIVES = {
    "ar": "لكن ولكن لكنه ولكنه كما لذلك ولذلك كذلك بينما",
    "bg": "но обаче така затова също освен въпреки тогава",
    "bn": "কিন্তু তবে এছাড়া তাই এরপর তখন",
    "ca": "però tanmateix també així llavors",
    "cs": "ale však proto také přesto potom pak",
    "da": "men dog også derfor derefter så",
    "de": "aber doch jedoch allerdings auch außerdem dennoch deshalb daher darum dabei damit dann "
    "danach dafür dagegen dadurch zudem so und denn trotzdem stattdessen",
    "el": "όμως αλλά ωστόσο επίσης έτσι τότε",
    "en": "but and so however also then instead meanwhile therefore thus moreover furthermore "
    "nevertheless nonetheless still yet besides otherwise hence similarly likewise consequently "
    "additionally",
    "es": "pero sin además también así entonces luego por sino aunque",
    "fa": "اما ولی همچنین بنابراین سپس",
    "fi": "mutta kuitenkin myös siksi silti lisäksi sitten",
    "fr": "mais pourtant cependant toutefois ainsi donc alors aussi ensuite puis or",
    "he": "אבל אולם אך גם לכן כך אז",
    "hi": "लेकिन मगर परंतु हालांकि इसलिए फिर",
    "hu": "de azonban ezért így is akkor viszont",
    "id": "namun tetapi tapi selain karena kemudian lalu",
    "it": "ma però tuttavia inoltre anche così quindi poi infatti",
    "nl": "maar echter ook daarom toch dus toen daarna bovendien",
    "no": "men likevel også derfor deretter så",
    "pl": "ale jednak jednakże także też dlatego wtedy potem ponadto",
    "pt": "mas porém contudo entretanto também assim então depois além",
    "ro": "dar însă totuși astfel apoi atunci",
    "ru": "но однако также тоже поэтому так тогда затем кроме зато при",
    "sv": "men dock också därför sedan så",
    "tr": "ama fakat ancak ayrıca böylece sonra",
    "uk": "але однак також тому тоді потім",
    "vi": "nhưng tuy song ngoài vì",
}
UNSPACED_PRONOUNS = {
    "ja": "彼は 彼女は 彼らは これ それ この その あれ",
    "th": "เขา เธอ พวกเขา มัน นี่ นั่น",
    "zh": "他 她 它 这 那 此 该 這 該",
}
UNSPACED_CONNECTIVES = {
    "ja": "しかし だが でも また そして さらに そのため だから 一方 ただ なお",
    "th": "แต่ ดังนั้น นอกจากนี้ อย่างไรก็ตาม",
    "zh": "但 然而 不过 不過 因此 所以 此外 另外 同时 同時 而且 并且 於是 于是 后来 後來",
}


def is_dangling(sentence: str, tag: str) -> bool:
    """Tell whether a sentence begins with a word that points at the sentence before it."""
    return bool(pointing(sentence, language(tag).code))


def pointing(sentence: str, code: str) -> Pointing:
    """Tell how a sentence begins, given the bare code of its language."""
    found = _OPENING.match(sentence[:40])
    word = found[1].lower() if found else ""
    if code in UNSPACED_PRONOUNS:
        connective = word.startswith(tuple(_listed(UNSPACED_CONNECTIVES, code)))
        pronoun = word.startswith(tuple(_listed(UNSPACED_PRONOUNS, code)))
    else:
        connective = word in _listed(CONNECTIVES, code)
        pronoun = word in _listed(PRONOUNS, code)
    if connective:
        return Pointing.CONNECTIVE
    return Pointing.PRONOUN if pronoun else Pointing.NOT


@lru_cache(maxsize=256)
def _split(row: str) -> frozenset[str]:
    return frozenset(row.split())


def _listed(table: dict[str, str], code: str) -> frozenset[str]:
    return _split(table.get(code, ""))
