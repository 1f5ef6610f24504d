"""The table in the documents of who sees results in which state is the one that the code keeps."""

from __future__ import annotations

import re

import pytest

from evaluation.models import Cycle, Role, User
from evaluation.rules import OF_A_UNIT, OFFICE, STEPS, may_read_trail
from evaluation.states import CYCLE_TRANSITIONS, NAMING_TRANSITIONS, CycleState
from scoring.rules import ORDER, Sight, may_see
from scoring.states import RUN_TRANSITIONS, SCORING
from tests.sample import ROOT

WORDS = {
    Sight.RANKINGS: "rankings",
    Sight.SHEETS: "sheets",
    Sight.OWN_RANKING: "own ranking",
    Sight.OWN_SHEET: "own sheet",
}
NOTHING = "—"
TRAIL = "trail"


def table(title: str) -> list[list[str]]:
    """The cells of the table below a title of docs/visibility.md."""
    text = (ROOT / "docs" / "visibility.md").read_text(encoding="utf-8").split(f"# {title}\n")[1].split("\n# ")[0]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in text.splitlines() if line.startswith("|")]


def documented() -> dict[str, list[str]]:
    """Who sees results: role → one cell for each state."""
    rows = table("Who sees results")
    assert rows[0][1:] == [state.value for state in ORDER]
    return {re.findall("`(.+?)`", cells[0])[0]: cells[1:] for cells in rows[2:]}


def kept(role: Role) -> list[str]:
    """What the rules say of a role, in the words of the table."""
    user = User(username="x")
    user.roles = frozenset({(role.value, 1)})
    return [_cell(user, state) for state in ORDER]


def _cell(user: User, state: CycleState) -> str:
    seen = [word for sight, word in WORDS.items() if may_see(user, Cycle(state=state), sight)]
    return ", ".join(seen + [TRAIL] * bool(may_read_trail(user))) or NOTHING


def test_the_table_has_every_role():
    assert documented().keys() == {role.value for role in Role}


@pytest.mark.parametrize("role", Role, ids=str)
def test_the_table_says_what_the_code_does(role: Role):
    assert documented()[role.value] == kept(role)


def test_a_refusal_names_the_state_from_which_on_it_is_open():
    user = User(username="x")
    user.roles = frozenset({("leader", 1), ("liaison", 2)})
    verdict = may_see(user, Cycle(state=CycleState.SCORING), Sight.SHEETS)
    assert verdict.reason.zh == "得分表在周期进入“建议等次”阶段后向您开放，现在是“计分中”"
    assert verdict.reason.en == 'score sheets: open to you from the state "proposed" on; it is "scoring" now'
    assert may_see(user, Cycle(state=CycleState.DRAFTING), Sight.OWN_SHEET).reason.en.startswith("the unit's own")


def test_w1_the_table_of_steps_says_what_the_code_does():
    yes = {True: "yes", False: ""}
    kept = [
        [
            f"`{step.action}`",
            *(yes[role in STEPS[step.action]] for role in (Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.LIAISON)),
            ", ".join(step.sources),
            step.target,
            yes[step.needs_reason],
        ]
        for step in (*CYCLE_TRANSITIONS, SCORING, *RUN_TRANSITIONS, *NAMING_TRANSITIONS)
        if step.action in STEPS
    ]
    assert table("Who takes which step")[2:] == kept
    assert {frozenset(roles) for roles in STEPS.values()} == {OFFICE, OF_A_UNIT, frozenset({Role.OFFICE_HEAD})}
    assert STEPS["set_window"] == OFFICE
    assert STEPS["extend_window"] == {Role.OFFICE_HEAD}
