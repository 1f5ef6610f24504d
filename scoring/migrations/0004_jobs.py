"""Runs are jobs: what was asked for and by whom, how often it was begun, how far it is, its last sign of life."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0007_evidence_append_only"),
        ("indicators", "0002_fewer_indexes"),
        ("scoring", "0003_scored_categories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="adopt",
            field=models.BooleanField(default=False, verbose_name="adopt at once"),
        ),
        migrations.AddField(
            model_name="run",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to=settings.AUTH_USER_MODEL,
                verbose_name="account",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="attempt",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="times begun"),
        ),
        migrations.AddField(
            model_name="run",
            name="beat",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last sign of life"),
        ),
        migrations.AddField(
            model_name="run",
            name="failure_en",
            field=models.TextField(blank=True, verbose_name="why it failed, in English"),
        ),
        migrations.AddField(
            model_name="run",
            name="origin",
            field=models.CharField(blank=True, max_length=200, verbose_name="from where"),
        ),
        migrations.AddField(
            model_name="run",
            name="progress",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unsent", "not handed to a worker yet"),
                    ("reading", "reading the facts"),
                    ("scoring", "scoring"),
                    ("keeping", "keeping the results"),
                ],
                editable=False,
                max_length=20,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
        ),
        migrations.AddField(
            model_name="run",
            name="whole",
            field=models.BooleanField(default=False, verbose_name="everything anew"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("progress__in", ("", "unsent", "reading", "scoring", "keeping"))),
                name="run_progress",
            ),
        ),
    ]
