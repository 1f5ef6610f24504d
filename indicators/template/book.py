"""Writing the template: sheets, notes at headers, lists, colours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, zip_longest
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engine.facts import EvaluatedUnit
from engine.language.scheme import EvaluationPlan, Scheme
from engine.text import Text
from indicators.facts import sheets
from indicators.facts.load import SCHEME_MARK
from indicators.facts.sheets import Column, Sheet
from indicators.facts.values import NOT_APPLICABLE, NOT_DRAWN, NOTHING
from indicators.facts.wanted import Wanted, sheets_for
from indicators.sheetwriter import Book, column_letter, fit, heighten, lines
from indicators.template import overview
from indicators.template.choices import choices
from indicators.template.rows import Look, Prepared

_EMPTY_ROWS = 100  # rows to be filled on a sheet whose rows nobody can know beforehand
_MORE_ROWS = 500  # rows that may be added, with lists
_NOTES_WIDTH = 90
_NUMBER_WIDTH = 12
_NOTE_WIDTH = 36
_ROOMY = ("reason", "document", "matter", "ground", "standard")  # columns of sentences
_AS_TYPED: dict[str, dict[str, Any]] = {  # text stays text where it is typed: `3-5` is no date, `007` no number
    "code": {"num_format": "@"},
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}
_LOOKS: dict[Look, dict[str, Any]] = {
    Look.GIVEN: {"font_color": "#595959", "bg_color": "#F2F2F2", "num_format": "@"},
    Look.TO_FILL: {"bg_color": "#FFF9E5", "border": 1, "border_color": "#D9D9D9"},
    Look.NOT_NEEDED: {"bg_color": "#BFBFBF"},
}
_OPTIONS = Text("选项", "Options")
_OWN_STEP = Text(
    "各单位自己的指标先列在“自定指标”表，再到“采集数据”表末尾加行填数（有目标的，目标加在“目标与基数”表末尾），"
    "指标代码写“所属指标/代码”，如 {example}。",
    "A unit's own indicators are listed on “Own indicators” first. Their values are added as rows at the end of "
    "“Readings” (their targets at the end of “Targets”) under the indicator node/code, as {example}.",
)
_STEPS = (
    Text(
        "这是“{title}”的数据工作簿，一张表收一类数据。", "The fact workbook of “{title}”: one sheet per kind of fact."
    ),
    Text(
        "浅黄色的格子由您填；浅灰底的字是提示，不用改；深灰色的格子不用填。",
        "Fill the light yellow cells. Light grey cells only help. Dark grey cells stay empty.",
    ),
    Text(
        "每一列的表头有批注，说明这一列填什么；有下拉列表的，请从列表里选；指标和投票的代码见“指标一览”。",
        "Every header has a note saying what belongs in its column. Where there is a list, choose from it. The codes "
        "of indicators and panels are on “Indicators”.",
    ),
    Text(
        "数值只写数字、小数点和负号，不写单位、逗号和全角字符。",
        "Numbers have digits, a point and a minus sign: no units, commas or full-width characters.",
    ),
    Text(
        "还没有数据的格子留空；单位没有这项工作的填“不涉及”；抽查没有抽到的填“未抽中”；次数没有发生的填“无”。",
        "Leave a cell empty while nothing is known; n/a where the unit has no such work, not drawn where a sample "
        "missed it, none for a count of nothing.",
    ),
    Text(
        "不要增加列、合并单元格、隐藏行或列；行可以增加。", "Add no columns, merge and hide nothing; rows may be added."
    ),
    Text(
        "填好后交给组织评估的单位。系统会把所有问题连同表名、行、列一次说清，改好再交即可。",
        "Hand it in when done: every problem is told at once with sheet, row and column.",
    ),
)


def write_template(path: str, scheme: Scheme, plan: EvaluationPlan, units: list[EvaluatedUnit], language: str) -> None:
    """Write the empty workbook of an evaluation.

    Args:
        path: the file to write.
        scheme: for its title.
        plan: the evaluation whose facts are asked for.
        units: gives their rows; without units the sheets have empty rows with lists.
        language: of headers and notes.
    """
    template = _Template(Book(path), plan, units, language)
    template.notes(scheme)
    template.overview()
    for sheet in sheets_for(plan):
        template.sheet(sheet)
    template.options()
    template.book.close()


class _Template:
    def __init__(self, book: Book, plan: EvaluationPlan, units: list[EvaluatedUnit], language: str) -> None:
        self.book, self.plan, self.language = book, plan, language
        self.prepared = Prepared(plan, units)
        self.choices = choices(plan, units, language)

    def say(self, text: Text) -> str:
        return text.to(self.language)

    def notes(self, scheme: Scheme) -> None:
        """The first sheet: how to fill the others."""
        page = self.book.workbook.add_worksheet(self.say(Text("说明", "Notes")))
        page.set_column(0, 0, 4)
        page.set_column(1, 1, _NOTES_WIDTH)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.write_string(0, 1, scheme.title, self.book.format(bold=True, font_size=14))
        steps = [self.say(step.format(title=self.plan.written.title)) for step in self._steps()]
        said = Text("{title}：{about}", "{title}: {about}")
        mark = SCHEME_MARK.format(code=scheme.code)
        about = [self.say(said.format(title=one.title, about=one.about)) for one in sheets_for(self.plan)]
        look = self.book.format(text_wrap=True, valign="top")
        for row, text in enumerate([*steps, "", *about, "", self.say(mark)], start=1):
            if row <= len(steps):
                page.write_number(row, 0, row, look)
            if text:
                page.write_string(row, 1, text, look)
            heighten(page, row, [text], [_NOTES_WIDTH - 12])  # lines break before they are full

    def overview(self) -> None:
        """The second sheet: every indicator with its codes."""
        titles = [self.say(title) for title, _ in overview.COLUMNS]
        rows = list(overview.overview(self.plan, self.language))
        page = self.book.table(self.say(overview.TITLE), titles, rows, frozen=2)
        for index, (_, note) in enumerate(overview.COLUMNS):
            self._note(page, index, note)

    def _steps(self) -> list[Text]:
        nodes = self.choices.get("own.node", [])
        own = [_OWN_STEP.format(example=f"{nodes[0]}/1")] if nodes else []
        return [*_STEPS[:-2], *own, *_STEPS[-2:]]

    def sheet(self, sheet: Sheet) -> None:
        """One sheet with its prepared rows."""
        titles = [self.say(column.title) for column in sheet.columns]
        leading = sum(column.key in ("unit", "unit_name", "panel", "voter") for column in sheet.columns[:2])
        page = self.book.sheet(self.say(sheet.title), titles, frozen=leading)
        rows = self.prepared.rows(sheet)
        known = len(rows)
        if not rows:
            rows = self.prepared.empty(sheet, _EMPTY_ROWS)
        for number, cells in enumerate(rows, start=1):
            for index, cell in enumerate(cells):
                self.book.write(page, number, index, cell.value, **self._look(sheet.columns[index], cell.look))
        widths = fit(page, [titles, *([cell.value for cell in cells] for cells in rows)])
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, max(widths[index], self._least(column, known)), self._format(column))
            self._column(sheet, page, index, column, known)
        if sheet.key == sheets.READINGS.key:
            self._values(page, [one.key for one in sheet.columns].index("value"))

    def _look(self, column: Column, look: Look) -> dict[str, Any]:
        return _LOOKS[look] | (_AS_TYPED.get(column.kind, {}) if look is Look.TO_FILL else {})

    def _format(self, column: Column) -> Format | None:
        return self.book.format(**_AS_TYPED[column.kind]) if column.kind in _AS_TYPED else None

    def _least(self, column: Column, known: int) -> int:
        if column.key in _ROOMY:
            return 28
        return _NUMBER_WIDTH if known else 16

    def _column(self, sheet: Sheet, page: Worksheet, index: int, column: Column, known: int) -> None:
        """The note at the header, and the list for the cells beneath."""
        self._note(page, index, column.note)
        for key in (f"{sheet.key}.{column.key}", column.key):
            if key in self.choices and (sheet.key, column.key) != (sheets.UNITS.key, "unit"):
                page.data_validation(1, index, known + _MORE_ROWS, index, self._list(key))
                break

    def _note(self, page: Worksheet, index: int, note: Text) -> None:
        """A note at a header, as high as its text needs."""
        said = self.say(note)
        page.write_comment(0, index, said, {"x_scale": 2, "y_scale": max(0.6, lines(said, _NOTE_WIDTH) / 4)})

    def _list(self, key: str) -> dict[str, Any]:
        letter = column_letter(list(self.choices).index(key))
        source = f"='{self.say(_OPTIONS)}'!${letter}$2:${letter}${len(self.choices[key]) + 1}"
        wrong = Text("请从下拉列表中选择", "please choose from the list")
        if key == "indicator" and "own.node" in self.choices:  # codes that nobody knows beforehand
            wrong = Text("不在列表里。自定指标写“所属指标/代码”", "not in the list; an own indicator is node/code")
            return {"validate": "list", "source": source, "error_type": "warning", "error_message": self.say(wrong)}
        return {"validate": "list", "source": source, "error_message": self.say(wrong)}

    def _values(self, page: Worksheet, column: int) -> None:
        """What the value cells of each fact take, said when one of them is entered."""
        for start, end, entry in _runs(self.prepared.wanted()):
            page.data_validation(start, column, end, column, self._value(entry))

    def _value(self, entry: Wanted) -> dict[str, Any]:
        words = [NOT_APPLICABLE, *([NOT_DRAWN] if entry.leaf.not_drawn else [])]
        spec = entry.spec
        if spec.kind == "yes_no":
            yes_no = Text("是,否", "yes,no")
            return {
                "validate": "list",
                "source": [*self.say(yes_no).split(","), *(self.say(Text(*word)) for word in words)],
            }
        words += [NOTHING] if spec.kind == "count" else []
        text = Text(
            "{measure}，最多 {places} 位小数。也可填：{words}", "{measure}, at most {places} decimals. Or: {words}"
        )
        said = Text("、".join(word[0] for word in words), ", ".join(word[1] for word in words))
        message = self.say(text.format(measure=spec.measure, places=spec.decimals, words=said))
        return {"validate": "any", "input_title": entry.leaf.name[:32], "input_message": message[:255]}

    def options(self) -> None:
        """The last sheet: the lists."""
        titles = [self._title(key) for key in self.choices]
        page = self.book.sheet(self.say(_OPTIONS), titles)
        for column, values in enumerate(self.choices.values()):
            for row, value in enumerate(values, start=1):
                self.book.write(page, row, column, value)
        rows = [list(row) for row in zip_longest(*self.choices.values(), fillvalue="")]
        fit(page, [titles, *rows])

    def _title(self, key: str) -> str:
        """What a list is for: the column's title, after the sheet's where sheets differ."""
        sheet_key, _, column_key = key.rpartition(".")
        sheet, column = next(
            (sheet, column)
            for sheet in sheets.SHEETS
            for column in sheet.columns
            if sheet_key in ("", sheet.key) and column_key == column.key
        )
        return f"{self.say(sheet.title)} {self.say(column.title)}" if sheet_key else self.say(column.title)


def _runs(entries: list[Wanted]) -> Iterator[tuple[int, int, Wanted]]:
    """First and last sheet row (0 the header) of each stretch of the same fact."""
    row = 1
    for _, group in groupby(entries, key=lambda entry: (id(entry.leaf), entry.fact)):
        stretch = list(group)
        rows = sum(len(entry.slots) for entry in stretch)
        yield row, row + rows - 1, stretch[0]
        row += rows
