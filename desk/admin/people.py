"""Units, people, and who is what in which unit."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from desk.admin.base import Kept
from desk.admin.importing import Importing
from desk.admin.resources import PeopleResource, UnitResource
from desk.admin.site import registers
from desk.admin.steps import Reason
from evaluation.actor import Actor
from evaluation.models import Acting, Membership, Unit, User
from evaluation.rules import may_keep_people
from evaluation.rules.registers import may_issue_link, may_take_second_factor
from evaluation.services.access import GOOD_FOR, issue_link, take_second_factor
from evaluation.services.acting import end_acting, hand_over
from evaluation.services.people import keep_membership, keep_person
from evaluation.services.registry import keep_unit
from evaluation.web import actor_of, allow, ask_again, refusal
from evaluation.words import for_reader


@admin.register(Unit, site=registers)
class Units(Importing, Kept):
    """The organs of the city."""

    may = staticmethod(may_keep_people)
    resource_classes = [UnitResource]
    list_display = ("code", "name", "kind", "parent", "updated")
    list_display_links = ("code", "name")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    fields = ("code", "name", "kind", "parent", "predecessors")
    fixed = ("code",)
    autocomplete_fields = ("parent", "predecessors")

    def keep(self, row: Unit, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_unit(row, fields, predecessors=form.cleaned_data["predecessors"], actor=actor, seen=form.remembered)


@admin.register(User, site=registers)
class People(Kept):
    """Accounts; their passwords are chosen by whom they belong to."""

    may = staticmethod(may_keep_people)
    change_form_template = "admin/person.html"
    list_display = ("username", "name", "roles_said", "is_active", "last_login")
    list_display_links = ("username", "name")
    list_filter = ("is_active", "memberships__role")
    search_fields = ("username", "name", "memberships__unit__name")

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return ["username", "name", "email", "is_active", *(("roles_said", "last_login", "date_joined") if obj else ())]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["roles_said", "last_login", "date_joined"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        held = Membership.objects.filter(active=True).select_related("unit")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", held, to_attr="held"))

    @admin.display(description=_("roles"))
    def roles_said(self, user: User) -> str:
        return "；".join(f"{one.unit}·{one.get_role_display()}" for one in getattr(user, "held", ()))

    def keep(self, row: User, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_person(row, fields, actor=actor, seen=form.remembered)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the ways to issue a link, and to take away a second factor where there is one, if this person may."""
        user = kwargs.get("obj")
        may = user is not None and may_take_second_factor(actor_of(request), user)
        context["issues_link"] = user is not None and bool(may_issue_link(actor_of(request), user))
        context["second_factor"] = may and is_mfa_enabled(user)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        link = self.admin_site.admin_view(self.link_view)
        lost = self.admin_site.admin_view(self.second_factor_view)
        return [
            path("<int:pk>/link/", link, name="evaluation_user_link"),
            path("<int:pk>/second-factor/", lost, name="evaluation_user_second_factor"),
            *super().get_urls(),
        ]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A one-time link for a person, shown once to whoever hands it over."""
        response: HttpResponse = _link_page(request, get_object_or_404(User, pk=pk))
        return response

    def second_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why a lost second factor is to be taken away, and take it away."""
        return _second_factor_page(request, get_object_or_404(User, pk=pk))


def _page_of(user: User) -> str:
    return reverse("admin:evaluation_user_change", args=[user.pk])


@never_cache
@require_POST
def _link_page(request: HttpRequest, user: User) -> HttpResponse:
    allow(may_issue_link(actor_of(request), user), user)
    ask_again(request, "issue_link", back=_page_of(user))
    key = issue_link(user, actor=actor_of(request))
    link = request.build_absolute_uri(f"{reverse('choose_password')}?key={key}")
    context = {**registers.each_context(request), "title": _("One-time link"), "person": user, "link": link}
    return render(request, "admin/one_time_link.html", {**context, "hours": GOOD_FOR.total_seconds() // 3600})


def _second_factor_page(request: HttpRequest, user: User) -> HttpResponse:
    allow(may_take_second_factor(actor_of(request), user), user)
    ask_again(request, "take_second_factor")
    form = Reason(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason, actor = form.cleaned_data["reason"], actor_of(request)
        wrong = refusal(request, lambda: take_second_factor(user, reason=reason, actor=actor), user)
        if wrong is None:
            messages.success(request, _("The second factor is taken away: %(name)s") % {"name": user.name})
            return redirect(_page_of(user))
        form.add_error("reason", for_reader(wrong))
    context = {**registers.each_context(request), "title": _("Take away the second factor"), "person": user}
    return render(request, "admin/second_factor.html", {**context, "form": form, "back": _page_of(user)})


@admin.register(Membership, site=registers)
class Memberships(Importing, Kept):
    """Roles in units. One that is over is ended, not deleted."""

    may = staticmethod(may_keep_people)
    resource_classes = [PeopleResource]
    list_display = ("user", "person_name", "unit", "role", "active", "updated")
    list_filter = ("role", "active")
    list_select_related = ("user", "unit")
    search_fields = ("user__username", "user__name", "unit__code", "unit__name")
    fields = ("user", "unit", "role", "active")
    fixed = ("user", "unit", "role")
    autocomplete_fields = ("user", "unit")
    act = "give_role"

    @admin.display(description=_("full name"), ordering="user__name")
    def person_name(self, held: Membership) -> str:
        return held.user.name

    def keep(self, row: Membership, fields: list[str], form: Any, actor: Actor) -> object:
        return keep_membership(row, fields, actor=actor, seen=form.remembered)


@admin.register(Acting, site=registers)
class Actings(Kept):
    """Who acts for whom; one that is taken back ends earlier, none is deleted or made longer."""

    may = staticmethod(may_keep_people)
    list_display = ("deputy_name", "person_name", "unit_name", "role_name", "since", "until", "by_name")
    list_select_related = ("deputy", "membership__user", "membership__unit")
    search_fields = ("deputy__name", "membership__user__name", "membership__unit__name")
    date_hierarchy = "until"
    fields = ("membership", "deputy", "since", "until")
    fixed = ("membership", "deputy", "since")
    autocomplete_fields = ("membership", "deputy")
    act = "give_role"

    @admin.display(description=_("who acts"), ordering="deputy__name")
    def deputy_name(self, row: Acting) -> str:
        return row.deputy.name

    @admin.display(description=_("in place of"), ordering="membership__user__name")
    def person_name(self, row: Acting) -> str:
        return row.membership.user.name

    @admin.display(description=_("unit"), ordering="membership__unit__name")
    def unit_name(self, row: Acting) -> str:
        return row.membership.unit.name

    @admin.display(description=_("role"), ordering="membership__role")
    def role_name(self, row: Acting) -> str:
        return row.membership.get_role_display()

    def keep(self, row: Acting, fields: list[str], form: Any, actor: Actor) -> object:
        if row.pk is not None:
            return end_acting(acting=row, until=row.until, actor=actor)
        said = {"membership": row.membership, "deputy": row.deputy, "since": row.since, "until": row.until}
        return hand_over(**said, actor=actor)
