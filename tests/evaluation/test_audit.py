"""The trail can be added to and read; whatever else is done to it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from evaluation.actor import Actor
from evaluation.append_only import protect, release
from evaluation.models import GENESIS, AuditEntry, AuditHead, Unit
from evaluation.services.audit import problems_of_the_trail, record

OFFICE = Actor("李华", "127.0.0.1")
TABLE = AuditEntry._meta.db_table


@pytest.fixture
def heads(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "audit"
    return settings.AUDIT_HEADS


@pytest.fixture
def trail(db, heads, django_capture_on_commit_callbacks):
    """Five entries, their head written outside, and a database that lets itself be tampered with."""
    unit = Unit.objects.create(code="D01", name="市审计局")
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            record("touch", unit, actor=OFFICE, key=unit.code, number=number)
    release(connection, TABLE)
    return AuditEntry.objects.all()


def told() -> list[str]:
    return [problem.zh for problem in problems_of_the_trail()]


def test_entries_are_numbered_without_a_gap_and_linked(trail):
    entries = list(trail)
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [GENESIS, *(entry.hash for entry in entries[:-1])]
    assert (entries[0].actor_name, entries[0].origin, entries[0].object_kind) == (
        "李华",
        "127.0.0.1",
        "evaluation.unit",
    )
    assert entries[0].detail == '{"number":0}'
    assert told() == []


def test_an_entry_belongs_into_the_transaction_of_what_it_tells(db):
    unit = Unit.objects.create(code="D01", name="市审计局")
    with transaction.atomic():
        record("touch", unit, actor=OFFICE)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("column", ["actor_name", "action", "object_kind", "object_key", "origin", "detail"])
def test_d3_an_edited_entry_is_named(trail, column: str):
    trail.filter(number=3).update(**{column: "x"})
    assert told() == ["第 3 号记录被改过：内容与哈希不符"]


def test_d3_a_moved_time_is_named(trail):
    trail.filter(number=2).update(at=F("at") - timedelta(days=1))
    assert told() == ["第 2 号记录被改过：内容与哈希不符"]


def test_d3_a_deleted_entry_is_named(trail):
    trail.filter(number=3).delete()
    assert told() == ["第 3 号记录缺失（其后是第 4 号）"]


def test_d3_an_entry_that_was_put_in_is_named(trail):
    first = trail.get(number=5)
    first.pk, first.hash = 6, "f" * 64
    AuditEntry.objects.bulk_create([first])
    assert "第 6 号记录与前一条接不上" in told()


def test_d3_entries_that_changed_places_are_named(trail):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        trail.filter(number=old).update(number=new)
    assert "第 2 号记录与前一条接不上" in told()
    assert "第 3 号记录被改过：内容与哈希不符" in told()


def test_d3_a_cut_tail_is_named_even_if_the_head_was_cut_with_it(trail):
    trail.filter(number__gt=3).delete()
    assert "链尾被截：应到第 5 号，只到第 3 号" in told()
    AuditHead.objects.update(number=3, hash=trail.get(number=3).hash)
    [outside] = told()
    assert "的第 5 号哈希与库内不符或库内没有" in outside


def test_d3_a_chain_written_anew_is_named_by_what_stands_outside(trail, heads):
    [file] = heads.glob("*.txt")
    file.write_text(f"5 {'0' * 64}\n")
    [outside] = told()
    assert f"库外留存（{file.name}）的第 5 号" in outside


def test_d2_an_entry_can_be_neither_changed_nor_deleted(db, heads):
    unit = Unit.objects.create(code="D01", name="市审计局")
    entry = record("touch", unit, actor=OFFICE)
    protect(connection, TABLE)
    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(action="nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.get().action == "touch"


def test_the_command_tells_a_whole_trail_from_a_touched_one(trail, capsys):
    call_command("verify_audit")
    assert "操作日志完整：5 条" in capsys.readouterr().out
    trail.filter(number=3).update(action="x")
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_audit")
    assert capsys.readouterr().err == "第 3 号记录被改过：内容与哈希不符\n"
