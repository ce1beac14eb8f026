"""``sitegen summary FILE…``: the summary of any text."""

import json
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli import options
from sitegen.cli.messages import count, say, show
from sitegen.cli.summary.explain import explain, explained_data
from sitegen.cli.table import fancy, width
from sitegen.config import LANGUAGE
from sitegen.errors import Diagnostic, Severity, nearest

if TYPE_CHECKING:
    from sitegen.article import Draft, Extract
    from sitegen.pick import Picked

KEYWORDS = 10


class _Unnamed(click.Context):
    """The context of a command without a name: it is called what its group is called."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else super().command_path


class _Text(click.Command):
    context_class = _Unnamed


def _language(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not LANGUAGE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no code like en, de or pt-BR")
    return value


@click.command("text", cls=_Text)
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
@click.option("-n", "--sentences", type=click.IntRange(min=1), help="Take so many sentences.")
@click.option("--words", type=click.IntRange(min=1), help="Take at most so many words.")
@click.option(
    "--ratio",
    type=click.FloatRange(min=0, max=1, min_open=True),
    help="Take a share of the sentences, such as 0.2.",
)
@click.option(
    "-l", "--language", callback=_language, metavar="TAG", help="The text's language, such as de."
)
@click.option("--title", help="The headline, instead of the file's own.")
@click.option("--markdown", is_flag=True, help="Standard input is Markdown, not plain text.")
@click.option("--explain", "explaining", is_flag=True, help="Tell why each sentence was taken.")
@options.as_json
@options.settings
@options.talk
def text_command(
    names: tuple[str, ...],
    sentences: int | None,
    words: int | None,
    ratio: float | None,
    language: str | None,
    title: str | None,
    markdown: bool,
    explaining: bool,
    as_json: bool,
    file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Summarise any text or Markdown file."""
    given = {"sentences": sentences, "words": words, "ratio": ratio}
    length = {key: value for key, value in given.items() if value is not None}
    if len(length) > 1:
        raise click.UsageError("give one of -n/--sentences, --words and --ratio")
    _refuse_mistyped(names)
    from sitegen.article import extracts

    picked, wrong = _pick(names, file, markdown)
    changes = {"title": title, "language": language, **_budget(length)}
    given_changes = {key: value for key, value in changes.items() if value is not None}
    drafts = [replace(each.draft, **given_changes) for each in picked]
    found = extracts(drafts, keywords=KEYWORDS, explain=explaining, always=True)
    if not quiet:
        show(_notes(picked, found, verbose=verbose))
    if as_json:
        data = [_data(*each, asked=bool(length)) for each in zip(picked, found, strict=True)]
        whole = data if len(names) > 1 else next(iter(data), None)
        if picked:
            click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        _write(picked, found, asked=bool(length), explaining=explaining, many=len(names) > 1)
    if wrong:
        show(wrong)
        say(f"{count(len(wrong), 'error')}.")
        raise click.exceptions.Exit(1)


def _refuse_mistyped(names: Sequence[str]) -> None:
    """Refuse a lone word that is no file: it was meant to be a command."""
    name = names[0]
    parent = click.get_current_context().parent
    word = name.replace("-", "").isalpha()
    if parent is None or len(names) > 1 or not word or Path(name).exists():
        return
    known = parent.command.commands.keys() if isinstance(parent.command, click.Group) else ()
    raise click.UsageError(f"no such file or command {name!r} ({nearest(name, known)})", parent)


def _pick(
    names: Sequence[str], file: Path | None, markdown: bool
) -> tuple[list["Picked"], list[Diagnostic]]:
    from sitegen.pick import STANDARD_INPUT, pick

    config = options.config_of(file) if file else None
    stdin = sys.stdin.buffer.read() if STANDARD_INPUT in names else b""
    return pick(names, config=config, stdin=stdin, markdown=markdown)


def _budget(length: dict[str, Any]) -> dict[str, Any]:
    from sitegen.textrank import Budget

    return {"budget": Budget(**length)} if length else {}


def _notes(
    picked: Sequence["Picked"], found: Sequence["Extract"], *, verbose: bool
) -> list[Diagnostic]:
    notes = []
    for each, extract in zip(picked, found, strict=True):
        said = [*extract.found.notes, *_own_say(extract.draft)]
        said += [note.message for note in extract.draft.notes] if verbose else []
        notes += [
            Diagnostic(severity=Severity.NOTE, path=each.shown, message=text) for text in said
        ]
    return notes


def _own_say(draft: "Draft") -> list[str]:
    if draft.editors:
        return ["the site shows the editor's own summary instead of this one"]
    return ["the site shows no summary: `summary: false`"] if draft.front.summary is False else []


def _why_none(extract: "Extract", *, asked: bool) -> str:
    """Say why there is nothing to show; ``asked``: the length was given on the command line."""
    available, taken = extract.found.available, len(extract.found.sentences)
    if not available:
        return "has no sentence that a summary could take"
    if asked:
        own = f"has {count(available, 'sentence')}, no more than asked for: it is its own summary"
        return own if taken >= available else ""
    few = f"has {count(available, 'sentence')}, too few for a summary; -n 1 takes the best one"
    return few if extract.too_few else ""


def _write(
    picked: Sequence["Picked"],
    found: Sequence["Extract"],
    *,
    asked: bool,
    explaining: bool,
    many: bool,
) -> None:
    for place, (each, extract) in enumerate(zip(picked, found, strict=True)):
        why = _why_none(extract, asked=asked)
        explained = explaining and extract.found.available
        if many and (explained or not why):
            click.echo(("\n" if place else "") + click.style(each.shown, bold=fancy()))
        if explained:
            explain(extract)
        elif not why:
            _write_sentences([sentence.text for sentence in extract.found.sentences])
        if why:
            say(f"{each.shown}: {why}")


def _write_sentences(sentences: Sequence[str]) -> None:
    """Write a sentence a line; on a terminal as a list, between the margins."""
    for text in sentences:
        if fancy():
            wrap = {"initial_indent": "• ", "subsequent_indent": "  ", "break_on_hyphens": False}
            text = textwrap.fill(text, min(width(), 100), **wrap)  # type: ignore[arg-type]
        click.echo(text)


def _data(picked: "Picked", extract: "Extract", *, asked: bool) -> dict[str, Any]:
    found, why = extract.found, _why_none(extract, asked=asked)
    data: dict[str, Any] = {
        "source": picked.shown,
        "title": extract.draft.title,
        "language": extract.draft.language,
        "words": 0 if why else found.words,
        "available": found.available,
        "converged": found.converged,
        "why": why,
        "sentences": [
            {
                "text": each.text,
                "paragraph": each.paragraph,
                "span": list(each.span),
                "score": each.score,
            }
            for each in (() if why else found.sentences)
        ],
        "keywords": [{"text": each.text, "score": each.score} for each in found.keywords],
        "notes": list(found.notes),
    }
    return data | ({"explained": explained_data(found)} if found.explained else {})
