"""YAML text → plain data that remembers the line of everything, with all syntax problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from engine.text import Place, Problem, Text

_DEEPEST = 40
_WHOLE = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")


class Keyed(dict[str, Any]):
    """A mapping of the file; `line` is its own, `lines` those of its keys."""

    line: int = 0
    lines: dict[str, int]


class Listed(list[Any]):
    """A list of the file; `lines` are those of its items."""

    line: int = 0
    lines: list[int]


def keyed(data: dict[str, Any], line: int) -> Keyed:
    """A mapping that stands for a shorthand written on one line."""
    result = Keyed(data)
    result.line, result.lines = line, dict.fromkeys(data, line)
    return result


def read_source(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The data of a scheme file and what is wrong with its YAML.

    Numbers become `int` or `Decimal`, never floats; everything unclear stays text. Aliases are refused: a rule
    book is read from top to bottom.
    """
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = Text("不是合法的 YAML：{why}。请检查缩进、冒号和引号", "not valid YAML: {why}; check indentation, colons, quotes")
        place = Place(file, row=mark.line + 1 if mark else 1)
        return None, [Problem(place, what.format(why=error.problem or error.context))]
    except YAMLError as error:
        what = Text("不是合法的文本：{why}", "not readable text: {why}")
        return None, [Problem(Place(file, row=1), what.format(why=str(error).splitlines()[0]))]
    if root is None:
        return None, [Problem(Place(file, row=1), Text("文件是空的", "the file is empty"))]
    builder = _Builder(file)
    return builder.build(root, 0), builder.problems


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def complain(self, node: Node, zh: str, en: str) -> None:
        self.problems.append(Problem(Place(self.file, row=_line(node)), Text(zh, en)))

    def build(self, node: Node, depth: int) -> Any:
        if id(node) in self.seen or depth > _DEEPEST:
            self.complain(node, "不能用 & 和 * 引用，也不能嵌套过深，请直接写出", "no aliases and no such depth; write it out")
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, SequenceNode):
            items = Listed(self.build(item, depth + 1) for item in node.value)
            items.line, items.lines = _line(node), [_line(item) for item in node.value]
            return items
        return self.scalar(node)

    def mapping(self, node: MappingNode, depth: int) -> Keyed:
        result = Keyed()
        result.line, result.lines = _line(node), {}
        for key, value in self.pairs(node):
            name = str(key.value)
            if name in result:
                first = result.lines[name]
                self.complain(
                    key,
                    f"“{name}”写了两次（第 {first} 行已有）；请只留一个",
                    f'"{name}" is written twice (first in line {first}); keep one',
                )
                continue
            result.lines[name] = _line(key)
            result[name] = self.build(value, depth + 1)
        return result

    def pairs(self, node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield key, value
            else:
                self.complain(key, "键必须是一个词", "a key must be one word")

    def scalar(self, node: ScalarNode) -> Any:
        text = str(node.value)
        if node.style in ("'", '"', "|", ">"):
            return text
        if node.tag.endswith(":null"):
            return None
        if node.tag.endswith(":bool"):
            return text.lower() == "true"
        if _WHOLE.fullmatch(text):
            return int(text)
        return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
