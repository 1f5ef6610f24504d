"""The parameters that a result was made with, as rows of a table."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from engine import VERSION
from engine.language.fields import Marks, Places
from engine.scheme import EvaluationPlan, Indicator, IndicatorSetPlan, Scheme
from engine.score.result import Outcome
from engine.show import percent, show
from engine.text import Text


def in_words(value: Any) -> str:
    """A construct of the scheme written on one line, only with what the file says: `ratio(to: target)`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Marks):
        return percent(value.amount) if value.relative else show(value.amount)
    if isinstance(value, Places):
        return "none" if value.digits is None else str(value.digits)
    if isinstance(value, BaseModel):
        chosen = getattr(value, "chosen", None)
        if chosen is not None:
            inner = in_words(chosen)
            return f"{chosen.word}({inner})" if inner else chosen.word
        fields = type(value).model_fields
        said = {fields[key].alias or key: getattr(value, key) for key in fields if key in value.model_fields_set}
        return ", ".join(f"{key}: {in_words(item)}" for key, item in said.items())
    if isinstance(value, tuple | list):
        return "[" + "; ".join(in_words(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_words(item)}" for key, item in value.items()) + "}"
    return str(value)


def _in_force(value: BaseModel) -> str:
    """Every field, said in the file or not."""
    return ", ".join(f"{key}: {in_words(getattr(value, key))}" for key in type(value).model_fields)


def scheme_rows(scheme: Scheme, outcome: Outcome, language: str) -> list[list[Any]]:
    """Identity of the scheme and engine, rounding, grades, bonus, moves and uses."""
    evaluation = outcome.plan.written
    named: list[tuple[Text, Any]] = [
        (Text("方案", "Scheme"), f"{scheme.title}（{scheme.code}）"),
        (Text("来源", "Source"), scheme.source),
        (Text("方案指纹（SHA-256）", "Scheme SHA-256"), scheme.sha256),
        (Text("引擎版本", "Engine version"), VERSION),
        (Text("评估", "Evaluation"), evaluation.title),
        (Text("满分", "Full marks"), show(evaluation.full_marks)),
        (Text("小数位数", "Rounding"), in_words(evaluation.rounding)),
        (Text("不涉及", "Not applicable"), evaluation.not_applicable or ""),
        (Text("缺数据", "Missing"), evaluation.missing),
        (Text("排名", "Ranking"), _in_force(evaluation.ranking)),
    ]
    series = outcome.facts.series.items()
    named += [(Text("外部数据", "Series"), f"{evaluation.series[code]} = {show(value)}") for code, value in series]
    for key, title in (("bonus", Text("加分", "Bonus")), ("deductions", Text("扣分", "Deductions"))):
        rules = getattr(evaluation, key)
        if rules is not None:
            named.append((title, f"at_most: {rules.at_most or '—'}, highest_only: {in_words(rules.highest_only)}"))
            named += [(Text("　" + one.name, "  " + one.name), in_words(one)) for one in rules.standards]
    named += [(Text("等次", "Grade"), in_words(grade)) for grade in evaluation.grades]
    moves = [move for move in (evaluation.veto, evaluation.promotion) if move]
    named += [(Text("等次调整", "Grade move"), in_words(move)) for move in moves]
    named += [(Text("结果运用", "Use"), in_words(use)) for use in evaluation.use]
    return [[title.to(language), value] for title, value in named]


def leaf_rows(plan: EvaluationPlan) -> list[list[Any]]:
    """Every node with its marks, weight, rule and collector."""
    return [_leaf_row(one, node) for one in plan.sets for node in one.walk()]


def _leaf_row(one: IndicatorSetPlan, node: Indicator) -> list[Any]:
    indented = "　" * (len(node.path) - 1) + node.name
    marks = [_per_category(node.full), _per_category(node.weight)]
    collectors = "、".join(dict.fromkeys(filter(None, node.collector.values())))
    return [one.name, node.code, indented, *marks, _scored(node), collectors]


def _per_category(values: Any) -> str:
    if values is None:
        return ""
    if len(set(values.values())) == 1:
        return show(next(iter(values.values())))
    return ", ".join(f"{code} {show(value)}" for code, value in values.items())


def _scored(node: Indicator) -> str:
    written = node.written
    scored = written.rule or written.own or written.panel
    return in_words(scored) if scored is not None else node.roll_up
