"""A result as a frozen document: facts and sheets as bytes that are the same on every machine and database."""

from scoring.freezing.sheet import Sheet, result_of, sheets_of
from scoring.freezing.snapshot import Frozen, freeze, thaw

__all__ = ["Frozen", "Sheet", "freeze", "result_of", "sheets_of", "thaw"]
