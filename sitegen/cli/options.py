"""Options that commands share, and the settings that come of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from sitegen.config import SiteConfig
from sitegen.content import load_config

Command = Callable[..., None]


def shared(command: Command) -> Command:
    """Add the options that every command on a site has."""
    output = click.option(
        "-o",
        "--output",
        envvar="SITEGEN_OUTPUT",
        help="Folder for the site, instead of the one set.",
    )
    return settings(output(talk(command)))


def settings(command: Command) -> Command:
    """Add the option that names the settings file."""
    return click.option(
        "-c",
        "--config",
        "file",
        type=click.Path(path_type=Path),
        envvar="SITEGEN_CONFIG",
        help="Settings file, instead of the sitegen.toml or pyproject.toml here or above.",
    )(command)


def talk(command: Command) -> Command:
    """Add the options on how much is said."""
    verbose = click.option(
        "-v", "--verbose", is_flag=True, help="Show notes and what was left out."
    )
    return quiet(verbose(command))


quiet = click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors.")
drafts = click.option(
    "-D", "--drafts", is_flag=True, envvar="SITEGEN_DRAFTS", help="Let drafts in."
)
future = click.option(
    "--future", is_flag=True, envvar="SITEGEN_FUTURE", help="Let articles of the future in."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout.")
jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    envvar="SITEGEN_JOBS",
    help="Processes to work with; as many as there are cores if left out.",
)


def config_of(file: Path | None, **overrides: str | None) -> SiteConfig:
    """Load the settings; a flag that was given goes before the file."""
    given: Mapping[str, Any] = {key: value for key, value in overrides.items() if value is not None}
    return load_config(file, Path.cwd(), given)
