"""The first sheet, for whoever has three minutes: the title, and category by category the first place to the last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from xlsxwriter.worksheet import Worksheet

from engine import VERSION
from engine.language.scheme import Scheme
from engine.score.result import NOT_GRADED, SetResult
from engine.show import show
from engine.text import Text
from indicators.sheetwriter import Look, lines, paginate, row_height
from scoring.outputs.report.columns import NUMBER, Columns, everything_counts
from scoring.outputs.report.pages import GROUP, PROPOSED, QUIET, Pages

_HASH = 12  # characters that tell schemes apart at a glance
_LINE: Look = {"bottom": 4, "bottom_color": "#BFBFBF", "valign": "vcenter"}
_MOVED: Look = {"bg_color": "#FCE4D6"}
_PENDING: Look = {"bg_color": "#FFF2CC"}
_PAGE_WIDTH, _PAGE_HEIGHT = 780, 500  # what a landscape A4 page has in points between its margins
_LINE_HEIGHT = 15
_CHARACTER = 7.5  # the width of a half-width character in points, in a wide font


class Ranking:
    """Writes the ranking."""

    def __init__(self, pages: Pages, scheme: Scheme) -> None:
        self.pages, self.scheme, self.book = pages, scheme, pages.book
        self.say, self.evaluation = pages.say, pages.outcome.plan.written
        self.sets = pages.outcome.sets
        self.columns = Columns(pages).all()
        self.heights: dict[int, float] = {}  # of lines, in points

    def write(self) -> None:
        """The whole sheet."""
        title = list(self._title())
        columns, top = self.columns, len(title)
        sheet = self.book.sheet(self.say("排名", "Ranking"), [], 2, top)
        widths = [column.width for column in columns]
        for number, (text, look) in enumerate(title):
            self._across(sheet, number, text, widths, look)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            look = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
            self.book.write(sheet, top, number, column.title, **look, align="center")
        self._height(sheet, top, 6 + row_height(max(lines(column.title, column.width) for column in columns)))
        paginate(sheet, widths, 2)
        sheet.repeat_rows(top, top)
        sheet.center_horizontally()
        starts = [top + 1]
        for result in self.sets:
            for category in range(len(result.plan.categories)):
                starts.append(self._category(sheet, starts[-1], result, category))
        sheet.set_h_pagebreaks(self._breaks(starts, top, sum(widths)))

    def _title(self) -> Iterator[tuple[str, Look]]:
        """The lines above the table."""
        yield self.scheme.title, {"bold": True, "font_size": 18, "align": "center"}
        marked = Text("{title}排名（{mark}）", "{title}: ranking ({mark})")
        named = marked.format(title=self.evaluation.title, mark=PROPOSED).to(self.pages.language)
        yield named, {"bold": True, "font_size": 13, "align": "center", "font_color": "#C00000"}
        identity = Text(
            "依据：{source}　　方案指纹：{hash}　　引擎版本：{version}",
            "Source: {source}    Scheme hash: {hash}    Engine version: {version}",
        )
        values = {"source": self.scheme.source, "hash": self.scheme.sha256[:_HASH], "version": VERSION}
        small = {**QUIET, "align": "center", "font_size": 9}
        yield identity.format(**values).to(self.pages.language), small
        yield " ".join(note.to(self.pages.language) for note in self._notes()), small

    def _notes(self) -> Iterator[Text]:
        yield Text(
            "各主项为折算计入总分的分数，显示两位小数；总分由未舍入的各项合成。",
            "Main parts are points of the total, shown to two places; totals are made from the unrounded parts.",
        )
        if not all(everything_counts(result.parts, row) for result in self.sets for row in range(len(result.units))):
            yield Text(
                "不计的主项，分值由该单位的其余主项按比例分担，可高于满分。",
                "Points of a part that does not count go to the unit's other parts, which may exceed their full marks.",
            )
        looks = [look for result in self.sets for row in range(len(result.units)) for look in [_row_look(result, row)]]
        if _MOVED in looks:
            yield Text("橙色：等次已有调整。", "Orange: the grade was moved.")
        if _PENDING in looks:
            yield Text("黄色：有调整事由，尚未决定。", "Yellow: grounds for a move, not decided.")

    def _across(self, sheet: Worksheet, line: int, text: str, widths: list[int], look: Look) -> None:
        """One text over all columns."""
        form = self.book.format(**{**look, "valign": "vcenter", "text_wrap": True})
        sheet.merge_range(line, 0, line, len(widths) - 1, "", form)
        sheet.write_string(line, 0, text, form)
        size = look.get("font_size", 11)
        self._height(sheet, line, (size + 7) * lines(text, sum(widths) * 13 // size))

    def _height(self, sheet: Worksheet, line: int, height: float) -> None:
        self.heights[line] = height
        sheet.set_row(line, height)

    def _breaks(self, starts: list[int], top: int, width: int) -> list[int]:
        """Before which lines a new page begins, so that no category is cut that fits on one."""
        room = _PAGE_HEIGHT / min(1, _PAGE_WIDTH / (width * _CHARACTER))
        used = sum(self.heights[line] for line in range(top + 1))
        breaks: list[int] = []
        for start, end in pairwise(starts):
            needed = sum(self.heights.get(line, _LINE_HEIGHT) for line in range(start, end))
            if used + needed > room and start > top + 1:
                breaks.append(start)
                used = self.heights[top]
            used += needed
        return breaks

    def _category(self, sheet: Worksheet, line: int, result: SetResult, category: int) -> int:
        """A category's banner, units and count; returns the line after it."""
        rows = result.members(category)
        if not rows:
            return line
        self._banner(sheet, line, result, category)
        for row in rows:
            line += 1
            self._unit(sheet, line, result, row)
        line += 1
        text = self._count(result, rows)
        self.book.write(sheet, line, 0, text, bold=True, valign="vcenter", font_color="#44546A")
        self._height(sheet, line, 20)
        self._height(sheet, line + 1, 9)
        return line + 2

    def _banner(self, sheet: Worksheet, line: int, result: SetResult, category: int) -> None:
        names = [*result.plan.categories.values()]
        self.book.write(sheet, line, 0, names[category], **GROUP, top=1, valign="vcenter")
        for number, column in enumerate(self.columns[1:], start=1):
            full = column.head(result, category)
            told = None if full is None else self.say("满分 {0}", "of {0}").format(show(full))
            look = {**GROUP, **NUMBER, "top": 1, "bold": False, "font_color": "#595959", "valign": "vcenter"}
            self.book.write(sheet, line, number, told, **look)
        self._height(sheet, line, 20)

    def _unit(self, sheet: Worksheet, line: int, result: SetResult, row: int) -> None:
        columns, moved = self.columns, _row_look(result, row)
        values = [column.cell(result, row) for column in columns]
        for number, (column, value) in enumerate(zip(columns, values, strict=True)):
            self.book.write(sheet, line, number, value, **{**_LINE, **column.look, **column.special(value), **moved})
        told = zip(columns, values, strict=True)
        most = max(lines(value, column.width) for column, value in told if isinstance(value, str))
        self._height(sheet, line, 3 + row_height(most))

    def _count(self, result: SetResult, rows: list[int]) -> str:
        """How many units have each grade."""
        numbers = [*range(len(self.evaluation.grades))] + [NOT_GRADED] * any(result.grade[row] < 0 for row in rows)
        counts = [sum(int(result.grade[row]) == number for row in rows) for number in numbers]
        grades = [self.pages.grade(result.main, number) for number in numbers]
        one = Text("{grade} {count} 个", "{grade} {count}")
        shown = [one.format(grade=grade, count=count) for grade, count in zip(grades, counts, strict=True)]
        separate = sum(not result.place[row] for row in rows)
        whole = Text("共 {units} 个单位", "{units} units")
        if separate:
            whole = Text("共 {units} 个单位（其中单列 {separate} 个）", "{units} units ({separate} listed separately)")
        told = whole.format(units=len(rows), separate=separate).to(self.pages.language)
        return self.say("{0}：{1}", "{0}: {1}").format(
            told, self.say("，", ", ").join(text.to(self.pages.language) for text in shown)
        )


def _row_look(result: SetResult, row: int) -> Look:
    """Units whose grade was moved stand out, and those about which a decision is due."""
    graded = result.main
    if graded.grade[row] != graded.earned[row]:
        return _MOVED
    return _PENDING if any(not one.in_force for one in graded.reasons[row]) else {}
