"""A database that takes nothing: its disk is full, it is read-only, or it is gone."""

from __future__ import annotations

from django.db import InterfaceError, InternalError, OperationalError

from engine.text import Text

UNWRITABLE = (OperationalError, InternalError, InterfaceError)
"""What Django raises then; PostgreSQL calls a read-only transaction an internal error."""

UNWRITABLE_SAID = Text(
    "数据库现在写不进去（磁盘已满、只读或连不上）：{why}。没有写入一半的内容",
    "the database takes nothing now (its disk is full, it is read-only, or it is gone): {why}; nothing is half-written",
)
