"""A whole workbook of facts is entered into a cycle: all of it or nothing, and told beforehand if asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from engine.facts import Claim, Facts, Move
from engine.language.scheme import EvaluationPlan
from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Cycle, Decision, EvaluatedUnit
from evaluation.services.audit import record
from evaluation.states import CycleState
from evaluation.verdict import Refused
from indicators.facts.sheets import SHEETS
from indicators.facts.writing import Row, rows_of
from indicators.models import CycleScheme
from indicators.selectors import plan_of, scheme_in_force
from indicators.services.entering import FactWriter
from scoring.freezing import freeze
from scoring.models import Bonus, BonusPool, Deduction, GradeMove, PanelTally, Recipient
from scoring.selectors import facts_of

ZONE = ZoneInfo(settings.TIME_ZONE)
_OPEN = (CycleState.DRAFTING, CycleState.RUNNING, CycleState.SCORING)
_CLOSED = Text(
    "周期“{code}”现在是“{state}”，不能再录入数据", 'the cycle "{code}" is "{state}": no facts can be entered'
)


@dataclass(frozen=True, slots=True)
class Change:
    """What would change on one sheet: its title, and how many rows come, change and go."""

    sheet: Text
    added: int
    changed: int
    removed: int


def changes_of(old: Facts, new: Facts, plan: EvaluationPlan) -> list[Change]:
    """What differs between two states of the facts, sheet by sheet."""
    before, after = rows_of(old, plan), rows_of(new, plan)
    found = []
    for sheet in SHEETS:
        one, other = ({_key(row, sheet.unique): row for row in rows[sheet.key]} for rows in (before, after))
        added, removed = len(other.keys() - one.keys()), len(one.keys() - other.keys())
        changed = sum(one[key] != other[key] for key in one.keys() & other.keys())
        if added or changed or removed:
            found.append(Change(sheet.title, added, changed, removed))
    return found


def _key(row: Row, unique: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.get(key, "") for key in unique)


def enter_facts(*, cycle: Cycle, facts: Facts, source: str, actor: Actor, dry_run: bool = False) -> list[Change]:
    """Put facts in place of those that a cycle has; they count as confirmed.

    Args:
        cycle: where they belong.
        facts: read and checked against the scheme of the cycle.
        source: the name of the file that they come from.
        actor: who does it.
        dry_run: only tell what would change.

    Returns:
        What changes, sheet by sheet.

    Raises:
        Refused: if the cycle takes no facts any more, or a unit would go that stands in results.
    """
    with transaction.atomic():
        cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if cycle.state not in _OPEN:
            raise Refused(_CLOSED.format(code=cycle.code, state=cycle.get_state_display()))
        kept = scheme_in_force(cycle)
        plan = plan_of(kept)
        changes = changes_of(facts_of(cycle, kept, plan), facts, plan)
        if changes and not dry_run:
            replace_facts(cycle, kept, facts, actor)
            told = {one.sheet.en: [one.added, one.changed, one.removed] for one in changes}
            sha256 = freeze(facts).sha256
            record("enter_facts", cycle, actor=actor, key=cycle.code, source=source, sha256=sha256, changes=told)
    return changes


def replace_facts(cycle: Cycle, kept: CycleScheme, facts: Facts, actor: Actor) -> None:
    """Write facts in place of those that there are, inside the caller's transaction and entry of the trail."""
    for model in (Bonus, Deduction, GradeMove, Recipient):
        model.objects.filter(evaluated_unit__cycle=cycle).delete()
    PanelTally.objects.filter(cycle=cycle).delete()
    BonusPool.objects.filter(cycle=cycle).delete()
    writer = FactWriter(cycle, kept, facts, actor=actor)
    units = writer.write()
    Bonus.objects.bulk_create(Bonus(**_said(one, units)) for one in facts.bonuses)
    Deduction.objects.bulk_create(_deduction(one, units) for one in facts.deductions)
    GradeMove.objects.bulk_create(
        GradeMove(evaluated_unit=units[one.unit], ground=one.ground, body=one.body, decision=_decision(one))
        for one in facts.moves
    )
    PanelTally.objects.bulk_create(_tallies(cycle, writer, facts))
    BonusPool.objects.bulk_create(
        BonusPool(cycle=cycle, code=code, amount=amount) for code, amount in facts.pools.items()
    )
    Recipient.objects.bulk_create(
        (
            Recipient(evaluated_unit=units[unit], code=one.code, name=one.name, coefficient=one.coefficient)
            for unit, persons in facts.persons.items()
            for one in persons
        ),
        batch_size=2000,
    )


def _tallies(cycle: Cycle, writer: FactWriter, facts: Facts) -> Iterator[PanelTally]:
    for set_code, known in facts.sets.items():
        for node, tally in known.tallies.items():
            listed = [(row, unit) for row, unit in enumerate(known.units) if tally.listed[row]]
            counts = {unit.code: tally.counts[row].tolist() for row, unit in listed}
            yield PanelTally(cycle=cycle, node=writer.nodes[set_code, node], answers=list(tally.answers), counts=counts)


def _said(claim: Claim, units: dict[str, EvaluatedUnit]) -> dict[str, object]:
    return {
        "evaluated_unit": units[claim.unit], "standard": claim.standard, "level": claim.level, "matter": claim.matter,
        "document": claim.document, "day": claim.day, "body": claim.body, "decision": _decision(claim),
    }  # fmt: skip


def _deduction(claim: Claim, units: dict[str, EvaluatedUnit]) -> Deduction:
    late = claim.delay
    when = {"due": _aware(late.due), "done": _aware(late.done), "excused": late.excused} if late else {}
    return Deduction(**_said(claim, units), role=claim.role, above=claim.above, **when)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZONE)


def _decision(one: Claim | Move) -> Decision | None:
    """The decision that it rests on, once for the whole city."""
    if not one.decision:
        return None
    found, _ = Decision.objects.get_or_create(body=one.body, number=one.decision)
    return found
