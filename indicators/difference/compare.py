"""Two rule books → what is new, gone, moved and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.language.scheme import EvaluationPlan, Scheme
from engine.rules.wording import NOTHING, joined, listed
from engine.text import Text
from indicators.difference.subjects import CODE, NAME, PARENT, Subject, subjects_of, written_said

_AS_WRITTEN = Text("写法", "as written")


class What(StrEnum):
    """What happened to a subject from the first book to the second."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One difference. `before` and `after` are empty where there is nothing on that side; lines are 0 there."""

    what: What
    kind: Text
    where: Text
    name: str
    code: str
    aspect: Text
    before: Text
    after: Text
    line_before: int
    line_after: int


def compare(first: Scheme, second: Scheme) -> list[Change]:
    """Every difference between two rule books, in the order of the second, what is gone after it.

    Evaluations and everything inside them are matched by code; where a code is on one side only, an indicator of
    the same name in the same set is the same indicator under another code, and a single evaluation left on each side
    is the same evaluation.
    """
    changes = list(_heads(first, second))
    pairs, alone_first, alone_second = _matched(first.evaluations, second.evaluations)
    for before, after in pairs:
        changes += _compared(list(subjects_of(before)), list(subjects_of(after)))
    for plans, what in ((alone_second, What.NEW), (alone_first, What.GONE)):
        for plan in plans:
            changes.append(_whole(next(subjects_of(plan)), what))
    return changes


def _heads(first: Scheme, second: Scheme) -> Iterator[Change]:
    for aspect, key in ((CODE, "code"), (Text("名称", "title"), "title"), (Text("来源", "source"), "source")):
        before, after = getattr(first, key), getattr(second, key)
        if before != after:
            kind, said = Text("方案", "scheme"), (Text(before, before), Text(after, after))
            yield Change(What.CHANGED, kind, NOTHING, second.title, second.code, aspect, *said, 1, 1)


Plans = tuple[EvaluationPlan, ...]


def _matched(first: Plans, second: Plans) -> tuple[list[tuple[EvaluationPlan, EvaluationPlan]], Plans, Plans]:
    known = {plan.code: plan for plan in first}
    pairs = [(known[plan.code], plan) for plan in second if plan.code in known]
    taken = {after.code for _, after in pairs}
    alone_first = tuple(plan for plan in first if plan.code not in taken)
    alone_second = tuple(plan for plan in second if plan.code not in taken)
    if len(alone_first) == len(alone_second) == 1:
        return [*pairs, (alone_first[0], alone_second[0])], (), ()
    return pairs, alone_first, alone_second


def _compared(first: list[Subject], second: list[Subject]) -> Iterator[Change]:
    known = {subject.key: subject for subject in first}
    renamed = _renamed(first, second)
    met: set[tuple[str, ...]] = set()
    for after in second:
        before = known.get(renamed.get(after.key, after.key))
        if before is None:
            yield _whole(after, What.NEW)
        else:
            met.add(before.key)
            above = renamed.get((*after.key[:2], after.under), ("", "", after.under))
            yield from _changes(before, after, moved=before.under != above[-1])
    for before in first:
        if before.key not in met:
            yield _whole(before, What.GONE)


def _renamed(first: list[Subject], second: list[Subject]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Keys of the second → keys of the first, where only the code of an indicator is another."""
    found = {second[0].key: first[0].key}  # the evaluations themselves
    keys = {subject.key for subject in first}, {subject.key for subject in second}
    alone = [
        [subject for subject in side if subject.key not in other and subject.key[0] == "indicator"]
        for side, other in ((first, keys[1]), (second, keys[0]))
    ]
    counts = [Counter((subject.key[1], subject.name) for subject in side) for side in alone]
    by_name = {(subject.key[1], subject.name): subject.key for subject in alone[0]}
    for subject in alone[1]:
        name = subject.key[1], subject.name
        if name in by_name and counts[0][name] == counts[1][name] == 1:
            found[subject.key] = by_name[name]
    return found


def _whole(subject: Subject, what: What) -> Change:
    title = Text("{aspect}：{said}", "{aspect}: {said}")
    says = {aspect: text for aspect, text in subject.says.items() if aspect != NAME}
    says |= {aspect: listed(names) for aspect, names in subject.names.items()}
    said = joined(title.format(aspect=aspect, said=text) for aspect, text in says.items() if text.zh)
    before, after = (NOTHING, said) if what == What.NEW else (said, NOTHING)
    lines = (0, subject.line) if what == What.NEW else (subject.line, 0)
    return Change(what, subject.kind, subject.where, subject.name, subject.key[-1], NOTHING, before, after, *lines)


def _changes(before: Subject, after: Subject, moved: bool) -> Iterator[Change]:
    said = {aspect: after.says.get(aspect, NOTHING) for aspect in {**before.says, **after.says}}
    pairs = [(aspect, before.says.get(aspect, NOTHING), text) for aspect, text in said.items()]
    if before.key[-1] != after.key[-1]:
        pairs.insert(0, (CODE, Text(before.key[-1], before.key[-1]), Text(after.key[-1], after.key[-1])))
    pairs += [(aspect, *_apart(before.names.get(aspect, ()), names)) for aspect, names in after.names.items()]
    different = [pair for pair in pairs if (moved if pair[0] == PARENT else pair[1] != pair[2])]
    different += _as_written(before.unsaid, after.unsaid)
    different = different or _as_written(before.written, after.written)
    for aspect, one, other in different:
        what = What.MOVED if aspect == PARENT else What.CHANGED
        head = after.kind, after.where, after.name, after.key[-1]
        yield Change(what, *head, aspect, one, other, before.line, after.line)


def _as_written(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[Text, Text, Text]]:
    """What differs in the file, where it differs."""
    keys = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return [(_AS_WRITTEN, written_said(before, keys), written_said(after, keys))] if keys else []


def _apart(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Text, Text]:
    """The names that stand on one side only."""
    return listed(name for name in before if name not in after), listed(name for name in after if name not in before)
