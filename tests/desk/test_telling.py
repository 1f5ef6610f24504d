"""What the clock tells: once, to those whom it concerns; the digest once a day, to those who still owe something."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

import pytest
import time_machine

from desk import telling
from desk.telling import send_digests, tell_late, tell_opened
from desk.tick import DECIDED
from desk.todo import tasks_for
from evaluation.models import Cycle, Extension, Naming, Notification, Role, User
from tests.evaluation.test_naming import CLOSES, OPENS, Town, someone

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 3, 3, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(EIGHT, tick=False) as found:
        yield found


@pytest.fixture
def town(clock) -> Town:
    found = Town()
    User.objects.filter(username="liaison").update(email="liu@city.example")
    return found


def told(key: str) -> set[str]:
    return set(Notification.objects.filter(key__startswith=key).values_list("user__username", flat=True))


def filed(town: Town) -> Naming:
    naming = town.named()
    town.step(naming, "submit_naming", town.liaison)
    return naming


def test_the_clock_does_all_of_it():
    assert {tell_opened, tell_late, send_digests} <= set(DECIDED)


def test_who_has_something_to_do_is_told_once_that_it_is_open(town):
    filed(town)
    for _ in range(2):
        tell_opened()
    assert told("open/") == {"stranger"}
    assert Notification.objects.filter(key__startswith="open/").count() == 1


def test_before_it_opens_and_long_after_nobody_is_told(town, clock):
    for moment in (OPENS - timedelta(seconds=1), OPENS + timedelta(days=4)):
        clock.move_to(moment)
        tell_opened()
    assert told("open/") == set()


def test_the_late_are_told_and_the_office_how_many_there_are(town, clock):
    filed(town)
    clock.move_to(CLOSES - timedelta(seconds=1))
    tell_late()
    assert told("late/") == set()
    clock.move_to(CLOSES)
    for _ in range(2):
        tell_late()
    assert told("late/") == {"stranger", "office_clerk"}
    assert "1 个单位未提交" in Notification.objects.get(user__username="office_clerk").zh


def test_w3_a_unit_with_more_time_is_not_late_before_that_is_over(town, clock):
    more = CLOSES + timedelta(days=2)
    Extension.objects.create(window=town.window, unit=town.rows[1].unit, until=more, reason="暴雨", by_name="x")
    clock.move_to(CLOSES)
    tell_late()
    assert told("late/") == {"liaison", "office_clerk"}
    clock.move_to(more)
    tell_late()
    assert told("late/") == {"liaison", "office_clerk", "stranger"}


def test_the_digest_goes_out_once_a_day_to_those_who_owe_something(town, clock, mailoutbox):
    for _ in range(2):
        send_digests()
    assert told("digest/2026-03-03") == {"liaison", "stranger"}
    [mail] = mailoutbox
    assert mail.to == ["liu@city.example"]
    assert mail.subject == "您有 1 项待办"
    assert "报备责任人" in mail.body
    assert "2026-03-06 24:00 截止" in mail.body
    clock.shift(timedelta(days=1))
    filed(town)
    send_digests()
    assert told("digest/2026-03-04") == {"stranger", "office_clerk"}
    assert len(mailoutbox) == 1


def test_nobody_is_woken_before_eight(town, clock, mailoutbox):
    clock.shift(-timedelta(seconds=1))
    send_digests()
    assert told("digest/") == set()
    assert mailoutbox == []


def test_the_office_is_told_once_though_no_unit_has_people(town, clock):
    User.objects.filter(username__in=("liaison", "stranger")).update(is_active=False)
    for day in range(3):
        clock.move_to(CLOSES + timedelta(days=day, seconds=1))
        tell_late()
    assert Notification.objects.filter(user__username="office_clerk").count() == 1


def test_of_an_archived_cycle_nobody_is_told(town, clock):
    Cycle.objects.update(state="archived")
    tell_opened()
    clock.move_to(CLOSES)
    tell_late()
    assert not Notification.objects.exists()


def test_who_left_is_told_nothing(town, mailoutbox):
    User.objects.update(is_active=False)
    send_digests()
    assert told("digest/") == set()


def test_a_mail_that_could_not_be_sent_is_in_the_log_and_keeps_nobody_elses_from_being_sent(
    town, mailoutbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    User.objects.filter(username="stranger").update(email="zhao@city.example")
    sent = telling.send_mail

    def fails(subject: str, body: str, sender: None, to: list[str]) -> int:
        if to == ["liu@city.example"]:
            raise SMTPException("no route")
        return sent(subject, body, sender, to)

    monkeypatch.setattr(telling, "send_mail", fails)
    with caplog.at_level(logging.ERROR, "desk.telling"):
        send_digests()
    assert told("digest/") == {"stranger", "liaison"}
    assert [mail.to for mail in mailoutbox] == [["zhao@city.example"]]
    assert "could not be sent" in caplog.text


def test_two_ticks_at_once_send_one_mail(town, mailoutbox, monkeypatch: pytest.MonkeyPatch):
    """The second begins before the first has said that it is done."""
    monkeypatch.setattr(telling, "beaten_on", lambda name, day: False)
    send_digests()
    send_digests()
    assert len(mailoutbox) == 1


def test_the_to_do_has_the_nearest_deadline_first_and_ends_with_the_work(town):
    liaison = User.objects.get(username="liaison")
    [task] = tasks_for(liaison)
    assert (task.what.zh[:5], task.standing.left, task.standing.closes) == ("报备责任人", 3, "2026-03-06 24:00")
    naming = filed(town)
    assert tasks_for(liaison) == []
    clerk = User.objects.get(username="office_clerk")
    assert [task.what.zh for task in tasks_for(clerk)] == ["审核 1 个单位的责任人报备"]
    town.step(naming, "return_naming", town.clerk, reason="有误")
    assert [task.what.zh for task in tasks_for(liaison)] == ["责任人报备被退回，请修改后重新提交"]
    assert tasks_for(clerk) == []


def test_work_waits_for_the_role_and_not_for_the_person(town):
    liaison = User.objects.get(username="liaison")
    liaison.memberships.update(active=False)
    assert tasks_for(User.objects.get(username="liaison")) == []
    successor = someone(Role.LIAISON, town.row.unit, "successor")
    assert len(tasks_for(successor.user)) == 1
