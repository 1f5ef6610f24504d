"""Two rule books → what is new, gone, moved and changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.language.scheme import EvaluationPlan, Scheme
from engine.rules.wording import NOTHING, joined, listed
from engine.text import Text
from indicators.difference.matching import matched
from indicators.difference.subjects import CODE, NAME, NUMBER, PARENT, Key, Subject, subjects_of
from indicators.difference.written import different_keys, told_by, written_said

_AS_WRITTEN = Text("写法", "as written")
_WITHOUT_CODE = {"veto", "promotion", "grade"}  # what is known by its grounds or its name


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
    """Every difference between two rule books, by what it belongs to, in the order of the second, what is gone last.

    Evaluations and everything inside them are matched by code; where a code is on one side only, an indicator or a set
    of the same name is the same one under another code, a veto or promotion that of the most common grounds, and a
    single evaluation left on each side is the same evaluation.
    """
    changes = list(_heads(first, second))
    pairs, alone_first, alone_second = _matched(first.evaluations, second.evaluations)
    for before, after in pairs:
        changes += _told(_compared(list(subjects_of(before)), list(subjects_of(after))))
    for plans, what in ((alone_second, What.NEW), (alone_first, What.GONE)):
        for plan in plans:
            changes += _told([_whole(next(subjects_of(plan)), what)])
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


@dataclass(frozen=True)
class _Found:
    """A difference and the place that it is told under: the evaluation, and the set of an indicator."""

    place: Key
    change: Change


def _told(found: Iterable[_Found]) -> Iterator[Change]:
    """What several sets have in common once; then everything of one place together."""
    places: dict[Change, dict[Key, Change]] = {}
    for one in found:
        places.setdefault(replace(one.change, line_before=0, line_after=0), {}).setdefault(one.place, one.change)
    by_place: dict[Text, list[Change]] = {}
    for same in places.values():
        where = _where(list(same))
        by_place.setdefault(where, []).append(replace(next(iter(same.values())), where=where))
    for changes in by_place.values():
        yield from changes


def _where(places: list[Key]) -> Text:
    """`绩效 · 县区、部门`; nothing for an evaluation itself."""
    title, sets = [place[0] for place in places if place][:1], [place[1] for place in places if len(place) > 1]
    return joined([listed(title), listed(sets)], " · ", " · ")


def _compared(first: list[Subject], second: list[Subject]) -> Iterator[_Found]:
    known = matched(first, second)
    met = {before.key for before in known.values()}
    order: dict[tuple[Key, Text, str], list[tuple[Subject, Subject]]] = defaultdict(list)
    for after in second:
        before = known.get(after.key)
        if before is None:
            yield _whole(after, What.NEW)
            continue
        above = known.get((*after.key[:2], after.under)) if after.under else None
        moved = before.under != (above.key[-1] if above else after.under)
        if not moved:
            order[after.place, after.kind, after.under].append((before, after))
        for change in _changes(before, after, moved):
            yield _Found(after.place, change)
    for siblings in order.values():
        yield from _order(siblings, first, second)
    for before in first:
        if before.key not in met:
            yield _whole(before, What.GONE)


def _whole(subject: Subject, what: What) -> _Found:
    title = Text("{aspect}：{said}", "{aspect}: {said}")
    says = {aspect: text for aspect, text in subject.says.items() if aspect != NAME}
    says |= {aspect: text for aspect, text in subject.handed.items() if text != subject.above.get(aspect)}
    says |= {aspect: listed(names) for aspect, names in subject.names.items()}
    said = joined(title.format(aspect=aspect, said=text) for aspect, text in says.items() if text.zh)
    before, after = (NOTHING, said) if what == What.NEW else (said, NOTHING)
    lines = (0, subject.line) if what == What.NEW else (subject.line, 0)
    head = what, subject.kind, NOTHING, subject.name, subject.key[-1]
    return _Found(subject.place, Change(*head, NOTHING, before, after, *lines))


def _changes(before: Subject, after: Subject, moved: bool) -> Iterator[Change]:
    pairs = {aspect: (before.says.get(aspect, NOTHING), text) for aspect, text in after.says.items()}
    pairs |= {aspect: (text, NOTHING) for aspect, text in before.says.items() if aspect not in after.says}
    pairs |= {aspect: _apart(before.names.get(aspect, ()), names) for aspect, names in after.names.items()}
    pairs |= {aspect: (before.handed[aspect], text) for aspect, text in after.handed.items()}
    above = {} if moved else {aspect: (text, after.above.get(aspect)) for aspect, text in before.above.items()}
    different = {
        aspect: pair for aspect, pair in pairs.items() if pair[0] != pair[1] and aspect not in (PARENT, NUMBER)
    }
    told = {aspect: pair for aspect, pair in different.items() if pair != above.get(aspect)}
    if before.key[-1] != after.key[-1] and after.key[0] not in _WITHOUT_CODE:
        told = {CODE: (_plain(before.key[-1]), _plain(after.key[-1]))} | told
    if moved:
        told[PARENT] = pairs[PARENT]
    keys = different_keys(before.written, after.written)
    keys -= {key for key in keys for aspect in different if told_by(key, after.tells.get(aspect, ()))}
    if keys:
        told[_AS_WRITTEN] = written_said(before.written, keys), written_said(after.written, keys)
    for aspect, (one, other) in told.items():
        what = What.MOVED if aspect == PARENT else What.CHANGED
        head = what, after.kind, NOTHING, after.name, after.key[-1]
        yield Change(*head, aspect, one, other, before.line, after.line)


def _order(siblings: list[tuple[Subject, Subject]], first: list[Subject], second: list[Subject]) -> Iterator[_Found]:
    """What stands side by side in both books, in another order: from the first to the last that changed its place."""
    at = {subject.key: number for number, subject in enumerate(first)}
    now = [before.key for before, _ in siblings]
    once = sorted(now, key=lambda key: at[key])
    if now == once:
        return
    apart = [number for number, key in enumerate(now) if key != once[number]]
    span = slice(apart[0], apart[-1] + 1)
    names = {before.key: after.name for before, after in siblings}
    one, other = (listed(names[key] for key in keys[span]) for keys in (once, now))
    after = siblings[0][1]
    above = next(subject for subject in second if subject.key == _holder(after, second))
    aspect = Text("{kind}次序", "order of the {kind}s").format(kind=after.kind)
    place = after.place if above.key[0] == "indicator" else above.place
    head = What.CHANGED, above.kind, NOTHING, above.name, above.key[-1]
    yield _Found(place, Change(*head, aspect, one, other, siblings[0][0].line, after.line))


def _holder(subject: Subject, second: list[Subject]) -> Key:
    """The key of what a subject stands below: an indicator, a set, or the evaluation."""
    if subject.key[0] != "indicator":
        return second[0].key
    return (*subject.key[:2], subject.under) if subject.under else ("set", subject.key[1])


def _apart(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Text, Text]:
    """The names that stand on one side only."""
    return listed(name for name in before if name not in after), listed(name for name in after if name not in before)


def _plain(said: str) -> Text:
    return Text(said, said)
