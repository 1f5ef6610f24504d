"""The peer that offices have: a workbook of formulas over the same facts, recalculated by LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from engine.facts import Facts, Key, SetFacts, Status

_NOT_APPLICABLE = "不涉及"
_RULES = (  # v, t: value and target of the unit; g: the values of its category
    "{v}",
    "{v}/{t}*10",
    "IF({v}<=0,10,{t}/{v}*10)",
    "IF({v}/{t}>=1,10,IF({v}/{t}>=0.9,8,0))",
    "MAX(5,8+SIGN({v}-AVERAGE({g}))*INT(ABS({v}-AVERAGE({g}))/100)*0.1)",
    "IF(MAX({g})=MIN({g}),10,6+({v}-MIN({g}))*4/(MAX({g})-MIN({g})))",
    "IF(MAX({g})<=0,0,{v}/MAX({g})*10)",
    "INDEX({{10,9,8,7,6,5}},MIN(6,RANK({v},{g})))",
    "10-(RANK({v},{g})-1)*4/MAX(1,COUNT({g})-1)",
    "{v}/5000",
)
_POINTS = '=IF({v}="{away}","",IF({v}="",0,ROUND(MIN(10,MAX(0,{rule})),2)))'

# Formulas are run on loading, whatever program wrote the file.
_RECALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""


def write_formulas(path: Path, facts: Facts, leaves: int) -> None:
    """Facts and formulas: a row per unit, the units of a category together, a column per leaf on each sheet."""
    [known] = facts.sets.values()
    order = sorted(range(len(known.units)), key=lambda row: (known.units[row].category, row))
    with xlsxwriter.Workbook(path) as book:
        values, targets, votes = (book.add_worksheet(name) for name in ("数据", "目标", "票"))
        points, totals = book.add_worksheet("得分"), book.add_worksheet("名次")
        for leaf in range(leaves):
            actual = known.columns[Key(f"l{leaf}", "actual", "actual")]
            target = known.columns.get(Key(f"l{leaf}", "actual", "target"))
            for line, row in enumerate(order):
                if actual.status[row] == Status.GIVEN:
                    values.write_number(line, leaf, float(actual.values[row]))
                elif actual.status[row] == Status.NOT_APPLICABLE:
                    values.write_string(line, leaf, _NOT_APPLICABLE)
                if target:
                    targets.write_number(line, leaf, float(target.values[row]))
        [tally] = known.tallies.values()
        for line, row in enumerate(order):
            votes.write_row(line, 0, tally.counts[row].tolist())
            first, last = _category(known, order, line)
            for leaf in range(leaves):
                points.write_formula(line, leaf, _formula(leaf, line, first, last))
            totals.write_string(line, 0, known.units[row].code)
            for column, formula in enumerate(_in_all(leaves, line, first, last), 1):
                totals.write_formula(line, column, formula)


def _category(known: SetFacts, order: list[int], line: int) -> tuple[int, int]:
    """The first and the last line of the category of a line, as they are written in a formula."""
    mine = [at for at, row in enumerate(order) if known.units[row].category == known.units[order[line]].category]
    return mine[0] + 1, mine[-1] + 1


def _formula(leaf: int, line: int, first: int, last: int) -> str:
    letter = xl_col_to_name(leaf)
    value = f"数据!{letter}{line + 1}"
    others = f"数据!{letter}${first}:{letter}${last}"
    rule = _RULES[leaf % len(_RULES)].format(v=value, t=f"目标!{letter}{line + 1}", g=others)
    return _POINTS.format(v=value, away=_NOT_APPLICABLE, rule=rule)


def _in_all(leaves: int, line: int, first: int, last: int) -> tuple[str, str, str]:
    """The points of the panel, the total and the place."""
    row, end, full = line + 1, xl_col_to_name(leaves - 1), 10 * leaves + 100
    away = f'COUNTIF(数据!A{row}:{end}{row},"{_NOT_APPLICABLE}")'
    return (
        f"=ROUND((100*票!A{row}+90*票!B{row}+80*票!C{row})/SUM(票!A{row}:C{row}),2)",
        f"=ROUND((SUM(得分!A{row}:{end}{row})+B{row})*{full}/({full}-10*{away}),2)",
        f"=RANK(C{row},C${first}:C${last})",
    )


def make_profile(folder: Path) -> None:
    """A profile of its own, used once, so that nobody pays for making it."""
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
    with xlsxwriter.Workbook(folder / "empty.xlsx") as book:
        book.add_worksheet()
    recalculate(folder, "empty.xlsx")


def recalculate(folder: Path, name: str) -> Path:
    """Start the program, load the workbook, run its formulas, save it."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "out" / name


def results_of(path: Path) -> Mapping[str, tuple[float, int]]:
    """By unit the total and the place."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("名次").to_python()
    return {str(unit): (float(total), int(place)) for unit, _, total, place in rows}
