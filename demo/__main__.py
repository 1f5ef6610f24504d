"""`python -m demo OUT_DIR`: one folder of CSV sheets for each evaluation of each scheme of the sample city."""

from __future__ import annotations

import argparse
from pathlib import Path

from demo.city import write_city
from engine.language.read import read_scheme

SCHEMES = Path(__file__).resolve().parent.parent / "schemes"
SHOWN = ("songyuan", "yiyang-2018", "zhangjiajie-2021", "hongjiang-2010", "district-2022-1plus5")


def main() -> None:
    """Read each scheme and write the sheets it has a use for."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument("--seed", type=int, default=2018, help="another seed, another year (default: %(default)s)")
    asked = parser.parse_args()
    for name in SHOWN:
        file = SCHEMES / f"{name}.yaml"
        write_city(read_scheme(file.read_text(encoding="utf-8"), file.name), asked.seed, asked.out / name)


if __name__ == "__main__":
    main()
