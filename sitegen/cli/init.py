"""``sitegen init``."""

import json
import shutil
from pathlib import Path

import click

import sitegen
from sitegen.cli.messages import say
from sitegen.errors import SitegenError

STARTER = Path(sitegen.__file__).parent / "starter"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="My news", help="The site's title.")
def init_command(folder: Path, title: str) -> None:
    """Make a new site in FOLDER that builds at once."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SitegenError.of("is not empty", path=str(folder), hint="name a new folder")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    settings = folder / "sitegen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('"My news"', json.dumps(title, ensure_ascii=False)), encoding="utf-8"
    )
    say(f"A new site is in {folder}. Next:")
    say(f"  cd {folder}")
    say("  sitegen build")
