"""The tables of states as a document: for each object a diagram and a table of its steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import models

from engine.text import Text
from evaluation.models import Cycle, Naming
from evaluation.rules import STEPS, WEIGHTY, named
from evaluation.states import CYCLE_TRANSITIONS, NAMING_TRANSITIONS, Transition
from evaluation.words import both, value_called
from indicators.models import CycleScheme
from indicators.states import SCHEME_TRANSITIONS
from scoring.models import Run
from scoring.states import RUN_TRANSITIONS, SCORING


class Object(NamedTuple):
    """Something that goes through states, and the steps that lead it on."""

    model: type[models.Model]
    steps: Sequence[Transition]


OBJECTS = (
    Object(Cycle, (*CYCLE_TRANSITIONS, SCORING)),
    Object(CycleScheme, SCHEME_TRANSITIONS),
    Object(Run, RUN_TRANSITIONS),
    Object(Naming, NAMING_TRANSITIONS),
)
_HEAD = """# 状态 States

`manage.py state_diagrams > docs/states.md` writes this from the tables of states; a test holds it against them.
What else has to hold for a step is said in [visibility.md](visibility.md#who-takes-which-step).
*Weighty* (重大): the password or the second factor is asked for again before it.
Where nobody is named, the product takes the step itself.
"""
_COLUMNS = ("step", "步骤", "from", "to", "who", "reason", "weighty")
_YES = {True: "yes", False: ""}


def document() -> str:
    """The whole document, in Markdown with diagrams in Mermaid."""
    return "\n".join([_HEAD, *(line for one in OBJECTS for line in _section(one))])


def _section(one: Object) -> Iterator[str]:
    meta: Any = one.model._meta
    yield f"## {_side_by_side(both(meta.verbose_name))}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"    {line}" for line in _diagram(one))
    yield "```\n"
    yield from (_row(_COLUMNS), _row(["---"] * len(_COLUMNS)))
    yield from (_row(_cells(step)) for step in one.steps)
    yield ""


def _diagram(one: Object) -> Iterator[str]:
    """The states with their names, the first one, each step, and the states from which nothing leads on."""
    field: Any = one.model._meta.get_field("state")
    states = [value for value, _ in field.flatchoices]
    yield from (f'state "{_side_by_side(value_called(field, state))}" as {state}' for state in states)
    yield f"[*] --> {field.default}"
    for step in one.steps:
        yield from (f"{source} --> {step.target}: {_side_by_side(step.verb)}" for source in step.sources)
    left = {source for step in one.steps for source in step.sources}
    yield from (f"{state} --> [*]" for state in states if state not in left)


def _cells(step: Transition) -> Iterator[str]:
    yield from (f"`{step.action}`", step.name.zh, ", ".join(step.sources), step.target)
    yield _side_by_side(named(STEPS[step.action])) if step.action in STEPS else ""
    yield from (_YES[step.needs_reason], _YES[step.action in WEIGHTY])


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _side_by_side(name: Text) -> str:
    return f"{name.zh} {name.en}"
