"""Rankings and derivations as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine import VERSION
from engine.explain import Derivation
from engine.facts import EvaluatedUnit
from engine.language.scheme import EvaluationPlan, Scheme
from engine.rules.wording import joined
from engine.score.result import Outcome, SetResult
from engine.show import show
from engine.text import Text
from indicators.sheetwriter import display_width
from scoring.outputs.filled import filled
from scoring.outputs.report.gaps import why_said

_HEAD = (Text("名次", "Place"), Text("单位", "Unit"), Text("总分", "Total"), Text("等次", "Grade"))
_SEPARATE = Text("单列", "separate")
_MADE_WITH = Text(
    "{title} · {evaluation} · {source} · 方案指纹 {hash} · 引擎 {version}",
    "{title} · {evaluation} · {source} · scheme SHA-256 {hash} · engine {version}",
)
_FILLED = Text(
    "■ 补计：{count} 处没有数据，按方案补了分（{said}）",
    "■ Filled in: {count} without a reading have points as the rule book says ({said})",
)
_COUNTED = Text("{why} {count} 处", "{count} {why}")
_GAP = Text("{unit}：{named}，{why}，{way}，{points} 分", "{unit}: {named}, {why}; {way}: {points}")
_MORE = Text("另有 {count} 处，见结果工作簿的“补计”表", "and {count} more, see the sheet “Filled in”")
_MOST_NAMED = 10
_HASH = 12  # characters of it that tell schemes apart


def shown_total(outcome: Outcome, result: SetResult, row: int) -> str:
    """A total with as many places as the scheme rounds to."""
    return show(result.total[row], outcome.plan.written.rounding.total.digits or 0)


def ranking_lines(outcome: Outcome, language: str) -> Iterator[str]:
    """The ranking of every category."""
    for result in outcome.sets:
        for number, title in enumerate(result.plan.categories.values()):
            rows = result.members(number)
            if not rows:
                continue
            yield f"■ {title}"
            also = [scale.name for scale in outcome.plan.written.also_graded]
            cells = [[*(head.to(language) for head in _HEAD), *also]]
            for row in rows:
                place = str(result.place[row]) if result.place[row] else _SEPARATE.to(language)
                total = shown_total(outcome, result, row)
                grades = [graded.final(row).to(language) for graded in (result.main, *result.also.values())]
                cells.append([place, result.units[row].name, total, *grades])
            yield from _table(cells)
            yield ""


def filled_lines(outcome: Outcome, language: str) -> Iterator[str]:
    """Which units and indicators have points without a reading where there could have been one; the first of many."""
    lacking = [one for one in filled(outcome) if one.lacking]
    if not lacking:
        return
    counts = Counter(why_said(one) for one in lacking)
    said = [_COUNTED.format(why=why, count=count) for why, count in counts.items()]
    yield _FILLED.format(count=len(lacking), said=joined(said, "、", ", ")).to(language)
    for one in lacking[:_MOST_NAMED]:
        named = " ".join(part for part in (one.node.code, one.node.name, one.slot, one.item, one.item_name) if part)
        values = {"why": why_said(one), "way": one.way_said(), "points": show(one.points)}
        yield "  " + _GAP.format(unit=f"{one.unit.code} {one.unit.name}", named=named, **values).to(language)
    if len(lacking) > _MOST_NAMED:
        yield "  " + _MORE.format(count=len(lacking) - _MOST_NAMED).to(language)


def _table(cells: list[list[str]]) -> Iterator[str]:
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        padded = (cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(padded).rstrip()


def head_lines(scheme: Scheme, plan: EvaluationPlan, unit: EvaluatedUnit, language: str) -> Iterator[str]:
    """Whose derivation it is, and what it was made with."""
    yield f"{unit.code} {unit.name}"
    said = {"title": scheme.title, "evaluation": plan.written.title, "source": scheme.source}
    yield _MADE_WITH.format(hash=scheme.sha256[:_HASH], version=VERSION, **said).to(language)


def tree_lines(derivation: Derivation, language: str, indent: str = "") -> Iterator[str]:
    """A derivation as a tree, each number above what it is made of."""
    yield indent + _headline(derivation, language)
    inner = indent + "    "
    for line in derivation.lines:
        yield f"{inner}· {line.to(language)}"
    for child in derivation.children:
        yield from tree_lines(child, language, inner)


def _headline(derivation: Derivation, language: str) -> str:
    name = f"{derivation.name} [{derivation.code}]"
    if derivation.points is None:
        return Text("{name}：不计", "{name}: does not count").format(name=name).to(language)
    if derivation.full is None:
        text = Text("{name}：{points} 分", "{name}: {points}")
        return text.format(name=name, points=show(derivation.brings)).to(language)
    text = Text("{name}：{points} 分（满分 {full}）", "{name}: {points} of {full}")
    return text.format(name=name, points=show(derivation.points), full=show(derivation.full)).to(language)
