"""Everything that is wrong with the facts: told once per cause, in the order of the workbook."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.text import Place, Problem, Text
from indicators.facts.sheets import SHEETS, Sheet

TITLES = Text("、".join(sheet.title.zh for sheet in SHEETS), ", ".join(sheet.title.en for sheet in SHEETS))
_KNOWN = {name: sheet for sheet in SHEETS for name in (sheet.title.zh, sheet.title.en, sheet.key)}
_AND_MORE = Text("{what}（另有 {count} 行）", "{what} ({count} more rows)")


@dataclass
class _Found:
    problem: Problem
    rests_on: str
    more: int = 0

    def told(self) -> Problem:
        if not self.more:
            return self.problem
        return replace(self.problem, what=_AND_MORE.format(what=self.problem.what, count=self.more))


@dataclass
class Findings:
    """What is found wrong, cell by cell; `unread` are the sheets that are there but could not be read."""

    unread: set[str] = field(default_factory=set)
    _found: list[_Found] = field(default_factory=list)
    _once: dict[Hashable, _Found] = field(default_factory=dict)

    def note(self, problem: Problem, once: Hashable = None, rests_on: str = "") -> None:
        """Keep a problem; of those with the same `once` only the first, with the number of the others."""
        if once is not None and once in self._once:
            self._once[once].more += 1
            return
        self._found.append(_Found(problem, rests_on))
        if once is not None:
            self._once[once] = self._found[-1]

    def add(self, place: Place, zh: str, en: str, **values: object) -> None:
        """Keep a problem; `values` fill both sentences."""
        self.note(Problem(place, Text(zh, en).format(**values)))

    def drop(self, sheet: Place) -> None:
        """Forget what was found on a sheet that is of no use."""
        self._found = [
            one for one in self._found if (one.problem.place.file, one.problem.place.sheet) != (sheet.file, sheet.sheet)
        ]

    def all(self, without: Collection[str] = ()) -> list[Problem]:
        """Every problem, but for those that rest on these sheets."""
        return [found.told() for found in self._found if found.rests_on not in without or not found.rests_on]


def sheet_named(name: str) -> Sheet | None:
    """The known sheet of this title, in either language, or key."""
    return _KNOWN.get(name)


def sheet_at(place: Place) -> str:
    """The name of the sheet of a place; a file of a folder is a sheet even where nothing could be read of it."""
    if place.sheet or Path(place.file).suffix.lower() != ".csv":
        return place.sheet
    return Path(place.file).stem


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Problems of the whole file first, then sheet by sheet, row by row, column by column."""
    return sorted(problems, key=_order)


def _order(problem: Problem) -> tuple[int, str, int, int, str, str]:
    place, name = problem.place, sheet_at(problem.place)
    sheet = sheet_named(name)
    number = SHEETS.index(sheet) if sheet else len(SHEETS)
    return number if name else -1, name, place.row, len(place.column), place.column, problem.what.zh
