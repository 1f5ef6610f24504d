"""Random rule books and facts: trees of sums, weights and other roll-ups, readings of every kind and none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine.facts import Claim, EvaluatedUnit, Facts, Move
from engine.language.scheme import EvaluationPlan
from engine.panels.panel import Panel
from tests.engine.making import MISSING, NA, NOT_DRAWN, Value, own_rows, plan_of, set_facts, tally

RULES = [
    "judged",
    "{ratio: {to: target, reference_not_positive: 50%}}",
    "{ratio: {to: target, less_is_better: true, reference_not_positive: 0%}}",
    "{ratio: {of: {growth: {from_zero: 0%}}, to: 7%, nothing_below: 30%}}",
    "{step_table: {steps: [{from: 5, points: 100%}, {above: 2, points: 1}], otherwise: 0}}",
    "{deduct: {nothing_from: 4, each: {late: {name: 迟报, points: 0.3, at_most: 1}, wrong: {name: 错报, points: 1}}}}",
    "{formula: 'min(full, round(power(abs(actual), 0.5, 3), 2)) - if(actual.target >= 5, 0.5, 0)'}",
    "{interpolated: {knots: [{at: 2, points: 0}, {at: 7, points: 100%}], below: extend, above: hold}}",
    "{marginal_bands: {to: target, base: 1, step: 0.7, count: started, up: [{steps: 2, points: 0.2}, {points: 0.1}],"
    " down: [{points: 0.3}]}}",
    "{above_both: {to: [target, baseline], rate: {step: 0.5, each: 0.1, count: completed}, otherwise: 0}}",
    "{efficacy: {base: 60%, all_equal: 100%}}",
    "{gate: {if: {from: 5}, then: {rank_table: {among: passed, places: [100%, 50%]}},"
    " else: {ratio: {to: target, reference_not_positive: 10%}}}}",
    "{formula: 'if(actual >= mean(actual), full, 60% × full)'}",
    "{share_of_best: {best_not_positive: 0}}",
    "{rank_table: {places: [100%, 80%, 70%]}}",
    "{rank_steps: {each: 15%, at_least: 30%}}",
    "{rank_linear: {first: 100%, last: 20%}}",
    "{rank_change: {base: 2, up: 0.5, down: 0.25, no_place: 1}}",
    "{base_steps: {to: mean, base: 1, step: 0.3, up: 0.1, down: 0.2, count: started, at_least: 0, at_most: 2}}",
    "{composite: {parts: [{name: 一, share: 40%, rule: {efficacy: {of: increment, base: 0%, all_equal: 100%}}},"
    " {name: 二, share: 60%, rule: {ratio: {to: target, reference_not_positive: 0%}}}]}}",
]
ALONE = RULES[:10]
ROLL_UPS = ["sum", "sum", "sum", "mean", "minimum", "maximum", "geometric_mean"]
METHODS = [
    "{tiers: {好: 1, 中: 0.75, 差: 0.4}}",
    "{ranking: {points: [5, 4, 3.1], unequal_lists: same_points}}",
    "{ranking: {points: [5, 4, 3.1], unequal_lists: spread}}",
    "{score: {from: 0, to: 5, step: 1}}",
    "{questionnaire: {items: [{code: a, name: 态度, weight: 70}, {code: b, name: 效率, weight: 30}],"
    " scale: {满意: 5, 一般: 3.3}}}",
]
AGGREGATES = ["mean", "median", "{trimmed: {drop: 1, when_more_than: 2}}", "{trimmed: {drop: 3, when_more_than: 9}}"]
FACTORS = "factors: {hard: {name: 难度, by_category: {a: 1.2, b: 0.9}}, large: {name: 规模}}\n"
SLOTS = [
    *(f"periods: {{of: half_year, take: {take}}}" for take in ("mean", "sum", "best", "last")),
    "assessors: {lead: 统计局, assist: [u0, 财政局], lead_share: 70%}",
    "assessors: {mean: [u0, u1]}",
    "periods: {of: quarter, take: pooled}",
]
OWN = "full_marks: 15, factor: large, missing: zero, not_drawn: renormalise, own: {rules: {评分: judged}}"


@dataclass
class Case:
    """A rule book, its leaves (code → body) and the facts of some units."""

    text: str
    plan: EvaluationPlan = field(repr=False)
    units: tuple[EvaluatedUnit, ...]
    columns: dict[str, list[Value]]
    own: list[tuple[int, str, Value, str, Value]]
    votes: list[list[int]]
    rest: dict[str, Any]

    def facts(self, order: Sequence[int] | None = None) -> Facts:
        """The facts of these units, in this order (all of them as they stand unless said)."""
        rows = list(range(len(self.units))) if order is None else list(order)
        columns = {name: [values[row] for row in rows] for name, values in self.columns.items()}
        own = [(rows.index(unit), *rest) for unit, *rest in self.own if unit in rows]
        answers = _panel(self.plan).tallied()
        votes = np.array([self.votes[row] for row in rows], dtype=np.int64).reshape(-1, len(answers))
        return Facts(
            {
                "s": set_facts(
                    tuple(self.units[row] for row in rows),
                    columns,
                    {"own": own_rows(*sorted(own))},  # type: ignore[arg-type]
                    {"panel": tally(" ".join(answers), *votes.tolist())} if rows else {},
                )
            },
            **self.rest,
        )


@st.composite
def parted(draw: st.DrawFn, whole: int, parts: int) -> list[int]:
    """Whole numbers above 0 that add up."""
    cuts = sorted(draw(st.lists(st.integers(1, whole - 1), min_size=parts - 1, max_size=parts - 1, unique=True)))
    return [end - start for start, end in zip([0, *cuts], [*cuts, whole], strict=True)]


class _Writer:
    def __init__(self, draw: st.DrawFn, rules: Sequence[str]) -> None:
        self.draw, self.rules = draw, rules
        self.leaves: dict[str, str] = {}
        self.codes = 0

    def node(self, full: int, weight: int | None, depth: int, indent: str) -> str:
        self.codes += 1
        code = f"n{self.codes}"
        head = f"{indent}- code: n{self.codes}\n{indent}  name: n{self.codes}\n{indent}  full_marks: {full}\n"
        head += f"{indent}  weight: {weight}\n" if weight is not None else ""
        if depth and full > 3 and self.draw(st.booleans()):
            return head + self.group(full, depth, indent + "  ")
        rule = self.draw(st.sampled_from(list(self.rules)))
        self.leaves[code] = rule
        fact = "" if "judged" in rule or "deduct" in rule else f"{indent}  fact: {{decimals: 2, measure: 元}}\n"
        slots = self.draw(st.sampled_from(["", "", "", *(SLOTS[:-1] if rule == "judged" else SLOTS)]))
        if not slots and self.draw(st.integers(0, 3)) == 0:
            slots = "over_fulfilment: {rate: 50%, at_most: 20%}"
        slots = f"{indent}  {slots}\n" if slots else ""
        return head + self.limits(indent) + fact + slots + f"{indent}  rule: {rule}\n"

    def limits(self, indent: str) -> str:
        cap, floor = self.draw(st.sampled_from([("", ""), ("120%", "-10"), ("80%", "1"), ("50%", "")]))
        factor = self.draw(st.sampled_from(["", "", "", "hard", "large"]))
        keys = (("cap", cap), ("floor", floor), ("factor", factor))
        return "".join(f"{indent}  {key}: {said}\n" for key, said in keys if said)

    def group(self, full: int, depth: int, indent: str) -> str:
        roll_up = self.draw(st.sampled_from(ROLL_UPS))
        parts = self.draw(st.integers(1, 3))
        head = f"{indent}roll_up: {roll_up}\n{self.limits(indent[2:])}{indent}indicators:\n"
        if roll_up == "sum" and self.draw(st.booleans()):
            weights = self.draw(parted(100, parts))
            fulls: list[int] = [self.draw(st.sampled_from([4, 10, 100])) for _ in weights]
            return head + "".join(
                self.node(f, w, depth - 1, indent + "  ") for f, w in zip(fulls, weights, strict=True)
            )
        fulls = self.draw(parted(full, parts))
        return head + "".join(self.node(one, None, depth - 1, indent + "  ") for one in fulls)


def _panel(plan: EvaluationPlan) -> Panel:
    panel = next(leaf.panel for leaf in plan.sets[0].leaves() if leaf.panel)
    assert panel is not None
    return panel


@st.composite
def panels(draw: st.DrawFn, compared: bool = True) -> str:
    """A panel as the scheme file writes it; `compared`: with others of its category too."""
    said = {"voters": "人", "secrecy": "signed", "no_ballots": "drop", "not_counted": "[不了解]"}
    said["method"] = draw(st.sampled_from(METHODS))
    said["aggregate"] = draw(st.sampled_from(AGGREGATES if "questionnaire" not in said["method"] else AGGREGATES[:1]))
    said |= {"minimum_ballots": str(draw(st.integers(1, 9))), "below_minimum": "drop"}
    if compared:
        said["below_minimum"] = draw(st.sampled_from(["drop", "mean"]))
        said |= draw(st.sampled_from([{}, {"scaled_to_best": "category"}, {"scaled_to_best": "all"}]))
    return f"{{{', '.join(f'{key}: {value}' for key, value in said.items())}}}"


def _votes(panel: Panel) -> st.SearchStrategy[list[int]]:
    """How many ballots gave a unit each answer; often none at all."""
    counts = st.integers(0, 9)
    answers = len(panel.tallied())
    return st.one_of(st.lists(counts, min_size=answers, max_size=answers), st.just([0] * answers))


@st.composite
def cases(draw: st.DrawFn, rules: Sequence[str] = RULES, means: bool = True) -> Case:
    """A rule book with an own list and a panel beside random indicators, and facts for a few units."""
    writer = _Writer(draw, rules)
    missing = draw(st.sampled_from(["zero", "mean"] if means else ["zero"]))
    absent = draw(st.sampled_from(["renormalise", "full"]))
    places = draw(st.sampled_from(["2", "1", "none", "{places: 1, way: down}"]))
    of_total = draw(st.sampled_from(["2", "none", "{places: 1, way: up}"]))
    shares = draw(parted(80, draw(st.integers(1, 3))))
    text = f"rounding: {{leaf: {places}, node: 2, panel: 2, total: {of_total}}}\n"
    text += f"missing: {missing}\nnot_applicable: {absent}\nindicators:\n"
    text = FACTORS + text
    text += "".join(writer.node(share, None, 2, "  ") for share in shares)
    text += f"  - {{code: own, name: 自定, {OWN}}}\n"
    text += f"  - {{code: panel, name: 评议, full_marks: 5, panel: {draw(panels(means))}}}\n"
    text += _EXTRAS + draw(_scale())
    plan = plan_of(text)
    units = tuple(
        EvaluatedUnit(f"u{number}", f"u{number}", draw(st.sampled_from("ab")))
        for number in range(draw(st.integers(1, 4)))
    )
    columns: dict[str, list[Any]] = {}
    for leaf in plan.sets[0].leaves():
        for need in sorted(leaf.reads()):
            for slot in leaf.slots.names if leaf.slots else ("",):
                reading = _reading(need.fact, need.source)
                if writer.leaves.get(leaf.code) == "judged":
                    reading = _judged(int(Fraction(leaf.full["a"]) * (leaf.slots.part if leaf.slots else 1)))
                columns[f"{leaf.code} {need.fact} {need.source}/{slot}"] = [draw(reading) for _ in units]
    own = [row for unit in range(len(units)) for row in draw(_own_list(unit))]
    votes = [draw(_votes(_panel(plan))) for _ in units]
    rest = draw(_claims([unit.code for unit in units]))
    sizes = st.sampled_from([Fraction(1), Fraction(7, 10), Fraction(13, 10)])
    rest["factors"] = {(unit.code, "large"): draw(sizes) for unit in units}
    return Case(text, plan, units, columns, own, votes, rest)


_ABSENT = st.sampled_from([MISSING, NA])
_NUMBER = st.one_of(st.integers(-3, 12), st.builds(Fraction, st.integers(0, 900), st.just(100)), st.just(10**19))
_EXTRAS = """
bonus:
  highest_only: true
  at_most: 3
  over_fulfilment: {at_most: 1.5}
  standards:
    - {code: award, name: 表彰, at_most: 2, levels: {省: 2, 市: 0.5}}
    - {code: fair, name: 现场会, levels: {省: 1.5}}
deductions: {highest_only: false, standards: [{code: blamed, name: 通报, levels: {省: 1, 市: 0.3}}]}
cap: 101
use:
  - {code: staff, name: 比例, by_grade: {优: 20%}, otherwise: 15%}
  - {code: band, name: 浮动, by_rank: [{first: 30%, gives: 上}, {last: 30%, gives: 下}]}
"""


@st.composite
def _scale(draw: st.DrawFn) -> str:
    """Random grades, quotas, conditions and moves, and a second grade."""
    flag = st.sampled_from(["", "true"])
    ties = draw(st.sampled_from(["all_in", "all_out", "{break_by: [panel, own], then: all_out}"]))
    size = draw(st.sampled_from(["share: 30%, rounding: half_up", "share: {a: 50%, b: 0%}, rounding: up", "number: 1"]))
    line = draw(st.sampled_from(["", "from: 60, "]))
    only_if = draw(st.sampled_from(["", ", only_if: [no_veto]", ", only_if: [{node: own, at_least: 40%}]"]))
    effect = draw(st.sampled_from(["down_one", "bar_from_top", "lowest", "not_graded", "{to: 中}"]))
    lift = draw(st.sampled_from(["up_one", "top", "{to: 良}"]))
    return f"""
grades:
  - {{name: 优, {line}quota: {{{size}, ties: {ties}}}{only_if}}}
  - {{name: 良, quota: {{share: 40%, rounding: down, ties: all_in}}}}
  - {{name: 中, from: 50}}
  - {{name: 差}}
veto:
  - {{effect: {effect}, by: decision, grounds: [事故], refill: {draw(flag) or "false"}}}
  - {{effect: down_one, by: automatic, when: {{node: own, below: 20%}}, grounds: [失职]}}
promotion:
  effect: {lift}
  by: decision
  grounds: [表彰]
  inside_quota: {draw(flag) or "false"}
  despite_veto: {draw(flag) or "false"}
also_graded:
  - {{code: team, name: 班子, on: panel, grades: [{{name: 好, from: 60%}}, {{name: 差}}]}}
"""


def _reading(fact: str, source: str) -> st.SearchStrategy[Any]:
    if source != "actual":
        return _NUMBER
    given = _NUMBER if fact == "actual" else st.integers(0, 3)
    return st.one_of(given, given, given, _ABSENT)


def _judged(full: int) -> st.SearchStrategy[Any]:
    given = st.builds(lambda hundredths: Fraction(hundredths, 100), st.integers(0, full * 100))
    return st.one_of(given, given, _ABSENT)


@st.composite
def _own_list(draw: st.DrawFn, unit: int) -> list[tuple[int, str, Value, str, Value]]:
    marks = draw(parted(15, draw(st.integers(1, 3))))
    absent = st.sampled_from([MISSING, NA, NOT_DRAWN])
    return [
        (unit, str(number), full, "评分", draw(st.one_of(st.integers(0, full), st.integers(0, full), absent)))
        for number, full in enumerate(marks)
    ]


@st.composite
def _claims(draw: st.DrawFn, units: list[str]) -> dict[str, Any]:
    unit, matter = st.sampled_from(units), st.sampled_from(["甲", "乙"])
    awards = st.one_of(
        st.builds(Claim, unit, st.just("award"), st.sampled_from(["省", "市"]), matter),
        st.builds(Claim, unit, st.just("fair"), st.just("省"), matter),
    )
    blames = st.builds(Claim, unit, st.just("blamed"), st.sampled_from(["省", "市"]), matter)
    ground = st.sampled_from(["事故", "失职", "表彰"])
    moves = st.builds(Move, unit, ground, st.just("会"), st.sampled_from(["", "1 号"]))
    return {
        "bonuses": tuple(draw(st.lists(awards, max_size=5))),
        "deductions": tuple(draw(st.lists(blames, max_size=3))),
        "moves": tuple(draw(st.lists(moves, max_size=4))),
    }
