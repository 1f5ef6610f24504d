"""Bonuses and deductions explained: each claim, the cap of its kind, the cap of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from engine.explain.derivation import Derivation
from engine.language.extras import Bonus, Deductions, Standard
from engine.score.result import Counted, Extras
from engine.show import show
from engine.text import Text

_ONCE = Text(
    "{name}（{level}）{matter}：同一事项已按更高的计，不重复；依据：{document}",
    "{name} ({level}) {matter}: counted already at its highest; {document}",
)
_CLAIM = Text(
    "{name}（{level}）{matter}：{points} 分；依据：{document}",
    "{name} ({level}) {matter}: {points}; {document}",
)
_OF_A_KIND = Text("{name}合计 {raw} 分，本项最多 {points} 分", "{name}: {raw} in all, at most {points}")
_OF_ALL = Text("合计 {kinds} 分，最多 {total} 分", "{kinds} in all, at most {total}")


def extras_of(code: str, name: Text, extras: Extras, rules: Bonus | Deductions | None) -> Iterator[Derivation]:
    """The bonuses or the deductions of a unit, if it has any."""
    if rules is None or not extras.claims:
        return
    standards = {standard.code: standard for standard in rules.standards}
    lines = [_claim_said(counted, standards) for counted in extras.claims]
    for kind, points in extras.kinds.items():
        raw = sum((one.counted for one in extras.claims if one.claim.standard == kind), Fraction(0))
        if raw != points:
            lines.append(_OF_A_KIND.format(name=standards[kind].name, raw=show(raw), points=show(points)))
    kinds = sum(extras.kinds.values(), Fraction(0))
    if kinds != extras.total:
        lines.append(_OF_ALL.format(kinds=show(kinds), total=show(extras.total)))
    sign = -1 if isinstance(rules, Deductions) else 1
    yield Derivation(code, name.zh, None, extras.total, extras.total, sign * extras.total, tuple(lines))


def _claim_said(counted: Counted, standards: Mapping[str, Standard]) -> Text:
    claim = counted.claim
    return (_ONCE if counted.duplicate else _CLAIM).format(
        name=standards[claim.standard].name,
        level=claim.level,
        matter=claim.matter,
        points=show(counted.points),
        document=claim.document,
    )
