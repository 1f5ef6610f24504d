"""What the registers share: who may, how a form reaches its service, and that nothing is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from desk.admin.asking import person
from desk.admin.forms import ServiceForm
from evaluation.actor import Actor
from evaluation.verdict import YES, Refused, Verdict, no
from evaluation.web import NotAllowed, actor_of, ask_again
from evaluation.words import for_reader

_NOBODY = no("这里不能新增或修改：由业务流程写入", "nothing is added or changed here: the process writes it")


class Shown(admin.ModelAdmin):  # type: ignore[type-arg]
    """A register to look at: searched, filtered, opened; never written, never deleted."""

    actions = None
    view_on_site = False
    show_full_result_count = False
    list_per_page = 50
    may: ClassVar[Any]  # the rule who may look at it: person → Verdict

    def open(self, row: Any) -> Verdict:
        """Whether a row may still be changed, as far as that depends on the row."""
        return YES

    def refusal(self, request: HttpRequest, object_id: str | None = None, **asked: Any) -> NotAllowed:
        """Why the framework refuses something here: the rule for the person, that for the row, or that nobody may."""
        row = self.get_object(request, unquote(object_id)) if object_id else None
        verdict = type(self).may(person(request)) and (YES if row is None else self.open(row))
        return NotAllowed((_NOBODY if verdict else verdict).reason, row)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(type(self).may(person(request)))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        """Without the addresses that delete, or show Django's own log: the trail is the one record."""
        left_out = ("_delete", "_history")
        return [one for one in super().get_urls() if not (one.name or "").endswith(left_out)]

    def log_addition(self, *args: Any) -> Any:
        """The service has told the trail."""

    log_change: Any = log_addition
    log_deletions: Any = log_addition


class Kept(Shown):
    """A register that is kept here: `keep` calls the service; `fixed` fields stay once they are entered."""

    form = ServiceForm
    fixed: Sequence[str] = ()
    adds = True
    act = ""  # what it is to enter or change a row, where that is weighty

    class Media:
        js = ("registers.js",)

    def keep(self, row: Any, fields: list[str], form: Any, actor: Actor) -> object:
        """Call the service that writes this kind of row."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.adds and self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request) and (obj is None or bool(self.open(obj)))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = self.fixed if obj is not None else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"register": self, "request": request})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.write(request, obj, form)

    def save_related(self, *args: Any) -> None:
        """The service has written what is linked, too."""

    def write(self, request: HttpRequest, row: Any, form: Any) -> None:
        """Let the service write what a form says of a row."""
        concrete = {one.name for one in row._meta.concrete_fields}
        fields = [name for name in form.cleaned_data if name in concrete]
        self.keep(row, fields, form, actor_of(request))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What came up between the form's question and the writing is asked once more, and then stands in the form."""
        ask_again(request, self.act)
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused:
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """A frozen row says why it cannot be changed."""
        if (row := kwargs.get("obj")) is not None and not (verdict := self.open(row)):
            context["frozen"] = for_reader(verdict.reason)
        return super().render_change_form(request, context, *args, **kwargs)
