"""LibreOffice opens and recalculates what the product writes, says nothing, and finds in it what the JSON says."""

from __future__ import annotations

import csv
import json
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from openpyxl.worksheet.worksheet import Worksheet

from indicators.facts.load import load_units
from indicators.sheetwriter import column_letter
from indicators.template import write_template
from tests.sample import SCHEMES, plan_of, scheme_file, scheme_of
from tests.scoring import agreement
from tests.scoring.conftest import Scored
from tests.scoring.reading import opened, rows_of

pytestmark = [pytest.mark.libreoffice, pytest.mark.timeout(300)]  # the first test waits for every file

# Formulas are run on loading, whatever program wrote the file.
RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""
PAID = "district-2022-1plus5/comprehensive"


def flat(scheme: str) -> str:
    return scheme.replace("/", "-")


def with_sums(report: Path, out: Path) -> None:
    """A report to which somebody adds the sum of what is paid."""
    book = openpyxl.load_workbook(report)
    page = book["结果运用"]
    letter = column_letter(paid(page) - 1)
    page[f"{letter}{page.max_row + 1}"] = f"=SUM({letter}2:{letter}{page.max_row})"
    book.save(out)


def paid(page: Worksheet) -> int:
    """The column of what is paid."""
    [use] = [use for use in plan_of(PAID).written.use if use.distribute]
    return [cell.value for cell in page[1]].index(use.name) + 1


@pytest.fixture(scope="module")
def converted(scored: dict[str, Scored], city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of output workbook, each as LibreOffice saves it: `to` a kind of file."""
    folder = tmp_path_factory.mktemp("office")
    for scheme in SCHEMES:
        (folder / f"{flat(scheme)}-report.xlsx").write_bytes(scored[scheme].report.read_bytes())
        units = load_units(city / scheme / "单位.csv", plan_of(scheme))
        write_template(str(folder / f"{flat(scheme)}-empty.xlsx"), scheme_of(scheme), plan_of(scheme), units, "zh-hans")
    books = [str(scheme_file(name)) for name in ("songyuan", "yiyang-2018")]
    call_command("diff_schemes", *books, json=str(folder / "diff.json"), xlsx=str(folder / "diff.xlsx"))
    with_sums(scored[PAID].report, folder / "sums.xlsx")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    found = {}
    for kind, names in {"xlsx": "*", "csv": "[sy]*-report", "pdf": "yiyang*"}.items():
        found[kind] = convert(sorted(folder.glob(f"{names}.xlsx")), kind, folder / kind, profile)
    return found


def convert(files: list[Path], kind: str, out: Path, profile: Path) -> Path:
    """Let LibreOffice save the files as another kind; it has nothing to say but what it writes."""
    filters = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", filters.get(kind, kind), "--outdir", str(out), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if "javaldx" not in line] == []
    assert [line for line in done.stdout.splitlines() if not line.startswith("convert ")] == []
    assert {path.stem for path in out.iterdir()} == {path.stem for path in files}
    return out


@pytest.mark.parametrize("scheme", ["songyuan", "yiyang-2018"])
def test_the_ranking_is_shown_as_the_json_says(converted: dict[str, Path], scored: dict[str, Scored], scheme: str):
    units = {unit["name"]: unit for unit in scored[scheme].units().values()}
    with (converted["csv"] / f"{flat(scheme)}-report.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))  # the first sheet, as it is shown
    header = next(line for line in lines if line[0] == "名次")
    rows = [dict(zip(header, line, strict=True)) for line in lines if line[1] in units]
    assert {row["单位"]: (row["名次"], row["总分"], row["等次"]) for row in rows} == {
        name: (str(unit["place"]), f"{float(unit['total']):.2f}", unit["grade"]) for name, unit in units.items()
    }


@pytest.mark.parametrize("what", agreement.ALL)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_its_cells_say_what_the_json_says(
    converted: dict[str, Path], scored: dict[str, Scored], scheme: str, what: str
):
    saved = Scored(converted["xlsx"] / f"{flat(scheme)}-report.xlsx", scored[scheme].document)
    agreement.ALL[what](saved, plan_of(scheme))


def test_its_own_sum_is_the_pool(converted: dict[str, Path], scored: dict[str, Scored]):
    [shared] = scored[PAID].distributions().values()
    page = openpyxl.load_workbook(converted["xlsx"] / "sums.xlsx", data_only=True)["结果运用"]
    assert round(Decimal(page.cell(page.max_row, paid(page)).value), 2) == Decimal(shared["pool"])


def test_the_differences_are_those_of_the_json(converted: dict[str, Path]):
    changes = json.loads((converted["xlsx"].parent / "diff.json").read_text(encoding="utf-8"))["changes"]
    rows = rows_of(converted["xlsx"] / "diff.xlsx", "差别")
    assert len(rows) == len(changes) > 100
    for row, change in zip(rows, changes, strict=True):
        assert (row["代码"], row["名称"]) == (change["code"], change["name"])
        said = {title: (change[key] or {}).get("zh") for title, key in SAID.items()}
        assert {title: row[title] for title in said} == said
        assert (row["原文件行"], row["现文件行"]) == (change["line_before"], change["line_after"])


SAID = {"范围": "where", "种类": "kind", "项目": "aspect", "原": "before", "现": "after"}


def every_workbook() -> list[str]:
    return [f"{flat(scheme)}-{kind}" for scheme in SCHEMES for kind in ("report", "empty")] + ["diff"]


@pytest.mark.parametrize("name", every_workbook())
def test_every_cell_survives(converted: dict[str, Path], name: str):
    before = opened(converted["xlsx"].parent / f"{name}.xlsx")
    after = opened(converted["xlsx"] / f"{name}.xlsx")
    assert after.sheetnames == before.sheetnames
    for page in before:
        written = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}
        found = {c.coordinate: c.value for row in after[page.title].iter_rows() for c in row if c.value is not None}
        assert found == written
        assert bool(after[page.title].data_validations.dataValidation) == bool(page.data_validations.dataValidation)


@pytest.mark.parametrize("name", ["report", "empty"])
def test_it_prints(converted: dict[str, Path], name: str):
    assert (converted["pdf"] / f"yiyang-2018-{name}.pdf").read_bytes().startswith(b"%PDF")
