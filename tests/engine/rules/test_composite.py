"""Rules made of rules, worked by hand."""

from __future__ import annotations

from fractions import Fraction

from tests.engine.making import apply, points, raw

GDP = """
composite:
  parts:
    - {name: 增量, share: 40%, rule: {efficacy: {of: increment, base: 60%, all_equal: 100%}}}
    - {name: 增速, share: 60%, rule: {efficacy: {of: growth, base: 60%, all_equal: 100%}}}
"""


def test_increment_and_growth_each_with_its_share():
    # increments 10, 20, 5, worth 4: 2.4 + (x − 5) ÷ 15 × 1.6
    # growth 10 %, 5 %, 25 %, worth 6: 3.6 + (x − 5 %) ÷ 20 % × 2.4
    given = {"actual": [110, 420, 25], "last_year": [100, 400, 20]}
    expected = [
        Fraction("2.4") + Fraction(5, 15) * Fraction("1.6") + Fraction("3.6") + Fraction(5, 20) * Fraction("2.4"),
        4 + Fraction("3.6"),
        Fraction("2.4") + 6,
    ]
    assert raw(GDP, **given) == expected
    assert points(GDP, **given) == ["7.13", "7.6", "8.4"]


def test_nothing_is_rounded_inside():
    halves = (
        "[{name: 一, share: 50%, rule: {ratio: {to: target}}}, {name: 二, share: 50%, rule: {ratio: {to: target}}}]"
    )
    assert points(f"composite: {{parts: {halves}}}", full=1, actual=[1], target=[3]) == ["0.33"]
    assert raw(f"composite: {{parts: {halves}}}", full=1, actual=[1], target=[3]) == [Fraction(1, 3)]


def test_r6_each_part_stays_between_0_and_its_share():
    parts = "[{name: 一, share: 40%, rule: {ratio: {to: target}}}, {name: 二, share: 60%, rule: {ratio: {to: 100}}}]"
    # 40 ÷ 10 × 4 = 16 → 4; 40 ÷ 100 × 6 = 2.4
    assert raw(f"composite: {{parts: {parts}}}", actual=[40], target=[10]) == [Fraction("6.4")]
    assert raw(f"composite: {{parts: {parts}}}", actual=[-40], target=[10]) == [0]


def test_r5_a_refusal_of_a_part_reaches_the_leaf():
    assert apply(GDP, actual=[1, 2], last_year=[1, 0]).refused == [1]


def test_a_composite_says_every_part_and_the_sum():
    said = apply(GDP, actual=[110, 420, 25], last_year=[100, 400, 20]).said(1).splitlines()
    assert said[0] == "【增量，占 40%】增量 420 − 400 = 20，同类 3 个单位中最好 20、最差 5"
    assert said[1] == "【增量，占 40%】最差得满分 4 分的 60%，即 2.4 分；比最差好的部分按比例得其余的 1.6 分"
    assert said[2] == "【增量，占 40%】2.4 + (20 − 5) ÷ (20 − 5) × 1.6 = 4"
    assert said[3] == "【增量，占 40%】得 4 分"
    assert said[-1] == "4 + 3.6 = 7.6"


def test_a_composite_in_a_composite():
    inner = "{composite: {parts: [{name: 甲, share: 50%, rule: judged_}, {name: 乙, share: 50%, rule: judged_}]}}"
    text = f"composite: {{parts: [{{name: 一, share: 20%, rule: {inner}}}, {{name: 二, share: 80%, rule: judged_}}]}}"
    text = text.replace("judged_", "{ratio: {to: target}}")
    assert points(text, actual=[1], target=[2]) == ["5"]
    assert "【一，占 20%】【甲，占 50%】1 ÷ 2 × 1 = 0.5（50%）" in apply(text, actual=[1], target=[2]).said()


def test_r6_a_part_may_use_its_share_of_the_leafs_cap():
    # cap 12 of 10: the first part may reach 7.2, the second 4.8; 150 ÷ 100 × 6 = 9 → 7.2, 100 ÷ 100 × 4 = 4
    text = (
        "composite: {parts: [{name: 甲, share: 60%, rule: {ratio: {to: 100}}}, "
        "{name: 乙, share: 40%, rule: {ratio: {of: {fact: b}, to: 100}}}]}"
    )
    assert raw(text, cap=12, actual=[150], b=[100]) == [Fraction("11.2")]
    assert raw(text, actual=[150], b=[100]) == [10]


def test_r6_a_part_may_use_its_share_of_the_leafs_floor():
    # floor −5 of 10: the first part may fall to −3; growth −80 % ÷ 100 % × 6 = −4.8 → −3; the second earns 4
    text = (
        "composite: {parts: [{name: 甲, share: 60%, rule: {ratio: {of: growth, to: 100%}}}, "
        "{name: 乙, share: 40%, rule: {ratio: {of: {fact: b}, to: 100}}}]}"
    )
    given = {"actual": [20], "last_year": [100], "b": [100]}
    assert raw(text, floor=-5, **given) == [1]
    assert raw(text, **given) == [4]
