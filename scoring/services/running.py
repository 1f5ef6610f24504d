"""A run: read in one transaction, score, freeze; adopt what came out."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models, transaction
from django.utils import timezone

from engine import VERSION
from engine.language.comparing import part_of
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.text import Problems, Text
from evaluation.actor import Actor
from evaluation.consistent import one_state
from evaluation.models import Category, Cycle, EvaluatedUnit, User
from evaluation.rules import may_step
from evaluation.services.audit import record
from evaluation.services.cycles import begin_cycle
from evaluation.services.transition import as_seen, move
from evaluation.states import CycleState
from evaluation.transfer import Same, insert
from evaluation.unwritable import UNWRITABLE
from evaluation.verdict import YES, Refused, Verdict, no
from evaluation.words import state_called
from indicators.selectors import plan_of, scheme_in_force
from scoring.freezing import Sheet, head_of, result_of, results_of, sha256_of, sheets_of
from scoring.models import Run, ScoredCategory, ScoreSheet, Snapshot
from scoring.services.attempts import begin, fail, fail_attempt, go_on, take_back
from scoring.services.changes import Work, work_of
from scoring.services.verifying import hashes_of, revisions_of
from scoring.states import ACTIVE, RUN_TRANSITIONS, RunState, Stage

_FAULT = Text("系统出错，没有算完：{what}", "the product failed: {what}")
_NO_UNITS = no("还没有参评单位和数据", "it has no units and facts yet")


def score_cycle(*, cycle: Cycle, actor: Actor, whole: bool = False) -> Run:
    """Score a cycle and adopt the result.

    Args:
        cycle: running or being scored.
        actor: who does it.
        whole: read and score everything anew, and not only what depends on what has changed since the last run.

    Raises:
        Refused: if the cycle cannot be scored now.
        Problems: every unit and indicator that stops the run, which is kept as failed.
    """
    run = queue_run(cycle=cycle, actor=actor, whole=whole, adopt=True)
    execute_run(run=run, actor=actor)
    return run


@transaction.atomic
def queue_run(*, cycle: Cycle, actor: Actor, whole: bool = False, adopt: bool = False, seen: int | None = None) -> Run:
    """Open a run; there is one at a time.

    Args:
        cycle: running or being scored.
        actor: who does it; whoever executes the run does so in his name.
        whole: as `score_cycle` has it.
        adopt: make it the result of its cycle as soon as it is complete.
        seen: the revision of the cycle that he has looked at.

    Raises:
        Refused: whoever does it may not, the state of the cycle does not allow it, another run is under way, or
            somebody was quicker.
    """
    may_step(actor, "score").insist()
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    as_seen(cycle, seen).insist()
    if cycle.state == CycleState.RUNNING:
        begin_cycle(cycle=cycle, action="begin_scoring", actor=actor)
    (_in_scoring(cycle) and can_be_scored(cycle)).insist()
    last = cycle.runs.order_by("-number").first()
    run = Run.objects.create(
        cycle=cycle, scheme=scheme_in_force(cycle), number=last.number + 1 if last else 1, engine=VERSION,
        started_by=actor.name, asked_by=actor.user, origin=actor.origin, whole=whole, adopt=adopt, beat=timezone.now(),
    )  # fmt: skip
    record("queue_run", run, actor=actor, cycle=cycle.code, number=run.number, whole=whole, adopt=adopt)
    return run


def asker_of(run: Run) -> Actor:
    """Who has asked for a run, and from where."""
    return Actor(run.started_by, run.origin, run.asked_by)


def can_be_scored(cycle: Cycle) -> Verdict:
    """Whether there is something to score, and no run under way."""
    if not EvaluatedUnit.objects.filter(cycle=cycle).exists():
        return _NO_UNITS
    return is_idle(cycle)


def is_idle(cycle: Cycle) -> Verdict:
    """Whether no run of a cycle is under way."""
    active = cycle.runs.filter(state__in=ACTIVE).first()
    if active is None:
        return YES
    return no("正在计分（第 {number} 批），请等它结束", "run {number} is under way: wait for it", number=active.number)


def can_be_adopted(run: Run) -> Verdict:
    """Whether the cycle of a run takes another result."""
    return _in_scoring(run.cycle)


def _in_scoring(cycle: Cycle) -> Verdict:
    if cycle.state == CycleState.SCORING:
        return YES
    return no(
        "周期“{code}”现在是“{state}”，不在计分中",
        'the cycle "{code}" is "{state}", and not being scored',
        code=cycle.code, state=state_called(cycle),
    )  # fmt: skip


def execute_run(*, run: Run, actor: Actor) -> None:
    """Read, score and freeze a run, all of it or nothing; one that is over stays as it is.

    Args:
        run: queued, or running while its process has died.
        actor: who does it.

    Raises:
        Problems: what stops it. Whatever it is, the run is kept as failed.
        DatabaseError: the database takes nothing (`UNWRITABLE`); the run stays under way, and can be begun again.
    """
    if not begin(run=run, actor=actor):
        return
    begun = run.revision
    try:
        _execute(run, actor)
    except UNWRITABLE:  # nothing can be kept now, and the run is not at fault
        take_back(run, begun)
        raise
    except Exception as stopped:  # whatever it is: a run that is not over would bar the next one
        fail_attempt(run=run, begun=begun, actor=actor, reason=_why(stopped))
        raise


@transaction.atomic
def give_up_run(*, run: Run, actor: Actor, reason: str, seen: int | None = None) -> None:
    """End a run whose process has died: it bars its cycle no more. One that is alive after all is not kept.

    Args:
        run: queued or running.
        actor: who does it.
        reason: how he knows.
        seen: the revision of the run that he has looked at.

    Raises:
        Refused: whoever does it may not, the run is over, the reason is missing, or somebody was quicker.
    """
    may_step(actor, "fail_run").insist()
    Cycle.objects.select_for_update(no_key=True).get(pk=run.cycle_id)
    fail(run=run, actor=actor, reason=Text(reason, reason), seen=seen)


def _why(stopped: Exception) -> Text:
    """Why a run failed, for people: what stops it, what forbids it, or that the product itself is at fault."""
    if isinstance(stopped, Problems):
        return Text(*("\n".join(problem.to(language) for problem in stopped.found) for language in ("zh-hans", "en")))
    if isinstance(stopped, Refused):
        return stopped.reason
    return _FAULT.format(what=f"{type(stopped).__name__}: {stopped}")


def _execute(run: Run, actor: Actor) -> None:
    plan = plan_of(run.scheme)
    with one_state():
        work = work_of(run, plan, run.whole)
    go_on(run, Stage.SCORING)
    sheets = _scored(plan, work)
    go_on(run, Stage.KEEPING)
    with transaction.atomic():
        Cycle.objects.select_for_update(no_key=True).get(pk=run.cycle_id)  # before the trail, as everybody has it
        go_on(run, Stage.KEEPING)  # nobody takes the run over until this transaction ends
        _keep(run, work, sheets)
        told = {**hashes_of(run), "scored": sorted(work.fresh), "revisions": revisions_of(run)}
        move(run, "complete_run", transitions=RUN_TRANSITIONS, actor=actor, detail=told)
        if run.adopt and _still_open(actor):
            adopt_run(run=run, actor=actor)


def _still_open(actor: Actor) -> bool:
    """Whether the account in whose name something is done is not disabled meanwhile; on the server there is none."""
    return actor.user is None or User.objects.filter(pk=actor.user.pk, is_active=True).exists()


def _scored(plan: EvaluationPlan, work: Work) -> list[Sheet]:
    """The sheets of the categories that are scored anew."""
    if not work.fresh:
        return []
    outcome = score(part_of(plan, work.frozen.parts), work.facts)
    return [sheet for sheet in sheets_of(outcome) if sheet.category in work.fresh]


def _keep(run: Run, work: Work, sheets: list[Sheet]) -> None:
    results = results_of(sheets)
    kept = {code: one.result for code, one in work.kept.items()}
    run.result = result_of((kept | results).items())
    run.save(update_fields=["result", "updated"])
    parts = {code: one.sha256 for code, one in work.kept.items()}
    parts |= {code: work.frozen.parts[code].sha256 for code in work.fresh}
    head = head_of(work.frozen.common, parts)
    Snapshot.objects.create(
        run=run, scheme_text=run.scheme.text, scheme_sha256=run.scheme.sha256, head=head, sha256=sha256_of(head)
    )
    _keep_sheets(_keep_categories(run, work, results), work, sheets)


def _keep_categories(run: Run, work: Work, results: Mapping[str, str]) -> dict[str, int]:
    """Write the categories that were scored anew, and tie all to the run.

    Returns:
        The ids of those that were scored anew, by code.
    """
    codes = dict(Category.objects.filter(cycle=run.cycle).values_list("code", "pk"))
    fresh = sorted(work.fresh)
    parts = [work.frozen.parts[code] for code in fresh]
    insert(ScoredCategory, {
        "run_id": Same(run.pk),
        "category_id": [codes[code] for code in fresh],
        "revision": [work.revisions[code] for code in fresh],
        "head": [part.head for part in parts],
        "columns": [part.columns for part in parts],
        "sha256": [part.sha256 for part in parts],
        "result": [results[code] for code in fresh],
    })  # fmt: skip
    ids = dict(ScoredCategory.objects.filter(run=run).values_list("category__code", "pk"))
    run.categories.add(*ids.values(), *(one.pk for one in work.kept.values()))
    return ids


_SHEET = tuple(Sheet.__dataclass_fields__)


def _keep_sheets(scored: Mapping[str, int], work: Work, sheets: list[Sheet]) -> None:
    insert(ScoreSheet, {
        "scored_id": [scored[one.category] for one in sheets],
        "evaluated_unit_id": [work.units[one.unit_code] for one in sheets],
        **{name: [getattr(one, name) for one in sheets] for name in _SHEET},
    })  # fmt: skip


@transaction.atomic
def adopt_run(*, run: Run, actor: Actor, seen: int | None = None) -> None:
    """Make a complete run the result of its cycle, while that is being scored; the one before stays beside it.

    Raises:
        Refused: whoever does it may not, the state of the cycle or of the run does not allow it,
            or the run is not at the revision that was `seen`.
    """
    may_step(actor, "adopt_run").insist()
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=run.cycle_id)
    _in_scoring(cycle).insist()
    before, new = models.Q(state=RunState.ADOPTED), models.Q(pk=run.pk)
    locked = {one.pk: one for one in cycle.runs.filter(before | new).order_by("pk").select_for_update(no_key=True)}
    if locked.pop(run.pk).state == RunState.COMPLETE:  # any other is refused below
        for old in locked.values():
            move(old, "supersede_run", transitions=RUN_TRANSITIONS, actor=actor)
    move(run, "adopt_run", transitions=RUN_TRANSITIONS, actor=actor, seen=seen)
