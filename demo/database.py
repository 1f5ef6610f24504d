"""The sample city in the database: two years under every scheme, scored, and an account for each role."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from django.utils import timezone

from demo.city import TURNS
from evaluation.actor import Actor
from evaluation.calendar.past_notices import SOURCE, days_named_for
from evaluation.models import Cycle, Role, Unit, UnitKind
from evaluation.services.calendar import enter_notice
from evaluation.services.people import add_person, describe_unit
from indicators.facts import load_facts
from indicators.selectors import plan_of, scheme_in_force
from indicators.services.schemes import load_scheme
from scoring.models import Run
from scoring.services.advancing import advance
from scoring.services.entering import enter_facts
from scoring.services.running import score_cycle

YEARS = dict(zip(TURNS, (2024, 2025), strict=True))
PROPOSED, PUBLISHED = datetime(2025, 3, 10, 1, tzinfo=UTC), datetime(2025, 3, 24, 1, tzinfo=UTC)  # the first year
_KINDS = {
    "C": UnitKind.COUNTY,
    "D": UnitKind.DEPARTMENT,
    "T": UnitKind.TOWNSHIP,
    "S": UnitKind.SECOND_TIER,
    "E": UnitKind.ENTERPRISE,
    "Z": UnitKind.STATIONED,
}  # the letter of a code in the sample city
OFFICE = ("B01", "市绩效办")
_HALL = ("B02", "市人民政府")


class Account(NamedTuple):
    """An account of the demonstration, with its password in the clear: it is printed once and kept nowhere."""

    username: str
    password: str
    name: str
    role: str
    unit: str


def seed(schemes: list[Path], facts: Path, actor: Actor, tell: Callable[[Run], None]) -> None:
    """Load and score both years under each scheme; the first is over, the second is before its commission.

    Args:
        schemes: the scheme files.
        facts: the folder that `python -m demo` writes.
        actor: who does it.
        tell: is told of every run.
    """
    with _on(PROPOSED):
        first = [cycle for file in schemes for cycle in _proposed(file, "year1", facts, actor, tell)]
        enter_notice(year=PROPOSED.year, number=SOURCE, days=days_named_for(PROPOSED.year), actor=actor)
        _advance(first, "publicise", actor)
    with _on(PUBLISHED):
        _advance(first, "confirm", actor)
        _advance(first, "publish", actor)
    for file in schemes:
        list(_proposed(file, "year2", facts, actor, tell))
    _describe_units(actor)


def _on(day: datetime) -> AbstractContextManager[object]:
    """What is told of a past year happens in it, so that its publicity lasts as long as it must."""
    return patch.object(timezone, "now", lambda: day)


def _proposed(file: Path, turn: str, facts: Path, actor: Actor, tell: Callable[[Run], None]) -> Iterator[Cycle]:
    """The cycles of a rule book in a year, scored and proposed."""
    cycles = load_scheme(text=file.read_text(encoding="utf-8"), file=str(file), year=YEARS[turn], actor=actor)
    for cycle in cycles:
        kept = scheme_in_force(cycle)
        folder = facts / turn / kept.code
        folder = folder / kept.evaluation if len(cycles) > 1 else folder
        known, _ = load_facts(folder, plan_of(kept))
        enter_facts(cycle=cycle, facts=known, source=str(folder.relative_to(facts)), actor=actor)
        tell(score_cycle(cycle=cycle, actor=actor))
        advance(cycle=cycle, action="propose", actor=actor)
        yield cycle


def _advance(cycles: list[Cycle], action: str, actor: Actor) -> None:
    for cycle in cycles:
        advance(cycle=cycle, action=action, actor=actor)


def _describe_units(actor: Actor) -> None:
    """What sort each organ of the city is; the departments above second-tier units."""
    by_name = {unit.name: unit for unit in Unit.objects.all()}
    for unit in Unit.objects.prefetch_related("evaluations"):
        above = next((one.supervisor for one in unit.evaluations.all() if one.supervisor), "")
        kind = _KINDS[unit.code[0]]
        describe_unit(code=unit.code, name=unit.name, kind=kind, parent=by_name.get(above), actor=actor)


def open_accounts(actor: Actor) -> Iterator[Account]:
    """One account for each role, with a password drawn now."""
    office, hall = (
        describe_unit(code=code, name=name, kind=UnitKind.DEPARTMENT, actor=actor) for code, name in (OFFICE, _HALL)
    )
    audit, county = Unit.objects.get(name="市审计局"), Unit.objects.get(code="C01")
    asked = (
        ("office", "周敏", office, Role.OFFICE_CLERK),
        ("office_head", "陈立", office, Role.OFFICE_HEAD),
        ("unit", "刘芳", audit, Role.LIAISON),
        ("unit_head", "吴强", audit, Role.UNIT_HEAD),
        ("county", "何静", county, Role.LIAISON),
        ("leader", "赵刚", hall, Role.LEADER),
        ("commission", "孙岩", hall, Role.COMMISSION),
        ("auditor", "钱宁", office, Role.AUDITOR),
        ("system", "郑涛", office, Role.SYSTEM),
        ("security", "冯洁", office, Role.SECURITY),
    )
    for username, name, unit, role in asked:
        password = secrets.token_urlsafe(9)
        add_person(username=username, name=name, password=password, roles=[(unit, role)], actor=actor)
        yield Account(username, password, name, str(role.label), unit.name)
