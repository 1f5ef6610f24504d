"""YAML → data with lines: exact numbers, plain words, and what a rule book has no use for."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from engine.grammar.near import distance, nearest
from engine.grammar.source import Keyed, Listed, line_of, read_source, trail, value_at

DEEP = "嵌套太深（最多 40 层），请检查括号和缩进"
BROKEN = [
    ("nothing", "", 1, "文件是空的；应从 language: 1 写起"),
    ("comments only", "# 方案\n# 未写\n", 1, "文件是空的"),
    ("tab", "a:\n\tb: 1\n", 2, "用了制表符（Tab）缩进，请改用空格"),
    ("control character", "a: 1\nb: \x07\n", 2, "有不能显示的控制字符（U+0007）"),
    ("two colons", "a: 1\nb: c: d\n", 2, "冒号放得不对"),
    ("full-width colon", "a：1\nb: 2\n", 1, "这里少了冒号；应写成“键: 值”，用半角冒号"),
    ("full-width colon further down", "a: 1\ntitle：某市\nb: 2\n", 2, "少了冒号"),
    ("full-width colon before remarks", "title：某市\n\n# 说明\n\nb: 2\n", 1, "少了冒号"),
    ("full-width colon in a list", "a:\n  - b：1\n    c: 2\n", 2, "少了冒号"),
    ("full-width colon at the end", "a: 1\ntitle：某市\n", 2, "少了冒号"),
    ("no space after a colon", "a:\n  - b: 1\n    name:定期调度\n    c: 2\n", 3, "少了冒号"),
    ("no colon", "a: 1\nb\nc: 2\n", 2, "少了冒号"),
    ("no colon in the first line", "a\nb: 2\n", 1, "少了冒号"),
    ("text that goes on", "a: 1\nb: c\n  d: 2\n", 3, "冒号放得不对"),
    ("indentation", "a:\n  b: 1\n c: 2\n", 3, "缩进没有与上面的同级内容对齐"),
    ("list out of line", "a: 1\n- b\n", 2, "列表的“-”没有对齐"),
    ("open bracket", "a: 1\nb: [1, 2\nc: 3\n", 3, "第 2 行的括号没有写完：缺少逗号或 ]"),
    ("open brace", "b: {c: 1\n", 2, "第 1 行的括号没有写完：缺少逗号或 }"),
    ("nothing in a bracket", "a: [,]\n", 1, "这里应有内容"),
    ("open quote", "a: 1\nb: 'c\n", 2, "第 2 行的引号没有配对"),
    ("open quote far above", 'a: 1\nb: "c\nd: 2\ne: 3\n', 2, "第 2 行的引号没有配对"),
    ("quote that closes at the next one", "a: 1\nb: 'c\nd: 'e'\nf: 1\n", 2, "第 2 行的引号没有配对"),
    ("text behind a quote", "a: 1\nb: 'c' d\n", 2, "引号或括号后面还有文字"),
    ("text behind a bracket", "a: 1\nb: {c: 1} d\ne: *\n", 2, "引号或括号后面还有文字"),
    ("backslash", 'a: "\\q"\n', 1, "反斜杠不能这样用；请改用单引号"),
    ("forbidden first character", "a: 1\nb: @c\n", 2, "这里不能以 @ 开头；文字请用引号括起来"),
    ("per cent first", "a: %\n", 1, "这里不能以 % 开头"),
    ("star", "a: *\n", 1, "* 开头的文字请用引号括起来"),
    ("undefined alias", "a: *b\n", 1, "以 * 开头的文字请用引号括起来"),
    ("two documents", "a: 1\n---\nb: 2\n", 2, "一个文件只写一份方案"),
    ("block text on the line of its sign", "a: |text\n", 1, "后面要换行再写文字"),
    ("unknown version", "%YAML 3.0\n---\na: 1\n", 1, "不是合法的 YAML，请检查缩进、冒号和引号（解析器报告："),
    ("anchor", "a: 1\nb: &c 2\n", 2, "不能用 & 和 * 引用别处的内容"),
    ("own tag", "a: 1\nb: !c 2\n", 2, "不能用标记“!c”"),
    ("python tag", "a: !!python/object:os.system ls\n", 1, "不能用标记“tag:yaml.org,2002:python/object:os.system”"),
    ("list as a key", "? [a]\n: 1\n", 1, "冒号前应是一个词"),
    ("duplicate key", "a: 1\nb: 2\na: 3\n", 3, "“a”写了两次（第 1 行已有）；请只留一个"),
    ("brackets beyond reason", "a: 1\nb: " + "[" * 10_000, 2, DEEP),
    ("braces beyond reason", "{a: " * 3_000, 1, DEEP),
    ("lists beyond reason", "- " * 5_000, 1, DEEP),
    ("blocks beyond reason", "".join(f"{' ' * depth}a:\n" for depth in range(1_000)), 40, DEEP),
    ("brackets rather deep", "a: 1\nb: " + "[" * 50 + "]" * 50, 2, DEEP),
]


@pytest.mark.parametrize(("text", "line", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken_yaml_is_told_at_its_line(text, line, says):
    _, problems = read_source(text, "s.yaml")
    assert [(problem.place.row, says in problem.what.zh) for problem in problems] == [(line, True)], problems


def test_alias_is_told_where_it_stands_and_its_value_is_lost():
    data, problems = read_source("a: &x\n  b: 1\nc: 2\nd: *x\n", "s.yaml")
    assert [problem.place.row for problem in problems] == [1, 4]
    assert data == {"a": {"b": 1}, "c": 2}
    assert data.lost == {"d"}


def test_many_aliases_of_aliases_cost_nothing():
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    started = time.monotonic()
    _, problems = read_source(bomb, "s.yaml")
    assert time.monotonic() - started < 5
    assert problems


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("0.10", Decimal("0.10")),
        ("-12.5", Decimal("-12.5")),
        ("30%", "30%"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("'12'", "12"),
        ('"0.5"', "0.5"),
        ("!!str 12", "12"),
        ("2018-01-01", "2018-01-01"),
        ("1e400", "1e400"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("010", "010"),
        (".5", ".5"),
        ("+5", "+5"),
        ("１２", "１２"),
        ("1２", "1２"),
        ("9" * 41, "9" * 41),
        ("|\n  两行\n  文字", "两行\n文字\n"),
    ],
)
def test_r5_numbers_are_exact_and_everything_unclear_stays_text(written, read):
    data, problems = read_source(f"a: {written}\n", "s.yaml")
    assert problems == []
    assert data["a"] == read
    assert type(data["a"]) is type(read)
    assert not isinstance(data["a"], float)


def test_every_key_and_item_knows_its_line():
    data, _ = read_source("# 方案\na: 1\nb:\n  - c: 2\n    d: 3\n\n  - {e: 4, f: [5,\n    6]}\n", "s.yaml")
    assert isinstance(data, Keyed)
    assert (data.line, data.lines) == (2, {"a": 2, "b": 3})
    items = data["b"]
    assert isinstance(items, Listed)
    assert items.lines == [4, 7]
    assert items[0].lines == {"c": 4, "d": 5}
    assert items[1].lines == {"e": 7, "f": 7}
    assert items[1]["f"].lines == [7, 8]


def test_places_are_found_by_their_path_and_steps_of_no_line_are_passed_over():
    data, _ = read_source("a:\n  b:\n    - c: 1\n      d: 2\n", "s.yaml")
    assert line_of(data, ("a", "b", 0, "d")) == 4
    assert line_of(data, ("a", "points", "b", 0, "d")) == 4
    assert line_of(data, ("a", "b", 7)) == 2
    assert line_of(data, ()) == 1
    assert value_at(data, ("a", "b", 0, "d")) == 2
    assert [step for _, step in trail(data, ("a", "*", "b", 0))] == ["a", "b", 0]


def test_byte_order_mark_is_no_part_of_the_first_key():
    assert read_source("\ufefflanguage: 1\n", "s.yaml")[0] == {"language": 1}


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("weigth", {"weight", "width"}, "weight"),
        ("ratoi", {"ratio", "fact"}, "ratio"),
        ("市统计居", {"市统计局", "市财政局"}, "市统计局"),
        ("weight", {"weight"}, ""),
        ("满分", {"full_marks"}, ""),
        ("差", {"较差", "优"}, ""),
        ("on", {"to", "in"}, ""),
        ("x" * 10_000, {"x" * 9_999}, ""),
        ("colour", set(), ""),
    ],
)
def test_nearest_word(word, known, meant):
    assert nearest(word, known) == meant


def test_distance_counts_slips_of_the_pen():
    pairs = [("", "abc"), ("abc", "abc"), ("abc", "acb"), ("abc", "abx"), ("abc", "abcd"), ("kitten", "sitting")]
    assert [distance(a, b) for a, b in pairs] == [3, 0, 1, 1, 1, 3]
