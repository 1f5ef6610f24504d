"""The five rule books through the database: loaded, scored, frozen, verified, exported; equal to what files give."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from engine.score import score
from evaluation.actor import Actor
from evaluation.append_only import release
from evaluation.models import AuditEntry, Cycle, EvaluatedUnit
from evaluation.verdict import Refused
from indicators.facts import load_facts
from indicators.models import CycleScheme, OwnIndicator, Reading
from indicators.selectors import plan_of as plan_in_force
from indicators.selectors import scheme_in_force
from indicators.services.schemes import load_scheme
from scoring.freezing import FrozenCategory, freeze, result_of, results_of, sha256_of, sheets_of
from scoring.models import Bonus, Run, ScoredCategory, ScoreSheet, Snapshot
from scoring.selectors import adopted_run, facts_of
from scoring.services.entering import enter_facts
from scoring.services.running import adopt_run, queue_run, score_cycle
from scoring.services.verifying import verify_run
from tests.sample import SCHEMES, plan_of, read_rows, sample_of, scheme_file, write_rows

CLERK = Actor("clerk", "test")
SMALL = "district-2022-1plus5/party"  # twelve counties


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_of(tmp_path_factory)


def cycle_of(scheme: str) -> Cycle:
    file = scheme_file(scheme)
    cycles = load_scheme(text=file.read_text(encoding="utf-8"), file=str(file), year=2025, actor=CLERK)
    code = scheme.partition("/")[2]
    return next(cycle for cycle in cycles if not code or cycle.code.endswith(f"-{code}-2025"))


def entered(scheme: str, folder: Path) -> Cycle:
    cycle = cycle_of(scheme)
    facts, _ = load_facts(folder / scheme, plan_of(scheme))
    enter_facts(cycle=cycle, facts=facts, source="facts", actor=CLERK)
    return cycle


@pytest.fixture
def small(db, folder: Path) -> Cycle:
    return entered(SMALL, folder)


@pytest.fixture
def run(small: Cycle) -> Run:
    return score_cycle(cycle=small, actor=CLERK)


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", SCHEMES)
def test_r10_the_database_gives_what_files_give(folder: Path, scheme: str):
    plan = plan_of(scheme)
    facts, _ = load_facts(folder / scheme, plan)
    cycle = entered(scheme, folder)
    kept = scheme_in_force(cycle)
    assert freeze(facts_of(cycle, kept, plan_in_force(kept))) == freeze(facts)
    run = score_cycle(cycle=cycle, actor=CLERK)
    sheets = list(sheets_of(score(plan, facts)))
    assert run.result == result_of(results_of(sheets).items())
    assert run.snapshot.sha256 == freeze(facts).sha256
    assert list(verify_run(run)) == []


def test_a_sheet_says_what_score_file_says(run: Run, folder: Path, tmp_path: Path):
    out = tmp_path / "out.json"
    arguments = (str(scheme_file(SMALL)), str(folder / SMALL), str(tmp_path / "out.xlsx"))
    call_command("score_file", *arguments, evaluation="party", json=str(out))
    units = {unit["code"]: unit for unit in json.loads(out.read_text(encoding="utf-8"))["units"]}
    sheets = run.sheets
    assert {sheet.unit_code for sheet in sheets} == units.keys()
    for sheet in sheets:
        unit = units[sheet.unit_code]
        assert (sheet.total, sheet.place, sheet.grade) == (Decimal(unit["total"]), unit["place"], unit["grade"])
        assert json.loads(sheet.said)["base"] == unit["base"]


def test_facts_are_whole_numbers_in_the_database_and_decimals_in_python(db, folder: Path):
    cycle = entered("yiyang-2018", folder)
    told = next(row for row in read_rows(folder / "yiyang-2018" / "采集数据.csv") if "." in row["数值"])
    reading = Reading.objects.get(
        evaluated_unit__cycle=cycle,
        evaluated_unit__unit__code=told["单位代码"],
        fact__indicator__code=told["指标代码"],
        **({"fact__code": told["数据项"]} if told["数据项"] else {}),
    )
    assert reading.number == Decimal(told["数值"])
    assert reading.value == Decimal(told["数值"]) * 10**reading.fact.decimals


def test_the_same_workbook_again_changes_nothing(small: Cycle, folder: Path):
    before = AuditEntry.objects.count()
    facts, _ = load_facts(folder / SMALL, plan_of(SMALL))
    assert enter_facts(cycle=small, facts=facts, source="facts", actor=CLERK) == []
    assert AuditEntry.objects.count() == before


def changed(folder: Path, out: Path) -> Path:
    """The same folder with one reading changed, one unit renamed."""
    for file in (folder / SMALL).glob("*.csv"):
        rows = read_rows(file)
        if file.stem == "采集数据":
            row = next(row for row in rows if row["数值"] not in ("是", "否", "0") and row["失分原因"])
            row["数值"] = "0"
        if file.stem == "单位":
            rows[0]["单位名称"] += "（新）"
        write_rows(out / file.name, rows)
    return out


def test_a_dry_run_tells_what_would_change_and_writes_nothing(small: Cycle, folder: Path, tmp_path: Path, capsys):
    file = str(changed(folder, tmp_path))
    before = AuditEntry.objects.count(), list(Reading.objects.order_by("pk").values_list("value", flat=True))
    call_command("load_workbook", file, cycle=small.code, dry_run=True)
    assert capsys.readouterr().out.splitlines() == [
        "单位：新增 0 行，修改 1 行，删去 0 行",
        "采集数据：新增 0 行，修改 1 行，删去 0 行",
        "以上只是预览，没有写入",
    ]
    assert (AuditEntry.objects.count(), list(Reading.objects.order_by("pk").values_list("value", flat=True))) == before
    call_command("load_workbook", file, cycle=small.code)
    assert EvaluatedUnit.objects.filter(cycle=small, name__endswith="（新）").count() == 1
    entry = AuditEntry.objects.get(action="enter_facts", number__gt=before[0])
    assert '"Units":[0,1,0]' in entry.detail


def test_a_wrong_workbook_enters_nothing(small: Cycle, folder: Path, tmp_path: Path, capsys):
    changed(folder, tmp_path)
    rows = read_rows(tmp_path / "采集数据.csv")
    rows[0]["数值"] = "１２"
    write_rows(tmp_path / "采集数据.csv", rows)
    before = AuditEntry.objects.count()
    with pytest.raises(SystemExit, match="1"):
        call_command("load_workbook", str(tmp_path), cycle=small.code)
    assert "采集数据.csv" in capsys.readouterr().err
    assert AuditEntry.objects.count() == before


def test_a_new_run_stands_beside_the_old_one_and_takes_its_place(run: Run, small: Cycle):
    second = score_cycle(cycle=small, actor=CLERK)
    assert [(one.number, one.state) for one in small.runs.order_by("number")] == [(1, "superseded"), (2, "adopted")]
    assert adopted_run(small) == second
    assert second.result == run.result
    assert run.sheets.count() == second.sheets.count() == 12


def test_there_is_one_run_at_a_time(small: Cycle):
    first = queue_run(cycle=small, actor=CLERK)
    with pytest.raises(Refused, match=f"正在计分（第 {first.number} 批）"):
        queue_run(cycle=small, actor=CLERK)


def test_a_run_that_is_not_complete_is_not_adopted(small: Cycle):
    queued = queue_run(cycle=small, actor=CLERK)
    with pytest.raises(Refused):
        adopt_run(run=queued, actor=CLERK)


@pytest.mark.django_db
def test_a_cycle_without_units_is_not_scored(capsys):
    cycle = cycle_of(SMALL)
    with pytest.raises(SystemExit, match="1"):
        call_command("score_cycle", cycle=cycle.code)
    assert "还没有参评单位和数据" in capsys.readouterr().err
    assert not Run.objects.exists()


def test_a_gap_fails_the_run_and_is_told(small: Cycle, capsys):
    Reading.objects.filter(evaluated_unit__unit__code="C02").delete()
    with pytest.raises(SystemExit, match="1"):
        call_command("score_cycle", cycle=small.code)
    assert "C02" in capsys.readouterr().err
    failed = Run.objects.get()
    assert (failed.state, failed.sheets.count()) == ("failed", 0)
    assert "C02" in failed.failure
    assert not Snapshot.objects.exists()


# Tampering.


def told(run: Run) -> list[str]:
    run = Run.objects.select_related("snapshot", "scheme", "cycle").get(pk=run.pk)
    return [problem.zh for problem in verify_run(run)]


@pytest.fixture
def open_tables(run: Run) -> Run:
    for model in (Snapshot, ScoredCategory, ScoreSheet):
        release(connection, model._meta.db_table)
    return run


def test_r10_a_changed_sheet_is_named(open_tables: Run):
    sheet = open_tables.sheets.first()
    ScoreSheet.objects.filter(pk=sheet.pk).update(total=Decimal("99.99"))
    assert told(open_tables) == [f"{sheet.unit_name} 的得分表与重新计算的不符"]


def test_r10_a_sheet_changed_together_with_its_hash_is_named(open_tables: Run):
    sheet = open_tables.sheets.first()
    ScoreSheet.objects.filter(pk=sheet.pk).update(place=1, hash="0" * 64)
    assert told(open_tables) == [f"{sheet.unit_name} 的得分表与重新计算的不符"]


def test_r10_a_sheet_that_is_gone_is_named(open_tables: Run):
    sheet = open_tables.sheets.first()
    ScoreSheet.objects.filter(pk=sheet.pk).delete()
    assert told(open_tables) == [f"缺少 {sheet.unit_name} 的得分表"]


def with_another_column(scored: ScoredCategory) -> FrozenCategory:
    columns = bytearray(scored.columns)
    columns[0] ^= 1
    return FrozenCategory(scored.head, bytes(columns))


def test_r10_a_changed_snapshot_is_named(open_tables: Run):
    Snapshot.objects.update(head=Snapshot.objects.get().head + " ")
    assert told(open_tables) == ["快照被改过：与其哈希不符"]


def test_r10_a_changed_category_is_named(open_tables: Run):
    scored = ScoredCategory.objects.first()
    ScoredCategory.objects.filter(pk=scored.pk).update(columns=with_another_column(scored).columns)
    assert f"“{scored.category.name}”的快照被改过：与其哈希不符" in told(open_tables)


def test_r10_a_category_changed_with_its_hash_is_not_the_one_that_the_run_lists(open_tables: Run):
    scored = ScoredCategory.objects.first()
    other = with_another_column(scored)
    ScoredCategory.objects.filter(pk=scored.pk).update(columns=other.columns, sha256=other.sha256)
    assert "各类别的快照与本批次所列的不符" in told(open_tables)


def test_r10_a_snapshot_changed_with_all_its_hashes_does_not_match_the_trail(open_tables: Run):
    scored = ScoredCategory.objects.first()
    other = with_another_column(scored)
    ScoredCategory.objects.filter(pk=scored.pk).update(columns=other.columns, sha256=other.sha256)
    head = Snapshot.objects.get().head.replace(scored.sha256, other.sha256)
    Snapshot.objects.update(head=head, sha256=sha256_of(head))
    assert "操作日志里记的哈希与本批次不符" in told(open_tables)


def test_r10_a_sheet_that_is_tied_to_another_unit_is_named(open_tables: Run):
    sheet, other = open_tables.sheets.order_by("pk")[:2]
    ScoreSheet.objects.filter(pk=sheet.pk).update(evaluated_unit=other.evaluated_unit)
    assert told(open_tables) == [f"{sheet.unit_name} 的得分表挂在别的单位或类别下"]


def test_r10_another_revision_does_not_match_the_trail(open_tables: Run):
    ScoredCategory.objects.update(revision=7)
    assert told(open_tables) == ["操作日志里记的哈希与本批次不符"]


def test_r10_a_category_of_another_run_put_in_is_named(run: Run, small: Cycle):
    second = score_cycle(cycle=small, actor=CLERK, whole=True)
    run.categories.add(*second.scored.all())
    assert "各类别的快照与本批次所列的不符" in told(run)
    assert sum("多出" in one for one in told(run)) == 12


def test_r10_a_changed_scheme_is_named(open_tables: Run):
    CycleScheme.objects.filter(pk=open_tables.scheme_id).update(text=open_tables.scheme.text + "# 改\n")
    assert told(open_tables) == ["方案在快照之后被改过"]


def test_r10_a_changed_result_is_named(open_tables: Run):
    Run.objects.filter(pk=open_tables.pk).update(result="0" * 64)
    assert told(open_tables) == ["操作日志里记的哈希与本批次不符", "结果哈希与得分表不符"]


# Exported.


@pytest.fixture
def pack(run: Run, tmp_path: Path) -> Path:
    out = tmp_path / "run.zip"
    call_command("export_run", str(run.pk), str(out))
    return out


def verified(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[bool, str]:
    capsys.readouterr()
    try:
        call_command("verify_run", str(file))
    except SystemExit:
        return False, capsys.readouterr().err
    return True, capsys.readouterr().out


def rewritten(pack: Path, name: str, old: str, new: str) -> Path:
    """The pack with one text in one of its files replaced."""
    out = pack.with_name("tampered.zip")
    with zipfile.ZipFile(pack) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            data = before.read(one)
            if one == name:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(one, data)
    return out


def test_r10_an_exported_run_is_verified_without_the_database(pack: Path, capsys, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert verified(pack, capsys) == (True, f"一致：{pack} 重新计算后每个哈希都相同\n")


def test_r10_two_exports_of_a_run_are_the_same_bytes(pack: Path, run: Run, tmp_path: Path):
    call_command("export_run", str(run.pk), str(tmp_path / "again.zip"))
    assert (tmp_path / "again.zip").read_bytes() == pack.read_bytes()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("scheme.yaml", "title:", "# 改\ntitle:", "方案与清单里的哈希不符"),
        ("facts/单位.csv", "C01", "C00", "数据与清单里的哈希不符"),
        ("manifest.json", '"C01": "', '"C01": "0', "C01 的得分表重新计算后与清单不符"),
    ],
)
def test_r10_a_tampered_export_is_found(pack: Path, capsys, name: str, old: str, new: str, said: str):
    if name.endswith("单位.csv"):
        with zipfile.ZipFile(pack) as files:
            second = files.read(name).decode().splitlines()[1].split(",")[1]
        old, new = second, f"{second}（改）"
    right, told = verified(rewritten(pack, name, old, new), capsys)
    assert not right
    assert said in told


def test_what_is_no_export_is_refused(tmp_path: Path, capsys):
    file = tmp_path / "some.zip"
    file.write_bytes(b"PK nothing")
    right, told = verified(file, capsys)
    assert not right
    assert "不是导出的计分批次" in told


def test_an_unknown_run_is_refused(db, capsys):
    right, told = verified(Path("77"), capsys)
    assert not right
    assert "没有编号为 77 的计分批次" in told


def test_own_lists_and_bonuses_stand_in_tables_of_their_own(db, folder: Path):
    cycle = entered("songyuan", folder)
    assert OwnIndicator.objects.count() == len(read_rows(folder / "songyuan" / "自定指标.csv"))
    assert Bonus.objects.count() == len(read_rows(folder / "songyuan" / "加分.csv"))
    assert cycle.evaluated_units.count() == len(read_rows(folder / "songyuan" / "单位.csv"))
