"""A1: every address of the router × every role × every state × one's own unit and another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from evaluation.models import AuditEntry, Cycle, Role, User, Window
from evaluation.states import CycleState
from scoring.models import Run
from scoring.rules import ORDER
from tests.little import CODE, person, unit_called

OWN, OTHER, ELSEWHERE = "县1", "县2", "局1"  # of one category, of another
S = CycleState
SEES_ALL_FROM = {
    Role.OFFICE_CLERK: S.DRAFTING,
    Role.OFFICE_HEAD: S.DRAFTING,
    Role.AUDITOR: S.DRAFTING,
    Role.LEADER: S.PROPOSED,
    Role.COMMISSION: S.PROPOSED,
}
OWN_FROM = {"sheet": S.PUBLICITY, "ranking": S.PUBLISHED, "beside": S.PUBLISHED}
SEES_HEALTH = {Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.SYSTEM}
SEES_RUNS = {Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.AUDITOR}
KEEPS_REGISTERS = {Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.SYSTEM, Role.SECURITY}
OPEN_TO_ALL = {
    "choose_password": 410,
    "healthz": 200,
    "readyz": 200,
    "jobz": 200,
}  # without a link there is no password to choose
OF_A_UNIT = {Role.LIAISON, Role.UNIT_HEAD}
SEES_CYCLES = {*SEES_ALL_FROM, *OF_A_UNIT}
OFFICE = {Role.OFFICE_CLERK, Role.OFFICE_HEAD}
LISTS = {*OFFICE, Role.AUDITOR}
BY_ROLE = {
    "admin": KEEPS_REGISTERS,
    "calendar_enter": OFFICE,
    "health": SEES_HEALTH,
    "run": SEES_RUNS,
    "trail": {Role.AUDITOR},
    **{name: {*SEES_ALL_FROM} for name in ("decisions", "decision", "decision_file")},
}
OF_THE_CYCLE = {
    "timetable": SEES_CYCLES,
    "namings": LISTS,
    "naming": LISTS | OF_A_UNIT,
    "window": OFFICE,
    "extend": {Role.OFFICE_HEAD},
}
OF_ONES_ACCOUNT = {
    "mfa_index": 200, "account_change_password": 200, "account_reauthenticate": 200,
    "mfa_activate_totp": 200, "mfa_add_webauthn": 200, "mfa_generate_recovery_codes": 200,
    "mfa_authenticate": 302, "mfa_reauthenticate": 302, "mfa_reauthenticate_webauthn": 302,
    "mfa_deactivate_totp": 404, "mfa_view_recovery_codes": 404, "mfa_remove_webauthn": 404,
}  # for everybody his own, whatever his role: without a second factor there is none to show or to remove  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """An address with what stands in it: about one's own unit or category, or about those of others."""

    name: str
    own: bool
    path: str


def addresses() -> Iterator[Asked]:
    """Every address of the router, filled in; one that nobody has thought of fails here."""
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "namespace", "") == "admin":  # what is behind its door: tests/desk/admin
            yield Asked("admin", True, reverse("admin:index"))
            continue
        assert isinstance(pattern, URLPattern), f"included addresses need a rule here: {pattern}"
        yield from FILLED[str(pattern.name)]()


def _plain(name: str):
    return lambda: [Asked(name, True, reverse(name))]


def _of_category(name: str):
    return lambda: [
        Asked(name, own, reverse(name, args=[CODE, code])) for own, code in ((True, "county"), (False, "office"))
    ]


def _of_unit(name: str):
    return lambda: [
        Asked(name, unit == OWN, reverse(name, args=[CODE, unit_called(unit).pk])) for unit in (OWN, OTHER, ELSEWHERE)
    ]


def _of_cycle(name: str):
    return lambda: [Asked(name, True, reverse(name, args=[CODE]))]


def _of_phase(name: str):
    return lambda: [Asked(name, True, reverse(name, args=[CODE, "naming"]))]


def _actings() -> Iterator[tuple[bool, int]]:
    """One that is nobody's of those who ask."""
    yield False, 1


def _of_decision(name: str, *more: int):
    return lambda: [Asked(name, True, reverse(name, args=[1, *more]))]


FILLED = {
    **{name: _plain(name) for name in ("start", "account_login", "account_logout", "language", "trail")},
    **{name: _plain(name) for name in ("account", "notifications")},
    **{name: _of_cycle(name) for name in ("timetable", "namings", "plan_windows")},
    **{name: _of_phase(name) for name in ("window", "extend")},
    "end_acting": lambda: [Asked("end_acting", own, reverse("end_acting", args=[pk])) for own, pk in _actings()],
    "naming": _of_unit("naming"),
    **{name: _plain(name) for name in ("choose_password", "healthz", "readyz", "calendar", "calendar_enter")},
    "calendar_year": lambda: [Asked("calendar_year", True, reverse("calendar_year", args=[2026]))],
    **{name: _plain(name) for name in ("jobz", "health")},
    "decisions": _plain("decisions"),
    "decision": _of_decision("decision"),
    **{name: _of_decision(name, 1) for name in ("decision_file", "remove_file")},
    "run": lambda: [Asked("run", True, reverse("run", args=[CODE, 1]))],
    **{name: _plain(name) for name in OF_ONES_ACCOUNT if name != "mfa_remove_webauthn"},
    "mfa_remove_webauthn": lambda: [Asked("mfa_remove_webauthn", False, reverse("mfa_remove_webauthn", args=[1]))],
    "ranking": _of_category("ranking"),
    "sheet": _of_unit("sheet"),
    "beside": _of_unit("beside"),
}


def wanted(asked: Asked, role: Role | None, state: CycleState) -> int:
    """The answer that a person of a role should get by GET."""
    if asked.name in OF_THE_CYCLE:
        own = asked.own or role not in OF_A_UNIT
        return 200 if own and role in OF_THE_CYCLE[asked.name] else 403
    fixed = {
        **dict.fromkeys(("start", "account", "notifications", "account_logout"), 200), "account_login": 302,
        "calendar": 302, "calendar_year": 200, **OPEN_TO_ALL, **OF_ONES_ACCOUNT,
        **dict.fromkeys(("language", "end_acting", "plan_windows", "remove_file"), 405),
    }  # fmt: skip
    if asked.name in fixed:
        return fixed[asked.name]
    if asked.name in BY_ROLE:
        return 200 if role in BY_ROLE[asked.name] else 403
    if role in SEES_ALL_FROM:
        return 200 if ORDER.index(state) >= ORDER.index(SEES_ALL_FROM[role]) else 403
    if role in OF_A_UNIT and asked.own:
        return 200 if ORDER.index(state) >= ORDER.index(OWN_FROM[asked.name]) else 403
    return 403


def open_window(cycle: Cycle) -> None:
    now = timezone.now()
    Window.objects.create(cycle=cycle, phase="naming", opens=now, closes=now + timedelta(days=5))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_a1_every_address_answers_each_role_as_the_rules_say(run: Run, role: Role | None):
    client = signed_in(person(role, of=OWN if role in OF_A_UNIT else ""))
    open_window(run.cycle)
    for state in ORDER:
        Cycle.objects.update(state=state)
        for asked in addresses():
            got = client.get(asked.path)
            assert got.status_code == wanted(asked, role, state), (asked, state)
            assert "no-store" in got["Cache-Control"]
            if got.status_code == 403:
                said = got.content.decode().split("<main")[1]  # the frame repeats the address
                assert not any(name in said for name in (OTHER, ELSEWHERE, CODE)), asked


def test_a1_whoever_has_not_signed_in_sees_the_door_alone(run: Run):
    for asked in addresses():
        got = Client().get(asked.path)
        if asked.name not in ("account_login", "language", *OPEN_TO_ALL):
            assert got.status_code == 302
            assert got["Location"].startswith("/sign-in/"), asked


def test_a1_a_superuser_of_the_framework_is_in_no_role(run: Run):
    user = person(None)
    User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    client = signed_in(User.objects.get(pk=user.pk))
    assert client.get(reverse("ranking", args=[CODE, "county"])).status_code == 403
    assert client.get(reverse("trail")).status_code == 403


@pytest.mark.parametrize("page", ["sheet", "beside"])
def test_a1_a_unit_of_others_and_one_that_there_is_not_get_the_same_answer(run: Run, page: str):
    Cycle.objects.update(state=S.PUBLISHED)
    client = signed_in(person(Role.LIAISON, of=OWN))
    answers = [client.get(f"/cycles/{CODE}/units/{pk}/{'beside/' if page == 'beside' else ''}")
               for pk in (unit_called(OTHER).pk, 10**6, 10**18 - 1)]  # fmt: skip
    pages = [answer.content.decode().split("<main")[1] for answer in answers]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("address", ["/cycles/nothing-2025/rankings/county/", f"/cycles/{CODE}/rankings/nothing/",
                                     f"/cycles/{CODE}/units/999999/", f"/cycles/{CODE}/units/{10**30}/",
                                     f"/cycles/{CODE}/runs/2/"])  # fmt: skip
def test_what_there_is_not_is_not_found(run: Run, address: str):
    got = signed_in(person(Role.OFFICE_HEAD)).get(address)
    assert got.status_code == 404
    assert "没有这个页面" in got.content.decode()


def test_a1_a_cycle_in_which_the_unit_takes_no_part_does_not_exist_for_its_people(run: Run):
    Cycle.objects.create(code="other-2025", title="别的考评", year=2025, state=S.PUBLISHED)
    client = signed_in(person(Role.LIAISON, of=OWN))
    assert client.get("/cycles/other-2025/rankings/county/").status_code == 404
    assert "别的考评" not in client.get("/").content.decode()


def test_a1_the_ranking_of_a_unit_has_links_to_its_own_sheet_alone(run: Run):
    Cycle.objects.update(state=S.PUBLISHED)
    page = signed_in(person(Role.UNIT_HEAD, of=OWN)).get(reverse("ranking", args=[CODE, "county"])).content.decode()
    assert reverse("sheet", args=[CODE, unit_called(OWN).pk]) in page
    assert reverse("sheet", args=[CODE, unit_called(OTHER).pk]) not in page
    assert "部门" not in page


def test_a1_before_publication_a_sheet_tells_nothing_of_the_points_of_others(run: Run):
    """The second of its category, short of a seat: how far is another unit's total."""
    Cycle.objects.update(state=S.PUBLICITY)
    page = signed_in(person(Role.LIAISON, of=OTHER)).get(reverse("sheet", args=[CODE, unit_called(OTHER).pk]))
    assert OWN not in page.content.decode()
    assert "名额末位" not in page.content.decode()


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "只能查看本单位的得分表"), ("en", "only your own unit")])
def test_a_refusal_says_why_in_the_language_of_the_reader_and_stands_in_the_trail(run: Run, language: str, said: str):
    Cycle.objects.update(state=S.PUBLICITY)
    client = signed_in(person(Role.LIAISON, of=OWN))
    client.post("/language/", {"language": language})
    got = client.get(reverse("sheet", args=[CODE, unit_called(OTHER).pk]))
    assert said in got.content.decode()
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_key, entry.actor_name) == ("refuse", CODE, "某人")
    assert "只能查看本单位的得分表" in entry.detail
