"""Windows, acting, naming, evidence, notifications; revisions; the three administrators are never one person."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APART = ("auditor", "system", "security")


def refuse_one_person_for_two(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Who holds two of the three administrators' roles has to give one up before: nothing is decided here."""
    held = apps.get_model("evaluation", "Membership").objects.filter(active=True, role__in=APART)
    several = held.values("user__username").annotate(count=models.Count("pk")).filter(count__gt=1)
    if names := ", ".join(sorted(one["user__username"] for one in several)):
        raise RuntimeError(f"End all but one of the roles {', '.join(APART)} first (never one person): {names}")


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0005_revisions"),
    ]

    operations = [
        migrations.RunPython(refuse_one_person_for_two, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Acting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("since", models.DateTimeField(verbose_name="from")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("by_name", models.CharField(max_length=200, verbose_name="arranged by")),
            ],
            options={
                "verbose_name": "acting",
                "verbose_name_plural": "actings",
                "ordering": ["-until", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("jpeg", "JPEG"), ("png", "PNG")],
                        max_length=10,
                        verbose_name="kind of file",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256 of the file")),
                ("stored", models.CharField(max_length=64, unique=True, verbose_name="stored as")),
                ("uploader_name", models.CharField(max_length=200, verbose_name="uploaded by")),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("by_name", models.CharField(max_length=200, verbose_name="granted by")),
            ],
            options={
                "verbose_name": "extension",
                "verbose_name_plural": "extensions",
                "ordering": ["window", "unit__code", "until"],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="name")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("alarmed", models.DateTimeField(blank=True, null=True, verbose_name="alarm raised")),
            ],
            options={
                "verbose_name": "heartbeat",
                "verbose_name_plural": "heartbeats",
            },
        ),
        migrations.CreateModel(
            name="Naming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("head", models.CharField(max_length=100, verbose_name="head")),
                ("head_post", models.CharField(max_length=100, verbose_name="post of the head")),
                ("deputy", models.CharField(max_length=100, verbose_name="deputy in charge")),
                ("deputy_post", models.CharField(max_length=100, verbose_name="post of the deputy")),
                ("liaison", models.CharField(max_length=100, verbose_name="liaison")),
                ("phone", models.CharField(max_length=50, verbose_name="telephone of the liaison")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("returned", "returned"),
                            ("confirmed", "confirmed by the office"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="revision")),
            ],
            options={
                "verbose_name": "naming",
                "verbose_name_plural": "namings",
                "ordering": ["evaluated_unit__cycle", "evaluated_unit__unit__code"],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, verbose_name="about")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("zh", models.CharField(max_length=500, verbose_name="Chinese")),
                ("en", models.CharField(max_length=500, verbose_name="English")),
                ("path", models.CharField(blank=True, max_length=300, verbose_name="page")),
                ("read", models.DateTimeField(blank=True, null=True, verbose_name="read")),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Window",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("naming", "naming of responsible people"),
                            ("targets", "proposing targets"),
                            ("target_changes", "asking for other targets"),
                            ("collection", "collecting facts"),
                            ("self_assessment", "self-assessment"),
                            ("claims", "claiming bonuses"),
                            ("judgement", "evaluation by panels"),
                            ("bonus_publicity", "publicity of bonuses"),
                            ("publicity", "publicity of results"),
                            ("appeals", "appeals"),
                        ],
                        max_length=20,
                        verbose_name="phase",
                    ),
                ),
                ("opens", models.DateTimeField(verbose_name="opens")),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number of days")),
                (
                    "kind",
                    models.CharField(
                        choices=[("calendar", "calendar days"), ("working", "working days")],
                        default="calendar",
                        max_length=10,
                        verbose_name="kind of days",
                    ),
                ),
                ("closes", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="revision")),
            ],
            options={
                "verbose_name": "window",
                "verbose_name_plural": "windows",
                "ordering": ["cycle", "opens", "phase"],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
        ),
        migrations.AddField(
            model_name="decision",
            name="decides",
            field=models.TextField(blank=True, verbose_name="what it decides"),
        ),
        migrations.AddField(
            model_name="user",
            name="password_changed",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="password chosen"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active", True), ("role__in", ("auditor", "system", "security"))),
                fields=("user",),
                name="membership_administrators_apart",
            ),
        ),
        migrations.AddField(
            model_name="acting",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="arranged by",
            ),
        ),
        migrations.AddField(
            model_name="acting",
            name="deputy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actings",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who acts",
            ),
        ),
        migrations.AddField(
            model_name="acting",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actings",
                to="evaluation.membership",
                verbose_name="in place of",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="uploader",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="files",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="decisions", to="evaluation.evidence", verbose_name="evidence"
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="granted by",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="evaluation.decision",
                verbose_name="decision",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="evaluation.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="naming",
            name="submitted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="naming",
            name="evaluated_unit",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="naming",
                to="evaluation.evaluatedunit",
                verbose_name="evaluated unit",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddField(
            model_name="window",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="windows",
                to="evaluation.cycle",
                verbose_name="cycle",
            ),
        ),
        migrations.AddField(
            model_name="extension",
            name="window",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="evaluation.window",
                verbose_name="window",
            ),
        ),
        migrations.AddConstraint(
            model_name="acting",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="acting_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pdf", "docx", "xlsx", "jpeg", "png"])), name="evidence_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="evidence_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="naming",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned", "confirmed"])), name="naming_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="naming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("head", ""),
                    ("head_post", ""),
                    ("deputy", ""),
                    ("deputy_post", ""),
                    ("liaison", ""),
                    ("phone", ""),
                    _connector="OR",
                    _negated=True,
                ),
                name="naming_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="notification_once"),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "phase__in",
                        [
                            "naming",
                            "targets",
                            "target_changes",
                            "collection",
                            "self_assessment",
                            "claims",
                            "judgement",
                            "bonus_publicity",
                            "publicity",
                            "appeals",
                        ],
                    )
                ),
                name="window_phase",
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["calendar", "working"])), name="window_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.UniqueConstraint(fields=("cycle", "phase"), name="window_phase_once"),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__isnull", True), ("days__gte", 1), _connector="OR"), name="window_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closes__isnull", True), ("days__isnull", False), ("kind", "working")),
                    models.Q(("closes__gt", models.F("opens")), ("closes__isnull", False)),
                    _connector="OR",
                ),
                name="window_closes",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("by_name", ""), _negated=True)),
                name="extension_said",
            ),
        ),
    ]
