"""The product's configuration: every variable it reads, its default, and what is wrong with a value.

django-environ reads the `.env` file and takes the database address apart. The words themselves are read here:
its booleans take any unknown word for "false", and it takes a value that begins with "$" for a reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# DEBUG is on by default, so that a command, the demonstration and a trial on a bare machine need no
# configuration. That is safe because this mode stays on the machine: it answers loopback addresses only, its
# key is no secret, and the production server (config/wsgi.py) refuses to start in it. What production needs
# has no default.
DEFAULTS = {
    "DEBUG": "true",
    "SECRET_KEY": "",
    "ALLOWED_HOSTS": "",
    "BEHIND_PROXY": "false",
    "DATABASE_URL": "sqlite:///var/db.sqlite3",
    "AUDIT_HEADS": "var/audit",
    "FILES": "var/files",
    "BACKUP_KEY": "",
    "LANGUAGE_CODE": "zh-hans",
}
LANGUAGE_CODES = ("zh-hans", "en")
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
LOCAL_KEY = "this key signs nothing that leaves the machine and is no secret"
SHORTEST_KEY = 50
FEWEST_DIFFERENT = 5
BOOLEANS = {"true": True, "false": False}
DATABASES = ("sqlite", "postgres", "postgresql")


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables, read: one field for each name in `DEFAULTS`, in small letters."""

    debug: bool
    secret_key: str
    allowed_hosts: list[str]
    behind_proxy: bool
    database_url: dict[str, Any]
    audit_heads: Path
    files: Path
    backup_key: str
    language_code: str


def read_environment(given: Mapping[str, str]) -> Environment:
    """Read the variables named in `DEFAULTS` from a mapping such as `os.environ`.

    Raises `ImproperlyConfigured` with one line for each variable that is missing or wrong, all at once.
    """
    text = {name: given.get(name, default).strip() for name, default in DEFAULTS.items()}
    debug = BOOLEANS.get(text["DEBUG"].lower())
    proxy = BOOLEANS.get(text["BEHIND_PROXY"].lower())
    hosts = [host.strip() for host in text["ALLOWED_HOSTS"].split(",") if host.strip()]
    database = _database(text["DATABASE_URL"])
    found = [
        "DEBUG must be true or false." if debug is None else "",
        _wrong_key(text["SECRET_KEY"]) if debug is False else "",
        _wrong_hosts(hosts, debug=bool(debug)) if debug is not None else "",
        "BEHIND_PROXY must be true or false." if proxy is None else "",
        "" if text["AUDIT_HEADS"] else "AUDIT_HEADS must name a folder.",
        "" if text["FILES"] else "FILES must name a folder.",
        "" if database else "DATABASE_URL must begin with sqlite:/// or postgres:// and name a database.",
        "" if text["LANGUAGE_CODE"] in LANGUAGE_CODES else f"LANGUAGE_CODE must be {' or '.join(LANGUAGE_CODES)}.",
    ]
    if problems := [problem for problem in found if problem]:
        raise ImproperlyConfigured("\n".join(["The settings are not usable (see .env.example):", *problems]))
    return Environment(
        debug=bool(debug),
        secret_key=text["SECRET_KEY"] or LOCAL_KEY,
        allowed_hosts=hosts or list(LOOPBACK_HOSTS),
        behind_proxy=bool(proxy),
        database_url=database,
        audit_heads=BASE_DIR / text["AUDIT_HEADS"],
        files=BASE_DIR / text["FILES"],
        backup_key=text["BACKUP_KEY"],
        language_code=text["LANGUAGE_CODE"],
    )


def _wrong_key(key: str) -> str:
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_DIFFERENT:
        return ""
    return f"SECRET_KEY is missing or too weak: DEBUG=false needs at least {SHORTEST_KEY} random characters."


def _wrong_hosts(hosts: list[str], *, debug: bool) -> str:
    if debug:
        return "ALLOWED_HOSTS is for DEBUG=false: DEBUG=true answers this machine only." if hosts else ""
    if not hosts or "*" in hosts:
        return "ALLOWED_HOSTS must, with DEBUG=false, name the hosts people use, separated by commas; not *."
    return ""


def _database(url: str) -> dict[str, Any]:
    """Django's description of the database, or nothing when the address is not one of ours."""
    if url.partition("://")[0] not in DATABASES:
        return {}
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:
        return {}
    if config["NAME"] in ("", ":memory:"):
        return {}
    if config["ENGINE"].endswith("sqlite3"):
        return config | _sqlite(config["NAME"])
    options = {"connect_timeout": 5, **config.get("OPTIONS", {})}  # a server that is gone is said so, not waited for
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def _sqlite(name: str) -> dict[str, Any]:
    """Readers beside a writer (WAL); a writer locks when it begins, so that it waits instead of failing."""
    return {
        "NAME": str(BASE_DIR / name),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
