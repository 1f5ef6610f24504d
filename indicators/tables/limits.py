"""How much an uploaded file may hold. Far more than a city's yearly data, far less than would hurt the server."""

from __future__ import annotations

from evaluation.archives import MIB

MAX_FILE_BYTES = 32 * MIB

MAX_TABLES = 50
MAX_COLUMNS = 26
MAX_ROWS = 200_000
MAX_CELLS = MAX_COLUMNS * MAX_ROWS
"""Of all tables together."""

MAX_SAID = 1_000
"""Problems of one kind in one table that are listed one by one."""
