"""A workbook into tables, by the product and by django-import-export. Django must be set up before this is imported."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management import call_command
from import_export.formats.base_formats import XLSX
from import_export.resources import modelresource_factory

from benchmarks.tables import PlainReading
from engine.facts import Status
from evaluation.actor import Actor
from evaluation.models import Cycle
from indicators.models import Reading
from indicators.services.schemes import load_scheme

_ACTOR = Actor("bench", "bench")
_WHERE = ("evaluated_unit__unit__code", "fact__indicator__code", "value", "status")


def cycle_without_facts(text: str, year: int) -> Cycle:
    """A cycle in which a scheme has just come into force."""
    [cycle] = load_scheme(text=text, file="bench.yaml", year=year, actor=_ACTOR)
    return cycle


def by_command(file: Path, cycle: Cycle) -> None:
    """What the office does."""
    call_command("load_workbook", str(file), cycle=cycle.code, stdout=io.StringIO())


def by_resource(file: Path, **settings: Any) -> Callable[[], None]:
    """A resource that finds its rows by unit and indicator, and puts those of a workbook in place of all there are."""
    resource = modelresource_factory(PlainReading, meta_options={"import_id_fields": ("unit", "indicator"), **settings})

    def load() -> None:
        PlainReading.objects.all().delete()
        resource().import_data(XLSX().create_dataset(file.read_bytes()), raise_errors=True)

    return load


def known_to(cycle: Cycle) -> dict[tuple[str, str], Decimal | None]:
    """The readings of a cycle by unit and indicator; None for one that does not apply."""
    rows = Reading.objects.filter(evaluated_unit__cycle=cycle).values_list(*_WHERE)
    return {
        (unit, indicator): Decimal(value).scaleb(-2) if status == Status.GIVEN else None
        for unit, indicator, value, status in rows
    }


def known_plainly() -> dict[tuple[str, str], Decimal | None]:
    """The same of the plain table."""
    return {(row.unit, row.indicator): _number(row.value) for row in PlainReading.objects.all()}


def _number(said: str) -> Decimal | None:
    try:
        return Decimal(said)
    except InvalidOperation:
        return None
