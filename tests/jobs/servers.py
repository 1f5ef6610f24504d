"""Servers of a test's own, on free ports of this machine: a broker, a database cluster, workers."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from redis import Redis
from redis.exceptions import ConnectionError as NotYet

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
PATIENCE = 60
VISIBILITY = 2  # seconds for which the broker leaves a message with whoever took it


def wait_for(what: Callable[[], object], why: str = "", patience: float = PATIENCE) -> None:
    """Until it is so."""
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until, f"waited in vain: {why}"
        time.sleep(0.02)


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def broker(port: int) -> Iterator[Redis]:
    """A Redis that keeps nothing."""
    asked = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process, client = subprocess.Popen(asked, stdout=subprocess.DEVNULL), Redis(port=port)

    def answers() -> bool:
        with suppress(NotYet):
            return bool(client.ping())
        return False

    try:
        wait_for(answers, "redis")
        yield client
    finally:
        process.kill()
        process.wait()


class Worker:
    """A Celery worker in a process group of its own, as `worker.py` beside this starts it."""

    def __init__(self, log: Path, *, processes: int = 1) -> None:
        self.log = log
        with log.open("ab") as out:
            asked = [sys.executable, "-m", "tests.jobs.worker", str(processes)]
            self.process = subprocess.Popen(asked, stdout=out, stderr=out, start_new_session=True)

    def ready(self) -> Worker:
        wait_for(lambda: self.process.poll() is not None or " ready." in self.log.read_text("utf-8"), "worker")
        return self

    def kill(self) -> None:
        """The worker and its children, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def worker(log: Path, *, processes: int = 1) -> Iterator[Worker]:
    """A worker that is ready, and killed in the end."""
    started = Worker(log, processes=processes)
    try:
        yield started.ready()
    finally:
        started.kill()


def may_have_a_cluster() -> bool:
    """Whether a database cluster can be made here."""
    return bool(BINARIES) and (os.geteuid() != 0 or shutil.which("runuser") is not None)


class Cluster:
    """A PostgreSQL that can be killed."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.data, self.port = folder, folder / "data", port

    def make(self) -> None:
        """An empty cluster."""
        if os.geteuid() == 0:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        asked = ("-D", str(self.data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale", "C")
        assert self._run("initdb", *asked) == 0

    def start(self) -> None:
        """Start, or start again once what was killed has let go."""
        how = f"-p {self.port} -k {self.data} -c listen_addresses=127.0.0.1 -c fsync=off"
        asked = ("-D", str(self.data), "-l", str(self.data / "log"), "-w", "-o", how, "start")
        wait_for(lambda: self._run("pg_ctl", *asked) == 0, "PostgreSQL")

    def _run(self, program: str, *arguments: str) -> int:
        """As a user who is not root, whom PostgreSQL does not serve."""
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        asked = [*other, str(BINARIES[-1] / program), *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.run(asked, cwd="/", stdout=quiet, stderr=quiet, check=False).returncode


def kill_cluster(data: Path) -> None:
    """Kill the server whose data are there, with every process that it has started."""
    with suppress(FileNotFoundError, ProcessLookupError):
        server = int((data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for one in (server, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


@contextmanager
def cluster(port: int) -> Iterator[Cluster]:
    """A cluster of its own with an empty database, killed in the end; not in a folder of pytest, which is root's."""
    with TemporaryDirectory(prefix="cluster-") as folder:
        made = Cluster(Path(folder), port)
        made.make()
        try:
            made.start()
            yield made
        finally:
            kill_cluster(made.data)
            wait_for(lambda: not _lives(made), "the killed cluster")


def _lives(made: Cluster) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", made.port), timeout=1).close()
        return True
    return False
