"""What the commands show of a cycle in the database is what they show of files."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Cycle, Membership, Unit, UnitKind, User
from evaluation.services.audit import problems_of_the_trail
from scoring.management.commands import seed_demo
from scoring.models import Run
from scoring.services.running import score_cycle
from tests.sample import city_of, read_rows, sample_of, scheme_file
from tests.scoring.test_in_the_database import entered

CLERK = Actor("clerk", "test")
SMALL = "district-2022-1plus5/party"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_of(tmp_path_factory)


@pytest.fixture
def scored_cycle(db, folder: Path) -> Cycle:
    cycle = entered(SMALL, folder)
    score_cycle(cycle=cycle, actor=CLERK)
    return cycle


def said(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command(*arguments, **options, stdout=out)
    return out.getvalue()


def test_results_are_exported_as_score_file_writes_them(scored_cycle: Cycle, folder: Path, tmp_path: Path):
    said("export_results", str(tmp_path / "a.xlsx"), cycle=scored_cycle.code, json=str(tmp_path / "a.json"))
    files = str(scheme_file(SMALL)), str(folder / SMALL), str(tmp_path / "b.xlsx")
    said("score_file", *files, evaluation="party", json=str(tmp_path / "b.json"))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    cells = [
        [[cell.value for cell in row] for page in openpyxl.load_workbook(tmp_path / name) for row in page.iter_rows()]
        for name in ("a.xlsx", "b.xlsx")
    ]
    assert cells[0] == cells[1]


def test_a_score_is_explained_from_its_snapshot(scored_cycle: Cycle, folder: Path):
    from_files = said("explain_score", str(scheme_file(SMALL)), str(folder / SMALL), unit="C03", evaluation="party")
    assert said("explain_score", cycle=scored_cycle.code, unit="C03") == from_files


def test_a_result_that_is_not_there_is_not_shown(db, folder: Path, tmp_path: Path, capsys):
    cycle = entered(SMALL, folder)
    for command, arguments in (("export_results", [str(tmp_path / "a.xlsx")]), ("explain_score", ["--unit", "C03"])):
        with pytest.raises(SystemExit, match="1"):
            call_command(command, *arguments, cycle=cycle.code)
        assert "还没有采用的结果" in capsys.readouterr().err
    assert not (tmp_path / "a.xlsx").exists()


def test_a_workbook_of_a_cycle_has_its_units(scored_cycle: Cycle, folder: Path, tmp_path: Path):
    said("make_workbook", str(tmp_path / "a.xlsx"), cycle=scored_cycle.code)
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["单位"]
    assert [row[0].value for row in page.iter_rows(min_row=2) if row[0].value] == [
        row["单位代码"] for row in read_rows(folder / SMALL / "单位.csv")
    ]


@pytest.mark.parametrize("arguments", [[], ["--cycle", "x", "scheme.yaml"]])
def test_a_workbook_is_of_a_file_or_of_a_cycle(db, tmp_path: Path, capsys, arguments: list[str]):
    with pytest.raises(SystemExit, match="1"):
        call_command("make_workbook", *arguments, str(tmp_path / "a.xlsx"))
    assert "二者写一个" in capsys.readouterr().err


def test_an_unknown_cycle_is_refused_with_those_that_there_are(scored_cycle: Cycle, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("score_cycle", cycle="songyuan-2025")
    assert scored_cycle.code in capsys.readouterr().err


def test_what_has_not_changed_is_not_scored_again_unless_all_is_asked_for(scored_cycle: Cycle):
    assert "重新计分 0 个类别，沿用上一批 1 个" in said("score_cycle", cycle=scored_cycle.code)
    assert "重新计分 1 个类别，沿用上一批 0 个" in said("score_cycle", cycle=scored_cycle.code, whole=True)


# The demonstration.


@pytest.fixture
def one_scheme(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> str:
    monkeypatch.setattr(seed_demo, "SHOWN", ("songyuan",))
    return str(city_of(tmp_path_factory))


@pytest.mark.django_db
def test_the_demonstration_has_two_years_and_an_account_for_each_role(one_scheme: str):
    lines = said("seed_demo", one_scheme).splitlines()
    assert [(run.cycle.year, run.cycle.state) for run in Run.objects.order_by("pk")] == [
        (2024, "published"),
        (2025, "proposed"),
    ]
    accounts = [line.split() for line in lines[lines.index("账号（口令只显示这一次）") + 1 :]]
    assert {account[0] for account in accounts} == set(User.objects.values_list("username", flat=True))
    assert Membership.objects.count() == len(accounts)
    for username, password, *_ in accounts:
        assert authenticate(username=username, password=password) is not None
    assert not any(password in entry.detail for entry in AuditEntry.objects.all() for _, password, *_ in accounts)
    assert Unit.objects.get(code="C01").kind == UnitKind.COUNTY
    assert list(problems_of_the_trail()) == []


@pytest.mark.django_db
def test_u1_no_two_demonstrations_have_the_same_passwords(one_scheme: str):
    said("seed_demo", one_scheme)
    user = User.objects.get(username="office")
    assert not any(user.check_password(word) for word in ("office", "admin", "demo", "password", ""))


@pytest.mark.django_db
def test_the_demonstration_goes_into_an_empty_database_only(one_scheme: str, capsys):
    Unit.objects.create(code="D01", name="市审计局")
    with pytest.raises(SystemExit, match="1"):
        call_command("seed_demo", one_scheme)
    assert "示例城市只装入空数据库" in capsys.readouterr().err
    assert not Cycle.objects.exists()


@pytest.mark.django_db
def test_the_demonstration_needs_the_drawn_city(tmp_path: Path, capsys):
    with pytest.raises(SystemExit, match="1"):
        call_command("seed_demo", str(tmp_path / "nothing"))
    assert "python -m demo" in capsys.readouterr().err
