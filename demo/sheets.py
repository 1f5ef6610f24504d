"""The sheets that an evaluation is filled from: their titles, and how they become CSV files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = dict[str, str]

TITLES: dict[str, tuple[str, ...]] = {
    "单位": ("单位代码", "单位名称", "类别", "分管领导", "主管部门", "分组", "人数"),
    "目标与基数": ("单位代码", "指标代码", "数据项", "目标值", "挑战值", "基数", "上年值", "前年值", "大前年值"),
    "采集数据": ("单位代码", "指标代码", "数据项", "期次", "评分单位", "数值", "失分原因", "依据"),
    "系数": ("单位代码", "系数", "数值"),
    "自定指标": ("单位代码", "所属指标", "代码", "名称", "分值", "计分方法", "承担方式", "计量单位"),
    "投票对象": ("投票", "投票人", "单位代码"),
    "测评票": ("投票", "投票人", "单位代码", "评价", "说明"),
    "测评汇总": ("投票", "单位代码", "评价", "票数"),
    "加分": ("单位代码", "加分项", "级别", "事项", "依据", "日期", "决定机构", "决定文号"),
    "扣分": (
        *("单位代码", "扣分项", "级别", "事项", "依据", "日期", "决定机构", "决定文号"),
        *("责任", "上级扣分", "应报时间", "实报时间", "说明被采纳"),
    ),
    "工作日历": ("日期", "安排"),
    "等次调整": ("单位代码", "事由", "决定机构", "决定文号"),
    "外部数据": ("代码", "数值"),
    "上年结果": ("单位代码", "总分", "名次", "等次", "参评数"),
    "专项结果": ("单位代码", "考评", "总分", "满分", "等次"),
    "奖金总额": ("代码", "金额"),
    "人员": ("单位代码", "工号", "姓名", "系数"),
}
OPTIONAL = {"分管领导", "目标值", "挑战值", "基数", "上年值", "前年值", "大前年值", "失分原因", "说明"} | {
    "主管部门",
    "分组",
    "期次",
    "评分单位",
    "日期",
    "决定机构",
    "决定文号",
    "级别",
    "责任",
    "上级扣分",
    "应报时间",
    "实报时间",
    "说明被采纳",
    "人数",
    "等次",
    "参评数",
    "满分",
}


class Sheets:
    """Rows collected sheet by sheet; a sheet or an optional column that nothing was put into is not written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {name: [] for name in TITLES}

    def add(self, sheet: str, **cells: str) -> None:
        """One row; the cells by title."""
        strange = cells.keys() - set(TITLES[sheet])
        if strange:
            raise KeyError(f"{sheet}: {sorted(strange)}")
        self.rows[sheet].append(cells)

    def write(self, folder: Path) -> None:
        """One CSV file a sheet; sheets left over from an earlier run are removed."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            file = folder / f"{name}.csv"
            file.unlink(missing_ok=True)
            if rows:
                _write(file, _titles(name, rows), rows)


def _titles(name: str, rows: list[Row]) -> list[str]:
    return [title for title in TITLES[name] if title not in OPTIONAL or any(row.get(title) for row in rows)]


def _write(file: Path, titles: list[str], rows: list[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, titles, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
