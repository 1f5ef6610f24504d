"""The first object that is filed, reviewed and confirmed: W1 to W4, C5, C8, C9 on the naming of responsible people."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from evaluation.actor import Actor
from evaluation.models import (
    AuditEntry,
    Category,
    Cycle,
    EvaluatedUnit,
    Extension,
    Membership,
    Naming,
    Notification,
    Role,
    Unit,
    User,
    Window,
)
from evaluation.services.naming import PEOPLE, name_people, step_many, step_naming
from evaluation.states import NAMING_TRANSITIONS, NamingState
from evaluation.verdict import Refused

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = datetime(2026, 3, 2, tzinfo=ZONE), datetime(2026, 3, 7, tzinfo=ZONE)
SECOND = timedelta(seconds=1)
SAID = {
    "head": "赵局",
    "head_post": "局长",
    "deputy": "钱副",
    "deputy_post": "副局长",
    "liaison": "孙联",
    "phone": "8123",
}


def someone(role: str, unit: Unit, username: str = "") -> Actor:
    user, _ = User.objects.get_or_create(username=username or role, defaults={"name": role})
    Membership.objects.create(user=user, unit=unit, role=role)
    return Actor(user.name, "test", User.objects.get(pk=user.pk))


class Town:
    """Two units in a cycle whose window for naming is open from Monday to Friday, and their people."""

    def __init__(self) -> None:
        self.cycle = Cycle.objects.create(code="c-2026", title="年度考评", year=2026, state="running")
        category = Category.objects.create(cycle=self.cycle, set_code="s", code="a", name="甲类", position=0)
        self.rows = []
        for code in ("D01", "D02"):
            unit = Unit.objects.create(code=code, name=code)
            self.rows.append(EvaluatedUnit.objects.create(cycle=self.cycle, unit=unit, category=category, name=code))
        self.row = self.rows[0]
        office = Unit.objects.create(code="B01", name="市绩效办")
        self.liaison = someone(Role.LIAISON, self.row.unit)
        self.clerk = someone(Role.OFFICE_CLERK, office)
        self.stranger = someone(Role.LIAISON, self.rows[1].unit, "stranger")
        self.window = Window.objects.create(cycle=self.cycle, phase="naming", opens=OPENS, closes=CLOSES)

    def named(self, **more: object) -> Naming:
        said = {"evaluated_unit": self.row, "people": SAID, "actor": self.liaison}
        return name_people(**{**said, **more})  # type: ignore[arg-type]

    def step(self, naming: Naming, action: str, actor: Actor, **more: object) -> None:
        step_naming(naming=Naming.objects.get(pk=naming.pk), action=action, actor=actor, **more)  # type: ignore[arg-type]


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(OPENS + timedelta(days=1), tick=False) as clock:
        yield clock


def test_a_unit_names_its_people_and_the_office_confirms(town):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    town.step(naming, "confirm_naming", town.clerk)
    found = Naming.objects.get()
    assert (found.state, found.head, found.revision) == ("confirmed", "赵局", 3)
    told = AuditEntry.objects.filter(object_key="c-2026/D01").order_by("number").values_list("action", flat=True)
    assert list(told) == ["name_people", "submit_naming", "confirm_naming"]
    assert [one.user.username for one in Notification.objects.filter(zh__contains="已确认")] == ["liaison"]


def test_w1_every_step_from_every_state_by_every_role(town):
    naming = town.named()
    by_unit = {"submit_naming", "withdraw_naming"}
    office = Unit.objects.get(code="B01")
    people = {
        role: someone(role, town.row.unit if role in (Role.LIAISON, Role.UNIT_HEAD) else office, f"of {role}")
        for role in Role
    }
    for state in NamingState:
        for step in NAMING_TRANSITIONS:
            for role, actor in people.items():
                Naming.objects.update(state=state)
                may = role in (Role.LIAISON, Role.UNIT_HEAD) if step.action in by_unit else role in (
                    Role.OFFICE_CLERK, Role.OFFICE_HEAD)  # fmt: skip
                try:
                    town.step(naming, step.action, actor, reason="因为")
                except Refused:
                    assert not (may and state in step.sources), (state, step.action, role)
                    assert Naming.objects.get().state == state
                else:
                    assert may, (state, step.action, role)
                    assert state in step.sources, (state, step.action, role)
                    assert Naming.objects.get().state == step.target


def test_w2_a_return_needs_a_reason_which_the_unit_is_told(town):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    with pytest.raises(Refused, match="要写明理由"):
        town.step(naming, "return_naming", town.clerk, reason=" ")
    town.step(naming, "return_naming", town.clerk, reason="分管负责人已调离")
    assert Notification.objects.get().zh == "“年度考评”的责任人报备被退回：分管负责人已调离"
    assert '"reason":"分管负责人已调离"' in AuditEntry.objects.latest("number").detail


@pytest.mark.parametrize(("moment", "accepted"), [
    (OPENS - SECOND, False), (OPENS, True), (CLOSES - SECOND, True), (CLOSES, False),
])  # fmt: skip
def test_c9_one_second_before_the_end_is_accepted_and_one_after_is_refused(town, tuesday, moment, accepted: bool):
    tuesday.move_to(moment)
    if accepted:
        town.step(town.named(), "submit_naming", town.liaison)
        return
    with pytest.raises(Refused, match=r"尚未开始|截止"):
        town.named()
    assert not Naming.objects.exists()


def test_c9_submitting_is_bound_to_the_window_too_and_reviewing_is_not(town, tuesday):
    naming = town.named()
    tuesday.move_to(CLOSES)
    with pytest.raises(Refused, match="已于 2026-03-06 24:00 截止"):
        town.step(naming, "submit_naming", town.liaison)
    Naming.objects.update(state="submitted")
    town.step(naming, "confirm_naming", town.clerk)


def test_w3_the_unit_with_more_time_goes_on_and_the_others_do_not(town, tuesday):
    Extension.objects.create(window=town.window, unit=town.row.unit, until=CLOSES + timedelta(days=2), reason="暴雨",
                             by_name="x")  # fmt: skip
    tuesday.move_to(CLOSES + timedelta(days=1))
    assert town.named().head == "赵局"
    with pytest.raises(Refused, match="截止"):
        town.named(evaluated_unit=town.rows[1], actor=town.stranger)
    tuesday.move_to(CLOSES + timedelta(days=2))
    with pytest.raises(Refused, match="已于 2026-03-08 24:00 截止"):
        town.named(people=SAID | {"head": "李局"})


def test_w4_nobody_reviews_his_own_units_naming(town):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    both = someone(Role.LIAISON, town.row.unit, town.clerk.user.username)
    for action in ("confirm_naming", "return_naming"):
        with pytest.raises(Refused, match="不能审核本单位"):
            town.step(naming, action, both, reason="x")


def test_w4_who_belongs_to_the_unit_in_any_role_does_not_review_it(town):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    within = someone(Role.OFFICE_CLERK, town.row.unit, "within")
    with pytest.raises(Refused, match="不能审核本单位"):
        town.step(naming, "confirm_naming", within)


def test_w4_who_has_filed_it_in_place_of_another_does_not_review_it_afterwards(town):
    naming = town.named()
    Membership.objects.create(user=town.clerk.user, unit=town.row.unit, role=Role.LIAISON)
    town.step(naming, "submit_naming", Actor("x", "test", User.objects.get(pk=town.clerk.user.pk)))
    Membership.objects.filter(user=town.clerk.user, unit=town.row.unit).delete()
    with pytest.raises(Refused, match="不能审核本单位或自己"):
        town.step(naming, "confirm_naming", Actor("x", "test", User.objects.get(pk=town.clerk.user.pk)))


def test_w2_what_the_unit_could_not_mend_any_more_is_not_returned_before_it_has_more_time(town, tuesday):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    tuesday.move_to(CLOSES)
    with pytest.raises(Refused, match="请先为它延期"):
        town.step(naming, "return_naming", town.clerk, reason="有误")
    Extension.objects.create(window=town.window, unit=town.row.unit, until=CLOSES + timedelta(days=2), reason="补正",
                             by_name="x")  # fmt: skip
    town.step(naming, "return_naming", town.clerk, reason="有误")
    assert town.named(people=SAID | {"head": "李局"}, seen=3).head == "李局"


def test_a1_another_unit_neither_writes_nor_submits(town):
    for actor in (town.stranger, town.clerk, Actor("root", "manage.py")):
        with pytest.raises(Refused, match="只能办理本单位"):
            town.named(actor=actor)
    naming = town.named()
    with pytest.raises(Refused, match="只能办理本单位"):
        town.step(naming, "submit_naming", town.stranger)


def test_c8_who_approves_what_was_changed_meanwhile_is_told(town):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    looked_at = Naming.objects.get().revision
    town.step(naming, "withdraw_naming", town.liaison)
    town.named(people=SAID | {"head": "李局"}, seen=looked_at + 1)
    town.step(naming, "submit_naming", town.liaison)
    with pytest.raises(Refused, match="别人已改动"):
        town.step(naming, "confirm_naming", town.clerk, seen=looked_at)
    assert Naming.objects.get().state == "submitted"


def test_c8_who_edits_what_was_changed_meanwhile_is_told(town):
    first = town.named()
    town.named(people=SAID | {"head": "李局"}, seen=first.revision)
    for seen in (first.revision, None):
        with pytest.raises(Refused, match="别人已改动"):
            town.named(people=SAID | {"head": "周局"}, seen=seen)
    assert Naming.objects.get().head == "李局"


def test_c5_the_same_twice_is_one_record_and_one_entry(town):
    assert town.named() == town.named()
    assert AuditEntry.objects.filter(action="name_people").count() == 1


def test_what_is_submitted_is_not_changed(town):
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    with pytest.raises(Refused, match="请先撤回"):
        town.named(people=SAID | {"head": "李局"}, seen=2)


@pytest.mark.parametrize("name", PEOPLE)
def test_every_name_is_needed(town, name: str):
    with pytest.raises(ValidationError) as wrong:
        town.named(people=SAID | {name: "  "})
    assert name in wrong.value.message_dict
    assert not Naming.objects.exists()


def test_many_are_confirmed_each_by_itself_and_the_answer_names_each(town):
    one = town.named()
    other = town.named(evaluated_unit=town.rows[1], actor=town.stranger)
    town.step(one, "submit_naming", town.liaison)
    given = [(row, row.revision) for row in Naming.objects.order_by("pk")]
    done = step_many(namings=given, action="confirm_naming", actor=town.clerk)
    assert [(row.pk, bool(verdict)) for row, verdict in done] == [(one.pk, True), (other.pk, False)]
    assert "现在是“草稿”" in done[1][1].reason.zh
    assert [row.state for row in Naming.objects.order_by("pk")] == ["confirmed", "draft"]


def test_an_archived_cycle_takes_nothing_more(town):
    Cycle.objects.update(state="archived")
    with pytest.raises(Refused, match="已归档"):
        town.named()


def test_without_a_window_nothing_is_open(town):
    Window.objects.all().delete()
    with pytest.raises(Refused, match="还没有安排时间"):
        town.named()
