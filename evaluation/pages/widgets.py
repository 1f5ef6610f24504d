"""Fields as our pages show them."""

from __future__ import annotations

from typing import Any

from django import forms


class Day(forms.DateInput):
    """A date, as browsers ask for one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__({"class": "form-control"}, format="%Y-%m-%d")


def select(field: Any) -> Any:
    """A field that is chosen from a list."""
    field.widget.attrs["class"] = "form-select"
    return field


def line(**more: Any) -> forms.TextInput:
    """One line of text."""
    return forms.TextInput({"class": "form-control", **more})
