"""The rows of these tables are written once: triggers refuse to change or delete them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from evaluation.append_only import protect, release

TABLES = ("scoring_snapshot", "scoring_scoresheet")


def protect_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        protect(editor.connection, table)


def release_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        release(editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_city_in_the_database")]

    operations = [migrations.RunPython(protect_all, release_all)]
