"""The registers of the office, on Django's own admin: looked up, entered, changed, imported; nothing is deleted.

Whatever is written goes through a service of its app, which asks the rules and tells the trail. What the process itself
writes — schemes, facts, results — can be looked at here and no more.
"""

from desk.admin import cycles, facts, people, process
from desk.admin.site import registers

__all__ = ["cycles", "facts", "people", "process", "registers"]
