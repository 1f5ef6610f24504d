"""A whole workbook of facts is entered into a cycle: all of it or nothing, and told beforehand if asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from engine.facts import Claim, Facts, Move
from engine.language.scheme import EvaluationPlan
from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import Category, Cycle, Decision, EvaluatedUnit
from evaluation.services.audit import record
from evaluation.services.calendar import add_days, lock_cycle
from evaluation.services.revisions import facts_changed
from evaluation.states import CycleState
from evaluation.verdict import Refused
from evaluation.words import state_called
from indicators.facts.sheets import SHEETS
from indicators.facts.writing import Row, rows_of
from indicators.models import CycleScheme
from indicators.selectors import of_units, plan_of, scheme_in_force
from indicators.services.entering import FactWriter, write_series
from scoring.freezing import freeze, freeze_category
from scoring.freezing.parts import join, split
from scoring.models import Bonus, BonusPool, Deduction, GradeMove, PanelTally, Recipient
from scoring.selectors import facts_of, shared_by_units

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
        Refused: if the cycle takes no facts any more, a unit would go that stands in results, or somebody changes the
            calendar at the same moment.
    """
    with transaction.atomic():
        cycle = lock_cycle(cycle, facts.calendar)
        if cycle.state not in _OPEN:
            raise Refused(_CLOSED.format(code=cycle.code, state=state_called(cycle)))
        kept = scheme_in_force(cycle)
        plan = plan_of(kept)
        old = facts_of(cycle, kept, plan)
        changes = changes_of(old, facts, plan)
        if changes and not dry_run:
            replace_facts(cycle, kept, old, facts)
            add_days(facts.calendar, because=source, actor=actor)
            told = {one.sheet.en: [one.added, one.changed, one.removed] for one in changes}
            sha256 = freeze(facts).sha256
            record("enter_facts", cycle, actor=actor, key=cycle.code, source=source, sha256=sha256, changes=told)
    return changes


def replace_facts(cycle: Cycle, kept: CycleScheme, old: Facts, new: Facts) -> None:
    """Write facts in place of those that there are, inside the caller's transaction and entry of the trail.

    The calendar is not among them: it is everybody's (`evaluation.services.calendar`).
    Only categories are written in which something differs, and they alone will be read anew by the next run.
    """
    (was, before), (common, parts) = split(old), split(new)
    changed = [code for code in before.keys() | parts.keys() if not _same(before.get(code), parts.get(code))]
    ids = dict(Category.objects.filter(cycle=cycle, code__in=changed).values_list("code", "pk"))
    facts_changed(ids.values())
    _clear(cycle, changed)
    if was != common:
        Deduction.objects.filter(shared_by_units(cycle)).delete()
    facts = join(common, [parts[code] for code in sorted(changed) if code in parts])
    writer = FactWriter(cycle, kept, facts, changed)
    _write_judgement(writer.write(), writer, ids, facts)
    if was != common:
        _write_common(cycle, common)


def _same(one: Facts | None, other: Facts | None) -> bool:
    return one is not None and other is not None and freeze_category(one) == freeze_category(other)


def _clear(cycle: Cycle, categories: Collection[str]) -> None:
    mine = of_units(cycle, categories)
    for model in (Bonus, GradeMove, Recipient):
        model._default_manager.filter(**mine).delete()
    Deduction.objects.filter(role="", **mine).delete()
    PanelTally.objects.filter(category__cycle=cycle, category__code__in=categories).delete()


def _write_judgement(
    units: Mapping[str, EvaluatedUnit], writer: FactWriter, categories: Mapping[str, int], facts: Facts
) -> None:
    """What has been judged and decided of the units of some categories, but for what units share."""
    Bonus.objects.bulk_create(Bonus(**_said(one, units)) for one in facts.bonuses)
    Deduction.objects.bulk_create(_deduction(one, units) for one in facts.deductions if not one.role)
    GradeMove.objects.bulk_create(
        GradeMove(evaluated_unit=units[one.unit], ground=one.ground, body=one.body, decision=_decision(one))
        for one in facts.moves
    )
    PanelTally.objects.bulk_create(_tallies(writer, categories, facts))
    persons = ((unit, one) for unit, listed in facts.persons.items() for one in listed)
    Recipient.objects.bulk_create(
        (
            Recipient(evaluated_unit=units[unit], code=one.code, name=one.name, coefficient=one.coefficient)
            for unit, one in persons
        ),
        batch_size=2000,
    )


def _write_common(cycle: Cycle, common: Facts) -> None:
    """What holds for all: outside figures, pools, and the matters that units share: none is left."""
    write_series(cycle, common.series)
    BonusPool.objects.filter(cycle=cycle).delete()
    BonusPool.objects.bulk_create(BonusPool(cycle=cycle, code=code, amount=sum_) for code, sum_ in common.pools.items())
    concerned = EvaluatedUnit.objects.filter(cycle=cycle, unit__code__in={one.unit for one in common.deductions})
    units = {one.unit.code: one for one in concerned.select_related("unit")}
    Deduction.objects.bulk_create(_deduction(one, units) for one in common.deductions)


def _tallies(writer: FactWriter, categories: Mapping[str, int], facts: Facts) -> Iterator[PanelTally]:
    """The votes panel by panel, category by category."""
    for set_code, known in facts.sets.items():
        rows: dict[str, list[int]] = defaultdict(list)
        for row, unit in enumerate(known.units):
            rows[unit.category].append(row)
        for panel, tally in known.tallies.items():
            for category, mine in rows.items():
                counts = {known.units[row].code: tally.counts[row].tolist() for row in mine if tally.listed[row]}
                node, answers = writer.nodes[set_code, panel], list(tally.answers)
                yield PanelTally(category_id=categories[category], node=node, answers=answers, counts=counts)


def _said(claim: Claim, units: Mapping[str, EvaluatedUnit]) -> dict[str, object]:
    return {
        "evaluated_unit": units[claim.unit], "standard": claim.standard, "level": claim.level, "matter": claim.matter,
        "document": claim.document, "day": claim.day, "body": claim.body, "decision": _decision(claim),
    }  # fmt: skip


def _deduction(claim: Claim, units: Mapping[str, EvaluatedUnit]) -> Deduction:
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
