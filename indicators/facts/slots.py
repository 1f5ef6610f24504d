"""The columns 期次 and 评分单位: which slot of a leaf a row speaks of."""

from __future__ import annotations

from engine.grammar.near import hint, nearest
from engine.language.scheme import Indicator
from indicators.facts import sheets
from indicators.facts.grid import Grid


def slot_in(grid: Grid, row: int, leaf: Indicator) -> str | None:
    """The slot of a row of targets or readings, empty where it holds for all; None where that is wrong."""
    slots = leaf.slots
    if slots is None and "period" not in grid.at and "assessor" not in grid.at:
        return ""
    mine = "" if slots is None else "assessor" if slots.by_assessor else "period"
    for key in {"period", "assessor"} & {column.key for column in grid.sheet.columns}:
        if key != mine and grid[key][row] is not None:
            zh, en = "“{name}”不用{title}，请删去", '"{name}" has no use for {title}; remove it'
            grid.wrong(row, key, zh, en, name=leaf.name, title=grid.sheet.column(key).title)
            return None
    if slots is None or mine not in {column.key for column in grid.sheet.columns}:
        return ""
    said = grid[mine][row]
    if said is None and grid.sheet.key == sheets.TARGETS.key:
        return ""
    if said in slots.names:
        return str(said)
    known = "、".join(slots.names)
    if said is None:
        zh, en = "“{name}”要写{title}：{known}", '"{name}" needs its {title}: {known}'
        grid.wrong(row, mine, zh, en, name=leaf.name, title=slots.title, known=known)
        return None
    zh = "“{name}”没有{title}“{said}”；应是 {known}{near}"
    en = '"{name}" has no {title} "{said}"; there are {known}{near}'
    values = {"name": leaf.name, "title": slots.title, "said": said, "known": known}
    grid.wrong(row, mine, zh, en, cause=(leaf.code, said), near=hint(nearest(said, slots.names)), **values)
    return None
