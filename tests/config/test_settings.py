"""What the environment decides, and that production is refused until it is complete."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import BASE_DIR, DEFAULTS, LOOPBACK_HOSTS, Environment, read_environment

KEY = "k3Yq-7vRz_Lw2uHc9TgBn5MxPd8SfJa1EoWi6KtZr4NyVb0QmXj"
PRODUCTION = {"DEBUG": "false", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "jx.city.example"}


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **DEFAULTS, **variables, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_set_is_the_local_mode_on_sqlite_in_chinese():
    environment = read_environment({})
    assert environment.debug is True
    assert environment.allowed_hosts == list(LOOPBACK_HOSTS)
    assert environment.database_url["NAME"] == str(BASE_DIR / "var" / "db.sqlite3")
    assert "journal_mode=WAL" in environment.database_url["OPTIONS"]["init_command"]
    assert environment.audit_heads == BASE_DIR / "var" / "audit"
    assert environment.files == BASE_DIR / "var" / "files"
    assert environment.language_code == "zh-hans"


def test_production_takes_what_it_is_given():
    given = PRODUCTION | {"ALLOWED_HOSTS": "a.example, b.example", "LANGUAGE_CODE": "en"}
    environment = read_environment(given | {"DATABASE_URL": "postgres://office:pw@db.example:5433/evaluation"})
    assert environment.debug is False
    assert environment.secret_key == KEY
    assert environment.allowed_hosts == ["a.example", "b.example"]
    assert environment.database_url["ENGINE"] == "django.db.backends.postgresql"
    assert environment.database_url["PORT"] == 5433
    assert environment.language_code == "en"


def test_jobs_and_mail_as_they_are_given():
    mail = {"EMAIL_URL": "smtp+tls://office:pw@mail.example:587", "ADMINS_MAIL": "a@city.example, b@city.example"}
    environment = read_environment(mail | {"REDIS_URL": "redis://127.0.0.1:6379/3", "TICK_GRACE_MINUTES": "5"})
    assert environment.redis_url == "redis://127.0.0.1:6379/3"
    assert (environment.run_grace_minutes, environment.tick_grace_minutes) == (10, 5)
    assert environment.admins_mail == ["a@city.example", "b@city.example"]
    assert (environment.email_url["EMAIL_HOST"], environment.email_url["EMAIL_USE_TLS"]) == ("mail.example", True)


def test_an_absolute_sqlite_path_stays_absolute():
    assert read_environment({"DATABASE_URL": "sqlite:////srv/e.db"}).database_url["NAME"] == "/srv/e.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", ""),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", KEY[:49]),
        ("SECRET_KEY", "ab" * 30),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "oops"),
        ("DATABASE_URL", "mysql://a/b"),
        ("DATABASE_URL", "postgres://host"),
        ("DATABASE_URL", "postgres://host:port/name"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("AUDIT_HEADS", ""),
        ("FILES", ""),
        ("BEHIND_PROXY", "perhaps"),
        ("LANGUAGE_CODE", "fr"),
        ("REDIS_URL", "amqp://host"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("RUN_GRACE_MINUTES", "0"),
        ("RUN_GRACE_MINUTES", "１０"),
        ("TICK_GRACE_MINUTES", "-1"),
        ("TICK_GRACE_MINUTES", "1441"),
        ("ADMINS_MAIL", "a@city.example, nobody"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "dummymail://"),
        ("EMAIL_FROM", "nobody"),
        ("SECOND_FACTOR", "sometimes"),
        ("PASSWORD_RULE", "none"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_IDLE_MINUTES", "1441"),
        ("SESSION_IDLE_MINUTES", "half"),
        ("SESSION_HOURS", "-1"),
        ("SESSION_HOURS", "25"),
        ("SESSION_HOURS", ""),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_never_shown(name, value):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_environment(PRODUCTION | {name: value})
    first, *problems = str(refusal.value).splitlines()
    assert ".env.example" in first
    assert [problem.split()[0] for problem in problems] == [name]
    assert KEY[:49] not in str(refusal.value)


def test_every_problem_is_named_at_once():
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_environment({"DEBUG": "false", "DATABASE_URL": "x", "LANGUAGE_CODE": "x"})
    named = [problem.split()[0] for problem in str(refusal.value).splitlines()[1:]]
    assert named == ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "LANGUAGE_CODE"]


OIDC = {"OIDC_NAME": "市统一认证", "OIDC_URL": "https://id.city.example/realm",
        "OIDC_CLIENT_ID": "evaluation", "OIDC_CLIENT_SECRET": "abc"}  # fmt: skip


@pytest.mark.parametrize("missing", OIDC)
def test_the_provider_needs_all_of_its_variables_or_none(missing):
    assert read_environment(PRODUCTION | OIDC).oidc_url == "https://id.city.example/realm"
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_environment(PRODUCTION | OIDC | {missing: ""})
    assert [line.split()[0] for line in str(refusal.value).splitlines()[1:]] == [missing]


@pytest.mark.parametrize("url", ["http://id.city.example", "http://127.0.0.1:8080", "id.city.example"])
def test_the_secret_of_the_provider_goes_over_https_alone(url):
    with pytest.raises(ImproperlyConfigured, match="OIDC_URL must begin with https"):
        read_environment(PRODUCTION | OIDC | {"OIDC_URL": url})


def test_the_policy_lets_a_form_lead_to_the_provider_and_nowhere_else():
    show = "from config import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    assert run("-c", show, **PRODUCTION, **OIDC).stdout.strip() == """["'self'", 'https://id.city.example']"""


@pytest.mark.parametrize(
    ("given", "required"),
    [({}, False), (PRODUCTION, True), ({"SECOND_FACTOR": "required"}, True),
     (PRODUCTION | {"SECOND_FACTOR": "optional"}, False)],
)  # fmt: skip
def test_u5_production_asks_for_a_second_factor_unless_told_otherwise(given, required):
    assert read_environment(given).second_factor is required


def test_the_local_mode_is_not_opened_to_other_hosts():
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        read_environment({"DEBUG": "true", "ALLOWED_HOSTS": "jx.city.example"})


def test_the_example_file_lists_every_variable_with_its_default():
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    assert dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE)) == DEFAULTS
    assert [field.name.upper() for field in fields(Environment)] == list(DEFAULTS)


def test_the_environment_is_read_in_one_place():
    readers = [
        path.name
        for path in (BASE_DIR / "config").glob("*.py")
        if re.search(r"os\.environ\b(?!\.setdefault)|getenv", path.read_text())
    ]
    assert sorted(readers) == ["environment.py", "settings.py"]


def test_a_command_with_incomplete_production_settings_stops_and_says_why():
    outcome = run("manage.py", "check", DEBUG="false")
    assert outcome.returncode != 0
    assert "SECRET_KEY" in outcome.stderr
    assert "ALLOWED_HOSTS" in outcome.stderr


def test_q1_deploy_check_is_clean_under_production_settings():
    outcome = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(("variables", "starts"), [({}, False), (PRODUCTION, True)])
def test_the_production_server_does_not_start_in_the_local_mode(variables, starts):
    outcome = run("-c", "import config.wsgi", **variables)
    assert (outcome.returncode == 0) is starts, outcome.stderr
    assert ("DEBUG is on" in outcome.stderr) is not starts


def test_times_are_aware_and_shown_as_in_shanghai(settings):
    assert settings.USE_TZ is True
    assert settings.TIME_ZONE == "Asia/Shanghai"


def test_the_content_security_policy_is_exactly_the_one_decided(settings):
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] == {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
