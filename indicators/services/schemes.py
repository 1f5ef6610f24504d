"""A rule book comes into force: a cycle for each evaluation of it, with the tree of its indicators."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan, Scheme
from engine.rules.inputs import ACTUAL
from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Category, Cycle, CycleKind, EvaluatedUnit
from evaluation.services.audit import record
from evaluation.services.cycles import begin_cycle
from evaluation.services.transition import move
from evaluation.verdict import Refused
from indicators import models
from indicators.models import Body
from indicators.selectors import scheme_of_text
from indicators.states import SCHEME_TRANSITIONS, SchemeState

_HAS_UNITS = Text(
    "周期“{code}”已有参评单位和数据，方案已冻结，不能再换",
    'the cycle "{code}" has units and facts already; its scheme is frozen',
)


def cycle_code(scheme: Scheme, plan: EvaluationPlan, year: int) -> str:
    """How the cycle of an evaluation is called: scheme, evaluation where there are several, year."""
    parts = [scheme.code, plan.code, str(year)] if len(scheme.evaluations) > 1 else [scheme.code, str(year)]
    return "-".join(parts)


@transaction.atomic
def load_scheme(*, text: str, file: str, year: int, actor: Actor) -> list[Cycle]:
    """Put a rule book in force for a year: publish it and start a cycle for each of its evaluations.

    The first evaluation of a file is the parent of the others. A text that is in force already changes nothing; another
    one replaces it as long as no unit has been entered.

    Args:
        text: the scheme file.
        file: its path, for messages; its name is kept.
        year: the year that is evaluated.
        actor: who does it.

    Raises:
        Problems: everything that is wrong with the text.
        Refused: if a cycle has units already and its rule book is another one.
    """
    scheme = scheme_of_text(text, Path(file).name)
    cycles: list[Cycle] = []
    for plan in scheme.evaluations:
        parent = cycles[0] if cycles else None
        cycle, fresh = Cycle.objects.get_or_create(
            code=cycle_code(scheme, plan, year),
            defaults={
                "title": plan.written.title,
                "year": year,
                "parent": parent,
                "kind": CycleKind.SPECIAL if parent else CycleKind.COMPREHENSIVE,
            },
        )
        if fresh:
            record("open_cycle", cycle, actor=actor, key=cycle.code, title=cycle.title, year=year)
        cycles.append(cycle)
        _put_in_force(cycle, scheme, plan, text, file, actor)
    return cycles


def _put_in_force(cycle: Cycle, scheme: Scheme, plan: EvaluationPlan, text: str, file: str, actor: Actor) -> None:
    old = cycle.schemes.exclude(state=SchemeState.SUPERSEDED).first()
    if old is not None and old.sha256 == scheme.sha256:
        return
    if EvaluatedUnit.objects.filter(cycle=cycle).exists():
        raise Refused(_HAS_UNITS.format(code=cycle.code))
    if old is not None:
        move(old, "supersede_scheme", transitions=SCHEME_TRANSITIONS, actor=actor)
    kept = models.CycleScheme.objects.create(
        cycle=cycle, version=old.version + 1 if old else 1, file_name=Path(file).name, text=text,
        sha256=scheme.sha256, code=scheme.code, evaluation=plan.code,
    )  # fmt: skip
    record("load_scheme", kept, actor=actor, key=cycle.code, sha256=kept.sha256, version=kept.version)
    for action in ("check", "publish_scheme"):
        move(kept, action, transitions=SCHEME_TRANSITIONS, actor=actor)
    Category.objects.filter(cycle=cycle).delete()
    Category.objects.bulk_create(_categories(cycle, plan))
    for part_of in plan.sets:
        _keep_tree(kept, part_of)
    if cycle.state == "drafting":
        begin_cycle(cycle=cycle, action="start", actor=actor)


def _categories(cycle: Cycle, plan: EvaluationPlan) -> list[Category]:
    named = [(part_of.code, code, name) for part_of in plan.sets for code, name in part_of.categories.items()]
    return [
        Category(cycle=cycle, set_code=set_code, code=code, name=name, position=position)
        for position, (set_code, code, name) in enumerate(named)
    ]


def _keep_tree(kept: models.CycleScheme, part_of: IndicatorSetPlan) -> None:
    rows: dict[str, models.Indicator] = {}
    for position, node in enumerate(part_of.walk()):
        above = rows[node.path[-2]] if len(node.path) > 1 else None
        rows[node.code] = models.Indicator.objects.create(
            scheme=kept, set_code=part_of.code, code=node.code, name=node.name, parent=above, position=position,
            body=_body(node),
        )  # fmt: skip
    models.Fact.objects.bulk_create(fact for node in part_of.leaves() for fact in _facts(rows[node.code], node))


def _body(node: Indicator) -> str:
    known = {Body.GROUP: node.children, Body.RULE: node.rule, Body.OWN: node.own, Body.PANEL: node.panel}
    return next((one for one, there in known.items() if there), Body.SPECIAL)


def _facts(row: models.Indicator, node: Indicator) -> list[models.Fact]:
    """The facts of a leaf; the rows of an own list share one, with the most decimals that any rule of it reads."""
    if node.own is not None:
        decimals = max(spec.decimals for spec in node.own.facts.values())
        return [models.Fact(indicator=row, code=ACTUAL, name=node.name, decimals=decimals)]
    return [
        models.Fact(indicator=row, code=code, name=spec.name, measure=spec.measure, decimals=spec.decimals)
        for code, spec in node.facts.items()
    ]
