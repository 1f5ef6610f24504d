"""The differences of two rule books as text, as JSON and as a workbook."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from engine.language.scheme import Scheme
from engine.text import Text
from indicators.difference.compare import Change, What
from indicators.sheetwriter import Book, Look

WHATS = {
    What.NEW: Text("新增", "new"),
    What.GONE: Text("取消", "gone"),
    What.MOVED: Text("移动", "moved"),
    What.CHANGED: Text("修改", "changed"),
}
_LOOKS: dict[What, Look] = {
    What.NEW: {"bg_color": "#E2F0D9"},
    What.GONE: {"bg_color": "#F2F2F2", "font_color": "#7F7F7F"},
    What.MOVED: {"bg_color": "#DDEBF7"},
    What.CHANGED: {},
}
_NOTHING = Text("（无）", "(nothing)")
_HASH = 12  # characters of it that tell files apart
_BOOK = Text("{title}（{code}，指纹 {hash}）", "{title} ({code}, SHA-256 {hash})")
_SAME = Text("两个方案的规定没有差别", "the two rule books say the same")
_SAME_RULES = Text(
    "两个方案的规定没有差别，只有注释或写法不同", "the two rule books say the same; only remarks or spelling differ"
)


def text_lines(first: Scheme, second: Scheme, changes: Sequence[Change], language: str) -> Iterator[str]:
    """The differences for reading: what was changed under the name of what it belongs to."""
    yield f"{_book(first, language)} → {_book(second, language)}"
    for where, group in groupby(changes, lambda change: change.where):
        if where.zh:
            yield f"■ {where.to(language)}"
        for change in group:
            yield f"  {_headline(change, language)}"
    yield _summary(first, second, changes).to(language)


def _book(scheme: Scheme, language: str) -> str:
    return _BOOK.format(title=scheme.title, code=scheme.code, hash=scheme.sha256[:_HASH]).to(language)


def _headline(change: Change, language: str) -> str:
    what, kind = WHATS[change.what].to(language), change.kind.to(language)
    name = f"{change.name} [{change.code}]" if change.code != change.name else change.name
    head = Text("{what}{kind}：{name}", "{what} {kind}: {name}").format(what=what, kind=kind, name=name)
    if change.aspect.zh:
        said = Text("{head}，{aspect}：{before} → {after}", "{head}, {aspect}: {before} → {after}")
    else:
        said = Text("{head}（{only}）", "{head} ({only})")
    values = {"aspect": change.aspect, "before": _side(change.before), "after": _side(change.after)}
    only = change.after if change.what == What.NEW else change.before
    return said.format(head=head, only=only, **values).to(language)


def _side(text: Text) -> Text:
    return text if text.zh else _NOTHING


def _summary(first: Scheme, second: Scheme, changes: Sequence[Change]) -> Text:
    if not changes:
        return _SAME if first.sha256 == second.sha256 else _SAME_RULES
    counts = Counter(change.what for change in changes)
    said = [(word, counts[what]) for what, word in WHATS.items()]
    zh = "，".join(f"{word.zh} {count} 处" for word, count in said)
    return Text(f"合计：{zh}", "in all: " + ", ".join(f"{count} {word.en}" for word, count in said))


def as_document(first: Scheme, second: Scheme, changes: Sequence[Change]) -> dict[str, Any]:
    """The differences as plain data."""
    return {
        "before": _identity(first),
        "after": _identity(second),
        "changes": [
            {
                "what": change.what.value,
                "kind": _both(change.kind),
                "where": _both(change.where),
                "code": change.code,
                "name": change.name,
                "aspect": _both(change.aspect),
                "before": _both(change.before),
                "after": _both(change.after),
                "line_before": change.line_before or None,
                "line_after": change.line_after or None,
            }
            for change in changes
        ],
    }


def _identity(scheme: Scheme) -> dict[str, str]:
    return {"scheme": scheme.code, "title": scheme.title, "sha256": scheme.sha256}


def _both(text: Text) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text.zh else None


def write_document(path: Path, first: Scheme, second: Scheme, changes: Sequence[Change]) -> None:
    """Write the document as UTF-8 JSON with sorted keys."""
    text = json.dumps(as_document(first, second, changes), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def write_workbook(path: Path, first: Scheme, second: Scheme, changes: Sequence[Change], language: str) -> None:
    """Write one sheet of differences, a row each, and one that says which two rule books they are of."""
    book = Book(str(path))
    pairs = (
        ("变化", "Change"), ("范围", "Where"), ("种类", "Kind"), ("代码", "Code"), ("名称", "Name"), ("项目", "Aspect"),
        ("原", "Before"), ("现", "After"), ("原文件行", "Line before"), ("现文件行", "Line after"),
    )  # fmt: skip
    header = [Text(*pair).to(language) for pair in pairs]
    rows = [_row(change, language) for change in changes]
    book.table(
        Text("差别", "Differences").to(language), header, rows, frozen=5, look=lambda row, _: _LOOKS[changes[row].what]
    )
    books = [[Text("原", "before").to(language), _book(first, language), first.source]]
    books.append([Text("现", "after").to(language), _book(second, language), second.source])
    heads = [Text(*pair).to(language) for pair in (("前后", "Side"), ("方案", "Scheme"), ("来源", "Source"))]
    book.table(Text("方案", "Schemes").to(language), heads, books)
    book.close()


def _row(change: Change, language: str) -> list[Any]:
    texts = [WHATS[change.what], change.where, change.kind]
    said = [text.to(language) for text in texts]
    sides = [text.to(language) for text in (change.aspect, change.before, change.after)]
    return [*said, change.code, change.name, *sides, change.line_before or None, change.line_after or None]
