"""The working calendar: a year to look at, and the notice of a year to be entered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from engine.text import Problem, Problems, Text
from evaluation.calendar.notice import NamedDay, read_notice
from evaluation.calendar.year_picture import Holiday, holidays_in, picture_of
from evaluation.models import WorkingDay
from evaluation.pages.widgets import line
from evaluation.rules import may_keep_data
from evaluation.selectors import calendar_now
from evaluation.services.calendar import Difference, Entered, differences, enter_notice, print_of, stored_days
from evaluation.web import SignedIn, actor_of, allow, refusal

FIRST, LAST = 2000, 2199  # years that have a page


class NoticeForm(forms.Form):
    """The text of a notice, as it is published."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=FIRST + 1, max_value=LAST - 1,
        widget=line(inputmode="numeric", pattern="[0-9]{4}", maxlength=4),
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Number of the notice"), max_length=200, widget=line(placeholder="国办发明电〔2025〕7号")
    )
    text = forms.CharField(
        label=gettext_lazy("Text of the notice"), max_length=20_000,
        widget=forms.Textarea({"class": "form-control", "rows": 14}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of a notice; with problems, nothing."""

    problems: list[Problem]
    days: list[NamedDay]
    holidays: list[Holiday]
    differences: list[Difference]
    seen: str

    @property
    def fresh(self) -> bool:
        """Whether nothing was entered for any of its days."""
        return all(one.old is None for one in self.differences)


@require_safe
def this_year(request: SignedIn) -> HttpResponse:
    """The calendar of the year that it is."""
    return redirect("calendar_year", timezone.localdate().year)


@require_safe
def year_page(request: SignedIn, year: int) -> HttpResponse:
    """A year of the working calendar."""
    named = WorkingDay.objects.filter(day__year=year)
    return render(request, "evaluation/year.html", {
        "year": year, "picture": picture_of(year, named, timezone.localdate()),
        "before": year - 1 if year > FIRST else None, "after": year + 1 if year < LAST else None,
        "may_enter": may_keep_data(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request: SignedIn) -> HttpResponse:
    """Paste a notice, see what would come of it, confirm."""
    allow(may_keep_data(request.user))
    form = NoticeForm(request.POST or None, initial={"year": _next_unknown()})
    if not form.is_valid():
        return _entering(request, form)
    preview, refused = _previewed(**form.cleaned_data), None
    if "confirm" in request.POST and not preview.problems:
        refused = refusal(request, lambda: _enter(request, form.cleaned_data, preview))
        if refused is None:
            return redirect("calendar_year", form.cleaned_data["year"])
    return _entering(request, form, preview, refused)


def _entering(
    request: SignedIn, form: NoticeForm, preview: Preview | None = None, refused: Text | None = None
) -> HttpResponse:
    return render(request, "evaluation/enter_notice.html", {"form": form, "preview": preview, "refused": refused})


def _enter(request: SignedIn, asked: dict[str, Any], preview: Preview) -> None:
    done = enter_notice(
        year=asked["year"], number=asked["number"], days=preview.days, actor=actor_of(request),
        seen=request.POST.get("seen", ""),
    )  # fmt: skip
    messages.success(request, _said(done))


def _said(done: Entered) -> str:
    """What has come of it, in a sentence."""
    said = _("The notice is entered.")
    if not done.moved:
        return said
    moved = ngettext("%(n)s open window has moved.", "%(n)s open windows have moved.", len(done.moved))
    return f"{said} {moved % {'n': len(done.moved)}}"


def _previewed(year: int, number: str, text: str) -> Preview:
    try:
        days = read_notice(text, year)
    except Problems as wrong:
        return Preview(wrong.found, [], [], [], "")
    stored = stored_days(year, days)
    return Preview([], days, holidays_in(days), differences(stored, number, days), print_of(stored))


def _next_unknown() -> int:
    """The first year from this one on that is not known."""
    calendar, year = calendar_now(), timezone.localdate().year
    while calendar.knows(year):
        year += 1
    return year
