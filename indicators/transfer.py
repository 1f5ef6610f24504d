"""Many numbers out of the database at once: as binary COPY from PostgreSQL, row by row from others.

The statements are made of the names of tables and columns that the models have, and of parameters; nothing a person has
typed is part of them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection
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
    with connection.cursor() as cursor:
        bound = cursor.cursor.mogrify(select, tuple(parameters)).decode()
        cursor.cursor.copy_expert(f"COPY ({bound}) TO STDOUT (FORMAT binary)", buffer)
    packed = buffer.getbuffer()
    count = (len(packed) - _HEADER - _TRAILER) // np.dtype(row).itemsize
    table = np.frombuffer(packed, np.dtype(row), count, _HEADER)
    if count and any((table[f"length{number}"] != _WIDTHS[kind][1]).any() for number, kind in enumerate(types)):
        raise ValueError("the query has a null or a column of another type")
    return [table[f"value{number}"] for number in range(len(types))]
