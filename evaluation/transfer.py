"""Many rows out of the database or into it at once: by COPY where it is PostgreSQL, by plain statements elsewhere.

The statements are made of the names of tables and columns that the models have, and of parameters; nothing a person has
typed is part of them.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice, repeat
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # flags, and no extension of the header
_WIDTHS = {"int2": (">i2", np.int16), "int4": (">i4", np.int32), "int8": (">i8", np.int64)}
_SHORT, _LONG, _LONGER = Struct(">h"), Struct(">i"), Struct(">q")
_AT_ONCE, _ROWS_AT_ONCE = 2**18, 500  # bytes
# What is grouped stays out of files; a plan is not worth compiling; rows of one cycle are found by index among many.
_TUNED = "SET LOCAL work_mem = '256MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1"


class Group(NamedTuple):
    """The rows that have the same keys: their keys as text, and their numbers column by column."""

    keys: tuple[str, ...]
    columns: list[NDArray[Any]]


def packed(
    source: str, keys: Sequence[str], numbers: Sequence[tuple[str, str]], parameters: Sequence[Any]
) -> Iterator[Group]:
    """The whole numbers of a query, put together by keys: few groups of many rows each.

    Args:
        source: what follows FROM, with a placeholder for each parameter.
        keys: expressions of whole numbers or text, none of them null, none constant.
        numbers: expressions of whole numbers, none of them null, each with `int2`, `int4` or `int8`, which holds it.
        parameters: whole numbers.

    Returns:
        The groups in no order; their rows in the order of the database.
    """
    if connection.vendor == "postgresql":
        return _from_postgres(source, keys, numbers, parameters)
    return _from_rows(source, keys, [expression for expression, _ in numbers], parameters)


def _as_text(keys: Sequence[str]) -> list[str]:
    return [f"CAST({key} AS text)" for key in keys]


def _from_rows(source: str, keys: Sequence[str], numbers: list[str], parameters: Sequence[Any]) -> Iterator[Group]:
    groups: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*_as_text(keys), *numbers])} FROM {source}", parameters)
        for row in cursor.fetchall():
            groups[row[: len(keys)]].append(row[len(keys) :])
    for said, rows in groups.items():
        if None in said:
            raise ValueError("there is a null among the keys")
        yield Group(said, list(np.array(rows, dtype=np.int64).T))


def _from_postgres(
    source: str, keys: Sequence[str], numbers: Sequence[tuple[str, str]], parameters: Sequence[Any]
) -> Iterator[Group]:
    """Each column of a group arrives as one string of bytes: nothing is left to be done for a single row."""
    sent = [f"string_agg({kind}send(CAST({number} AS {kind})), '')" for number, kind in numbers]
    select = f"SELECT {', '.join([*_as_text(keys), *sent])} FROM {source} GROUP BY {', '.join(keys)}"
    buffer = io.BytesIO()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.in_atomic_block:
            cursor.execute(_TUNED)
        query = cursor.cursor.mogrify(select, tuple(parameters)).decode()
        cursor.cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", buffer)
    for fields in _rows_of(buffer.getbuffer()):
        said, columns = fields[: len(keys)], fields[len(keys) :]
        arrays = [_array(column, kind) for column, (_, kind) in zip(columns, numbers, strict=True)]
        if len({len(array) for array in arrays}) != 1:
            raise ValueError("there is a null among the numbers")
        yield Group(tuple(str(key, "utf-8") for key in said), arrays)


def _rows_of(packed: memoryview) -> Iterator[list[memoryview]]:
    """The rows of a binary COPY: the number of fields, and for each its length and its bytes."""
    at = len(_SIGNATURE)
    while (count := _SHORT.unpack_from(packed, at)[0]) >= 0:
        at += _SHORT.size
        fields = []
        for _ in range(count):
            (length,) = _LONG.unpack_from(packed, at)
            if length < 0:
                raise ValueError("there is a null among the keys, or nothing but nulls among the numbers")
            at += _LONG.size
            fields.append(packed[at : at + length])
            at += length
        yield fields


def _array(column: memoryview, kind: str) -> NDArray[Any]:
    sent, native = _WIDTHS[kind]
    return np.frombuffer(column, sent).astype(native)


class Same(NamedTuple):
    """The one value that a column has in every row."""

    value: Any


def insert(model: type[models.Model], columns: Mapping[str, Sequence[Any] | Same]) -> None:
    """Add rows to the table of a model, past its Python: the database's constraints hold, the model's defaults do not.

    Args:
        model: whose table.
        columns: for each column of the table that has no default in the database its values, row by row: text, whole
            numbers, bytes, aware datetimes, None; or the one that they all have. At least one column has its own.

    Raises:
        ValueError: columns of different lengths, or none of its own.
    """
    if len({len(one) for one in columns.values() if not isinstance(one, Same)}) != 1:
        raise ValueError("the columns have no rows of their own, or not the same number")
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            stream = _Stream(_encoded(model, columns))
            with connection.wrap_database_errors:
                cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN (FORMAT binary)", stream, _AT_ONCE)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(_plain_rows(columns.values())))


def _plain_rows(columns: Iterable[Sequence[Any] | Same]) -> Iterator[tuple[Any, ...]]:
    """As SQLite takes it: moments in UTC, as Django writes them."""
    values = (repeat(_plainly(one.value)) if isinstance(one, Same) else map(_plainly, one) for one in columns)
    return zip(*values, strict=False)


def _plainly(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def refresh_statistics(*written: type[models.Model]) -> None:
    """Let the planner of the database know what tables hold now, where it would not find out until later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in written:
                cursor.execute(f"ANALYZE {model._meta.db_table}")


class _Stream:
    """Pieces of bytes as COPY reads them: a file that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        parts, missing = [], size
        while missing:
            self.rest = self.rest or memoryview(next(self.pieces, b""))
            if not self.rest:
                break
            parts.append(self.rest[:missing])
            self.rest = self.rest[missing:]
            missing -= len(parts[-1])
        return b"".join(parts)


Encoder = Callable[[Any], bytes]
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NULL = _LONG.pack(-1)


def _encoded(model: type[models.Model], columns: Mapping[str, Sequence[Any] | Same]) -> Iterator[bytes]:
    """The pieces of a binary COPY: its header, many rows at a time, its end; what is the same is encoded once."""
    fields: list[Iterable[bytes]] = [repeat(_SHORT.pack(len(columns)))]
    for name, column in columns.items():
        encode = _encoder(model, name)
        fields.append(repeat(encode(column.value)) if isinstance(column, Same) else map(encode, column))
    rows = map(b"".join, zip(*fields, strict=False))
    yield _SIGNATURE
    while piece := b"".join(islice(rows, _ROWS_AT_ONCE)):
        yield piece
    yield _SHORT.pack(-1)


def _encoder(model: type[models.Model], column: str) -> Encoder:
    """How a value of a column is sent."""
    field = next(one for one in model._meta.concrete_fields if one.column == column)
    encode = _ENCODERS[(field.db_type(connection) or "").partition("(")[0]]
    return (lambda value: _NULL if value is None else encode(value)) if field.null else encode


def _whole(packer: Struct) -> Encoder:
    both = Struct(f">i{packer.format[1:]}")
    return lambda value: both.pack(packer.size, value)


def _bytes(value: bytes) -> bytes:
    return _LONG.pack(len(value)) + value


def _moment(value: datetime) -> bytes:
    since = value - _EPOCH
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return _LONG.pack(_LONGER.size) + _LONGER.pack(micros)


_ENCODERS: dict[str, Encoder] = {
    "smallint": _whole(_SHORT),
    "integer": _whole(_LONG),
    "bigint": _whole(_LONGER),
    "varchar": lambda value: _bytes(value.encode()),
    "text": lambda value: _bytes(value.encode()),
    "bytea": _bytes,
    "timestamp with time zone": _moment,
}
