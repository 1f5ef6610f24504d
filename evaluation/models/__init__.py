"""The columns: one module for each object."""

from evaluation.models.user import User

__all__ = ["User"]
