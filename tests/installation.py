"""An installation of its own: its database, its folders, its passphrase; worked by commands, as an operator does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.sample import ROOT

KEY = "a passphrase of some length"
_LITTLE = """
import django, sys; django.setup()
from pathlib import Path
from tests.little import little_run
little_run(Path(sys.argv[1]))
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """What the environment says of it; `folder` has everything but a database of PostgreSQL."""

    folder: Path
    database: str
    password: str = ""

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def heads(self) -> Path:
        return self.folder / "heads"

    def manage(self, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
        """A command of manage.py, to its end."""
        return self._python(str(ROOT / "manage.py"), *words, **told)

    def ask(self, code: str) -> str:
        """What a few lines print that know Django and the models."""
        done = self._python("-c", "import django; django.setup()\n" + code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def with_the_little_city(self) -> Installation:
        """Scored, with a file of evidence in a folder and an empty one."""
        migrated = self.manage("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        facts = self.folder / "facts"
        facts.mkdir()
        done = self._python("-c", _LITTLE, str(facts))
        assert done.returncode == 0, done.stderr
        (self.files / "ab").mkdir(parents=True)
        (self.files / "ab" / "核查表.pdf").write_bytes(bytes(range(256)) * 1000)
        (self.files / "empty").write_bytes(b"")
        return self

    def _python(self, *words: str, **told: str) -> subprocess.CompletedProcess[str]:
        knows = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": self.database,
            "FILES": str(self.files), "AUDIT_HEADS": str(self.heads), "BACKUP_KEY": KEY, "LANGUAGE_CODE": "en",
            "PGPASSWORD": self.password, **told,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=knows, capture_output=True, text=True, timeout=200, check=False
        )


def on_sqlite(folder: Path) -> Installation:
    """Of which nothing is there yet."""
    return Installation(folder, f"sqlite:///{folder / 'db.sqlite3'}")
