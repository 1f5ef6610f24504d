"""What differs between two rule books: new, gone, moved and changed, for people, programs and spreadsheets."""

from indicators.difference.compare import Change, compare

__all__ = ["Change", "compare"]
