"""Many who write at the same moment, each with a connection of his own: `python -m tests.at_once trail`, say.

Each module but this is a play, or several. On the database that DATABASE_URL names; a process of its own, since a
database in memory has one connection.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import quote

WRITERS, ENTRIES, ROUNDS = 60, 3, 12
PRESSES, FILED, TURNS = 50, 100, 30


def run_alone(what: str, folder: Path) -> str:
    """Run one of the plays on the database of the tests, or on a fresh file where that lives in memory.

    Returns:
        What it printed; it fails if anybody failed.
    """
    told = {**os.environ, "DATABASE_URL": address_of_the_database(folder), "AUDIT_HEADS": str(folder / "heads")}
    asked = [sys.executable, "-m", "tests.at_once", what]
    done = subprocess.run(asked, env=told, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def address_of_the_database(folder: Path) -> str:
    """The database of the tests for another process, or a fresh file in a folder where that lives in memory."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return f"sqlite:///{folder / 'at-once.sqlite3'}"
    settings = connection.settings_dict
    password = f":{quote(settings['PASSWORD'], safe='')}" if settings["PASSWORD"] else ""
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
    return f"postgres://{settings['USER']}{password}@{host}:{port}/{settings['NAME']}"


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Begin all at the same moment; what was raised, in words."""
    from django.db import connection

    start, wrong = Barrier(len(works)), []

    def one(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except Exception as raised:
            wrong.append(f"{type(raised).__name__}: {raised}")
        finally:
            connection.close()

    threads = [Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(set(wrong))
