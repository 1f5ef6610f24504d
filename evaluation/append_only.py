"""Triggers that refuse to change or delete the rows of a table, on either database.

They stop mistakes and ordinary accounts. Who owns the database can take them away: so the rows are hashed too.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{word} BEFORE {word} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRES = """
CREATE OR REPLACE TRIGGER {table}_no_{word} BEFORE {word} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""
_WORDS = ("update", "delete")


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Refuse from now on to change or delete the rows of a table; its name comes from the code, never from a person."""
    create = _SQLITE if connection.vendor == "sqlite" else _POSTGRES
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for word in _WORDS:
            cursor.execute(create.format(table=table, word=word))


def release(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers of a table away again: for migrations backwards, and to empty the tables of a test."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for word in _WORDS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{word}{on}")
