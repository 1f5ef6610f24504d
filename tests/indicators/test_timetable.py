"""What a rule book plans becomes the windows of its cycle, once; what the office has set stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Cycle, Role, Window, WorkingDay
from evaluation.services.windows import set_window
from evaluation.verdict import Refused
from indicators.services.schemes import load_scheme
from indicators.services.timetable import planned_windows, set_planned_windows
from tests.little import CLERK, SCHEME, person

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
PLANNED = """
    timetable:
      - {phase: naming, opens: 03-02, days: 5, count: working}
      - {phase: self_assessment, opens: next 01-05, closes: next 03-31}
      - {phase: publicity, days: 5, count: working}
    sets:"""


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Before anything of the plan begins."""
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=ZONE), tick=False) as traveller:
        yield traveller


@pytest.fixture
def cycle() -> Cycle:
    text = SCHEME.replace("\n    sets:", PLANNED)
    [found] = load_scheme(text=text, file="little.yaml", year=2026, actor=CLERK)
    return found


def windows() -> dict[str, tuple[datetime, datetime | None]]:
    return {one.phase: (one.opens.astimezone(ZONE), one.closes and one.closes.astimezone(ZONE))
            for one in Window.objects.all()}  # fmt: skip


def test_the_plan_becomes_windows_and_what_has_a_length_alone_waits(cycle):
    """Monday 2 March 2026 is day 0; the fifth working day after it is Monday the 9th."""
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)
    set_planned_windows(cycle=cycle, actor=CLERK)
    assert windows() == {
        "naming": (datetime(2026, 3, 2, tzinfo=ZONE), datetime(2026, 3, 10, tzinfo=ZONE)),
        "self_assessment": (datetime(2027, 1, 5, tzinfo=ZONE), datetime(2027, 4, 1, tzinfo=ZONE)),
    }
    assert planned_windows(cycle) == []
    assert AuditEntry.objects.filter(action="set_window").count() == 2


def test_without_the_notice_the_end_is_unknown(cycle):
    set_planned_windows(cycle=cycle, actor=CLERK)
    assert windows()["naming"] == (datetime(2026, 3, 2, tzinfo=ZONE), None)


def test_what_the_office_has_set_stays(cycle):
    opens = datetime(2026, 5, 1, tzinfo=ZONE)
    set_window(cycle=cycle, phase="naming", opens=opens, days=3, actor=CLERK)
    set_planned_windows(cycle=cycle, actor=CLERK)
    assert windows()["naming"][0] == opens


def test_what_is_over_already_is_not_set(cycle, clock):
    """The last second of 9 March is the last of the fifth working day; the other window is ahead."""
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False)
    clock.move_to(datetime(2026, 3, 10, tzinfo=ZONE))
    set_planned_windows(cycle=cycle, actor=CLERK)
    assert windows().keys() == {"self_assessment"}


def test_who_has_no_role_sets_nothing(cycle):
    with pytest.raises(Refused, match="只能由"):
        set_planned_windows(cycle=cycle, actor=Actor("x", "test", person(Role.LEADER)))
    assert not Window.objects.exists()


def test_the_office_takes_the_plan_over_by_a_button_and_others_have_none(cycle, tmp_path: Path):
    address = reverse("plan_windows", args=[cycle.code])
    for role, status in ((Role.LEADER, 403), (Role.OFFICE_CLERK, 302)):
        client = Client()
        client.force_login(person(role))
        page = client.get(reverse("timetable", args=[cycle.code])).content.decode()
        assert (address in page) is (role == Role.OFFICE_CLERK)
        assert client.post(address).status_code == status
        assert Window.objects.exists() is (status == 302)
