"""What moves a grade, by the name that people have for it; and what changes nothing."""

from __future__ import annotations

import pytest

from engine.facts import Move
from tests.engine.making import derived, lines, outcome_of

ONE = "indicators: [{code: x, name: x, full_marks: 100, rule: judged}]\n"


def told(blocks: str, x: int, *grounds: str, language: str = "zh") -> list[str]:
    moves = tuple(Move("u1", ground, "委员会", "1号") for ground in grounds)
    outcome = outcome_of(ONE + blocks, "u1", {"x": [x]}, moves=moves)
    said = lines(derived(outcome), "annual", language).splitlines()
    head = next(number for number, line in enumerate(said) if line.startswith(("等次：", "grade: ")))
    return said[head + 1 :]


VETO = "veto: {effect: %s, by: decision, grounds: [事故, 泄密]}\n"
LIFT = "promotion: {effect: %s, by: decision, grounds: [突出]}\n"


@pytest.mark.parametrize(
    ("effect", "x", "what", "after"),
    [
        ("down_one", 95, "降等（降低一个等次）", "等次由“优”调整为“良”"),
        ("bar_from_top", 95, "一票否优（不得评为“优”）", "等次由“优”调整为“良”"),
        ("bar_from_top", 85, "一票否优（不得评为“优”）", "未改变等次，仍为“良”"),
        ("lowest", 95, "一票否决（定为最低等次“差”）", "等次由“优”调整为“差”"),
        ("lowest", 5, "一票否决（定为最低等次“差”）", "未改变等次，仍为“差”"),
        ("not_graded", 95, "一票否决（不定等次）", "等次由“优”调整为不定等次"),
        ("{to: 差}", 95, "一票否决（定为最低等次“差”）", "等次由“优”调整为“差”"),
        ("{to: 中}", 95, "降等（降为“中”，更低的不变）", "等次由“优”调整为“中”"),
    ],
)
def test_a_veto_is_called_by_its_effect(effect: str, x: int, what: str, after: str):
    assert told(VETO % effect, x, "事故") == [f"{what}：事故；委员会决定，文号 1号", after]


@pytest.mark.parametrize(
    ("effect", "x", "what", "after"),
    [
        ("up_one", 85, "提档进位（提高一个等次）", "等次由“良”调整为“优”"),
        ("top", 65, "一票肯定（定为最高等次“优”）", "等次由“中”调整为“优”"),
        ("top", 95, "一票肯定（定为最高等次“优”）", "未改变等次，仍为“优”"),
        ("{to: 良}", 65, "提档进位（升为“良”，更高的不变）", "等次由“中”调整为“良”"),
    ],
)
def test_so_is_a_promotion(effect: str, x: int, what: str, after: str):
    assert told(LIFT % effect, x, "突出") == [f"{what}：突出；委员会决定，文号 1号", after]


def test_several_grounds_lower_once():
    assert told(VETO % "down_one", 95, "事故", "泄密") == [
        "降等（降低一个等次）：事故；委员会决定，文号 1号",
        "降等（降低一个等次）：泄密；委员会决定，文号 1号",
        "有几个否决事由，不累加，只按最重的降一次",
        "等次由“优”调整为“良”",
    ]


def test_a_veto_that_cancels_a_promotion():
    # 良 lowered to 中; the promotion does not count
    assert told(VETO % "down_one" + LIFT % "top", 85, "事故", "突出") == [
        "降等（降低一个等次）：事故；委员会决定，文号 1号",
        "一票肯定（定为最高等次“优”）：突出；委员会决定，文号 1号",
        "有否决在先，提档不生效",
        "等次由“良”调整为“中”",
    ]


def test_what_takes_effect_by_itself_and_what_waits():
    automatic = VETO.replace("decision", "automatic") % "lowest"
    outcome = outcome_of(ONE + automatic, "u1", {"x": [95]}, moves=(Move("u1", "事故"),))
    assert "一票否决（定为最低等次“差”）：事故；自动生效" in lines(derived(outcome), "annual")
    outcome = outcome_of(ONE + VETO % "lowest", "u1", {"x": [95]}, moves=(Move("u1", "事故"),))
    said = lines(derived(outcome), "annual").splitlines()
    assert said[-1] == "一票否决（定为最低等次“差”）：事故；尚未决定，不影响等次"


def test_a_node_that_falls_short_is_a_veto_without_a_ground():
    text = "veto: {effect: down_one, by: automatic, when: {node: x, below: 95}}\n"
    assert told(text, 92) == ["降等（降低一个等次）：“x”92 分 < 95，自动生效", "等次由“优”调整为“良”"]


def test_in_english():
    assert told(VETO % "lowest", 95, "事故", language="en") == [
        'veto (the lowest grade, "差"): 事故; decided by 委员会, document 1号',
        'the grade moves from "优" to "差"',
    ]
