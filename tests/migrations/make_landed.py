"""How `landed.json` was made: the town scored three times by the product as it had landed; see README.md beside it."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core import serializers  # noqa: E402
from django.core.management import call_command  # noqa: E402

from engine.text import Problems  # noqa: E402
from evaluation.models import Membership, Role, Unit, User  # noqa: E402
from indicators.models import Reading  # noqa: E402
from scoring.services.running import score_cycle  # noqa: E402
from tests.migrations.town import CLERK, town_cycle  # noqa: E402

APPS = ("evaluation", "indicators", "scoring")


def make(out: Path) -> None:
    """Fill the empty database that DATABASE_URL names, and write its rows: a run replaced, one failed, one adopted."""
    call_command("migrate", verbosity=0)
    with TemporaryDirectory() as folder:
        cycle = town_cycle(Path(folder))
    user = User.objects.create(username="liu", name="刘某", password="!")
    Membership.objects.create(user=user, unit=Unit.objects.get(code="Q1"), role=Role.LIAISON, active=False)
    score_cycle(cycle=cycle, actor=CLERK)
    reading = Reading.objects.get(evaluated_unit__unit__code="E2", fact__indicator__code="tax")
    Reading.objects.filter(pk=reading.pk).delete()
    try:
        score_cycle(cycle=cycle, actor=CLERK)
    except Problems:
        reading.value = 790
        reading.save(force_insert=True)
    score_cycle(cycle=cycle, actor=CLERK)
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    rows = [row for model in models for row in serializers.serialize("python", model.objects.order_by("pk"))]
    # Moments with all their digits, of which Django's own JSON leaves some out.
    lines = [json.dumps(row, default=str, ensure_ascii=False) + "\n" for row in rows]
    out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    make(Path("landed.jsonl"))
