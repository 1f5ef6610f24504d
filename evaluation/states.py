"""The states of a cycle and of a naming, and what leads from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from engine.text import Text


class CycleState(models.TextChoices):
    """Where a cycle stands in its year."""

    DRAFTING = "drafting", _("drafting")
    RUNNING = "running", _("running")
    SCORING = "scoring", _("scoring")
    PROPOSED = "proposed", _("proposed")
    PUBLICITY = "publicity", _("in publicity")
    CONFIRMED = "confirmed", _("confirmed")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class NamingState(models.TextChoices):
    """Where the naming of the responsible people of a unit stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    CONFIRMED = "confirmed", _("confirmed by the office")


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from some states to another, and what it is called; one that `needs_reason` is refused without.

    `button` is what its button says in English, where that is not its action in words.
    """

    action: str
    name: Text
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False
    button: str = ""

    @property
    def verb(self) -> Text:
        """What its button says; the English of `name` goes into sentences: “be returned”."""
        return Text(self.name.zh, self.button or self.action.replace("_", " ").capitalize())


S = CycleState
CYCLE_TRANSITIONS = (
    Transition("start", Text("启动", "be started"), (S.DRAFTING,), S.RUNNING),
    Transition("begin_scoring", Text("开始计分", "be scored"), (S.RUNNING,), S.SCORING),
    Transition("collect_again", Text("退回采集", "go back to collection"), (S.SCORING,), S.RUNNING, needs_reason=True),
    Transition("propose", Text("提出建议等次", "be proposed"), (S.SCORING,), S.PROPOSED),
    Transition(
        "score_again",
        Text("重新计分", "be scored again"),
        (S.PROPOSED, S.PUBLICITY, S.CONFIRMED),
        S.SCORING,
        needs_reason=True,
    ),
    Transition("publicise", Text("公示", "be put to publicity"), (S.PROPOSED,), S.PUBLICITY),
    Transition("confirm", Text("确认", "be confirmed"), (S.PUBLICITY,), S.CONFIRMED),
    Transition("publish", Text("公布", "be published"), (S.CONFIRMED,), S.PUBLISHED),
    Transition("archive", Text("归档", "be archived"), (S.PUBLISHED,), S.ARCHIVED),
)

N = NamingState
NAMING_TRANSITIONS = (
    Transition("submit_naming", Text("提交", "be submitted"), (N.DRAFT, N.RETURNED), N.SUBMITTED, button="Submit"),
    Transition("withdraw_naming", Text("撤回", "be withdrawn"), (N.SUBMITTED,), N.DRAFT, button="Withdraw"),
    Transition("confirm_naming", Text("确认", "be confirmed"), (N.SUBMITTED,), N.CONFIRMED, button="Confirm"),
    Transition(
        "return_naming",
        Text("退回", "be returned"),
        (N.SUBMITTED, N.CONFIRMED),
        N.RETURNED,
        needs_reason=True,
        button="Return",
    ),
)
