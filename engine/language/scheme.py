"""A rule book as the engine runs it: one resolved indicator tree per indicator set, everything inherited filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from engine.grammar.fields import Marks
from engine.grammar.places import Places
from engine.language.model import Evaluation, NamedGroup, Node, OverFulfilment
from engine.language.slots import Slots
from engine.language.timetable import PlannedWindow
from engine.panels.panel import Panel
from engine.rules.base import FactSpec, Rule
from engine.rules.inputs import Need


@dataclass(frozen=True, slots=True)
class OwnList:
    """Each unit's own indicators: the rules a row may name, and the fact that each rule looks at."""

    rules: Mapping[str, Rule]
    facts: Mapping[str, FactSpec]
    rounding: Places  # of a row; the node's own is that of their sum


@dataclass(frozen=True, slots=True)
class NodeFactor:
    """What the points of a node are multiplied by: the same for a category, or (None) the unit's own."""

    code: str
    name: str
    by_category: Mapping[str, Decimal] | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One node of the tree. Exactly one of `children`, `rule`, `own`, `panel` and `special` is there.

    `full` and `weight` are given per category of the set; a weight is a share of the siblings' sum. What stands above
    others has a cap or floor only where one is written.
    """

    code: str
    name: str
    path: tuple[str, ...]
    full: Mapping[str, Decimal]
    weight: Mapping[str, Decimal] | None
    children: tuple[Indicator, ...]
    rule: Rule | None
    own: OwnList | None
    panel: Panel | None
    special: str  # the code of another evaluation whose total counts here
    facts: Mapping[str, FactSpec]
    collector: Mapping[str, str]
    substitute: str
    self_scored: bool
    lead: Mapping[str, str]
    roll_up: str
    rounding: Places
    slots: Slots | None
    factor: NodeFactor | None
    over: OverFulfilment | None
    cap: Marks | None
    floor: Marks | None
    not_applicable: str | None
    missing: str
    not_drawn: str | None
    says: str
    written: Node
    slot: str = ""  # which of its slots it is, while that is scored

    def walk(self) -> Iterator[Indicator]:
        """This node and everything below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def stakes(self, child: Indicator, category: str) -> Decimal:
        """A child's share among its siblings: its weight, or else its full marks."""
        return (child.weight or child.full)[category]

    def most(self, category: str) -> Fraction | None:
        """The most points that a unit of a category can have; None where nothing bounds them."""
        full = Fraction(self.full[category])
        if self.cap is not None:
            return self.cap.of(full)
        found = [(child.most(category), child.full[category]) for child in self.children]
        inside = self.factor is None and all(most is not None and most <= below for most, below in found)
        return full if inside else None

    def least(self, category: str) -> Fraction | None:
        """The least points that a unit of a category can have; None where nothing bounds them."""
        if self.floor is not None:
            return self.floor.of(self.full[category])
        found = [child.least(category) for child in self.children]
        return Fraction(0) if all(least is not None and least >= 0 for least in found) else None

    def reports_on_itself(self, name: str, category: str) -> bool:
        """Whether the unit of this name and category would supply its own reading, nobody taking its place."""
        return self.collector[category] == name and not (self.self_scored or self.substitute)

    @property
    def reported_as(self) -> str:
        """The name under which the documents of its readings are kept."""
        return f"{self.code}/{self.slot}" if self.slot else self.code

    def reads(self) -> set[Need]:
        """The columns that the rule of a leaf reads."""
        return self.rule.reads() if self.rule else set()


@dataclass(frozen=True, slots=True)
class IndicatorSetPlan:
    """Units that share one tree: its categories (code → name, in order), its parts, and who may be compared apart."""

    code: str
    name: str
    categories: Mapping[str, str]
    parts: tuple[Indicator, ...]
    groups: Mapping[str, NamedGroup]

    def walk(self) -> Iterator[Indicator]:
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> Iterator[Indicator]:
        return (node for node in self.walk() if not node.children)

    def find(self, code: str) -> Indicator | None:
        return next((node for node in self.walk() if node.code == code), None)


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """One evaluation: its sets and timetable resolved, and the rest (bonus, grades, uses …) as written."""

    written: Evaluation
    sets: tuple[IndicatorSetPlan, ...]
    timetable: tuple[PlannedWindow, ...]  # for the office only: no point depends on it

    @property
    def code(self) -> str:
        return self.written.code

    def set_of(self, category: str) -> IndicatorSetPlan | None:
        return next((plan for plan in self.sets if category in plan.categories), None)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A checked rule book. `sha256` is the hash of its text, the identity under which results cite it."""

    code: str
    title: str
    source: str
    sha256: str
    evaluations: tuple[EvaluationPlan, ...]
