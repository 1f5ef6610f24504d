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
    "REDIS_URL": "",
    "RUN_GRACE_MINUTES": "10",
    "TICK_GRACE_MINUTES": "10",
    "ADMINS_MAIL": "",
    "EMAIL_URL": "consolemail://",
    "EMAIL_FROM": "evaluation@localhost",
    "SECOND_FACTOR": "",
    "PASSWORD_RULE": "graded",
    "SESSION_IDLE_MINUTES": "30",
    "SESSION_HOURS": "12",
    "OIDC_NAME": "",
    "OIDC_URL": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
}
LANGUAGE_CODES = ("zh-hans", "en")
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
LOCAL_KEY = "this key signs nothing that leaves the machine and is no secret"
SHORTEST_KEY = 50
FEWEST_DIFFERENT = 5
BOOLEANS = {"true": True, "false": False}
DATABASES = ("sqlite", "postgres", "postgresql")
BROKERS = ("redis", "rediss")
MAILERS = ("consolemail", "smtp", "smtps", "smtp+tls", "smtp+ssl")
LONGEST_GRACE = 24 * 60
SECOND_FACTORS = {"": None, "required": True, "optional": False}
PASSWORD_RULES = ("graded", "modern")
MOST = {"SESSION_IDLE_MINUTES": 24 * 60, "SESSION_HOURS": 24}
OIDC = ("OIDC_NAME", "OIDC_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


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
    redis_url: str
    run_grace_minutes: int
    tick_grace_minutes: int
    admins_mail: list[str]
    email_url: dict[str, Any]
    email_from: str
    second_factor: bool
    password_rule: str
    session_idle_minutes: int
    session_hours: int
    oidc_name: str
    oidc_url: str
    oidc_client_id: str
    oidc_client_secret: str


def read_environment(given: Mapping[str, str]) -> Environment:
    """Read the variables named in `DEFAULTS` from a mapping such as `os.environ`.

    Raises `ImproperlyConfigured` with one line for each variable that is missing or wrong, all at once.
    """
    text = {name: given.get(name, default).strip() for name, default in DEFAULTS.items()}
    debug = BOOLEANS.get(text["DEBUG"].lower())
    proxy = BOOLEANS.get(text["BEHIND_PROXY"].lower())
    hosts, admins = _listed(text["ALLOWED_HOSTS"]), _listed(text["ADMINS_MAIL"])
    database, mail = _database(text["DATABASE_URL"]), _mail(text["EMAIL_URL"])
    run_grace, tick_grace = _minutes(text["RUN_GRACE_MINUTES"]), _minutes(text["TICK_GRACE_MINUTES"])
    found = [
        "DEBUG must be true or false." if debug is None else "",
        _wrong_key(text["SECRET_KEY"]) if debug is False else "",
        _wrong_hosts(hosts, debug=bool(debug)) if debug is not None else "",
        "BEHIND_PROXY must be true or false." if proxy is None else "",
        "" if text["AUDIT_HEADS"] else "AUDIT_HEADS must name a folder.",
        "" if text["FILES"] else "FILES must name a folder.",
        "" if database else "DATABASE_URL must begin with sqlite:/// or postgres:// and name a database.",
        "" if text["LANGUAGE_CODE"] in LANGUAGE_CODES else f"LANGUAGE_CODE must be {' or '.join(LANGUAGE_CODES)}.",
        *_wrong_jobs(text["REDIS_URL"], run_grace, tick_grace),
        *_wrong_mail(admins, mail, text["EMAIL_FROM"]),
        *_wrong_accounts(text, debug=bool(debug)),
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
        redis_url=text["REDIS_URL"],
        run_grace_minutes=run_grace,
        tick_grace_minutes=tick_grace,
        admins_mail=admins,
        email_url=mail,
        email_from=text["EMAIL_FROM"],
        **_accounts(text, debug=bool(debug)),
    )


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _minutes(text: str) -> int:
    """A number of minutes; 0 when it is none that makes sense."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    return number if number <= LONGEST_GRACE else 0


def _wrong_jobs(redis: str, run_grace: int, tick_grace: int) -> list[str]:
    minutes = f"must be a number of minutes from 1 to {LONGEST_GRACE}."
    return [
        "" if not redis or redis.partition("://")[0] in BROKERS else "REDIS_URL must begin with redis:// or be empty.",
        "" if run_grace else f"RUN_GRACE_MINUTES {minutes}",
        "" if tick_grace else f"TICK_GRACE_MINUTES {minutes}",
    ]


def _wrong_mail(admins: list[str], mail: dict[str, Any], sender: str) -> list[str]:
    return [
        "" if all("@" in one for one in admins) else "ADMINS_MAIL must be mail addresses, separated by commas.",
        ""
        if mail
        else "EMAIL_URL must be consolemail:// or smtp://USER:PASSWORD@HOST:PORT (smtp+tls://, smtp+ssl://).",
        "" if "@" in sender else "EMAIL_FROM must be a mail address.",
    ]


def _mail(url: str) -> dict[str, Any]:
    """Django's description of the mail server, or nothing when the address is not one of ours."""
    if url.partition("://")[0] not in MAILERS:
        return {}
    try:
        config: dict[str, Any] = environ.Env.email_url_config(url)
    except ValueError:
        return {}
    return config if config["EMAIL_HOST"] or url.startswith("consolemail") else {}


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


def _accounts(text: Mapping[str, str], *, debug: bool) -> dict[str, Any]:
    """How people sign in, once nothing is wrong with it; production asks for a second factor unless told otherwise."""
    second = SECOND_FACTORS[text["SECOND_FACTOR"].lower()]
    return {
        "second_factor": not debug if second is None else second,
        "password_rule": text["PASSWORD_RULE"],
        **{name.lower(): int(text[name]) for name in MOST},
        **{name.lower(): text[name] for name in OIDC},
    }


def _wrong_accounts(text: Mapping[str, str], *, debug: bool) -> list[str]:
    known = text["SECOND_FACTOR"].lower() in SECOND_FACTORS
    numbers = {name: text[name].isdecimal() and 1 <= int(text[name]) <= most for name, most in MOST.items()}
    return [
        "" if known else "SECOND_FACTOR must be required or optional.",
        "" if text["PASSWORD_RULE"] in PASSWORD_RULES else f"PASSWORD_RULE must be {' or '.join(PASSWORD_RULES)}.",
        *("" if good else f"{name} must be a number from 1 to {MOST[name]}." for name, good in numbers.items()),
        *_wrong_oidc({name: text[name] for name in OIDC}, debug=debug),
    ]


def _wrong_oidc(text: Mapping[str, str], *, debug: bool) -> list[str]:
    """All four or none; the secret travels to that address, so it is one of HTTPS, except on this machine."""
    if not any(text.values()):
        return []
    missing = [f"{name} is missing: sign-in by OIDC needs {', '.join(OIDC)}." for name in OIDC if not text[name]]
    good = ("https://", "http://127.0.0.1") if debug else ("https://",)
    strange = text["OIDC_URL"] and not text["OIDC_URL"].startswith(good)
    return missing + (["OIDC_URL must begin with https://."] if strange else [])


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
