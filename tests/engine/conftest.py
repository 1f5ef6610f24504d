"""Properties are checked for what they say, not for how fast a busy machine says it."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("engine", deadline=None, print_blob=True)
settings.load_profile("engine")
