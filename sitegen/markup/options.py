"""Extension options as a key for caches."""

from collections.abc import Mapping
from typing import Any, Literal

RawHtml = Literal["sanitize", "allow", "escape"]
"""What becomes of HTML in Markdown: what is harmless stays, all stays, all is shown as text."""


class Options:
    """The options of each extension, compared by their contents."""

    def __init__(self, configs: Mapping[str, Mapping[str, Any]]) -> None:
        self.configs = {name: dict(options) for name, options in configs.items()}
        self.key = repr(
            [(name, sorted(options.items())) for name, options in sorted(self.configs.items())]
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Options) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)
