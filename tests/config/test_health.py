"""Whether the process lives and can work, asked by a machine that has no account."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from desk.tick import DECIDED, tick
from evaluation.models import Heartbeat, Role
from tests.little import person

SECRETS = ("SECRET", "password", "postgres", "sqlite", "Traceback", "/tmp")


def test_the_process_lives_without_any_database(client, django_assert_num_queries):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert client.post("/healthz").status_code == 405


def test_it_is_ready_when_everything_is_there(client, db, settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "audit"
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "audit_heads": "ok"}
    assert list(settings.AUDIT_HEADS.iterdir()) == []
    assert client.head("/readyz").status_code == 200


def test_a_database_that_is_gone_is_named_and_nothing_more(client, db, monkeypatch):
    def gone(*args: object) -> None:
        raise OperationalError("connection to postgres://office:password@db failed")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "failed"
    assert not any(word in response.content.decode() for word in SECRETS)


def test_migrations_that_were_not_applied_are_counted(client, db):
    MigrationRecorder(connection).record_unapplied("evaluation", "0003_append_only")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "1 not applied")


def test_a_folder_for_the_heads_of_the_trail_that_cannot_be_written_is_named(client, db, settings, tmp_path):
    (tmp_path / "file").write_text("x")
    settings.AUDIT_HEADS = tmp_path / "file" / "audit"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["audit_heads"]) == (503, "failed")
    assert str(tmp_path) not in response.content.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/jobz"])
def test_the_machine_next_door_asks_without_https(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200
    assert client.get("/").status_code == 301


# The jobs of the clock.


@pytest.fixture
def alarmed(settings) -> None:
    settings.ADMINS_MAIL = ["a@city.example", "b@city.example"]


def silent_for(minutes: float) -> None:
    Heartbeat.objects.update_or_create(
        name=next(iter(DECIDED)).__name__, defaults={"at": timezone.now() - timedelta(minutes=minutes)}
    )


def test_c10_jobs_that_run_raise_no_alarm(client, db, alarmed, mailoutbox):
    assert client.get("/jobz").json() == {"status": "ok", "jobs": "ok"}  # watched from the first look on
    silent_for(9.9)
    assert client.get("/jobz").status_code == 200
    assert mailoutbox == []


def test_c10_a_silent_job_is_said_and_told_by_one_mail_for_each_silence(client, db, alarmed, mailoutbox, caplog):
    for silence in (1, 2):
        silent_for(10.1)
        for _ in range(3):
            response = client.get("/jobz")
            assert (response.status_code, response.json()["status"]) == (503, "not running")
            assert next(iter(DECIDED)).__name__ in response.json()["jobs"]
        assert len(mailoutbox) == silence
        assert mailoutbox[-1].to == ["a@city.example", "b@city.example"]
        assert "超过 10 分钟未响应：hand_over_silent_runs" in mailoutbox[-1].body
        assert caplog.text.count("scheduled jobs are silent") == silence
        tick()
        assert client.get("/jobz").status_code == 200


def test_c10_a_tick_that_never_ran_is_silent_after_its_grace_too(client, db, alarmed, mailoutbox, time_machine):
    assert client.get("/jobz").status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=10, seconds=5))
    assert client.get("/jobz").status_code == 503
    assert len(mailoutbox) == 1


def test_c10_an_alarm_that_could_not_be_sent_is_sent_by_the_next_who_looks(
    client, db, alarmed, mailoutbox, monkeypatch
):
    def refused(*args: object) -> None:
        raise SMTPException("no such host: mail.example")

    silent_for(60)
    with monkeypatch.context() as patch:
        patch.setattr("desk.alarm.send_mail", refused)
        response = client.get("/jobz")
    assert response.status_code == 503
    assert "mail.example" not in response.content.decode()
    client.get("/jobz")
    assert len(mailoutbox) == 1


def test_c10_without_administrators_the_log_is_told(client, db, mailoutbox, caplog):
    silent_for(60)
    client.get("/jobz")
    assert mailoutbox == []
    assert "scheduled jobs are silent" in caplog.text


def test_a_silent_tick_takes_no_process_out_of_service(client, db):
    silent_for(60)
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("role", "language", "words"),
    [
        (Role.SYSTEM, "zh-hans", ("正常", "不正常")),
        (Role.OFFICE_CLERK, "en", ("in order", "not in order")),
    ],
)
def test_c10_the_page_of_health_is_red_in_words(client, db, role: Role, language: str, words: tuple[str, str]):
    client.force_login(person(role))
    client.post("/language/", {"language": language})
    fine, wrong = (f'check-{kind}">{word}<' for kind, word in zip(("fine", "wrong"), words, strict=True))
    page = client.get("/health/").content.decode()
    assert (page.count(fine), page.count(wrong)) == (4, 0)
    silent_for(60)
    page = client.get("/health/").content.decode()
    assert (page.count(fine), page.count(wrong)) == (3, 1)
    assert "silent: hand_over_silent_runs" in page
