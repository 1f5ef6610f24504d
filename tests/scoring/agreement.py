"""What a result workbook and the JSON document of the same run say of each other: every number to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from engine.language.scheme import EvaluationPlan
from tests.scoring.conftest import Scored
from tests.scoring.reading import opened, ranked, rows_of

REASONS = {
    "不涉及": "not_applicable",
    "回避": "not_applicable",
    "无人评": "not_applicable",
    "未抽中": "not_drawn",
    "不设": "left_out",
}


def exact(cell: Any) -> Fraction:
    """The number that a cell holds, digit for digit."""
    assert isinstance(cell, int | float), cell
    return Fraction(repr(cell))


def same(cell: Any, said: str | None) -> bool:
    """Whether a cell says what the JSON says; what reads as a number has to be one."""
    try:
        wanted = Fraction(said.removesuffix("%")) / (100 if said.endswith("%") else 1) if said else None
    except ValueError:
        return bool(cell == said)
    return cell is None if wanted is None else exact(cell) == wanted


def ranking(one: Scored, plan: EvaluationPlan) -> None:
    """Place, grades, total, bonus, deductions and parts of every unit."""
    units = {unit["name"]: unit for unit in one.units().values()}
    found = ranked(one.report)
    assert sorted(row["单位"] for row in found) == sorted(units)
    for row in found:
        unit = units[row["单位"]]
        assert row["名次"] == unit["place"]
        assert (row.get("应得等次", row["等次"]), row["等次"]) == (unit["grade_earned"], unit["grade"])
        assert same(row["总分"], unit["total"])
        assert same(row.get("加分", 0), unit["bonus"])
        assert same(row.get("扣分", 0), unit["deductions"])
        for part in unit["derivation"]["children"]:
            if part["points"] is None:
                assert REASONS[row[part["name"]]] == unit["nodes"][part["code"]]["status"]
            elif part["code"] not in ("bonus", "deductions"):
                assert round(row[part["name"]] * 100) == floor(Fraction(part["brings"]) * 100 + Fraction(1, 2))


def matrix(report: Path, title: str) -> tuple[list[str], list[Any], list[list[Any]]]:
    """Codes, full marks and the rows of units of a score matrix: code, total, and the cells."""
    page = opened(report)[f"得分 {title}"[:31]]
    names = [cell.value for cell in page[2]]
    total = names.index("总分")
    codes, full = ([cell.value for cell in page[line]][total + 1 :] for line in (3, 4))
    rows = [[row[0], *row[total:]] for row in page.iter_rows(min_row=5, values_only=True)]
    return codes, full, rows


def points(one: Scored, plan: EvaluationPlan) -> None:
    """The points of every node of every unit, and why there are none."""
    units = one.units()
    seen = set()
    for part_of in plan.sets:
        codes, _, rows = matrix(one.report, part_of.name)
        assert codes == [node.code for node in part_of.walk()]
        for name, total, *cells in rows:
            unit = units[name]
            seen.add(name)
            assert same(total, unit["total"])
            for code, cell in zip(codes, cells, strict=True):
                node = unit["nodes"][code]
                assert REASONS[cell] == node["status"] if node["points"] is None else same(cell, node["points"])
    assert seen == set(units)


def uses(one: Scored, plan: EvaluationPlan) -> None:
    """What every use brings every unit, and what every person has of what is distributed."""
    units, named = one.units(), {use.code: use.name for use in plan.written.use}
    rows = rows_of(one.report, "结果运用") if named else []
    assert {row["单位代码"] for row in rows} == (set(units) if named else set())
    for row in rows:
        unit = units[row["单位代码"]]
        assert (row["名次"], row["等次"]) == (unit["place"], unit["grade"])
        assert same(row["总分"], unit["total"])
        assert all(same(row.get(named[code]), given) for code, given in unit["uses"].items())
    persons(one, named)


def persons(one: Scored, named: dict[str, str]) -> None:
    """What every person has, and that it adds up to the pool."""
    told = {
        (named[code], share["code"], person["code"]): person["amount"]
        for code, found in one.distributions().items()
        for share in found["units"]
        for person in share["persons"]
    }
    rows = rows_of(one.report, "个人分配") if told else []
    assert len(rows) == len(told)
    assert all(same(row["金额"], told[row["项目"], row["单位代码"], row["工号"]]) for row in rows)
    assert all(exact(row["系数"]) > 0 for row in rows)


ALL: dict[str, Callable[[Scored, EvaluationPlan], None]] = {"ranking": ranking, "points": points, "uses": uses}
