"""A unit names its head, its deputy in charge and its liaison; the office confirms or returns that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.urls import reverse

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import EvaluatedUnit, Naming
from evaluation.rules import OF_A_UNIT
from evaluation.rules.naming import may_name, may_take
from evaluation.selectors import people_of
from evaluation.services.audit import record
from evaluation.services.notify import tell
from evaluation.services.transition import OVERTAKEN, counted_up, move
from evaluation.states import NAMING_TRANSITIONS
from evaluation.verdict import YES, Refused, Verdict

_TOLD = {
    "confirm_naming": Text("“{cycle}”的责任人报备已确认", 'the naming for "{cycle}" is confirmed'),
    "return_naming": Text("“{cycle}”的责任人报备被退回：{reason}", 'the naming for "{cycle}" is returned: {reason}'),
}
PEOPLE = ("head", "head_post", "deputy", "deputy_post", "liaison", "phone")


@transaction.atomic
def name_people(
    *, evaluated_unit: EvaluatedUnit, people: Mapping[str, str], actor: Actor, seen: int | None = None
) -> Naming:
    """Write down whom a unit names; there is one naming for each unit, however often the button is pressed.

    Args:
        evaluated_unit: the unit in its cycle.
        people: a text for each of `PEOPLE`.
        actor: somebody of the unit.
        seen: the revision that he has looked at; None where there was none.

    Raises:
        Refused: he may not, the window is not open for the unit, it is submitted, or somebody was quicker.
        ValidationError: a text is missing or too long.
    """
    row = _locked(evaluated_unit)
    naming = Naming.objects.filter(evaluated_unit=row).first()
    may_name(actor, row, naming).insist()
    before = {} if naming is None else {name: getattr(naming, name) for name in PEOPLE}
    said = {name: people[name].strip() for name in PEOPLE}
    if before == said and naming is not None:
        return naming
    if naming is not None and seen != naming.revision:
        raise Refused(OVERTAKEN)
    naming = naming or Naming(evaluated_unit=row)
    _write(naming, said)
    new = {name: value for name, value in said.items() if before.get(name) != value}
    old = {name: before[name] for name in new if name in before}
    record("name_people", naming, actor=actor, key=naming.code, old=old, new=new)
    return naming


def _locked(row: EvaluatedUnit) -> EvaluatedUnit:
    rows = EvaluatedUnit.objects.select_related("cycle", "unit").select_for_update(no_key=True, of=("self",))
    return rows.get(pk=row.pk)


def _write(naming: Naming, said: Mapping[str, str]) -> None:
    for name, value in said.items():
        setattr(naming, name, value)
    naming.full_clean(validate_unique=False, validate_constraints=False)
    counted_up(naming)
    naming.save()


@transaction.atomic
def step_naming(*, naming: Naming, action: str, actor: Actor, reason: str = "", seen: int | None = None) -> None:
    """Submit, withdraw, confirm or return a naming.

    Raises:
        Refused: he may not, the window or the state does not allow it, the reason is missing, or somebody was quicker.
    """
    row = _locked(naming.evaluated_unit)
    naming.refresh_from_db()  # who has filed it last is asked of the row that nobody changes any more
    verdict = may_take(actor, naming, action)
    move(naming, action, transitions=NAMING_TRANSITIONS, actor=actor, verdict=verdict, reason=reason, seen=seen)
    if action == "submit_naming":
        naming.submitted_by = actor.user
        naming.save(update_fields=["submitted_by"])
    if action in _TOLD:
        tell(
            people_of([row.unit], OF_A_UNIT),
            key=f"naming/{naming.pk}/{naming.revision}",
            text=_TOLD[action].format(cycle=row.cycle.title, reason=reason),
            path=reverse("naming", args=[row.cycle.code, row.pk]),
        )


def step_many(
    *, namings: Iterable[tuple[Naming, int]], action: str, actor: Actor, reason: str = ""
) -> list[tuple[Naming, Verdict]]:
    """The same step for many, each by itself: what is refused for one bars none of the others.

    Args:
        namings: each with the revision that was looked at.
        action: the step.
        actor: who does it.
        reason: why, where the table asks for it; the same for all.

    Returns:
        For each whether it was done, and why not.
    """
    done: list[tuple[Naming, Verdict]] = []
    for naming, seen in namings:
        try:
            step_naming(naming=naming, action=action, actor=actor, reason=reason, seen=seen)
        except Refused as refused:
            done.append((naming, Verdict(False, refused.reason)))
        else:
            done.append((naming, YES))
    return done
