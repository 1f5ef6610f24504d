"""A person's own page: his roles, who acts for him or he for whom, and the form to hand a role over."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from engine.text import Text
from evaluation.models import APART, Membership, User
from evaluation.moments import end, midnight
from evaluation.pages.widgets import day, select
from evaluation.rules import OFFICE
from evaluation.selectors import actings_about, colleagues_of
from evaluation.services.acting import end_acting, hand_over
from evaluation.web import SignedIn, actor_of, ask_again, refusal


class Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person by name and user name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.username}）"


class HandOver(forms.Form):
    """Which role, to whom, from and to which day."""

    membership = select(forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("role")))
    deputy = select(Colleague(User.objects.none(), label=gettext_lazy("who acts")))
    first = day(gettext_lazy("from"))
    last = day(gettext_lazy("until the end of"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["membership"].queryset = _held(user).exclude(role__in=APART)
        fields["deputy"].queryset = colleagues_of(user)


def _held(user: User) -> Any:
    return Membership.objects.filter(user=user, active=True).select_related("unit", "user")


@require_http_methods(["GET", "HEAD", "POST"])
def account_page(request: SignedIn) -> HttpResponse:
    """Roles and who acts; a role is handed over here."""
    posted = request.POST if request.method == "POST" else None
    form = HandOver(request.user, posted, initial={"first": timezone.localdate(), **request.GET.dict()})
    wrong: Text | None = None
    if form.is_valid():
        _ask_again(request, form)
        wrong = refusal(request, lambda: _hand_over(request, form.cleaned_data))
        if wrong is None:
            return redirect("account")
    return render(request, "evaluation/account.html", {
        "held": _held(request.user), "form": form, "wrong": wrong, "now": timezone.now(),
        "actings": actings_about(request.user),
    })  # fmt: skip


def _ask_again(request: SignedIn, form: HandOver) -> None:
    """Whoever hands over a role of the office shows first that it is he, and finds the form as he filled it in."""
    if form.cleaned_data["membership"].role in OFFICE:
        entered = urlencode({name: form.data[name] for name in form.fields})
        ask_again(request, "give_role", back=f"{reverse('account')}?{entered}")


def _hand_over(request: SignedIn, said: dict[str, Any]) -> None:
    first: date = said["first"]
    since = timezone.now() if first == timezone.localdate() else midnight(first)
    hand_over(
        membership=said["membership"], deputy=said["deputy"], since=since, until=end(said["last"]),
        actor=actor_of(request),
    )  # fmt: skip
    messages.success(request, _("The role is handed over."))


@require_POST
def end_acting_page(request: SignedIn, pk: int) -> HttpResponse:
    """Take a role back."""
    acting = get_object_or_404(actings_about(request.user), pk=pk)
    end_acting(acting=acting, actor=actor_of(request))
    messages.success(request, _("The role is taken back."))
    return redirect("account")
