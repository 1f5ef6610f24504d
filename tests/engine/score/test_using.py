"""What a result brings: by grade, by band from both ends, by places gained."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.facts import LastResult
from engine.language.uses import Band
from engine.score.using import extent
from tests.engine.making import run

ONE = "indicators:\n  - {code: x, name: x, full_marks: 100, rule: judged}\n"


def used(use: str, x: Sequence[object], units: str = "", rest: str = "", **given: object) -> list[str | None]:
    units = units or " ".join(f"u{number:02}" for number in range(len(x)))
    result = run(f"{ONE}{rest}use: [{{code: it, name: 用, {use}}}]\n", units, {"x": list(x)}, **given)  # type: ignore[arg-type]
    return result.uses["it"]


def test_by_grade_of_every_unit_those_listed_separately_too():
    assert used("by_grade: {优: 20%, 差: 14%}", [95, 85, 10, 92], "u1 u2 u3 u4*") == ["20%", None, "14%", "20%"]
    assert used("by_grade: {优: 20%}, otherwise: 15%", [95, 85]) == ["20%", "15%"]


BOTH = "by_rank: [{first: 30%, rounding: half_up, gives: 多}, {last: 20%, rounding: half_up, gives: 少}], otherwise: 平"


def test_bands_from_both_ends():
    assert "".join(str(one) for one in used(BOTH, range(100, 90, -1))) == "多多多平平平平平少少"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([9, 8, 7, 6, 5], "多多平平少"),  # 1.5 → 2 from above, 1 from below
        ([9, 8], "多平"),  # 0.6 → 1, 0.4 → 0
        ([9], "平"),  # 0.3 → 0
        ([9, 8, 8, 6, 5], "多多多平少"),  # equals at the cut of a band: together
        ([9, 8, 7, 5, 5], "多多平少少"),
        ([7, 7, 7, 7, 7], "多多多多多"),  # the first band that holds a place counts
    ],
)
def test_bands_in_small_categories_and_with_ties(values, expected):
    assert "".join(str(one) for one in used(BOTH, values)) == expected


def test_bands_are_stacked_inwards():
    bands = "by_rank: [{first: 1, gives: 甲}, {first: 2, gives: 乙}, {last: 1, gives: 丁}, {last: 1, gives: 丙}]"
    assert used(bands, [9, 8, 7, 6, 5, 4]) == ["甲", "乙", "乙", None, "丙", "丁"]
    assert used(bands, [9, 8]) == ["甲", "乙"]


@pytest.mark.parametrize("ties", ["competition", "dense"])
def test_a_band_counts_units_not_places(ties):
    # 1, 2, 2, 4 or 1, 2, 2, 3: the first three are three units either way
    assert used("by_rank: [{first: 3, gives: 多}]", [9, 8, 8, 7], rest=f"ranking: {{ties: {ties}}}\n") == [
        "多",
        "多",
        "多",
        None,
    ]


def test_bands_are_per_category_without_units_listed_separately():
    units = "u1 b:u2 u3* b:u4 u5"
    assert used("by_rank: [{first: 1, gives: 多}, {last: 1, gives: 少}]", [9, 1, 10, 2, 8], units) == [
        "多", "少", None, "多", "少",
    ]  # fmt: skip


def test_what_goes_by_rank_does_not_reach_units_listed_separately():
    found = used("by_rank: [{first: 1, gives: 多}], otherwise: 平", [9, 8, 7], "u1 u2* u3")
    assert found == ["多", None, "平"]


@pytest.mark.parametrize(
    ("size", "members", "found"),
    [
        ("3", 9, 3),
        ("25% half_up", 10, 3),
        ("24% half_up", 10, 2),
        ("15% half_up", 10, 2),
        ("10% half_up", 4, 0),
        ("50% half_up", 1, 1),
        ("29% down", 10, 2),
        ("21% up", 10, 3),
        ("20% up", 10, 2),
    ],
)
def test_a_share_of_a_category_is_rounded_as_said(size, members, found):
    first, *rounding = size.split()
    share = first if "%" in first else int(first)
    band = Band.model_validate({"first": share, "gives": "多", **({"rounding": rounding[0]} if rounding else {})})
    assert extent(band, members) == found


RISE = "by_rise: {first: %s, gives: 进步奖}"


def risen(first: object, before: Sequence[int | None], x: Sequence[object] = (50, 40, 30, 20)) -> list[str | None]:
    last = {f"u{number:02}": LastResult(None, place) for number, place in enumerate(before)}
    return used(RISE % first, x, last_results=last)


@pytest.mark.parametrize(
    ("first", "before", "winners"),
    [
        (1, [4, 1, 2, 3], [0]),  # gained 3, −1, −1, −1
        (1, [3, 4, 1, 2], [0, 1]),  # both gained 2: together
        (2, [2, 4, 3, 3], [0, 1]),  # 1, 2, 0, −1
        (1, [1, 2, 3, 4], []),  # no gain, no award
        (1, [None, 3, None, None], [1]),  # no place last year, no gain
        ("25%", [2, 5, 1, 4], [1]),
        (9, [2, 3, 1, 4], [0, 1]),
    ],
)
def test_the_largest_rise_in_places(first, before, winners):
    assert [number for number, gift in enumerate(risen(first, before)) if gift] == winners


def test_r5_no_results_of_last_year_no_award():
    assert used(RISE % 1, [50, 40]) == [None, None]


def test_a_use_for_another_set_is_not_worked_out():
    result = run(f"{ONE}use: [{{code: it, name: 用, for: others, by_grade: {{优: 20%}}}}]\n", "u1", {"x": [95]})
    assert result.uses == {}
