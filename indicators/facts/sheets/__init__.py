"""The sheets of a fact workbook, one per kind of fact: for the template, the reader and the documentation."""

from indicators.facts.sheets.claims import BONUSES, CALENDAR, DEDUCTIONS, FACTORS, LAST_RESULTS, MOVES, SERIES
from indicators.facts.sheets.column import Column, Sheet
from indicators.facts.sheets.readings import OWN, READINGS, TARGETS, UNITS
from indicators.facts.sheets.results import OTHER_RESULTS, PERSONS, POOLS
from indicators.facts.sheets.votes import BALLOTS, SUBJECTS, TALLIES

__all__ = [
    "BALLOTS",
    "BONUSES",
    "CALENDAR",
    "DEDUCTIONS",
    "FACTORS",
    "LAST_RESULTS",
    "MOVES",
    "NOTES_SHEETS",
    "OTHER_RESULTS",
    "OWN",
    "PERSONS",
    "POOLS",
    "READINGS",
    "SERIES",
    "SHEETS",
    "SUBJECTS",
    "TALLIES",
    "TARGETS",
    "UNITS",
    "Column",
    "Sheet",
]

SHEETS = (
    UNITS,
    TARGETS,
    READINGS,
    OWN,
    SUBJECTS,
    BALLOTS,
    TALLIES,
    BONUSES,
    DEDUCTIONS,
    CALENDAR,
    MOVES,
    SERIES,
    FACTORS,
    LAST_RESULTS,
    OTHER_RESULTS,
    POOLS,
    PERSONS,
)
NOTES_SHEETS = (
    "说明",
    "Notes",
    "指标一览",
    "Indicators",
    "选项",
    "Options",
)  # for people; only the scheme's mark is read
