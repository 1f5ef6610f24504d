"""Files are kept whole or not at all, under random names, and are found again as they were."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction

from evaluation.actor import Actor
from evaluation.evidence import folder
from evaluation.evidence.folder import kept_files, place_of
from evaluation.models import AuditEntry, Decision, Evidence, Membership, Role, Unit, User
from evaluation.selectors import same_files_elsewhere
from evaluation.services import evidence as service
from evaluation.services.evidence import NotKept, attach, detach, take_out
from evaluation.verdict import YES, Refused, no
from tests.evaluation.evidence.files import JPEG, docx, pdf, png, upload

CLERK = Actor("李华", "test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture
def decision() -> Decision:
    return Decision.objects.create(body="市绩效委", number="〔2025〕1号")


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a4_a_file_is_kept_under_a_random_name(files, decision):
    [kept] = attach(decision=decision, files=[upload(name="../../x.pdf")], actor=CLERK)
    assert (kept.name, kept.kind, kept.size, kept.uploader_name) == ("x.pdf", "pdf", len(pdf()), "李华")
    assert everything_in(files) == [files / kept.stored[:2] / kept.stored]
    assert len(kept.stored) == 32
    assert int(kept.stored, 16)
    assert place_of(kept.stored).read_bytes() == pdf()


def test_files_are_kept_together_and_told_to_the_trail_once(files, decision):
    kept = attach(decision=decision, files=[upload(), upload(docx(), "附件.docx")], actor=CLERK)
    assert list(decision.files.all()) == kept
    entry = AuditEntry.objects.get(action="attach")
    assert (entry.object_key, entry.actor_name) == ("市绩效委 〔2025〕1号", "李华")
    told = json.loads(entry.detail)["files"]
    assert [one["name"] for one in told] == ["纪要.pdf", "附件.docx"]
    assert [one["sha256"] for one in told] == [one.sha256 for one in kept]


def test_f5_all_problems_are_said_at_once_and_nothing_is_kept(files, decision):
    bad = [upload(b"MZ", "程序.pdf"), upload(), upload(b"", "空\u202e.pdf")]
    with pytest.raises(NotKept) as refused:
        attach(decision=decision, files=bad, actor=CLERK)
    assert [one.zh.split("；")[0] for one in refused.value.problems] == [
        "“程序.pdf”：内容是程序",
        "“空.pdf”：文件是空的",
    ]
    assert refused.value.problems[1].en == '"空.pdf": the file is empty'
    assert (everything_in(files), Evidence.objects.count()) == ([], 0)


def test_f5_a_decision_has_twenty_files_at_most(decision):
    def batch(first: int, last: int) -> list[object]:
        return [upload(pdf(b"%d " % n)) for n in range(first, last)]

    attach(decision=decision, files=batch(0, 19), actor=CLERK)
    with pytest.raises(NotKept, match="最多 20 个文件，已有 19 个，又选了 2 个"):
        attach(decision=decision, files=batch(19, 21), actor=CLERK)
    attach(decision=decision, files=batch(19, 20), actor=CLERK)
    assert decision.files.count() == 20


def test_no_file_is_no_upload(decision):
    with pytest.raises(NotKept, match="没有选择文件"):
        attach(decision=decision, files=[], actor=CLERK)


@pytest.mark.parametrize("before", [True, False])
def test_the_same_content_stands_with_a_decision_once(decision, before: bool):
    first, second = upload(name="a.pdf"), upload(name="b.pdf")
    if before:
        attach(decision=decision, files=[first], actor=CLERK)
    with pytest.raises(NotKept, match=r"“b\.pdf”：内容相同的文件已经在这里"):
        attach(decision=decision, files=[second] if before else [first, second], actor=CLERK)


def test_the_same_content_with_another_decision_is_found(decision):
    other, third = (Decision.objects.create(body="市委", number=str(n)) for n in (1, 2))
    for one in (decision, other):
        attach(decision=one, files=[upload(), upload(pdf(b"%d" % one.pk))], actor=CLERK)
    attach(decision=third, files=[upload(png(), "x.png")], actor=CLERK)
    [(digest, found)] = same_files_elsewhere(decision).items()
    assert (digest, found) == (decision.files.first().sha256, [other])
    assert same_files_elsewhere(third) == {}


def full(*asked: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "open", "rename"])
def test_c12_on_a_full_disk_nothing_is_half_written(files, decision, monkeypatch, step: str):
    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(folder.os, "fsync", full)
        else:
            patch.setattr(Path, step, full)
        with pytest.raises(NotKept, match="磁盘现在写不进去：No space left on device"):
            attach(decision=decision, files=[upload()], actor=CLERK)
    assert (everything_in(files), Evidence.objects.count(), decision.files.count()) == ([], 0, 0)
    attach(decision=decision, files=[upload()], actor=CLERK)


def test_c12_a_disk_that_fills_up_at_the_second_file_keeps_not_even_the_first(files, decision, monkeypatch):
    write: Callable[..., object] = service.write
    seen: list[object] = []

    def once(source: object) -> object:
        seen.append(source)
        return write(source) if len(seen) == 1 else full()

    monkeypatch.setattr(service, "write", once)
    with pytest.raises(NotKept):
        attach(decision=decision, files=[upload(), upload(JPEG, "a.jpg")], actor=CLERK)
    assert len(seen) == 2
    assert (everything_in(files), Evidence.objects.count()) == ([], 0)


def test_c12_when_the_database_takes_nothing_no_file_is_left(files, decision, monkeypatch):
    def broken(*asked: object, **more: object) -> None:
        raise OperationalError("disk is full")

    monkeypatch.setattr(service, "record", broken)
    with pytest.raises(OperationalError):
        attach(decision=decision, files=[upload()], actor=CLERK)
    assert (everything_in(files), Evidence.objects.count()) == ([], 0)


def test_what_is_being_written_is_not_among_the_kept_files(files, decision):
    attach(decision=decision, files=[upload()], actor=CLERK)
    (files / ".incoming" / "half").write_bytes(b"%PDF")
    assert list(kept_files()) == [place_of(Evidence.objects.get().stored)]


def test_only_the_office_lays_files_beside_a_decision(decision):
    unit = Unit.objects.create(code="B01", name="市绩效办")
    for role, allowed in ((Role.OFFICE_CLERK, True), (Role.AUDITOR, False), (Role.LIAISON, False)):
        user = User.objects.create(username=role)
        Membership.objects.create(user=user, unit=unit, role=role)
        actor = Actor("某人", "test", user)
        if allowed:
            attach(decision=decision, files=[upload()], actor=actor)
            continue
        with pytest.raises(Refused, match="由绩效办维护"):
            attach(decision=decision, files=[upload(png())], actor=actor)
        with pytest.raises(Refused, match="由绩效办维护"):
            detach(decision=decision, file=decision.files.get(), reason="x", actor=actor, verdict=YES)
    assert decision.files.count() == 1


def test_a_file_that_is_taken_away_stays_and_the_trail_says_why(files, decision):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    asked = {"decision": decision, "file": kept, "actor": CLERK}
    with pytest.raises(Refused, match="要写明理由"):
        detach(**asked, reason=" ", verdict=YES)
    with pytest.raises(Refused, match="已提交"):
        detach(**asked, reason="传错", verdict=no("已提交", "proposed"))
    assert decision.files.count() == 1
    detach(**asked, reason="传错", verdict=YES)
    assert decision.files.count() == 0
    assert place_of(kept.stored).exists()
    assert json.loads(AuditEntry.objects.get(action="detach").detail)["reason"] == "传错"
    with pytest.raises(Refused, match="已不在这项决定上"):
        detach(**asked, reason="再来", verdict=YES)


def test_what_is_handed_out_is_what_was_uploaded_and_is_told(decision):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    with take_out(file=kept, of=decision, actor=CLERK) as stream:
        assert stream.read() == pdf()
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_kind, entry.object_key) == ("download", "evaluation.evidence", "纪要.pdf")
    assert json.loads(entry.detail) == {"of": "市绩效委 〔2025〕1号", "sha256": kept.sha256}


@pytest.mark.parametrize(("damage", "said"), [
    (lambda place: place.unlink(), "不在了"), (lambda place: place.write_bytes(pdf(b"x")), "与上传时不同"),
])  # fmt: skip
def test_a_file_that_is_gone_or_another_is_refused_logged_and_named(
    decision, caplog, capsys, damage: Callable[[Path], object], said: str
):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    call_command("verify_files")
    assert "1 个文件都在" in capsys.readouterr().out
    damage(place_of(kept.stored))
    with pytest.raises(Refused, match=said):
        take_out(file=kept, of=decision, actor=CLERK)
    assert kept.stored in caplog.text
    assert not AuditEntry.objects.filter(action="download").exists()
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_files")
    told = capsys.readouterr().err
    assert all(part in told for part in ("纪要.pdf", kept.stored, said))


def test_a_file_that_the_database_does_not_know_is_named_and_is_no_failure(files, decision, capsys):
    attach(decision=decision, files=[upload()], actor=CLERK)
    (files / "zz").mkdir()
    (files / "zz" / "zz00").write_bytes(b"x")
    call_command("verify_files")
    told = capsys.readouterr().out
    assert "数据库里没有 zz00" in told
    assert "1 个文件都在" in told


def test_a_kept_file_is_neither_changed_nor_deleted(decision):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    kept.name = "别的.pdf"
    with pytest.raises(TypeError):
        kept.save()
    with pytest.raises(TypeError):
        kept.delete()
    for write in (Evidence.objects.all().delete, lambda: Evidence.objects.update(name="x")):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            write()
