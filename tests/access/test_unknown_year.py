"""W6: a year whose notice is not entered answers "unknown" wherever a deadline of it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from evaluation.models import Cycle, Role, Window
from evaluation.services.windows import set_window
from tests.little import CLERK, little_cycle, person, unit_called

MONDAY = datetime(2028, 3, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SAID = {"zh-hans": "2028 年放假安排尚未录入", "en": "holidays of 2028 are not known yet"}


@pytest.fixture(autouse=True)
def _in_2028() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def cycle(db, tmp_path: Path) -> Cycle:
    found = little_cycle(tmp_path)
    Cycle.objects.update(year=2028)
    set_window(cycle=found, phase="naming", opens=MONDAY, days=10, kind="working", actor=CLERK)
    assert Window.objects.get().closes is None
    return found


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("page", ["start", "timetable", "naming", "namings"])
def test_w6_2028_is_unknown_on_every_page_that_shows_a_deadline(cycle: Cycle, page: str, language: str):
    client = Client()
    client.force_login(person(Role.OFFICE_CLERK) if page == "namings" else person(Role.LIAISON, of="县1"))
    client.post(reverse("language"), {"language": language})
    code = cycle.code
    arguments = {"timetable": [code], "namings": [code], "naming": [code, unit_called("县1").pk]}.get(page, [])
    assert SAID[language] in client.get(reverse(page, args=arguments)).content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "录入 2028 年放假安排"), ("en", "Enter the holidays of 2028")]
)
def test_w6_the_office_finds_the_missing_notice_among_its_to_do(cycle: Cycle, language: str, said: str):
    client = Client()
    client.force_login(person(Role.OFFICE_CLERK))
    client.post(reverse("language"), {"language": language})
    page = client.get(reverse("start")).content.decode()
    assert said in page
    assert reverse("calendar_enter") in page


def test_w6_the_year_itself_says_that_it_is_unknown(db):
    client = Client()
    client.force_login(person(Role.LEADER))
    page = client.get(reverse("calendar_year", args=[2028])).content.decode()
    assert "2028 年的放假通知还没有录入" in page
