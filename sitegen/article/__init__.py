"""A source becomes an article: front matter, markup, summary. Many sources at a time."""

from sitegen.article.compile import compile_articles, compile_section

__all__ = ["compile_articles", "compile_section"]
