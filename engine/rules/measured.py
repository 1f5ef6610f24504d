"""How measures are told: the columns that they are made of, as the terms of a sum and in words."""

from __future__ import annotations

from decimal import Decimal

from engine.rules.base import Row
from engine.rules.inputs import ACTUAL, MEAN_OF_YEARS, PAST, SOURCES, Need
from engine.rules.wording import NOTHING, Words, bracketed
from engine.show import percent, show
from engine.text import Text


def sources_of(fact: str, source: str) -> set[Need]:
    """The reported columns that a column is made of."""
    if source.startswith(MEAN_OF_YEARS):
        return {Need(fact, past) for past in PAST[: int(source.removeprefix(MEAN_OF_YEARS))]}
    return {Need(fact, source)}


def mean_of_years(row: Row, fact: str, source: str) -> str:
    """The mean that makes a column of reported values; nothing for a column that is reported itself."""
    years = sorted((need.source for need in sources_of(fact, source)), key=SOURCES.index)
    shown = [bracketed(show(row.inputs.read(fact, year)[row.index])) for year in years]
    return f"({' + '.join(shown)}) ÷ {len(shown)}" if len(shown) > 1 else ""


def term(row: Row, fact: str, source: str) -> str:
    """A column as one term of a sum."""
    mean = mean_of_years(row, fact, source)
    return f"({mean})" if mean else bracketed(show(row.inputs.read(fact, source)[row.index]))


def since_last_year(row: Row, fact: str, source: str) -> str:
    """A column less the value of last year."""
    return f"{term(row, fact, source)} − {term(row, fact, 'last_year')}"


def of_fact(code: str, words: Words) -> Text:
    """`完成数的`, to stand before what is measured of it; nothing for the only fact of a leaf."""
    return NOTHING if code == ACTUAL else Text("{name}的", " of {name}").format(name=words.fact(code))


def if_zero(zh: str, en: str, share: Decimal | None) -> Text:
    """What a scheme states for a denominator of 0, if it states anything."""
    if share is None:
        return NOTHING
    return Text(f"；{zh}为 0 时按 {{share}} 计", f"; {{share}} where {en} is 0").format(share=percent(share))
