"""The database as a stream, out and in: PostgreSQL by its own tools, SQLite by its online backup."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import connection

from engine.text import Text
from evaluation.consistent import one_state
from evaluation.models import AuditEntry, AuditHead, Cycle, Unit, User
from evaluation.verdict import Refused

_MISSING = Text(
    "本机没有 {tool}：请安装与数据库服务器同版本的 PostgreSQL 客户端",
    "{tool} is not on this machine: install the client of PostgreSQL in the version of the server",
)
_FAILED = Text("{tool} 没有成功：{said}", "{tool} has failed: {said}")


@dataclass(frozen=True, slots=True)
class Dumped:
    """One state of the database: its stream, the migrations applied to it, number and hash of its head of the trail."""

    stream: IO[bytes]
    migrations: list[str]
    number: int
    hash: str


def is_installed() -> bool:
    """Whether the database has our tables."""
    return AuditHead._meta.db_table in _tables()


def is_empty() -> bool:
    """Whether the database has nothing in it, or our tables and nothing in them; asking does not make it."""
    if connection.vendor == "sqlite" and not _file().exists():
        return True
    if not is_installed():
        return not _tables()
    return not any(model._default_manager.exists() for model in (AuditEntry, Cycle, Unit, User))


def _tables() -> list[str]:
    return connection.introspection.table_names()


@contextmanager
def dumped() -> Iterator[Dumped]:
    """The database as it is now, whatever others write meanwhile.

    Raises:
        Refused: a tool is missing or has failed.
    """
    with _dumped_sqlite() if connection.vendor == "sqlite" else _dumped_postgres() as one:
        yield one


@contextmanager
def _dumped_sqlite() -> Iterator[Dumped]:
    with _beside_the_database() as copy:
        connection.ensure_connection()
        with _sqlite(copy) as target:
            connection.connection.backup(target)
            said = _said(target.cursor())
        with copy.open("rb") as stream:
            yield Dumped(stream, *said)


@contextmanager
def _dumped_postgres() -> Iterator[Dumped]:
    with one_state(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        asked = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={cursor.fetchone()[0]}"]
        said = _said(cursor)
        with _tool("pg_dump", asked, stdout=subprocess.PIPE) as tool:
            assert tool.stdout is not None
            yield Dumped(tool.stdout, *said)


def _said(cursor: Any) -> tuple[list[str], int, str]:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = [".".join(row) for row in cursor.fetchall()]
    cursor.execute(f"SELECT number, hash FROM {AuditHead._meta.db_table}")
    return migrations, *(cursor.fetchone() or (0, ""))


def load(pieces: Iterable[IO[bytes]]) -> None:
    """Fill the empty database with what was dumped, all or nothing.

    Raises:
        Refused: a tool is missing or has failed.
    """
    if connection.vendor == "sqlite":
        _load_sqlite(pieces)
    else:
        _load_postgres(pieces)


def _load_sqlite(pieces: Iterable[IO[bytes]]) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    with _beside_the_database() as copy:
        with copy.open("wb") as stream:
            _pour(pieces, stream)
        connection.ensure_connection()
        with _sqlite(copy) as source:
            source.backup(connection.connection)


@contextmanager
def _sqlite(copy: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(copy)) as opened:
            yield opened
    except sqlite3.Error as error:  # such as a full disk
        raise Refused(_FAILED.format(tool="SQLite", said=error)) from None


def _load_postgres(pieces: Iterable[IO[bytes]]) -> None:
    connection.close()
    asked = ["--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges"]
    with _tool("pg_restore", [*asked, "--dbname"], stdin=subprocess.PIPE) as tool:
        assert tool.stdin is not None
        with suppress(BrokenPipeError), tool.stdin:  # it has stopped reading, and says why
            _pour(pieces, tool.stdin)


def _pour(pieces: Iterable[IO[bytes]], stream: IO[bytes]) -> None:
    for piece in pieces:
        shutil.copyfileobj(piece, stream)


@contextmanager
def _tool(name: str, asked: list[str], **pipes: int) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's tools at work, told by its environment what is secret; whoever ends it early kills it."""
    [_, *told, database], secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    words, knows = [name, *told, "--no-password", *asked, database], {**os.environ, **(secrets or {})}
    with tempfile.TemporaryFile() as errors:
        with _started(words, env=knows, stderr=errors, **pipes) as work:
            try:
                yield work
            except BaseException:
                work.kill()
                raise
        if work.returncode:
            errors.seek(0)
            raise Refused(_FAILED.format(tool=name, said=errors.read().decode(errors="replace").strip()))


def _started(words: list[str], **more: Any) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(words, **more)
    except FileNotFoundError:
        raise Refused(_MISSING.format(tool=words[0])) from None


@contextmanager
def _beside_the_database() -> Iterator[Path]:
    """A place for a copy that is no more readable than the database itself, for a moment."""
    with tempfile.TemporaryDirectory(dir=_file().parent, prefix=".copy-") as folder:
        yield Path(folder) / "database"


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])
