"""The State Council's notice as somebody pastes it: three real ones, and whatever can be wrong with one."""

from __future__ import annotations

from datetime import date

import pytest

from engine.text import Problems
from evaluation.calendar.notice import NamedDay, read_notice
from tests.notices import NOTICES, off_in, worked_in

SHORT = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"""


def found(text: str, year: int = 2026) -> list[NamedDay]:
    return read_notice(text, year)


def problems(text: str, year: int = 2026) -> list[str]:
    with pytest.raises(Problems) as raised:
        read_notice(text, year)
    return [f"{one.place.row}: {one.what.zh}" for one in raised.value.found]


@pytest.mark.parametrize("year", NOTICES)
def test_the_published_notices_are_read_to_the_last_day(year: int):
    days = found(NOTICES[year], year)
    assert {one.day: one.holiday for one in days if not one.works} == off_in(year)
    assert {one.day: one.holiday for one in days if one.works} == worked_in(year)
    assert days == sorted(days)


def test_blanks_half_width_signs_and_a_text_without_line_breaks_do_no_harm():
    pasted = SHORT.replace("：", ":").replace("（", "(").replace("）", ")").replace("，", ",").replace("\n", "  ")
    assert found(f"  　{pasted}") == found(SHORT)
    assert found(SHORT.replace("2", "２").replace("二、", "　二、")) == found(SHORT)


def test_a_holiday_over_the_turn_of_the_year():
    said = "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。2022年12月24日（星期六）上班。"
    assert found(said, 2023) == [
        (date(2022, 12, 24), True, "元旦"),
        (date(2022, 12, 31), False, "元旦"),
        (date(2023, 1, 1), False, "元旦"),
        (date(2023, 1, 2), False, "元旦"),
    ]


def test_a_month_said_once_holds_for_the_days_after_it():
    days = found(SHORT.replace("2月14日（周六）、2月28日", "2月14日（周六）、28日"))
    assert [one.day for one in days if one.works and one.holiday == "春节"] == [date(2026, 2, 14), date(2026, 2, 28)]


def test_what_may_be_done_on_a_day_is_no_arrangement():
    assert found(SHORT + "鼓励各单位安排职工在除夕（2月16日）休息。") == found(SHORT)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("共9天", "共8天", ["2: 写的是共 8 天，日期算来是 9 天"]),
        ("至23日（农历正月初七、周一）", "至23日（农历正月初七、周二）", ["2: 2026-02-23 是星期一，不是星期二"]),
        ("2月28日（周六）", "2月27日", ["2: 2026-02-27 不是周末，用不着调休上班"]),
        ("2月28日（周六）", "2月30日", ["2: 没有2月30日这一天"]),
        ("2月14日（周六）、", "13月14日、", ["2: 没有13月14日这一天"]),
        ("2月14日（周六）、2月28日", "2月15日（周日）、2月28日", ["2: 2026-02-15 已在第 2 行出现过"]),
        ("1月4日（周日）上班", "1月4日（周日）补休", ["1: “1月4日(周日)补休”没有写明放假还是上班"]),
        ("1月4日（周日）上班", "1.4（周日）上班", ["1: “1.4(周日)上班”中的日期看不懂"]),
        ("1月4日（周日）上班", "1月4日（周日）、1月11曰上班", ["1: “1月4日(周日)、1月11曰上班”中的日期看不懂"]),
        ("放假调休，共3天。1月4日", "放假调休，共3天；1月4日（周日）放假上班。1月10日", [
            "1: “1月4日(周日)放假上班”既说放假又说上班，请分成两句", "1: 2026-01-10 是星期六，不是星期日"]),
        ("至23日（农历正月初七、周一）", "至2月3日", [
            "2: 2026-02-15 至 2026-02-03：截止早于开始"]),
        ("至23日（农历正月初七、周一）", "至3月23日", ["2: 2026-02-15 至 2026-03-23 有 37 天，太长"]),
        ("二、春节：", "", ["2: 没有写明是哪个节日：应为“节日：日期”"]),
        ("1月1日（周四）至3日（周六）放假调休，共3天。", "", ["0: 没有2026年1月1日放假"]),
        ("1月4日（周日）上班", "2025年11月30日（周日）上班", ["0: 2025-11-30 不在2026年（或上年12月）"]),
        (SHORT, "各地区要妥善安排好值班", ["0: 没有读到任何放假安排"]),
        (SHORT, NOTICES[2025], ["1: 这是2025年的通知，不是2026年的"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, said: list[str]):
    assert old in SHORT
    assert problems(SHORT.replace(old, new))[: len(said)] == said
    if new != NOTICES[2025]:  # of another year's notice the weekdays are wrong, too
        assert problems(SHORT.replace(old, new)) == said


def test_all_that_is_wrong_is_told_at_once():
    wrong = SHORT.replace("共3天", "共4天").replace("共9天", "共10天").replace("（周六）上班", "（周三）上班")
    assert problems(wrong) == [
        "1: 写的是共 4 天，日期算来是 3 天",
        "2: 写的是共 10 天，日期算来是 9 天",
        "2: 2026-02-28 是星期六，不是星期三",
    ]


LONG = [" " * 20_000 + "x", "一、" + " " * 20_000, "一、春节：共" + "9" * 9_000 + "天", "日" * 20_000,
        "一、春节：" + "1月1日至" * 5_000, "放假" * 10_000, "一、" * 10_000]  # fmt: skip


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_text_made_to_take_long_takes_no_time(text: str):
    assert problems(text)
