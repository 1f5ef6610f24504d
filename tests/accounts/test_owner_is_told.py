"""Nobody's account is taken over in silence: its owner is told, and who may do it depends on whose it is."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, TestCase
from django.urls import reverse

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Membership, Notification, Role, User
from evaluation.services.access import choose_password, issue_link, take_second_factor
from evaluation.services.people import keep_membership, keep_person
from evaluation.verdict import Refused
from tests.signing import say_again, with_app

OPERATOR = Actor("王工", "test")
NEW = "Another-horse-8"


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("zh", flat=True))


def by(people: dict[str, User], role: str) -> Actor:
    return Actor(f"某{role}", "test", people[role])


def with_a_factor(user: User) -> User:
    client = Client()
    client.force_login(user)
    with_app(client)
    return user


def test_the_owner_is_told_of_each_link_of_a_password_set_by_one_and_of_his_factor(people):
    user, other = with_a_factor(people[Role.LIAISON]), people[Role.UNIT_HEAD]
    issue_link(user, actor=OPERATOR)
    key = issue_link(user, actor=OPERATOR)
    choose_password(key, NEW, origin="test")
    take_second_factor(user, reason="手机丢失", actor=OPERATOR)
    links, links_again, password, factor = told(user)
    assert links == links_again
    assert "王工为您的账号发放了设定密码的一次性链接" in links
    assert "密码已用一次性链接设定" in password
    assert "王工撤销了您的双因素认证" in factor
    assert told(other) == []
    assert {one.path for one in Notification.objects.all()} == {reverse("mfa_index")}


@pytest.mark.parametrize("address", ["lihua@city.example", ""])
def test_he_gets_a_mail_where_he_has_an_address_and_only_once_it_is_done(people, mailoutbox, address):
    user = people[Role.LIAISON]
    User.objects.filter(pk=user.pk).update(email=address)
    with TestCase.captureOnCommitCallbacks(execute=True):
        key = issue_link(user, actor=OPERATOR)
        assert mailoutbox == []
    assert [one.to for one in mailoutbox] == ([[address]] if address else [])
    assert len(told(user)) == 1
    if address:
        assert "一次性链接" in mailoutbox[0].subject
        assert key not in mailoutbox[0].body


def test_what_was_refused_is_told_to_nobody(people):
    with pytest.raises(Refused):
        take_second_factor(people[Role.LIAISON], reason="没有", actor=OPERATOR)
    with pytest.raises(Refused):
        choose_password("x", NEW, origin="test")
    assert not Notification.objects.exists()


DECIDES = [Role.LEADER, Role.COMMISSION]


@pytest.mark.parametrize("role", [Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.SYSTEM, Role.SECURITY])
@pytest.mark.parametrize("whose", [*DECIDES, Role.LIAISON])
def test_no_clerk_issues_a_link_for_who_decides(people, client, role, whose):
    client.force_login(people[role])
    say_again(client, people[role])
    got = client.post(reverse("admin:evaluation_user_link", args=[people[whose].pk]))
    refused = role == Role.OFFICE_CLERK and whose in DECIDES
    assert got.status_code == (403 if refused else 200)
    page = client.get(reverse("admin:evaluation_user_change", args=[people[whose].pk])).content.decode()
    assert ("/link/" in page) is not refused
    if refused:
        assert "由绩效办主任或系统、安全管理员发放" in got.content.decode()
        assert AuditEntry.objects.latest("number").action == "refuse"


@pytest.mark.parametrize(("role", "may"), [(Role.SYSTEM, False), (Role.SECURITY, True)])
def test_the_auditor_is_administrated_by_the_security_administrator_alone(people, role, may):
    auditor, actor = with_a_factor(people[Role.AUDITOR]), by(people, role)
    held = Membership.objects.get(user=auditor)
    held.active = False
    acts = (
        lambda: issue_link(auditor, actor=actor),
        lambda: take_second_factor(auditor, reason="手机丢失", actor=actor),
        lambda: keep_person(User(pk=auditor.pk, is_active=False, username="auditor", name="x"), ["name"], actor=actor),
        lambda: keep_membership(held, ["active"], actor=actor),
    )
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(Refused, match="无权"):
                act()
    assert Authenticator.objects.filter(user=auditor).exists() is not may
    assert Membership.objects.get(user=auditor).active is not may


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.SECURITY])
def test_either_administrator_looks_after_the_other(people, role):
    other = people[Role.SECURITY if role == Role.SYSTEM else Role.SYSTEM]
    take_second_factor(with_a_factor(other), reason="手机丢失", actor=by(people, role))
    assert len(told(other)) == 1
