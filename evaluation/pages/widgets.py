"""Fields as our pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator


class Day(forms.DateInput):
    """A date, as browsers ask for one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__({"class": "form-control"}, format="%Y-%m-%d")


def day(label: Any, *, required: bool = True) -> forms.DateField:
    """A date of this age: a year that was typed wrongly is said, and overflows nothing."""
    within = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 12, 31))]
    return forms.DateField(label=label, required=required, widget=Day, validators=within)


def select(field: Any) -> Any:
    """A field that is chosen from a list."""
    field.widget.attrs["class"] = "form-select"
    return field


def line(**more: Any) -> forms.TextInput:
    """One line of text."""
    return forms.TextInput({"class": "form-control", **more})
