"""The schema of the test's own database, moved as an operator moves it, and put back whatever becomes of the test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LANDED = (
    ("evaluation", "0004_memberships_end"),
    ("indicators", "0001_city_in_the_database"),
    ("scoring", "0002_append_only"),
)
"""The schema of the issue before this one."""


class Schema:
    """Where the database stands."""

    def __init__(self) -> None:
        self.newest = True

    def at(self, *targets: tuple[str, str | None]) -> Apps:
        """Go to these migrations, forward or back; gives the models of that time."""
        self.newest = False
        executor = MigrationExecutor(connection)
        executor.migrate(list(targets))
        # What `migrate` itself gives after going back still has columns that are gone.
        return executor.loader.project_state([target for target in targets if target[1]]).apps

    def forward(self) -> None:
        """Go to the newest state."""
        self.newest = False
        call_command("migrate", verbosity=0)
        self.newest = True


@pytest.fixture
def schema(transactional_db: None, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schema]:
    """An empty database in the newest state; the heads of its trail are kept in a folder of the test."""
    settings.AUDIT_HEADS = tmp_path_factory.mktemp("heads")
    one = Schema()
    yield one
    if not one.newest:
        _drop_everything()
        one.forward()


def _drop_everything() -> None:
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cascade = "CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} {cascade}")
