"""`python -m tests.oracle --cases 200000 --seed 1`: draws cases on all cores until two implementations disagree.

Exits with 1 at a disagreement, after printing its seed and its scheme.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from multiprocessing.pool import Pool

from tests.oracle.bridge import Checked, disagreements

TIMES = 4  # draws of facts per scheme
REPORT = 500  # schemes between two lines of progress


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument(
        "--seed", type=int, default=10_000, help="the first seed; the test suite uses those below 10000"
    )
    parser.add_argument("--processes", type=int, default=None)
    said = parser.parse_args()
    start, cases, refused, stopped, schemes = time.monotonic(), 0, 0, 0, 0
    with Pool(said.processes) as pool:
        for one in _checked(pool, said.seed):
            schemes += 1
            cases, stopped, refused = cases + one.cases, stopped + one.stopped, refused + (not one.cases)
            if one.found:
                print("\n\n".join(one.found))
                print(f"again: python -m tests.oracle --cases {TIMES} --seed {one.seed}", file=sys.stderr)
                return 1
            if schemes % REPORT == 0 or cases >= said.cases:
                print(f"{cases} cases, {stopped} stop; {schemes} schemes, {refused} refused by the linter; "
                      f"{time.monotonic() - start:.0f} s", flush=True)  # fmt: skip
            if cases >= said.cases:
                return 0
    return 0


def _checked(pool: Pool, first: int) -> Iterator[Checked]:
    """One seed after another, without end."""
    while True:
        yield from pool.imap(disagreements, range(first, first + REPORT), chunksize=20)
        first += REPORT


if __name__ == "__main__":
    sys.exit(main())
