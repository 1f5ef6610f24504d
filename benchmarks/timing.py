"""Taking times: works in turn, medians, ratios."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

RUNS = 5
_SLOW = 20  # seconds; what takes longer runs once


class Taken(NamedTuple):
    """The seconds of one work, run by run, and what it gave last."""

    seconds: list[float]
    gave: Any

    @property
    def median(self) -> float:
        return median(self.seconds)


def in_turn(works: Mapping[str, Callable[[], Any]]) -> dict[str, Taken]:
    """Run every work once, then every work again, `RUNS` times; ours goes first and so stands before and after others.

    What is in memory already is kept from the garbage collector, so that nobody pays for another's data.
    """
    gc.collect()
    gc.freeze()
    taken: dict[str, Taken] = {}
    for _ in range(RUNS):
        for name, work in works.items():
            before = taken[name].seconds if name in taken else []
            if before and before[0] > _SLOW:
                continue
            start = perf_counter()
            gave = work()
            taken[name] = Taken([*before, perf_counter() - start], gave)
            del gave
    gc.unfreeze()
    return taken


def compare(title: str, works: Mapping[str, Callable[[], Any]], over: str = "") -> dict[str, Taken]:
    """Print medians, and the ratio of the first work to the one named `over`, or else of every other to the first."""
    taken = in_turn(works)
    ours = next(iter(works))
    print(f"\n{title}")
    for name, one in taken.items():
        line = f"  {name:48} {one.median:9.4f} s  n = {len(one.seconds)}"
        if over and name == ours:
            line += f"   {one.median / taken[over].median:6.2f} × {over}"
        elif not over and name != ours:
            line += f"   {one.median / taken[ours].median:6.1f} × {ours}"
        print(line, flush=True)
    return taken
