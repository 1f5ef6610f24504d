"""Whether the process lives and can work, asked by a machine that has no account."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

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


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_machine_next_door_asks_without_https(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200
    assert client.get("/").status_code == 301
