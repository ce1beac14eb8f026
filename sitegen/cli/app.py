"""The command that all others hang on."""

import click

import sitegen
from sitegen.errors import nearest


class Commands(click.Group):
    """A group that names the nearest command where one is mistyped."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or raise a usage error with the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(
                f"no such command {args[0]!r} ({nearest(args[0], self.commands.keys())})", ctx
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "SITEGEN"},
)
@click.version_option(sitegen.__version__, prog_name="sitegen")
def app() -> None:
    """Build a static site in which every article comes with a summary worth reading."""
