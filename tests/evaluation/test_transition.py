"""A state changes in one way: by its table, with permission, with a reason where one is asked for, with an entry."""

from __future__ import annotations

import pytest

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Cycle
from evaluation.services.transition import move
from evaluation.states import CYCLE_TRANSITIONS, CycleState
from evaluation.verdict import Refused, no

OFFICE = Actor("李华", "127.0.0.1")


@pytest.fixture
def cycle(db) -> Cycle:
    return Cycle.objects.create(code="c-2025", title="年度", year=2025)


def step(cycle: Cycle, action: str, **more: object) -> None:
    move(cycle, action, transitions=CYCLE_TRANSITIONS, actor=OFFICE, **more)  # type: ignore[arg-type]


def test_a_step_writes_state_and_entry(cycle):
    step(cycle, "start")
    assert (cycle.state, Cycle.objects.get().state) == ("running", "running")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_key, entry.detail) == ("start", "c-2025", '{"new":"running","old":"drafting"}')


def test_every_state_and_action_is_as_the_table_says(cycle):
    allowed = {(source, one.action): one.target for one in CYCLE_TRANSITIONS for source in one.sources}
    for state in CycleState.values:
        for action in {one.action for one in CYCLE_TRANSITIONS}:
            Cycle.objects.update(state=state)
            try:
                step(cycle, action, reason="因为")
            except Refused:
                assert (state, action) not in allowed
                assert Cycle.objects.get().state == state
            else:
                assert Cycle.objects.get().state == allowed[state, action]


def test_w2_a_way_back_needs_a_reason(cycle):
    Cycle.objects.update(state=CycleState.PUBLICITY)
    with pytest.raises(Refused, match="要写明理由"):
        step(cycle, "score_again", reason=" ")
    step(cycle, "score_again", reason="申诉成立")
    assert '"reason":"申诉成立"' in AuditEntry.objects.get().detail


def test_who_may_not_is_told_why_and_nothing_changes(cycle):
    with pytest.raises(Refused, match="只有绩效办"):
        step(cycle, "start", verdict=no("只有绩效办可以", "the office only"))
    assert Cycle.objects.get().state == "drafting"
    assert not AuditEntry.objects.exists()


def test_the_state_in_the_database_counts_and_not_the_one_in_hand(cycle):
    stale = Cycle.objects.get()
    step(cycle, "start")
    with pytest.raises(Refused, match="不能启动"):
        step(stale, "start")
