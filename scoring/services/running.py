"""A run: read in one transaction, score, freeze; adopt what came out; execute it again from what was frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import transaction

from engine import VERSION
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.score.result import Outcome
from engine.text import Problems, Text
from evaluation.actor import Actor
from evaluation.consistent import one_state
from evaluation.models import AuditEntry, Cycle, EvaluatedUnit
from evaluation.services.cycles import advance_cycle
from evaluation.services.transition import move
from evaluation.states import CycleState
from evaluation.transfer import insert
from evaluation.verdict import Refused
from indicators.selectors import plan_of, scheme_in_force, scheme_of_text
from scoring.freezing import Frozen, Sheet, freeze, result_of, sheets_of, thaw
from scoring.models import Run, ScoreSheet, Snapshot
from scoring.selectors import facts_of
from scoring.states import RUN_TRANSITIONS, RunState

_NO_UNITS = Text("周期“{code}”还没有参评单位和数据", 'the cycle "{code}" has no units and facts yet')
_ACTIVE = Text("周期“{code}”正在计分（第 {number} 批）", 'the cycle "{code}" is being scored (run {number})')
_CLOSED = Text("周期“{code}”现在是“{state}”，不能计分", 'the cycle "{code}" is "{state}": it cannot be scored')


def score_cycle(*, cycle: Cycle, actor: Actor) -> Run:
    """Score a cycle and adopt the result.

    Args:
        cycle: running or being scored.
        actor: who does it.

    Raises:
        Refused: if the cycle cannot be scored now.
        Problems: every unit and indicator that stops the run, which is kept as failed.
    """
    run = queue_run(cycle=cycle, actor=actor)
    execute_run(run=run, actor=actor)
    adopt_run(run=run, actor=actor)
    return run


@transaction.atomic
def queue_run(*, cycle: Cycle, actor: Actor) -> Run:
    """Open a run; there is one at a time."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.state == CycleState.RUNNING:
        advance_cycle(cycle=cycle, action="begin_scoring", actor=actor)
    if cycle.state != CycleState.SCORING:
        raise Refused(_CLOSED.format(code=cycle.code, state=cycle.get_state_display()))
    if not EvaluatedUnit.objects.filter(cycle=cycle).exists():
        raise Refused(_NO_UNITS.format(code=cycle.code))
    active = cycle.runs.filter(state__in=(RunState.QUEUED, RunState.RUNNING)).first()
    if active is not None:
        raise Refused(_ACTIVE.format(code=cycle.code, number=active.number))
    last = cycle.runs.order_by("-number").first()
    return Run.objects.create(
        cycle=cycle, scheme=scheme_in_force(cycle), number=last.number + 1 if last else 1, started_by=actor.name,
        engine=VERSION,
    )  # fmt: skip


def execute_run(*, run: Run, actor: Actor) -> None:
    """Read, score and freeze a queued run, all of it or nothing.

    Raises:
        Problems: what stops it; the run is kept as failed.
    """
    move(run, "begin_run", transitions=RUN_TRANSITIONS, actor=actor)
    plan = plan_of(run.scheme)
    with one_state():
        facts = facts_of(run.cycle, run.scheme, plan)
    try:
        sheets = list(sheets_of(score(plan, facts)))
    except Problems as stopped:
        reason = "\n".join(problem.to("zh-hans") for problem in stopped.found)
        Run.objects.filter(pk=run.pk).update(failure=reason)
        move(run, "fail_run", transitions=RUN_TRANSITIONS, actor=actor, reason=reason)
        raise
    with transaction.atomic():
        _keep(run, freeze(facts), sheets)
        move(run, "complete_run", transitions=RUN_TRANSITIONS, actor=actor, detail=_hashes(run))


def _hashes(run: Run) -> dict[str, str]:
    return {"scheme": run.scheme.sha256, "facts": run.snapshot.sha256, "result": run.result, "engine": run.engine}


def _keep(run: Run, frozen: Frozen, sheets: list[Sheet]) -> None:
    run.result = result_of((one.unit_code, one.hash) for one in sheets)
    run.save(update_fields=["result", "updated"])
    Snapshot.objects.create(
        run=run, scheme_text=run.scheme.text, scheme_sha256=run.scheme.sha256, head=frozen.head,
        columns=frozen.columns, sha256=frozen.sha256,
    )  # fmt: skip
    rows = dict(run.cycle.evaluated_units.values_list("unit__code", "pk"))
    names = tuple(Sheet.__dataclass_fields__)
    insert(
        ScoreSheet,
        ("run_id", "evaluated_unit_id", *names, "hash"),
        ((run.pk, rows[one.unit_code], *(getattr(one, name) for name in names), one.hash) for one in sheets),
    )


@transaction.atomic
def adopt_run(*, run: Run, actor: Actor) -> None:
    """Make a complete run the result of its cycle; the one before stays beside it."""
    cycle = Cycle.objects.select_for_update().get(pk=run.cycle_id)
    for old in cycle.runs.filter(state=RunState.ADOPTED):
        move(old, "supersede_run", transitions=RUN_TRANSITIONS, actor=actor)
    move(run, "adopt_run", transitions=RUN_TRANSITIONS, actor=actor)


# Executing again.

_SCHEME = Text("方案文本被改过：与其哈希不符", "the text of the scheme was changed: it does not match its hash")
_FACTS = Text("快照被改过：与其哈希不符", "the snapshot was changed: it does not match its hash")
_SHEET = Text("{unit} 的得分表与重新计算的不符", "the sheet of {unit} is not what scoring gives again")
_GONE = Text("缺少 {unit} 的得分表", "the sheet of {unit} is missing")
_EXTRA = Text("多出 {unit} 的得分表", "there is a sheet of {unit} that scoring does not give")
_RESULT = Text("结果哈希与得分表不符", "the hash of the result does not match the sheets")
_TRAIL = Text("操作日志里记的哈希与本批次不符", "the audit trail has other hashes for this run")
_STOPS = Text("用快照重新计算时停止：{what}", "scoring from the snapshot stops: {what}")
_IN_FORCE = Text("方案在快照之后被改过", "the scheme was changed after the snapshot")


def verify_run(run: Run) -> Iterator[Text]:
    """Execute a run again from its snapshot alone, and tell everything that is not as it was."""
    kept = run.snapshot
    frozen = Frozen(kept.head, bytes(kept.columns))
    if hashlib.sha256(kept.scheme_text.encode()).hexdigest() != kept.scheme_sha256:
        yield _SCHEME
    if frozen.sha256 != kept.sha256:
        yield _FACTS
    if run.scheme.text != kept.scheme_text or run.scheme.sha256 != kept.scheme_sha256:
        yield _IN_FORCE
    if not _in_the_trail(run):
        yield _TRAIL
    try:
        fresh = list(sheets_of(outcome_again(run)))
    except Problems as stopped:
        yield from (_STOPS.format(what=problem.what) for problem in stopped.found)
        return
    yield from compare_sheets(run, fresh)


def outcome_again(run: Run, trace: bool = False) -> Outcome:
    """What the snapshot of a run gives when it is scored again.

    Args:
        run: complete.
        trace: keep what derivations need.

    Raises:
        Problems: what stops it, which happens only if somebody touched the snapshot.
    """
    kept = run.snapshot
    plans = scheme_of_text(kept.scheme_text, run.scheme.file_name).evaluations
    plan: EvaluationPlan = next(one for one in plans if one.code == run.scheme.evaluation)
    return score(plan, thaw(Frozen(kept.head, bytes(kept.columns))), trace)


def compare_sheets(run: Run, fresh: list[Sheet]) -> Iterator[Text]:
    """What differs between the sheets of a run and fresh ones."""
    names = Sheet.__dataclass_fields__
    there = {row.unit_code: row for row in run.sheets.all()}
    for sheet in fresh:
        row = there.pop(sheet.unit_code, None)
        if row is None:
            yield _GONE.format(unit=sheet.unit_name)
        elif row.hash != sheet.hash or any(_plain(getattr(row, name)) != getattr(sheet, name) for name in names):
            yield _SHEET.format(unit=sheet.unit_name)
    for row in there.values():
        yield _EXTRA.format(unit=row.unit_name)
    if result_of((one.unit_code, one.hash) for one in fresh) != run.result:
        yield _RESULT


def _plain(value: object) -> object:
    if isinstance(value, memoryview):
        return bytes(value)
    return value if isinstance(value, str | int | bytes | None) else str(value)


def _in_the_trail(run: Run) -> bool:
    entry = AuditEntry.objects.filter(action="complete_run", object_kind="scoring.run", object_key=str(run.pk)).last()
    return entry is not None and all(f'"{digest}"' in entry.detail for digest in _hashes(run).values())
