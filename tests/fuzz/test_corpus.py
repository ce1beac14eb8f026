"""Every input that a hunt starts from, or that once broke a reader, is read as it should be."""

from pathlib import Path

import pytest

from tests.fuzz.targets import CORPUS, TARGETS, seeds

SEEDS = [(name, seed) for name in TARGETS for seed in seeds(name)]


@pytest.mark.parametrize(("name", "seed"), SEEDS, ids=lambda each: getattr(each, "name", each))
def test_a_seed_is_read_without_surprise(name: str, seed: Path) -> None:
    TARGETS[name].run(seed.read_bytes())


def test_each_target_has_seeds_and_each_folder_of_seeds_a_target() -> None:
    assert {each.name for each in CORPUS.iterdir()} == set(TARGETS)
    assert all(map(seeds, TARGETS))


def test_a_dictionary_holds_what_libfuzzer_can_read() -> None:
    assert all(0 < len(token) <= 64 for each in TARGETS.values() for token in each.tokens)
