"""What each claim is worth by itself, before it is held against the others of its unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from engine.calendar import Calendar, days_late
from engine.facts import Claim
from engine.language.extras import Bonus, Deductions, DeductionStandard, Lateness, Lift, points_of
from engine.score.counted import Counted, Why

_NOTHING = Fraction(0)


def weigh(rules: Bonus | Deductions, claims: Iterable[Claim], calendar: Calendar) -> list[Counted]:
    """Every claim with its points and whether it counts.

    Args:
        rules: the bonus or the deductions of the scheme.
        claims: those of all units, since units that assist in a matter share its points.
        calendar: the working days, where lateness is counted in them.
    """
    weighed = [(claim, _barred(rules, claim)) for claim in claims]
    assisting: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim, why in weighed:
        if claim.role == "assist" and why is Why.COUNTS:
            assisting[claim.standard, claim.matter].add(claim.unit)
    return [
        _weighed(rules, claim, why, _share(rules, claim, len(assisting[claim.standard, claim.matter])), calendar)
        for claim, why in weighed
    ]


def _barred(rules: Bonus | Deductions, claim: Claim) -> Why:
    """Whether the claim is in time and decided."""
    if rules.cut_off is not None and (claim.day is None or claim.day > rules.cut_off):
        return Why.TOO_LATE
    if rules.by == "decision" and not (claim.body and claim.decision):
        return Why.UNDECIDED
    return Why.COUNTS


def _share(rules: Bonus | Deductions, claim: Claim, assisting: int) -> Fraction:
    """The unit's share of a matter: the lead has its own, those who assist have equal parts of the rest."""
    if not isinstance(rules, Deductions) or rules.lead_share is None or not claim.role:
        return Fraction(1)
    lead = Fraction(rules.lead_share)
    return lead if claim.role == "lead" else (1 - lead) / max(assisting, 1)


def _weighed(rules: Bonus | Deductions, claim: Claim, why: Why, share: Fraction, calendar: Calendar) -> Counted:
    [standard] = [one for one in rules.standards if one.code == claim.standard]
    days, lifts = 0, ""
    if isinstance(standard, DeductionStandard) and standard.lateness is not None:
        late, days = _late(standard.lateness, claim, calendar)
        why = late if why is Why.COUNTS else why
        whole = min(days * Fraction(standard.lateness.each), Fraction(standard.lateness.at_most))
    elif isinstance(standard, DeductionStandard) and standard.passed_on is not None:
        assert claim.above is not None
        whole = Fraction(claim.above) * Fraction(standard.passed_on)
    else:
        level = standard.levels[claim.level]
        whole = Fraction(points_of(level))
        lifts = level.effect if isinstance(level, Lift) and why is Why.COUNTS else ""
    points = whole * share
    return Counted(claim, points, points if why is Why.COUNTS else _NOTHING, why, lifts, share, days)


def _late(lateness: Lateness, claim: Claim, calendar: Calendar) -> tuple[Why, int]:
    """Whether a delay counts, and its days."""
    assert claim.delay is not None
    due, done = claim.delay.due, claim.delay.done
    if done <= due:
        return Why.IN_TIME, 0
    if claim.delay.excused:
        return Why.EXCUSED, 0
    if lateness.days == "working" and calendar.unknown_year(due, done) is not None:
        return Why.UNKNOWN_YEAR, 0
    late = days_late(due, done, calendar if lateness.days == "working" else None)
    days = ceil(late) if lateness.count == "started" else floor(late)
    return (Why.COUNTS, days) if days else (Why.NOT_A_DAY, 0)
