"""The columns: the rule book, and what is known."""

from indicators.models.facts import (
    LastResult,
    OtherResult,
    OwnIndicator,
    Reading,
    Series,
    Target,
    TargetSource,
    UnitFactor,
)
from indicators.models.scheme import Body, CycleScheme, Fact, Indicator

__all__ = [
    "Body",
    "CycleScheme",
    "Fact",
    "Indicator",
    "LastResult",
    "OtherResult",
    "OwnIndicator",
    "Reading",
    "Series",
    "Target",
    "TargetSource",
    "UnitFactor",
]
