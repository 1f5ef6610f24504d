"""`make bench`: every ratio in one run, ours and the others in turn; medians."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import database, decimals, frames, growth, loading, pages, peers, province, weights, workbook
from benchmarks.timing import compare
from engine.facts import Facts
from engine.language.scheme import EvaluationPlan
from engine.score import score
from indicators.facts import load_facts

LEAVES = 120
CITY, PROVINCE, DRAWS = 300, 30_000, 10_000


def scoring(units: int) -> None:
    """The engine over a Decimal loop, which must agree, and over floats, which need not."""
    plan, facts = province.plan(LEAVES), province.facts(units, LEAVES)
    listed, framed = decimals.units_of(facts, LEAVES), frames.frames_of(facts, LEAVES)
    taken = compare(
        f"{units} units × {LEAVES} leaves, 5 % without a value: points, totals, places",
        {
            "engine": lambda: score(plan, facts),
            "Python, Decimal": lambda: decimals.decimal_loop(listed),
            "pandas, floats, from a table of facts": lambda: frames.by_rows(framed),
            "pandas, floats, from one column per leaf": lambda: frames.by_columns(framed),
        },
    )
    [one] = taken["engine"].gave.sets
    points, totals, places = taken["Python, Decimal"].gave
    same = one.total.fractions() == totals and one.place.tolist() == places
    for part, leaf in zip(one.parts, zip(*points, strict=True), strict=True):
        same = same and part.points.fractions() == list(leaf)
    print(f"  the Decimal loop gives the same points, totals and places: {'yes' if same else 'NO'}")
    for name in list(taken)[2:]:
        bad, misplaced = frames.wrong(taken[name].gave, one.total.num.tolist(), one.place.tolist())
        print(f"  {name}: {bad} totals and {misplaced} places of {units} are wrong")


def reading(units: int = 480) -> None:
    """A fact workbook read and checked, over its bare parse."""
    plan, facts = province.plan(LEAVES), province.facts(units, LEAVES)
    with TemporaryDirectory() as folder:
        path = Path(folder, "facts.xlsx")
        rows = workbook.write_workbook(path, plan, facts)
        works = {"read and checked": lambda: load_facts(path, plan), "bare parse": lambda: workbook.bare_parse(path)}
        compare(f"a fact workbook of {rows} rows", works, over="bare parse")


def growing() -> None:
    """Time per unit, from a city to a province."""
    _growth(f"{LEAVES} leaves, each unit alone", province.plan(LEAVES), lambda units: province.facts(units, LEAVES))
    _growth("one leaf, efficacy of growth in a category", growth.compared_plan(growth.EFFICACY), growth.grown)
    _growth("one leaf, growth ÷ mean growth of a category", growth.compared_plan(growth.AGAINST_MEAN), growth.grown)


def _growth(title: str, plan: EvaluationPlan, facts: Callable[[int], Facts]) -> None:
    given = {units: facts(units) for units in (CITY, CITY * 10, PROVINCE)}
    taken = compare(title, {f"{units} units": partial(score, plan, one) for units, one in given.items()})
    each = {units: taken[f"{units} units"].median / units * 1_000_000 for units in given}
    said = ", ".join(f"{one:.1f} of {units}" for units, one in each.items())
    print(f"  µs per unit: {said}; {each[PROVINCE] / each[CITY]:.2f} × from {CITY} to {PROVINCE} units")


def weighing() -> None:
    """Thousands of weightings of a city."""
    outcome, drawn = weights.city(CITY), weights.drawn(DRAWS)
    plain = weights.plain(outcome, drawn)
    works = {
        "what-if": lambda: weights.totals(outcome, drawn),
        "Python, whole hundredths": lambda: weights.loop(plain),
    }
    title = f"what-if: {DRAWS} weightings × {CITY} units × {weights.GROUPS * weights.LEAVES} leaves"
    taken = compare(title, works)
    same = np.array_equal(taken["what-if"].gave, np.array(taken["Python, whole hundredths"].gave))
    print(f"  the loop gives the same totals: {'yes' if same else 'NO'}")
    tracemalloc.start()
    weights.totals(outcome, drawn)
    print(f"  most memory at once: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB")
    tracemalloc.stop()


def on_postgresql() -> None:
    """From database to database, from workbook to database, and pages."""
    if not database.fresh_database():
        print("\nleft out: everything on PostgreSQL; no server answers")
        return
    peers.main(database.whole())
    database.one_change()
    loading.main()
    pages.main(database.one_category())


if __name__ == "__main__":
    scoring(CITY)
    scoring(PROVINCE)
    reading()
    growing()
    weighing()
    on_postgresql()
