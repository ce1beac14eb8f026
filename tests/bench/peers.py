"""Other summarisers, each asked for as many sentences, in the order of the text."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import networkx
import numpy as np
import sentencex
import Stemmer
from nltk.tokenize.destructive import NLTKWordTokenizer
from summa import summarizer
from sumy.nlp.stemmers import Stemmer as SumyStemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from sitegen.textrank.languages import language
from tests.bench import leads
from tests.bench.corpus import Item

Peer = Callable[[Item], list[str]]

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SUMY_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")
NLTK_WORDS = NLTKWordTokenizer()
NAMES = {"en": "english"}


class Exactly:
    """A share for summa, which takes ``int(len(sentences) * share)``: just so many sentences."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __rmul__(self, length: int) -> int:
        return min(self.count, length)


def summa(item: Item) -> list[str]:
    """Summarise by summa's TextRank."""
    found: list[str] = summarizer.summarize(
        item.text, ratio=Exactly(item.sentences), language=NAMES[item.language], split=True
    )
    return found


class Cutter:
    """Cuts words as sumy does, by NLTK, and sentences for it: its own way needs a download."""

    def __init__(self, code: str) -> None:
        self.code = code

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(each.strip() for each in sentencex.segment(self.code, paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(filter(SUMY_WORD.match, NLTK_WORDS.tokenize(sentence)))


@lru_cache
def _sumy(kind: type[TextRankSummarizer | LexRankSummarizer], name: str) -> Callable:
    made = kind(SumyStemmer(name))
    made.stop_words = get_stop_words(name)
    return made


def _by_sumy(kind: type[TextRankSummarizer | LexRankSummarizer], item: Item) -> list[str]:
    document = PlaintextParser.from_string(item.text, Cutter(item.language)).document
    return list(map(str, _sumy(kind, NAMES[item.language])(document, item.sentences)))


def sumy_text_rank(item: Item) -> list[str]:
    """Summarise by sumy's TextRank."""
    return _by_sumy(TextRankSummarizer, item)


def sumy_lex_rank(item: Item) -> list[str]:
    """Summarise by sumy's LexRank."""
    return _by_sumy(LexRankSummarizer, item)


class Stems(dict[str, str]):
    """The stem of each word of a language, empty for a stop word."""

    def __init__(self, code: str) -> None:
        super().__init__()
        known = language(code)
        self.stop_words = known.stop_words
        self.stem = Stemmer.Stemmer(known.stemmer).stemWord

    def __missing__(self, word: str) -> str:
        self[word] = stem = "" if word in self.stop_words else self.stem(word)
        return stem


@lru_cache
def _stems(code: str) -> Stems:
    return Stems(code)


def networkx_cosine(item: Item) -> list[str]:
    """Summarise by networkx's PageRank of the graph of TF-IDF cosines."""
    found = list(leads.sentences(item))
    if len(found) <= item.sentences:
        return found
    edges = np.triu(_cosines(found, _stems(item.language)), 1)
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(found)))
    ones, others = np.nonzero(edges)
    graph.add_weighted_edges_from(
        zip(ones.tolist(), others.tolist(), edges[ones, others].tolist(), strict=True)
    )
    score = networkx.pagerank(graph)
    best = sorted(score, key=lambda number: (-score[number], number))[: item.sentences]
    return [found[number] for number in sorted(best)]


def _cosines(found: list[str], stems: Stems) -> np.ndarray:
    """Return the cosines of all pairs of sentences."""
    columns: dict[str, int] = {}
    counts: dict[tuple[int, int], int] = {}
    for row, sentence in enumerate(found):
        for word in WORD.findall(sentence.lower()):
            if stem := stems[word]:
                place = row, columns.setdefault(stem, len(columns))
                counts[place] = counts.get(place, 0) + 1
    table = np.zeros((len(found), max(len(columns), 1)))
    for place, count in counts.items():
        table[place] = count
    table *= 1 + np.log(len(found) / np.maximum((table > 0).sum(axis=0), 1))
    norms = np.linalg.norm(table, axis=1, keepdims=True)
    table /= np.where(norms > 0, norms, 1.0)
    return table @ table.T


PEERS: Mapping[str, Peer] = {
    "summa TextRank": summa,
    "sumy TextRank": sumy_text_rank,
    "sumy LexRank": sumy_lex_rank,
    "networkx TextRank": networkx_cosine,
}
