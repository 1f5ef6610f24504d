"""Rows go in and numbers come out whole, on either database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from evaluation.models import Unit
from evaluation.transfer import insert, numbers

pytestmark = pytest.mark.django_db
COLUMNS = ("code", "name", "kind", "created", "updated", "parent_id")
NOW = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC)
AWKWARD = ["甲\t乙", "一\n二", "a\\b", "\\N", "\r", "“引号”, '单' \"双\"", ""]


def rows(names: list[str]) -> list[tuple[object, ...]]:
    return [(f"D{number}", name, "unsaid", NOW, NOW, None) for number, name in enumerate(names)]


def test_text_comes_back_as_it_was():
    insert(Unit, COLUMNS, rows(AWKWARD))
    found = Unit.objects.order_by("code")
    assert [unit.name for unit in found] == AWKWARD
    assert {(unit.created, unit.parent_id) for unit in found} == {(NOW, None)}


def test_more_than_a_buffer_goes_in():
    insert(Unit, COLUMNS, rows([f"单位{number}" * 20 for number in range(3000)]))
    assert Unit.objects.count() == 3000
    assert Unit.objects.get(code="D2999").name == "单位2999" * 20


def test_the_constraints_of_the_database_hold():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Unit, COLUMNS, [("D1", "n", "club", NOW, NOW, None)])
    assert not Unit.objects.exists()


def test_numbers_come_out_in_arrays():
    insert(Unit, COLUMNS, rows(["a", "b", "c"]))
    select = (
        "SELECT CAST(id AS bigint), CAST(id * -5000000000 AS bigint), CAST(3 AS integer), CAST(0 AS smallint)"
        " FROM evaluation_unit WHERE id >= %s ORDER BY id"
    )
    first = Unit.objects.order_by("pk").values_list("pk", flat=True)[0]
    ids, long, three, nothing = numbers(select, (first + 1,), ("int8", "int8", "int4", "int2"))
    assert ids.tolist() == [first + 1, first + 2]
    assert long.tolist() == [-5_000_000_000 * (first + 1), -5_000_000_000 * (first + 2)]
    assert (three.tolist(), nothing.tolist()) == ([3, 3], [0, 0])


def test_nothing_is_arrays_of_nothing():
    found = numbers("SELECT CAST(id AS bigint) FROM evaluation_unit", (), ("int8",))
    assert [column.tolist() for column in found] == [[]]


def test_a_null_among_the_numbers_is_refused():
    insert(Unit, COLUMNS, rows(["a"]))
    with pytest.raises((ValueError, TypeError)):
        numbers("SELECT parent_id FROM evaluation_unit", (), ("int8",))
