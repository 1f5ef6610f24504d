"""D1: every address of the router that takes something leaves an entry; every other takes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from django.utils import timezone

from desk.admin import registers
from desk.admin.base import Kept
from evaluation.actor import Actor
from evaluation.calendar.notice import read_notice
from evaluation.models import (
    Acting,
    AuditEntry,
    AuditHead,
    Cycle,
    Membership,
    Naming,
    Role,
    Unit,
    User,
    Window,
    WorkingDay,
)  # fmt: skip
from evaluation.services.access import issue_link
from evaluation.services.calendar import print_of, stored_days
from evaluation.services.naming import PEOPLE
from indicators.services.schemes import load_scheme
from scoring.models import Run
from tests.desk.admin.forms import address, changed
from tests.desk.admin.test_admin_access import MODELS, admin_patterns, filled
from tests.desk.admin.test_admin_import import UNITS, brought_in
from tests.desk.admin.test_admin_writes import adds, changes
from tests.evaluation.evidence.files import pdf
from tests.little import SCHEME
from tests.migrations.rows import all_rows
from tests.notices import NOTICES
from tests.signing import code_now, with_app, with_key

PASSWORD = "足够长的Password2026"
KEPT = [model for model in MODELS if isinstance(registers._registry[model], Kept)]
IMPORTS = {
    Unit: UNITS + "D02,财政局,,,\n",
    Membership: "用户名,姓名,单位代码,角色\nlihua,李华,D01,liaison\n",
    WorkingDay: "day,works\n2026-10-01,否\n",
}


def name_of(model: type, what: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}"


def signing_in(city: SimpleNamespace, office: Client) -> None:
    user = city.people[Role.LIAISON]
    user.set_password(PASSWORD)
    user.save()
    Client().post(reverse("account_login"), {"login": user.username, "password": PASSWORD})


def clerk(city: SimpleNamespace) -> Client:
    """A browser of the clerk, who has a password of his own here."""
    user = city.people[Role.OFFICE_CLERK]
    user.set_password(PASSWORD)
    user.save()
    return signed_in(user)


def changing_password(city: SimpleNamespace, office: Client) -> None:
    sent = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}!", "password2": f"{PASSWORD}!"}
    clerk(city).post(reverse("account_change_password"), sent)


def asked_for_the_password(city: SimpleNamespace, office: Client) -> None:
    clerk(city).post(reverse("account_reauthenticate"), {"password": PASSWORD})


def asked_for_a_code(city: SimpleNamespace, office: Client) -> None:
    secret = with_app(office)
    office.post(reverse("mfa_reauthenticate"), {"code": code_now(secret)})


def asked_for_the_key(city: SimpleNamespace, office: Client) -> None:
    key, page = with_key(office), reverse("mfa_reauthenticate_webauthn")
    options = office.get(page).context["js_data"]["request_options"]
    office.post(page, {"credential": key.sign(options)})


def second_factor(city: SimpleNamespace, office: Client) -> None:
    secret, browser = with_app(clerk(city)), Client()
    browser.post(reverse("account_login"), {"login": Role.OFFICE_CLERK.value, "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})


def removing_app(city: SimpleNamespace, office: Client) -> None:
    with_app(office)
    office.post(reverse("mfa_deactivate_totp"))


def removing_key(city: SimpleNamespace, office: Client) -> None:
    with_key(office)
    office.post(reverse("mfa_remove_webauthn", args=[Authenticator.objects.get(type="webauthn").pk]))


def renewing_codes(city: SimpleNamespace, office: Client) -> None:
    with_app(office)
    office.post(reverse("mfa_generate_recovery_codes"))


def taking_second_factor(city: SimpleNamespace, office: Client) -> None:
    with_app(office)
    page = reverse("admin:evaluation_user_second_factor", args=[city.people[Role.OFFICE_CLERK].pk])
    signed_in(city.people[Role.SYSTEM]).post(page, {"reason": "手机丢失"})


def choosing(city: SimpleNamespace, office: Client) -> None:
    key = issue_link(city.people[Role.LIAISON], actor=Actor("x", "x"))
    sent = {"key": key, "new_password1": PASSWORD, "new_password2": PASSWORD}
    Client().post(reverse("choose_password"), sent)


def adding(model: type) -> Callable[[SimpleNamespace, Client], None]:
    return lambda city, office: office.post(address(model, "add"), adds(city)[model][0])


def changing(model: type) -> Callable[[SimpleNamespace, Client], None]:
    def change(city: SimpleNamespace, office: Client) -> None:
        [(row, (data, _, _))] = [case for case in changes(city).items() if type(case[0]) is model]
        changed(office, row, data)

    return change


def adopting(city: SimpleNamespace, office: Client) -> None:
    Run.objects.update(state="complete")
    Cycle.objects.update(state="scoring")
    office.post(address(Run, "step", city.run.pk, "adopt_run"))


def window_of(city: SimpleNamespace) -> Window:
    """Open now, for naming."""
    now = timezone.now()
    said = {"opens": now - timedelta(days=1), "closes": now + timedelta(days=5)}
    return Window.objects.get_or_create(cycle=city.cycle, phase="naming", defaults=said)[0]


def setting(office: Client) -> None:
    today = timezone.localdate()
    Cycle.objects.update(year=today.year)
    asked = {"opens": today.isoformat(), "days": "5", "kind": "calendar"}
    office.post(reverse("window", args=["c-2025", "naming"]), asked)


def planning(office: Client) -> None:
    """Of a cycle with a rule book that plans a window."""
    text = SCHEME.replace(
        "\n    sets:", "\n    timetable: [{phase: naming, opens: 01-15, days: 5, count: calendar}]\n    sets:"
    )
    [cycle] = load_scheme(text=text, file="little.yaml", year=timezone.localdate().year + 1, actor=Actor("x", "x"))
    office.post(reverse("plan_windows", args=[cycle.code]))


def extending(city: SimpleNamespace, office: Client) -> None:
    window_of(city)
    last = timezone.localdate() + timedelta(days=30)
    asked = {"unit": city.unit.pk, "last": last.isoformat(), "reason": "暴雨", "decision": ""}
    signed_in(city.people[Role.OFFICE_HEAD]).post(reverse("extend", args=["c-2025", "naming"]), asked)


def liaison_of(city: SimpleNamespace) -> Client:
    Membership.objects.create(user=city.people[Role.LIAISON], unit=city.unit, role=Role.LIAISON)
    return signed_in(city.people[Role.LIAISON])


def naming_people(city: SimpleNamespace, office: Client) -> None:
    window_of(city)
    said = dict.fromkeys(PEOPLE, "某人") | {"action": "save", "seen": ""}
    liaison_of(city).post(reverse("naming", args=["c-2025", city.evaluated.pk]), said)


def confirming_many(city: SimpleNamespace, office: Client) -> None:
    naming = Naming.objects.create(
        evaluated_unit=city.evaluated, state="submitted", **dict.fromkeys(PEOPLE, "某人")
    )  # fmt: skip
    asked = {"row": f"{naming.pk}:0", "action": "confirm_naming", "sure": "1"}
    office.post(reverse("namings", args=["c-2025"]), asked)


def handing_over(city: SimpleNamespace, office: Client) -> None:
    held = Membership.objects.get(user=city.people[Role.OFFICE_CLERK])
    day = timezone.localdate()
    deputy = city.people[Role.LIAISON].pk
    asked = {"membership": held.pk, "deputy": deputy, "first": day.isoformat(), "last": day.isoformat()}
    office.post(reverse("account"), asked)


def taking_back(city: SimpleNamespace, office: Client) -> None:
    handing_over(city, office)
    office.post(reverse("end_acting", args=[Acting.objects.get().pk]))


def entering(city: SimpleNamespace, office: Client) -> None:
    seen = print_of(stored_days(2026, read_notice(NOTICES[2026], 2026)))
    sent = {"year": "2026", "number": "甲", "text": NOTICES[2026], "seen": seen, "confirm": "1"}
    office.post(reverse("calendar_enter"), sent)


def laying_beside(city: SimpleNamespace, office: Client) -> None:
    office.post(reverse("decision", args=[city.decision.pk]), {"files": SimpleUploadedFile("纪要.pdf", pdf())})


def taking_away(city: SimpleNamespace, office: Client) -> None:
    laying_beside(city, office)
    file = city.decision.files.get()
    office.post(reverse("remove_file", args=[city.decision.pk, file.pk]), {"reason": "传错"})


WRITES: dict[str, Callable[[SimpleNamespace, Client], object]] = {
    "account": handing_over,
    "end_acting": taking_back,
    "notifications": lambda city, office: office.post(reverse("notifications")),
    "window": lambda city, office: setting(office),
    "plan_windows": lambda city, office: planning(office),
    "extend": extending,
    "decision": laying_beside,
    "remove_file": taking_away,
    "naming": naming_people,
    "namings": confirming_many,
    "account_login": signing_in,
    "account_logout": lambda city, office: office.post(reverse("account_logout")),
    "choose_password": choosing,
    "calendar_enter": entering,
    "account_change_password": changing_password,
    "account_reauthenticate": asked_for_the_password,
    "mfa_reauthenticate": asked_for_a_code,
    "mfa_reauthenticate_webauthn": asked_for_the_key,
    "mfa_authenticate": second_factor,
    "mfa_activate_totp": lambda city, office: with_app(office),
    "mfa_deactivate_totp": removing_app,
    "mfa_add_webauthn": lambda city, office: with_key(office),
    "mfa_remove_webauthn": removing_key,
    "mfa_generate_recovery_codes": renewing_codes,
    "admin:evaluation_user_second_factor": taking_second_factor,
    "admin:evaluation_user_link": lambda city, office: office.post(
        reverse("admin:evaluation_user_link", args=[city.people[Role.LIAISON].pk])
    ),
    name_of(Cycle, "step"): lambda city, office: office.post(address(Cycle, "step", city.cycle.pk, "begin_scoring")),
    name_of(Run, "step"): adopting,
    **{name_of(model, "add"): adding(model) for model in KEPT if registers._registry[model].adds},
    **{name_of(model, "change"): changing(model) for model in KEPT},
    **{
        name_of(model, "process_import"): lambda city, office, model=model: brought_in(office, model, IMPORTS[model])
        for model in IMPORTS
    },
}
BY = {
    **dict.fromkeys(("account_login", "choose_password", "naming"), Role.LIAISON),
    "extend": Role.OFFICE_HEAD,
    "admin:evaluation_user_second_factor": Role.SYSTEM,
}  # all others by the clerk
SAYS_ITSELF = {"choose_password", *(name for name in WRITES if name.startswith(("account_", "mfa_")))}  # secrets
NO_WRITE = {"language"}  # it stays in the reader's browser


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the router by name, filled in."""
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern) or pattern.namespace == "admin", f"nobody has thought of {pattern}"
        if isinstance(pattern, URLPattern):
            values = {
                "cycle": "c-2025", "category": "a", "unit": "1", "phase": "naming", "pk": "1", "year": "2026",
                "number": "1", "file": "1",
            }  # fmt: skip
            yield (
                str(pattern.name),
                reverse(str(pattern.name), kwargs={name: values[name] for name in pattern.pattern.regex.groupindex}),
            )
    yield from ((f"admin:{one.name}", filled(one)) for one in admin_patterns() if one.name)


@pytest.mark.parametrize("name", WRITES)
def test_d1_a_write_tells_when_who_from_where_and_what(city, office, name: str):
    before = timezone.now()
    WRITES[name](city, office)
    entry = AuditEntry.objects.latest("number")
    _, method, path = entry.origin.split(" ")
    assert (method, resolve(path).view_name) == ("POST", name)
    assert before <= entry.at <= timezone.now()
    assert entry.action != "refuse"
    assert entry.actor.username == BY.get(name, Role.OFFICE_CLERK)
    assert entry.object_key
    assert entry.detail != "{}" or name in SAYS_ITSELF


def test_d1_every_other_address_takes_nothing(city, office):
    others = {name: path for name, path in addresses() if name not in WRITES}
    assert WRITES.keys() < dict(addresses()).keys()
    for name, path in others.items():
        for client in (office, signed_in(city.people[Role.AUDITOR]), signed_in(city.people[Role.SYSTEM])):
            before = rows()
            got = client.post(path, {"name": "x", "state": "archived", "language": "en", "_save": "1"})
            assert rows() == before, name
            assert got.status_code in (403, 404, 405) or name in NO_WRITE or _reads(name), (name, got.status_code)


def _reads(name: str) -> bool:
    """Pages of Django's own that answer a POST as they answer a GET; an import shows what it would do."""
    return name.endswith(("_changelist", "_export", "_import", ":index", ":app_list", ":autocomplete", ":jsi18n"))


def rows() -> dict[str, list[str]]:
    """Everything but the trail, where refusals are kept."""
    trail = {model._meta.db_table for model in (AuditEntry, AuditHead)}
    return {table: kept for table, kept in all_rows().items() if table not in trail}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
