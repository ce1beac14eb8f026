from pathlib import Path

import pytest

from sitegen.config import SiteConfig, parse_config
from sitegen.errors import ConfigError


def parse(text: str, **overrides: object) -> SiteConfig:
    return parse_config(text, file="sitegen.toml", root=Path("/site"), overrides=overrides)


def messages(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    return [str(each) for each in caught.value.diagnostics]


def test_an_empty_file_gives_the_defaults() -> None:
    assert parse("") == SiteConfig(root=Path("/site"), file="sitegen.toml")


def test_pyproject_holds_the_settings_under_tool_sitegen() -> None:
    text = '[project]\nname = "x"\n[tool.sitegen]\ntitle = "T"\n'
    assert parse_config(text, file="pyproject.toml", root=Path()).title == "T"


def test_an_override_wins_over_the_file() -> None:
    assert parse('output = "a"', output="b").output == "b"


def test_unknown_keys_are_all_named_with_the_nearest_known_one() -> None:
    found = messages('titel = "x"\n[summary]\nsentence = 2\n')
    assert found == [
        "sitegen.toml:1: unknown setting 'titel' (did you mean 'title'?)",
        "sitegen.toml:3: unknown setting 'summary.sentence' (did you mean 'sentences'?)",
    ]


def test_broken_toml_names_the_line() -> None:
    assert messages('title = "x"\nbase_url = \n')[0].startswith("sitegen.toml:2: broken TOML")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("title = 3", "sitegen.toml:1: setting 'title': Expected `str`, got `int`"),
        ("\npage_size = 0", "sitegen.toml:2: setting 'page_size'"),
        ("timezone = 'Mars/Base'", "sitegen.toml:1: setting 'timezone'"),
        ("timezone = '../etc/passwd'", "sitegen.toml:1: setting 'timezone'"),
        ("language = 'English!'", "sitegen.toml:1: setting 'language'"),
        ("base_url = 'example.org'", "sitegen.toml:1: setting 'base_url'"),
        ("[summary]\nsentences = 0", "sitegen.toml:2: setting 'summary.sentences'"),
        (
            "[summary]\nsentences = 0.2",
            "sitegen.toml:2: setting 'summary.sentences': Expected `int`, got `float`"
            " (a share of the article is `ratio`)",
        ),
        ("[summary]\nwords = 0", "sitegen.toml:2: setting 'summary.words' must be 1 or more"),
        ("[summary]\nratio = 2.0", "sitegen.toml:2: setting 'summary.ratio' must be above 0"),
        (
            "[summary]\nwords = 60\nratio = 0.2",
            "sitegen.toml:3: settings 'words' and 'ratio' of 'summary' are given: keep one",
        ),
        ("[feed]\nitems = 0", "sitegen.toml:2: setting 'feed.items'"),
        ("output = 'content'", "sitegen.toml:1: 'content', 'templates' and 'output'"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(text: str, start: str) -> None:
    assert messages(text)[0].startswith(start)
