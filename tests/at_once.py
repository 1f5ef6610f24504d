"""Many who write at the same moment, each with a connection of his own: `python -m tests.at_once trail`, say.

On the database that DATABASE_URL names; a process of its own, since a database in memory has one connection.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import quote

WRITERS, ENTRIES, ROUNDS = 60, 3, 12


def run_alone(what: str, folder: Path) -> str:
    """Run one of the plays below on the database of the tests, or on a fresh file where that lives in memory.

    Returns:
        What it printed; it fails if anybody failed.
    """
    told = {**os.environ, "DATABASE_URL": address_of_the_database(folder), "AUDIT_HEADS": str(folder / "heads")}
    asked = [sys.executable, "-m", "tests.at_once", what]
    done = subprocess.run(asked, env=told, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def address_of_the_database(folder: Path) -> str:
    """The database of the tests for another process, or a fresh file in a folder where that lives in memory."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return f"sqlite:///{folder / 'at-once.sqlite3'}"
    settings = connection.settings_dict
    password = f":{quote(settings['PASSWORD'], safe='')}" if settings["PASSWORD"] else ""
    host, port = settings["HOST"] or "127.0.0.1", settings["PORT"] or 5432
    return f"postgres://{settings['USER']}{password}@{host}:{port}/{settings['NAME']}"


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Begin all at the same moment; what was raised, in words."""
    from django.db import connection

    start, wrong = Barrier(len(works)), []

    def one(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except Exception as raised:
            wrong.append(f"{type(raised).__name__}: {raised}")
        finally:
            connection.close()

    threads = [Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(set(wrong))


def trail() -> None:
    """Sixty writers, one chain; they are one person, who is meanwhile sent links to choose a password by."""
    from django.db import transaction

    from evaluation.actor import Actor
    from evaluation.models import AuditEntry, User
    from evaluation.services.access import issue_link
    from evaluation.services.audit import problems_of_the_trail, record

    def writer(number: int) -> Callable[[], None]:
        def work() -> None:
            for turn in range(ENTRIES):
                with transaction.atomic():
                    record("try", User(), actor=Actor(str(number), "at_once", user), key=str(turn))

        return work

    def sending() -> None:
        for _ in range(ROUNDS):
            issue_link(user, actor=Actor("sender", "at_once"))

    user = User.objects.create(username="writer", name="写手")
    wrong = at_once([*(writer(number) for number in range(WRITERS)), sending, sending])
    assert wrong == [], "\n".join(wrong)
    assert list(problems_of_the_trail()) == []
    found = set(AuditEntry.objects.filter(action="try").values_list("actor_name", "object_key"))
    assert found == {(str(number), str(turn)) for number in range(WRITERS) for turn in range(ENTRIES)}
    print(AuditEntry.objects.filter(action="try").count())


def facts() -> None:
    """Workbooks entered, registers kept and runs scored of one cycle: nobody waits for ever, no change is unseen."""
    from evaluation.models import EvaluatedUnit
    from evaluation.services.audit import problems_of_the_trail
    from evaluation.services.registry import keep_evaluated_unit
    from evaluation.verdict import Refused
    from indicators.models import LastResult
    from indicators.services.registry import keep_last_result
    from scoring.services.entering import enter_facts
    from scoring.services.running import score_cycle
    from scoring.services.verifying import verify_run
    from tests.little import CLERK, little_cycle
    from tests.scoring.test_one_change import known, with_another

    cycle = little_cycle(Path(tempfile.mkdtemp()), counties=4, offices=4)
    first = known(cycle)
    states = [first, with_another(first, "C001", "hotline"), with_another(first, "D002", "petitions")]

    def entering() -> None:
        for turn in range(ROUNDS):
            enter_facts(cycle=cycle, facts=states[turn % 3], source=str(turn), actor=CLERK)

    def keeping() -> None:
        for turn in range(ROUNDS * 3):
            for code in ("D003", "C002"):
                unit = EvaluatedUnit.objects.get(cycle=cycle, unit__code=code)
                unit.leader = f"leader {turn}"
                keep_evaluated_unit(unit, ["leader"], actor=CLERK)

    def remembering() -> None:
        for turn in range(ROUNDS * 3):
            unit = EvaluatedUnit.objects.get(cycle=cycle, unit__code="D001")
            row = LastResult.objects.filter(evaluated_unit=unit).first() or LastResult(evaluated_unit=unit, total=1)
            row.total = turn + 1
            with suppress(LastResult.DoesNotExist):  # a workbook that knows of none has taken it away meanwhile
                keep_last_result(row, ["evaluated_unit", "total"], actor=CLERK)

    def scoring() -> None:
        for _ in range(ROUNDS):
            with suppress(Refused):  # one at a time
                score_cycle(cycle=cycle, actor=CLERK)

    wrong = at_once([entering, keeping, keeping, remembering, scoring, scoring])
    assert wrong == [], "\n".join(wrong)
    part = score_cycle(cycle=cycle, actor=CLERK)
    whole = score_cycle(cycle=cycle, actor=CLERK, whole=True)
    assert (part.result, part.snapshot.sha256) == (whole.result, whole.snapshot.sha256)
    assert [list(verify_run(run)) for run in (part, whole)] == [[], []]
    assert list(problems_of_the_trail()) == []
    print(cycle.runs.count())


def calendar() -> None:
    """Notices entered and corrected, windows set, days of the register kept: every window ends by the last notice."""
    from datetime import UTC, date, datetime

    from django.utils import timezone

    from evaluation.models import Cycle, DayKind, Phase, Window, WorkingDay
    from evaluation.notice import read_notice
    from evaluation.selectors import calendar_now
    from evaluation.services.audit import problems_of_the_trail
    from evaluation.services.calendar import enter_notice
    from evaluation.services.registry import keep_working_day
    from evaluation.services.windows import set_window
    from evaluation.window_rules import closing
    from tests.little import CLERK
    from tests.notices import NOTICES

    year = timezone.localdate().year + 1  # all windows are still to come, so that each may move to and fro
    days = [
        one._replace(day=date(year, 1, 1) + (one.day - date(2026, 1, 1))) for one in read_notice(NOTICES[2026], 2026)
    ]
    cycles = [Cycle.objects.create(code=f"c-{n}", title="年度", year=year, state="running") for n in range(3)]

    def noticing(left_out: int) -> Callable[[], None]:
        def work() -> None:
            for turn in range(ROUNDS):
                told = days[: len(days) - left_out * (turn % 2)]
                enter_notice(year=year, number=f"{left_out}", days=told, actor=CLERK)

        return work

    def planning() -> None:
        for turn in range(ROUNDS):
            for cycle in cycles:
                opens = datetime(year, 9, 15 + turn, 1, tzinfo=UTC)
                set_window(cycle=cycle, phase=Phase.APPEALS, opens=opens, days=15, kind=DayKind.WORKING, actor=CLERK,
                           reason="试")  # fmt: skip

    def keeping() -> None:
        for turn in range(ROUNDS):
            row = WorkingDay.objects.get(day=date(year, 1, 1))
            row.notice = f"通知 {turn}"
            keep_working_day(row, ["notice"], actor=CLERK)

    enter_notice(year=year, number="0", days=days, actor=CLERK)
    wrong = at_once([noticing(1), noticing(2), planning, planning, keeping])
    assert wrong == [], "\n".join(wrong)
    known = calendar_now()
    for window in Window.objects.all():
        assert window.closes == closing(window.opens, window.days or 0, window.kind, known)
    assert list(problems_of_the_trail()) == []
    print(Window.objects.count())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    {"trail": trail, "facts": facts, "calendar": calendar}[sys.argv[1]]()
