"""A role is handed over to a colleague for a time; the three administrators stay three people."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from evaluation.actor import Actor
from evaluation.models import Acting, AuditEntry, Membership, Notification, Role, Unit, User
from evaluation.rules import roles_of, units_of
from evaluation.selectors import people_of
from evaluation.services.acting import end_acting, hand_over
from evaluation.services.people import keep_membership
from evaluation.verdict import Refused

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
FRIDAY = MONDAY + timedelta(days=4)
SECOND = timedelta(seconds=1)


def held(username: str, role: str, unit: str = "D01") -> Membership:
    user, _ = User.objects.get_or_create(username=username, defaults={"name": username})
    return Membership.objects.create(user=user, unit=_unit(unit), role=role)


def _unit(code: str) -> Unit:
    return Unit.objects.get_or_create(code=code, defaults={"name": f"{code} 单位"})[0]


def at(moment: datetime):
    return time_machine.travel(moment, tick=False)


def by(membership: Membership) -> Actor:
    return Actor(membership.user.username, "test", User.objects.get(pk=membership.user_id))


@pytest.fixture
def liaison() -> Membership:
    return held("lihua", Role.LIAISON)


@pytest.fixture
def colleague(liaison) -> Membership:
    return held("wang", Role.COLLECTOR)


def handed(liaison: Membership, colleague: Membership, **more: object) -> Acting:
    said = {"membership": liaison, "deputy": colleague.user, "since": MONDAY, "until": FRIDAY, "actor": by(liaison)}
    with at(MONDAY - SECOND):
        return hand_over(**{**said, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("moment", "acts"), [
    (MONDAY - SECOND, False), (MONDAY, True), (FRIDAY - SECOND, True), (FRIDAY, False),
])  # fmt: skip
def test_w3_who_acts_has_the_role_from_the_first_moment_to_the_last_and_not_longer(liaison, colleague, moment, acts):
    handed(liaison, colleague)
    with at(moment):
        user = User.objects.get(username="wang")
        assert (Role.LIAISON in roles_of(user)) is acts
        assert units_of(user) == ({liaison.unit_id} if acts else frozenset())
        assert (user in people_of([liaison.unit], [Role.LIAISON])) is acts
        assert liaison.user in people_of([liaison.unit], [Role.LIAISON])


def test_d1_the_trail_says_who_acts_for_whom_from_when_to_when(liaison, colleague):
    handed(liaison, colleague)
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key) == ("hand_over", "wang → lihua/D01/liaison")
    assert "2026-03-02T00:00:00+08:00" in entry.detail


def test_a_role_that_has_ended_is_had_by_nobody(liaison, colleague):
    handed(liaison, colleague)
    Membership.objects.filter(pk=liaison.pk).update(active=False)
    with at(MONDAY):
        assert roles_of(User.objects.get(username="wang")) == {Role.COLLECTOR}


@pytest.mark.parametrize(("more", "said"), [
    ({"until": MONDAY}, "必须晚于开始时间"), ({"until": MONDAY + timedelta(days=400)}, "不得超过一年"),
    ({"since": MONDAY - timedelta(days=9), "until": MONDAY - timedelta(days=1)}, "必须晚于开始时间和现在"),
])  # fmt: skip
def test_a_time_that_makes_no_sense_is_refused(liaison, colleague, more, said: str):
    with pytest.raises(Refused, match=said):
        handed(liaison, colleague, **more)
    assert not Acting.objects.exists()


def test_who_acts_is_a_colleague_with_an_account_in_use(liaison, colleague):
    stranger = held("zhao", Role.LIAISON, "D02")
    for deputy, said in ((stranger.user, "本单位"), (liaison.user, "不能是本人")):
        with pytest.raises(Refused, match=said):
            handed(liaison, colleague, deputy=deputy)
    User.objects.filter(username="wang").update(is_active=False)
    with pytest.raises(Refused, match="在用账号"):
        handed(liaison, colleague, deputy=User.objects.get(username="wang"))


def test_one_hands_over_what_is_ones_own_or_what_one_may_give(liaison, colleague):
    with pytest.raises(Refused, match="只能移交自己的角色"):
        handed(liaison, colleague, actor=by(colleague))
    clerk = held("clerk", Role.OFFICE_CLERK, "B01")
    assert handed(liaison, colleague, actor=by(clerk)).by == clerk.user


def test_nobody_makes_himself_act_for_another(liaison, colleague):
    clerk = held("clerk", Role.OFFICE_CLERK)
    with pytest.raises(Refused, match="不能让自己代理他人"):
        handed(liaison, colleague, deputy=clerk.user, actor=by(clerk))
    assert handed(liaison, colleague, actor=by(clerk))


def test_both_are_told_who_acts_for_whom(liaison, colleague):
    handed(liaison, colleague)
    told = Notification.objects.filter(
        zh="wang 代理 lihua 的“绩效联络员”（D01 单位），2026-03-02 起，2026-03-05 24:00 止"
    )
    assert {one.user.username for one in told} == {"wang", "lihua"}


def test_who_has_left_the_unit_acts_there_no_more(liaison, colleague):
    handed(liaison, colleague)
    colleague.active = False
    colleague.save()
    held("wang", Role.LIAISON, "D02")
    with at(MONDAY):
        user = User.objects.get(username="wang")
        assert units_of(user) == {Unit.objects.get(code="D02").pk}
        assert user not in people_of([liaison.unit], [Role.LIAISON])


def test_u7_who_acts_for_another_becomes_no_administrator_meanwhile(liaison, colleague):
    handed(liaison, colleague)
    fresh = Membership(user=colleague.user, unit=liaison.unit, role=Role.AUDITOR)
    with at(MONDAY), pytest.raises(Refused, match="请先收回代理"):
        keep_membership(fresh, ["user", "unit", "role", "active"], actor=Actor("x", "test"))


def test_u7_an_administrators_role_that_has_ended_is_not_taken_up_beside_another(liaison):
    old = held("admin", Role.AUDITOR)
    Membership.objects.filter(pk=old.pk).update(active=False)
    held("admin", Role.SYSTEM)
    old.refresh_from_db()
    old.active = True
    with pytest.raises(Refused, match="不得由一人兼任"):
        keep_membership(old, ["active"], actor=Actor("x", "test"))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM, Role.SECURITY], ids=str)
def test_u7_the_three_administrators_hand_nothing_over_and_act_for_nobody(liaison, colleague, role: Role):
    with pytest.raises(Refused, match="不得由他人代理"):
        handed(held("admin", role), colleague)
    with pytest.raises(Refused, match="不得代理他人"):
        handed(liaison, held("other", role))


@pytest.mark.parametrize(("one", "other"), [(Role.AUDITOR, Role.SYSTEM), (Role.SYSTEM, Role.SECURITY),
                                            (Role.SECURITY, Role.AUDITOR)])  # fmt: skip
def test_u7_one_person_is_never_two_of_the_three_administrators(liaison, one: Role, other: Role):
    first = held("admin", one)
    second = Membership(user=first.user, unit=liaison.unit, role=other)
    with pytest.raises(Refused, match="不得由一人兼任"):
        keep_membership(second, ["user", "unit", "role", "active"], actor=Actor("x", "test"))
    Membership.objects.filter(pk=first.pk).update(active=False)
    assert keep_membership(second, ["user", "unit", "role", "active"], actor=Actor("x", "test"))


def test_a_role_is_taken_back_before_its_time_by_either_and_by_nobody_else(liaison, colleague):
    acting = handed(liaison, colleague)
    third = held("zhao", Role.COLLECTOR)
    with at(MONDAY + SECOND):
        with pytest.raises(Refused, match="只能移交自己的角色"):
            end_acting(acting=acting, actor=by(third))
        end_acting(acting=acting, actor=by(colleague))
        assert roles_of(User.objects.get(username="wang")) == {Role.COLLECTOR}
        with pytest.raises(Refused, match="已经结束"):
            end_acting(acting=acting, actor=by(liaison))
    assert AuditEntry.objects.latest("number").action == "end_acting"


def test_one_that_is_taken_back_before_it_begins_never_does(liaison, colleague):
    acting = handed(liaison, colleague)
    with at(MONDAY - timedelta(days=1)):
        end_acting(acting=acting, actor=by(liaison))
    with at(MONDAY):
        assert roles_of(User.objects.get(username="wang")) == {Role.COLLECTOR}
