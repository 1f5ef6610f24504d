"""The evaluated units of the sample city, and which of the hurting cases each of them plays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.dice import dice
from demo.names import COUNTIES, DEPARTMENTS, IDLE
from engine.language.scheme import EvaluationPlan, IndicatorSetPlan


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. Two units with the same `luck` have the same facts and so tie.

    `size` and `skill` run from 0 to 100; `idle` units have none of the work that a unit may lack.
    """

    code: str
    name: str
    part_of: IndicatorSetPlan
    category: str
    luck: str
    size: int
    skill: int
    idle: bool = False


def roster(scheme: str, plan: EvaluationPlan, seed: int) -> list[Unit]:
    """All units of an evaluation: counties in the set of one category, departments in the set of several."""
    units: list[Unit] = []
    for part_of in plan.sets:
        names = list(_names(scheme, part_of))
        letter = part_of.code[0].upper()
        for number, (category, name) in enumerate(names, start=1):
            luck = _luck(names, number, seed)
            size, skill = dice(luck, "size").randint(5, 100), dice(luck, "skill").randint(35, 100)
            units.append(Unit(f"{letter}{number:02}", name, part_of, category, luck, size, skill, name == IDLE))
    return units


def _luck(names: list[tuple[str, str]], number: int, seed: int) -> str:
    """Every unit has its own, but the third county shares the second's: the tie."""
    shared = 2 if number == 3 and names[0][1] in COUNTIES else number
    return f"{seed}/{names[shared - 1][1]}"


def _names(scheme: str, part_of: IndicatorSetPlan) -> Iterator[tuple[str, str]]:
    if len(part_of.categories) == 1:
        (category,) = part_of.categories
        yield from ((category, name) for name in COUNTIES)
        return
    known = DEPARTMENTS.get(scheme, {})
    for category, title in part_of.categories.items():
        made_up = tuple(f"{title}第{number}单位" for number in (1, 2, 3))
        yield from ((category, name) for name in known.get(category, made_up))
