"""The columns: one module for each object."""

from evaluation.models.audit import GENESIS, AppendOnly, AuditEntry, AuditHead
from evaluation.models.base import Dated, one_of
from evaluation.models.cycle import Category, Cycle, CycleKind, EvaluatedUnit
from evaluation.models.decision import Decision, WorkingDay
from evaluation.models.evidence import Evidence, FileKind
from evaluation.models.naming import Naming
from evaluation.models.notification import Heartbeat, Notification
from evaluation.models.unit import APART, Acting, Membership, Role, Unit, UnitKind
from evaluation.models.user import User
from evaluation.models.window import DayKind, Extension, Phase, Window

__all__ = [
    "APART",
    "GENESIS",
    "Acting",
    "AppendOnly",
    "AuditEntry",
    "AuditHead",
    "Category",
    "Cycle",
    "CycleKind",
    "Dated",
    "DayKind",
    "Decision",
    "EvaluatedUnit",
    "Evidence",
    "Extension",
    "FileKind",
    "Heartbeat",
    "Membership",
    "Naming",
    "Notification",
    "Phase",
    "Role",
    "Unit",
    "UnitKind",
    "User",
    "Window",
    "WorkingDay",
    "one_of",
]
