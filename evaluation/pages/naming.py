"""A unit names its responsible people; the office reviews, one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engine.text import Text
from evaluation.models import EvaluatedUnit, Naming, Phase
from evaluation.pages.fetch import cycle_for, unit_in
from evaluation.pages.widgets import line
from evaluation.rules.naming import NOT_YOURS, may_name, may_see_naming, may_see_namings, may_take
from evaluation.rules.windows import standing_of
from evaluation.selectors import history_of, namings_in
from evaluation.services.naming import PEOPLE, name_people, step_many, step_naming
from evaluation.services.transition import from_here
from evaluation.states import NAMING_TRANSITIONS, NamingState, Transition
from evaluation.trail import reason_of
from evaluation.verdict import Verdict
from evaluation.web import SignedIn, actor_of, allow, refusal, refuse, revision_in, seen_in

STEPS = {one.action: one for one in NAMING_TRANSITIONS}
BY_OFFICE = ("confirm_naming", "return_naming")
SAVE = "save"


class People(forms.ModelForm):  # type: ignore[type-arg]
    """The six texts."""

    class Meta:
        model = Naming
        fields = PEOPLE
        widgets = dict.fromkeys(PEOPLE, line())


@dataclass(frozen=True, slots=True)
class Button:
    """A step that can be taken from here."""

    step: Transition
    verdict: Verdict


@require_http_methods(["GET", "HEAD", "POST"])
def naming_page(request: SignedIn, cycle: str, unit: int) -> HttpResponse:
    """What a unit has named: written and submitted by the unit, confirmed or returned by the office."""
    row = _row_for(request, cycle, unit)
    naming = Naming.objects.select_related("evaluated_unit__cycle", "evaluated_unit__unit").filter(
        evaluated_unit=row
    ).first()  # fmt: skip
    form = People(request.POST if _writes(request) else None, instance=naming)
    wrong: Text | None = None
    if request.method == "POST":
        wrong = refusal(request, lambda: _act(request, row, naming, form), naming or row.cycle)
        if wrong is None and not form.errors:
            return redirect("naming", cycle, unit)
    return _shown(request, row, naming, form, wrong)


def _row_for(request: SignedIn, cycle: str, unit: int) -> EvaluatedUnit:
    found = cycle_for(request.user, cycle)
    row = unit_in(found, unit)
    if row is None and may_see_namings(request.user):
        raise Http404
    allow(may_see_naming(request.user, row) if row else NOT_YOURS, found)
    assert row is not None
    return row


def _writes(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") in (SAVE, "submit_naming")


def _act(request: SignedIn, row: EvaluatedUnit, naming: Naming | None, form: People) -> None:
    """Write what the form says, take the step that the button stands for."""
    action, actor, seen = request.POST.get("action", ""), actor_of(request), seen_in(request)
    if action != SAVE and action not in STEPS:
        raise Http404
    if _writes(request):
        if not form.is_valid():
            return  # it says so at its fields
        naming = name_people(evaluated_unit=row, people=form.cleaned_data, actor=actor, seen=seen)
        seen = naming.revision
    if action != SAVE:
        if naming is None:
            raise Http404
        step_naming(naming=naming, action=action, actor=actor, reason=request.POST.get("reason", ""), seen=seen)
    messages.success(request, _("Saved.") if action == SAVE else _("Done."))


def _shown(
    request: SignedIn, row: EvaluatedUnit, naming: Naming | None, form: People, wrong: Text | None
) -> HttpResponse:
    actor = actor_of(request)
    fresh = Naming.objects.select_related("evaluated_unit__cycle", "evaluated_unit__unit").filter(evaluated_unit=row)
    naming = fresh.first()
    editing = may_name(actor, row, naming)
    return render(request, "evaluation/naming.html", {
        "row": row, "naming": naming, "form": form, "wrong": wrong, "editing": editing,
        "returned": _returned(naming),
        "buttons": [] if naming is None else _buttons(request, naming),
        "history": [] if naming is None else history_of(naming, naming.code),
        "window": standing_of(row.cycle, Phase.NAMING, row.unit),
        "sees_all": bool(may_see_namings(request.user)),
    })  # fmt: skip


def _returned(naming: Naming | None) -> str:
    """Why it was returned, if that is where it stands."""
    if naming is None or naming.state != NamingState.RETURNED:
        return ""
    last = history_of(naming, naming.code).filter(action="return_naming").first()
    return reason_of(last) if last else ""


def _buttons(request: SignedIn, naming: Naming) -> list[Button]:
    """The steps that this person may see from where it stands; the unit's own submitting is part of its form."""
    actor = actor_of(request)
    found = [Button(step, may_take(actor, naming, step.action)) for step in NAMING_TRANSITIONS]
    return [one for one in found if one.step.action != "submit_naming" and from_here(naming, one.step) and one.verdict]


@dataclass(frozen=True, slots=True)
class Line:
    """One unit on the list: what it has named so far, and for a step of many whether it would be or was taken."""

    row: EvaluatedUnit
    naming: Naming | None
    verdict: Verdict | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def namings_page(request: SignedIn, cycle: str) -> HttpResponse:
    """All units of a cycle and where each stands; steps for many, shown before they are taken."""
    found = cycle_for(request.user, cycle)
    allow(may_see_namings(request.user), found)
    rows = list(namings_in(found))
    shown: dict[str, object] = {
        "cycle": found, "window": standing_of(found, Phase.NAMING), "states": NamingState.choices,
        "counts": _counted(rows), "asked": request.GET.get("state", ""),
        "steps": [STEPS[action] for action in BY_OFFICE],
    }  # fmt: skip
    if request.method == "POST":
        return _for_many(request, rows, shown)
    asked = shown["asked"]
    lines = [Line(row, naming_of(row)) for row in rows]
    shown["lines"] = [one for one in lines if not asked or (one.naming.state if one.naming else "none") == asked]
    return render(request, "evaluation/namings.html", shown)


def naming_of(row: EvaluatedUnit) -> Naming | None:
    """What a unit has named, of a row that was read with it."""
    return getattr(row, "naming", None)


def _counted(rows: list[EvaluatedUnit]) -> Mapping[str, int]:
    states = [one.state if (one := naming_of(row)) else "none" for row in rows]
    return {state: states.count(state) for state in ("none", *NamingState.values)}


def _for_many(request: SignedIn, rows: list[EvaluatedUnit], shown: dict[str, object]) -> HttpResponse:
    """First what would and what would not happen; with `sure` what did, row by row."""
    step = STEPS.get(request.POST.get("action", ""))
    if step is None or step.action not in BY_OFFICE:
        raise Http404
    chosen = _chosen(request, rows)
    shown |= {"step": step, "reason": request.POST.get("reason", ""), "lines": [], "sure": False}
    if request.POST.get("sure"):
        done = step_many(namings=chosen, action=step.action, actor=actor_of(request), reason=str(shown["reason"]))
        for naming, verdict in done:
            if not verdict:
                refuse(request, verdict.reason, naming)
        shown |= {"lines": [Line(naming.evaluated_unit, naming, verdict) for naming, verdict in done], "sure": True}
    else:
        actor = actor_of(request)
        shown["lines"] = [
            Line(one.evaluated_unit, one, from_here(one, step) and may_take(actor, one, step.action))
            for one, _at in chosen
        ]
    return render(request, "evaluation/namings_step.html", shown)


def _chosen(request: HttpRequest, rows: list[EvaluatedUnit]) -> list[tuple[Naming, int]]:
    """The namings that were ticked, each with the revision that was looked at (“id:revision”)."""
    asked = dict(one.split(":", 1) for one in request.POST.getlist("row") if ":" in one)
    known = {str(naming.pk): naming for row in rows if (naming := naming_of(row))}
    chosen = ((known[pk], revision_in(seen)) for pk, seen in asked.items() if pk in known)
    return [(naming, revision) for naming, revision in chosen if revision is not None]
