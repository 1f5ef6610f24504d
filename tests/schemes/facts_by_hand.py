"""Small fact sets written in a test, and what the engine makes of them, in figures that compare with a pencil's.

Readings and targets are written across, one column per unit, so that units can be compared by eye; they are turned
into the rows of the CSV folder. Every other sheet is written as it stands in the folder.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from engine.score import score
from engine.score.counted import Extras
from engine.score.result import NodeResult, Outcome, SetResult
from engine.text import Problems
from indicators.facts import load_facts
from tests.sample import plan_of

PAST_AND_PLANNED = ("target", "last_year", "two_years_ago", "three_years_ago")

Points = dict[str, Decimal | None]
Counted = dict[tuple[str, str], Decimal]  # by matter and standard


def readings(*tables: str) -> str:
    """`indicator,fact,A,B` tables → the rows of the sheet of readings; an empty cell is a reading nobody brought."""
    rows = [(unit, line["indicator"], line["fact"], value) for line, unit, value in _cells(tables)]
    return _csv([("unit", "indicator", "fact", "value"), *rows])


def targets(*tables: str) -> str:
    """`indicator,fact,known,A,B` tables, `known` being `target`, `last_year` …, → the rows of the sheet of targets."""
    rows: dict[tuple[str, str, str], dict[str, str]] = {}
    for line, unit, value in _cells(tables):
        rows.setdefault((unit, line["indicator"], line["fact"]), {})[line["known"]] = value
    header = ("unit", "indicator", "fact", *PAST_AND_PLANNED)
    return _csv([header, *((*key, *(known.get(one, "") for one in PAST_AND_PLANNED)) for key, known in rows.items())])


def _cells(tables: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str, str]]:
    for table in tables:
        for line in csv.DictReader(io.StringIO(table.strip())):
            units = [name for name in line if name not in ("indicator", "fact", "known")]
            yield from ((line, unit, line[unit]) for unit in units if line[unit])


def _csv(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def without(sheet: str, line: str) -> str:
    """The sheet less one line, which must be there."""
    lines = sheet.strip().splitlines()
    lines.remove(line)
    return "\n".join(lines)


def _with_reasons(name: str, sheet: str) -> str:
    """Every reading with a reason for what it may have lost."""
    header, *rows = sheet.strip().splitlines()
    if name != "readings":
        return sheet.strip()
    return "\n".join([f"{header},reason", *(f"{row},见评分表" for row in rows)])


class Scored:
    """An evaluation's result on sheets written in a test; what stops the run comes as `Problems`.

    `scheme` is a file's name, with `/` and the evaluation where it holds several: `zhangjiajie-2021/direct`; `told` is
    how many notes, such as those on void ballots, the run makes.
    """

    def __init__(self, scheme: str, folder: Path, told: int = 0, **sheets: str) -> None:
        for name, text in sheets.items():
            (folder / f"{name}.csv").write_text(_with_reasons(name, text) + "\n", encoding="utf-8")
        plan = plan_of(scheme)
        facts, notes = load_facts(folder, plan)
        assert len(notes) == told
        self.outcome: Outcome = score(plan, facts)

    def find(self, unit: str) -> tuple[SetResult, int]:
        found = self.outcome.find(unit)
        assert found is not None
        return found

    def points(self, unit: str) -> Points:
        """Every node and every own indicator (`key/1`) of the unit → its points; None where it does not apply."""
        result, row = self.find(unit)
        found: Points = {}
        for node in result.nodes():
            found[node.node.code] = figure(node.points[row]) if node.counts()[row] else None
            found |= _own(node, row)
        return found

    def total(self, unit: str) -> Decimal:
        result, row = self.find(unit)
        return figure(result.total[row])

    def exact_total(self, unit: str) -> Decimal:
        """The total before its own rounding."""
        result, row = self.find(unit)
        return figure(result.exact_total[row])

    def place(self, unit: str) -> int:
        result, row = self.find(unit)
        return int(result.place[row])

    def earned(self, unit: str) -> str:
        """The grade by total and place, before any veto."""
        result, row = self.find(unit)
        return self.outcome.plan.written.grades[result.earned[row]].name

    def grade(self, unit: str) -> str:
        result, row = self.find(unit)
        return self.outcome.plan.written.grades[result.grade[row]].name

    def uses(self, unit: str) -> dict[str, str]:
        """What the result brings the unit; uses that bring it nothing are left out."""
        result, row = self.find(unit)
        return {code: given[row] for code, given in result.uses.items() if given[row] is not None}

    def bonus(self, unit: str) -> tuple[Decimal, Counted]:
        """What bonuses add in all, and what each claim counts."""
        result, row = self.find(unit)
        return _extras(result.bonuses[row])

    def deduction(self, unit: str) -> tuple[Decimal, Counted]:
        """What deductions take away in all, and what each claim counts."""
        result, row = self.find(unit)
        return _extras(result.deductions[row])


def _extras(extras: Extras) -> tuple[Decimal, Counted]:
    counted = {(one.claim.matter, one.claim.standard): figure(one.counted) for one in extras.claims}
    return figure(extras.total), counted


def _own(node: NodeResult, row: int) -> Points:
    if node.own is None:
        return {}
    mine = [at for at, unit in enumerate(node.own.rows.unit) if unit == row]
    return {
        f"{node.node.code}/{node.own.rows.code[at]}": None if node.own.status[at] else figure(node.own.points[at])
        for at in mine
    }


def figure(value: Fraction) -> Decimal:
    """A finite decimal, exactly."""
    found = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(found) == value
    return found


def on_paper(points: dict[str, str | None]) -> Points:
    """Figures as written in a test, ready to be compared; None stays None."""
    return {code: None if text is None else Decimal(text) for code, text in points.items()}


def said(problems: Problems) -> list[str]:
    """What is wrong, one sentence each, without places."""
    return [problem.what.zh for problem in problems.found]
