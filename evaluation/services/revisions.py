"""What is known of a category has changed: whoever writes facts of its units says so, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from evaluation.models import Category


def facts_changed(categories: Collection[int]) -> None:
    """Count one more revision of each category, so that the next run reads it again.

    Args:
        categories: their ids. The rows are locked, in one order, until the transaction of the caller ends. Whoever
            writes facts has locked their cycle before, so that two who write never wait for each other.
    """
    locked = Category.objects.filter(pk__in=categories).order_by("pk").select_for_update(no_key=True)
    Category.objects.filter(pk__in=list(locked.values_list("pk", flat=True))).update(revision=models.F("revision") + 1)
