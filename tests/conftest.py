"""Sites for tests: a dict of files becomes a folder, a build becomes a dict of files."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest

from sitegen.build import Result, build
from sitegen.content import load_config
from sitegen.model import Selection

# Machines are shared, so no example has a deadline; `--hypothesis-profile thorough` tries more.
hypothesis.settings.register_profile("quick", deadline=None)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=3000)
hypothesis.settings.load_profile("quick")

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WORDS = (
    "The {0} opened on Monday after a delay of {1} weeks and a long dispute over money. "
    "Engineers checked the {0} twice and found {1} cracks in the northern wall. "
    "Mayor Odile Renn said that the town would pay for the {0} from its reserve."
)


def article(title: str, *, paragraphs: int = 4, **front: object) -> str:
    """Make a Markdown article of three sentences a paragraph."""
    lines = [f"{key}: {value}" for key, value in {"title": title, **front}.items()]
    body = [WORDS.format(f"{title.lower()} {number}", number + 2) for number in range(paragraphs)]
    return "\n".join(["---", *lines, "---", "", "\n\n".join(body), ""])


class SiteFolder:
    """A site in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: dict[str, str | bytes]) -> None:
        for name, data in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def build(self, **options: object) -> Result:
        overrides = options.pop("overrides", {})
        options.setdefault("selection", Selection(now=NOW))
        config = load_config(None, self.root, overrides)  # type: ignore[arg-type]
        return build(config, **options)  # type: ignore[arg-type]

    def outputs(self) -> dict[str, bytes]:
        output = self.root / "output"
        return {
            file.relative_to(output).as_posix(): file.read_bytes()
            for file in sorted(output.rglob("*"))
            if file.is_file()
        }

    def page(self, name: str) -> str:
        return (self.root / "output" / name).read_text(encoding="utf-8")


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., SiteFolder]:
    """Make a site of a dict of files; `sitegen.toml` is there unless given."""
    made = []

    def make(files: dict[str, str | bytes], config: str = 'title = "Test"\n') -> SiteFolder:
        site = SiteFolder(tmp_path / f"site{len(made)}")
        made.append(site)
        site.write({"sitegen.toml": config, **files})
        return site

    return make
