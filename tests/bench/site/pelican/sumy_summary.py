"""A Pelican plugin: each article's summary is the three sentences that sumy's TextRank picks."""

import html
import re

import sentencex
from nltk.tokenize.destructive import NLTKWordTokenizer
from pelican import signals
from pelican.contents import Article
from pelican.generators import ArticlesGenerator
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

SENTENCES = 3
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")
NLTK_WORDS = NLTKWordTokenizer()


class Cutter:
    """Cuts words as sumy does, by NLTK, and sentences for it: its own way needs a download."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(each.strip() for each in sentencex.segment("en", paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(filter(WORD.match, NLTK_WORDS.tokenize(sentence)))


def summarize(generator: ArticlesGenerator) -> None:
    """Give every article its summary."""
    summarizer = TextRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    for article in generator.articles:
        parsed = PlaintextParser.from_string(text_of(article), Cutter())
        chosen = summarizer(parsed.document, SENTENCES)
        items = "".join(f"<li>{html.escape(str(each), quote=False)}</li>" for each in chosen)
        article.metadata["summary"] = f"<ul>{items}</ul>"


def text_of(article: Article) -> str:
    """Return an article's paragraphs as plain text."""
    paragraphs = PARAGRAPH.findall(article.content)
    return "\n\n".join(html.unescape(TAG.sub("", each)) for each in paragraphs)


def register() -> None:
    """Ask to be called when all articles are read."""
    signals.article_generator_finalized.connect(summarize)
