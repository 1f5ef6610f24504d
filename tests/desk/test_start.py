"""The frame of every page, seen from the door: languages, policy, nothing inline."""

import re

import pytest

from desk.selectors import years_for_user
from evaluation.models import Cycle, Role
from tests.little import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        (None, "zh-hans", "登录 · 政府绩效评估"),
        ("zh-CN,zh;q=0.9", "zh-hans", "登录 · 政府绩效评估"),
        ("fr", "zh-hans", "登录 · 政府绩效评估"),
        ("en-GB", "en", "Sign in · Government performance evaluation"),
    ],
)
def test_the_door_is_chinese_unless_the_reader_asks_for_english(client, asked, language, title):
    page = client.get("/sign-in/", headers={"Accept-Language": asked} if asked else {}).content.decode()
    assert f'<html lang="{language}">' in page
    assert f"<title>{title}</title>" in page


def test_whoever_has_not_signed_in_is_sent_to_the_door(client):
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/"


def test_the_language_is_switched_by_a_form_and_kept(client):
    response = client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert response["Location"] == "/sign-in/"
    assert '<html lang="en">' in client.get("/sign-in/").content.decode()
    assert client.get("/language/").status_code == 405


def test_the_language_switch_leads_to_no_other_site(client):
    response = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert response["Location"] == "/"


def test_q2_every_page_has_a_strict_policy_and_nothing_inline(client):
    response = client.get("/sign-in/")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", response.content.decode())


def test_special_evaluations_stand_after_the_one_that_they_belong_to():
    above = Cycle.objects.create(code="city-2025", title="综合", year=2025)
    for code in ("a-2025", "b-2025"):
        Cycle.objects.create(code=code, title=code, year=2025, parent=above, kind="special")
    Cycle.objects.create(code="z-2024", title="去年", year=2024)
    years = years_for_user(person(Role.OFFICE_CLERK))
    assert [(year, [card.cycle.code for card in cards]) for year, cards in years] == [
        (2025, ["city-2025", "a-2025", "b-2025"]),
        (2024, ["z-2024"]),
    ]


@pytest.mark.parametrize(("role", "led"), [(Role.OFFICE_CLERK, True), (Role.LEADER, False), (Role.AUDITOR, False)])
def test_the_office_is_led_from_a_cycle_to_its_steps(client, role: Role, led: bool):
    cycle = Cycle.objects.create(code="city-2025", title="综合", year=2025, state="running")
    client.force_login(person(role))
    assert (f"/admin/evaluation/cycle/{cycle.pk}/change/" in client.get("/").content.decode()) is led
