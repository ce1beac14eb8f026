"""The long way: Python-Markdown, spared what it would do in vain."""

import threading
from functools import lru_cache

import markdown

from sitegen.markup.blocks import Parsed, cut
from sitegen.markup.code import formatter
from sitegen.markup.collect import Collecting, Collector
from sitegen.markup.dialect import dialect_of
from sitegen.markup.headings import heading_id
from sitegen.markup.options import Options, RawHtml
from sitegen.markup.sanitize import sanitized
from sitegen.markup.sparing import Sparing


def long_way(
    text: str, extensions: tuple[str, ...], options: Options, raw_html: RawHtml = "sanitize"
) -> Parsed:
    """Turn Markdown into HTML with the extensions named; raises what an extension raises."""
    escaping = raw_html == "escape"
    converter, collector = _converter(extensions, options, threading.get_ident(), escaping)
    collector.reset()
    converter.reset()
    try:
        body = converter.convert(text)
    except BaseException:
        _converter.cache_clear()  # what it left half done would be seen in the next text
        raise
    if raw_html != "allow" and (collector.suspicious or _has_raw(converter)):
        body = sanitized(body)
    return cut(body, collector.targets, collector.blocks, collector.heading)


def _has_raw(converter: markdown.Markdown) -> bool:
    """Tell whether there is HTML in a text that the parser has just passed on as it was."""
    return any(not str(each).startswith("&") for each in converter.htmlStash.rawHtmlBlocks)


@lru_cache(maxsize=64)
def _converter(
    extensions: tuple[str, ...], options: Options, thread: int, escaping: bool
) -> tuple[markdown.Markdown, Collector]:
    """Make a converter for one thread alone: Python-Markdown's hold the text they convert."""
    configs = {**options.configs}
    configs["toc"] = {"slugify": heading_id, **configs.get("toc", {})}
    configs["codehilite"] = {
        "guess_lang": False,
        "pygments_formatter": formatter,
        **configs.get("codehilite", {}),
    }
    collecting = Collecting()
    dialect = dialect_of(extensions, options)
    converter = markdown.Markdown(
        extensions=[*extensions, collecting, *([Sparing(dialect)] if dialect else [])],
        extension_configs={name: configs[name] for name in configs if name in extensions},
    )
    if escaping:
        converter.preprocessors.deregister("html_block", strict=False)
        converter.inlinePatterns.deregister("html", strict=False)
    return converter, collecting.collector
