"""What the YAML reader stumbled over, said to a clerk."""

from __future__ import annotations

import re

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.tokens import ScalarToken

from engine.text import Text

_NO_COLON = Text(
    "这里少了冒号；应写成“键: 值”，用半角冒号，后面空一格",
    "a colon is missing; write 'key: value' with a space after the colon",
)
_NO_QUOTE = Text("第 {first} 行的引号没有配对", "the quote of line {first} is not closed")
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
    (r"could not find expected ':'", _NO_COLON),
    (
        r"sequence entries are not allowed|expected <block end>, but found '-'",
        Text("列表的“-”没有对齐，或者这里不应是列表", "the '-' of a list is not aligned, or no list belongs here"),
    ),
    (
        r"but found '<scalar>'",
        Text("引号或括号后面还有文字；请把整段文字用引号括起来", "text after a quote or bracket; quote all of it"),
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
    (r"unexpected end of stream|unexpected document separator", _NO_QUOTE),
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


_BEGINS_ABOVE = ("could not find expected ':'", "unexpected end of stream", "unexpected document separator")
_KEY_IN_TEXT = ("mapping values are not allowed", "expected '<document start>'")
_COLON = re.compile(r":(\s|$)")
_LEADING = re.compile(r"[\s-]*")


def told(error: MarkedYAMLError, text: str) -> tuple[int, Text]:
    """The line of a mistake, and what it is in plain words; the reader's own words where we have none.

    The reader notices a missing colon or quote only further down; it is told where it is missing.
    """
    why = " ".join(str(error.problem or error.context).split())
    mark = error.problem_mark or error.context_mark
    row = mark.line if mark else 0
    if error.context_mark and any(known in why for known in _BEGINS_ABOVE):
        row = error.context_mark.line
    elif any(known in why for known in _KEY_IN_TEXT) and (above := _line_without_colon(text, row)) is not None:
        return above + 1, _NO_COLON
    elif "but found '<scalar>'" in why and (opening := _quote_over_lines(text, error)) is not None:
        return opening + 1, _NO_QUOTE.format(first=opening + 1)
    return row + 1, _said_of(error, why)


def _line_without_colon(text: str, row: int) -> int | None:
    """The line above that would be a key like the one in this row, had it a colon."""
    lines = text.split("\n")
    above = next((at for at in range(row - 1, -1, -1) if lines[at].split("#")[0].strip()), None)
    if above is None or _COLON.search(lines[above]):
        return None
    return above if _starts_at(lines[above]) == _starts_at(lines[row]) else None


def _starts_at(line: str) -> int:
    """Where the words of a line begin, behind the sign of a list."""
    found = _LEADING.match(line)
    return found.end() if found else 0


def _quote_over_lines(text: str, error: MarkedYAMLError) -> int | None:
    """Where a quote opens that closes in a later line, right before the mistake: it was meant to close before."""
    opening = None
    for token in YAML(typ="rt", pure=True).scan(text):
        if error.problem_mark is None or token.start_mark.index >= error.problem_mark.index:
            break
        quoted = isinstance(token, ScalarToken) and token.style in ("'", '"')
        opening = token.start_mark.line if quoted and token.start_mark.line < token.end_mark.line else None
    return opening


def _said_of(error: MarkedYAMLError, why: str) -> Text:
    mark = error.context_mark or error.problem_mark
    first = mark.line + 1 if mark else 1
    for pattern, text in _SAID:
        if found := re.search(pattern, f"{why} {error.context or ''}"):
            return text.format(first=first, **found.groupdict())
    return _OTHER.format(why=why)
