"""What the office keeps a register of: units, people, cycles, days. Entered and changed here, never deleted.

A form or an import hands over a row that carries new values and says in which fields. The stored row is locked, takes
over those fields and no other, is checked, written, and told to the trail with the old and the new values. Who changes
a row says what it was when he looked at it: if somebody was quicker, nothing is written and both are told apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from engine.text import Text
from evaluation.actor import Actor
from evaluation.fields import written
from evaluation.models import Cycle, EvaluatedUnit, Unit
from evaluation.rules.registers import may_stand, open_now, open_to_change, same_set
from evaluation.services.audit import canonical, record
from evaluation.services.revisions import facts_changed
from evaluation.verdict import YES, Refused, Verdict
from evaluation.words import field_called, joined, value_called

Guard = Callable[[Any, Any], Verdict]
"""Whether a row (its stored state, then as it is to become) may be written; the stored one is None where it is new."""
Reach = Callable[[Any, Any], Collection[int]]
"""The ids of the categories of which a run reads otherwise once a row (stored, and as it is to become) is written."""
Links = Mapping[str, Collection[models.Model]]
"""The rows that a row is connected with, by the name of the connection."""


Seen = Mapping[str, Any]
"""What a row said, by field, when somebody began to change it."""
_OVERTAKEN = Text(
    "您打开之后，别人已改动这一项：{clashes}", "somebody else has changed this since you opened it: {clashes}"
)
_CLASH = Text("{field}现为“{now}”，您填的是“{wanted}”", "{field} is now “{now}”, you wrote “{wanted}”")


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else has changed meanwhile: what it says now, what it was to become.

    `touched` says whether the second person has changed it, too, or only found it as it was before.
    """

    name: str
    now: Text
    wanted: Text
    touched: bool


class Overtaken(Refused):
    """Somebody was quicker; `stored` is the row as it is now."""

    def __init__(self, stored: models.Model, clashes: list[Clash]) -> None:
        said = (
            _CLASH.format(field=field_called(type(stored), one.name), now=one.now, wanted=one.wanted) for one in clashes
        )
        super().__init__(_OVERTAKEN.format(clashes=joined(said)))
        self.stored, self.clashes = stored, clashes


@dataclass(frozen=True, slots=True)
class Change:
    """What was written: the row, how people call it, the values of the changed fields before and after."""

    row: models.Model
    key: str
    fresh: bool
    old: Mapping[str, Any]
    new: Mapping[str, Any]


@dataclass(slots=True)
class Ledger:
    """What one import has changed, for its one entry in the trail."""

    changes: list[Change] = field(default_factory=list)

    def told(self) -> list[list[Any]]:
        """Each change as plain data."""
        return [[one.key, dict(one.old), dict(one.new)] for one in self.changes]


def put(
    row: models.Model,
    fields: Collection[str],
    *,
    actor: Actor,
    key: str,
    guard: Guard = lambda old, new: YES,
    reach: Reach = lambda old, new: (),
    inside: Collection[int] = (),
    links: Links | None = None,
    seen: Seen | None = None,
    ledger: Ledger | None = None,
) -> bool:
    """Write a row of a register.

    Args:
        row: the new row, or a copy of the stored one with new values.
        fields: the names of the fields that count; all others keep what is stored.
        actor: who does it.
        key: how people call the row.
        guard: the rule that holds for it, asked under the lock.
        reach: the categories that get a new revision if anything is different.
        inside: the ids of the cycles whose facts it belongs to: locked before all else, as entering a workbook does.
        links: the rows it is connected with, by the name of the connection.
        seen: what the stored row said when the person looked at it (`values_of`); None if nobody did, as in an import.
        ledger: takes the change instead of the trail, which gets one entry for a whole import.

    Returns:
        Whether anything was different.

    Raises:
        Overtaken: somebody else has changed it since it was seen.
        Refused: the guard does not allow it.
        ValidationError: the values are no good.
    """
    with transaction.atomic():
        if inside:
            list(Cycle.objects.filter(pk__in=inside).order_by("pk").select_for_update(no_key=True).values_list("pk"))
        # Of many rows the constraints are left to the database, which keeps them: to ask for them is a query each.
        change = _written(row, fields, key, guard, reach, links or {}, seen or {}, thorough=ledger is None)
        if change.old == change.new and not change.fresh:
            return False
        if ledger is not None:
            ledger.changes.append(change)
            return True
        said = {"old": dict(change.old), "new": dict(change.new)}
        record("add" if change.fresh else "change", change.row, actor=actor, key=key, **said)
    return True


def _written(
    row: models.Model,
    fields: Collection[str],
    key: str,
    guard: Guard,
    reach: Reach,
    links: Links,
    seen: Seen,
    thorough: bool,
) -> Change:
    stored: Any = None if row.pk is None else type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
    old = {} if stored is None else _said(stored, fields, {name: getattr(stored, name).all() for name in links})
    new = _said(row, fields, links)
    changed = [name for name in new if stored is None or old[name] != new[name]]
    if changed:
        guard(stored, row).insist()
    overtaken = [name for name in changed if name in seen and seen[name] != old[name]]
    if overtaken:
        raise Overtaken(stored, [_clash(name, stored, row, links, new[name] != seen[name]) for name in overtaken])
    if changed:
        facts_changed(reach(stored, row))
    target = _taken_over(row, stored, fields, links, thorough) if changed else stored
    before = {name: old[name] for name in changed if old}
    return Change(target, key, stored is None, before, {name: new[name] for name in changed})


def _taken_over(row: Any, stored: Any, fields: Collection[str], links: Links, thorough: bool) -> Any:
    """Write the new row, or what it says into the stored one."""
    target = row if stored is None else stored
    for name in fields:
        setattr(target, name, getattr(row, name))
    target.full_clean(validate_constraints=thorough)
    target.save(update_fields=None if stored is None else [*fields, *_stamps(target)])
    for name, linked in links.items():
        if linked or stored is not None:
            getattr(target, name).set(linked)
    return target


def _clash(name: str, stored: models.Model, row: models.Model, links: Links, touched: bool) -> Clash:
    if name in links:
        now, wanted = (sorted(map(str, linked)) for linked in (getattr(stored, name).all(), links[name]))
    else:
        now, wanted = getattr(stored, name), getattr(row, name)
    field: Any = stored._meta.get_field(name)
    return Clash(name, value_called(field, now), value_called(field, wanted), touched)


def values_of(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """What a row says in these fields and connections, as plain data: for whoever is going to change it."""
    asked = set(names)
    links = asked & {one.name for one in row._meta.many_to_many}
    return _said(row, asked - links, {name: getattr(row, name).all() for name in links})


def _stamps(row: models.Model) -> list[str]:
    return [one.name for one in row._meta.concrete_fields if getattr(one, "auto_now", False)]


def _said(row: models.Model, fields: Iterable[str], links: Links) -> dict[str, Any]:
    """The values as the trail keeps them: what is said of it by a code, where it has one."""
    found = {name: _plain(getattr(row, name)) for name in sorted(fields)}
    return found | {name: sorted(_plain(one) for one in linked) for name, linked in links.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(getattr(value, "code", value))
    if isinstance(value, Decimal):
        return written(value)
    return value if value is None or isinstance(value, str | bool | int | list) else str(value)


def record_import(about: models.Model, ledger: Ledger, *, file: str, sha256: str, actor: Actor) -> None:
    """Tell the trail of a whole import: the file, how much of it was new or changed, and a hash over all changes."""
    manifest = canonical(ledger.told())
    record(
        "import",
        about,
        actor=actor,
        key=file[:200] or "—",
        file_sha256=sha256,
        manifest=hashlib.sha256(manifest.encode()).hexdigest(),
        added=sum(one.fresh for one in ledger.changes),
        changed=sum(not one.fresh for one in ledger.changes),
        changes=ledger.told(),
    )


@transaction.atomic
def record_export(
    about: models.Model, *, file: str, sha256: str, rows: int, form: str, asked: Mapping[str, str], actor: Actor
) -> None:
    """Tell the trail who took rows out of a register.

    Args:
        about: a row of the register, stored or not.
        file: the name of the file that was handed out.
        sha256: its hash.
        rows: how many there were.
        form: the format of the file.
        asked: the search and the filters, by the names that they have in the address.
        actor: who did it.
    """
    record("export", about, actor=actor, key=file, rows=rows, format=form, filter=dict(asked), file_sha256=sha256)


def keep_unit(
    unit: Unit,
    fields: Collection[str],
    *,
    actor: Actor,
    predecessors: Iterable[Unit] | None = None,
    seen: Seen | None = None,
    ledger: Ledger | None = None,
) -> bool:
    """Enter or change an organ, which cannot stand below or come from itself; without `predecessors` they stay."""
    links = {} if predecessors is None else {"predecessors": list(predecessors)}
    guard = may_stand(links.get("predecessors", []))
    how: Any = {"guard": guard, "reach": _known_by_code, "links": links, "seen": seen, "ledger": ledger}
    return put(unit, fields, actor=actor, key=unit.code, **how)


def _known_by_code(old: Unit | None, new: Unit) -> Collection[int]:
    """A run reads of an organ its code alone; all else of it as it was entered for the cycle."""
    if old is None or old.code == new.code:
        return ()
    return set(EvaluatedUnit.objects.filter(unit=old).values_list("category_id", flat=True))


def keep_cycle(cycle: Cycle, fields: Collection[str], *, actor: Actor, seen: Seen | None = None) -> bool:
    """Change what a cycle is called and who runs it, while it is not past scoring; its state has steps of its own."""
    return put(cycle, fields, actor=actor, key=cycle.code, guard=lambda old, new: open_to_change(old or new), seen=seen)


def keep_evaluated_unit(row: EvaluatedUnit, fields: Collection[str], *, actor: Actor, seen: Seen | None = None) -> bool:
    """Let a unit take part, or change what it is called that year, while the cycle is not past scoring."""

    def guard(old: EvaluatedUnit | None, new: EvaluatedUnit) -> Verdict:
        return open_now((old or new).cycle_id) and same_set(old, new)

    def reach(old: EvaluatedUnit | None, new: EvaluatedUnit) -> Collection[int]:
        return {one.category_id for one in (old, new) if one is not None}

    key = f"{row.cycle.code}/{row.unit.code}"
    return put(row, fields, actor=actor, key=key, guard=guard, reach=reach, inside=[row.cycle_id], seen=seen)
