"""A rule book as subjects that can be compared: each indicator, grade, standard …, and what the book says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.grammar.fields import Part
from engine.grammar.walk import inside
from engine.language.grades import Promotion, Veto
from engine.language.model import Evaluation
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.rules.base import FactSpec
from engine.rules.references import Reference
from engine.rules.wording import NOTHING, Words, joined, listed
from engine.show import show
from engine.text import Text
from indicators.extras_wording import extras_said, standard_said
from indicators.wording import (
    MISSING,
    NOT_APPLICABLE,
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

PARENT = Text("上级指标", "under")
CODE, NAME = Text("代码", "code"), Text("名称", "name")
_SAID_APART = {"code", "sets", "indicators", "bonus", "deductions", "grades", "veto", "promotion", "also_graded", "use"}
_IN_SENTENCES = {
    "title",
    "full_marks",
    "rounding",
    "not_applicable",
    "missing",
    "collectors",
    "series",
    "cap",
    "floor",
    "ranking",
}
_NOT_ITS_OWN = {"indicators", "for_", "code"}


@dataclass(frozen=True)
class Subject:
    """One thing that a rule book speaks of.

    `says` are sentences by aspect, `names` lists of names by aspect; `written` is all that stands in the file of it, by
    key path, `unsaid` the part of it that no sentence tells; `line` is where it stands; `under` the code of the
    indicator above it.
    """

    kind: Text
    where: Text
    key: tuple[str, ...]
    name: str
    line: int
    says: Mapping[Text, Text]
    written: Mapping[str, str]
    under: str = ""
    unsaid: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[Text, tuple[str, ...]] = field(default_factory=dict)


def subjects_of(plan: EvaluationPlan) -> Iterator[Subject]:
    """Everything one evaluation speaks of, in the order of a rule book."""
    evaluation = plan.written
    yield _evaluation(plan)
    for one in plan.sets:
        yield from _set(one, evaluation)
        yield from _indicators(one, plan)
    yield from _extras(evaluation)
    yield from _grades(plan)
    sets = {one.code: one.name for one in plan.sets}
    for use in evaluation.use:
        says = {NAME: _plain(use.name), Text("内容", "what it brings"): use_said(use, sets)}
        yield _subject(Text("结果运用", "use"), evaluation, ("use", use.code), use.name, use, says)


def _subject(
    kind: Text, evaluation: Evaluation, key: tuple[str, ...], name: str, part: Part, says: Mapping[Text, Text]
) -> Subject:
    return Subject(kind, _plain(evaluation.title), key, name, part.line(), says, flattened(part))


def _evaluation(plan: EvaluationPlan) -> Subject:
    evaluation = plan.written
    names = {node.code: node.name for one in plan.sets for node in one.walk()}
    says = {
        Text("名称", "title"): _plain(evaluation.title),
        Text("满分", "full marks"): _plain(show(evaluation.full_marks)),
        Text("小数位数", "rounding"): rounding_said(evaluation),
        Text("不涉及", "not applicable"): NOT_APPLICABLE[evaluation.not_applicable or "refuse"],
        Text("缺数据", "missing"): MISSING[evaluation.missing],
        Text("总分上限", "cap"): marks_alone(evaluation.cap) if evaluation.cap else NOTHING,
        Text("总分下限", "floor"): marks_alone(evaluation.floor) if evaluation.floor else NOTHING,
        Text("排名", "ranking"): ranking_said(evaluation, names),
        Text("加分", "bonus"): extras_said(evaluation.bonus, plan) if evaluation.bonus else NOTHING,
        Text("扣分", "deductions"): extras_said(evaluation.deductions, plan) if evaluation.deductions else NOTHING,
    }
    written = flattened(evaluation, _SAID_APART)
    for key in ("bonus", "deductions"):
        part = getattr(evaluation, key)
        written |= {f"{key}.{path}": value for path, value in flattened(part, {"standards"}).items()} if part else {}
    lists = {
        Text("采集单位", "collectors"): tuple(evaluation.collectors),
        Text("外部数据", "series"): tuple(evaluation.series.values()),
        Text("分组", "groups"): tuple(group.name for group in evaluation.groups.values()),
    }
    kind, place = Text("评估", "evaluation"), ("evaluation", evaluation.code)
    unsaid = flattened(evaluation, _SAID_APART | _IN_SENTENCES)
    head = kind, NOTHING, place, evaluation.title, evaluation.line()
    return Subject(*head, says, written, unsaid=unsaid, names=lists)


def _set(one: IndicatorSetPlan, evaluation: Evaluation) -> Iterator[Subject]:
    written = evaluation.sets[one.code]
    subject = _subject(
        Text("指标集", "indicator set"), evaluation, ("set", one.code), one.name, written, {NAME: _plain(one.name)}
    )
    yield replace(subject, names={Text("类别", "categories"): tuple(one.categories.values())})


def _indicators(one: IndicatorSetPlan, plan: EvaluationPlan) -> Iterator[Subject]:
    names = {node.code: node.name for node in one.walk()}
    for node in one.walk():
        under = node.path[-2] if len(node.path) > 1 else ""
        says = {
            NAME: _plain(node.name),
            PARENT: _plain(names.get(under, "")),
            **_indicator_says(node, one, plan.written),
        }
        where = Text("{all} · {set}", "{all} · {set}").format(all=plan.written.title, set=one.name)
        written = flattened(node.written, _NOT_ITS_OWN)
        key = ("indicator", one.code, node.code)
        yield Subject(Text("指标", "indicator"), where, key, node.name, node.written.line("code"), says, written, under)


def _indicator_says(node: Indicator, one: IndicatorSetPlan, evaluation: Evaluation) -> dict[Text, Text]:
    leaf = not node.children
    lead = listed(dict.fromkeys(filter(None, node.lead.values())))
    return {
        Text("满分", "full marks"): by_category_said(node.full, one),
        Text("权重", "weight"): by_category_said(node.weight, one),
        Text("计分方法", "scored"): scored_said(node, evaluation),
        Text("参照", "held against"): _references(node, evaluation),
        Text("数据", "facts"): listed(_fact_said(fact) for fact in node.facts.values() if fact.name),
        Text("数据来源", "collected by"): collected_said(node) if leaf and not node.panel else NOTHING,
        Text("牵头单位", "lead"): lead if leaf else NOTHING,
    }


def _references(node: Indicator, evaluation: Evaluation) -> Text:
    groups = {code: group.name for code, group in evaluation.groups.items()}
    words = Words({code: fact.name for code, fact in node.facts.items()}, evaluation.series, groups=groups)
    rules = [node.rule, *(node.own.rules.values() if node.own else ())]
    return listed(dict.fromkeys(to.in_words(words) for rule in rules for to in inside(rule, Reference)))


def _fact_said(fact: FactSpec) -> Text:
    measure = f"（{fact.measure}）" if fact.measure else ""
    return _plain(fact.name + measure)


def _extras(evaluation: Evaluation) -> Iterator[Subject]:
    parts = (
        (Text("加分项", "bonus standard"), "bonus", evaluation.bonus),
        (Text("扣分项", "deduction standard"), "deduction", evaluation.deductions),
    )
    for kind, key, part in parts:
        for standard in part.standards if part else ():
            says = {NAME: _plain(standard.name), Text("分值", "points"): standard_said(standard)}
            yield _subject(kind, evaluation, (key, standard.code), standard.name, standard, says)


def _grades(plan: EvaluationPlan) -> Iterator[Subject]:
    evaluation = plan.written
    last = len(evaluation.grades) - 1
    for number, grade in enumerate(evaluation.grades):
        says = {
            Text("次序", "order"): _plain(str(number + 1)),
            Text("条件", "condition"): grade_said(grade, number == last, plan),
        }
        yield _subject(Text("等次", "grade"), evaluation, ("grade", grade.name), grade.name, grade, says)
    blocks: tuple[tuple[str, str, tuple[Veto | Promotion, ...]], ...] = (
        ("veto", "一票否决", evaluation.veto),
        ("promotion", "提档进位", evaluation.promotion),
    )
    for key, name, moves in blocks:
        for number, move in enumerate(moves, 1):
            called = name if len(moves) == 1 else f"{name} {number}"
            says = {Text("规定", "rule"): move_said(move, plan)}
            yield _subject(Text("等次调整", "grade move"), evaluation, (key, str(number)), called, move, says)
    for scale in evaluation.also_graded:
        says = {NAME: _plain(scale.name), Text("规定", "rule"): also_said(scale, plan)}
        yield _subject(Text("另评等次", "second grade"), evaluation, ("also", scale.code), scale.name, scale, says)


def _plain(said: str) -> Text:
    return Text(said, said)


def flattened(part: Part, without: set[str] | frozenset[str] = frozenset()) -> dict[str, str]:
    """All that stands in the file of a construct: key path → value."""
    return dict(_paths(part.model_dump(exclude_unset=True, exclude=set(without)), ""))


def _paths(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Part):
        value = value.model_dump(exclude_unset=True)
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value, 1):
            yield from _paths(inner, f"{path}.{number}")
    else:
        yield path, str(value)


def written_said(written: Mapping[str, str], keys: set[str]) -> Text:
    """Some of what stands in the file, as it is written there."""
    return joined(_plain(f"{key}: {written[key]}") for key in sorted(keys) if key in written)
