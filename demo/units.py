"""The evaluated units of the sample city, and which of the hurting cases each of them plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from demo.dice import dice
from demo.names import COUNTIES, ENTERPRISES, IDLE, MEMBERS, OFFICES, SECOND_TIERS, STATIONED, TOWNSHIPS, Office
from engine.language.scheme import EvaluationPlan, IndicatorSetPlan

_DIRECT = 8  # of the second-tier units: those that the city evaluates itself


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in one year, `turn` 0 or 1. Two units of one `origin` have the same facts and so tie.

    `size`, `skill` and `talent` (what of the skill stays the same from year to year) run from 0 to 100; `idle` units
    have none of the work that a unit may lack; `parent` is the office above a second-tier unit.
    """

    code: str
    name: str
    part_of: IndicatorSetPlan
    category: str
    origin: str
    turn: int
    size: int
    talent: int
    skill: int
    idle: bool = False
    parent: str = ""

    @property
    def luck(self) -> str:
        """What this year's chance is drawn for."""
        return f"{self.origin}/{self.turn}"


class Citizen(NamedTuple):
    """A unit of the city whoever evaluates it: its code, its name today, the office above it."""

    code: str
    name: str
    parent: str = ""


def roster(scheme: str, plan: EvaluationPlan, seed: int, turn: int, twins: Mapping[str, str]) -> list[Unit]:
    """All units of one evaluation.

    Args:
        scheme: its code; who takes part in the schemes of the sample city is known.
        plan: the evaluation.
        seed: of the city.
        turn: 0 for the first year, 1 for the second.
        twins: code of a unit → code of the unit whose facts it shares.
    """
    names = _names_then(plan)
    units: list[Unit] = []
    for part_of in plan.sets:
        for category, title in part_of.categories.items():
            for citizen in _members(scheme, category, title):
                origin = f"{seed}/{twins.get(citizen.code, citizen.code)}"
                size, talent = dice(origin, "size").randint(5, 100), dice(origin, "skill").randint(35, 95)
                skill = talent + dice(origin, turn, "skill").randint(-8, 5)
                name, parent = (names.get(one, one) for one in (citizen.name, citizen.parent))
                place = part_of, category, origin, turn, size, talent, skill, citizen.name == IDLE, parent
                units.append(Unit(citizen.code, name, *place))
    return units


def unlike(units: list[Unit]) -> list[Unit]:
    """The units that share their facts with no other: what is recorded of one of them breaks no tie."""
    shared = Counter(unit.luck for unit in units)
    return [unit for unit in units if shared[unit.luck] == 1]


def _members(scheme: str, category: str, title: str) -> Iterator[Citizen]:
    """Who is in a category; of a scheme that the city does not know, three made-up units."""
    groups = MEMBERS.get(scheme, {}).get(category)
    if groups is None:
        yield from (Citizen(f"{category}_{number}".upper(), f"{title}第{number}单位") for number in (1, 2, 3))
        return
    for group in groups:
        yield from _GROUPS[group]


def _numbered(letter: str, names: tuple[str, ...]) -> list[Citizen]:
    return [Citizen(f"{letter}{number:02}", name) for number, name in enumerate(names, start=1)]


def _offices(nature: str) -> list[Citizen]:
    numbered = zip(_numbered("D", tuple(office.name for office in OFFICES)), OFFICES, strict=True)
    return [citizen for citizen, office in numbered if office.nature == nature]


_SECOND_TIERS = [Citizen(f"S{number:02}", *one) for number, one in enumerate(SECOND_TIERS, start=1)]
_GROUPS: dict[str, list[Citizen]] = {
    "counties": _numbered("C", COUNTIES),
    "townships": _numbered("T", TOWNSHIPS),
    "second_tiers": _SECOND_TIERS[:_DIRECT],
    "supervised": _SECOND_TIERS[_DIRECT:],
    "enterprises": _numbered("E", ENTERPRISES),
    "stationed": _numbered("Z", STATIONED),
    **{nature: _offices(nature) for nature in dict.fromkeys(office.nature for office in OFFICES)},
}


def _names_then(plan: EvaluationPlan) -> dict[str, str]:
    """Name today → the name under which the scheme knows an office as a collector."""
    found: dict[str, str] = {}
    for collector in plan.written.collectors:
        office = next((office for office in OFFICES if _is(office, collector)), None)
        if office is not None:
            found.setdefault(office.name, collector)
    return found


def _is(office: Office, collector: str) -> bool:
    return collector.startswith("市") and any(stem in collector for stem in office.stems)
