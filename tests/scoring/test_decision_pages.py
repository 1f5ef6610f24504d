"""Decisions and their documents, as people see them: the list, one with its files, the files handed out."""

from __future__ import annotations

import json
from email.message import Message
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from evaluation.actor import Actor
from evaluation.evidence.folder import kept_files, place_of
from evaluation.models import AuditEntry, Cycle, Decision, Evidence, Membership, Role, Unit, User
from evaluation.services.evidence import attach
from evaluation.uploads import LARGEST
from scoring.models import GradeMove
from tests.evaluation.evidence.files import docx, pdf, png, upload, xlsx
from tests.little import little_cycle, unit_called

CLERK = Actor("李华", "test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def decision() -> Decision:
    return Decision.objects.create(
        body="市绩效委", number="〔2025〕1号", day="2025-12-30", decides="市审计局降一等次。\n其余不变。"
    )


def signed_in(role: str) -> Client:
    user = User.objects.create(username=role, name=f"某{role}")
    office, _ = Unit.objects.get_or_create(code="B01", defaults={"name": "市绩效办"})
    Membership.objects.create(user=user, unit=office, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office() -> Client:
    return signed_in(Role.OFFICE_CLERK)


def sent(client: Client, decision: Decision, *files: SimpleUploadedFile) -> object:
    return client.post(reverse("decision", args=[decision.pk]), {"files": list(files)})


def page(client: Client, decision: Decision) -> str:
    return client.get(reverse("decision", args=[decision.pk])).content.decode().split("<main")[1]


def test_the_list_says_who_decided_what_and_when_the_latest_first(office, decision):
    Decision.objects.create(body="市委", number="3", day="2026-01-05")
    Decision.objects.create(body="甲", number="没有日期")
    attach(decision=decision, files=[upload()], actor=CLERK)
    shown = office.get(reverse("decisions")).content.decode()
    assert all(said in shown for said in ("市绩效委", "〔2025〕1号", "2025-12-30", "市审计局降一等次", "纪要.pdf"))
    assert shown.index("2026-01-05") < shown.index("2025-12-30") < shown.index("没有日期")


def test_the_office_lays_several_files_beside_a_decision_at_once(office, decision):
    got = sent(office, decision, SimpleUploadedFile("纪要.pdf", pdf()), SimpleUploadedFile("附表.xlsx", xlsx()))
    assert got.status_code == 302
    shown = page(office, decision)
    assert all(
        said in shown for said in ("纪要.pdf", "附表.xlsx", "某office_clerk", "市审计局降一等次。<br>其余不变。")
    )
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor_name) == ("attach", "某office_clerk")


def test_f5_every_problem_is_shown_in_the_language_of_the_reader_and_nothing_is_kept(office, decision):
    office.post("/language/", {"language": "en"})
    got = sent(
        office, decision, SimpleUploadedFile("程序.pdf", b"MZ"), upload(), SimpleUploadedFile("x.png", b"<svg/>")
    )
    shown = got.content.decode()
    assert "&quot;程序.pdf&quot;: it is a program" in shown
    assert "&quot;x.png&quot;: it is a web page, SVG or XML" in shown
    assert (Evidence.objects.count(), list(kept_files())) == (0, [])
    assert AuditEntry.objects.latest("number").action == "refuse"


@pytest.mark.parametrize(("announced", "status"), [(LARGEST + 1, 400), (None, 302)])
def test_f5_a_request_that_is_too_large_is_refused_before_it_is_read(
    office, decision, settings, announced: int | None, status: int
):
    """`DEBUG` would show the error itself."""
    settings.DEBUG = False
    more = {} if announced is None else {"CONTENT_LENGTH": str(announced)}
    got = office.post(reverse("decision", args=[decision.pk]), {"files": [upload()]}, **more)
    assert got.status_code == status
    if status == 400:
        assert "最多 20 个文件，每个不超过 20 MB" in got.content.decode()
        assert not Evidence.objects.exists()


HOSTILE = [
    ("../../../x.pdf", "x.pdf"), ("/etc/x.pdf", "x.pdf"), ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
    ("x\0.pdf", "x.pdf"), ("рaypal.рdf", "рaypal.рdf.pdf"), ("纪要\u202efdp.exe", "纪要fdp.exe.pdf"),
    ('a"; filename=b.exe', "a_; filename=b.exe.pdf"), ("a\r\nX-Evil: 1.pdf", "aX-Evil_ 1.pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "served"), HOSTILE)
def test_a4_a_file_is_served_as_a_download_under_a_harmless_name(office, decision, name: str, served: str):
    [kept] = attach(decision=decision, files=[upload(name=name)], actor=CLERK)
    got = office.get(reverse("decision_file", args=[decision.pk, kept.pk]))
    assert b"".join(got.streaming_content) == pdf()
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment; filename")
    assert named_in(got["Content-Disposition"]) == served
    assert "X-Evil" not in got.headers
    assert "no-store" in got["Cache-Control"]


def named_in(header: str) -> str:
    """The file name that a browser takes from the header."""
    message = Message()
    message["Content-Disposition"] = header
    return message.get_filename() or ""


@pytest.mark.parametrize("name", ["..\\..\\x.pdf", "....//x.pdf", "%00.pdf", "x.pdf/y.pdf", "a" * 180 + ".pdf"])
def test_a4_whatever_a_browser_sends_is_kept_under_a_random_name(office, decision, name: str):
    boundary, head = "b0", f'Content-Disposition: form-data; name="files"; filename="{name}"'
    body = f"--{boundary}\r\n{head}\r\n\r\n".encode() + pdf() + f"\r\n--{boundary}--\r\n".encode()
    address = reverse("decision", args=[decision.pk])
    office.post(address, body, content_type=f"multipart/form-data; boundary={boundary}")
    [path] = kept_files()
    kept = Evidence.objects.get()
    assert path == place_of(kept.stored)
    assert path.name == kept.stored
    assert "/" not in kept.name
    assert "\\" not in kept.name


@pytest.mark.parametrize(
    ("data", "kind"), [(docx(), "wordprocessingml"), (xlsx(), "spreadsheetml"), (png(), "image/png")]
)
def test_f5_a_file_is_served_as_what_its_content_is(office, decision, data: bytes, kind: str):
    [kept] = attach(decision=decision, files=[upload(data, "x.html")], actor=CLERK)
    got = office.get(reverse("decision_file", args=[decision.pk, kept.pk]))
    assert kind in got["Content-Type"]
    assert "html" not in got["Content-Type"]


def test_who_took_out_which_file_is_in_the_trail(office, decision):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    office.get(reverse("decision_file", args=[decision.pk, kept.pk]))
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.actor.username, entry.object_key) == ("download", "office_clerk", "纪要.pdf")
    assert json.loads(entry.detail)["sha256"] == kept.sha256


def test_a_file_on_another_disk_than_the_trail_says_is_refused_in_words(office, decision):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    place_of(kept.stored).write_bytes(b"x")
    got = office.get(reverse("decision_file", args=[decision.pk, kept.pk]))
    assert got.status_code == 403
    assert "与上传时不同" in got.content.decode()


def test_a4_a_file_is_found_under_the_decision_that_carries_it_and_no_other(office, decision):
    other = Decision.objects.create(body="市委", number="2")
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    assert office.get(reverse("decision_file", args=[other.pk, kept.pk])).status_code == 404
    assert office.get(f"/decisions/{decision.pk}/files/{kept.pk}/../../../etc/passwd").status_code == 404
    assert office.get(f"/decisions/{decision.pk}/files/{kept.stored}/").status_code == 404


@pytest.mark.parametrize(("role", "sees"), [
    (Role.LEADER, True), (Role.COMMISSION, True), (Role.AUDITOR, True),
    (Role.LIAISON, False), (Role.UNIT_HEAD, False), (Role.COLLECTOR, False), (Role.SYSTEM, False),
])  # fmt: skip
def test_whoever_may_see_the_decision_may_see_the_file_and_lays_none_beside_it(decision, role: Role, sees: bool):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    client = signed_in(role)
    for name, args in (("decisions", []), ("decision", [decision.pk]), ("decision_file", [decision.pk, kept.pk])):
        assert client.get(reverse(name, args=args)).status_code == (200 if sees else 403), name
    assert sent(client, decision, upload(png(), "x.png")).status_code == 403
    assert client.post(reverse("remove_file", args=[decision.pk, kept.pk]), {"reason": "x"}).status_code == 403
    assert decision.files.count() == 1
    if sees:
        assert 'type="file"' not in page(client, decision)


def test_the_same_file_with_another_decision_is_marked_on_both_with_a_link(office, decision):
    other = Decision.objects.create(body="市委", number="2")
    for one in (decision, other):
        attach(decision=one, files=[upload(name=f"{one.pk}.pdf")], actor=CLERK)
    for one, twin in ((decision, other), (other, decision)):
        shown = page(office, one)
        assert "同一文件还用于" in shown
        assert f'<a href="{reverse("decision", args=[twin.pk])}">{twin}</a>' in shown
    Decision.files.through.objects.filter(decision=other).delete()
    assert "同一文件还用于" not in page(office, decision)


def test_a_file_is_taken_away_with_a_reason(office, decision):
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    address = reverse("remove_file", args=[decision.pk, kept.pk])
    assert "要写明理由" in office.post(address, {"reason": " "}).content.decode()
    assert office.post(address, {"reason": "传错文件"}).status_code == 302
    shown = page(office, decision)
    assert "尚无" in shown
    assert "传错文件" in shown
    assert place_of(kept.stored).exists()


def test_a_file_of_a_decision_on_which_a_proposed_result_rests_stays_and_more_are_added(office, decision, tmp_path):
    little_cycle(tmp_path)
    GradeMove.objects.create(evaluated_unit=unit_called("县1"), ground="事故", decision=decision)
    [kept] = attach(decision=decision, files=[upload()], actor=CLERK)
    address = reverse("remove_file", args=[decision.pk, kept.pk])
    Cycle.objects.update(state="proposed")
    got = office.post(address, {"reason": "x"})
    assert 'class="problems"' in got.content.decode()
    assert decision.files.count() == 1
    assert "从这项决定移除" not in page(office, decision)
    assert sent(office, decision, SimpleUploadedFile("补.png", png())).status_code == 302
    Cycle.objects.update(state="scoring")
    assert office.post(address, {"reason": "x"}).status_code == 302


def test_register_and_page_lead_to_each_other(office, decision):
    register = reverse("admin:evaluation_decision_change", args=[decision.pk])
    here = reverse("decision", args=[decision.pk])
    assert register in page(office, decision)
    assert here in office.get(register).content.decode()
    assert here in office.get(reverse("admin:evaluation_decision_changelist")).content.decode()
    assert office.get(reverse("admin:evaluation_decision_add")).status_code == 200


def test_what_a_decision_decides_is_written_in_the_register(office, decision):
    register = reverse("admin:evaluation_decision_add")
    office.post(register, {"body": "市委", "number": "9", "document": "", "day": "2026-01-01", "decides": "授予优秀"})
    assert Decision.objects.get(number="9").decides == "授予优秀"
    assert "授予优秀" in page(office, Decision.objects.get(number="9"))
