"""Believable sizes: between which two numbers a fact lies, by its name or else by its measure unit."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from demo.dice import per_mille
from engine.rules.base import FactSpec

# What the name contains → smallest and largest. The first that fits counts.
BY_NAME: tuple[tuple[str, str, str], ...] = (
    ("增速", "2.6", "9.4"),
    ("研发", "0.42", "2.16"),
    ("优良天数", "318", "361"),
    ("建筑面积能耗", "6.5", "24.0"),
    ("能耗", "0.420", "1.480"),
    ("生产总值", "68.35", "1286.40"),
    ("高新技术", "9.80", "142.60"),
    ("增加值", "24.60", "486.20"),
    ("预算收入", "38650", "682400"),
    ("税收占比", "58.20", "82.60"),
    ("债务率", "62.00", "128.00"),
    ("固定资产投资", "42.80", "526.00"),
    ("零售总额", "26.40", "412.70"),
    ("可支配收入", "14860", "36240"),
    ("隐性债务", "3200", "68500"),
    ("脱贫人口", "420", "9860"),
    ("PM2.5", "34.0", "57.0"),
    ("刑事案件", "260", "1840"),
    ("新增", "4", "38"),
)
BY_MEASURE: dict[str, tuple[str, str]] = {
    "亿元": ("6.5", "92.0"),
    "万元": ("850", "26400"),
    "元": ("8600", "42000"),
    "%": ("55", "98"),
    "人次": ("40", "360"),
    "人": ("30", "900"),
    "户": ("12", "68"),
    "件": ("14", "126"),
    "批次": ("180", "960"),
    "个": ("3", "24"),
    "家": ("3", "30"),
    "项": ("4", "18"),
    "公里": ("12", "86"),
}
IN_YUAN = ("6835000000.00", "128640000000.00")  # a gross product that is reported to the cent
OTHERWISE = ("10", "120")


def usual(fact: FactSpec, size: int, chance: Random) -> int:
    """A usual value for a unit of this size, as an integer of the fact's last decimal place."""
    named = next(((low, high) for key, low, high in BY_NAME if key in fact.name), None)
    low, high = named or BY_MEASURE.get(fact.measure, OTHERWISE)
    if "生产总值" in fact.name and fact.measure == "元":
        low, high = IN_YUAN
    smallest, largest = (int(Decimal(end).scaleb(fact.decimals)) for end in (low, high))
    spread = max(largest - smallest, 0)
    value = smallest + spread * size // 100
    return max(per_mille(value, chance.randint(930, 1070)), 1)


def most_of(fact: FactSpec) -> int:
    """What the fact cannot exceed, as an integer of its last decimal place: the days of a year, the whole of a rate."""
    rate = fact.measure == "%" and fact.name.endswith("率") and "债" not in fact.name
    most = 100 if rate else 365 if fact.measure == "天" else 10**15
    return most * int(10**fact.decimals)
