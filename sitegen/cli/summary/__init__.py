"""``sitegen summary``: of any file, and over a whole site.

A first word that is no command is a file, so that the commonest use needs the fewest words.
"""

import click

from sitegen.cli.summary.diff import diff_command
from sitegen.cli.summary.pins import check_command, pin_command
from sitegen.cli.summary.report import report_command
from sitegen.cli.summary.text import text_command

TEXT = "text of FILE"
"""The name of the command that has none: no word that a shell passes on by accident."""


class Summaries(click.Group):
    """A group whose unknown first word is a file to summarise."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help where nothing is asked for; else choose the command."""
        if not args:
            click.echo(ctx.get_help())
            ctx.exit()
        if args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [TEXT, *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command, also the one without a name."""
        return text_command if cmd_name == TEXT else super().get_command(ctx, cmd_name)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show both ways to use it."""
        formatter.write_usage(ctx.command_path, "[OPTIONS] FILE...")
        formatter.write_usage(ctx.command_path, "COMMAND [OPTIONS] [ARGS]...", "   or: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options for a file, then the commands."""
        own = click.Context(text_command, info_name=ctx.info_name, parent=ctx.parent)
        text_command.format_options(own, formatter)
        self.format_commands(ctx, formatter)


@click.group("summary", cls=Summaries)
def summary_group() -> None:
    """Summarise any text, or judge the summaries of a whole site.

    FILE is text or Markdown, in a site or not; - is standard input. A file that is named like a
    command is reached as ./report.
    """


for command in (report_command, check_command, pin_command, diff_command):
    summary_group.add_command(command)
