"""C6, C8: two who want different things of the same object: one has it, the other is told; nothing is done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evaluation.actor import Actor
from evaluation.models import AuditEntry, EvaluatedUnit, Naming, Notification
from evaluation.services.audit import problems_of_the_trail
from evaluation.services.naming import name_people, step_many, step_naming
from evaluation.verdict import Refused, Verdict
from tests.at_once import FILED, TURNS, at_once
from tests.at_once.town import SAID, cycle_of, liaison, reviewer, submitted

STEPS = ("confirm_naming", "return_naming")


def two_reviewers() -> None:
    """One confirms a hundred namings, the other returns the same ones from the last to the first."""
    rows = cycle_of(FILED)
    actor = liaison(rows)
    asked = [(one, one.revision) for one in (submitted(row, actor) for row in rows)]
    done: dict[str, Sequence[tuple[Naming, Verdict]]] = {}

    def review(action: str, who: Actor, backwards: bool) -> None:
        order = reversed(asked) if backwards else asked
        mine = [(Naming.objects.get(pk=one.pk), seen) for one, seen in order]
        done[action] = step_many(namings=mine, action=action, actor=who, reason="材料不全")

    first, second = reviewer("first"), reviewer("second")
    wrong = at_once([lambda: review(STEPS[0], first, False), lambda: review(STEPS[1], second, True)])
    assert wrong == [], "\n".join(wrong)
    verdicts = [verdict for reviewed in done.values() for _, verdict in reviewed]
    assert Counter(map(bool, verdicts)) == {True: FILED, False: FILED}
    assert all("别人已改动" in one.reason.zh or "现在是" in one.reason.zh for one in verdicts if not one)
    _each_moved_once(done)
    print(sum(map(bool, verdicts)))


def _each_moved_once(done: dict[str, Sequence[tuple[Naming, Verdict]]]) -> None:
    """Every naming stands where the one who succeeded has put it, and its unit was told that alone."""
    target = {"confirm_naming": "confirmed", "return_naming": "returned"}
    put = {one.pk: target[action] for action, reviewed in done.items() for one, verdict in reviewed if verdict}
    assert dict(Naming.objects.values_list("pk", "state")) == put
    assert set(Naming.objects.values_list("revision", flat=True)) == {3}
    assert AuditEntry.objects.filter(action__in=STEPS).count() == FILED
    assert Notification.objects.count() == FILED
    assert list(problems_of_the_trail()) == []


def approve_against_edit() -> None:
    """The office confirms what it has looked at while the unit takes it back and writes something else."""
    rows = cycle_of(TURNS)
    author, office = liaison(rows), reviewer("office")
    won = Counter(_approve_against_edit(row, author, office) for row in rows)
    assert list(problems_of_the_trail()) == []
    print(won.total())


def _approve_against_edit(row: EvaluatedUnit, author: Actor, office: Actor) -> str:
    naming, told = submitted(row, author), dict[str, str]()

    def approve() -> None:
        mine = Naming.objects.get(pk=naming.pk)
        try:
            step_naming(naming=mine, action="confirm_naming", actor=office, seen=naming.revision)
        except Refused as refused:
            told["office"] = refused.reason.zh

    def edit() -> None:
        mine = Naming.objects.get(pk=naming.pk)
        try:
            step_naming(naming=mine, action="withdraw_naming", actor=author, seen=naming.revision)
        except Refused as refused:
            told["author"] = refused.reason.zh
            return
        name_people(evaluated_unit=row, people={**SAID, "head": "李局"}, actor=author, seen=mine.revision)
        step_naming(naming=Naming.objects.get(pk=naming.pk), action="submit_naming", actor=author)

    wrong = at_once([approve, edit])
    assert wrong == [], "\n".join(wrong)
    [loser] = told
    stands = Naming.objects.values_list("state", "head").get(pk=naming.pk)
    assert stands == (("confirmed", "赵钱孙") if loser == "author" else ("submitted", "李局")), (stands, told)
    assert "别人已改动" in told[loser] or "现在是" in told[loser]
    return loser
