"""The table in which failures to sign in are counted (`CACHES` in the settings), made as Django makes it."""

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "cache"


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", TABLE, database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0007_evidence_append_only")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop), migrations.RunSQL("", f"DROP TABLE {TABLE}")]
