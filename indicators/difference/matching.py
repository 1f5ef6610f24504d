"""Which subject of one rule book is which of another: by code; else by what else it is known by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from indicators.difference.subjects import Key, Subject

_ONE_OF_A_KIND = {"set", "veto", "promotion"}  # the only one left on each side is the same one, whatever it is called


def matched(first: Sequence[Subject], second: Sequence[Subject]) -> dict[Key, Subject]:
    """The subject of the first book for each key of the second that has one; the evaluations themselves come first."""
    found = {second[0].key: first[0]}
    sets = _pairs(_of_kind("set", first), _of_kind("set", second), {})
    named = {after[1]: before.key[1] for after, before in sets.items()}
    return found | _pairs(first[1:], second[1:], named)


def _of_kind(kind: str, side: Iterable[Subject]) -> list[Subject]:
    return [subject for subject in side if subject.key[0] == kind]


def _pairs(first: Iterable[Subject], second: Iterable[Subject], sets: Mapping[str, str]) -> dict[Key, Subject]:
    """Pairs of the same key, once the second book's sets are called as in the first; then of those left over."""
    known = {subject.key: subject for subject in first}
    found: dict[Key, Subject] = {}
    left: dict[Key, list[Subject]] = defaultdict(list)
    for after in second:
        key = _called(after.key, sets)
        if key in known:
            found[after.key] = known.pop(key)
        else:
            left[key[:-1]].append(after)
    for family, mine in left.items():
        theirs = [before for before in known.values() if before.key[:-1] == family]
        found |= _left_over(theirs, mine)
    return found


def _called(key: Key, sets: Mapping[str, str]) -> Key:
    """A key of the second book with the code that its set has in the first."""
    at = len(key) - 2 if key[0] == "indicator" else len(key) - 1
    return (*key[:at], sets.get(key[at], key[at]), *key[at + 1 :]) if key[0] in ("indicator", "set") else key


def _left_over(theirs: list[Subject], mine: list[Subject]) -> dict[Key, Subject]:
    """Those that share most of what they are known by, unless it fits several of a side equally well."""
    found: dict[Key, Subject] = {}
    counts = [Counter(word for subject in side for word in subject.known_by) for side in (theirs, mine)]
    told = {word for word in counts[0] if counts[0][word] == counts[1][word] == 1}
    shared = [(len(one.known_by & other.known_by & told), other, one) for one in theirs for other in mine]
    for common, after, before in sorted(shared, key=lambda pair: -pair[0]):
        if common and after.key not in found and before not in found.values():
            found[after.key] = before
    rest = [one for one in theirs if one not in found.values()], [one for one in mine if one.key not in found]
    if len(rest[0]) == len(rest[1]) == 1 and rest[0][0].key[0] in _ONE_OF_A_KIND:
        found[rest[1][0].key] = rest[0][0]
    return found
