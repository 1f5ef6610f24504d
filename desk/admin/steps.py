"""The steps of what goes through states: buttons on its page, each with a page that asks before the step is taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from desk.admin.asking import person
from desk.admin.site import registers
from engine.text import Text
from evaluation.actor import Actor
from evaluation.rules import may_step
from evaluation.states import Transition
from evaluation.verdict import YES, Refused, Verdict
from evaluation.web import actor_of, allow, ask_again, refuse, seen_in
from evaluation.words import for_reader


class Reason(forms.Form):
    """Why, where the table of steps asks for it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,  # whether one is needed is the service's to say
        widget=forms.Textarea({"rows": 4, "cols": 80, "required": True}),
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that can be taken from the state of a row, and whether this person may take it now."""

    step: Transition
    verdict: Verdict
    address: str


class Stepping:
    """A register whose rows go through states; `steps` are those that people take."""

    model: Any
    admin_site: Any
    may: ClassVar[Any]
    steps: ClassVar[Sequence[Transition]]

    def take(self, row: Any, action: str, *, reason: str, actor: Actor, seen: int | None) -> object:
        """Call the service that takes a step; `seen` is the revision of the row that the person has looked at."""
        raise NotImplementedError

    def shown(self, row: Any, taken: object) -> str:
        """The address of the page that shows what a step has brought, if it is not that of the row."""
        return ""

    def holds(self, row: Any, action: str) -> Verdict:
        """What has to hold for a step besides state and role."""
        return YES

    def offered(self, row: Any, actor: Actor) -> Iterator[Offered]:
        """The steps from where a row stands; one that is not open says why."""
        for step in self.steps:
            if row.state in step.sources:
                verdict = may_step(actor, step.action) and self.holds(row, step.action)
                yield Offered(step, verdict, self._address(row, step.action))

    def _name(self, kind: str) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_{kind}"

    def _address(self, row: Any, action: str) -> str:
        return reverse(f"admin:{self._name('step')}", args=[row.pk, action])

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.step_view)
        step = path("<id:pk>/steps/<slug:action>/", view, name=self._name("step"))
        return [step, *super().get_urls()]  # type: ignore[misc]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if (row := kwargs.get("obj")) is not None:
            context["offered"] = list(self.offered(row, actor_of(request)))
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return response

    def step_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Ask, and take the step when the answer comes."""
        step = next((one for one in self.steps if one.action == action), None)
        if step is None:
            raise Http404
        allow(type(self).may(person(request)))
        row = get_object_or_404(self.model, pk=pk)
        allow(may_step(actor_of(request), action), row)
        ask_again(request, action)
        form = Reason(request.POST if request.method == "POST" else None) if step.needs_reason else None
        wrong: Sequence[Text] = ()
        if request.method == "POST" and (form is None or form.is_valid()):
            try:
                reason = form.cleaned_data["reason"] if form else ""
                taken = self.take(row, action, reason=reason, actor=actor_of(request), seen=seen_in(request))
                return self._done(request, row, step, taken)
            except Refused as refused:  # said on the page, and kept in the trail
                refuse(request, refused.reason, row)
                wrong = [refused.reason]
        return self._asked(request, row, step, form, wrong)

    def _done(self, request: HttpRequest, row: Any, step: Transition, taken: object) -> HttpResponse:
        if address := self.shown(row, taken):
            return HttpResponseRedirect(address)
        said = {"what": for_reader(step.verb), "row": row}
        messages.success(request, _("Done: %(what)s – %(row)s") % said)
        return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[row.pk]))

    def _asked(
        self, request: HttpRequest, row: Any, step: Transition, form: Reason | None, wrong: Sequence[Text]
    ) -> HttpResponse:
        row.refresh_from_db()
        after = dict(row._meta.get_field("state").flatchoices)[step.target]
        return render(request, "admin/step.html", {
            **registers.each_context(request), "title": for_reader(step.verb), "opts": self.model._meta,
            "row": row, "step": step, "after": after, "form": form, "wrong": wrong,
            "offered": next((one for one in self.offered(row, actor_of(request)) if one.step == step), None),
            "back": reverse(f"admin:{self._name('change')}", args=[row.pk]),
        })  # fmt: skip
