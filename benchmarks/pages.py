"""The ranking of a city over an empty page in the same shell: processor time of a signed-in request."""

from __future__ import annotations

import logging
from statistics import median
from time import process_time
from typing import Any

from benchmarks import database
from benchmarks.timing import RUNS

_REQUESTS = 100


def main(cycle: Any) -> None:
    """Print the ratio.

    Args:
        cycle: with an adopted run.
    """
    from django.conf import settings
    from django.urls import reverse

    settings.DEBUG = False  # or every query would be kept
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable(logging.INFO)
    empty = database.cycle_of(1, 1)
    addresses = {
        "ranking": reverse("ranking", args=[cycle.code, cycle.categories.first().code]),
        "empty page": reverse("ranking", args=[empty.code, empty.categories.first().code]),
    }
    client = _signed_in()
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(RUNS):
        for name, address in addresses.items():
            taken[name].append(_each(client, address))
    ranking, bare = (median(seconds) for seconds in taken.values())
    units = cycle.categories.first().evaluated_units.count()
    print(
        f"\nprocessor time of a request, signed in: the ranking of {units} units; an empty page: the same, not scored"
    )
    print(f"  ranking    {ranking * 1000:7.2f} ms  n = {RUNS} × {_REQUESTS}   {ranking / bare:6.2f} × empty page")
    print(f"  empty page {bare * 1000:7.2f} ms  n = {RUNS} × {_REQUESTS}", flush=True)


def _signed_in() -> Any:
    from django.test import Client

    from evaluation.models import Membership, Role, Unit, User

    user = User.objects.create(username="bench", name="bench")
    Membership.objects.create(user=user, unit=Unit.objects.first(), role=Role.OFFICE_CLERK)
    client = Client()
    client.force_login(user)
    return client


def _each(client: Any, address: str) -> float:
    """Seconds of the processor for one request of many; the first draws what is kept, and is not counted."""
    answer = client.get(address)
    assert answer.status_code == 200
    start = process_time()
    for _ in range(_REQUESTS):
        client.get(address)
    return (process_time() - start) / _REQUESTS


if __name__ == "__main__" and database.fresh_database():
    main(database.one_category())
