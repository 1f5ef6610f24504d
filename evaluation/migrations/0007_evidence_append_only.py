"""Evidence is written once: triggers refuse to change or delete it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from evaluation.append_only import protect, release

TABLES = ("evaluation_evidence",)


def protect_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        protect(editor.connection, table)


def release_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        release(editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0006_people_and_time")]

    operations = [migrations.RunPython(protect_all, release_all)]
