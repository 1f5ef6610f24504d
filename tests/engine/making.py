"""Small rules, schemes and facts, written the short way for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from engine.exact import Exact
from engine.explain import Derivation, Explainer
from engine.facts import Claim, Column, EvaluatedUnit, Facts, Key, LastResult, Move, OwnRows, SetFacts, Status, Tally
from engine.grammar.source import read_source
from engine.language.model import SchemeFile
from engine.language.resolve import resolve
from engine.language.scheme import EvaluationPlan
from engine.rules import RuleChoice
from engine.rules.among import Group
from engine.rules.base import FactSpec, Row, Rule
from engine.rules.inputs import SOURCES, Inputs, Need
from engine.score import score
from engine.score.context import Limits
from engine.score.result import Outcome, SetResult

MISSING, NA, NOT_DRAWN = Status.MISSING, Status.NOT_APPLICABLE, Status.NOT_DRAWN
Value = int | str | Decimal | Fraction | Status


def yaml(text: str) -> Any:
    """The data of a piece of a scheme file."""
    data, problems = read_source(text, "test.yaml")
    assert not problems, problems
    return data


def rule_of(text: str) -> Rule:
    """`ratio: {to: target}` → the rule."""
    chosen: Rule = RuleChoice.model_validate(yaml(text)).chosen
    return chosen


def exact(values: Sequence[Value]) -> Exact:
    return Exact.of([Fraction(0) if isinstance(value, Status) else Fraction(value) for value in values])


def column(values: Sequence[Value]) -> Column:
    """Values, or a status in place of one."""
    known = [int(value) if isinstance(value, Status) else 0 for value in values]
    return Column(exact(values), np.array(known, dtype=np.int8))


# One rule alone.


@dataclass
class Applied:
    """A rule and what it made of some columns."""

    rule: Rule
    inputs: Inputs
    raw: Exact

    def said(self, row: int = 0, language: str = "zh") -> str:
        """The derivation of a row, as one text."""
        facts = {need.fact: FactSpec() for need in self.rule.reads()}
        return "\n".join(line.to(language) for line in self.rule.explain(Row(self.inputs, row, facts)))

    @property
    def refused(self) -> list[int]:
        """The rows that stop the run."""
        return sorted({row for row, _ in self.inputs.refusals})


def apply(
    text: str,
    full: Value | Sequence[Value] = 10,
    cap: Value | None = None,
    floor: Value = 0,
    category: str = "",
    separately: Sequence[int] = (),
    series: Mapping[str, Value] | None = None,
    groups: Mapping[str, Sequence[int]] | None = None,
    **columns: Sequence[Value],
) -> Applied:
    """Apply a rule to columns: `actual`, `target`, `last_year` …, any other name being a fact of its own.

    `category` has one letter per row; `separately` are the rows listed separately; `groups` the rows of each group. A
    column that may be missing has a status where it is, and is missing altogether where it is left out.
    """
    rows = len(next(iter(columns.values())))
    marks = exact(full) if isinstance(full, list) else Exact.same(Fraction(full), rows)  # type: ignore[arg-type]
    rule = rule_of(text)
    named = {Need("actual", name) if name in SOURCES else Need(name, "actual"): c for name, c in columns.items()}
    nothing: dict[Need, Sequence[Value]] = {need: [MISSING] * rows for need in rule.may_need()}
    known = {need: column(values) for need, values in {**nothing, **named}.items()}
    ranked = np.array([row not in separately for row in range(rows)], dtype=bool)
    numbers = {letter: number for number, letter in enumerate(sorted(set(category or "a")))}
    most = marks if cap is None else Exact.same(Fraction(cap), rows)  # type: ignore[arg-type]
    inputs = Inputs(
        full=marks,
        cap=most,
        floor=Exact.same(Fraction(floor), rows),  # type: ignore[arg-type]
        endless=most,
        category=np.array([numbers[letter] for letter in category or "a" * rows], dtype=np.intp),
        categories=len(numbers),
        ranked=ranked,
        compared=ranked,
        columns={need: one.values for need, one in known.items()},
        absent={need: known[need].status != Status.GIVEN for need in rule.may_need()},
        groups={code: Group(code, np.isin(np.arange(rows), group)) for code, group in (groups or {}).items()},
        series={name: Fraction(value) for name, value in (series or {}).items()},
    )
    assert rule.needs() <= known.keys()
    return Applied(rule, inputs, rule.score(inputs))


def points(text: str, places: int = 2, **given: Any) -> list[str]:
    """The points as they would count at a leaf with the default cap and floor, rounded; every row has an answer."""
    applied = apply(text, **given)
    assert applied.refused == []
    kept = Limits().hold(applied.raw, applied.inputs.full)
    return [plain(value) for value in kept.round(places).fractions()]


def raw(text: str, **given: Any) -> list[Fraction]:
    """The rule's own points, before cap, floor and rounding."""
    applied = apply(text, **given)
    assert applied.refused == []
    return applied.raw.fractions()


def plain(value: Fraction | None) -> str:
    """A decimal number without trailing zeros."""
    if value is None:
        return "–"
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# A whole evaluation.

_BASE = """
code: annual
title: 测试
full_marks: 100
rounding: {leaf: 2, node: 2, panel: 2, total: 2}
collectors: [统计局]
sets: {s: {name: 单位, categories: {a: 甲类, b: 乙类}}}
grades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差}]
"""


def plan_of(text: str) -> EvaluationPlan:
    """An evaluation, resolved but not linted: `text` says `indicators` and whatever differs from the usual."""
    data = {"language": 1, "scheme": "test", "title": "测试", "source": "无"}
    written = SchemeFile.model_validate({**data, "evaluations": [{**yaml(_BASE), **yaml(text)}]})
    return resolve(written.evaluations[0])


def units_of(text: str) -> tuple[EvaluatedUnit, ...]:
    """`u1 u2 b:u3 u4*`: codes, category a unless said, a star for listed separately; ordered by code."""
    found = []
    for word in text.split():
        category, _, code = word.rpartition(":")
        plain_code = code.rstrip("*")
        found.append(EvaluatedUnit(plain_code, plain_code, category or "a", listed_separately=code.endswith("*")))
    return tuple(sorted(found, key=lambda unit: unit.code))


def set_facts(
    units: str | tuple[EvaluatedUnit, ...],
    columns: Mapping[str, Sequence[Value]] | None = None,
    own: Mapping[str, OwnRows] | None = None,
    tallies: Mapping[str, Tally] | None = None,
) -> SetFacts:
    """Columns by `leaf`, `leaf fact` or `leaf fact source`, and behind a slash the slot: `leaf/1月`."""
    keyed = {}
    for written, values in (columns or {}).items():
        name, _, slot = written.partition("/")
        leaf, fact, source = [*name.split(), "actual", "actual"][:3] if " " in name else (name, "actual", "actual")
        keyed[Key(leaf, fact, source, slot)] = column(values)
    return SetFacts(units_of(units) if isinstance(units, str) else units, keyed, own or {}, tallies or {})


def own_rows(*rows: tuple[int, str, Value, str, Value], **sources: Sequence[Value]) -> OwnRows:
    """Rows of (unit, code, full marks, rule, actual value)."""
    columns = {"actual": column([row[4] for row in rows])}
    return OwnRows(
        unit=np.array([row[0] for row in rows], dtype=np.intp),
        code=tuple(row[1] for row in rows),
        name=tuple(f"自定{row[1]}" for row in rows),
        full=exact([row[2] for row in rows]),
        rule=tuple(row[3] for row in rows),
        role=("",) * len(rows),
        measure=("",) * len(rows),
        columns=columns | {source: column(values) for source, values in sources.items()},
    )


def tally(answers: str, *counts: Sequence[int], listed: Sequence[bool] | None = None) -> Tally:
    """Counts per unit of each answer."""
    on_list = np.array(listed if listed is not None else [True] * len(counts), dtype=bool)
    return Tally(tuple(answers.split()), np.array(counts, dtype=np.int64), on_list)


def facts_of(one: SetFacts, **rest: Any) -> Facts:
    return Facts({"s": one}, **rest)


def run(text: str, units: str, columns: Mapping[str, Sequence[Value]] | None = None, **rest: Any) -> SetResult:
    """Score a small evaluation of one set."""
    return outcome_of(text, units, columns, **rest).sets[0]


def outcome_of(
    text: str,
    units: str,
    columns: Mapping[str, Sequence[Value]] | None = None,
    own: Mapping[str, OwnRows] | None = None,
    tallies: Mapping[str, Tally] | None = None,
    **rest: Any,
) -> Outcome:
    return score(plan_of(text), facts_of(set_facts(units, columns, own, tallies), **rest), trace=True)


def node_points(result: SetResult, code: str) -> list[str]:
    """The points of a node, `–` where it does not count."""
    node = next(node for node in result.nodes() if node.node.code == code)
    return [plain(p) if c else "–" for p, c in zip(node.points.fractions(), node.counts(), strict=True)]


def totals(result: SetResult) -> list[str]:
    return [plain(total) for total in result.total.fractions()]


def derived(outcome: Outcome, row: int = 0) -> Derivation:
    """The derivation of a unit's total."""
    return Explainer(outcome, outcome.sets[0]).total(row)


def lines(derivation: Derivation, code: str, language: str = "zh") -> str:
    """What the derivation says at one node."""
    found = derivation.find(code)
    assert found is not None
    return "\n".join(line.to(language) for line in found.lines)


def judged(*leaves: tuple[str, int]) -> str:
    """`indicators` of judged leaves with these full marks."""
    return "indicators:\n" + "".join(
        f"  - {{code: {c}, name: {c}, full_marks: {f}, rule: judged}}\n" for c, f in leaves
    )


__all__ = ["Claim", "LastResult", "Move"]
