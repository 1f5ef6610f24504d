"""The whole run on PostgreSQL: facts read, scored, frozen; over a bare transfer of the same rows."""

from __future__ import annotations

import io
import os
import resource
from functools import partial
from multiprocessing import get_context
from typing import Any

import psycopg2

from benchmarks import mixed
from benchmarks.timing import compare

SERVER = "postgres://postgres@127.0.0.1:5432"
NAME = "evaluation_bench"
LEAVES = 120
CITY, PROVINCE = 300, 30_000
_MOST_UNITS = 2000  # in one statement that fills the tables


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


def cycle_of(units: int) -> Any:
    """A cycle with so many units and all their facts."""
    from evaluation.actor import Actor
    from indicators.selectors import scheme_in_force
    from indicators.services.schemes import load_scheme
    from scoring.services.entering import replace_facts

    actor = Actor("bench", "bench")
    [cycle] = load_scheme(text=mixed.text(LEAVES), file="bench.yaml", year=2000 + units % 97, actor=actor)
    replace_facts(cycle, scheme_in_force(cycle), mixed.facts(units, LEAVES), actor)
    return cycle


def whole_run(cycle: Any) -> None:
    """Queue, read, score, freeze, adopt."""
    from evaluation.actor import Actor
    from scoring.services.running import score_cycle

    score_cycle(cycle=cycle, actor=Actor("bench", "bench"))


def floor(cycle: Any) -> None:
    """The same columns of the same tables out, as many rows into a fresh table without index; no arithmetic."""
    from django.db import connection

    of_cycle = (
        "SELECT f.evaluated_unit_id::int4, f.fact_id::int4, f.value{more} FROM {table} f"
        f" JOIN evaluation_evaluatedunit u ON u.id = f.evaluated_unit_id WHERE u.cycle_id = {cycle.pk}"
    )
    plain, rows = io.BytesIO(), io.BytesIO()
    with connection.cursor() as cursor:
        for table, more in (("indicators_reading", ", f.status"), ("indicators_target", "")):
            select = of_cycle.format(table=table, more=more)
            cursor.cursor.copy_expert(f"COPY ({select}) TO STDOUT (FORMAT binary)", plain)
        readings = of_cycle.format(table="indicators_reading", more="")
        cursor.cursor.copy_expert(f"COPY ({readings}) TO STDOUT (FORMAT binary)", rows)
        rows.seek(0)
        cursor.execute("DROP TABLE IF EXISTS floor_rows; CREATE TABLE floor_rows (unit int4, fact int4, value int8)")
        cursor.cursor.copy_expert("COPY floor_rows FROM STDIN (FORMAT binary)", rows)


def peak(units: int) -> int:
    """MiB that a process of its own needs at most for the run."""
    with get_context("spawn").Pool(1) as alone:
        return alone.apply(_alone, (units,))


def _alone(units: int) -> int:
    import django

    django.setup()
    from evaluation.models import Cycle

    whole_run(Cycle.objects.get(year=2000 + units % 97))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the ratios."""
    if not fresh_database():
        print("\nleft out: the whole run on PostgreSQL; no server answers")
        return
    for units in (CITY, PROVINCE):
        cycle = cycle_of(units)
        title = (
            f"the whole run on PostgreSQL, {units} units × {LEAVES} leaves and a panel: read, scored, frozen, adopted"
        )
        compare(title, {"run": partial(whole_run, cycle), "floor": partial(floor, cycle)}, over="floor")
        print(f"  most memory of a process of its own: {peak(units)} MiB", flush=True)


if __name__ == "__main__":
    main()
