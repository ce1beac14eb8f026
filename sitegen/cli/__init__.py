"""The command line: the only room that prints or exits.

Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 the content or the build failed,
2 usage, 130 interrupted. What is heavy to import, numpy above all, is imported by the command
that needs it, so that help and mistakes are answered at once.
"""

import gc
import os
import sys

# Nothing here multiplies large matrices: numpy's threads would cost their start and no more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from sitegen.cli import articles, build, init, serve, summary
from sitegen.cli.app import app
from sitegen.cli.messages import count, say, show
from sitegen.errors import SitegenError

READING = {"list", "summary"}
"""Commands whose failure leaves nothing unwritten that was to be written."""

for command in (
    init.init_command,
    articles.new_command,
    build.build_command,
    serve.serve_command,
    articles.list_command,
    summary.summary_group,
    build.clean_command,
):
    app.add_command(command)


def main() -> None:
    """Run the command line and exit with its code."""
    # All articles of a site stay in memory to the end: to look for cycles among them again and
    # again takes a fifth of a small rebuild, and once more when the program ends.
    gc.set_threshold(20_000, 20, 100)
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    try:
        code = app.main(args=arguments, prog_name="sitegen", standalone_mode=False)
    except SitegenError as error:
        show(error.diagnostics)
        written = "" if READING & {*arguments[:1]} else " Nothing was written."
        if arguments[:1] != ["serve"]:  # which has not even begun
            say(f"{count(len(error.diagnostics), 'error')}.{written}")
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted.")
        return 130
    except BrokenPipeError:  # the reader of a pipe has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code if isinstance(code, int) else 0
