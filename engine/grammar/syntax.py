"""What the YAML reader stumbled over, said to a clerk."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from engine.text import Text

_SAID: tuple[tuple[str, Text], ...] = (
    (
        r"found character '\\t'",
        Text("用了制表符（Tab）缩进，请改用空格", "a tab stands where only spaces may; indent with spaces"),
    ),
    (
        r"found character '(?P<what>.)'",
        Text("这里不能以 {what} 开头；文字请用引号括起来", "nothing can start with {what} here; put text in quotes"),
    ),
    (
        r"mapping values are not allowed",
        Text(
            "这一行的冒号放得不对：缩进不齐、上一行漏了冒号，或者文字里有“: ”而没有加引号",
            "the colon is out of place: wrong indentation, no colon in the line above, or text with ': ' unquoted",
        ),
    ),
    (
        r"could not find expected ':'",
        Text(
            "这里少了冒号；应写成“键: 值”，用半角冒号，后面空一格",
            "a colon is missing; write 'key: value' with a space after the colon",
        ),
    ),
    (
        r"sequence entries are not allowed|expected <block end>, but found '-'",
        Text("列表的“-”没有对齐，或者这里不应是列表", "the '-' of a list is not aligned, or no list belongs here"),
    ),
    (
        r"expected <block end>",
        Text("缩进没有与上面的同级内容对齐", "the indentation does not match that of the lines above"),
    ),
    (
        r"expected ',' or '(?P<what>[\]}])'",
        Text(
            "第 {first} 行的括号没有写完：缺少逗号或 {what}",
            "the bracket of line {first} is not finished: a comma or {what} is missing",
        ),
    ),
    (
        r"expected the node content",
        Text("这里应有内容；请检查括号和逗号", "something is missing here; check brackets and commas"),
    ),
    (
        r"unexpected end of stream|unexpected document separator",
        Text("第 {first} 行的引号没有配对", "the quote of line {first} is not closed"),
    ),
    (
        r"unknown escape character|expected escape sequence",
        Text(
            "双引号里的反斜杠不能这样用；请改用单引号", "a backslash cannot stand so in double quotes; use single ones"
        ),
    ),
    (
        r"undefined alias|scanning an alias",
        Text("以 * 开头的文字请用引号括起来", "text that starts with * must be put in quotes"),
    ),
    (
        r"another document|single document|document end marker",
        Text("一个文件只写一份方案；请删去中间的 ---", "one file holds one scheme; remove the second ---"),
    ),
    (
        r"block scalar|chomping",
        Text("| 和 > 后面要换行再写文字", "after | and > the text starts on the next line"),
    ),
)
_OTHER = Text(
    "不是合法的 YAML，请检查缩进、冒号和引号（解析器报告：{why}）",
    "not valid YAML: {why}; check indentation, colons, quotes",
)


def said_of(error: MarkedYAMLError) -> Text:
    """The mistake in plain words; the reader's own where we have none."""
    why = " ".join(str(error.problem or error.context).split())
    mark = error.context_mark or error.problem_mark
    first = mark.line + 1 if mark else 1
    for pattern, text in _SAID:
        if found := re.search(pattern, f"{why} {error.context or ''}"):
            return text.format(first=first, **found.groupdict())
    return _OTHER.format(why=why)
