"""Runs on PostgreSQL: facts read, scored, frozen, adopted; over a bare transfer of the same rows."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg2

from benchmarks import mixed
from benchmarks.timing import compare
from engine.facts import Facts

SERVER = "postgres://postgres@127.0.0.1:5432"
NAME = "evaluation_bench"
LEAVES = 120
CITY, PROVINCE = 300, 30_000
FEW, MANY = 4, 100  # categories of CITY units each, for one changed reading
_YEARS = {
    (1, FEW): 2001, (CITY, FEW): 2002, (PROVINCE, FEW): 2003, (FEW * CITY, FEW): 2004, (MANY * CITY, MANY): 2005,
    (CITY, 1): 2006, (1, 1): 2007,
}  # fmt: skip


def fresh_database() -> bool:
    """An empty database of our own, and Django on it; false where no server answers."""
    try:
        server = psycopg2.connect(f"{SERVER}/postgres")
    except psycopg2.OperationalError:
        return False
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    server.close()
    os.environ |= {"DATABASE_URL": f"{SERVER}/{NAME}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return True


def cycle_of(units: int, categories: int = FEW) -> Any:
    """A cycle with so many units in so many categories, and all their facts."""
    from django.db import transaction

    from evaluation.actor import Actor
    from indicators.selectors import scheme_in_force
    from indicators.services.schemes import load_scheme
    from scoring.services.entering import replace_facts

    actor, year = Actor("bench", "bench"), _YEARS[units, categories]
    [cycle] = load_scheme(text=mixed.text(LEAVES, categories), file="bench.yaml", year=year, actor=actor)
    facts = mixed.facts(units, LEAVES, categories=categories)
    with transaction.atomic():
        replace_facts(cycle, scheme_in_force(cycle), Facts({}), facts)
    return cycle


def one_category() -> Any:
    """A city of one category, scored."""
    cycle = cycle_of(CITY, 1)
    whole_run(cycle)
    return cycle


def whole_run(cycle: Any) -> None:
    """Queue, read, score, freeze, adopt: everything anew."""
    _run(cycle, whole=True)


def _run(cycle: Any, whole: bool = False) -> None:
    from evaluation.actor import Actor
    from scoring.services.running import score_cycle

    score_cycle(cycle=cycle, actor=Actor("bench", "bench"), whole=whole)


def floor(cycle: Any) -> Callable[[], None]:
    """The same columns of the same tables out, as many rows into a fresh table without index; no arithmetic."""
    of_cycle = (
        "SELECT f.evaluated_unit_id::int4, f.fact_id::int4, f.value{more} FROM {table} f"
        f" JOIN evaluation_evaluatedunit u ON u.id = f.evaluated_unit_id WHERE u.cycle_id = {cycle.pk}"
    )
    tables = {"indicators_reading": ", f.status", "indicators_target": ""}
    every = " UNION ALL ".join(of_cycle.format(table=table, more="") for table in tables)
    rows = io.BytesIO()
    _copy_out(every, rows)

    def bare() -> None:
        for table, more in tables.items():
            _copy_out(of_cycle.format(table=table, more=more), io.BytesIO())
        _copy_in("unit int4, fact int4, value int8", rows)

    return bare


def _copy_out(select: str, into: io.BytesIO) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY ({select}) TO STDOUT (FORMAT binary)", into)


def _copy_in(columns: str, rows: io.BytesIO) -> None:
    from django.db import connection

    rows.seek(0)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS bare_rows; CREATE TABLE bare_rows ({columns})")
        cursor.cursor.copy_expert("COPY bare_rows FROM STDIN (FORMAT binary)", rows)


def changed_reading(cycle: Any) -> Callable[[], None]:
    """One reading of the first category is changed, and a run reads, scores, freezes and adopts what depends on it."""

    def work() -> None:
        _change(cycle)
        _run(cycle)

    return work


def _change(cycle: Any) -> None:
    from django.db import models, transaction

    from evaluation.services.revisions import facts_changed
    from indicators.models import Reading

    category = cycle.categories.first()
    with transaction.atomic():
        mine = Reading.objects.filter(evaluated_unit__category=category, status=0)
        Reading.objects.filter(pk=mine.values("pk")[:1]).update(value=models.F("value") + 1)
        facts_changed([category.pk])


def bare_category(cycle: Any) -> Callable[[], None]:
    """The bare statements: the reading changed, the figures of its category out, its sheets and their facts in."""
    category = cycle.categories.first()
    mine = f"JOIN evaluation_evaluatedunit u ON u.id = f.evaluated_unit_id WHERE u.category_id = {category.pk}"
    figures = "f.evaluated_unit_id::int4, f.fact_id::int4, f.value"
    kept = (
        "scoring_scoresheet s JOIN scoring_scoredcategory c ON c.id = s.scored_id WHERE c.id ="
        f" (SELECT max(id) FROM scoring_scoredcategory WHERE category_id = {category.pk})"
    )
    sheets, facts = io.BytesIO(), io.BytesIO()
    _copy_out(f"SELECT s.unit_code, s.total, s.said, s.points, s.statuses, s.hash FROM {kept}", sheets)
    _copy_out(f"SELECT c.head, c.columns FROM {kept} LIMIT 1", facts)

    def bare() -> None:
        _change(cycle)
        _copy_out(f"SELECT {figures}, f.status FROM indicators_reading f {mine}", io.BytesIO())
        _copy_out(f"SELECT {figures} FROM indicators_target f {mine}", io.BytesIO())
        _copy_in("code text, total text, said text, points bytea, statuses bytea, hash text", sheets)
        _copy_in("head text, columns bytea", facts)

    return bare


def peak(units: int) -> int:
    """MiB that a process of its own needs at most for the run."""
    with get_context("spawn").Pool(1) as alone:
        return alone.apply(_alone, (units,))


def _alone(units: int) -> int:
    import django

    django.setup()
    from evaluation.models import Cycle

    whole_run(Cycle.objects.get(year=_YEARS[units, FEW]))
    status = Path("/proc/self/status").read_text(encoding="ascii")  # `ru_maxrss` would count the parent's size as ours
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024


def whole() -> Any:
    """A city and a province, read, scored, frozen and adopted.

    Returns:
        The cycle of the city.
    """
    one, cycles = cycle_of(1), {units: cycle_of(units) for units in (CITY, PROVINCE)}
    for units, cycle in cycles.items():
        title = (
            f"the whole run on PostgreSQL, {units} units × {LEAVES} leaves and a panel: read, scored, frozen, adopted;"
            " the floor: the same columns out by binary COPY, as many rows of three numbers into a fresh table"
        )
        works = {"run": partial(whole_run, cycle), "floor": floor(cycle)}
        compare(title, works | ({"a run of one unit": partial(whole_run, one)} if units == CITY else {}), over="floor")
        print(f"  most memory of a process of its own: {peak(units)} MiB", flush=True)
    return cycles[CITY]


def one_change() -> None:
    """One reading among few categories and among many."""
    for categories in (FEW, MANY):
        cycle = cycle_of(categories * CITY, categories)
        whole_run(cycle)
        title = (
            f"one changed reading of {categories} categories × {CITY} units × {LEAVES} leaves: written, its category"
            " read, scored, frozen, adopted; bare: the same figures out, the same sheets and facts in"
        )
        works = {"one change": changed_reading(cycle), "bare statements": bare_category(cycle)}
        compare(title, works, over="bare statements")


if __name__ == "__main__":
    if fresh_database():
        whole()
        one_change()
