"""Tasks of this app: the tick, which `celery beat` asks for each minute."""

from __future__ import annotations

from celery import shared_task

from desk.tick import tick as do_what_is_due


@shared_task  # type: ignore[untyped-decorator]
def tick() -> None:
    """Do what the clock has decided.

    Raises:
        RuntimeError: something of it went wrong, which the log says in full.
    """
    if wrong := do_what_is_due():
        raise RuntimeError(f"tick: {', '.join(wrong)}")
