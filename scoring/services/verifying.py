"""A run is executed again from what was frozen, and everything that is not as it was is told."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.score.result import Outcome
from engine.text import Problems, Text
from evaluation.models import AuditEntry
from indicators.selectors import scheme_of_text
from scoring.freezing import FIRST_FORMAT, FrozenCategory, Sheet, result_of, results_of, sha256_of, sheets_of
from scoring.models import Run, ScoreSheet
from scoring.selectors import frozen_facts

_SCHEME = Text("方案文本被改过：与其哈希不符", "the text of the scheme was changed: it does not match its hash")
_FACTS = Text("快照被改过：与其哈希不符", "the snapshot was changed: it does not match its hash")
_CATEGORY = Text(
    "“{category}”的快照被改过：与其哈希不符", 'the snapshot of "{category}" was changed: it does not match its hash'
)
_CATEGORIES = Text("各类别的快照与本批次所列的不符", "the snapshots of the categories are not those that the run lists")
_SHEET = Text("{unit} 的得分表与重新计算的不符", "the sheet of {unit} is not what scoring gives again")
_ELSEWHERE = Text("{unit} 的得分表挂在别的单位或类别下", "the sheet of {unit} is tied to another unit or category")
_GONE = Text("缺少 {unit} 的得分表", "the sheet of {unit} is missing")
_EXTRA = Text("多出 {unit} 的得分表", "there is a sheet of {unit} that scoring does not give")
_RESULT = Text("结果哈希与得分表不符", "the hash of the result does not match the sheets")
_TRAIL = Text("操作日志里记的哈希与本批次不符", "the audit trail has other hashes for this run")
_STOPS = Text("用快照重新计算时停止：{what}", "scoring from the snapshot stops: {what}")
_UNREADABLE = Text(
    "改过的快照读不出来，无法重新计算", "what was changed cannot be read any more, so nothing is scored again"
)
_IN_FORCE = Text("方案在快照之后被改过", "the scheme was changed after the snapshot")


def verify_run(run: Run) -> Iterator[Text]:
    """Execute a run again from its snapshot alone, and tell everything that is not as it was."""
    touched = list(_frozen(run))
    yield from touched
    if not in_the_trail(run):
        yield _TRAIL
    try:
        fresh = list(sheets_of(outcome_again(run)))
    except Problems as stopped:
        yield from (_STOPS.format(what=problem.what) for problem in stopped.found)
        return
    except Exception:  # what was touched can be unreadable in any way
        if not touched:
            raise
        yield _UNREADABLE
        return
    yield from compare_sheets(run, fresh)


def _frozen(run: Run) -> Iterator[Text]:
    kept = run.snapshot
    if hashlib.sha256(kept.scheme_text.encode()).hexdigest() != kept.scheme_sha256:
        yield _SCHEME
    listed = None
    if sha256_of(kept.head, bytes(kept.columns)) != kept.sha256:
        yield _FACTS
    else:
        listed = json.loads(kept.head).get("parts")
    scored = list(run.categories.select_related("category"))
    for one in scored:
        if FrozenCategory(one.head, bytes(one.columns)).sha256 != one.sha256:
            yield _CATEGORY.format(category=one.category.name)
    if listed is not None and sorted(listed.items()) != sorted((one.category.code, one.sha256) for one in scored):
        yield _CATEGORIES
    if run.scheme.text != kept.scheme_text or run.scheme.sha256 != kept.scheme_sha256:
        yield _IN_FORCE


def outcome_again(run: Run, trace: bool = False) -> Outcome:
    """What the snapshot of a run gives when it is scored again, all of it at once.

    Args:
        run: complete.
        trace: keep what derivations need.

    Raises:
        Problems: what stops it, which happens only if somebody touched the snapshot.
    """
    plans = scheme_of_text(run.snapshot.scheme_text, run.scheme.file_name).evaluations
    plan: EvaluationPlan = next(one for one in plans if one.code == run.scheme.evaluation)
    return score(plan, frozen_facts(run), trace)


def compare_sheets(run: Run, fresh: list[Sheet]) -> Iterator[Text]:
    """What differs between the sheets of a run and fresh ones."""
    names = Sheet.__dataclass_fields__
    there: dict[str, list[ScoreSheet]] = defaultdict(list)
    for row in run.sheets.select_related("scored__category", "evaluated_unit__unit").order_by("pk"):
        there[row.unit_code].append(row)
    for sheet in fresh:
        rows = there.pop(sheet.unit_code, [])
        if not rows:
            yield _GONE.format(unit=sheet.unit_name)
        elif any(_plain(getattr(rows[0], name)) != getattr(sheet, name) for name in names):
            yield _SHEET.format(unit=sheet.unit_name)
        elif not _hangs_right(rows[0], run, sheet):
            yield _ELSEWHERE.format(unit=sheet.unit_name)
        there[sheet.unit_code] = rows[1:]
    for row in (row for rows in there.values() for row in rows):
        yield _EXTRA.format(unit=row.unit_name)
    if not _same_result(run, fresh):
        yield _RESULT


def _hangs_right(row: ScoreSheet, run: Run, sheet: Sheet) -> bool:
    """Whether a stored sheet is tied to its unit in this cycle, and to its category."""
    unit = row.evaluated_unit
    tied = (unit.cycle_id, unit.unit.code, row.scored.category.code)
    return tied == (run.cycle_id, sheet.unit_code, sheet.category)


def _same_result(run: Run, fresh: list[Sheet]) -> bool:
    """Whether the hashes of the results are those of the sheets."""
    kept = sorted(run.categories.values_list("category__code", "result"))
    return kept == sorted(results_of(fresh).items()) and run.result == result_again(format_of(run), fresh)


def format_of(run: Run) -> int:
    """The format of the snapshot of a complete run."""
    form: int = json.loads(run.snapshot.head)["format"]
    return form


def result_again(form: int, fresh: list[Sheet]) -> str:
    """The hash of a result: over those of its categories; beside a snapshot of the first format over its sheets."""
    if form == FIRST_FORMAT:
        return result_of((one.unit_code, one.hash) for one in fresh)
    return result_of(results_of(fresh).items())


def _plain(value: object) -> object:
    if isinstance(value, memoryview):
        return bytes(value)
    return value if isinstance(value, str | int | bytes | None) else str(value)


def hashes_of(run: Run) -> dict[str, Any]:
    """What the trail says of a complete run."""
    return {"scheme": run.scheme.sha256, "facts": run.snapshot.sha256, "result": run.result, "engine": run.engine}


def revisions_of(run: Run) -> dict[str, int]:
    """The revision of each category that a run rests on, by code: what later runs decide by."""
    return dict(run.categories.values_list("category__code", "revision"))


def in_the_trail(run: Run) -> bool:
    """Whether the trail has the very hashes and revisions of a run; before there were revisions it told none."""
    entry = AuditEntry.objects.filter(action="complete_run", object_kind="scoring.run", object_key=str(run.pk)).last()
    if entry is None or any(f'"{digest}"' not in entry.detail for digest in hashes_of(run).values()):
        return False
    told = json.loads(entry.detail).get("revisions")
    return told is None or told == revisions_of(run)
