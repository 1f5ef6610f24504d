"""U6: before a weighty act the password or the second factor is asked for again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Acting, AuditEntry, Cycle, Extension, Membership, Role, User, Window
from evaluation.rules import STEPS, WEIGHTY
from evaluation.states import CycleState
from scoring.models import Run
from tests.accounts.conftest import PASSWORD
from tests.little import little_run, unit_called
from tests.signing import code_now, say_again, with_app

ASKS = "/sign-in/again/?next="
OF_THE_RESULT = {
    "propose", "score_again", "publicise", "confirm", "publish", "archive", "score", "adopt_run", "fail_run",
}  # fmt: skip


@pytest.fixture
def run(db, tmp_path: Path) -> Run:
    return little_run(tmp_path)


def page_of(row: Cycle | Run, action: str) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/steps/{action}/"


def asked(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(ASKS)


def test_u6_which_acts_are_weighty():
    assert WEIGHTY & STEPS.keys() == OF_THE_RESULT | {"extend_window"}
    assert WEIGHTY - STEPS.keys() == {"give_role", "issue_link", "take_second_factor"}


@pytest.mark.parametrize("action", STEPS)
def test_u6_a_weighty_step_asks_for_the_password_before_it_shows_itself_or_is_taken(run, enter, action):
    row = run if action in ("adopt_run", "fail_run") else run.cycle
    client, page, state = enter(Role.OFFICE_HEAD), page_of(row, action), row.state
    assert asked(client.get(page)) is (action in OF_THE_RESULT)
    if action in OF_THE_RESULT:
        assert asked(client.post(page, {"reason": "有误"}))
        row.refresh_from_db()
        assert row.state == state


def test_u6_after_the_password_the_person_is_back_and_takes_the_step(run, enter):
    Cycle.objects.update(state=CycleState.CONFIRMED)
    client, page = enter(Role.OFFICE_HEAD), page_of(run.cycle, "publish")
    door = client.get(client.get(page)["Location"])
    assert "请再次输入密码" in door.content.decode()
    assert door.context["redirect_field_value"] == page
    assert "密码不正确" in client.post("/sign-in/again/", {"password": "x", "next": page}).content.decode()
    assert asked(client.get(page))
    assert client.post("/sign-in/again/", {"password": PASSWORD, "next": page})["Location"] == page
    assert AuditEntry.objects.latest("number").action == "reauthenticate"
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 302
    assert Cycle.objects.get(pk=run.cycle.pk).state == CycleState.PUBLISHED


def test_u6_a_code_does_as_well(run, people, enter):
    first = Client()
    first.force_login(people[Role.OFFICE_HEAD])
    secret, client = with_app(first), enter(Role.OFFICE_HEAD)
    client.post(
        "/sign-in/second-factor/", {"code": first.get("/account/security/recovery-codes/").context["unused_codes"][0]}
    )
    page = page_of(run.cycle, "publish")
    assert asked(client.get(page)), "to have signed in with it is not enough"
    again = client.post("/sign-in/again/code/", {"code": code_now(secret), "next": page})
    assert again["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(("ago", "again"), [(590, False), (610, True)])
def test_u6_it_is_good_for_ten_minutes(run, people, client, ago, again):
    client.force_login(people[Role.OFFICE_HEAD])
    say_again(client, people[Role.OFFICE_HEAD], ago=ago)
    assert asked(client.get(page_of(run.cycle, "publish"))) is again


def test_u6_whoever_may_not_take_the_step_is_refused_and_not_asked(run, enter):
    assert enter(Role.OFFICE_CLERK).get(page_of(run.cycle, "publish")).status_code == 403


def test_u6_the_way_back_leads_to_no_other_site(enter):
    client = enter(Role.OFFICE_HEAD)
    got = client.post("/sign-in/again/", {"password": PASSWORD, "next": "https://evil.example/"})
    assert got["Location"] == "/"


def test_u6_giving_a_role_asks(people, enter):
    client, held = enter(Role.OFFICE_HEAD), Membership.objects.get(role=Role.LIAISON)
    sent = {"user": people["nobody"].pk, "unit": held.unit_id, "role": Role.LIAISON, "active": "on"}
    for name, args in (("add", []), ("change", [held.pk]), ("import", []), ("process_import", [])):
        page = reverse(f"admin:evaluation_membership_{name}", args=args)
        assert asked(client.post(page, sent)), name
        assert name == "process_import" or asked(client.get(page)), name
    assert not people["nobody"].memberships.exists()
    client.post("/sign-in/again/", {"password": PASSWORD})
    client.post(reverse("admin:evaluation_membership_add"), sent)
    assert people["nobody"].memberships.get().role == Role.LIAISON


def test_u6_a_one_time_link_asks_and_leads_back_to_the_person(people, enter):
    client, person = enter(Role.SYSTEM), people[Role.LIAISON]
    back = reverse("admin:evaluation_user_change", args=[person.pk])
    got = client.post(reverse("admin:evaluation_user_link", args=[person.pk]))
    assert got["Location"] == ASKS + back.replace("/", "%2F")
    assert not AuditEntry.objects.filter(action="issue_link").exists()
    assert client.post("/sign-in/again/", {"password": PASSWORD, "next": back})["Location"] == back
    assert client.post(reverse("admin:evaluation_user_link", args=[person.pk])).status_code == 200


def test_u6_taking_away_a_second_factor_asks(people, enter):
    page = reverse("admin:evaluation_user_second_factor", args=[people[Role.LIAISON].pk])
    assert asked(enter(Role.SYSTEM).post(page, {"reason": "遗失"}))


def extension(run: Run) -> dict[str, str]:
    now = timezone.now()
    Window.objects.create(cycle=run.cycle, phase="naming", opens=now, closes=now + timedelta(days=5))
    last = timezone.localdate() + timedelta(days=30)
    return {"unit": str(unit_called("县1").unit_id), "last": last.isoformat(), "reason": "暴雨", "decision": ""}


def test_u6_giving_a_unit_more_time_asks(run, enter):
    client, sent, page = enter(Role.OFFICE_HEAD), extension(run), reverse("extend", args=[run.cycle.code, "naming"])
    assert asked(client.get(page))
    assert asked(client.post(page, sent))
    assert not Extension.objects.exists()
    client.post("/sign-in/again/", {"password": PASSWORD})
    assert client.post(page, sent)["Location"] == reverse("timetable", args=[run.cycle.code])
    assert Extension.objects.count() == 1


@pytest.mark.parametrize(("role", "asks"), [(Role.OFFICE_HEAD, True), (Role.OFFICE_CLERK, True), (Role.LIAISON, False)])
def test_u6_handing_over_a_role_of_the_office_asks_and_keeps_what_was_entered(people, enter, role, asks):
    client, held, day = enter(role), Membership.objects.get(role=role), timezone.localdate().isoformat()
    sent = {"membership": str(held.pk), "deputy": str(people[Role.LEADER].pk), "first": day, "last": day}
    answer = client.post("/account/", sent)
    assert asked(answer) is asks
    assert Acting.objects.exists() is not asks
    if asks:
        back = client.get(answer["Location"]).context["redirect_field_value"]
        assert client.post("/sign-in/again/", {"password": PASSWORD, "next": back})["Location"] == back
        form = client.get(back).context["form"]
        assert {name: form[name].value() for name in form.fields} == sent
        assert client.post("/account/", sent)["Location"] == "/account/"
    assert Acting.objects.get().membership == held


def test_u6_handing_over_in_the_registers_asks(people, enter):
    client, held = enter(Role.OFFICE_HEAD), Membership.objects.get(role=Role.LIAISON)
    acting = Acting.objects.create(
        membership=held, deputy=people[Role.LEADER], by_name="x", since=timezone.now(),
        until=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    for name, args in (("add", []), ("change", [acting.pk])):
        page = reverse(f"admin:evaluation_acting_{name}", args=args)
        assert asked(client.get(page)), name
        assert asked(client.post(page, {"membership": held.pk, "deputy": people[Role.LEADER].pk})), name
    assert Acting.objects.count() == 1
    client.post("/sign-in/again/", {"password": PASSWORD})
    assert client.get(reverse("admin:evaluation_acting_add")).status_code == 200


def test_u6_other_registers_do_not_ask(people, enter):
    client = enter(Role.OFFICE_HEAD)
    for name in ("evaluation_unit_add", "evaluation_user_add", "evaluation_unit_import"):
        assert client.get(reverse(f"admin:{name}")).status_code == 200


def test_u6_whoever_has_nothing_to_be_asked_for_sets_it_up_first(run, people, client):
    """Signed in by the city's provider, without a password here and without a second factor."""
    user = User.objects.get(pk=people[Role.OFFICE_HEAD].pk)
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    say_again(client, user, ago=3600)
    assert client.get(page_of(run.cycle, "publish"))["Location"] == "/account/security/"
