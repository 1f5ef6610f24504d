"""No two user names differ by upper and lower case alone: whoever signs in is found by either."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower


def refuse_twins(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Which of them is to be called differently is decided by people."""
    users = apps.get_model("evaluation", "User").objects.annotate(lower=Lower("username"))
    several = users.values("lower").annotate(count=models.Count("pk")).filter(count__gt=1).values("lower")
    if names := ", ".join(users.filter(lower__in=several).order_by("username").values_list("username", flat=True)):
        raise RuntimeError(
            f"Rename all but one of the accounts that differ by upper and lower case alone first: {names}"
        )


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0008_cache")]

    operations = [
        migrations.RunPython(refuse_twins, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                Lower("username"),
                name="user_username_once",
                violation_error_message="There is an account whose user name differs by upper and lower case alone.",
            ),
        ),
    ]
