"""U2: what a password must be, by the setting, and that an old one opens nothing but the page that changes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config.passwords import DAYS, VALIDATORS
from evaluation.actor import Actor
from evaluation.models import AuditEntry, Role, User
from evaluation.services.access import issue_link
from tests.accounts.conftest import PASSWORD, answers

NEW = "Another-horse-8"


def complaints(password: str) -> list[str]:
    """The codes of what is wrong with a password of one whose user name is zhangsan."""
    try:
        validate_password(password, User(username="zhangsan", name="张三"))
    except ValidationError as wrong:
        return sorted(one.code for one in wrong.error_list)
    return []


@pytest.mark.parametrize(("password", "wrong"), [
    ("Correct-h0", []),  # ten characters of four kinds
    ("correct-h0", []),  # three kinds
    ("绩效评估CORRECT7", []),  # Chinese counts as other characters
    ("Correct-h", ["password_too_short"]),
    ("correcthorse7", ["password_kinds"]),
    ("绩效评估考核办公室二七2026", ["password_kinds"]),
    ("Zhangsan-1", ["password_too_similar"]),
    ("1234567890", ["password_kinds", "password_too_common"]),
])  # fmt: skip
def test_u2_the_graded_rule(settings, password, wrong):
    settings.AUTH_PASSWORD_VALIDATORS = VALIDATORS["graded"]
    assert complaints(password) == wrong


@pytest.mark.parametrize(("password", "wrong"), [
    ("correct horse", []),
    ("绩效评估考核办公室二零二六", []),
    ("correcthors", ["password_too_short"]),
    ("password1234", ["password_too_common"]),
    ("zhangsan-1234", ["password_too_similar"]),
])  # fmt: skip
def test_u2_the_modern_rule_counts_length_and_not_kinds(settings, password, wrong):
    settings.AUTH_PASSWORD_VALIDATORS = VALIDATORS["modern"]
    assert complaints(password) == wrong


def change(client, old: str = PASSWORD, new: str = NEW, again: str = ""):
    return client.post("/account/security/password/", {"oldpassword": old, "password1": new, "password2": again or new})


def test_u2_who_knows_the_old_password_changes_it_and_stays_signed_in(people, enter):
    client, before = enter(Role.LIAISON), timezone.now()
    other = enter(Role.LIAISON)
    assert change(client)["Location"] == reverse("mfa_index")
    user = User.objects.get(pk=people[Role.LIAISON].pk)
    assert user.check_password(NEW)
    assert before <= user.password_changed <= timezone.now()
    assert answers(client)
    assert not answers(other), "what was open elsewhere under the old password is closed"
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, entry.detail) == ("change_password", Role.LIAISON, "{}")


@pytest.mark.parametrize("sent", [{"old": "wrong"}, {"new": PASSWORD}, {"new": "short-7A"}, {"again": "Different-7x"}])
def test_u2_a_password_is_not_changed_without_the_old_one_or_into_a_bad_one(people, enter, sent):
    client = enter(Role.LIAISON)
    answer = change(client, **sent)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert User.objects.get(pk=people[Role.LIAISON].pk).check_password(PASSWORD)


def chosen(user: User, *, days: int) -> None:
    User.objects.filter(pk=user.pk).update(password_changed=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(
    "page", ["/", "/account/security/", "/account/security/app/", "/sign-in/again/", "/admin/", "/trail/"]
)
def test_u2_an_expired_password_opens_the_page_that_changes_it_and_nothing_else(people, enter, page):
    chosen(people[Role.OFFICE_HEAD], days=90)
    client = enter(Role.OFFICE_HEAD)
    assert client.get(page)["Location"] == "/account/security/password/"
    assert "密码已到期" in client.get("/account/security/password/").content.decode()
    change(client)
    assert answers(client)


def test_u2_a_password_of_89_days_is_good(people, enter):
    chosen(people[Role.OFFICE_HEAD], days=89)
    assert answers(enter(Role.OFFICE_HEAD))


def test_u2_one_of_whom_it_is_not_known_is_as_old_as_the_account(people, enter):
    User.objects.update(date_joined=timezone.now() - timedelta(days=91))
    assert not answers(enter(Role.LIAISON))


def test_u2_under_the_modern_rule_no_password_expires(settings, people, enter):
    settings.PASSWORD_DAYS = DAYS["modern"]
    chosen(people[Role.OFFICE_HEAD], days=9000)
    assert answers(enter(Role.OFFICE_HEAD))


def test_u2_whoever_has_no_password_here_is_told_so(people, client):
    user = people[Role.LIAISON]
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert answers(client)
    answer = client.get("/account/security/password/")
    assert answer.status_code == 403
    assert "在本系统没有密码" in answer.content.decode()


def test_u2_whoever_chooses_the_first_password_is_told_the_rules_before(people, client, settings):
    settings.AUTH_PASSWORD_VALIDATORS = VALIDATORS["graded"]
    key = issue_link(people[Role.LIAISON], actor=Actor("李华", "test"))
    assert (
        "密码须含大写字母、小写字母、数字、其他字符中的至少三类。"
        in client.get(f"/password/?key={key}").content.decode()
    )
