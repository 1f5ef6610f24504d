"""Many rows out of the database or into it at once: by COPY where it is PostgreSQL, by plain statements elsewhere.

The statements are made of the names of tables and columns that the models have, and of parameters; nothing a person has
typed is part of them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

_HEADER = 19  # bytes before the first row: signature, flags, length of the extension
_TRAILER = 2
_WIDTHS = {"int2": (">i2", 2), "int4": (">i4", 4), "int8": (">i8", 8)}


def numbers(select: str, parameters: Sequence[Any], types: Sequence[str]) -> list[NDArray[Any]]:
    """The columns of a query of whole numbers, none of them null.

    Args:
        select: the query, with a placeholder for each parameter; its columns are of the types.
        parameters: whole numbers.
        types: `int2`, `int4` or `int8` for each column.

    Returns:
        One array for each column, rows in the order of the database.
    """
    if connection.vendor == "postgresql":
        return _copied(select, parameters, types)
    with connection.cursor() as cursor:
        cursor.execute(select, parameters)
        rows = cursor.fetchall()
    if not rows:
        return [np.empty(0, dtype=np.int64) for _ in types]
    return list(np.array(rows, dtype=np.int64).T)


def _copied(select: str, parameters: Sequence[Any], types: Sequence[str]) -> list[NDArray[Any]]:
    """Rows of fixed width: so many fields, and for each its length and its bytes."""
    row = [("fields", ">i2")]
    for number, kind in enumerate(types):
        row += [(f"length{number}", ">i4"), (f"value{number}", _WIDTHS[kind][0])]
    buffer = io.BytesIO()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        bound = cursor.cursor.mogrify(select, tuple(parameters)).decode()
        cursor.cursor.copy_expert(f"COPY ({bound}) TO STDOUT (FORMAT binary)", buffer)
    packed = buffer.getbuffer()
    count, rest = divmod(len(packed) - _HEADER - _TRAILER, np.dtype(row).itemsize)
    table = np.frombuffer(packed, np.dtype(row), count, _HEADER)
    if rest or any((table[f"length{number}"] != _WIDTHS[kind][1]).any() for number, kind in enumerate(types)):
        raise ValueError("the query has a null or a column of another type")
    return [table[f"value{number}"] for number in range(len(types))]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to the table of a model, past its Python: the database's constraints hold, the model's defaults do not.

    Args:
        model: whose table.
        columns: names of columns of the table, all that have no default in the database.
        rows: a value for each column: text, whole numbers, bytes, aware datetimes, None.
    """
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", _Lines(rows))
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(map(_plainly, rows)))


def _plainly(row: Sequence[Any]) -> tuple[Any, ...]:
    """As SQLite takes it: moments in UTC, as Django writes them."""
    return tuple(connection.ops.adapt_datetimefield_value(one) if isinstance(one, datetime) else one for one in row)


class _Lines:
    """Rows as COPY reads them: a line each, tabs between values; a file that is made while it is read."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.lines = _lines(rows)
        self.rest = b""

    def read(self, size: int) -> bytes:
        parts, length = [self.rest], len(self.rest)
        while length < size and (line := next(self.lines, b"")):
            parts.append(line)
            length += len(line)
        whole = b"".join(parts)
        self.rest = whole[size:]
        return whole[:size]


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    for row in rows:
        yield ("\t".join(map(_said, row)) + "\n").encode()


def _said(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return value.isoformat() if isinstance(value, datetime) else str(value)


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
