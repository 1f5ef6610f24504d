"""Files in and out of the registers: a preview, all or nothing, every problem with its row, text that is inert."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tempfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evaluation.models import AuditEntry, Membership, Role, Unit, User, WorkingDay
from tests.desk.admin.forms import address

UNITS = "代码,名称,类型,主管部门代码,前身单位代码\n"


def upload(client, model, text: str | bytes, name: str = "单位.csv") -> str:
    """Choose a file; the page that previews it, or says what is wrong."""
    data = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, data)
    page = client.post(address(model, "import"), {"import_file": file, "format": "0", "resource": "0"})
    assert page.status_code == 200
    return page.content.decode()


def confirm(client, model, preview: str):
    """Confirm what the preview shows."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview))
    return client.post(address(model, "process_import"), hidden)


def brought_in(client, model, text: str | bytes, name: str = "单位.csv"):
    preview = upload(client, model, text, name)
    assert "没有导入" not in preview, re.findall("<li>.*?</li>", preview)
    return confirm(client, model, preview)


def problems(page: str) -> list[str]:
    """What the page says is wrong, with the row where there is one."""
    rows = re.findall(r'<tr><th scope="row">(\d+)</th><td><ul>(.*?)</ul></td></tr>', page, re.DOTALL)
    return [f"{row} {one}" for row, said in rows for one in re.findall("<li>(.*?)</li>", said)] + re.findall(
        r"<li>([^<]*)</li>", re.findall(r'<ul class="errorlist".*?</ul>', page, re.DOTALL)[0] if not rows else ""
    )


def test_a_preview_shows_what_would_change_and_writes_nothing(city, office):
    page = upload(office, Unit, UNITS + "D01,审计局,市直单位,B01,\nD02,财政局,,,D01\nB01,市绩效办,,,\n")
    assert "<del>市审计局</del> <ins>审计局</ins>" in page
    assert (Unit.objects.count(), AuditEntry.objects.count()) == (2, 0)
    assert "style=" not in page


def test_d1_an_import_is_one_entry_with_a_manifest_hash(city, office):
    text = UNITS + "D01,审计局,市直单位,B01,\nS02,所,,D02,\nD02,财政局,市直单位,,D01\nB01,市绩效办,未注明,,\n"
    assert brought_in(office, Unit, text).status_code == 302
    child = Unit.objects.get(code="S02")
    assert child.parent.code == "D02", "a unit may stand in the file before the one above it"
    assert [one.code for one in Unit.objects.get(code="D02").predecessors.all()] == ["D01"]
    [entry] = AuditEntry.objects.all()
    told = json.loads(entry.detail)
    assert (entry.action, entry.object_kind, entry.object_key) == ("import", "evaluation.unit", "单位.csv")
    assert (told["added"], told["changed"]) == (2, 1)
    assert re.fullmatch("[0-9a-f]{64}", told["manifest"])
    assert re.fullmatch("[0-9a-f]{64}", told["file_sha256"])
    assert [
        "D01",
        {"kind": "unsaid", "name": "市审计局", "parent": None, "predecessors": []},
        {"kind": "department", "name": "审计局", "parent": "B01", "predecessors": []},
    ] not in told["changes"]
    [changed] = [new for key, old, new in told["changes"] if key == "D01"]
    assert changed == {"kind": "department", "name": "审计局", "parent": "B01"}


def test_all_problems_are_told_at_once_by_row_and_nothing_is_written(city, office):
    text = UNITS + "D02,财政局,部门啊,,\n\nD03,,,X99,\nD02,又一个,,,Y1、D01\nD01,审计局,,D01,\nD04,好的,,,\n"
    page = upload(office, Unit, text)
    found = problems(page)
    assert [one.split()[0] for one in found] == ["2", "4", "4", "5", "5", "6"]
    assert "部门啊" in found[0]
    assert any("X99" in one for one in found)
    assert any("两次" in one for one in found)
    assert any("隶属于自己" in one for one in found)
    assert "Confirm" not in page
    assert "process_import" not in page
    assert Unit.objects.count() == 2
    assert [entry.action for entry in AuditEntry.objects.all()] == ["refuse"]


@pytest.mark.parametrize(("text", "said"), [
    ("代码,姓啥\nD1,x\n", ["不认识的列“姓啥”", "缺少列“名称”"]),
    ("", ["空"]),
    ("代码,名称\nD1,\"x\n", ["CSV"]),
    ("代码,名称\n".encode("gbk"), ["GBK"]),
    ("代码,名称\n", ["没有数据行"]),
    ("代码,名称\n" + "D1,x\n" * 3001, ["3000 行"]),
    (b"%PDF-1.4", ["没有数据行"]),
])  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(city, office, text, said):
    page = upload(office, Unit, text)
    assert all(one in page for one in said), re.findall(r"<li>.*?</li>", page)
    assert Unit.objects.count() == 2


def test_headings_may_be_english_or_chinese(city, office):
    assert brought_in(office, Unit, "code,name,kind\nD5,局,municipal department\nD6,办,park\n").status_code == 302
    assert dict(Unit.objects.filter(code__in=("D5", "D6")).values_list("code", "kind")) == {
        "D5": "department", "D6": "park",
    }  # fmt: skip


def test_what_has_changed_since_the_preview_stops_the_whole_file(city, office):
    preview = upload(office, Unit, UNITS + "D02,财政局,,B01,\nD03,教育局,,,\n")
    Unit.objects.filter(code="B01").update(code="B99")
    assert confirm(office, Unit, preview).status_code == 302
    assert not Unit.objects.filter(code__in=("D02", "D03")).exists()
    assert not AuditEntry.objects.exists()


def test_a_confirmation_reads_no_other_file_of_the_machine_and_reads_it_once(city, office, tmp_path):
    preview = upload(office, Unit, UNITS + "D02,财政局,,,\n")
    for name in ("/etc/passwd", "passwd", "../../etc/passwd", "import-x"):
        forged = re.sub(r'(name="import_file_name" value=")[^"]*', rf"\g<1>{name}", preview)
        assert confirm(office, Unit, forged).status_code == 200
    assert not Unit.objects.filter(code="D02").exists()
    assert confirm(office, Unit, preview).status_code == 302
    assert confirm(office, Unit, preview).status_code == 200


def test_people_come_with_their_roles_and_without_a_password(city, office):
    labels = {str(Role.LIAISON.label): "liaison", "collector": "collector"}
    rows = [f"lihua,李华,{unit},{label},是" for unit, label in zip(("D01", "B01"), labels, strict=True)]
    text = "\n".join(["用户名,姓名,单位代码,角色,有效", *rows, "liaison,某liaison,B01,liaison,否"])
    assert brought_in(office, Membership, text).status_code == 302
    lihua = User.objects.get(username="lihua")
    assert set(lihua.memberships.values_list("unit__code", "role")) == {("D01", "liaison"), ("B01", "collector")}
    assert not lihua.has_usable_password()
    assert not Membership.objects.get(user__username="liaison").active
    assert json.loads(AuditEntry.objects.get().detail)["changed"] == 1


def test_a_preview_of_people_says_each_cell_under_its_heading(city, office):
    page = upload(office, Membership, "电子邮件,单位代码,角色,姓名,用户名\nli@city.cn,D01,liaison,李华,lihua\n")
    table = re.findall(r"<table class=\"import-preview\">(.*?)</table>", page, re.DOTALL)[0]
    headings = [one.strip() for one in re.findall(r"<th[^>]*>(.*?)</th>", table, re.DOTALL)]
    cells = re.findall(r"<ins>(.*?)</ins>", table)
    assert dict(zip(headings[1:], cells, strict=True)) == {
        "用户名": "lihua", "姓名": "李华", "单位代码": "D01", "角色": "绩效联络员", "有效": "是",
        "电子邮件": "li@city.cn",
    }  # fmt: skip


def test_an_import_gives_no_role_that_a_form_would_not(city, office):
    rows = ["lihua,李华,D01,system", "wang,王,D01,liaison", "zhao,赵,D01,头头", "lihua,李花,D01,liaison"]
    text = "\n".join(["用户名,姓名,单位代码,角色", *rows])
    found = problems(upload(office, Membership, text))
    assert [one.split()[0] for one in found] == ["2", "4", "5"]
    assert "您无权授予" in found[0]
    assert not User.objects.filter(username__in=("lihua", "wang")).exists()


def test_a_user_name_in_another_spelling_is_no_second_account(city, office):
    User.objects.create(username="lihua", name="李华")
    page = upload(office, Membership, "用户名,姓名,单位代码,角色\nLiHua,李华,D01,liaison\n")
    assert any("只有大小写不同" in one for one in problems(page)), problems(page)
    form = office.post(address(User, "add"), {"username": "LIHUA", "name": "李花", "is_active": "on"})
    assert "只有大小写不同" in form.content.decode()
    assert User.objects.filter(username__iexact="lihua").count() == 1
    office.post(address(User, "add"), {"username": "lihua2", "name": "李花", "is_active": "on"})
    assert User.objects.filter(username="lihua2").exists()


def test_the_calendar_is_imported(city, office):
    text = "日期,是否上班,文件\n2026-10-01,否,国办发明电\n2026-10-10,是,国办发明电\n2025-01-01,否,\n"
    page = upload(office, WorkingDay, text)
    if "不认识的列" in page:
        titles = [str(WorkingDay._meta.get_field(name).verbose_name) for name in ("day", "works", "notice")]
        text = text.replace("日期,是否上班,文件", ",".join(titles))
    assert brought_in(office, WorkingDay, text).status_code == 302
    assert WorkingDay.objects.filter(works=True).count() == 1
    assert json.loads(AuditEntry.objects.get().detail)["added"] == 2
    found = problems(upload(office, WorkingDay, "day,works\n2026-13-01,是\n2026-1-1,\n"))
    assert [one.split()[0] for one in found] == ["2", "3", "3"]


def exported(client, model) -> openpyxl.Workbook:
    response = client.get(address(model, "export"))
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(response.content))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://x"])
def test_f3_exported_text_is_inert(city, office, text):
    Unit.objects.create(code="D02", name=text)
    [sheet] = exported(office, Unit).worksheets
    [cell] = [row[1] for row in sheet.iter_rows() if row[0].value == "D02"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.hyperlink is None


@pytest.mark.parametrize("model", [Unit, Membership, WorkingDay], ids=lambda model: model.__name__)
def test_what_was_exported_comes_in_again_and_changes_nothing(city, office, model):
    city.unit.predecessors.add(city.office)
    Unit.objects.create(code="A1", name="=名", parent=city.unit)
    Membership.objects.exclude(role__in=("liaison", "office_clerk")).delete()
    response = office.get(address(model, "export"))
    assert brought_in(office, model, response.content, "a.xlsx").status_code == 302
    assert [entry.action for entry in AuditEntry.objects.all()] == ["export"]


def test_the_security_administrator_imports_no_calendar(city, sign_in):
    client = sign_in("security")
    for number, what in enumerate(("import", "process_import", "export"), 1):
        assert client.post(address(WorkingDay, what)).status_code == 403
        entry = AuditEntry.objects.latest("number")
        assert (entry.number, entry.action, entry.actor) == (number, "refuse", city.people["security"])
        assert entry.origin == f"127.0.0.1 POST {address(WorkingDay, what)}"
        assert json.loads(entry.detail) == {"reason": "这项数据由绩效办维护"}


def test_d1_an_export_tells_who_took_how_many_rows_of_which_choice(city, office):
    Unit.objects.create(code="D77", name="市水务局", kind="department")
    response = office.get(address(Unit, "export"), {"q": "水务", "kind__exact": "department"})
    [entry] = AuditEntry.objects.all()
    file = re.findall('filename="(.+)"', response["Content-Disposition"])[0]
    assert (entry.action, entry.object_kind, entry.object_key) == ("export", "evaluation.unit", file)
    assert (entry.actor, entry.origin) == (
        city.people["office_clerk"], f"127.0.0.1 GET {address(Unit, 'export')}",
    )  # fmt: skip
    assert json.loads(entry.detail) == {
        "rows": 1, "format": "xlsx", "filter": {"q": "水务", "kind__exact": "department"},
        "file_sha256": hashlib.sha256(response.content).hexdigest(),
    }  # fmt: skip
    office.get(address(Unit, "export"), {"q": ""})
    told = json.loads(AuditEntry.objects.latest("number").detail)
    assert (told["rows"], told["filter"]) == (3, {})


def test_an_export_with_a_filter_that_there_is_not_takes_nothing_out(city, office):
    response = office.get(address(Unit, "export"), {"nonsense": "1"})
    assert response["Location"] == f"{address(Unit, 'changelist')}?e=1"
    assert not AuditEntry.objects.exists()


def test_d1_what_a_rule_says_against_a_file_is_one_refusal_with_each_reason_once(city, office):
    rows = [f"u{n},某,D01,{role}" for n, role in enumerate(("liaison", "system", "system", "auditor"))]
    upload(office, Membership, "\n".join(["用户名,姓名,单位代码,角色", *rows]))
    [entry] = AuditEntry.objects.all()
    assert entry.action == "refuse"
    assert json.loads(entry.detail)["reason"] == (
        "第 3 行：您无权授予或收回“系统管理员”；第 5 行：您无权授予或收回“审计管理员”"
    )
    assert not User.objects.filter(username="u0").exists()


def test_d1_what_a_rule_says_at_the_confirmation_is_a_refusal_too(city, office):
    preview = upload(office, Unit, UNITS + "D02,财政局,,D01,\nD01,市审计局,,B01,\n")
    city.office.parent = city.unit
    city.office.save()
    assert confirm(office, Unit, preview).status_code == 302
    assert not Unit.objects.filter(code="D02").exists()
    [entry] = AuditEntry.objects.all()
    assert json.loads(entry.detail)["reason"] == "第 3 行：单位不能隶属于自己或自己的下级"


@pytest.mark.parametrize("rows", [3, 30])
def test_q5_an_export_asks_the_same_for_few_and_many(city, office, rows, django_assert_max_num_queries):
    Unit.objects.bulk_create(Unit(code=f"X{n}", name="x", parent=city.unit) for n in range(rows))
    with django_assert_max_num_queries(15):
        exported(office, Unit)


def test_a_preview_that_was_never_confirmed_does_not_lie_about(city, office, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    upload(office, Unit, UNITS + "D02,财政局,,,\n")
    [left] = tmp_path.glob("evaluation-import-*")
    assert left.stat().st_mode & 0o077 == 0
    os.utime(left, (0, 0))
    upload(office, Unit, UNITS + "D03,教育局,,,\n")
    assert not left.exists()
    assert len(list(tmp_path.glob("evaluation-import-*"))) == 1
