"""A server that is killed and started again, and residents who answer until they hold a receipt."""

import contextlib
import html
import http.client
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CONSULTATION = "/county-durham/consultations/plan-2020-25/"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_CODE = re.compile(r'csp-call__code">\s*([^<\s]+)')


@dataclass
class Server:
    """One folder, served, killed and served again on one port. Use it as a context: it stops what it started."""

    folder: Path
    day: str = "2020-01-09"
    twin: str = ""
    database_url: str = ""
    workers: int = 2
    port: int = field(default_factory=lambda: free_port())
    group: int = 0

    def __enter__(self) -> "Server":
        given = {"CSPLAN_SECRET_KEY": "only for tests: no secret", "CSPLAN_RATE_LIMIT": "0", "CSPLAN_WORKERS": str(self.workers)}
        self.environment = {**os.environ, **given, "CSPLAN_TWIN": self.twin, "DATABASE_URL": self.database_url}
        command = [sys.executable, str(ROOT / "tools" / "keeping" / "launcher.py"), str(self.folder), self.day]
        self.launcher = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self.environment, start_new_session=True
        )
        if self._said() != "ready":
            raise RuntimeError("the folder could not be built")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.launcher.kill()
        self.launcher.wait(20)

    def _said(self) -> str:
        assert self.launcher.stdout
        return self.launcher.stdout.readline().strip()

    def start(self) -> None:
        """Serve, and wait until a page is answered."""
        assert self.launcher.stdin
        self.launcher.stdin.write(f"{self.port}\n")
        self.launcher.stdin.flush()
        self.group = int(self._said())
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if fetch(self.port, "/healthz")[0] == 200:
                    return
            time.sleep(0.02)
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        """Without warning, every process of it at once: nothing is flushed and nothing is said."""
        if not self.group:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)
        while _is_there(self.group):
            time.sleep(0.005)
        self.group = 0

    def held(self) -> list[str]:
        """The fingerprint of the receipt of every answer held."""
        with contextlib.closing(self._records()) as records:
            rows = records.cursor()
            rows.execute("SELECT receipt_sha256 FROM records_response")
            return [row[0] for row in rows.fetchall()]

    def _records(self) -> Any:
        if not self.database_url:
            return sqlite3.connect(next(self.folder.glob("*.sqlite3")))
        import psycopg

        return psycopg.connect(self.database_url)

    def verify(self) -> bool:
        """Whether every record proves itself."""
        command = [sys.executable, "-m", "csplan", "--data", str(self.folder), "--as-at", self.day, "verify"]
        made = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False, env=self.environment)
        return made.returncode == 0


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def fetch(port: int, path: str, form: dict[str, str] | None = None, *, seconds: float = 30) -> tuple[int, str]:
    """(state, body) of one page, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        if form is None:
            connection.request("GET", path)
        else:
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urllib.parse.urlencode(form), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def form(port: int) -> dict[str, str]:
    """The hidden fields of a fresh form."""
    _, page = fetch(port, f"{CONSULTATION}respond/")
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}


def send(port: int, filled: dict[str, str]) -> str | None:
    """Send a form; the code of its receipt, or None where there is no receipt."""
    state, page = fetch(port, f"{CONSULTATION}respond/send/", filled)
    found = _CODE.search(page)
    return found[1] if state == 200 and found else None


class Resident(threading.Thread):
    """Answers again and again; a form without a receipt is sent again, the same form, until it has one."""

    def __init__(self, port: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.stop, self.codes = port, stop, list[str]()

    def run(self) -> None:
        while not self.stop.is_set():
            filled = self._patiently(lambda: form(self.port))
            if filled:
                filled["answer-plan"] = random.choice(("Agree", "Disagree"))
                if code := self._patiently(lambda filled=filled: send(self.port, filled)):
                    self.codes.append(code)

    def _patiently(self, ask: Callable[[], Any]) -> Any:
        while not self.stop.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                if got := ask():
                    return got
            time.sleep(0.01)
        return None


def kill_while_answers_arrive(
    server: Server, kills: int, *, residents: int = 4, between: tuple[float, float] = (0.2, 0.8)
) -> list[str]:
    """Residents answer, the server is killed and started so many times. Gives the codes of every receipt that was seen."""
    stop = threading.Event()
    people = [Resident(server.port, stop) for _ in range(residents)]
    for p in people:
        p.start()
    for _ in range(kills):
        time.sleep(random.uniform(*between))
        server.kill()
        server.start()
    time.sleep(0.5)
    stop.set()
    for p in people:
        p.join(40)
    return [code for p in people for code in p.codes]
