"""The last minutes before a consultation closes: answers and readers arrive by the clock, whether or not the server keeps up.

Arrivals are planned beforehand and each is timed from the instant at which it was due, so a server that falls behind is seen to.
"""

import contextlib
import html
import http.client
import math
import queue
import random
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

from keeping.residents import CONSULTATION, Server

#: Minutes and answers a second of the two stretches; readers a second throughout.
LONG, SHORT, READS = (15.0, 25), (1.0, 60), 100
#: What is read, and how often of a hundred times: each who answers opens the form, others look at what it is about.
PAGES = {
    f"{CONSULTATION}respond/": 40,
    CONSULTATION: 30,
    "/county-durham/consultations/": 12,
    "/county-durham/plans/2020-25/versions/1/": 10,
    f"{CONSULTATION}receipt/": 8,
}
#: Hands that wait for the server; more than it can serve at once.
HANDS = 48
_CODE = re.compile(rb'csp-call__code">\s*([^<\s]+)')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WORDS = "I would like more lights by the school and someone to talk to about the noise at night. {n}"


@dataclass
class Told:
    """What came of it. seconds : {what: [seconds from due to done]}"""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"answer": [], "read": []})
    codes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    sent: int = 0


def arrivals(share: float) -> list[tuple[float, str]]:
    """(second, answer or read) of everything that arrives, in order; a share of the whole run."""
    plan, begin = list[tuple[float, str]](), 0.0
    for minutes, answers in (LONG, SHORT):
        seconds = minutes * 60 * share
        for what, a_second in (("answer", answers), ("read", READS)):
            n = round(seconds * a_second)
            plan += [(begin + (i + random.random()) / a_second, what) for i in range(n)]
        begin += seconds
    return sorted(plan)


def burst(server: Server, share: float) -> Told:
    """Let everything arrive. Gives what the visitors saw."""
    told, due = Told(), queue.Queue[tuple[float, str] | None]()
    lock = threading.Lock()
    hidden = _form(server.port)
    begin = time.perf_counter() + 0.5
    hands = [
        threading.Thread(target=_serve, args=(server.port, due, begin, hidden, told, lock), daemon=True) for _ in range(HANDS)
    ]
    for hand in hands:
        hand.start()
    for at, what in arrivals(share):
        time.sleep(max(0.0, begin + at - time.perf_counter()))
        due.put((at, what))
        told.sent += what == "answer"
    for _ in hands:
        due.put(None)
    for hand in hands:
        hand.join(120)
    return told


def _form(port: int) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"{CONSULTATION}respond/")
    page = connection.getresponse().read().decode()
    return {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}


def _serve(
    port: int,
    due: "queue.Queue[tuple[float, str] | None]",
    begin: float,
    hidden: dict[str, str],
    told: Told,
    lock: threading.Lock,
) -> None:
    """One pair of hands: takes what is due next and does it, on a connection that is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while (next_one := due.get()) is not None:
        at, what = next_one
        try:
            code = _answer(connection, hidden) if what == "answer" else _read(connection)
        except (OSError, http.client.HTTPException) as e:
            connection.close()
            with lock:
                told.errors.append(f"{what}: {type(e).__name__} {e}")
            continue
        with lock:
            told.seconds[what].append(time.perf_counter() - begin - at)
            if code:
                told.codes.append(code)


def _read(connection: http.client.HTTPConnection) -> None:
    page = random.choices(list(PAGES), list(PAGES.values()))[0]
    connection.request("GET", page)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise http.client.HTTPException(f"{answer.status} {page}")


def _answer(connection: http.client.HTTPConnection, hidden: dict[str, str]) -> str:
    """Send a form of its own; again, the same form, where the connection broke."""
    form = {
        **hidden,
        "form_key": _key(),
        "answer-plan": random.choice(("Agree", "Disagree")),
        "answer-what-to-change": WORDS.format(n=random.random()),
    }
    body = urllib.parse.urlencode(form)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for turn in range(3):
        try:
            connection.request("POST", f"{CONSULTATION}respond/send/", body, headers)
            answer = connection.getresponse()
            found = _CODE.search(answer.read())
        except (OSError, http.client.HTTPException):
            with contextlib.suppress(OSError):
                connection.close()
            if turn == 2:
                raise
            continue
        if answer.status == 200 and found:
            return found[1].decode()
        raise http.client.HTTPException(f"{answer.status} without a receipt")
    raise AssertionError


def _key() -> str:
    from csplan.records import receipts

    return receipts.new_form_key()


def percentile(seconds: list[float], share: float) -> float:
    """The nearest rank: the least value that a share of them does not exceed."""
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
