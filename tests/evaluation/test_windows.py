"""Windows: what is open from when to when, for whom longer, and what a notice of holidays does to them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from evaluation.actor import Actor
from evaluation.models import (
    AuditEntry,
    Category,
    Cycle,
    EvaluatedUnit,
    Extension,
    Membership,
    Notification,
    Role,
    Unit,
    User,
    Window,
    WorkingDay,
)
from evaluation.rules.windows import is_open, phase_open, unknown_year
from evaluation.selectors import calendar_now
from evaluation.services.windows import extend_window, move_open_windows, set_window
from evaluation.timetable import timetable_of
from evaluation.verdict import Refused

ZONE = ZoneInfo("Asia/Shanghai")
CLERK = Actor("李华", "test")
pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def person(role: Role, unit: Unit) -> Actor:
    user = User.objects.create(username=role.value, name="某人")
    Membership.objects.create(user=user, unit=unit, role=role)
    return Actor("某人", "test", user)


@pytest.fixture
def audit() -> Unit:
    return Unit.objects.create(code="D01", name="市审计局")


@pytest.fixture
def cycle(audit: Unit) -> Cycle:
    found = Cycle.objects.create(code="c-2026", title="年度", year=2026)
    category = Category.objects.create(cycle=found, set_code="s", code="a", name="甲类", position=0)
    EvaluatedUnit.objects.create(cycle=found, unit=audit, category=category, name=audit.name)
    return found


def year_2026() -> None:
    """New Year's Day, and May Day as the notice for 2026 has it: 1 to 5 May off, 9 May worked."""
    off = [date(2026, 1, 1), *(date(2026, 5, day) for day in range(1, 6))]
    WorkingDay.objects.bulk_create(WorkingDay(day=day, works=False) for day in off)
    WorkingDay.objects.create(day=date(2026, 5, 9), works=True)


def opened(cycle: Cycle, **more: object) -> Window:
    """Ten calendar days from 1 March 2026 on: the last is the 11th."""
    said = {"phase": "naming", "opens": at("2026-03-01T00:00"), "days": 10, "actor": CLERK}
    with time_machine.travel(at("2026-02-01T00:00"), tick=False):
        return set_window(cycle=cycle, **{**said, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("now", "open_then"), [
    ("2026-02-28T23:59:59", False), ("2026-03-01T00:00:00", True),
    ("2026-03-11T23:59:59", True), ("2026-03-12T00:00:00", False),
])  # fmt: skip
def test_c9_w6_a_window_is_open_to_the_last_second_of_its_last_day_and_no_longer(cycle, now: str, open_then: bool):
    opened(cycle)
    with time_machine.travel(at(now), tick=False):
        assert bool(phase_open(cycle, "naming")) is open_then


def test_working_days_skip_may_day_and_count_the_day_made_up(cycle):
    """Day 0 is Thursday 30 April; 6, 7, 8 May and Saturday the 9th are the first four working days."""
    year_2026()
    window = opened(cycle, opens=at("2026-04-30T09:00"), days=4, kind="working")
    assert window.closes == at("2026-05-10T00:00")


def test_a_window_of_a_year_without_notice_has_no_end_and_stays_open(cycle):
    window = opened(cycle, opens=at("2028-03-01T00:00"), days=10, kind="working")
    assert (window.closes, unknown_year(window, calendar_now())) == (None, 2028)
    with time_machine.travel(at("2028-06-01T00:00"), tick=False):
        assert is_open(window)


def test_a_refusal_says_when_it_opens_and_when_it_closed(cycle):
    assert phase_open(cycle, "naming").reason.zh == "“责任人报备”还没有安排时间"
    window = opened(cycle)
    assert "2026-03-01 起开放" in is_open(window, now=at("2026-02-01T00:00")).reason.zh
    assert "已于 2026-03-11 24:00 截止" in is_open(window, now=at("2026-04-01T00:00")).reason.zh


def test_w3_an_extension_holds_for_its_unit_alone_and_ends_by_itself(cycle, audit):
    window = opened(cycle)
    with time_machine.travel(at("2026-03-11T10:00"), tick=False):
        extend_window(window=window, unit=audit, last=date(2026, 3, 15), reason="暴雨", actor=CLERK)
    other = Unit.objects.create(code="D02", name="市财政局")
    assert is_open(window, audit, now=at("2026-03-15T23:59:59"))
    assert not is_open(window, audit, now=at("2026-03-16T00:00"))
    assert not is_open(window, other, now=at("2026-03-12T00:00"))
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key) == ("extend_window", "c-2026/naming")
    assert all(said in entry.detail for said in ("暴雨", "D01", "2026-03-16T00:00:00+08:00"))


@pytest.mark.parametrize(("more", "said"), [
    ({"reason": " "}, "要写明理由"),
    ({"last": date(2026, 3, 11)}, "必须晚于现在的截止时间（2026-03-11 24:00）"),
    ({"last": date(2026, 3, 19)}, "必须晚于现在"),
    ({"last": date(2036, 3, 15)}, "超过一年"),
])  # fmt: skip
def test_w3_an_extension_needs_a_reason_and_an_end_that_is_later(cycle, audit, more: dict[str, object], said: str):
    window = opened(cycle)
    with time_machine.travel(at("2026-03-20T00:00"), tick=False), pytest.raises(Refused, match=said):
        extend_window(
            **{"window": window, "unit": audit, "last": date(2026, 3, 25), "reason": "x", "actor": CLERK, **more}
        )
    assert not Extension.objects.exists()


def test_w3_the_head_of_the_office_grants_it_and_a_clerk_does_not(cycle, audit):
    window = opened(cycle)
    with time_machine.travel(at("2026-03-02T00:00"), tick=False):
        asked = {"window": window, "unit": audit, "last": date(2026, 3, 25), "reason": "暴雨"}
        with pytest.raises(Refused, match="只能由绩效办负责人办理"):
            extend_window(**asked, actor=person(Role.OFFICE_CLERK, audit))
        head = person(Role.OFFICE_HEAD, Unit.objects.create(code="B01", name="市绩效办"))
        assert extend_window(**asked, actor=head).by == head.user


def test_w3_a_unit_that_takes_no_part_gets_no_time(cycle):
    window = opened(cycle)
    stranger = Unit.objects.create(code="D09", name="市气象局")
    with pytest.raises(Refused, match="不参加这个周期"):
        extend_window(window=window, unit=stranger, last=date(2026, 3, 25), reason="x", actor=CLERK)


def test_before_it_opens_a_window_is_moved_freely(cycle):
    opened(cycle)
    assert opened(cycle, opens=at("2026-03-05T00:00"), days=3).closes == at("2026-03-09T00:00")
    assert Window.objects.count() == 1
    assert AuditEntry.objects.filter(action="set_window").count() == 2


def changed(cycle: Cycle, **more: object) -> Window:
    """A change on the fifth day of the window, with a reason."""
    said = {"phase": "naming", "opens": at("2026-03-01T00:00"), "days": 12, "actor": CLERK, "reason": "改期"}
    with time_machine.travel(at("2026-03-05T00:00"), tick=False):
        return set_window(cycle=cycle, **{**said, **more})  # type: ignore[arg-type]


def test_w5_once_open_a_window_is_made_longer_with_a_reason_and_never_shorter(cycle):
    opened(cycle)
    assert changed(cycle).closes == at("2026-03-14T00:00")
    for more, said in (({"days": 11}, "不能提前"), ({"opens": at("2026-03-02T00:00")}, "开始时间不能再改"),
                       ({"reason": ""}, "要写明理由")):  # fmt: skip
        with pytest.raises(Refused, match=said):
            changed(cycle, **({"days": 20} | more))
    assert Window.objects.get().closes == at("2026-03-14T00:00")


@pytest.mark.parametrize(("more", "said"), [
    ({"last": date(2026, 3, 9)}, "要填且只填一项"), ({"days": None}, "要填且只填一项"),
    ({"days": None, "last": date(2026, 2, 27)}, "必须晚于开始时间"), ({"days": 400}, "超过一年"),
])  # fmt: skip
def test_dates_that_make_no_sense_are_refused(cycle, more: dict[str, object], said: str):
    with pytest.raises(Refused, match=said):
        opened(cycle, **more)
    assert not Window.objects.exists()


@pytest.mark.parametrize(("more", "said"), [
    ({"opens": at("2026-01-01T00:00")}, "已经过去"),  # nobody would ever have known
    ({"opens": at("2020-03-01T00:00"), "kind": "working"}, "与周期年度不符"),
    ({"opens": at("2029-03-01T00:00")}, "与周期年度不符"),
])  # fmt: skip
def test_a_window_is_not_over_before_anybody_knows_of_it(cycle, more: dict[str, object], said: str):
    for _ in range(2):  # a new one, and one that is announced for later
        with pytest.raises(Refused, match=said):
            opened(cycle, **more)
        opened(cycle)


def test_w5_an_open_window_does_not_become_endless_to_be_ended_at_will(cycle):
    year_2026()
    opened(cycle)
    with pytest.raises(Refused, match="不能改为待定"):
        changed(cycle, days=366, kind="working")


def test_w3_nobody_gives_more_time_to_a_unit_of_his_own(cycle, audit):
    window = opened(cycle)
    head = person(Role.OFFICE_HEAD, Unit.objects.create(code="B01", name="市绩效办"))
    Membership.objects.create(user=head.user, unit=audit, role=Role.UNIT_HEAD)
    asked = {"window": window, "unit": audit, "last": date(2026, 3, 25), "reason": "暴雨"}
    with time_machine.travel(at("2026-03-02T00:00"), tick=False), pytest.raises(Refused, match="不能为本单位"):
        extend_window(**asked, actor=Actor("x", "test", User.objects.get(pk=head.user.pk)))


def test_the_unit_is_told_of_more_time_and_of_a_window_that_moves_and_others_of_their_own_alone(cycle, audit):
    year_2026()
    liaison, other = person(Role.LIAISON, audit).user, Unit.objects.create(code="D02", name="市财政局")
    stranger = User.objects.create(username="stranger", name="x")
    Membership.objects.create(user=stranger, unit=other, role=Role.LIAISON)
    window = opened(cycle, opens=at("2026-03-02T00:00"), kind="working")
    with time_machine.travel(at("2026-03-05T08:00"), tick=False):
        extend_window(window=window, unit=audit, last=date(2026, 3, 25), reason="暴雨", actor=CLERK)
        WorkingDay.objects.create(day=date(2026, 3, 9), works=False)
        move_open_windows(actor=CLERK, because="通知")
    told = {(one.user, one.zh) for one in Notification.objects.all()}
    assert told == {
        (liaison, "“年度 2026”的“责任人报备”已为本单位延期至 2026-03-25 24:00"),
        (liaison, "“年度 2026”的“责任人报备”改为 2026-03-17 24:00 截止"),
    }


def test_two_who_set_one_window_are_not_unknown_to_each_other(cycle):
    seen = opened(cycle).revision
    opened(cycle, days=11, seen=seen)
    with pytest.raises(Refused, match="别人已改动"):
        opened(cycle, days=12, seen=seen)


def test_who_has_no_role_for_it_sets_no_window(cycle, audit):
    with pytest.raises(Refused, match="只能由"):
        opened(cycle, actor=person(Role.LIAISON, audit))
    Cycle.objects.update(state="archived")
    with pytest.raises(Refused, match="已归档"):
        opened(cycle)


def test_w6_a_changed_holiday_moves_open_windows_and_leaves_a_trace(cycle):
    """Ten working days after 2 March end on the 16th; with Monday the 9th off, on the 17th. One that is over stays."""
    year_2026()
    window = opened(cycle, opens=at("2026-03-02T00:00"), kind="working")
    over = opened(cycle, phase="targets", opens=at("2026-01-05T00:00"), days=20, kind="working")
    plain = opened(cycle, phase="claims")
    assert window.closes == at("2026-03-17T00:00")
    WorkingDay.objects.create(day=date(2026, 3, 9), works=False)
    with time_machine.travel(at("2026-03-05T00:00"), tick=False):
        assert [one.pk for one in move_open_windows(actor=CLERK, because="国办发明电〔2026〕1号")] == [window.pk]
    assert Window.objects.get(pk=window.pk).closes == at("2026-03-18T00:00")
    assert [Window.objects.get(pk=one.pk).closes for one in (over, plain)] == [over.closes, plain.closes]
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key) == ("move_window", "c-2026/naming")
    assert all(said in entry.detail for said in ("〔2026〕1号", "2026-03-17", "2026-03-18"))


def test_w5_a_changed_holiday_makes_no_open_window_shorter(cycle):
    """Five working days after 2 March, with the 9th and 10th off, end on the 11th; with neither off, on the 9th."""
    year_2026()
    WorkingDay.objects.bulk_create(WorkingDay(day=date(2026, 3, day), works=False) for day in (9, 10))
    opened(cycle, opens=at("2026-03-02T00:00"), days=5, kind="working")
    WorkingDay.objects.filter(day__month=3).delete()
    with time_machine.travel(at("2026-03-05T08:00"), tick=False):
        assert move_open_windows(actor=CLERK, because="更正") == []
    with time_machine.travel(at("2026-03-01T08:00"), tick=False):
        [moved] = move_open_windows(actor=CLERK, because="更正")
    assert moved.closes == at("2026-03-10T00:00")


def test_w6_a_window_without_an_end_ends_today_at_the_earliest(cycle):
    opened(cycle, kind="working", days=3)
    year_2026()
    with time_machine.travel(at("2026-03-20T08:00"), tick=False):
        [moved] = move_open_windows(actor=CLERK, because="通知")
    assert moved.closes == at("2026-03-21T00:00")


def test_w6_the_notice_of_the_year_gives_a_window_its_end(cycle):
    WorkingDay.objects.all().delete()
    window = opened(cycle, kind="working")
    assert window.closes is None
    year_2026()
    with time_machine.travel(at("2026-03-05T00:00"), tick=False):
        move_open_windows(actor=CLERK, because="通知")
    assert Window.objects.get().closes == at("2026-03-14T00:00")


def test_w5_an_open_window_whose_end_is_unknown_gets_no_end_before_the_notice_and_no_fewer_days(cycle):
    opened(cycle, kind="working")
    for more in ({"last": date(2026, 3, 6), "days": None}, {"days": 9, "kind": "working"}, {"days": 10}):
        with pytest.raises(Refused, match="只能增加工作日天数（现为 10 个工作日）"):
            changed(cycle, **more)
    assert changed(cycle, days=11, kind="working").closes is None


def test_a2_the_picture_tells_only_the_office_that_somebody_has_more_time(cycle, audit):
    window = opened(cycle)
    with time_machine.travel(at("2026-03-02T00:00"), tick=False):
        extend_window(window=window, unit=audit, last=date(2026, 6, 30), reason="暴雨", actor=CLERK)
        others, office = timetable_of(cycle, longer=False), timetable_of(cycle, longer=True)
    assert [one.label for one in others.ticks] == ["2026-3"]
    assert [one.label for one in office.ticks] == ["2026-3", "4", "5", "6"]
    assert (len(others.rows[0].longer), len(office.rows[0].longer)) == (0, 1)


def test_the_months_of_the_picture_say_their_year_where_it_begins(cycle):
    opened(cycle, days=None, opens=at("2026-11-10T00:00"), last=date(2027, 2, 5))
    assert [one.label for one in timetable_of(cycle, longer=False).ticks] == ["2026-11", "12", "2027-1", "2"]


def test_where_months_are_many_not_every_one_is_labelled(cycle):
    opened(cycle, days=None, opens=at("2026-01-10T00:00"), last=date(2026, 10, 5))
    assert [one.label for one in timetable_of(cycle, longer=False).ticks] == [
        "2026-1",
        "",
        "3",
        "",
        "5",
        "",
        "7",
        "",
        "9",
        "",
    ]
