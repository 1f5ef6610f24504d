"""A rule book as subjects that can be compared: each indicator, grade, standard …, and what the book says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from engine.grammar.fields import Part
from engine.grammar.walk import inside
from engine.language.extras import Bonus, Deductions
from engine.language.grades import Promotion, Veto
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.rules.base import FactSpec
from engine.rules.references import Reference
from engine.rules.wording import NOTHING, Words, listed
from engine.show import show
from engine.text import Text
from indicators.difference.written import flattened
from indicators.extras_wording import extras_said, standard_said
from indicators.timetable_wording import phase_called, window_said
from indicators.wording import (
    MISSING,
    NOT_APPLICABLE,
    NOT_DRAWN,
    also_said,
    by_category_said,
    collected_said,
    grade_said,
    marks_alone,
    move_said,
    ranking_said,
    rounding_said,
    scored_said,
    use_said,
)

Key: TypeAlias = tuple[str, ...]

PARENT = Text("上级指标", "under")
CODE, NAME, NUMBER = Text("代码", "code"), Text("名称", "name"), Text("次序", "order")
WITHOUT, ABSENT = Text("不涉及", "not applicable"), Text("缺数据", "missing")
_NOT_DRAWN = Text("抽查未抽中", "not drawn")
_COLLECTED, _LEAD = Text("数据来源", "collected by"), Text("牵头单位", "lead")
_GRADING = {"grades", "veto", "promotion", "also_graded"}
_SAID_APART = {"code", "timetable", "sets", "indicators", "bonus", "deductions", "use"} | _GRADING
_NOT_ITS_OWN = {"indicators", "for", "code"}
_OF_EVALUATION = {
    Text("名称", "title"): ("title",),
    Text("满分", "full marks"): ("full_marks",),
    Text("小数位数", "rounding"): ("rounding",),
    WITHOUT: ("not_applicable",),
    ABSENT: ("missing",),
    Text("总分上限", "cap"): ("cap",),
    Text("总分下限", "floor"): ("floor",),
    Text("排名", "ranking"): ("ranking",),
    Text("加分", "bonus"): ("bonus",),
    Text("扣分", "deductions"): ("deductions",),
    Text("采集单位", "collectors"): ("collectors",),
    Text("外部数据", "series"): ("series",),
    Text("分组", "groups"): ("groups.*.name",),
}
_SCORED: tuple[str, ...] = (
    "rule",
    "own.rules",
    "panel",
    "evaluation",
    "roll_up",
    "rounding",
    "cap",
    "floor",
    "periods",
    "assessors",
)
_SCORED += ("factor", "over_fulfilment")
_OF_INDICATOR = {
    NAME: ("name",),
    Text("满分", "full marks"): ("full_marks",),
    Text("权重", "weight"): ("weight",),
    Text("计分方法", "scored"): _SCORED,
    Text("数据", "facts"): ("fact.name", "fact.measure", "facts.*.name", "facts.*.measure"),
    _COLLECTED: ("collector", "substitute", "by"),
    _LEAD: ("lead",),
    WITHOUT: ("not_applicable",),
    ABSENT: ("missing",),
    _NOT_DRAWN: ("not_drawn",),
}


@dataclass(frozen=True)
class Subject:
    """One thing that a rule book speaks of.

    `place` is the title of its evaluation, and the name of its set for an indicator. `says` are sentences by aspect,
    `names` lists of names by aspect, `handed` sentences on what is handed down to what is below, and `above` those of
    what it stands below. `written` is all that stands in the file of it, by key path; `tells` says of which key paths
    an aspect speaks. `known_by` is what tells it when its key is another; `under` the code of the indicator above it.
    """

    kind: Text
    place: Key
    key: Key
    name: str
    line: int
    says: Mapping[Text, Text]
    written: Mapping[str, str]
    tells: Mapping[Text, tuple[str, ...]]
    known_by: frozenset[str] = frozenset()
    under: str = ""
    names: Mapping[Text, tuple[str, ...]] = field(default_factory=dict)
    handed: Mapping[Text, Text] = field(default_factory=dict)
    above: Mapping[Text, Text] = field(default_factory=dict)


def subjects_of(plan: EvaluationPlan) -> Iterator[Subject]:
    """Everything one evaluation speaks of, in the order of a rule book."""
    evaluation = plan.written
    yield _evaluation(plan)
    for one in plan.sets:
        yield _set(one, evaluation)
        yield from _indicators(one, plan)
    yield from _extras(plan)
    yield from _grades(plan)
    for use in evaluation.use:
        gives = Text("内容", "what it brings")
        says = {NAME: _plain(use.name), gives: use_said(use, plan)}
        tells = {NAME: ("name",), gives: ("*",)}
        yield _subject(Text("结果运用", "use"), evaluation, ("use", use.code), use.name, use, says, tells)


def _subject(
    kind: Text,
    evaluation: Evaluation,
    key: Key,
    name: str,
    part: Part,
    says: Mapping[Text, Text],
    tells: Mapping[Text, tuple[str, ...]],
) -> Subject:
    return Subject(kind, (evaluation.title,), key, name, part.line(), says, flattened(part, {"code"}), tells)


def _evaluation(plan: EvaluationPlan) -> Subject:
    evaluation = plan.written
    names = {node.code: node.name for one in plan.sets for node in one.walk()}
    says = {
        Text("名称", "title"): _plain(evaluation.title),
        Text("满分", "full marks"): _plain(show(evaluation.full_marks)),
        Text("小数位数", "rounding"): rounding_said(evaluation),
        WITHOUT: NOT_APPLICABLE[evaluation.not_applicable or "refuse"],
        ABSENT: MISSING[evaluation.missing],
        Text("总分上限", "cap"): marks_alone(evaluation.cap) if evaluation.cap else NOTHING,
        Text("总分下限", "floor"): marks_alone(evaluation.floor) if evaluation.floor else NOTHING,
        Text("排名", "ranking"): ranking_said(evaluation, names),
        Text("加分", "bonus"): extras_said(evaluation.bonus, plan) if evaluation.bonus else NOTHING,
        Text("扣分", "deductions"): extras_said(evaluation.deductions, plan) if evaluation.deductions else NOTHING,
    } | _timetable(plan)
    written = flattened(evaluation, _SAID_APART)
    for name in ("bonus", "deductions"):
        part = getattr(evaluation, name)
        written |= {f"{name}.{path}": value for path, value in flattened(part, {"standards"}).items()} if part else {}
    lists = {
        Text("采集单位", "collectors"): tuple(evaluation.collectors),
        Text("外部数据", "series"): tuple(evaluation.series.values()),
        Text("分组", "groups"): tuple(group.name for group in evaluation.groups.values()),
    }
    key = ("evaluation", evaluation.code)
    head = Text("评估", "evaluation"), (), key, evaluation.title, evaluation.line()
    return Subject(*head, says, written, _OF_EVALUATION, names=lists)


def _timetable(plan: EvaluationPlan) -> dict[Text, Text]:
    """Each planned window as an aspect of its own; in which order they are written says nothing."""
    aspect = Text("时间安排（{phase}）", "timetable ({phase})")
    return {aspect.format(phase=phase_called(window)): window_said(window) for window in plan.timetable}


def _set(one: IndicatorSetPlan, evaluation: Evaluation) -> Subject:
    written, categories = evaluation.sets[one.code], Text("类别", "categories")
    says, tells = {NAME: _plain(one.name)}, {NAME: ("name",), categories: ("categories",)}
    subject = _subject(Text("指标集", "indicator set"), evaluation, ("set", one.code), one.name, written, says, tells)
    return replace(subject, names={categories: tuple(one.categories.values())}, known_by=frozenset({one.name}))


def _indicators(one: IndicatorSetPlan, plan: EvaluationPlan) -> Iterator[Subject]:
    nodes = {node.code: node for node in one.walk()}
    evaluation = plan.written
    top = {WITHOUT: NOT_APPLICABLE[evaluation.not_applicable or "refuse"], ABSENT: MISSING[evaluation.missing]}
    for node in nodes.values():
        under = node.path[-2] if len(node.path) > 1 else ""
        says = {
            NAME: _plain(node.name),
            PARENT: _plain(nodes[under].name if under else ""),
            **_indicator_says(node, one, plan.written),
        }
        yield Subject(
            Text("指标", "indicator"),
            (evaluation.title, one.name),
            ("indicator", one.code, node.code),
            node.name,
            node.written.line("code"),
            says,
            flattened(node.written, _NOT_ITS_OWN),
            _OF_INDICATOR,
            frozenset({node.name}),
            under,
            handed=_handed(node),
            above=_handed(nodes[under]) if under else top,
        )


def _indicator_says(node: Indicator, one: IndicatorSetPlan, evaluation: Evaluation) -> dict[Text, Text]:
    ways = evaluation.not_applicable, evaluation.missing
    usual = replace(node, not_applicable=ways[0], missing=ways[1], not_drawn=None)  # those are told where written
    return {
        Text("满分", "full marks"): by_category_said(node.full, one),
        Text("权重", "weight"): by_category_said(node.weight, one),
        Text("计分方法", "scored"): scored_said(usual, evaluation),
        Text("参照", "held against"): _references(node, evaluation),
        Text("数据", "facts"): listed(_fact_said(fact) for fact in node.facts.values() if fact.name),
    }


def _handed(node: Indicator) -> dict[Text, Text]:
    """What an indicator hands down: who reports and leads, and what happens without a figure."""
    return {
        _COLLECTED: NOTHING if node.panel else collected_said(replace(node, children=())),
        _LEAD: listed(dict.fromkeys(filter(None, node.lead.values()))),
        WITHOUT: NOT_APPLICABLE[node.not_applicable or "refuse"],
        ABSENT: MISSING[node.missing],
        _NOT_DRAWN: NOT_DRAWN[node.not_drawn] if node.not_drawn else NOTHING,
    }


def _references(node: Indicator, evaluation: Evaluation) -> Text:
    groups = {code: group.name for code, group in evaluation.groups.items()}
    words = Words({code: fact.name for code, fact in node.facts.items()}, evaluation.series, groups=groups)
    rules = [node.rule, *(node.own.rules.values() if node.own else ())]
    return listed(dict.fromkeys(to.in_words(words) for rule in rules for to in inside(rule, Reference)))


def _fact_said(fact: FactSpec) -> Text:
    measure = f"（{fact.measure}）" if fact.measure else ""
    return _plain(fact.name + measure)


def _extras(plan: EvaluationPlan) -> Iterator[Subject]:
    evaluation = plan.written
    parts: tuple[tuple[Text, str, Bonus | Deductions | None], ...] = (
        (Text("加分项", "bonus standard"), "bonus", evaluation.bonus),
        (Text("扣分项", "deduction standard"), "deduction", evaluation.deductions),
    )
    worth, of = Text("分值", "points"), Text("所属部分", "part")
    tells = {NAME: ("name",), worth: ("levels", "passed_on", "lateness", "only_if", "at_most", "says"), of: ("part",)}
    for kind, key, rules in parts:
        for standard in rules.standards if rules else ():
            part = rules.parts[standard.part].name if rules and standard.part else ""
            says = {NAME: _plain(standard.name), worth: standard_said(standard, plan), of: _plain(part)}
            yield _subject(kind, evaluation, (key, standard.code), standard.name, standard, says, tells)


def _grades(plan: EvaluationPlan) -> Iterator[Subject]:
    evaluation, condition = plan.written, Text("条件", "condition")
    last = len(evaluation.grades) - 1
    for number, grade in enumerate(evaluation.grades):
        says = {NUMBER: _plain(str(number + 1)), condition: grade_said(grade, number == last, plan)}
        tells = {condition: ("from", "below", "quota", "only_if"), NAME: ("name",)}
        yield _subject(Text("等次", "grade"), evaluation, ("grade", grade.name), grade.name, grade, says, tells)
    yield from _moves("veto", "一票否决", evaluation.veto, plan)
    yield from _moves("promotion", "提档进位", evaluation.promotion, plan)
    for scale in evaluation.also_graded:
        rule = Text("规定", "rule")
        says, tells = {NAME: _plain(scale.name), rule: also_said(scale, plan)}, {NAME: ("name",), rule: ("*",)}
        yield _subject(
            Text("另评等次", "second grade"), evaluation, ("also", scale.code), scale.name, scale, says, tells
        )


def _moves(key: str, name: str, moves: tuple[Veto | Promotion, ...], plan: EvaluationPlan) -> Iterator[Subject]:
    """Blocks that move grades, called by their first ground or the indicator that they look at."""
    taken: set[str] = set()
    for move in moves:
        when = move.when.node if isinstance(move, Veto) and move.when else ""
        called = move.grounds[0] if move.grounds else when
        code = called if called not in taken else f"{called} {len(taken) + 1}"
        taken.add(code)
        rule = Text("规定", "rule")
        shown = name if len(moves) == 1 else f"{name}（{called}）"
        says, tells = {rule: move_said(move, plan)}, {rule: ("*",)}
        kind = Text("等次调整", "grade move")
        subject = _subject(kind, plan.written, (key, code), shown, move, says, tells)
        yield replace(subject, known_by=frozenset({*move.grounds, when} - {""}))


def _plain(said: str) -> Text:
    return Text(said, said)
