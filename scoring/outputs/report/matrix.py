"""The score matrix of one indicator set: units down, indicators across, name, code and full marks above."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from engine.language.scheme import Indicator
from engine.score.result import NodeResult, SetResult
from engine.text import Text
from indicators.sheetwriter import Look, display_width, heighten, paginate
from scoring.outputs.report.pages import GROUP, PART, PLACES, QUIET, Pages
from scoring.outputs.report.reasons import REASONS, Reason, filled_in, reason

_LEGEND, _NAMES, _CODES, _FULL, _FIRST = range(5)  # the lines above the units, and the first unit's
_MARKS = Text("蓝底：主项；灰底：还有下级的项", "blue: a main part; grey: has indicators below it")
_ITALIC = Text("斜体：没有数据，按方案补的分", "italic: no reading, filled in as the rule book says")

_CODE: Look = {**QUIET, "bold": False, "align": "left", "font_size": 8, "shrink": True}
_NAME: Look = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}


def write_matrix(pages: Pages, result: SetResult) -> None:
    """Write the sheet of one indicator set."""
    _Matrix(pages, result).write()


class _Matrix:
    def __init__(self, pages: Pages, result: SetResult) -> None:
        self.pages, self.result, self.book = pages, result, pages.book
        self.nodes = list(result.nodes())
        self.rows = [row for number in range(len(result.plan.categories)) for row in result.members(number)]
        self.categories = [*result.plan.categories.values()]
        self.leading = 4 if len(self.categories) > 1 else 3  # code, name, category where there are several, total
        self.reasons: dict[tuple[int, int], Reason] = {}  # by column and row
        for column, node in enumerate(self.nodes):
            for row in self.rows:
                if why := reason(node, result.units[row], row):
                    self.reasons[column, row] = why

    def write(self) -> None:
        header = self.pages.titles("单位代码 Code", "单位 Unit", "类别 Category", "总分 Total")
        del header[2 : 6 - self.leading]
        header += [node.node.name for node in self.nodes]
        title = self.pages.say("得分", "Scores") + " " + self.result.plan.name
        sheet = self.book.sheet(title, header, top=_NAMES)
        widths = self._widths()
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        heighten(sheet, _NAMES, header, [width - 1 for width in widths])
        sheet.freeze_panes(_FIRST, self.leading)
        sheet.repeat_rows(_NAMES, _FULL)
        paginate(sheet, widths, self.leading)
        self._legend(sheet)
        self._head(sheet, header)
        above = None
        for line, row in enumerate(self.rows, start=_FIRST):
            category = int(self.result.category[row])
            self._unit(sheet, line, row, {} if above == category else {"top": 1})
            above = category

    def _widths(self) -> list[int]:
        names = max((display_width(unit.name) for unit in self.result.units), default=0) + 3
        category = [min(max(map(display_width, self.categories)) + 3, 26)] if self.leading > 3 else []
        return [10, names, *category, 10, *(_width(node.node) for node in self.nodes)]

    def _legend(self, sheet: Worksheet) -> None:
        """What the words and looks in the cells mean; only those that occur."""
        found = set(self.reasons.values())
        said = [_MARKS, *(one.legend() for one in REASONS if one in found)]
        said += [_ITALIC] if any(filled_in(node, row) for node in self.nodes for row in self.rows) else []
        text = self.pages.say("；", "; ").join(one.to(self.pages.language) for one in said)
        sheet.write_string(_LEGEND, self.leading, text, self.book.format(font_color="#595959"))

    def _head(self, sheet: Worksheet, header: list[str]) -> None:
        for column in range(self.leading):
            for line in (_CODES, _FULL):
                self.book.write(sheet, line, column, None, **GROUP)
        right: dict[str, Any] = {"align": "right", "indent": 1}
        total = {**_NAME, "bg_color": "#DCE6F1", "bold": True}
        self.book.write(sheet, _NAMES, self.leading - 1, header[self.leading - 1], **{**total, **right})
        self.book.write(sheet, _CODES, self.leading - 1, self.pages.say("代码", "Code"), **GROUP, **right)
        self.book.write(sheet, _FULL, self.leading - 1, self.pages.say("满分", "Full"), **GROUP, **right)
        for column, node in enumerate(self.nodes, start=self.leading):
            full = {node.full[row] for row in self.rows}
            marks = full.pop() if len(full) == 1 else self.pages.say("按类别", "varies")
            look = _look(node)
            self.book.write(sheet, _NAMES, column, header[column], **{"bg_color": "#FFFFFF", **look, **_NAME})
            self.book.write(sheet, _CODES, column, node.node.code, **{**look, **_CODE})
            self.book.write(sheet, _FULL, column, marks, **{**look, **right, "bottom": 1})

    def _unit(self, sheet: Worksheet, line: int, row: int, edge: Look) -> None:
        unit = self.result.units[row]
        category = [self.categories[int(self.result.category[row])]] if self.leading > 3 else []
        for column, value in enumerate([unit.code, unit.name, *category]):
            self.book.write(sheet, line, column, value, **edge)
        total, places = self.result.total[row], self.pages.total_places
        self.book.write(sheet, line, self.leading - 1, total, places, bold=True, **edge)
        for number in range(len(self.nodes)):
            self._cell(sheet, line, number, row, edge)

    def _cell(self, sheet: Worksheet, line: int, number: int, row: int, edge: Look) -> None:
        node = self.nodes[number]
        why, look = self.reasons.get((number, row)), {**_look(node), **edge}
        if why is not None:
            look |= {**QUIET, "bold": False, "align": "right", "indent": 1}
            self.book.write(sheet, line, self.leading + number, why.word.to(self.pages.language), **look)
            return
        italic: dict[str, Any] = {"italic": True} if filled_in(node, row) else {}
        self.book.write(sheet, line, self.leading + number, node.points[row], PLACES, **look, **italic)


def _width(node: Indicator) -> int:
    """Wide enough for a name on two or three lines, and for its code in small letters."""
    name, code = -(-display_width(node.name) // 2) + 4, -(-len(node.code) * 8 // 10) + 2
    return max(10, min(20, max(name, code)))


def _look(node: NodeResult) -> Look:
    if len(node.node.path) == 1:
        return PART
    return GROUP if node.children else {}
