"""Reading a workbook: check it, copy what is safe, let calamine parse the copy, shape the tables."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from engine.text import Place, Problem, Problems, Text
from indicators.tables import messages
from indicators.tables.cells import UnusableCell, cell_of, cells_of
from indicators.tables.findings import Findings
from indicators.tables.limits import MAX_CELLS
from indicators.tables.shape import Row, is_blank, shape_table
from indicators.tables.table import Area, Cell, Tables, column_letters
from indicators.tables.xlsx_copy import CleanCopy
from indicators.tables.xlsx_report import survey_notes, survey_problems, unsure_areas
from indicators.tables.xlsx_safety import Package, open_package
from indicators.tables.xlsx_sheet_safety import Survey, has_odd_markup, is_plain, reserves_too_much, survey
from indicators.tables.xlsx_workbook import Sheet, Workbook, read_workbook

_MOST_ASIDE = 1024 * 1024


def read_xlsx(file: str, data: bytes, passing_over: Collection[str] = ()) -> Tables:
    """Read every worksheet of a workbook.

    Args:
        file: the name of the file as shown to people.
        data: the whole file, at most `MAX_FILE_BYTES`.
        passing_over: sheets for people, which are not looked at.

    Raises:
        Problems: why nothing of it can be read.
    """
    return _Reading(file, open_package(file, data), passing_over).tables()


@dataclass(slots=True)
class _Reading:
    file: str
    package: Package
    passing_over: Collection[str]
    problems: list[Problem] = field(default_factory=list)
    result: Tables = field(default_factory=Tables)
    cells: int = 0

    def tables(self) -> Tables:
        workbook = read_workbook(self.package)
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
            sheets = self._copy_safe_parts(workbook, copy)
            self.problems += self.package.unread_problems()
            if self.cells > MAX_CELLS:
                self._say(messages.TOO_MANY_CELLS.format(limit=MAX_CELLS))
            else:
                self._parse(copy.name, sheets)
        if any(not problem.place.sheet for problem in self.problems):  # what all sheets share: none can be trusted
            raise Problems(self.problems)
        self.result.problems.extend(self.problems)
        return self.result

    def _copy_safe_parts(self, workbook: Workbook, target: IO[bytes]) -> list[Sheet]:
        """Write the clean copy; returns the sheets in it, in its order."""
        with CleanCopy(target, workbook.counts_from_1904) as copy:
            self._copy_shared(workbook.strings, copy.add_strings)
            self._copy_shared(workbook.styles, copy.add_styles)
            copied = [sheet for sheet in workbook.sheets if self._copy(sheet, copy)]
        target.flush()
        return copied

    def _copy(self, sheet: Sheet, copy: CleanCopy) -> bool:
        return self._copy_aside(sheet, copy) if sheet.name in self.passing_over else self._copy_sheet(sheet, copy)

    def _copy_aside(self, sheet: Sheet, copy: CleanCopy) -> bool:
        """A sheet for people is read where it is small and plain; nothing is ever wrong with it."""
        try:
            data = self.package.read(sheet.part)
        except Problems:
            return False
        plain = len(data) <= _MOST_ASIDE and is_plain(data) and not has_odd_markup(data)
        if plain:
            copy.add_sheet(data)
        return plain

    def _copy_shared(self, part: str | None, add: Callable[[bytes], None]) -> None:
        if part is None or part not in self.package:
            return
        try:
            data = self.package.read(part)
        except Problems as problems:
            self.problems += problems.found
            return
        if has_odd_markup(data) or reserves_too_much(data):
            self._say(messages.DAMAGED.format(part=part))
        else:
            add(data)

    def _copy_sheet(self, sheet: Sheet, copy: CleanCopy) -> bool:
        if sheet.hidden:
            self._say(messages.HIDDEN_SHEET, sheet)
        try:
            data = self.package.read(sheet.part)
            safe = self._look_through(sheet, data)
        except Problems as problems:
            self.problems += problems.found
        except expat.ExpatError:
            self._say(messages.DAMAGED.format(part=sheet.part), sheet)
        else:
            if safe:
                copy.add_sheet(data)
            return safe
        return False

    def _look_through(self, sheet: Sheet, data: bytes) -> bool:
        """Say what is wrong or notable in the XML of a sheet; True when the parser may see it."""
        if has_odd_markup(data):
            self._say(messages.DAMAGED.format(part=sheet.part), sheet)
            return False
        found = Survey(cells=data.count(b"<c ")) if is_plain(data) else survey(data)
        self.cells += found.cells
        self.problems += survey_problems(self.file, sheet.name, found)
        if areas := unsure_areas(found):
            self.result.unsure[sheet.name] = areas
        self.result.notes.extend(survey_notes(self.file, sheet.name, found))
        return not found.unsafe

    def _parse(self, path: str, sheets: list[Sheet]) -> None:
        """Let the parser read the copy; sheets that it alone finds wrong are said to be damaged."""
        area = 0
        try:
            workbook = CalamineWorkbook.from_path(path)
        except CalamineError:
            self._say_damaged(None, self.file)
            return
        with workbook:
            for index, sheet in enumerate(sheets):
                area += self._parse_sheet(workbook, index, sheet)
                if area > MAX_CELLS:
                    self._say(messages.TOO_MANY_CELLS.format(limit=MAX_CELLS))
                    return

    def _parse_sheet(self, workbook: CalamineWorkbook, index: int, sheet: Sheet) -> int:
        """Returns how many cells the rectangle has that the sheet spans."""
        try:
            parsed = workbook.get_sheet_by_index(index)
        except CalamineError:
            self._say_damaged(sheet, sheet.part)
            return 0
        area = parsed.height * parsed.width
        if sheet.name in self.passing_over:
            self.result.aside.extend(value for row in parsed.iter_rows() for value in row if isinstance(value, str))
        elif area <= MAX_CELLS:
            self._shape(sheet, *self._rows(sheet, parsed))
        return area

    def _shape(self, sheet: Sheet, numbers: list[int], rows: list[Row]) -> None:
        table, problems = shape_table(self.file, sheet.name, numbers, rows)
        self.problems += problems
        if table:
            self.result.tables.append(table)

    def _rows(self, sheet: Sheet, parsed: CalamineSheet) -> tuple[list[int], list[Row]]:
        """The numbers and cells of the rows that are not blank, from column A on."""
        numbers: list[int] = []
        rows: list[Row] = []
        unusable = Findings()
        before: Row = (None,) * (parsed.start[1] if parsed.start else 0)
        for number, values in enumerate(parsed.iter_rows(), 1):
            try:
                row = before + cells_of(values)
            except UnusableCell:
                row = before + self._usable(sheet, number, len(before), values, unusable)
            if not is_blank(row):
                numbers.append(number)
                rows.append(row)
        self.problems += unusable.problems()
        return numbers, rows

    def _usable(self, sheet: Sheet, number: int, first: int, values: Sequence[object], unusable: Findings) -> Row:
        row: list[Cell] = []
        for column, value in enumerate(values, first):
            try:
                row.append(cell_of(value))
            except UnusableCell as reason:
                unusable.add(Place(self.file, sheet.name, number, column_letters(column)), reason.what)
                self.result.unsure.setdefault(sheet.name, []).append(Area(number, number, column, column))
                row.append(None)
        return tuple(row)

    def _say(self, what: Text, sheet: Sheet | None = None) -> None:
        self.problems.append(Problem(Place(self.file, sheet.name if sheet else ""), what))

    def _say_damaged(self, sheet: Sheet | None, part: str) -> None:
        """Unless something better was already said of it: the parser also gives up at rarer error values."""
        name = sheet.name if sheet else ""
        if all(problem.place.sheet != name for problem in self.problems):
            self._say(messages.DAMAGED.format(part=part), sheet)
