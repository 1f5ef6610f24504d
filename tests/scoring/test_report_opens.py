"""LibreOffice opens what the product writes, and finds in it what was written."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import openpyxl
import pytest

from indicators.facts.load import load_units
from indicators.template import write_template
from tests.sample import SCHEMES, plan_of, scheme_of
from tests.scoring.conftest import Scored

pytestmark = pytest.mark.libreoffice


def flat(scheme: str) -> str:
    return scheme.replace("/", "-")


@pytest.fixture(scope="module")
def converted(scored: dict[str, Scored], city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports and templates of all evaluations, each as LibreOffice saves it: `to` a kind of file."""
    folder = tmp_path_factory.mktemp("office")
    for scheme in SCHEMES:
        (folder / f"{flat(scheme)}-report.xlsx").write_bytes(scored[scheme].report.read_bytes())
        units = load_units(city / scheme / "单位.csv", plan_of(scheme))
        write_template(str(folder / f"{flat(scheme)}-empty.xlsx"), scheme_of(scheme), plan_of(scheme), units, "zh-hans")
    found = {}
    for kind, names in {"xlsx": "*", "csv": "*-report", "pdf": "yiyang*"}.items():
        files = sorted(folder.glob(f"{names}.xlsx"))
        out = found[kind] = folder / kind
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        filters = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}
        command = ["soffice", profile, "--headless", "--convert-to", filters.get(kind, kind), "--outdir", out, *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == 0, done.stderr
        assert {path.stem for path in out.iterdir()} == {path.stem for path in files}
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_ranking_survives(converted: dict[str, Path], scored: dict[str, Scored], scheme: str):
    units = {unit["name"]: unit for unit in scored[scheme].units().values()}
    with (converted["csv"] / f"{flat(scheme)}-report.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))  # the first sheet, as it is shown
    header = next(line for line in lines if line[0] == "名次")
    rows = [dict(zip(header, line, strict=True)) for line in lines if line[1] in units]
    assert {row["单位"]: (row["名次"], row["总分"], row["等次"]) for row in rows} == {
        name: (str(unit["place"]), f"{float(unit['total']):.2f}", unit["grade"]) for name, unit in units.items()
    }


@pytest.mark.parametrize("name", ["report", "empty"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_cell_survives(converted: dict[str, Path], scheme: str, name: str):
    before = openpyxl.load_workbook(converted["xlsx"].parent / f"{flat(scheme)}-{name}.xlsx")
    after = openpyxl.load_workbook(converted["xlsx"] / f"{flat(scheme)}-{name}.xlsx")
    assert after.sheetnames == before.sheetnames
    for page in before:
        written = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}
        found = {c.coordinate: c.value for row in after[page.title].iter_rows() for c in row if c.value is not None}
        assert found == written
        assert bool(after[page.title].data_validations.dataValidation) == bool(page.data_validations.dataValidation)


@pytest.mark.parametrize("name", ["report", "empty"])
def test_it_prints(converted: dict[str, Path], name: str):
    assert (converted["pdf"] / f"yiyang-2018-{name}.pdf").read_bytes().startswith(b"%PDF")
