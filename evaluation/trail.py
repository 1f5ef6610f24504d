"""The audit trail as its reader sees it: entries in words, filtered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from evaluation.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words; `detail` is what it says besides, by name."""

    number: int
    at: datetime
    who: str
    action: str
    kind: str
    key: str
    origin: str
    detail: Mapping[str, str]
    hash: str


def told(entry: AuditEntry) -> Told:
    """An entry in the reader's language."""
    said = json.loads(entry.detail)
    detail = {in_words(name): _plain(_fields(name, value, entry.object_kind)) for name, value in said.items()}
    return Told(
        entry.number, entry.at, entry.actor_name, in_words(entry.action), kind_said(entry.object_kind),
        entry.object_key, entry.origin, detail, entry.hash,
    )  # fmt: skip


def _fields(name: str, value: object, kind: str) -> object:
    """Of what was and what is, each field by its name in words."""
    if name not in ("old", "new") or not isinstance(value, dict):
        return value
    return "；".join(f"{_field_said(kind, field)}：{_plain(one)}" for field, one in value.items())


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _field_said(kind: str, name: str) -> str:
    try:
        return str(getattr(apps.get_model(kind)._meta.get_field(name), "verbose_name", name))
    except (LookupError, FieldDoesNotExist):
        return name


def in_words(name: str) -> str:
    """An action, or the name of a detail, in words."""
    return pgettext("audit", name.replace("_", " "))


def reason_of(entry: AuditEntry) -> str:
    """The reason that an entry gives, if it gives one."""
    return str(json.loads(entry.detail).get("reason", ""))


def kind_said(kind: str) -> str:
    """What sort of object it was done to; of a kind that is no longer there, its old name."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind


def _kinds(said: str) -> list[str]:
    """The kinds of objects that are called so, in the reader's language or in the code's."""
    kinds = [model._meta.label_lower for model in apps.get_models()]
    return [kind for kind in kinds if said.lower() in f"{kind} {kind_said(kind)}".lower()]


def actions_in(entries: QuerySet[AuditEntry]) -> Iterator[tuple[str, str]]:
    """The actions that occur, with their words, for the filter."""
    for action in entries.order_by("action").values_list("action", flat=True).distinct():
        yield action, in_words(action)


def narrowed(entries: QuerySet[AuditEntry], asked: Mapping[str, str]) -> QuerySet[AuditEntry]:
    """The entries of one action, about objects and by people whose names contain what was asked for."""
    wanted = {name: asked.get(name, "").replace("\x00", "").strip() for name in ("action", "object", "person")}
    if wanted["action"]:
        entries = entries.filter(action=wanted["action"])
    if wanted["object"]:
        entries = entries.filter(
            Q(object_key__icontains=wanted["object"]) | Q(object_kind__in=_kinds(wanted["object"]))
        )
    return entries.filter(actor_name__icontains=wanted["person"]) if wanted["person"] else entries
