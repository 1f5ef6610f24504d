"""YAML text → plain data that remembers the line of everything, with all syntax problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from engine.grammar.syntax import told
from engine.text import Place, Problem, Text

_DEEPEST = 40
_MOST_DIGITS = 40  # far beyond every figure of a rule book; a longer one stays text and is refused where it stands
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge", "seq", "map")
}

_TOO_DEEP = Text(
    "嵌套太深（最多 {most} 层），请检查括号和缩进",
    "nested too deeply (at most {most} levels); check brackets and indentation",
)
_ALIAS = Text("不能用 & 和 * 引用别处的内容，请在这里直接写出", "no references by & and *; write it out here")
_TAG = Text("不能用标记“{tag}”，请删去", 'no tags such as "{tag}"; remove it')
_TWICE = Text(
    "“{name}”写了两次（第 {first} 行已有）；请只留一个", '"{name}" is written twice (first in line {first}); keep one'
)
_ONE_WORD = Text("冒号前应是一个词，不能是列表或分项", "what stands before a colon must be one word, no list or block")
_CHARACTER = Text(
    "有不能显示的控制字符（U+{code:04X}），请删去", "there is a control character (U+{code:04X}); remove it"
)
_EMPTY = Text("文件是空的；应从 language: 1 写起", "the file is empty; it starts with language: 1")


class Keyed(dict[str, Any]):
    """A mapping of the file; `line` is its own, `lines` those of its keys.

    `lost` are the keys whose value is not there, or not as the file means it, because of a mistake already told;
    `known` those that the language has for this place, once it has been looked at.
    """

    def __init__(self, data: Iterable[tuple[str, Any]] = (), line: int = 0) -> None:
        super().__init__(data)
        self.line = line
        self.lines = dict.fromkeys(self, line)
        self.lost: set[str] = set()
        self.known: frozenset[str] = frozenset()


class Listed(list[Any]):
    """A list of the file; `lines` are those of its items; `lost` says that an item is missing, its mistake told."""

    def __init__(self, data: Iterable[Any] = (), line: int = 0) -> None:
        super().__init__(data)
        self.line = line
        self.lines = [line] * len(self)
        self.lost = False


Held: TypeAlias = Keyed | Listed
Step: TypeAlias = int | str


def keyed(data: dict[str, Any], line: int) -> Keyed:
    """A mapping that stands for a shorthand written on one line."""
    return Keyed(data.items(), line)


def overlaid(below: Keyed, above: Keyed) -> Keyed:
    """Two mappings as one; what stands in `above` counts."""
    both = Keyed({**below, **above}.items(), below.line)
    both.lines = below.lines | above.lines
    both.lost = below.lost | above.lost
    return both


def key_lost(source: Keyed, key: str) -> bool:
    """Whether a key, or an entry or item right below it, is lost."""
    value = source.get(key)
    return key in source.lost or (isinstance(value, Keyed | Listed) and bool(value.lost))


def any_lost(source: Held) -> bool:
    """Whether anything is lost, at any depth."""
    values = source.values() if isinstance(source, Keyed) else source
    return bool(source.lost) or any(any_lost(value) for value in values if isinstance(value, Keyed | Listed))


def trail(source: object, location: Iterable[Step]) -> list[tuple[Held, Step]]:
    """Where a location leads: each mapping or list on the way, and the step taken from it.

    Steps that the file does not have are passed over: shorthands are written out only after reading.
    """
    found: list[tuple[Held, Step]] = []
    for step in location:
        if isinstance(source, Keyed) and step in source:
            found.append((source, step))
            source = source[str(step)]
        elif isinstance(source, Listed) and isinstance(step, int) and step < len(source):
            found.append((source, step))
            source = source[step]
    return found


def value_at(source: Any, location: Iterable[Step]) -> Any:
    """What the file has at a location, as far as it leads."""
    for holder, step in trail(source, location):
        source = holder[int(step)] if isinstance(holder, Listed) else holder[str(step)]
    return source


def line_of(source: object, location: Iterable[Step]) -> int:
    """The line of the innermost thing that the file has of a location."""
    way = trail(source, location)
    if not way:
        return source.line if isinstance(source, Keyed | Listed) else 1
    holder, step = way[-1]
    return holder.lines[int(step)] if isinstance(holder, Listed) else holder.lines[str(step)]


def read_source(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The data of a scheme file and what is wrong with its YAML.

    Numbers become `int` or `Decimal`, never floats; everything unclear stays text. Aliases are refused: a rule
    book is read from top to bottom.
    """
    reader = YAML(typ="rt", pure=True)
    reader.max_depth = _DEEPEST
    text = text.removeprefix("\ufeff")
    try:
        root = reader.compose(text)
    except MarkedYAMLError as error:
        row, what = told(error, text)
        what = _TOO_DEEP.format(most=_DEEPEST) if isinstance(error, MaxDepthExceededError) else what
        return None, [Problem(Place(file, row=row), what)]
    except ReaderError as error:
        row = text[: error.position].count("\n") + 1
        return None, [Problem(Place(file, row=row), _CHARACTER.format(code=error.character))]
    if root is None:
        return None, [Problem(Place(file, row=1), _EMPTY)]
    builder = _Builder(file)
    return builder.build(root), builder.problems


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def complain(self, node: Node, what: Text, **values: object) -> None:
        """Note a problem at the line of a node."""
        self.problems.append(Problem(Place(self.file, row=_line(node)), what.format(**values)))

    def refused(self, node: Node, at: Node) -> bool:
        """Complain of what a rule book has no use for; its value is then lost. `at` has the line of an alias."""
        if id(node) in self.seen:
            self.complain(at, _ALIAS)
        elif node.tag not in _TAGS:
            self.complain(node, _TAG, tag=node.tag)
        else:
            if node.anchor is not None:
                self.complain(node, _ALIAS)
            self.seen.add(id(node))
            return False
        return True

    def build(self, node: Node) -> Any:
        if isinstance(node, MappingNode):
            return self.mapping(node)
        if isinstance(node, SequenceNode):
            return self.sequence(node)
        return _scalar(node) if isinstance(node, ScalarNode) else None

    def sequence(self, node: SequenceNode) -> Listed:
        result = Listed((), _line(node))
        for item in node.value:
            if self.refused(item, node):
                result.lost = True
                continue
            result.lines.append(_line(item))
            result.append(self.build(item))
        return result

    def mapping(self, node: MappingNode) -> Keyed:
        result = Keyed((), _line(node))
        for key, value in self.pairs(node):
            name = str(key.value)
            if name in result.lines:
                self.complain(key, _TWICE, name=name, first=result.lines[name])
                continue
            result.lines[name] = _line(key)
            if self.refused(value, key):
                result.lost.add(name)
            else:
                result[name] = self.build(value)
        return result

    def pairs(self, node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield key, value
            else:
                self.complain(key, _ONE_WORD)


def _scalar(node: ScalarNode) -> Any:
    text, tag = str(node.value), str(node.tag or "")
    if node.style in ("'", '"', "|", ">") or tag.endswith(":str"):
        return text
    if tag.endswith(":null"):
        return None
    if tag.endswith(":bool"):
        return text.lower() == "true"
    if len(text) > _MOST_DIGITS:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
