"""Plain tables for the others, outside the product; Django must be set up before this is imported."""

from __future__ import annotations

import sys

from django.apps import AppConfig, apps
from django.db import connection, models

_APP = AppConfig("bench", sys.modules[__name__])  # unknown to the settings: nobody else has these tables
_APP.apps = apps
apps.app_configs[_APP.label] = _APP
_APP.import_models()


class PlainReading(models.Model):
    """A row of the readings sheet as it stands there; each unit and indicator once."""

    unit = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60)
    indicator_name = models.CharField(max_length=200)
    measure = models.CharField(max_length=60)
    value = models.CharField(max_length=40)
    reason = models.CharField(max_length=2000, blank=True)
    document = models.CharField(max_length=1000, blank=True)

    class Meta:
        app_label = _APP.label
        constraints = [models.UniqueConstraint(fields=["unit", "indicator"], name="plain_reading_once")]

    def __str__(self) -> str:
        return f"{self.unit}/{self.indicator}"


class PlainPoints(models.Model):
    """The points of one unit and leaf in one run."""

    run = models.PositiveIntegerField()
    unit = models.CharField(max_length=40)
    leaf = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        app_label = _APP.label

    def __str__(self) -> str:
        return f"{self.unit}/{self.leaf}"


class PlainTotal(models.Model):
    """What one unit has in all, its place and its grade, in one run."""

    run = models.PositiveIntegerField()
    unit = models.CharField(max_length=40)
    category = models.CharField(max_length=60)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    place = models.PositiveIntegerField(null=True)
    grade = models.CharField(max_length=60)

    class Meta:
        app_label = _APP.label

    def __str__(self) -> str:
        return self.unit


def make(*tables: type[models.Model]) -> None:
    """Make the tables, empty."""
    with connection.schema_editor() as editor:
        for table in tables:
            editor.execute(f"DROP TABLE IF EXISTS {table._meta.db_table}")
            editor.create_model(table)
