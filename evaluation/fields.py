"""Columns for exact decimal numbers: the same digits on every database, where some would make floats of them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def written(value: Decimal | int) -> str:
    """A number without exponent and without idle zeros, so that equal numbers are equal texts."""
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


class ExactDecimalField(models.Field):  # type: ignore[type-arg]
    """A `Decimal` in Python, its digits in the database. It can be compared for equality, not for size."""

    _pyi_private_set_type: Decimal | int
    _pyi_private_get_type: Decimal

    description = _("Exact decimal number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DecimalField, **kwargs})

    def from_db_value(self, value: str | None, *args: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(_("“%(value)s” is not a number."), params={"value": value}) from None
        if not found.is_finite():
            raise ValidationError(_("“%(value)s” is not a number."), params={"value": value})
        return found

    def get_prep_value(self, value: Any) -> str | None:
        found = self.to_python(value)
        return None if found is None else written(found)
