"""Whether the XML of a sheet may go to the parser, which reserves memory for the rectangle its cells span.

One cell at XFD1048576 makes it ask for hundreds of gigabytes, and the process dies. So positions are checked
first: `is_plain` is quick and passes only sheets in which every start tag that the parser could take for a cell
has the usual form and a near position; any other sheet goes through `survey`, which is exact and slower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar
from xml.parsers import expat

from indicators.tables.limits import MAX_COLUMNS, MAX_ROWS, MAX_SAID
from indicators.tables.table import column_letters
from indicators.tables.xml_walk import walk

assert (MAX_COLUMNS, MAX_ROWS) == (26, 200_000), "the pattern below is written for these limits"
_NEAR = rb"[A-Z](?:[1-9][0-9]{0,4}|1[0-9]{5}|200000)"
_PLAIN_TAG = rb' r="' + _NEAR + rb'"(?: s="[0-9]+")?(?: t="(?:s|n|b|str|inlineStr)")?/?>'
_OTHER_CELL = re.compile(rb"<c(?!" + _PLAIN_TAG + rb")[\s/>]")
_NOT_PLAIN = (
    re.compile(rb":(?:c|row|f|col|mergeCell)[\s/>]"),  # a prefix, which the parser ignores
    re.compile(rb"<f[\s/>]"),
    re.compile(rb"""hidden\s*=\s*["'](?!0|false)"""),
    re.compile(rb"<mergeCell[\s/>]"),
)
_MARKUP = re.compile(rb"<(?:!|\?(?!xml\s))")
_HUGE_COUNT = re.compile(rb"""uniqueCount\s*=\s*["'][^"']{8,}""")
_Item = TypeVar("_Item")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})", re.ASCII)


def has_odd_markup(data: bytes) -> bool:
    """Comments, CDATA and processing instructions: no spreadsheet program writes them, and the parser would read
    a value with one inside differently from Excel."""
    return bool(_MARKUP.search(data))


def reserves_too_much(strings: bytes) -> bool:
    """The parser makes room for as many shared texts as the part says it has, before it reads one."""
    return bool(_HUGE_COUNT.search(strings))


def is_plain(data: bytes) -> bool:
    """All cells are near; nothing is hidden, merged, an error or a formula. False also when that is merely not sure."""
    whole = data.rstrip().endswith(b"</worksheet>")
    return whole and not _OTHER_CELL.search(data) and not any(pattern.search(data) for pattern in _NOT_PLAIN)


@dataclass(slots=True)
class Survey:
    """What stands where in a sheet. Positions are (row from 1, column from 0)."""

    cells: int = 0
    far: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    formula_count: int = 0
    without_value: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def unsafe(self) -> bool:
        """The parser must not see this sheet."""
        return bool(self.far or self.broken)


def survey(data: bytes) -> Survey:
    """Go through a sheet cell by cell, counting positions as the parser does.

    Raises:
        expat.ExpatError: the XML is not well-formed.
    """
    return _Surveyor().run(data)


def position_of(reference: str) -> tuple[int, int] | None:
    """(row from 1, column from 0) of a reference such as B7; None when it is none."""
    match = _REFERENCE.fullmatch(reference)
    if not match or not int(match[2]):
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column - 1


def _true(value: str) -> bool:
    return value.strip() not in ("", "0", "false")


class _Surveyor:
    def __init__(self) -> None:
        self.found = Survey()
        self.row = self.cell_row = 1
        self.column = 0
        self.row_hidden = False
        self.hidden_spans: list[tuple[int, int]] = []
        self.used_columns: set[int] = set()
        self.parser = expat.ParserCreate()
        self._clear_cell()

    def run(self, data: bytes) -> Survey:
        walk(self.parser, data, self._start, self._end)
        for first, last in self.hidden_spans:
            self.found.hidden_columns += [column for column in self.used_columns if first <= column <= last]
        return self.found

    def _clear_cell(self) -> None:
        self.kind = ""
        self.formula = self.filled = False
        self.text = ""

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "is", "t"):
            self.filled = True
            if self.formula or self.kind == "e":
                self.parser.CharacterDataHandler = self._characters
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "col":
            self._column_format(attributes)
        elif tag == "mergeCell":
            _keep(self.found.merged, attributes.get("ref", "?")[:40])

    def _end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "v":
            self.parser.CharacterDataHandler = None
        elif tag == "row":
            self.row += 1
            self.column = 0

    def _characters(self, text: str) -> None:
        self.text = (self.text + text)[:50]

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row_hidden = _true(attributes.get("hidden", ""))
        number = attributes.get("r")
        if number is None:
            return
        if number.isascii() and number.isdigit() and len(number) <= 9:
            self.row = int(number)
        else:
            _keep(self.found.broken, number[:40])

    def _column_format(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _true(attributes.get("hidden", "")) and first.isdecimal() and last.isdecimal():
            _keep(self.hidden_spans, (int(first[:9]) - 1, int(last[:9]) - 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._clear_cell()
        self.cell_row = self.row  # the parser keeps the row of <row> for cells that do not name theirs
        self.kind = attributes.get("t", "")
        if reference is None:
            return
        position = position_of(reference)
        if position:
            self.cell_row, self.column = position
        else:
            _keep(self.found.broken, reference[:40])

    def _end_cell(self) -> None:
        if self.filled or self.formula:
            self._note_content()
        self.column += 1

    def _note_content(self) -> None:
        found, place = self.found, (self.cell_row, self.column)
        found.cells += 1
        if self.column >= MAX_COLUMNS or self.cell_row > MAX_ROWS:
            _keep(found.far, f"{column_letters(self.column)}{self.cell_row}")
            return
        self.used_columns.add(self.column)
        if self.row_hidden and self.cell_row not in found.hidden_rows[-1:]:
            found.hidden_rows.append(self.cell_row)
        if self.kind == "e":
            _keep(found.errors, (*place, self.text))
        if self.formula:
            found.formula_count += 1
            _keep(found.formulas, place)
            if not self.text and self.kind != "str":
                _keep(found.without_value, place)


def _keep(kept: list[_Item], item: _Item) -> None:
    if len(kept) <= MAX_SAID:
        kept.append(item)
