"""Markdown to HTML, whichever way."""

from collections.abc import Mapping, Sequence
from typing import Any

from sitegen.errors import ConfigError
from sitegen.markup.blocks import Parsed
from sitegen.markup.dialect import dialect_of
from sitegen.markup.options import Options, RawHtml
from sitegen.markup.short import short_way


def check_extensions(
    extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]], file: str
) -> None:
    """Raise `ConfigError`, naming the settings file, where Python-Markdown refuses them."""
    try:
        render_markdown("", extensions, configs)
    except Exception as error:  # an extension is a stranger's program
        reason = f"no option {error}" if isinstance(error, KeyError) else str(error)
        raise ConfigError.of(
            f"setting 'markdown.extensions': {reason}", path=file, hint="is it installed?"
        ) from None


def render_markdown(
    text: str,
    extensions: Sequence[str],
    configs: Mapping[str, Mapping[str, Any]],
    raw_html: RawHtml = "sanitize",
) -> Parsed:
    """Turn Markdown into HTML with the extensions named; raises what an extension raises."""
    text = text.replace("\x1d", "")  # it marks links into the site, from here on
    names, options = tuple(extensions), Options(configs)
    dialect = dialect_of(names, options)
    parsed = short_way(text, dialect) if dialect else None
    if parsed is not None:
        return parsed
    from sitegen.markup.long import long_way  # sites of plain prose never pay for the import

    return long_way(text, names, options, raw_html)
