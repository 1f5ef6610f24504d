"""Rows go in and numbers come out whole, on either database."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from evaluation.models import Unit
from evaluation.transfer import Same, insert, packed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC)
AWKWARD = ["甲\t乙", "一\n二", "a\\b", "\\N", "\r", "“引号”, '单' \"双\"", ""]


def columns(names: list[str], kind: str = "unsaid") -> dict[str, list[object] | Same]:
    """Values of their own, values that are the same in all rows, and none."""
    return {
        "code": [f"D{number}" for number in range(len(names))], "name": list(names), "kind": Same(kind),
        "created": [NOW] * len(names), "updated": Same(NOW), "parent_id": Same(None),
    }  # fmt: skip


def test_text_comes_back_as_it_was():
    insert(Unit, columns(AWKWARD))
    found = Unit.objects.order_by("code")
    assert [unit.name for unit in found] == AWKWARD
    assert {(unit.created, unit.parent_id) for unit in found} == {(NOW, None)}


def test_more_than_a_buffer_goes_in():
    insert(Unit, columns([f"单位{number}" * 20 for number in range(3000)]))
    assert Unit.objects.count() == 3000
    assert Unit.objects.get(code="D2999").name == "单位2999" * 20


def test_the_constraints_of_the_database_hold():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Unit, columns(["n"], kind="club"))
    assert not Unit.objects.exists()


LONG = "id * -5000000000", "int8"


def test_numbers_come_out_group_by_group():
    insert(Unit, columns(["甲", "乙", "甲"]))
    first, *more = Unit.objects.order_by("pk").values_list("pk", flat=True)
    found = packed("evaluation_unit WHERE id >= %s ORDER BY id" if connection.vendor == "sqlite" else
                   "(SELECT * FROM evaluation_unit WHERE id >= %s ORDER BY id) u", ("name", "kind"),
                   [("id", "int8"), LONG, ("3", "int4"), ("0", "int2")], (first,))  # fmt: skip
    groups = {group.keys: [column.tolist() for column in group.columns] for group in found}
    assert groups == {
        ("甲", "unsaid"): [[first, more[1]], [-5_000_000_000 * first, -5_000_000_000 * more[1]], [3, 3], [0, 0]],
        ("乙", "unsaid"): [[more[0]], [-5_000_000_000 * more[0]], [3], [0]],
    }


def test_nothing_is_no_group():
    assert list(packed("evaluation_unit", ("name",), [("id", "int8")], ())) == []


@pytest.mark.parametrize("parents", [(None, None), (None, 1)])
def test_a_null_among_the_numbers_is_refused(parents: tuple[int | None, ...]):
    insert(Unit, columns(["a", "b"]))
    first, second = Unit.objects.order_by("pk")
    Unit.objects.filter(pk=second.pk).update(parent=first if parents[1] else None)
    with pytest.raises((ValueError, TypeError)):
        list(packed("evaluation_unit", ("kind",), [("parent_id", "int8"), ("id", "int8")], ()))


def test_a_null_among_the_keys_is_refused():
    insert(Unit, columns(["a"]))
    with pytest.raises((ValueError, TypeError)):
        list(packed("evaluation_unit", ("parent_id",), [("id", "int8")], ()))


@pytest.mark.parametrize("codes", [["a", "b"], Same("a")])
def test_columns_of_unlike_lengths_are_refused(codes: list[object] | Same):
    names: list[object] | Same = ["n"] if isinstance(codes, list) else Same("n")
    with pytest.raises(ValueError, match="not the same number"):
        insert(Unit, {**columns(["n"]), "code": codes, "name": names, "created": Same(NOW)})
    assert not Unit.objects.exists()
