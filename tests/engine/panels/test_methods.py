"""Methods of voting: what an answer is worth."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.panels.panel import MethodChoice
from tests.engine.making import yaml


def method(text: str):
    return MethodChoice.model_validate(yaml(text)).chosen


TIERS = "tiers: {第一等次: 100, 第二等次: 90, 第三等次: 82.5}"
RANKING = "ranking: {points: [100, 98, 96], unequal_lists: same_points}"
SPREAD = "ranking: {points: [100, 90, 60], unequal_lists: spread}"
ASKED = (
    "questionnaire: {items: [{code: a, name: 态度, weight: 60}, {code: b, name: 效率, weight: 40}],"
    " scale: {满意: 100, 一般/可: 60}}"
)
SCORE = "score: {from: 0, to: 10, step: 0.1}"


@pytest.mark.parametrize(
    ("text", "answer", "worth"),
    [
        (TIERS, "第一等次", "100"),
        (TIERS, "第三等次", "82.5"),
        (TIERS, "第四等次", None),
        (TIERS, "", None),
        (RANKING, "1", "100"),
        (RANKING, "3", "96"),
        (RANKING, "4", None),
        (RANKING, "0", None),
        (RANKING, "-1", None),
        (RANKING, "２", None),
        (RANKING, "²", None),
        (RANKING, "1.5", None),
        (SCORE, "0", "0"),
        (SCORE, "9.9", "9.9"),
        (SCORE, "10", "10"),
        (SCORE, "10.1", None),
        (SCORE, "-0.1", None),
        (SCORE, "9.95", None),
        (SCORE, "NaN", None),
        (SCORE, "sNaN", None),
        (SCORE, "-Infinity", None),
        (SCORE, "1e400", None),
        (SCORE, "1e-400", None),
        (SCORE, "好", None),
        (SPREAD, "1/3", "100"),
        (SPREAD, "2/3", "90"),
        (SPREAD, "3/3", "60"),
        (SPREAD, "1/1", "100"),  # alone: the first
        (SPREAD, "1/2", "100"),
        (SPREAD, "2/2", "60"),  # position 1 + 1 × 2 ÷ 1 = 3
        (SPREAD, "2/5", "95"),  # position 1 + 1 × 2 ÷ 4 = 1.5: half way from 100 to 90
        (SPREAD, "4/5", "75"),  # position 2.5: half way from 90 to 60
        (SPREAD, "3/4", "80"),  # position 1 + 2 × 2 ÷ 3 = 2 1/3: 90 − 30 ÷ 3
        (SPREAD, "4/3", None),
        (SPREAD, "0/3", None),
        (SPREAD, "01/3", None),
        (SPREAD, "1", None),
        (SPREAD, "１/3", None),
        (RANKING, "1/3", None),
        (ASKED, "a/满意", "100"),
        (ASKED, "b/一般/可", "60"),
        (ASKED, "c/满意", None),
        (ASKED, "a/一般", None),
        (ASKED, "满意", None),
        (ASKED, "a", None),
    ],
)
def test_r5_what_an_answer_is_worth(text, answer, worth):
    assert method(text).worth(answer) == (None if worth is None else Fraction(worth))


@pytest.mark.parametrize("text", [TIERS, RANKING, SPREAD, SCORE, ASKED])
def test_every_answer_has_a_worth_and_the_best_is_the_most(text):
    chosen = method(text)
    worths = [chosen.worth(answer) for answer in chosen.answers()]
    assert None not in worths
    assert chosen.most() == max(worths)


def test_the_answers_of_a_score_are_its_steps():
    answers = method("score: {from: 60, to: 90, step: 7}").answers()
    assert answers == ("60", "67", "74", "81", "88")
    assert len(method(SCORE).answers()) == 101
