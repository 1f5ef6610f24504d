"""Plays one of the plays: `python -m tests.at_once trail`."""

from __future__ import annotations

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    from tests.at_once import calendar, clicks, deadline, facts, reviewers, trail

    call_command("migrate", verbosity=0)
    plays = {
        "trail": trail.play, "facts": facts.play, "calendar": calendar.play, "naming": clicks.naming,
        "scoring": clicks.scoring, "review": reviewers.two_reviewers, "edit": reviewers.approve_against_edit,
        "deadline": deadline.play,
    }  # fmt: skip
    plays[sys.argv[1]]()
