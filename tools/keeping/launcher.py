"""Serves one folder again and again, each time in a process group of its own that can be killed without warning.

    python tools/keeping/launcher.py FOLDER DAY

Builds the folder with the story of County Durham up to the day (no figures), says `ready`, then reads a port a line from standard
input, serves there, and writes the number of the process group. The program is imported once, so that starting again takes as long
as a restart of the worker and not of Python. CSPLAN_TWIN takes a guard away, for the tests that prove that the guard is needed.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(folder: Path, day: str) -> None:
    """Build, then serve for every line that comes."""
    from csplan.website import serving

    serving.ready(folder, as_at=day, partnership=None)
    from csplan.cycle import clock
    from csplan.records import story

    story.tell(ROOT / "partnerships" / "county-durham", data=folder, until=clock.now(), readings=lambda _: ())
    from django.db import connections

    connections.close_all()
    from csplan.website.wsgi import application

    if twin := os.environ.get("CSPLAN_TWIN"):
        TWINS[twin]()
    print("ready", flush=True)
    for line in sys.stdin:
        print(serve(application, int(line)), flush=True)


def serve(application: object, port: int) -> int:
    """Serve in a process group of its own; gives its number."""
    from csplan.website import serving

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    group = os.fork()
    if group:
        return group
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    serving._gunicorn(application, port)
    os._exit(0)


def receipt_before_the_disk() -> None:
    """The twin of a durable commit: the receipt is given at once, and the answer is written a moment later."""
    from csplan.records.actions import answer

    keep = answer._keep

    def later(
        consultation: object, given: object, passages: object, code: str, at: object, by: object, entry: object = None
    ) -> object:
        from csplan.cycle import clock

        def write() -> None:
            time.sleep(0.3)
            keep(consultation, given, passages, code, at, by, entry)

        threading.Thread(target=write, daemon=True).start()
        return clock.hour(at)

    answer._keep = later


#: What can be taken away.
TWINS = {"receipt-before-the-disk": receipt_before_the_disk}

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
