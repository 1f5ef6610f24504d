"""The parameters that a result was made with, as rows of a table."""

from __future__ import annotations

from typing import Any

from engine import VERSION
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan, Scheme
from engine.score.result import Outcome
from engine.show import show
from engine.text import Text
from indicators.extras_wording import extras_said, standard_said
from indicators.timetable_wording import phase_called, window_said
from indicators.wording import (
    MISSING,
    NOT_APPLICABLE,
    also_said,
    by_category_said,
    collected_said,
    factor_said,
    grade_said,
    marks_alone,
    move_said,
    ranking_said,
    rounding_said,
    scored_said,
    use_said,
)

Row = tuple[Text, Text | str]


def scheme_rows(scheme: Scheme, outcome: Outcome, language: str) -> list[list[Any]]:
    """Identity of the scheme and engine, rounding, grades, bonus, moves, uses and timetable."""
    plan = outcome.plan
    rows = [*_identity(scheme, outcome), *_counting(outcome), *_extras(plan), *_grades(plan), *_timetable(plan)]
    return [[title.to(language), value.to(language) if isinstance(value, Text) else value] for title, value in rows]


def _identity(scheme: Scheme, outcome: Outcome) -> list[Row]:
    return [
        (
            Text("方案", "Scheme"),
            Text("{title}（{code}）", "{title} ({code})").format(title=scheme.title, code=scheme.code),
        ),
        (Text("来源", "Source"), scheme.source),
        (Text("方案指纹（SHA-256）", "Scheme SHA-256"), scheme.sha256),
        (Text("引擎版本", "Engine version"), VERSION),
        (Text("评估", "Evaluation"), outcome.plan.written.title),
    ]


def _counting(outcome: Outcome) -> list[Row]:
    evaluation = outcome.plan.written
    names = {node.code: node.name for one in outcome.plan.sets for node in one.walk()}
    rows: list[Row] = [
        (Text("满分", "Full marks"), show(evaluation.full_marks)),
        (Text("小数位数", "Rounding"), rounding_said(evaluation)),
        (Text("不涉及", "Not applicable"), NOT_APPLICABLE[evaluation.not_applicable or "refuse"]),
        (Text("缺数据", "Missing"), MISSING[evaluation.missing]),
        (Text("排名", "Ranking"), ranking_said(evaluation, names)),
    ]
    if evaluation.compare_listed_separately:
        rows.append((Text("单列单位", "Listed separately"), Text("参与比较，不参加排名", "compared with, not ranked")))
    limits = [(Text("总分上限", "Cap"), evaluation.cap), (Text("总分下限", "Floor"), evaluation.floor)]
    rows += [(title, marks_alone(limit)) for title, limit in limits if limit is not None]
    categories = {code: name for one in outcome.plan.sets for code, name in one.categories.items()}
    named = Text("{name}：{said}", "{name}: {said}")
    rows += [
        (Text("系数", "Factor"), named.format(name=factor.name, said=factor_said(factor, categories)))
        for factor in evaluation.factors.values()
    ]
    series = outcome.facts.series.items()
    return rows + [
        (Text("外部数据", "Series"), f"{evaluation.series.get(code, code)} = {show(value)}") for code, value in series
    ]


def _extras(plan: EvaluationPlan) -> list[Row]:
    rows: list[Row] = []
    both = (
        (Text("加分", "Bonus"), plan.written.bonus),
        (Text("扣分", "Deductions"), plan.written.deductions),
    )
    for title, rules in both:
        if rules is not None:
            rows.append((title, extras_said(rules, plan)))
            rows += [(Text("　" + one.name, "  " + one.name), standard_said(one, plan)) for one in rules.standards]
    return rows


def _grades(plan: EvaluationPlan) -> list[Row]:
    evaluation = plan.written
    last = len(evaluation.grades) - 1
    name = Text("{name}：{said}", "{name}: {said}")
    rows: list[Row] = [
        (Text("等次", "Grade"), name.format(name=grade.name, said=grade_said(grade, number == last, plan)))
        for number, grade in enumerate(evaluation.grades)
    ]
    rows += [(Text("等次调整", "Grade move"), move_said(move, plan)) for move in evaluation.moves]
    rows += [
        (Text("另评等次", "Second grade"), name.format(name=scale.name, said=also_said(scale, plan)))
        for scale in evaluation.also_graded
    ]
    rows += [(Text("结果运用", "Use"), name.format(name=use.name, said=use_said(use, plan))) for use in evaluation.use]
    return rows


def _timetable(plan: EvaluationPlan) -> list[Row]:
    title, said = Text("时间安排（计划）", "Timetable (planned)"), Text("{phase}：{said}", "{phase}: {said}")
    return [(title, said.format(phase=phase_called(one), said=window_said(one))) for one in plan.timetable]


def leaf_rows(plan: EvaluationPlan, language: str) -> list[list[Any]]:
    """Every node with its marks, weight, rule and collector."""
    return [_leaf_row(plan, one, node, language) for one in plan.sets for node in one.walk()]


def _leaf_row(plan: EvaluationPlan, one: IndicatorSetPlan, node: Indicator, language: str) -> list[Any]:
    indented = "　" * (len(node.path) - 1) + node.name
    marks = [by_category_said(node.full, one), by_category_said(node.weight, one)]
    said = [*marks, scored_said(node, plan.written), collected_said(node)]
    return [one.name, node.code, indented, *(text.to(language) for text in said)]
