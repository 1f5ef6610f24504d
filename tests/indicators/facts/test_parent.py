"""The column 主管部门 of the units: the department over a second-tier unit, whether or not it takes part itself."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from indicators.facts.load import load_units
from indicators.template import write_template
from tests.sample import plan_of, scheme_of


def test_it_is_read_and_stands_in_the_template_again(tmp_path: Path):
    plan = plan_of("yiyang-2018")
    rows = ["单位代码,单位名称,类别,主管部门", "C01,云汀区,区县（市）,", "C02,澄渚县,区县（市）,市财政局"]
    (tmp_path / "units.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    units = load_units(tmp_path / "units.csv", plan)
    assert [unit.parent for unit in units] == ["", "市财政局"]
    write_template(str(tmp_path / "a.xlsx"), scheme_of("yiyang-2018"), plan, units, "zh-hans")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["单位"]
    [column] = [cell.column for cell in page[1] if cell.value == "主管部门"]
    assert [page.cell(row, column).value for row in (2, 3)] == [None, "市财政局"]
