"""Residents answer and readers read, side by side, for a while; then every acknowledged answer must be there.

    make soak SOAK_MINUTES=60

Works on a demonstration of its own, in a folder of its own, on this machine alone, and stops by itself. Prints what was done and
exits with 1 when an answer that was acknowledged is not stored, or is stored twice.
"""

import argparse
import http.cookiejar
import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WHOLE_MINUTES = 60
RESIDENTS, READERS = 4, 4
#: A resident rests between answers, a reader between pages: a busy closing hour, not an attack.
REST_SECONDS = 0.25
PAGES = ("", "insight/", "insight/areas/E06000047/", "insight/topics/burglary/", "plans/2020-25/", "performance/", "duties/")


class Visitor(threading.Thread):
    """Somebody with a browser of their own, who goes on until told to stop."""

    def __init__(self, home: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.home, self.stop = home, stop
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.seconds: list[float] = []
        self.errors: list[str] = []

    def fetch(self, path: str, form: dict[str, str] | None = None) -> str:
        """One page, timed."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.home + path, data, {"Referer": self.home + path})
        begin = time.perf_counter()
        with self.browser.open(request, timeout=30) as answer:
            body = answer.read().decode()
        self.seconds.append(time.perf_counter() - begin)
        return body

    def run(self) -> None:
        turn = 0
        while not self.stop.wait(REST_SECONDS):
            try:
                self.act(turn)
            except (OSError, urllib.error.HTTPError) as e:
                self.errors.append(str(e))
            turn += 1

    def act(self, turn: int) -> None:
        """What this visitor does at each turn."""
        return


class Reader(Visitor):
    def act(self, turn: int) -> None:
        self.fetch(PAGES[turn % len(PAGES)])


class Resident(Visitor):
    """Answers the open consultation, and sends every fifth form twice."""

    def __init__(self, home: str, stop: threading.Event, consultation: str) -> None:
        super().__init__(home, stop)
        self.form_path = f"{consultation}respond/"
        self.receipts: list[str] = []

    def act(self, turn: int) -> None:
        page = self.fetch(self.form_path)
        form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))
        field, value = re.findall(
            r'<input class="govuk-radios__input" id="[^"]+" name="([^"]+)" type="radio" value="([^"]+)"', page
        )[0]
        form[field] = value
        for _ in range(1 + (turn % 5 == 0)):
            found = re.search(r'csp-call__code">\s*([^<\s]+)', self.fetch(self.form_path, form))
            if found and found[1] not in self.receipts[-1:]:
                self.receipts.append(found[1])


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def received(home: str, consultation: str) -> int:
    """How many answers the consultation says it holds."""
    with urllib.request.urlopen(f"{home}{consultation.rstrip('/')}.json", timeout=30) as answer:
        return json.load(answer)["responses"]["received"]


def main() -> int:
    """Serve, visit, stop, count."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--minutes", type=float, default=WHOLE_MINUTES)
    minutes = ask.parse_args().minutes
    port = free_port()
    home = f"http://127.0.0.1:{port}/county-durham/"
    with tempfile.TemporaryDirectory() as folder:
        csplan = [sys.executable, "-m", "csplan", "--data", folder]
        subprocess.run([*csplan, "demo", "--no-serve"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*csplan, "serve", "--port", str(port)], cwd=ROOT)
        try:
            return soak(home, minutes, [*csplan, "verify"])
        finally:
            server.terminate()
            server.wait(20)


def soak(home: str, minutes: float, verify: list[str]) -> int:
    """Let the visitors in for so many minutes. Gives the exit code."""
    consultation = open_consultation(home)
    before = received(home, consultation)
    stop = threading.Event()
    residents = [Resident(home, stop, consultation) for _ in range(RESIDENTS)]
    readers = [Reader(home, stop) for _ in range(READERS)]
    visitors: list[Visitor] = [*residents, *readers]
    for v in visitors:
        v.start()
    time.sleep(60 * minutes)
    stop.set()
    for v in visitors:
        v.join(60)
    acknowledged = {code for r in residents for code in r.receipts}
    stored = received(home, consultation) - before
    seconds = sorted(s for v in visitors for s in v.seconds)
    errors = [e for v in visitors for e in v.errors]
    print(f"share of the whole run: {minutes / WHOLE_MINUTES:.0%} ({minutes:g} of {WHOLE_MINUTES} minutes)")
    print(f"pages: {len(seconds):,}; median {1000 * statistics.median(seconds):.0f} ms, slowest {seconds[-1]:.2f} s")
    print(f"answers acknowledged: {len(acknowledged):,}; stored: {stored:,}; errors: {len(errors)} {errors[:3]}")
    proved = subprocess.run(verify, cwd=ROOT, stdout=subprocess.DEVNULL).returncode == 0
    print(f"every record proves itself: {'yes' if proved else 'NO'}")
    return 0 if stored == len(acknowledged) and not errors and proved else 1


def open_consultation(home: str) -> str:
    """The address, under the partnership's, of the first consultation that is open; waits for the server to answer."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{home}consultations.json", timeout=5) as answer:
                listed = json.load(answer)["consultations"]
            return next(f"consultations/{c['slug']}/" for c in listed if c["state"] == "open")
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server did not answer within a minute.")


if __name__ == "__main__":
    sys.exit(main())
