"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evaluation.models import (
    Acting,
    AuditHead,
    Category,
    Cycle,
    Decision,
    EvaluatedUnit,
    Evidence,
    Extension,
    Membership,
    Naming,
    Notification,
    Unit,
    User,
    Window,
    WorkingDay,
)  # fmt: skip
from indicators.models import (
    CycleScheme,
    Fact,
    Indicator,
    LastResult,
    OtherResult,
    OwnIndicator,
    Reading,
    Series,
    Target,
    UnitFactor,
)
from scoring.models import (
    Bonus,
    BonusPool,
    Deduction,
    GradeMove,
    PanelTally,
    Recipient,
    Run,
    ScoredCategory,
    ScoreSheet,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


class World:
    """One of everything, to stand beside what is refused."""

    def __init__(self) -> None:
        self.unit = Unit.objects.create(code="D01", name="市审计局")
        self.user = User.objects.create(username="lihua", name="李华")
        self.cycle = Cycle.objects.create(code="c-2025", title="年度", year=2025)
        self.category = Category.objects.create(cycle=self.cycle, set_code="s", code="a", name="甲类", position=0)
        self.evaluated = EvaluatedUnit.objects.create(
            cycle=self.cycle, unit=self.unit, category=self.category, name="市审计局"
        )
        self.scheme = CycleScheme.objects.create(cycle=self.cycle, version=1, text="x", sha256="0" * 64)
        self.node = Indicator.objects.create(
            scheme=self.scheme, set_code="s", code="n", name="n", position=0, body="rule"
        )
        self.fact = Fact.objects.create(indicator=self.node, code="actual", decimals=2)
        self.own = OwnIndicator.objects.create(
            evaluated_unit=self.evaluated, node=self.node, code="1", position=0, name="事", full_marks=5, rule="r"
        )
        self.run = Run.objects.create(cycle=self.cycle, scheme=self.scheme, number=1, engine="1", state="adopted")
        self.scored = self.scoring(self.category)

    def scoring(self, category: Category) -> ScoredCategory:
        return ScoredCategory.objects.create(run=self.run, category=category, revision=0, columns=b"")

    def member(self, role: str) -> Membership:
        return Membership.objects.create(user=self.user, unit=self.unit, role=role)

    def acting(self, **more: object) -> Acting:
        return Acting.objects.create(membership=self.member("liaison"), deputy=self.user, by_name="n", **more)

    def evidence(self, **more: object) -> Evidence:
        said = {"name": "a.pdf", "kind": "pdf", "size": 1, "sha256": "0" * 64, "stored": "x", "uploader_name": "n"}
        return Evidence.objects.create(**{**said, **more})

    def naming(self, **more: object) -> Naming:
        people = {"head": "甲", "head_post": "局长", "deputy": "乙", "deputy_post": "副局长", "liaison": "丙"}
        return Naming.objects.create(**{"evaluated_unit": self.evaluated, "phone": "1", **people, **more})

    def window(self, **more: object) -> Window:
        said = {"phase": "naming", "opens": NOW, "closes": NOW + timedelta(days=1)}
        return Window.objects.create(**{"cycle": self.cycle, **said, **more})

    def extension(self, **more: object) -> Extension:
        said = {"window": self.window(), "unit": self.unit, "until": NOW, "reason": "灾害", "by_name": "n"}
        return Extension.objects.create(**{**said, **more})

    def figure(self, **more: object) -> dict[str, object]:
        return {"evaluated_unit": self.evaluated, "fact": self.fact, "value": 1, **more}

    def matter(self, **more: object) -> dict[str, object]:
        return {
            "evaluated_unit": self.evaluated,
            "standard": "a",
            "level": "省",
            "matter": "甲",
            "document": "文",
            **more,
        }

    def sheet(self, **more: object) -> dict[str, object]:
        said = {"unit_code": "D01", "unit_name": "n", "set_code": "s", "category": "a", "total": 1, "said": "{}"}
        bits = {"points": b"", "statuses": b"", "hash": "0" * 64}
        return {"scored": self.scored, "evaluated_unit": self.evaluated, **said, **bits, **more}


@pytest.fixture
def world() -> World:
    return World()


def now_and(**more: object) -> dict[str, object]:
    return {"due": timezone.now(), **more}


Write = Callable[[World], object]
REFUSED: dict[str, Write] = {
    "acting_ends_after_it_begins": lambda w: w.acting(since=NOW, until=NOW - timedelta(seconds=1)),
    "evidence_kind": lambda w: w.evidence(kind="exe"),
    "evidence_not_empty": lambda w: w.evidence(size=0),
    "naming_state": lambda w: w.naming(state="x"),
    "naming_said": lambda w: w.naming(head=""),
    "window_phase": lambda w: w.window(phase="holiday"),
    "window_kind": lambda w: w.window(kind="moon"),
    "window_days": lambda w: w.window(days=0),
    "window_closes": lambda w: w.window(closes=NOW),
    "window_closes unknown": lambda w: w.window(closes=None),
    "extension_said": lambda w: w.extension(reason=""),
    "unit_kind": lambda w: Unit.objects.create(code="D02", name="n", kind="club"),
    "unit_not_its_own_parent": lambda w: Unit.objects.filter(pk=w.unit.pk).update(parent=w.unit),
    "user_username_once": lambda w: User.objects.create(username="LiHua", name="李华"),
    "unit code": lambda w: Unit.objects.create(code="D01", name="n"),
    "membership_role": lambda w: Membership.objects.create(user=w.user, unit=w.unit, role="king"),
    "cycle_kind": lambda w: Cycle.objects.create(code="d", title="t", year=2025, kind="x"),
    "cycle_state": lambda w: Cycle.objects.create(code="d", title="t", year=2025, state="x"),
    "cycle_year": lambda w: Cycle.objects.create(code="d", title="t", year=1989),
    "cycle_not_its_own_parent": lambda w: Cycle.objects.filter(pk=w.cycle.pk).update(parent=w.cycle),
    "category_code_once": lambda w: Category.objects.create(
        cycle=w.cycle, set_code="s", code="a", name="n", position=1
    ),
    "category_position_once": lambda w: Category.objects.create(
        cycle=w.cycle, set_code="s", code="b", name="n", position=0
    ),
    "evaluated_unit_once": lambda w: EvaluatedUnit.objects.create(
        cycle=w.cycle, unit=w.unit, category=w.category, name="n"
    ),
    "decision_said": lambda w: Decision.objects.create(body="委", number=""),
    "audit_head_single": lambda w: AuditHead.objects.create(id=2, number=0, hash=""),
    "cycle_scheme_state": lambda w: CycleScheme.objects.filter(pk=w.scheme.pk).update(state="x"),
    "cycle_scheme_version_once": lambda w: CycleScheme.objects.create(cycle=w.cycle, version=1, state="superseded"),
    "cycle_scheme_one_in_force": lambda w: CycleScheme.objects.create(cycle=w.cycle, version=2),
    "indicator_body": lambda w: Indicator.objects.filter(pk=w.node.pk).update(body="x"),
    "indicator_code_once": lambda w: Indicator.objects.create(
        scheme=w.scheme, set_code="s", code="n", name="n", position=1, body="rule"
    ),
    "fact_code_once": lambda w: Fact.objects.create(indicator=w.node, code="actual", decimals=0),
    "own_indicator_code_once": lambda w: OwnIndicator.objects.create(
        evaluated_unit=w.evaluated, node=w.node, code="1", position=1, name="n", full_marks=5, rule="r"
    ),
    "target_source": lambda w: Target.objects.create(**w.figure(source="dream")),
    "reading_status": lambda w: Reading.objects.create(**w.figure(status=1, value=0)),
    "reading_value_only_if_given": lambda w: Reading.objects.create(**w.figure(status=2)),
    "last_result_place": lambda w: LastResult.objects.create(evaluated_unit=w.evaluated, place=0),
    "deduction_role": lambda w: Deduction.objects.create(**w.matter(role="boss")),
    "deduction_due_and_done": lambda w: Deduction.objects.create(**w.matter(**now_and())),
    "deduction_excused_delay": lambda w: Deduction.objects.create(**w.matter(excused=True)),
    "run_state": lambda w: Run.objects.filter(pk=w.run.pk).update(state="x"),
    "run_progress": lambda w: Run.objects.filter(pk=w.run.pk).update(progress="x"),
    "run_number_once": lambda w: Run.objects.create(
        cycle=w.cycle, scheme=w.scheme, number=1, engine="1", state="failed"
    ),
    "run_one_adopted": lambda w: Run.objects.create(
        cycle=w.cycle, scheme=w.scheme, number=2, engine="1", state="adopted"
    ),
    "scored_category_once": lambda w: w.scoring(w.category),
    "score_sheet_place": lambda w: ScoreSheet.objects.create(**w.sheet(place=0)),
}
TWICE: dict[str, Write] = {
    "membership_administrators_apart": lambda w: w.member("system" if w.user.memberships.exists() else "auditor"),
    "window_phase_once": lambda w: w.window(),
    "evidence stored": lambda w: w.evidence(),
    "naming": lambda w: w.naming(),
    "notification_once": lambda w: Notification.objects.create(user=w.user, key="k", at=NOW, zh="甲", en="a"),
    "membership_once": lambda w: Membership.objects.create(user=w.user, unit=w.unit, role="liaison"),
    "decision_once": lambda w: Decision.objects.create(body="委", number="1"),
    "working day": lambda w: WorkingDay.objects.create(day=date(2025, 1, 1), works=False),
    "target_once": lambda w: Target.objects.create(**w.figure(source="target")),
    "target_of_own_once": lambda w: Target.objects.create(**w.figure(source="target", own_indicator=w.own)),
    "reading_once": lambda w: Reading.objects.create(**w.figure()),
    "reading_of_own_once": lambda w: Reading.objects.create(**w.figure(own_indicator=w.own)),
    "series_once": lambda w: Series.objects.create(cycle=w.cycle, code="nation", value=1),
    "unit_factor_once": lambda w: UnitFactor.objects.create(evaluated_unit=w.evaluated, code="f", value=1),
    "last result": lambda w: LastResult.objects.create(evaluated_unit=w.evaluated),
    "other_result_once": lambda w: OtherResult.objects.create(evaluated_unit=w.evaluated, evaluation="eco"),
    "panel_tally_once": lambda w: PanelTally.objects.create(category=w.category, node=w.node, answers=[], counts={}),
    "bonus_once": lambda w: Bonus.objects.create(**w.matter()),
    "deduction_once": lambda w: Deduction.objects.create(**w.matter()),
    "grade_move_once": lambda w: GradeMove.objects.create(evaluated_unit=w.evaluated, ground="事故"),
    "bonus_pool_once": lambda w: BonusPool.objects.create(cycle=w.cycle, code="p", amount=1),
    "recipient_once": lambda w: Recipient.objects.create(evaluated_unit=w.evaluated, code="1", name="n", coefficient=1),
    "run_one_active": lambda w: Run.objects.create(
        cycle=w.cycle, scheme=w.scheme, number=w.cycle.runs.count() + 1, engine="1"
    ),
    "score_sheet_once": lambda w: ScoreSheet.objects.create(**w.sheet()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(world: World, name: str):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[name](world)


@pytest.mark.parametrize("name", TWICE)
def test_the_database_takes_it_once_and_refuses_it_twice(world: World, name: str):
    TWICE[name](world)
    with pytest.raises(IntegrityError), transaction.atomic():
        TWICE[name](world)


def test_every_constraint_has_a_case():
    models = (
        Unit, Membership, Acting, Window, Extension, Naming, Evidence, Notification,
        Cycle, Category, EvaluatedUnit, Decision, WorkingDay, AuditHead, CycleScheme, Indicator, Fact,
        OwnIndicator, Target, Reading, Series, UnitFactor, LastResult, OtherResult, PanelTally, Bonus, Deduction,
        GradeMove, BonusPool, Recipient, Run, ScoredCategory, ScoreSheet,
    )  # fmt: skip
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    assert named - REFUSED.keys() - TWICE.keys() == set()
