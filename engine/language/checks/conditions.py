"""Conditions: names that are known, conditions that somebody can meet and somebody can fail."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from engine.grammar.fields import Marks, Part, damaged
from engine.grammar.walk import inside
from engine.language.checks.report import Report
from engine.language.conditions import Condition, NodeReached, OtherGrade
from engine.language.grades import NodeBelow, Scale
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan, Indicator
from engine.show import show
from engine.text import Text

_NO_NODE = Text("没有指标“{name}”", 'there is no indicator "{name}"')
_NO_SPECIAL = Text(
    "没有登记考评“{name}”；请写进 special，如 {name}: {{name: …, grades: [优秀, 合格, 不合格]}}",
    'the evaluation "{name}" is not declared; add it to special, as {name}: {{name: …, grades: […]}}',
)
_NO_GRADE = Text("那项考评没有等次“{name}”", 'the other evaluation has no grade "{name}"')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    evaluation = plan.written
    second = {id(grade): scale for scale in evaluation.also_graded for grade in scale.grades}
    for holder in inside(evaluation, Part):
        conditions: tuple[Condition, ...] = getattr(holder, "only_if", None) or ()
        _no_veto(holder, conditions, second.get(id(holder), evaluation), report)
        for condition in conditions:
            if isinstance(condition, NodeReached):
                _node(condition, plan, report)
            elif isinstance(condition, OtherGrade):
                _other(condition, evaluation, report)
        named = [(_called(condition), holder.line("only_if", place)) for place, condition in enumerate(conditions)]
        zh = "条件“{name}”写了两次（第 {first} 行已有）"
        report.repeated(named, zh, 'the condition "{name}" is there twice (first in line {first})')
    _special(plan, report)


def _called(condition: Condition) -> str:
    if isinstance(condition, str):
        return condition
    return condition.node if isinstance(condition, NodeReached) else condition.evaluation


def _no_veto(holder: Part, conditions: tuple[Condition, ...], scale: Scale, report: Report) -> None:
    if "no_veto" in conditions and not scale.veto and not scale.lost("veto"):
        zh = "条件 no_veto 要有否决（veto）才有意义；请写 veto，或删去这个条件"
        en = "the condition no_veto has no meaning without veto; write veto, or remove it"
        report.add(holder.line("only_if", conditions.index("no_veto")), zh, en)


def _nodes(code: str, plan: EvaluationPlan) -> Iterator[Indicator]:
    return (node for part_of in plan.sets for node in part_of.walk() if node.code == code)


def known_node(holder: Part, key: str, code: str, plan: EvaluationPlan, report: Report) -> bool:
    """Whether an indicator is called so; complain if none is."""
    known = {node.code for part_of in plan.sets for node in part_of.walk()}
    if code in known:
        return True
    if not plan.written.lost("indicators") and not any(damaged(node) for node in plan.written.indicators):
        report.unknown(holder.line(key), _NO_NODE, code, known)
    return False


def below_reach(when: NodeBelow, plan: EvaluationPlan, report: Report) -> None:
    """Check a line that a node may fall below: nobody, or everybody."""
    if not known_node(when, "node", when.node, plan, report):
        return
    for reach in _reaches(when.node, when.below, plan):
        values = reach.figures()
        if reach.never():
            zh = "“{name}”最高 {most} 分，人人都不足 {asked} 分；请改分值"
            report.add(when.line("below"), zh, '"{name}" has at most {most}: everybody is below {asked}', **values)
        elif reach.always():
            zh = "“{name}”最低 {least} 分，不会不足 {asked} 分；请改分值或删去"
            report.add(when.line("below"), zh, '"{name}" has at least {least}: nobody is below {asked}', **values)


class _Reach(NamedTuple):
    """A node, the most and the least it can have (None: nothing says), and the line it may reach."""

    node: Indicator
    most: Fraction | None
    least: Fraction | None
    line: Fraction

    def never(self) -> bool:
        return self.most is not None and self.line > self.most

    def always(self) -> bool:
        return self.least is not None and self.line <= self.least

    def figures(self) -> dict[str, str]:
        """For messages."""
        most, least = ("" if one is None else show(one) for one in (self.most, self.least))
        return {"name": self.node.name, "asked": show(self.line), "most": most, "least": least}


def _reaches(code: str, line: Marks, plan: EvaluationPlan) -> Iterator[_Reach]:
    """The node in every set and category that has it, once for the same figures."""
    for node in _nodes(code, plan):
        here = [category for category, full in node.full.items() if full]
        found = dict.fromkeys((node.most(one), node.least(one), line.of(node.full[one])) for one in here)
        yield from (_Reach(node, *figures) for figures in found)


def _node(condition: NodeReached, plan: EvaluationPlan, report: Report) -> None:
    if known_node(condition, "node", condition.node, plan, report):
        for reach in _reaches(condition.node, condition.at_least, plan):
            values = reach.figures()
            if reach.never():
                zh = "“{name}”最高 {most} 分，达不到 {asked} 分的条件"
                report.add(condition.line("at_least"), zh, '"{name}" has at most {most}: nobody has {asked}', **values)
            elif reach.always():
                zh = "“{name}”最低 {least} 分，{asked} 分的条件人人都满足；请改分值或删去"
                en = '"{name}" has at least {least}: everybody has {asked}; change or remove the condition'
                report.add(condition.line("at_least"), zh, en, **values)


def _other(condition: OtherGrade, evaluation: Evaluation, report: Report) -> None:
    special = evaluation.special.get(condition.evaluation)
    if special is None:
        if not evaluation.lost("special"):
            report.unknown(condition.line("evaluation"), _NO_SPECIAL, condition.evaluation, evaluation.special)
    elif condition.grade not in special.grades:
        if not special.lost("grades"):
            report.unknown(condition.line("grade"), _NO_GRADE, condition.grade, special.grades)
    elif condition.grade == special.grades[-1]:
        zh = "“{grade}”是“{special}”的最低等次，人人都满足；请改等次或删去"
        en = '"{grade}" is the lowest grade of "{special}": everybody has it; change or remove the condition'
        report.add(condition.line("grade"), zh, en, grade=condition.grade, special=special.name)


def _special(plan: EvaluationPlan, report: Report) -> None:
    evaluation = plan.written
    for node in (node for part_of in plan.sets for node in part_of.walk() if node.special):
        if node.special not in evaluation.special and not evaluation.lost("special"):
            report.unknown(node.written.line("evaluation"), _NO_SPECIAL, node.special, evaluation.special)
    known = [(code, one.name, one.line("name")) for code, one in evaluation.special.items() if not one.lost("name")]
    report.confusable(Text("考评", "evaluation"), known)
    for code, special in evaluation.special.items():
        named = [(name, special.line("grades", place)) for place, name in enumerate(special.grades)]
        zh = "等次“{name}”写了两次（第 {first} 行已有）"
        report.repeated(named, zh, 'the grade "{name}" is there twice (first in line {first})')
        nodes = (node for part_of in plan.sets for node in part_of.walk())
        used = any(condition.evaluation == code for condition in inside(evaluation, OtherGrade))
        used |= any(node.special == code for node in nodes)
        if not used and not damaged(evaluation):
            zh = "考评“{name}”登记了却没有用到；请删去，或用作等次的条件、指标的得分"
            en = 'the evaluation "{name}" is declared but not used; remove it, or use it somewhere'
            report.add(evaluation.line("special", code), zh, en, name=special.name)
