"""Forms of the registers as a browser has them: what stands in one when it is opened, and what is sent."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

Fields = dict[str, Any]


def address(model, what: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


class _Form(HTMLParser):
    """The fields that a browser would send of the form of a row."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.fields, self.select, self.area = False, {}, "", ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        has = dict(attrs)
        self.inside = self.inside or (tag == "form" and (has.get("id") or "").endswith("_form"))
        if not self.inside:
            return
        name, value = has.get("name") or "", has.get("value") or ""
        if tag == "input" and name and has.get("type") != "submit" and name != "csrfmiddlewaretoken":
            if has.get("type") != "checkbox" or "checked" in has:
                self.fields[name] = value or "on" * (has.get("type") == "checkbox")
        elif tag == "select":
            self.select, self.several = name, "multiple" in has
            self.fields[name] = [] if self.several else ""
        elif tag == "option" and "selected" in has:
            self.fields[self.select] = [*self.fields[self.select], value] if self.several else value
        elif tag == "textarea":
            self.area, self.fields[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.fields[self.area] += data


def fields_in(response: HttpResponse) -> Fields:
    """What stands in the form of a page."""
    form = _Form()
    form.feed(response.content.decode())
    return form.fields


def opened(client: Client, row) -> Fields:
    """Open the form of a row."""
    response = client.get(address(type(row), "change", row.pk))
    assert response.status_code == 200
    return fields_in(response)


def sent(client: Client, row, fields: Fields) -> HttpResponse:
    """Press save."""
    return client.post(address(type(row), "change", row.pk), fields)


def changed(client: Client, row, fields: Fields) -> HttpResponse:
    """Open the form of a row and send these fields and no others, with what the form remembers."""
    return sent(client, row, {"seen": opened(client, row).get("seen", ""), **fields})
