"""Nothing that the language can say escapes the comparison."""

from __future__ import annotations

from engine.language.read import json_schema
from tests.oracle.drawing import draw
from tests.oracle.vocabulary import WITHOUT_ARITHMETIC, WITHOUT_ARITHMETIC_AT_ALL, Walk, words

SEEDS = 1_000


def drawn() -> set[str]:
    walk = Walk(json_schema())
    for seed in range(SEEDS):
        walk.whole(draw(seed, times=0).scheme)
    return walk.met


def test_every_word_of_the_language_is_drawn_or_has_no_arithmetic():
    missing = words(json_schema()) - drawn() - WITHOUT_ARITHMETIC
    assert {word for word in missing if not word.startswith(WITHOUT_ARITHMETIC_AT_ALL)} == set()


def test_every_word_without_arithmetic_is_a_word():
    assert words(json_schema()) >= WITHOUT_ARITHMETIC


def test_a_word_that_nobody_draws_is_found():
    planted = {"$defs": {"Ratio": {"properties": {"squared": {"type": "boolean"}}}}}
    assert words(planted) == {"Ratio.squared"}
    assert "Ratio.squared" not in drawn()
