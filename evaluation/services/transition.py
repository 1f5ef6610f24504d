"""The one way from a state to the next: lock, table, permission, state and audit entry together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from engine.text import Text
from evaluation.actor import Actor
from evaluation.reason import given
from evaluation.services.audit import record
from evaluation.states import Transition
from evaluation.verdict import YES, Verdict
from evaluation.words import state_called

_NOT_FROM_HERE = Text("现在是“{state}”，不能{action}", 'it is "{state}": cannot {action}')
OVERTAKEN = Text(
    "您打开之后，别人已改动这一项，请刷新后再办", "somebody else has changed this since you opened it: reload it first"
)


def move(
    row: models.Model,
    action: str,
    *,
    transitions: Sequence[Transition],
    actor: Actor,
    verdict: Verdict = YES,
    reason: str = "",
    seen: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Transition:
    """Take a row to its next state.

    Args:
        row: the object; it is locked and read again, and has its new state afterwards.
        action: a step of the table.
        transitions: the table of its kind.
        actor: who does it.
        verdict: whether he may.
        reason: why, where the table asks for it.
        seen: the revision of the row that he has looked at; None if nobody has, as at the command line.
        detail: more for the audit entry.

    Raises:
        Refused: if the person may not, the state does not allow it, the reason is missing, or the row is not what it
            was when he looked at it.
    """
    with transaction.atomic():
        locked: Any = type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
        verdict.insist()
        step = next(one for one in transitions if one.action == action)
        from_here(locked, step).insist()
        as_seen(locked, seen).insist()
        told = {"reason": given(reason)} if step.needs_reason else {}
        old, locked.state = locked.state, step.target
        locked.save(update_fields=["state", "updated", *counted_up(locked)])
        key = getattr(locked, "code", "")
        record(action, locked, actor=actor, key=key, old=old, new=step.target, **told, **(detail or {}))
    row.state = step.target  # type: ignore[attr-defined]
    if hasattr(row, "revision"):
        row.revision = locked.revision
    return step


def as_seen(row: Any, seen: int | None) -> Verdict:
    """Whether a locked row is what it was when somebody looked at its revision; None if nobody did."""
    return YES if seen is None or seen == row.revision else Verdict(False, OVERTAKEN)


def from_here(row: models.Model, step: Transition) -> Verdict:
    """Whether the state of a row lets a step be taken."""
    if row.state in step.sources:  # type: ignore[attr-defined]
        return YES
    return Verdict(False, _NOT_FROM_HERE.format(state=state_called(row), action=step.name))


def counted_up(row: Any) -> list[str]:
    """Count one more revision of a row that has any; gives the name of the field, to be saved."""
    if not hasattr(row, "revision"):
        return []
    row.revision += 1
    return ["revision"]
