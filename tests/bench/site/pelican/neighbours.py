"""A Pelican plugin: the articles before and after each article."""

from itertools import pairwise

from pelican import signals
from pelican.generators import ArticlesGenerator


def link(generator: ArticlesGenerator) -> None:
    """Give articles, which come newest first, their neighbours."""
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer


def register() -> None:
    """Ask to be called when all articles are read."""
    signals.article_generator_finalized.connect(link)
