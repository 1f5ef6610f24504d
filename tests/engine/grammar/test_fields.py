"""Numbers, shares, marks and places as a scheme file writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from engine.grammar.fields import (
    Figure,
    FigureField,
    Gift,
    Marks,
    MarksByCategory,
    MarksField,
    Name,
    Part,
    Plain,
    Share,
    damaged,
    shown,
)
from engine.grammar.places import UNROUNDED, PlacesField, half_up
from engine.grammar.source import read_source


def read(kind, value):
    return TypeAdapter(kind).validate_python(value, strict=True)


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        (Plain, 12, "12"),
        (Plain, Decimal("0.10"), "0.10"),
        (Plain, -3, "-3"),
        (Share, "0%", "0.00"),
        (Share, "100%", "1.00"),
        (Share, "12.5%", "0.125"),
    ],
)
def test_numbers_are_exact_decimals(kind, written, number):
    found = read(kind, written)
    assert found == Decimal(number)
    assert isinstance(found, Decimal)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Plain, "30%"),
        (Plain, "12"),
        (Plain, True),
        (Plain, None),
        (Plain, 0.5),
        (Plain, Decimal("NaN")),
        (Plain, Decimal("Infinity")),
        (Plain, Decimal("1E+400")),
        (Plain, 10**13),
        (Plain, Decimal("0.00000000001")),
        (FigureField, "３０%"),
        (FigureField, "30％"),
        (FigureField, "30 %"),
        (FigureField, "3.%"),
        (FigureField, "1" * 5000 + "%"),
        (Share, 0),
        (Share, "100.01%"),
        (Share, "-1%"),
        (PlacesField, 10),
        (PlacesField, -1),
        (PlacesField, True),
        (PlacesField, "two"),
        (Gift, []),
        (Gift, True),
        (Gift, " "),
        (Gift, None),
        (Name, ""),
        (Name, "  "),
        (Name, 7),
    ],
)
def test_r5_everything_else_is_refused(kind, written):
    with pytest.raises(ValidationError):
        read(kind, written)


@pytest.mark.parametrize(
    ("written", "number", "in_percent"),
    [("30%", "0.30", True), ("-2.5%", "-0.025", True), ("33.33333333%", "0.3333333333", True), (2, "2", False)],
)
def test_a_figure_knows_whether_it_was_a_percentage(written, number, in_percent):
    assert read(FigureField, written) == Figure(Decimal(number), in_percent)


def test_marks_are_points_or_a_share_of_full_marks():
    assert read(MarksField, 5) == Marks(Decimal(5))
    assert read(MarksField, 5).of(Decimal(40)) == 5
    assert read(MarksField, "12.5%").of(Decimal(40)) == 5
    assert read(MarksField, "33%").of(Fraction(1, 3)) == Fraction(11, 100)


def test_places():
    assert read(PlacesField, 0) == half_up(0)
    assert read(PlacesField, 9) == half_up(9)
    assert read(PlacesField, "none") == UNROUNDED
    down = read(PlacesField, {"places": 2, "way": "down"})
    assert (down.digits, down.way) == (2, "down")


def test_a_value_written_once_counts_for_every_category():
    assert read(MarksByCategory, 5) == {"*": 5}
    assert read(MarksByCategory, {"county": 5, "office": 0}) == {"county": 5, "office": 0}


def test_a_gift_keeps_its_spelling():
    assert [read(Gift, value) for value in ("20%", 3, Decimal("1.10"), "通报")] == ["20%", "3", "1.10", "通报"]


def test_what_is_shown_of_a_value_is_short():
    assert [shown(value).zh for value in (None, {}, [], True, 12)] == ["空", "分项", "列表", "true", "12"]
    assert [shown(value).en for value in (None, {}, [], True, 12)] == ["nothing", "a block", "a list", "true", "12"]
    assert len(shown("长" * 500).zh) < 50


class Inner(Part):
    size: Plain = Decimal(0)


class Outer(Part):
    inner: Inner
    by_name: dict[str, Inner] = {}
    note: str = ""


def outer(text: str) -> Outer:
    return Outer.model_validate(read_source(text, "s.yaml")[0])


def test_a_part_knows_the_lines_of_its_keys_and_of_what_is_below():
    part = outer("inner:\n  size: 1\nby_name:\n  a: {size: 2}\n  b: {size: 3}\n")
    assert part.line("inner") == 1
    assert part.inner.line("size") == 2
    assert part.line("by_name", "b") == 5
    assert part.line("note") == part.line() == 1
    assert Outer(inner=Inner()).line("inner") == 0


def test_what_a_mistake_took_away_is_remembered():
    part = outer("inner: {size: 1}\nnote: !tag x\n")
    assert part.lost("note")
    assert not part.lost("inner")
    assert damaged(part)
    assert not damaged(part.inner)
    assert not damaged(outer("inner: {size: 1}\n"))


def test_an_overlay_states_its_own_lines():
    below, above = outer("note: a\ninner: {size: 1}\n"), outer("\n\n\ninner: {size: 2}\n")
    both = below.overlaid(above)
    assert (both.note, both.inner.size) == ("a", 2)
    assert (both.line("note"), both.line("inner")) == (1, 4)
