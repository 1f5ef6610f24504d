"""C11: a backup comes back in an empty installation, hash for hash; anything else is refused and touches nothing."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command

from evaluation.backup.sealed import HEAD, PIECE
from tests.installation import KEY, Installation, on_sqlite

pytestmark = pytest.mark.timeout(300)  # many processes, one after the other
STATE = """
from evaluation.models import AuditEntry
from scoring.models import Run, ScoreSheet
print(AuditEntry.objects.latest("number").action)
for entry in AuditEntry.objects.exclude(action__endswith="_backup").order_by("number"): print(entry.number, entry.hash)
for run in Run.objects.order_by("pk"): print(run.pk, run, run.state, run.result)
for sheet in ScoreSheet.objects.order_by("pk"): print(sheet.unit_code, sheet.hash)
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The little city on SQLite. Only backed up."""
    return on_sqlite(tmp_path_factory.mktemp("city")).with_the_little_city()


@pytest.fixture(scope="module")
def backup(city: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the city. Not to be changed."""
    return backed_up(city, tmp_path_factory.mktemp("backup"))


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """An installation of which nothing is there yet."""
    (tmp_path / "empty").mkdir()
    return on_sqlite(tmp_path / "empty")


def backed_up(here: Installation, folder: Path) -> Path:
    out = folder / "city.backup"
    done = here.manage("backup", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert f"SHA-256 {sha256(out.read_bytes()).hexdigest()}" in done.stdout
    assert [file.name for file in folder.iterdir()] == [out.name]
    assert out.stat().st_mode & 0o777 == 0o600
    return out


def restored(backup: Path, here: Installation) -> None:
    done = here.manage("restore", str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert "the audit trail is whole, 2 files are as in the backup, scoring 1 adopted runs again" in done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_as_it_was(there: Installation, here: Installation) -> None:
    now, was = there.ask(STATE).splitlines(), here.ask(STATE).splitlines()
    assert (now[0], was[0]) == ("restore_backup", "make_backup")
    assert now[1:] == was[1:]
    assert "1 little-2025 #1 adopted" in "\n".join(now)
    assert len(contents(here.files)) == 2
    assert contents(there.files) == contents(here.files)
    for check in (("verify_audit",), ("verify_run", "1")):
        verified = there.manage(*check)
        assert (verified.returncode, verified.stderr) == (0, "")


def test_c11_a_backup_comes_back_on_sqlite(city: Installation, backup: Path, empty: Installation):
    restored(backup, empty)
    is_as_it_was(empty, city)
    refused(empty, backup, "is not empty")


def test_c11_it_comes_back_where_the_tables_are_there_already_and_empty(backup: Path, empty: Installation):
    assert empty.manage("migrate", "--verbosity", "0").returncode == 0
    restored(backup, empty)


# The same on PostgreSQL.


@contextmanager
def on_postgres(folder: Path) -> Iterator[Installation]:
    """An empty database of its own on the server of the tests, gone afterwards."""
    given = settings.DATABASES["default"]
    given = given if given["ENGINE"].endswith("postgresql") else {}
    user, password = given.get("USER") or "postgres", given.get("PASSWORD") or ""
    host, port = given.get("HOST") or "127.0.0.1", given.get("PORT") or 5432
    name = f"backup_{os.getpid()}_{folder.name}"

    def run(sql: str) -> None:
        with closing(psycopg2.connect(dbname="postgres", user=user, password=password, host=host, port=port)) as server:
            server.autocommit = True
            server.cursor().execute(sql)

    run(f"CREATE DATABASE {name}")
    try:
        folder.mkdir()
        yield Installation(folder, f"postgres://{user}:{password}@{host}:{port}/{name}")
    finally:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def postgres_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The little city on PostgreSQL. Only backed up."""
    with on_postgres(tmp_path_factory.mktemp("postgres") / "here") as one:
        yield one.with_the_little_city()


@pytest.fixture(scope="module")
def postgres_backup(postgres_city: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it. Not to be changed."""
    return backed_up(postgres_city, tmp_path_factory.mktemp("backup"))


@pytest.fixture
def postgres_empty(tmp_path: Path) -> Iterator[Installation]:
    """Where nothing is yet."""
    with on_postgres(tmp_path / "there") as one:
        yield one


@pytest.mark.postgres
def test_c11_a_backup_comes_back_on_postgresql(
    postgres_city: Installation, postgres_backup: Path, postgres_empty: Installation
):
    restored(postgres_backup, postgres_empty)
    is_as_it_was(postgres_empty, postgres_city)
    refused(postgres_empty, postgres_backup, "is not empty")


@pytest.mark.postgres
def test_c11_it_comes_back_where_the_tables_of_postgresql_are_there_already_and_empty(
    postgres_backup: Path, postgres_empty: Installation
):
    assert postgres_empty.manage("migrate", "--verbosity", "0").returncode == 0
    restored(postgres_backup, postgres_empty)


@pytest.mark.postgres
def test_a_backup_does_not_cross_from_one_database_to_the_other(
    backup: Path, postgres_backup: Path, empty: Installation, postgres_empty: Installation
):
    refused(postgres_empty, backup, "the backup is of sqlite, the database here is postgresql")
    refused(empty, postgres_backup, "the backup is of postgresql, the database here is sqlite")


@pytest.mark.postgres
def test_a_machine_without_the_tools_of_postgresql_is_told_so_and_nothing_is_left(
    postgres_city: Installation, postgres_backup: Path, postgres_empty: Installation, tmp_path: Path
):
    done = postgres_city.manage("backup", str(tmp_path / "one.backup"), PATH="")
    assert (done.returncode, "pg_dump is not on this machine" in done.stderr) == (1, True)
    assert not list(tmp_path.glob("*one.backup*"))
    done = postgres_empty.manage("restore", str(postgres_backup), PATH="")
    assert (done.returncode, "pg_restore is not on this machine" in done.stderr) == (1, True)
    assert contents(postgres_empty.folder) == {}


@pytest.mark.postgres
def test_tools_of_postgresql_that_fail_half_way_leave_nothing(
    postgres_city: Installation, postgres_backup: Path, postgres_empty: Installation, tmp_path: Path
):
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (tools / name).write_text("#!/bin/sh\necho half\necho the server is gone >&2\nexit 1\n")
        (tools / name).chmod(0o755)
    done = postgres_city.manage("backup", str(tmp_path / "one.backup"), PATH=str(tools))
    assert (done.returncode, "pg_dump has failed: the server is gone" in done.stderr) == (1, True)
    assert not list(tmp_path.glob("*one.backup*"))
    done = postgres_empty.manage("restore", str(postgres_backup), PATH=str(tools))
    assert (done.returncode, "pg_restore has failed: the server is gone" in done.stderr) == (1, True)
    assert contents(postgres_empty.folder) == {}


# Refused, and nothing is touched.


def refused(here: Installation, backup: Path, why: str, **told: str) -> None:
    before = sorted(here.folder.rglob("*"))
    done = here.manage("restore", str(backup), **told)
    assert done.returncode == 1
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert KEY not in done.stderr
    assert sorted(here.folder.rglob("*")) == before


def changed(backup: Path, folder: Path, content: bytes) -> Path:
    other = folder / "changed.backup"
    other.write_bytes(content)
    assert content != backup.read_bytes()
    return other


def test_another_key_or_none_restores_nothing(backup: Path, empty: Installation):
    refused(empty, backup, "the passphrase is another", BACKUP_KEY=KEY + "x")
    refused(empty, backup, "BACKUP_KEY", BACKUP_KEY="")


def test_a_backup_that_was_touched_restores_nothing(backup: Path, empty: Installation, tmp_path: Path):
    whole, step = backup.read_bytes(), PIECE + 16
    assert len(whole) > HEAD + 3 * step
    end = len(whole) - 100
    refused(empty, changed(backup, tmp_path, whole[:end] + bytes([whole[end] ^ 1]) + whole[end + 1 :]), "piece ")
    refused(empty, changed(backup, tmp_path, whole[: HEAD + 3 * step]), "piece 2 ")
    one, two = whole[HEAD + step : HEAD + 2 * step], whole[HEAD + 2 * step : HEAD + 3 * step]
    refused(empty, changed(backup, tmp_path, whole[: HEAD + step] + two + one + whole[HEAD + 3 * step :]), "piece 1 ")
    refused(empty, tmp_path / "nothing.backup", "no such file")


@pytest.mark.parametrize("folder", ["files", "heads"])
def test_a_folder_that_is_not_empty_is_left_as_it_is(backup: Path, empty: Installation, folder: str):
    (empty.folder / folder).mkdir()
    (empty.folder / folder / "mine").write_text("x")
    refused(empty, backup, f"{folder} is not empty")


def test_a_database_that_is_not_empty_is_left_as_it_is(backup: Path, empty: Installation):
    assert empty.manage("migrate", "--verbosity", "0").returncode == 0
    empty.ask('from evaluation.models import Unit; Unit.objects.create(code="D01", name="市审计局")')
    refused(empty, backup, "the database is not empty")
    assert empty.ask("from evaluation.models import Unit; print(Unit.objects.get().code)") == "D01"


def test_a_database_of_something_else_is_left_as_it_is(backup: Path, empty: Installation):
    empty.ask('from django.db import connection; connection.cursor().execute("CREATE TABLE theirs (x int)")')
    refused(empty, backup, "the database is not empty")
    done = empty.manage("backup", str(empty.folder / "a.backup"))
    assert (done.returncode, "none of our tables" in done.stderr) == (1, True)


# Backing up.


def test_d1_the_trail_tells_of_a_backup_who_made_it_and_its_hash(city: Installation, tmp_path: Path):
    out = backed_up(city, tmp_path)
    entry = city.ask("""
from evaluation.models import AuditEntry
entry = AuditEntry.objects.latest("number"); print(entry.action, entry.object_key, entry.actor_name, entry.detail)
""")
    assert entry.startswith(f"make_backup city.backup {getpass.getuser()}@")
    assert sha256(out.read_bytes()).hexdigest() in entry
    assert KEY not in entry


@pytest.mark.parametrize("key", ["", "nineteen characters"])
def test_without_a_good_key_nothing_is_backed_up(city: Installation, tmp_path: Path, key: str):
    done = city.manage("backup", str(tmp_path / "one.backup"), BACKUP_KEY=key)
    assert done.returncode == 1
    assert "at least 20 characters" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_overwritten(city: Installation, tmp_path: Path):
    there = tmp_path / "one.backup"
    there.write_text("mine")
    done = city.manage("backup", str(there))
    assert (done.returncode, "is not overwritten" in done.stderr) == (1, True)
    assert contents(tmp_path) == {"one.backup": b"mine"}


def test_a_folder_that_is_not_there_is_said(city: Installation, tmp_path: Path):
    done = city.manage("backup", str(tmp_path / "nowhere" / "one.backup"))
    assert (done.returncode, "no such file or folder" in done.stderr) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_c12_a_full_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(settings, "BACKUP_KEY", KEY)
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(SystemExit, match="1"):
        call_command("backup", str(tmp_path / "out" / "one.backup"))
    assert "磁盘已满" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def _full(handle: int) -> None:
    raise OSError(ENOSPC, os.strerror(ENOSPC))
