"""R2: exact columns against `fractions.Fraction`, from small numbers to far beyond 63 bits."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.exact import Exact
from engine.integers import Way, divided

SAFE = 2**62
HUGE = 10**30
EDGES = [edge + step for edge in (0, SAFE, -SAFE, 2**63, -(2**63), 2**31) for step in (-1, 0, 1)]

whole = st.one_of(st.integers(-1000, 1000), st.integers(-HUGE, HUGE), st.sampled_from(EDGES))
below = st.one_of(st.integers(1, 12), st.sampled_from([10, 100, 10**4, SAFE - 1, SAFE, 2**63]), st.integers(1, HUGE))
numbers = st.builds(Fraction, whole, below)


def half_up(value: Fraction, places: int) -> Fraction:
    """四舍五入 by its definition: add half a unit to the size, cut, restore the sign."""
    size = floor(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, 10**places)


def cut(value: Fraction, places: int, way: Way) -> Fraction:
    """舍去、进一 by their definitions: the size cut, or one more where anything was left; the sign restored."""
    size = abs(value) * 10**places
    whole = floor(size) if way == "down" else ceil(size)
    return Fraction(whole if value >= 0 else -whole, 10**places)


@st.composite
def columns(draw: st.DrawFn, rows: int) -> tuple[Exact, list[Fraction]]:
    """A column and what it holds: over one denominator, or over one per row."""
    tops = draw(st.lists(whole, min_size=rows, max_size=rows))
    if draw(st.booleans()):
        bottom = draw(below)
        return Exact(tops, [bottom]), [Fraction(top, bottom) for top in tops]
    bottoms = draw(st.lists(below, min_size=rows, max_size=rows))
    return Exact(tops, bottoms if rows else [1]), [Fraction(*pair) for pair in zip(tops, bottoms, strict=True)]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Exact, list[Fraction], Exact, list[Fraction]]:
    rows = draw(st.integers(0, 4))
    return *draw(columns(rows)), *draw(columns(rows))


single = st.integers(0, 4).flatmap(columns)
same = pytest.mark.parametrize("act", [operator.add, operator.sub, operator.mul])
compare = pytest.mark.parametrize("act", [operator.lt, operator.le, operator.gt, operator.ge])


@same
@given(pairs())
def test_r2_columns_add_subtract_multiply_as_fractions_do(act, pair):
    a, known_a, b, known_b = pair
    assert act(a, b).fractions() == [act(*both) for both in zip(known_a, known_b, strict=True)]


@same
@given(single, numbers)
def test_r2_a_column_and_one_number(act, column, number):
    a, known = column
    assert act(a, number).fractions() == [act(value, number) for value in known]


@given(pairs())
def test_r2_division(pair):
    a, known_a, b, known_b = pair
    if 0 in known_b:
        with pytest.raises(ZeroDivisionError):
            a / b
        return
    assert (a / b).fractions() == [x / y for x, y in zip(known_a, known_b, strict=True)]


@given(single, numbers)
def test_r2_division_by_one_number(column, number):
    a, known = column
    if known and number:
        assert (a / number).fractions() == [value / number for value in known]


@compare
@given(pairs())
def test_r2_comparison(act, pair):
    a, known_a, b, known_b = pair
    assert act(a, b).tolist() == [act(*both) for both in zip(known_a, known_b, strict=True)]
    assert a.equals(b).tolist() == [x == y for x, y in zip(known_a, known_b, strict=True)]


@given(pairs(), st.data())
def test_r2_where_chooses_row_by_row(pair, data):
    a, known_a, b, known_b = pair
    mask = data.draw(st.lists(st.booleans(), min_size=len(a), max_size=len(a)))
    chosen = [x if mine else y for mine, x, y in zip(mask, known_a, known_b, strict=True)]
    assert a.where(np.array(mask, dtype=bool), b).fractions() == chosen


@given(pairs())
def test_r2_limits(pair):
    a, known_a, b, known_b = pair
    assert a.at_most(b).fractions() == [min(both) for both in zip(known_a, known_b, strict=True)]
    assert a.at_least(b).fractions() == [max(both) for both in zip(known_a, known_b, strict=True)]


@given(single, numbers)
def test_r2_limits_by_one_number(column, number):
    a, known = column
    assert a.at_most(number).fractions() == [min(value, number) for value in known]
    assert a.at_least(number).fractions() == [max(value, number) for value in known]


@given(single, st.sampled_from([0, 1, 2, 4, 9, 25]))
def test_r2_rounding_is_half_up_away_from_zero(column, places):
    a, known = column
    assert a.round(places).fractions() == [half_up(value, places) for value in known]


@given(single, st.sampled_from([0, 1, 2, 4, 9, 25]), st.sampled_from(["down", "up"]))
def test_r2_another_way_cuts_or_goes_on_to_the_next(column, places, way):
    a, known = column
    assert a.round(places, way).fractions() == [cut(value, places, way) for value in known]


@given(single)
def test_r2_floor_ceiling_sign_and_size(column):
    a, known = column
    assert a.floor().fractions() == [floor(value) for value in known]
    assert a.ceiling().fractions() == [ceil(value) for value in known]
    assert (-a).fractions() == [-value for value in known]
    assert abs(a).fractions() == [abs(value) for value in known]


@given(single, st.data())
def test_r2_sums_by_group(column, data):
    a, known = column
    count = data.draw(st.integers(1, 3))
    groups = data.draw(st.lists(st.integers(0, count - 1), min_size=len(a), max_size=len(a)))
    expected = [sum((v for v, g in zip(known, groups, strict=True) if g == one), Fraction(0)) for one in range(count)]
    assert a.sums(np.array(groups, dtype=np.intp), count).fractions() == expected


@given(single, st.data())
def test_r2_take_and_place_are_opposites(column, data):
    a, known = column
    rows = data.draw(st.lists(st.sampled_from(range(len(a))), unique=True)) if len(a) else []
    taken = a.take(np.array(rows, dtype=np.intp))
    assert taken.fractions() == [known[row] for row in rows]
    back = taken.placed(np.array(rows, dtype=np.intp), len(a)).fractions()
    assert back == [value if row in rows else 0 for row, value in enumerate(known)]


@given(single, st.data())
def test_r2_take_by_mask(column, data):
    a, known = column
    mask = data.draw(st.lists(st.booleans(), min_size=len(a), max_size=len(a)))
    taken = a.take(np.array(mask, dtype=bool)).fractions()
    assert taken == [value for value, mine in zip(known, mask, strict=True) if mine]


@given(single)
def test_r2_order_sorts_as_the_values_do(column):
    a, known = column
    keys = a.order().tolist()
    for x, first in zip(known, keys, strict=True):
        for y, second in zip(known, keys, strict=True):
            assert (x < y) == (first < second)


def test_r2_order_tells_neighbours_apart():
    keys = Exact([1, 33, 333, 1, 2], [3, 100, 1000, 3, 6]).order().tolist()
    assert keys[1] < keys[2] < keys[0] == keys[3] == keys[4]


@given(st.lists(st.one_of(numbers, st.decimals(allow_nan=False, allow_infinity=False, places=4)), max_size=4))
def test_r2_a_column_of_given_numbers(values):
    assert Exact.of(values).fractions() == [Fraction(value) for value in values]


@given(numbers, st.integers(0, 3))
def test_r2_one_value_on_every_row(value, rows):
    assert Exact.same(value, rows).fractions() == [value] * rows


# The edges: int64 must never wrap.


@pytest.mark.parametrize("size", [SAFE - 1, SAFE, SAFE + 1, 2**63 - 1, 2**63, 2**64])
@pytest.mark.parametrize("sign", [1, -1])
def test_r2_nothing_wraps_around_62_bits(size, sign):
    value = sign * size
    column = Exact([value, 1])
    assert (column + column).fractions() == [2 * value, 2]
    assert (column - (-column)).fractions() == [2 * value, 2]
    assert (column * column).fractions() == [value * value, 1]
    assert (column * 3).fractions() == [3 * value, 3]
    assert column.round(4).fractions() == [value, 1]
    assert column.sums(np.array([0, 0]), 1).fractions() == [value + 1]
    assert (column / Exact([1, value])).fractions() == [value, Fraction(1, value)]


@pytest.mark.parametrize("edge", [-(2**63), 2**63 - 1])
def test_r2_the_ends_of_int64_may_come_in_as_int64(edge):
    column = Exact(np.array([edge], dtype=np.int64))
    assert (-column).fractions() == [-edge]
    assert abs(column).fractions() == [abs(edge)]
    assert (column + column).fractions() == [2 * edge]
    assert divided(np.array([edge]), np.array([1])).tolist() == [edge]


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.uint8, np.uint32, np.uint64, np.bool_])
def test_r2_narrow_and_unsigned_arrays_are_widened_first(kind):
    most = 1 if kind is np.bool_ else int(np.iinfo(kind).max)
    column = Exact(np.array([0, most], dtype=kind))
    assert (column * column).fractions() == [0, most * most]
    assert (-column).fractions() == [0, -most]
    assert (column + 1).fractions() == [1, most + 1]


def test_r2_numpy_scalars_in_a_list_do_not_wrap():
    assert (Exact([np.int64(2**62)]) * Exact([np.int64(2**62)])).fractions() == [2**124]


def test_r2_many_rows_below_the_edge_add_up_beyond_it():
    column = Exact([SAFE - 1] * 5)
    assert column.sums(np.zeros(5, dtype=np.intp), 1).fractions() == [5 * (SAFE - 1)]


def test_r2_small_numbers_stay_in_int64_and_large_ones_leave_it():
    assert Exact([SAFE - 1]).num.dtype == np.int64
    assert Exact([SAFE]).num.dtype == object
    assert (Exact([SAFE]) - SAFE).num.dtype == np.int64


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.124", 2, "0.12"),
        ("-0.124", 2, "-0.12"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.4999999999999999999999999999", 0, "0"),
        ("99.995", 2, "100"),
        ("0.005", 2, "0.01"),
        ("-0.004", 2, "0"),
    ],
)
def test_r2_ties_go_away_from_zero(value, places, rounded):
    assert Exact.of([Decimal(value)]).round(places)[0] == Fraction(rounded)


@pytest.mark.parametrize(
    ("value", "places", "down", "up"),
    [
        ("0.129", 2, "0.12", "0.13"),
        ("-0.129", 2, "-0.12", "-0.13"),
        ("0.1200000000000001", 2, "0.12", "0.13"),
        ("0.12", 2, "0.12", "0.12"),
        ("-2.5", 0, "-2", "-3"),
        ("0", 0, "0", "0"),
    ],
)
def test_r2_down_is_towards_zero_and_up_away_from_it(value, places, down, up):
    column = Exact.of([Decimal(value)])
    assert (column.round(places, "down")[0], column.round(places, "up")[0]) == (Fraction(down), Fraction(up))


def test_r2_two_thirds_of_ten_is_6_67():
    assert (Exact.same(10, 1) * 2 / 3).round(2)[0] == Fraction("6.67")


def test_r2_the_rounding_function_divides_once():
    tops, bottoms = np.array([125, -125, 20, -20, 0]), np.array([1000, 1000, 3, 3, 7])
    assert divided(tops * 100, bottoms).tolist() == [13, -13, 667, -667, 0]


def test_r2_empty_columns_go_through_everything():
    empty, nobody = Exact([]), np.zeros(0, dtype=np.intp)
    for column in (empty + empty, empty * 2, empty / 3, empty / empty, empty.round(2), empty.at_least(0), -empty):
        assert column.fractions() == []
    assert empty.placed(nobody, 2).fractions() == [0, 0]
    assert empty.sums(nobody, 2).fractions() == [0, 0]
    assert len(empty.order()) == 0


def test_r2_a_sum_of_many_unlike_fractions_is_exact_and_no_detour():
    """Each of 4,000 denominators is new: the sum has one of tens of thousands of digits, in group 0 and 1 alike."""
    column = Exact([1] * 8000, [value for value in range(1, 4001) for _ in range(2)])
    groups = np.array([0, 1] * 4000, dtype=np.intp)
    harmonic = sum((Fraction(1, value) for value in range(1, 4001)), Fraction(0))
    assert column.sums(groups, 3).fractions() == [harmonic, harmonic, 0]


def test_r2_numbers_of_hundreds_of_digits_go_through_everything():
    long = 3**900
    values = [Fraction(7, long), Fraction(2 * long + 1, long), Fraction(-5 * long, 2 * long + 1)]
    column = Exact([value.numerator for value in values], [value.denominator for value in values])
    assert (column + column).fractions() == [2 * value for value in values]
    assert (column * column / (column + 3)).fractions() == [value * value / (value + 3) for value in values]
    assert column.round(2).fractions() == [half_up(value, 2) for value in values]
    assert column.at_most(1).at_least(0).fractions() == [values[0], 1, 0]
    assert (column > Fraction(2)).tolist() == [False, True, False]
    assert column.sums(np.array([0, 1, 0]), 2).fractions() == [values[0] + values[2], values[1]]


def test_a_column_placed_from_no_rows_at_all_knows_the_ones_that_it_is_over():
    # the bound of a denominator of no rows is 0; taken for that of the ones beside them, products wrapped around to 0
    nothing = np.array([], dtype=np.intp)
    deep = Exact([1, 1], [2**61 - 1, 2**61])
    empty = Exact([1, 1], [3, 5]).take(nothing) * deep.take(nothing)
    placed = empty.placed(nothing, 2)
    for _ in range(3):
        placed = placed + Exact([1, 1], [2**40, 2**40 - 1]) - Exact([1, 1], [2**40, 2**40 + 1])
    apart = Fraction(1, 2**40 - 1) - Fraction(1, 2**40 + 1)
    assert placed.fractions() == [0, 3 * apart]
