"""Going through XML with expat, in bounded memory however it is made."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

_CHUNK = 1024 * 1024
_LONGEST_TAG = 4 * _CHUNK
_DEEPEST = 100

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def walk(parser: expat.XMLParserType, data: bytes, start: Start, end: End) -> None:
    """Call `start` and `end` for every element, with names that have lost their prefix.

    The caller has refused DOCTYPE. A single tag of many megabytes, or elements nested without end, would still
    take many times their length in memory: they end the walk.

    Raises:
        expat.ExpatError: the XML is not well-formed, or shaped as no program would write it.
    """
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise expat.ExpatError("nested too deeply")
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2] if ":" in name else name)

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    for position in range(0, len(data), _CHUNK):
        parser.Parse(data[position : position + _CHUNK], False)
        if position - parser.CurrentByteIndex > _LONGEST_TAG:
            raise expat.ExpatError("a tag is too long")
    parser.Parse(b"", True)
