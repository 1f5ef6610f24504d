"""The trail is written here and nowhere else, and checked here."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from engine.text import Text
from evaluation.actor import Actor
from evaluation.models import GENESIS, AuditEntry, AuditHead

_HASHED = ("number", "actor_name", "action", "object_kind", "object_key", "origin", "detail", "previous")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(data: Any) -> str:
    """JSON with one spelling: sorted keys, no blanks, no escapes but the needed ones."""
    return _ENCODER.encode(data)


def record(action: str, about: models.Model, *, actor: Actor, key: str = "", **detail: Any) -> AuditEntry:
    """Append an entry to the trail, inside the transaction of what it tells.

    Args:
        action: the verb, such as `load_scheme`.
        about: the object that it was done to.
        actor: who did it, and from where.
        key: how people call the object; its primary key if left out.
        detail: what changed, as plain data; secrets never.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of what it tells")
    head = _locked_head()
    entry = AuditEntry(
        number=head.number + 1, at=timezone.now(), actor=actor.user, actor_name=actor.name, action=action,
        object_kind=about._meta.label_lower, object_key=key or str(about.pk), origin=actor.origin,
        detail=canonical(detail), previous=head.hash,
    )  # fmt: skip
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    AuditHead.objects.filter(id=1).update(number=entry.number, hash=entry.hash)
    transaction.on_commit(partial(_write_head, entry), robust=True)
    return entry


def _locked_head() -> AuditHead:
    """The head of the trail, which nobody else moves until the transaction ends."""
    found = AuditHead.objects.select_for_update().filter(id=1).first()
    if found is None:
        found, ours = AuditHead.objects.get_or_create(defaults={"number": 0, "hash": GENESIS}, id=1)
        if not ours:  # somebody else has made it: it is his until he is done
            found = AuditHead.objects.select_for_update().get(id=1)
    return found


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over everything that an entry says."""
    said = {name: getattr(entry, name) for name in _HASHED}
    return hashlib.sha256(canonical({**said, "at": _instant(entry.at), "actor": entry.actor_id}).encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _write_head(entry: AuditEntry) -> None:
    """Keep number and hash of the head outside the database, one file a day, so that a cut tail shows."""
    folder = Path(settings.AUDIT_HEADS)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{timezone.localtime(entry.at).date().isoformat()}.txt"
    fresh = file.with_suffix(f".{os.getpid()}.{entry.number}")
    fresh.write_text(f"{entry.number} {entry.hash}\n", encoding="ascii")
    fresh.replace(file)


def head_files() -> list[Path]:
    """The files in which heads are kept outside the database, a day each."""
    return sorted(Path(settings.AUDIT_HEADS).glob("????-??-??.txt"))


def heads_outside() -> list[tuple[int, str, str]]:
    """The heads that were written outside the database: number, hash, file."""
    found = []
    for file in head_files():
        number, _, digest = file.read_text(encoding="ascii").strip().partition(" ")
        found.append((int(number), digest, file.name))
    return found


_GAP = Text("第 {number} 号记录缺失（其后是第 {next} 号）", "entry {number} is missing (followed by {next})")
_EDITED = Text("第 {number} 号记录被改过：内容与哈希不符", "entry {number} was edited: it does not match its hash")
_LINK = Text("第 {number} 号记录与前一条接不上", "entry {number} does not follow the one before it")
_TAIL = Text(
    "链尾被截：应到第 {number} 号，只到第 {last} 号", "the tail is cut: {number} entries, but only {last} are there"
)
_HEAD = Text("链头记录与最后一条不符", "the recorded head is not the hash of the last entry")
_OUTSIDE = Text(
    "库外留存（{file}）的第 {number} 号哈希与库内不符或库内没有",
    "entry {number} as kept outside ({file}) is not the one in the database, or is gone",
)


def problems_of_the_trail() -> Iterator[Text]:
    """Everything that shows that the trail was touched: edited, deleted, inserted, reordered, cut."""
    outside = {number: (digest, file) for number, digest, file in heads_outside()}
    last, previous = 0, GENESIS
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != last + 1:
            yield _GAP.format(number=last + 1, next=entry.number)
        elif entry.previous != previous:
            yield _LINK.format(number=entry.number)
        if hash_of(entry) != entry.hash:
            yield _EDITED.format(number=entry.number)
        digest, file = outside.pop(entry.number, (entry.hash, ""))
        if digest != entry.hash:
            yield _OUTSIDE.format(number=entry.number, file=file)
        last, previous = entry.number, entry.hash
    head = AuditHead.objects.filter(id=1).first()
    if head is not None and head.number > last:
        yield _TAIL.format(number=head.number, last=last)
    elif (head.hash if head else GENESIS) != previous:
        yield _HEAD
    for number, (_, file) in sorted(outside.items()):
        yield _OUTSIDE.format(number=number, file=file)
