"""Files are kept, laid beside what rests on them, taken away, handed out; none is ever changed or deleted."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import models, transaction

from engine.text import Text
from evaluation.actor import Actor
from evaluation.evidence.checks import MAX_FILES, Checked, checked
from evaluation.evidence.folder import place_of, write
from evaluation.evidence.names import harmless
from evaluation.evidence.verifying import opened
from evaluation.models import Decision, Evidence
from evaluation.reason import given
from evaluation.rules import may_write_data
from evaluation.services.audit import record
from evaluation.verdict import Refused, Verdict
from evaluation.words import joined

log = logging.getLogger("evaluation.evidence")

_NONE = Text("没有选择文件", "no file was chosen")
_TOO_MANY = Text(
    "一共最多 {limit} 个文件，已有 {there} 个，又选了 {more} 个",
    "at most {limit} files: {there} are here already, and {more} were chosen",
)
_OF_FILE = Text("“{name}”：{why}", '"{name}": {why}')
_TWICE = Text("内容相同的文件已经在这里", "a file with the same content is here already")
_NO_ROOM = Text("磁盘现在写不进去：{why}。没有保存任何文件", "the disk takes nothing now: {why}; no file was kept")
_NOT_HERE = Text("这个文件已不在这项决定上", "the file is no longer with this decision")


class NotKept(Refused):
    """Why nothing was kept: everything that is wrong, with any of the files."""

    def __init__(self, problems: Sequence[Text]) -> None:
        super().__init__(joined(problems))
        self.problems = problems


def attach(*, decision: Decision, files: Sequence[File[bytes]], actor: Actor) -> list[Evidence]:
    """Lay files beside a decision: all of them, or none.

    Whatever rests on the decision: to add a document changes nothing that was decided.

    Raises:
        NotKept: with everything that is wrong; or the disk takes nothing.
        Refused: he may not.
    """
    may_write_data(actor).insist()
    if not files:
        raise NotKept([_NONE])
    if decision.files.count() + len(files) > MAX_FILES:  # before so many are looked at
        raise NotKept([_too_many(decision, len(files))])
    found = _all_checked(files)
    with _all_or_nothing() as written:
        locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
        _fits(locked, found)
        kept = [keep_file(file=one, actor=actor, written=written) for one in found]
        locked.files.add(*kept)
        record("attach", locked, actor=actor, key=str(locked)[:200], files=[_said(one) for one in kept])
    return kept


def _all_checked(files: Sequence[File[bytes]]) -> list[Checked]:
    good, problems = [], []
    for file in files:
        try:
            good.append(checked(file))
        except Refused as refused:
            problems.append(_OF_FILE.format(name=harmless(file.name or ""), why=refused.reason))
    if problems:
        raise NotKept(problems)
    return good


def _fits(decision: Decision, found: Sequence[Checked]) -> None:
    there = list(decision.files.values_list("sha256", flat=True))
    if len(there) + len(found) > MAX_FILES:
        raise NotKept([_too_many(decision, len(found))])
    problems = []
    for one in found:
        if one.sha256 in there:
            problems.append(_OF_FILE.format(name=one.name, why=_TWICE))
        there.append(one.sha256)
    if problems:
        raise NotKept(problems)


def _too_many(decision: Decision, more: int) -> Text:
    return _TOO_MANY.format(limit=MAX_FILES, there=decision.files.count(), more=more)


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    """One transaction; what was written in it is removed again if it is undone.

    Not if the commit itself fails: whether the rows are there is then unknown, and a file too many does no harm.
    """
    written: list[Path] = []
    with transaction.atomic():
        try:
            yield written
        except BaseException as error:
            for path in written:
                path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                log.error("a file cannot be kept: %s", error, exc_info=error)
                raise NotKept([_NO_ROOM.format(why=error.strerror or error)]) from error
            raise


def keep_file(*, file: Checked, actor: Actor, written: list[Path]) -> Evidence:
    """Keep a file that was looked at, inside the transaction of what it is for.

    Args:
        file: was looked at.
        actor: who has uploaded it.
        written: takes the place of the file, which is removed if the transaction is undone.

    Raises:
        OSError: it cannot be written; nothing of it is left.
    """
    file.file.seek(0)
    stored, seen = write(file.file)
    written.append(place_of(stored))
    return Evidence.objects.create(
        name=file.name, kind=file.kind, size=seen.size, sha256=seen.sha256, stored=stored,
        uploader=actor.user, uploader_name=actor.name,
    )  # fmt: skip


def _said(file: Evidence) -> dict[str, Any]:
    return {"name": file.name, "size": file.size, "sha256": file.sha256}


def detach(*, decision: Decision, file: Evidence, reason: str, actor: Actor, verdict: Verdict) -> None:
    """Take a file away from a decision; the file itself stays, and the trail says where it was.

    Args:
        decision: has it.
        file: one of its files.
        reason: why.
        actor: who does it.
        verdict: whether what rests on the decision allows it.

    Raises:
        Refused: it does not, he may not, the reason is missing, or the file is not there.
    """
    may_write_data(actor).insist()
    verdict.insist()
    why = given(reason)
    with transaction.atomic():
        locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
        if not locked.files.filter(pk=file.pk).exists():
            raise Refused(_NOT_HERE)
        locked.files.remove(file)
        record("detach", locked, actor=actor, key=str(locked)[:200], reason=why.strip(), file=_said(file))


def take_out(*, file: Evidence, of: models.Model, actor: Actor) -> BinaryIO:
    """Hand out a file to whoever may see the object that carries it, which the caller has made sure of.

    Raises:
        Refused: the file is gone, or is not what was uploaded.
    """
    try:
        stream = opened(file)
    except Refused as refused:
        log.error("evidence %s cannot be handed out: %s", file.stored, refused.reason.en)
        raise
    try:
        with transaction.atomic():
            record("download", file, actor=actor, key=file.name, of=str(of), sha256=file.sha256)
    except BaseException:
        stream.close()
        raise
    return stream
