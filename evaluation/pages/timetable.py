"""The timetable of a cycle, and the forms by which the office sets a window or gives a unit more time."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from engine.text import Text
from evaluation.models import Cycle, DayKind, Decision, Phase, Unit, User, Window
from evaluation.moments import last_day_of, midnight
from evaluation.pages.fetch import cycle_for
from evaluation.pages.widgets import day, line, select
from evaluation.rules import may_step
from evaluation.selectors import decisions_for_user
from evaluation.services.windows import extend_window, set_window
from evaluation.timetable import timetable_of
from evaluation.web import SignedIn, actor_of, allow, ask_again, refusal


class WindowForm(forms.Form):
    """From when on, and either how many days or to which day."""

    opens = day(gettext_lazy("opens on"))
    days = forms.IntegerField(
        label=gettext_lazy("number of days"), required=False, min_value=1, max_value=366,
        widget=forms.NumberInput({"class": "form-control"}),
        help_text=gettext_lazy("The day it opens is day 0; it closes at 24:00 of the last day."),
    )  # fmt: skip
    kind = select(forms.ChoiceField(label=gettext_lazy("kind of days"), choices=DayKind.choices))
    last = day(gettext_lazy("or closes on (24:00)"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason (needed once it is open)"), required=False, max_length=400,
        widget=line(),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ExtensionForm(forms.Form):
    """More time for one unit of the cycle."""

    unit = select(forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("unit")))
    last = day(gettext_lazy("until the end of"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=line())
    decision = select(
        forms.ModelChoiceField(
            Decision.objects.none(), label=gettext_lazy("decision (if there is one)"), required=False
        )
    )

    def __init__(self, user: User, cycle: Cycle, *args: Any) -> None:
        super().__init__(*args)
        fields: Any = self.fields
        fields["unit"].queryset = Unit.objects.filter(evaluations__cycle=cycle).order_by("code")
        fields["decision"].queryset = decisions_for_user(user)


@require_safe
def timetable_page(request: SignedIn, cycle: str) -> HttpResponse:
    """What is open when in a cycle; more for the office: who has more time, and why."""
    found = cycle_for(request.user, cycle)
    actor = actor_of(request)
    keeps, extends = (bool(may_step(actor, action)) for action in ("set_window", "extend_window"))
    return render(request, "evaluation/timetable.html", {
        "cycle": found, "timetable": timetable_of(found, longer=keeps or extends), "today": timezone.localdate(),
        "keeps": keeps, "extends": extends,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def window_page(request: SignedIn, cycle: str, phase: str) -> HttpResponse:
    """Set a window, or move it."""
    found = cycle_for(request.user, cycle)
    allow(may_step(actor_of(request), "set_window"), found)
    _known(phase)
    window = Window.objects.filter(cycle=found, phase=phase).first()
    form = WindowForm(request.POST if request.method == "POST" else None, initial=_initial(found, window))
    wrong: Text | None = None
    if form.is_valid():
        wrong = refusal(request, lambda: _set(request, found, phase, form.cleaned_data), found)
        if wrong is None:
            messages.success(request, _("The window is set."))
            return redirect("timetable", cycle)
    shown = {"cycle": found, "phase": Phase(phase), "window": window, "form": form, "wrong": wrong}
    return render(request, "evaluation/window.html", shown)


def _known(phase: str) -> None:
    if phase not in Phase.values:
        raise Http404


def _initial(cycle: Cycle, window: Window | None) -> dict[str, Any]:
    if window is None:
        return {"opens": timezone.localdate(), "kind": DayKind.WORKING, "days": 10}
    last = None if window.days or window.closes is None else last_day_of(window.closes)
    return {
        "opens": timezone.localtime(window.opens).date(), "days": window.days, "kind": window.kind,
        "last": last, "seen": window.revision,
    }  # fmt: skip


def _set(request: SignedIn, cycle: Cycle, phase: str, said: dict[str, Any]) -> None:
    opens = midnight(said.pop("opens"))
    set_window(cycle=cycle, phase=phase, opens=opens, actor=actor_of(request), **said)


@require_http_methods(["GET", "HEAD", "POST"])
def extend_page(request: SignedIn, cycle: str, phase: str) -> HttpResponse:
    """Give one unit more time."""
    found = cycle_for(request.user, cycle)
    allow(may_step(actor_of(request), "extend_window"), found)
    ask_again(request, "extend_window")
    _known(phase)
    window = get_object_or_404(Window, cycle=found, phase=phase, closes__isnull=False)  # an endless one needs no more
    form = ExtensionForm(request.user, found, request.POST if request.method == "POST" else None)
    wrong: Text | None = None
    if form.is_valid():
        extend = partial(extend_window, window=window, actor=actor_of(request), **form.cleaned_data)
        wrong = refusal(request, extend, found)
        if wrong is None:
            messages.success(request, _("More time is granted."))
            return redirect("timetable", cycle)
    return render(request, "evaluation/extend.html", {
        "cycle": found, "phase": Phase(phase), "form": form, "wrong": wrong, "closes": window.closes,
        "extensions": window.extensions.select_related("unit", "decision"),
    })  # fmt: skip
