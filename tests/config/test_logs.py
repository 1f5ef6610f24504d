"""Each line of the log names its request, and none names a secret."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils.functional import SimpleLazyObject

from config import urls
from config.logs import Context, Json, Line, RequestLog, logging_config, without_secrets
from evaluation.actor import Actor
from evaluation.models import Role, User
from evaluation.services.access import issue_link
from tests.little import person

ACTOR_PASSWORD = "correct Horse battery 7"


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the production log would say, whatever the logger."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json())
    handler.addFilter(Context())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def said(lines: StringIO) -> list[dict]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_gets_an_id_that_stands_in_the_response_and_in_each_line(client, db, lines):
    response = client.get("/nowhere-at-all/")
    told = said(lines)
    assert re.fullmatch("[0-9a-f]{32}", response["X-Request-ID"])
    assert {one["request_id"] for one in told} == {response["X-Request-ID"]}
    assert told[0].keys() == {"time", "level", "logger", "request_id", "user_id", "message"}
    assert "GET /nowhere-at-all/" in told[-1]["message"] or "GET /nowhere-at-all/" in told[0]["message"]


def test_the_id_of_a_proxy_is_kept(client, lines):
    given = "edge-01.2026_11_28-abc"
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given
    assert said(lines)[0]["request_id"] == given


@pytest.mark.parametrize(
    "odd", ["short", "x" * 65, "with blank in it", 'a"},{"level":"x', "abcdefgh\u4e2d", "-leading-dash"]
)
def test_an_id_that_is_none_is_not_taken_over(client, odd):
    assert client.get("/healthz", headers={"X-Request-ID": odd})["X-Request-ID"] != odd


def test_the_person_is_named_by_id(client, db, lines):
    user = person(Role.OFFICE_CLERK)
    client.force_login(user)
    client.get("/")
    assert said(lines)[-1]["user_id"] == user.pk


def test_a_line_in_the_log_is_one_line_whatever_is_in_it(lines):
    logging.getLogger("x").warning("first\nsecond \u4e2d")
    [line] = lines.getvalue().splitlines()
    assert json.loads(line)["message"] == "first\nsecond 中"


def broken(request):
    password, token = request.POST["password"], "deadbeef"
    raise ValueError(f"refused: password={password} token: {token}")


class WithAFault:
    urlpatterns = [*urls.urlpatterns, path("broken/", broken)]
    handler500 = "django.views.defaults.server_error"


@override_settings(ROOT_URLCONF=WithAFault)
def test_d5_an_error_is_logged_with_its_traceback_and_without_its_secrets(client, db, lines):
    client.raise_request_exception = False
    client.force_login(person(Role.OFFICE_CLERK))
    response = client.post("/broken/?token=t0ps3cret", {"password": ACTOR_PASSWORD})
    assert response.status_code == 500
    error = next(one for one in said(lines) if one["level"] == "ERROR")
    assert "ValueError" in error["traceback"]
    assert error["request_id"] == response["X-Request-ID"]
    for secret in (ACTOR_PASSWORD, "deadbeef", "t0ps3cret", client.cookies["sessionid"].value):
        assert secret not in lines.getvalue()


def test_d5_signing_in_choosing_a_password_and_failing_to_leave_no_secret(client, db, lines):
    user = person(Role.OFFICE_CLERK)
    key = issue_link(user, actor=Actor("x", "test"))
    client.get("/password/", {"key": key})
    client.post("/password/", {"key": key, "new_password1": ACTOR_PASSWORD, "new_password2": ACTOR_PASSWORD})
    client.post("/sign-in/", {"login": user.username, "password": "wrong-" + ACTOR_PASSWORD})
    client.post("/sign-in/?next=/&token=abc123", {"login": user.username, "password": ACTOR_PASSWORD})
    client.get("/", headers={"Authorization": "Bearer abc.def.ghi"})
    assert len(said(lines)) >= 5
    for secret in (key, ACTOR_PASSWORD, "abc123", "abc.def.ghi", client.cookies["sessionid"].value):
        assert secret not in lines.getvalue()


@pytest.mark.parametrize(("text", "left"), [
    ("password=abc", "password=***"),
    ("{'password': 'a b', 'x': 1}", "{'password': ***, 'x': 1}"),
    ("old_password1=abc&new_password2=d&x=1", "old_password1=***&new_password2=***&x=1"),
    ("/password/?key=eyJ.a:b-c_d HTTP/1.1", "/password/?key=*** HTTP/1.1"),
    ("Authorization: Bearer abc.def", "Authorization: ***"),
    ("Cookie: sessionid=abc; csrftoken=def", "Cookie: ***; csrftoken=***"),
    ("csrfmiddlewaretoken=abc", "csrfmiddlewaretoken=***"),
    ("postgres://office:pw@db/x", "postgres://***@db/x"),
    ("SECRET_KEY=abc", "SECRET_KEY=***"),
    ("Key (code)=(D01) already exists", "Key (code)=(D01) already exists"),
    ("单位 D01 的密钥", "单位 D01 的密钥"),
])  # fmt: skip
def test_d5_what_looks_like_a_secret_is_struck_out(text, left):
    assert without_secrets(text) == left


def test_the_local_log_can_be_read():
    record = logging.LogRecord("desk", logging.WARNING, "f", 1, "password=%s", ("abc",), None)
    Context().filter(record)
    assert re.fullmatch(r"[\d-]+ [\d:,]+ WARNING desk \[- -\] password=\*\*\*", Line().format(record))


def test_production_logs_json_and_the_development_server_no_query_strings():
    config = logging_config(json_lines=True)
    assert config["formatters"] == {"it": {"()": "config.logs.Json"}}
    assert config["loggers"]["django.server"] == {"handlers": ["nowhere"], "propagate": False}


def test_the_id_is_forgotten_after_the_request():
    RequestLog(lambda request: HttpResponse())(RequestFactory().get("/"))
    record = logging.LogRecord("desk", logging.INFO, "f", 1, "x", (), None)
    Context().filter(record)
    assert record.request_id == "-"


def test_nobody_is_asked_for_by_a_line_of_the_log(db, django_assert_num_queries):
    """The id of the person is told if it is known already; a line of the log makes no query."""
    request = RequestFactory().get("/")
    request.user = SimpleLazyObject(lambda: User.objects.get())
    record = logging.LogRecord("desk", logging.INFO, "f", 1, "x", (), None)
    record.request = request
    with django_assert_num_queries(0):
        Context().filter(record)
    assert record.user_id == "-"
