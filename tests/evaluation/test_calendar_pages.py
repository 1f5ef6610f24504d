"""The pages of the working calendar: a year to look at, a notice to be pasted, looked at and confirmed."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from evaluation.actor import Actor
from evaluation.calendar.notice import read_notice
from evaluation.calendar.year_picture import picture_of
from evaluation.models import AuditEntry, Role, WorkingDay
from evaluation.services.calendar import enter_notice
from tests.little import person
from tests.notices import NOTICES, NUMBERS

pytestmark = pytest.mark.django_db
ENTER = "/calendar/enter/"


@pytest.fixture
def entered() -> None:
    for year in NOTICES:
        days = read_notice(NOTICES[year], year)
        enter_notice(year=year, number=NUMBERS[year], days=days, actor=Actor("shell", "test"))


@pytest.fixture
def clerk() -> Client:
    return signed_in(Role.OFFICE_CLERK)


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def main_of(answer) -> str:
    return answer.content.decode().split("<main")[1]


def form(text: str, year: int = 2026, **more: str) -> dict[str, str]:
    return {"year": str(year), "number": NUMBERS[2026], "text": text, **more}


def hidden(page: str, name: str) -> str:
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


# A year.


@pytest.mark.parametrize(
    ("year", "working", "february"),
    [
        # weekdays of the year, less those off, and the weekend days worked
        (2024, 262 - 19 + 8, 21 - 5 + 2),
        (2025, 261 - 18 + 5, 20 - 2 + 1),
        (2026, 261 - 19 + 6, 20 - 6 + 2),
    ],
)
def test_the_picture_counts_the_working_days(entered, year: int, working: int, february: int):
    picture = picture_of(year, WorkingDay.objects.all(), date(2026, 5, 9))
    assert picture
    assert (picture.working, picture.months[1].working) == (working, february)
    assert picture.numbers == [NUMBERS[year]]


def test_the_picture_has_every_day_of_the_year_once_and_under_its_weekday(entered):
    picture = picture_of(2024, WorkingDay.objects.all(), date(2026, 5, 9))
    assert picture
    squares = [(at, one) for month in picture.months for week in month.weeks for at, one in enumerate(week) if one]
    assert [one.day for _, one in squares] == [date.fromordinal(date(2024, 1, 1).toordinal() + n) for n in range(366)]
    assert all(at == one.day.weekday() for at, one in squares)
    assert not any(one.today for _, one in squares)


def test_the_holidays_are_told_in_words_too(entered):
    picture = picture_of(2025, WorkingDay.objects.all(), date(2026, 5, 9))
    assert picture
    spring = picture.holidays[1]
    assert (spring.name, spring.days) == ("春节", 8)
    assert spring.off == [(date(2025, 1, 28), date(2025, 2, 4))]
    assert spring.worked == [date(2025, 1, 26), date(2025, 2, 8)]


@time_machine.travel("2026-05-09T01:00:00Z")
def test_everybody_sees_a_year_with_words_beside_the_colours_and_today(entered):
    page = main_of(signed_in(Role.COLLECTOR).get("/calendar/2026/"))
    assert '<td class="off" title="春节"><time datetime="2026-02-15">15</time><small>休</small></td>' in page
    assert 'class="worked today" title="劳动节" aria-current="date"><time datetime="2026-05-09">' in page
    assert page.count("aria-current") == 1
    assert '<td class="rest"><time datetime="2026-03-01">' in page
    assert '<td class=""><time datetime="2026-03-02">' in page
    assert "248 个工作日" in page
    assert 'href="/calendar/2025/"' in page
    assert 'href="/calendar/2027/"' in page
    assert ENTER not in page


def test_an_unknown_year_says_so_and_shows_no_days(clerk: Client, entered):
    page = main_of(clerk.get("/calendar/2028/"))
    assert "2028 年的放假通知还没有录入" in page
    assert "<td" not in page
    assert ENTER in page


def test_a_year_of_which_only_neighbours_name_a_day_is_unknown(clerk: Client):
    WorkingDay.objects.create(day=date(2026, 12, 31), works=False)
    assert "2026 年的放假通知还没有录入" in main_of(clerk.get("/calendar/2026/"))


@time_machine.travel("2026-12-31T16:30:00Z")
def test_the_menu_leads_to_the_year_that_it_is_in_shanghai():
    assert signed_in(Role.LEADER).get("/calendar/")["Location"] == "/calendar/2027/"


@pytest.mark.parametrize("year", ["1999", "2200", "0", "20260"])
def test_years_far_away_have_no_page(clerk: Client, year: str):
    assert clerk.get(f"/calendar/{year}/").status_code == 404


def test_the_first_and_the_last_year_have_no_neighbour_without_a_page(clerk: Client):
    assert 'rel="prev"' not in main_of(clerk.get("/calendar/2000/"))
    assert 'rel="next"' not in main_of(clerk.get("/calendar/2199/"))


# A notice.


def test_a_notice_is_looked_at_before_it_is_written(clerk: Client):
    page = main_of(clerk.post(ENTER, form(NOTICES[2026])))
    assert "从通知中读到" in page
    assert "2月15日（周日） – 2月23日（周一）" in re.sub("</?span[^>]*>", "", page)
    assert "全部 39 天都是新增的" in page
    assert not WorkingDay.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_confirmed_notice_is_written_and_shown(clerk: Client):
    page = main_of(clerk.post(ENTER, form(NOTICES[2026])))
    sent = form(NOTICES[2026], seen=hidden(page, "seen"), confirm="1")
    answer = clerk.post(ENTER, sent, follow=True)
    assert answer.redirect_chain == [("/calendar/2026/", 302)]
    assert main_of(answer).count("通知已录入。") == 1
    assert WorkingDay.objects.count() == 39
    assert AuditEntry.objects.get().actor_name == "某人"


def test_what_the_confirming_form_carries_is_the_notice_that_was_read(clerk: Client):
    page = main_of(clerk.post(ENTER, form(NOTICES[2026])))
    assert hidden(page, "year") == "2026"
    assert read_notice(hidden(page, "text"), 2026) == read_notice(NOTICES[2026], 2026)


def test_a_notice_with_problems_is_told_them_all_and_cannot_be_confirmed(clerk: Client):
    wrong = NOTICES[2026].replace("共9天", "共8天").replace("5月9日（周六）", "5月9日（周日）")
    page = main_of(clerk.post(ENTER, form(wrong, confirm="1", seen="")))
    assert "第 11 行：写的是共 8 天，日期算来是 9 天" in page
    assert "2026-05-09 是星期六，不是星期日" in page
    assert 'name="confirm"' not in page
    assert not WorkingDay.objects.exists()
    clerk.post("/language/", {"language": "en"})
    assert "Line 15: 2026-05-09 is a Saturday, not a Sunday" in main_of(clerk.post(ENTER, form(wrong)))


def test_a_correction_shows_only_what_becomes_different(clerk: Client, entered):
    page = main_of(clerk.post(ENTER, form(NOTICES[2026].replace("5月9日（周六）上班", "5月10日（周日）上班"))))
    changed = page.partition("与现有日历的差别")[2]
    assert "2026年5月9日" in changed
    assert "2026年5月10日" in changed
    assert "2026年5月1日" not in changed


def test_what_is_entered_already_needs_no_confirmation(clerk: Client, entered):
    page = main_of(clerk.post(ENTER, form(NOTICES[2026])))
    assert "没有差别" in page
    assert 'name="confirm"' not in page


def test_who_confirms_what_has_changed_meanwhile_is_shown_it_again(clerk: Client):
    page = main_of(clerk.post(ENTER, form(NOTICES[2026])))
    WorkingDay.objects.create(day=date(2026, 1, 1), works=False, notice="别人")
    again = clerk.post(ENTER, form(NOTICES[2026], seen=hidden(page, "seen"), confirm="1"))
    assert "别人已改动2026年的工作日历" in main_of(again)
    assert WorkingDay.objects.count() == 1
    assert AuditEntry.objects.get().action == "refuse"
    clerk.post(ENTER, form(NOTICES[2026], seen=hidden(main_of(again), "seen"), confirm="1"))
    assert WorkingDay.objects.count() == 39


def test_a_form_without_a_number_or_with_an_odd_year_says_so(clerk: Client):
    for sent in ({**form("x"), "number": " "}, {**form("x"), "year": "1"}, {**form("x"), "text": "x" * 20_001}):
        page = main_of(clerk.post(ENTER, sent))
        assert page.count('role="alert"') == 1


@time_machine.travel("2026-11-29T01:00:00Z")
def test_the_form_asks_for_the_next_year_that_is_not_known(entered):
    assert 'value="2027"' in main_of(signed_in(Role.OFFICE_HEAD).get(ENTER))


def test_only_the_office_enters_a_notice():
    auditor = signed_in(Role.AUDITOR)
    assert auditor.post(ENTER, form(NOTICES[2026], seen="", confirm="1")).status_code == 403
    assert not WorkingDay.objects.exists()
    assert reverse("calendar") in auditor.get("/").content.decode()
