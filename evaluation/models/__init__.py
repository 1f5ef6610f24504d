"""The columns: one module for each object."""

from evaluation.models.audit import GENESIS, AppendOnly, AuditEntry, AuditHead
from evaluation.models.base import Dated, one_of
from evaluation.models.cycle import Category, Cycle, CycleKind, EvaluatedUnit
from evaluation.models.decision import Decision, WorkingDay
from evaluation.models.unit import Membership, Role, Unit, UnitKind
from evaluation.models.user import User

__all__ = [
    "GENESIS",
    "AppendOnly",
    "AuditEntry",
    "AuditHead",
    "Category",
    "Cycle",
    "CycleKind",
    "Dated",
    "Decision",
    "EvaluatedUnit",
    "Membership",
    "Role",
    "Unit",
    "UnitKind",
    "User",
    "WorkingDay",
    "one_of",
]
