"""The nouns of the summariser: what to summarise, how much to take, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or list item of prose; ``quoted``: it is somebody else's, a block quote."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much to take: a number of sentences, of words, or a share of the sentences.

    Exactly one of the three is given. In languages written without spaces (Chinese, Japanese,
    Thai, Lao, Khmer, Burmese) ``words`` counts characters. Raises `ValueError` where none or
    several are given, or one is out of range.
    """

    sentences: int | None = None
    words: int | None = None
    ratio: float | None = None

    def __post_init__(self) -> None:
        given = [each for each in (self.sentences, self.words, self.ratio) if each is not None]
        if len(given) != 1:
            raise ValueError("give one of sentences, words and ratio")
        if not (0 < given[0] <= 1 if self.ratio is not None else given[0] >= 1):
            raise ValueError("sentences and words are 1 or more, ratio is above 0 and at most 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What to summarise: blocks of prose in order, the headline, a BCP 47 language tag."""

    blocks: Sequence[Block]
    title: str = ""
    language: str = "en"
    budget: Budget = Budget(sentences=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence taken word for word: ``text == blocks[paragraph].text[span[0]:span[1]]``.

    ``score`` orders the sentences of one text; it means nothing across texts.
    """

    text: str
    paragraph: int
    span: tuple[int, int]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A word or a phrase of two or three, as the text writes it; scores of a text sum to 1.

    In scripts without spaces, where words are read as pairs of characters, it is such a pair.
    """

    text: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why a sentence was taken or left: each signal's share of its score, and the reason.

    ``shares`` has a pair a signal, always the same signals in the same order; they sum to
    ``sentence.score``.
    """

    sentence: Sentence
    shares: tuple[tuple[str, float], ...]
    taken: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A summary, its sentences in the order of the text.

    ``available`` counts the sentences there were to choose from, ``words`` those taken (characters
    where the language has no spaces). ``converged`` tells whether the ranking did. ``notes`` says
    in a line what a reader of the result should know, such as a language without stop words.
    ``explained`` has every sentence of the text where that was asked for.
    """

    sentences: tuple[Sentence, ...]
    keywords: tuple[Keyword, ...]
    words: int
    available: int
    converged: bool
    notes: tuple[str, ...] = ()
    explained: tuple[Explained, ...] = ()
