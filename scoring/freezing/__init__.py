"""A result as a frozen document: facts and sheets as bytes that are the same on every machine and database."""

from scoring.freezing.sheet import Sheet, result_of, results_of, sheets_of
from scoring.freezing.snapshot import (
    FIRST_FORMAT,
    Frozen,
    FrozenCategory,
    first_sha256_of,
    freeze,
    freeze_category,
    head_of,
    sha256_of,
    thaw,
    thaw_category,
)

__all__ = [
    "FIRST_FORMAT", "Frozen", "FrozenCategory", "Sheet", "first_sha256_of", "freeze", "freeze_category",
    "head_of", "result_of", "results_of", "sha256_of", "sheets_of", "thaw", "thaw_category",
]  # fmt: skip
