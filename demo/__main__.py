"""`python -m demo OUT_DIR`: two years of the sample city under each scheme, scored."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import django
from django.core.management import call_command

from demo.city import TURNS, Year, write_city
from engine.language.read import read_scheme

SCHEMES = Path(__file__).resolve().parent.parent / "schemes"
SHOWN = ("songyuan", "yiyang-2018", "zhangjiajie-2021", "hongjiang-2010", "district-2022-1plus5")


def main() -> None:
    """Draw the city for each scheme and score what was drawn."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument("--seed", type=int, default=2018, help="another seed, another city (default: %(default)s)")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for name in SHOWN:
        file = SCHEMES / f"{name}.yaml"
        for year in write_city(read_scheme(file.read_text(encoding="utf-8"), file.name), asked.seed, asked.out):
            _score(file, year)


def _score(file: Path, year: Year) -> None:
    """Score the facts of one evaluation and year as anybody would; results stand beside its folder."""
    beside = year.folder.parent / f"{year.folder.name}-results"
    with beside.with_suffix(".txt").open("w", encoding="utf-8") as ranking:
        call_command(
            "score_file",
            str(file),
            str(year.folder),
            f"{beside}.xlsx",
            json=f"{beside}.json",
            evaluation=year.plan.code,
            stdout=ranking,
        )
    units = sum(len(one.units) for one in year.outcome.sets)
    print(f"{TURNS[year.turn]}  {year.scheme.title} · {year.plan.written.title}: {units} → {beside}.xlsx")


if __name__ == "__main__":
    main()
