"""sitegen: a folder of articles becomes a static site, every article with its summary."""

__version__ = "0.1.0"
