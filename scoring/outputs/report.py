"""OUT.xlsx: ranking, score matrix, lost points by indicator and by who answers for them, claims, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.exact import Exact
from engine.facts import Move, Source, Status
from engine.scheme import Scheme
from engine.score.result import Extras, NodeResult, Outcome, SetResult
from engine.show import fixed
from engine.text import Text
from indicators.sheetwriter import Book, display_width, heighten, paginate
from scoring.outputs.losses import Loss, losses
from scoring.outputs.parameters import leaf_rows, scheme_rows

_PLACE = Text("单列", "separate")
_RANKING_WIDEST = 32  # uses may say whole sentences


def write_report(path: Path, scheme: Scheme, outcome: Outcome, language: str) -> None:
    """Write the result workbook of one evaluation."""
    book = Book(str(path))
    report = _Report(book, outcome, language)
    report.ranking()
    for result in outcome.sets:
        report.matrix(result)
    report.lost_by_indicator()
    report.lost_by_unit()
    report.claims()
    titles = report.titles("项目 Item", "内容 Value")
    book.table(report.say("参数", "Parameters"), titles, scheme_rows(scheme, outcome, language))
    titles = report.titles(
        "指标集 Set", "代码 Code", "指标 Indicator", "满分 Full", "权重 Weight", "计分方法 Rule", "采集单位 Collector"
    )
    book.table(report.say("计分参数", "Rules"), titles, leaf_rows(outcome.plan))
    book.close()


class _Report:
    def __init__(self, book: Book, outcome: Outcome, language: str) -> None:
        self.book, self.outcome, self.language = book, outcome, language
        self.evaluation = outcome.plan.written
        self.places = self.evaluation.rounding.total.digits

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).to(self.language)

    def titles(self, *pairs: str) -> list[str]:
        """Column titles written `中文 English`."""
        return [self.say(*pair.split(" ", 1)) for pair in pairs]

    def ranking(self) -> None:
        uses = {use.code: use.name for use in self.evaluation.use}
        header = self.titles(
            "类别 Category",
            "名次 Place",
            "单位代码 Unit",
            "单位 Name",
            "分管领导 Leader",
            "指标得分 Points",
            "加分 Bonus",
            "扣分 Deductions",
            "总分 Total",
            "按分数名额 Earned grade",
            "等次 Grade",
            "调整依据 Ground",
        )
        rows: list[list[Any]] = []
        for result in self.outcome.sets:
            for number, title in enumerate(result.plan.categories.values()):
                rows += [self._ranked(result, row, title, list(uses)) for row in result.members(number)]
        title = self.say("排名", "Ranking")
        self.book.table(title, [*header, *uses.values()], rows, self.places, frozen=4, widest=_RANKING_WIDEST)

    def _ranked(self, result: SetResult, row: int, category: str, uses: list[str]) -> list[Any]:
        unit, grades = result.units[row], [grade.name for grade in self.evaluation.grades]
        moves = self.say("；", "; ").join(self._move(move) for move in result.moves[row])
        return [
            category,
            int(result.place[row]) or _PLACE.to(self.language),
            unit.code,
            unit.name,
            unit.leader,
            result.base[row],
            result.bonuses[row].total,
            result.deductions[row].total,
            result.total[row],
            grades[int(result.earned[row])],
            grades[int(result.grade[row])],
            moves,
            *(result.uses[code][row] if code in result.uses else None for code in uses),
        ]

    def _move(self, move: Move) -> str:
        if not move.decision:
            return self.say("{ground}（未决定）", "{ground} (not decided)").format(ground=move.ground)
        text = self.say("{ground}（{body}{decision}）", "{ground} ({body} {decision})")
        return text.format(ground=move.ground, body=move.body, decision=move.decision)

    def matrix(self, result: SetResult) -> None:
        """Units down, indicators across: name, code and full marks above."""
        nodes = list(result.nodes())
        title = self.say("得分", "Scores") + " " + result.plan.name
        header = self.titles("单位代码 Unit", "单位 Name", "类别 Category", "总分 Total")
        sheet = self.book.sheet(title, [*header, *(node.node.name for node in nodes)], 2)
        rows = [row for number in range(len(result.plan.categories)) for row in result.members(number)]
        head: dict[str, Any] = {"bold": True, "bg_color": "#F2F2F2"}
        for line, text in ((1, self.say("代码", "Code")), (2, self.say("满分", "Full"))):
            self.book.write(sheet, line, 3, text, **head)
        widths = [12, 24, 24, 12]
        for column, node in enumerate(nodes, start=4):
            full = {node.full[row] for row in rows}
            self.book.write(sheet, 1, column, node.node.code, **head)
            self.book.write(sheet, 2, column, full.pop() if len(full) == 1 else self.say("按类别", "varies"), **head)
            widths.append(max(10, min(16, display_width(node.node.name))))
            sheet.set_column(column, column, widths[-1])
        heighten(sheet, 0, [*header, *(node.node.name for node in nodes)], widths)
        sheet.freeze_panes(3, 4)
        sheet.repeat_rows(0, 2)
        paginate(sheet, widths, 4)
        sheet.set_column(0, 3, 12)
        sheet.set_column(1, 2, 24)
        for line, row in enumerate(rows, start=3):
            unit = result.units[row]
            cells = [unit.code, unit.name, result.plan.categories[unit.category], result.total[row]]
            for column, value in enumerate([*cells, *(self._cell(node, row) for node in nodes)]):
                centred = {"align": "center"} if column > 3 and isinstance(value, str) else {}
                self.book.write(sheet, line, column, value, self.places if column == 3 else None, **centred)

    def _cell(self, node: NodeResult, row: int) -> Fraction | str:
        status = Status(int(node.status[row]))
        if status == Status.GIVEN:
            return node.points[row]
        return self.say("不设", "none") if status == Status.LEFT_OUT else self.say("不计", "n/a")

    def lost_by_indicator(self) -> None:
        """Where points are lost, the most of the total first."""
        rows: list[list[Any]] = []
        for found in self._by_leaf():
            node, one = found[0].node, found[0].result
            lost = [loss for loss in found if loss.points > 0]
            full = sum((node.full[loss.row] for loss in found), Fraction(0))
            total = sum((loss.points for loss in lost), Fraction(0))
            cost = sum((loss.in_total or Fraction(0) for loss in lost), Fraction(0))
            who = [_names(node.node.collector), _names(node.node.lead)]
            counts: list[Any] = [len(found), len(lost), full, total, _hundredths(cost), _rate(total, full)]
            rows.append([one.plan.name, node.node.code, node.node.name, *counts, *who])
        rows.sort(key=lambda row: (row[0], -row[7]))
        header = self.titles(
            "指标集 Set",
            "代码 Code",
            "指标 Indicator",
            "计分单位数 Units",
            "失分单位数 Losing",
            "满分合计 Full",
            "失分合计 Lost",
            "折合总分 In totals",
            "失分率 Rate",
            "采集单位 Collector",
            "牵头部门 Lead",
        )
        self.book.table(self.say("失分（按指标）", "Lost by indicator"), header, rows, frozen=3)

    def _by_leaf(self) -> list[list[Loss]]:
        found: dict[int, list[Loss]] = {}
        for loss in losses(self.outcome):
            found.setdefault(id(loss.node), []).append(loss)
        return list(found.values())

    def lost_by_unit(self) -> None:
        """Who lost them and why: by leader in charge and unit, the dearest first."""
        lost = sorted((loss for loss in losses(self.outcome) if loss.points > 0), key=_by_who_answers)
        header = self.titles(
            "分管领导 Leader",
            "单位代码 Unit",
            "单位 Name",
            "代码 Code",
            "指标 Indicator",
            "满分 Full",
            "得分 Points",
            "失分 Lost",
            "折合总分 In total",
            "失分原因 Reason",
            "依据 Document",
            "牵头部门 Lead",
        )
        self.book.table(
            self.say("失分（按责任）", "Lost by who answers"), header, [self._loss(one) for one in lost], frozen=3
        )

    def _loss(self, loss: Loss) -> list[Any]:
        unit, node = loss.result.units[loss.row], loss.node
        sources = self.outcome.facts.sources
        found = [sources.get((unit.code, *fact), Source()) for fact in loss.facts()]
        reasons = "；".join(dict.fromkeys(source.reason for source in found if source.reason))
        documents = "；".join(dict.fromkeys(source.document for source in found if source.document))
        points = [node.full[loss.row], node.points[loss.row], loss.points, _hundredths(loss.in_total)]
        lead = node.node.lead[unit.category]
        return [unit.leader, unit.code, unit.name, node.node.code, node.node.name, *points, reasons, documents, lead]

    def claims(self) -> None:
        bonus = self.evaluation.bonus.standards if self.evaluation.bonus else ()
        deductions = self.evaluation.deductions.standards if self.evaluation.deductions else ()
        names = {standard.code: standard.name for standard in (*bonus, *deductions)}
        rows: list[list[Any]] = []
        kinds = self.say("加分", "bonus"), self.say("扣分", "deduction")
        for result in self.outcome.sets:
            for unit, *both in zip(result.units, result.bonuses, result.deductions, strict=True):
                for kind, extras in zip(kinds, both, strict=True):
                    rows += [[unit.code, unit.name, kind, *cells] for cells in self._claimed(extras, names)]
        header = self.titles(
            "单位代码 Unit",
            "单位 Name",
            "类型 Kind",
            "项目 Standard",
            "级别 Level",
            "事项 Matter",
            "标准分 Points",
            "计入 Counted",
            "依据 Document",
            "备注 Note",
        )
        self.book.table(self.say("加分扣分", "Bonuses and deductions"), header, rows)

    def _claimed(self, extras: Extras, names: dict[str, str]) -> Iterator[list[Any]]:
        for one in extras.claims:
            note = self.say("同一事项就高不重复", "counted at its highest") if one.duplicate else ""
            claim = one.claim
            yield [names[claim.standard], claim.level, claim.matter, one.points, one.counted, claim.document, note]


def _by_who_answers(loss: Loss) -> tuple[bool, str, str, Fraction]:
    unit = loss.result.units[loss.row]
    return not unit.leader, unit.leader, unit.code, -(loss.in_total or Fraction(0))


def _names(per_category: Mapping[str, str]) -> str:
    return "、".join(dict.fromkeys(filter(None, per_category.values())))


def _hundredths(value: Fraction | None) -> Fraction | None:
    """For reading only: half up at two places."""
    return None if value is None else Exact.of([value]).round(2)[0]


def _rate(part: Fraction, whole: Fraction) -> str:
    """A share for reading, as a percentage with two places."""
    return f"{fixed(Exact.of([part * 100 / whole]).round(2)[0], 2)}%" if whole else ""
