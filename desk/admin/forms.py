"""The form of a register: what its service says against it stands in it, and what others have changed meanwhile."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engine.text import Text
from evaluation.services.registry import Clash, Overtaken, Seen, values_of
from evaluation.verdict import Refused
from evaluation.web import refuse
from evaluation.words import for_reader

if TYPE_CHECKING:
    from desk.admin.base import Kept

_SALT = "desk.seen"
_QUICKER = Text(
    "您打开之后，别人已改动这一项，还没有保存您的内容。请看下列标出的各栏，决定后再保存。",
    "Somebody else has changed this since you opened it, and nothing of yours is saved yet. "
    "See the fields marked below, decide, and save again.",
)
_BOTH = Text("别人已改为“{now}”，您填的是“{wanted}”。", "Somebody else wrote “{now}”, you wrote “{wanted}”.")
_THEIRS = Text(
    "别人已把“{wanted}”改为“{now}”，您没有改动，现已照此填入。",
    "Somebody else changed “{wanted}” into “{now}”; you had not touched it, so that stands here now.",
)


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that lets the service do it and takes that back: what the service says against it stands in the form.

    It remembers, signed, what the row said when it was opened: who was overtaken sees both and decides.
    """

    register: Kept
    request: HttpRequest
    remembered: Seen | None = None
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["seen"] = self._to_remember(self.instance)

    def _to_remember(self, row: models.Model) -> str:
        said = values_of(row, self.fields.keys() - {"seen"})
        return signing.dumps([row._meta.label, row.pk, said], salt=_SALT, compress=True)

    def clean(self) -> dict[str, Any] | None:
        """Read what the row said when the form was opened; without that nobody changes one."""
        if self.instance.pk:
            try:
                label, pk, said = signing.loads(self.cleaned_data.get("seen", ""), salt=_SALT)
            except signing.BadSignature:
                label, pk, said = "", None, None
            if (label, pk) != (self.instance._meta.label, self.instance.pk):
                raise ValidationError(_("This form is out of date: open it again."))
            self.remembered = said
        return super().clean()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.register.write(self.request, copy(self.instance), self)
                transaction.set_rollback(True)
        except Refused as refused:
            refuse(self.request, refused.reason, self.instance if self.instance.pk else None)
            self._say(refused)
        except ValidationError as wrong:
            self.add_error(None, wrong.messages)

    def _say(self, refused: Refused) -> None:
        if not isinstance(refused, Overtaken):
            self.add_error(None, for_reader(refused.reason))
            return
        self.add_error(None, for_reader(_QUICKER))
        self.data: Any = self.data.copy()
        self._fill("seen", self._to_remember(refused.stored))
        for clash in refused.clashes:
            self._mark(clash, refused.stored)

    def _mark(self, clash: Clash, stored: models.Model) -> None:
        """Both values at the field; one that the person had not touched takes what is stored now."""
        said = _BOTH if clash.touched else _THEIRS
        self.add_error(clash.name, for_reader(said.format(now=clash.now, wanted=clash.wanted)))
        if not clash.touched:
            value = model_to_dict(stored, [clash.name])[clash.name]
            self._fill(clash.name, self.fields[clash.name].prepare_value(value))

    def _fill(self, name: str, value: Any) -> None:
        """Put a value into the form as a browser would send it."""
        several = value if isinstance(value, list) else [value]
        sent = ["" if one is None else str(one) for one in several]
        self.data.setlist(self.add_prefix(name), sent)
