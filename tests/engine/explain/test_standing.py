"""The grade explained line by line, and what it brings."""

from __future__ import annotations

import pytest

from tests.engine.making import derived, lines, outcome_of

ONE = "indicators: [{code: x, name: x, full_marks: 100, rule: judged}]\n"
QUOTA = (
    ONE
    + "grades: [{name: 优, from: 90, quota: {share: %s, rounding: half_up, ties: %s, at_least: 1}},"
    + " {name: 良, from: 80}, {name: 差}]\n"
)


def grade(text: str, units: str, marks: list[object], row: int = 0, language: str = "zh") -> str:
    head = {"zh": "等次：", "en": "grade: "}[language]
    outcome = outcome_of(text, units, {"x": marks})  # type: ignore[dict-item]
    [line] = [one for one in lines(derived(outcome, row), "annual", language).splitlines() if one.startswith(head)]
    return line.removeprefix(head)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (95, "95.00 ≥ 90 → “优”"),
        (85, "85.00 < 90，未达到“优”线；≥ 80 → “良”"),
        (10, "10.00 < 90，未达到“优”线；< 80，未达到“良”线；< 60，未达到“中”线；其余 → “差”"),
    ],
)
def test_without_a_quota_only_the_lines_are_named(mark: int, said: str):
    assert grade(ONE, "u1", [mark]) == said
    assert "名额" not in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (0, "99.00 ≥ 90，达到“优”线；“优”名额 50% × 4 = 2 个，本单位在够条件的单位中第 1 名 → “优”"),
        (2, "97.00 ≥ 90，达到“优”线；“优”名额 50% × 4 = 2 个，前 2 名已满；≥ 80 → “良”"),
        (3, "70.00 < 90，未达到“优”线；< 80，未达到“良”线；其余 → “差”"),
    ],
)
def test_a_quota_says_its_seats_and_who_has_them(row: int, said: str):
    assert grade(QUOTA % ("50%", "all_in"), "u1 u2 u3 u4", [99, 98, 97, 70], row) == said


def test_seats_are_rounded_as_said_and_at_least_as_many_as_said():
    assert "50% × 3 = 1.5，四舍五入 2 个" in grade(QUOTA % ("50%", "all_in"), "u1 u2 u3", [99, 98, 70])
    assert "10% × 3 = 0.3，至少 1 个" in grade(QUOTA % ("10%", "all_in"), "u1 u2 u3", [99, 98, 70])


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("all_in", "末位 2 个单位并列，都算 → “优”"),
        ("all_out", "末位 2 个单位并列超出名额，都不算；≥ 80 → “良”"),
    ],
)
def test_a_tie_at_the_cut_is_said(ties: str, said: str):
    assert grade(QUOTA % ("50%", ties), "u1 u2 u3 u4", [99, 98, 98, 70], 1).endswith(said)


def test_a_unit_listed_separately_takes_no_seat():
    assert "单列单位不占名额 → “优”" in grade(QUOTA % ("50%", "all_in"), "u1* u2", [99, 98])
    only = ONE + "grades: [{name: 优, quota: {share: 50%, rounding: up, ties: all_in}}, {name: 差}]\n"
    assert grade(only, "u1* u2", [99, 98]) == "“优”按名额评定，单列单位不参加；其余 → “差”"
    assert (
        grade(only, "u1* u2", [99, 98], 1)
        == "“优”名额 50% × 1 = 0.5，只入不舍 1 个，本单位在够条件的单位中第 1 名 → “优”"
    )


def test_in_english_it_says_the_same():
    said = grade(QUOTA % ("50%", "all_in"), "u1 u2 u3 u4", [99, 98, 97, 70], 2, "en")
    assert said == '97.00 ≥ 90, enough for "优"; "优" has 50% × 4 = 2 seats, the first 2 have them; ≥ 80 → "良"'


def test_a_shared_place_is_said():
    outcome = outcome_of(ONE, "u1 u2 u3", {"x": [90, 80, 80]})
    assert "甲类，3 个单位中第 2 名（2 个单位并列）" in lines(derived(outcome, 1), "annual")


def test_what_the_result_brings_ends_the_lines_of_the_total():
    text = (
        ONE
        + "use: [{code: staff, name: 优秀比例, by_grade: {优: 20%, 良: 18%}},"
        + " {code: talk, name: 约谈, by_grade: {差: 约谈}}]\n"
    )
    outcome = outcome_of(text, "u1 u2", {"x": [85, 10]})
    assert lines(derived(outcome), "annual").splitlines()[-1] == "优秀比例：18%（等次“良”）"
    assert lines(derived(outcome, 1), "annual").splitlines()[-1] == "约谈：约谈（等次“差”）"
