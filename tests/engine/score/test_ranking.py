"""Places inside each category."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.text import Problems
from tests.engine.making import NA, judged, run

TEXT = judged(("x", 60), ("y", 40))


def placed(x: Sequence[object], y: Sequence[object] | None = None, ranking: str = "", units: str = "") -> list[int]:
    units = units or " ".join(f"u{number:02}" for number in range(len(x)))
    text = TEXT + (f"ranking: {ranking}\n" if ranking else "")
    return run(text, units, {"x": list(x), "y": list(y or [0] * len(x))}).place.tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [("", [1, 2, 2, 4, 4, 6]), ("{ties: competition}", [1, 2, 2, 4, 4, 6]), ("{ties: dense}", [1, 2, 2, 3, 3, 4])],
)
def test_equal_totals(ranking, expected):
    assert placed([50, 40, 40, 30, 30, 20], ranking=ranking) == expected


def test_ties_may_be_an_error_that_names_place_units_and_total():
    with pytest.raises(Problems) as stop:
        placed([50, 40, 40, 30, 30], ranking="{ties: error}")
    said = sorted(problem.what.zh for problem in stop.value.found)
    assert said[0].startswith("第 2 名并列：u01、u02，同为 40 分")
    assert said[1].startswith("第 4 名并列：u03、u04，同为 30 分")
    assert placed([50, 40, 30], ranking="{ties: error}") == [1, 2, 3]


def test_tie_breakers_in_their_order():
    # equal totals 50: first by y, then by x
    ranking = "{break_ties_by: [y, x]}"
    assert placed([30, 40, 20, 60], [20, 10, 30, 0], ranking) == [3, 4, 2, 1]
    assert placed([30, 30, 20], [20, 20, 30], ranking) == [2, 2, 1]  # equal in everything: still a tie
    assert placed([30, 30, 20], [20, 20, 30], "{break_ties_by: [y], ties: dense}") == [2, 2, 1]


def test_a_tie_breaker_never_beats_the_total():
    assert placed([41, 0], [0, 40], "{break_ties_by: [y]}") == [1, 2]


def test_r7_a_tie_breaker_that_does_not_apply_counts_as_nothing():
    text = "not_applicable: renormalise\n" + TEXT + "ranking: {break_ties_by: [y]}\n"
    result = run(text, "u1 u2", {"x": [30, 30], "y": [20, 6]})
    assert result.place.tolist() == [1, 2]
    assert run(text, "u1 u2", {"x": [30, 30], "y": [NA, 20]}).place.tolist() == [2, 1]


UNROUNDED = """
rounding: {leaf: none, node: none, panel: 2, total: 1}
indicators:
  - {code: x, name: x, full_marks: 100, rule: judged}
ranking: {on: %s}
"""


@pytest.mark.parametrize(("on", "expected"), [("rounded", [1, 1, 3]), ("unrounded", [2, 1, 3])])
def test_places_on_the_rounded_or_the_unrounded_total(on, expected):
    # 80.04 and 79.95 both round to 80.0
    assert run(UNROUNDED % on, "u1 u2 u3", {"x": ["79.95", "80.04", "79.94"]}).place.tolist() == expected


def test_categories_are_ranked_apart_and_units_listed_separately_not_at_all():
    units = "u1 b:u2 u3* b:u4 u5"
    assert placed([10, 20, 60, 30, 40], units=units) == [2, 2, 0, 1, 1]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=12), st.data())
def test_r1_competition_places_count_those_above_whatever_the_order(values, data):
    expected = [1 + sum(other > value for other in values) for value in values]
    assert placed(values) == expected
    order = data.draw(st.permutations(range(len(values))))
    assert placed([values[row] for row in order]) == [expected[row] for row in order]
