"""`make bench`: the engine on a city and a province, interleaved with a floor and a peer; medians and ratios."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import median
from time import perf_counter

from benchmarks.peers import decimal_loop, floor, plain_facts
from benchmarks.province import facts, plan
from engine.score import score

_LEAVES = 120
_RUNS = 5


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def bench(units: int, peer_runs: int) -> None:
    """One size: floor and ours in turn, the peer as often as it is bearable."""
    scheme, given = plan(_LEAVES), facts(units, _LEAVES)
    plain = plain_facts(given, _LEAVES)
    floors, ours, peers = [], [], []
    for run in range(_RUNS):
        floors.append(timed(lambda: floor(given, _LEAVES)))
        ours.append(timed(lambda: score(scheme, given)))
        if run < peer_runs:
            peers.append(timed(lambda: decimal_loop(plain, _LEAVES)))
    mine, base, peer = median(ours), median(floors), median(peers)
    print(f"{units} units × {_LEAVES} leaves, 5 % without a value, n = {_RUNS} (peer {len(peers)})")
    print(f"  floor: one pass over the columns    {base:8.4f} s")
    print(f"  engine: points, totals, places      {mine:8.4f} s   {mine / base:6.1f} × the floor")
    print(f"  Python Decimal loop, totals only    {peer:8.4f} s   {peer / mine:6.1f} × the engine")
    _agree(score(scheme, given).sets[0].total.fractions(), decimal_loop(plain, _LEAVES))


def _agree(ours: list, theirs: list[Decimal]) -> None:  # type: ignore[type-arg]
    wrong = sum(a != b for a, b in zip(ours, theirs, strict=True))
    print(f"  totals that differ: {wrong} of {len(ours)}\n")


if __name__ == "__main__":
    bench(300, _RUNS)
    bench(30_000, 1)
