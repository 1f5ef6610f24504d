"""Who does something, and from where."""

from __future__ import annotations

import getpass
import socket
from dataclasses import dataclass

from evaluation.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who has signed in, or somebody at the command line of the server (`user` is None)."""

    name: str
    origin: str
    user: User | None = None

    @classmethod
    def of(cls, user: User, origin: str) -> Actor:
        """A person who has signed in, or shown otherwise that it is he."""
        return cls(user.name or user.username, origin, user)

    @classmethod
    def at_command_line(cls, command: str) -> Actor:
        """Whoever runs a command: the account of the operating system and the machine."""
        return cls(f"{getpass.getuser()}@{socket.gethostname()}", f"manage.py {command}")
