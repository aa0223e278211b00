"""What keeps machines from flooding a consultation: how many answers an hour one computer sends, and how soon after the form was made.

No address is kept. It is counted under a hash with a secret that lives in memory and is drawn anew each day, for an hour, in each
process. People who share a computer, in a library or at an officer's stall, share the count, so it is generous; whoever is over it
is given the words back. A request that comes from this machine itself, and not through the web server in front of it, is not counted.
"""

import hashlib
import ipaddress
import os
import secrets
import time
from threading import Lock

from django.core import signing
from django.http import HttpRequest

from csplan.errors import CsplanError

#: Answers an hour from one computer; 0 for no limit.
LIMIT = "CSPLAN_RATE_LIMIT"
MOST = 60
#: Nobody reads and answers a form in less.
LEAST_SECONDS = 2
HOUR, DAY = 3600, 86400
_SIGNER = signing.Signer(salt="csplan.website.rate")


class TooMany(CsplanError):
    """Too many answers from one computer within the hour."""


class Counter:
    """How often each computer was seen in this hour. Forgets the hour before, and its secret each day."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.hour = self.day = -1
        self.secret = b""
        self.seen: dict[bytes, int] = {}

    def add(self, what: str, address: str, now: float, by: int = 1) -> int:
        """Count once more; gives how often by now. by : 0 to look only"""
        with self.lock:
            if (day := int(now // DAY)) != self.day:
                self.day, self.secret, self.seen = day, secrets.token_bytes(32), {}
            if (hour := int(now // HOUR)) != self.hour:
                self.hour, self.seen = hour, {}
            key = hashlib.sha256(self.secret + f"{what}\n{address}".encode()).digest()
            count = self.seen.get(key, 0) + by
            if by:
                self.seen[key] = count
            return count


_counter = Counter()


def check(request: HttpRequest, what: str) -> None:
    """Refuse a computer that has sent as many as may be within the hour. what : "answer", or "kept" """
    most, address = _most(), from_elsewhere(request)
    if most and address and _counter.add(what, address, time.time(), 0) >= most:
        raise TooMany(
            f"{most} answers came from this computer or its network within an hour, which is as many as are taken, so this one was "
            "not. Nothing you wrote is lost: it stands below. Send it again in an hour, or from another computer."
        )


def count(request: HttpRequest, what: str) -> None:
    """Count one that was taken. A form that is sent twice is counted once, because the second is not taken."""
    if _most() and (address := from_elsewhere(request)):
        _counter.add(what, address, time.time())


def _most() -> int:
    said = os.environ.get(LIMIT, "")
    return int(said) if said.isdigit() else MOST


def from_elsewhere(request: HttpRequest) -> str | None:
    """The address of the computer that asks, or its network where it has an address of the sixth version; None for this machine.

    The web server in front adds the address to the end of X-Forwarded-For; what stands before it may be anything.
    """
    direct = _address(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2]
    found = _address(forwarded) if direct is None or direct.is_loopback else direct
    if found is None or found.is_loopback:
        return None
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None


def made_now() -> str:
    """The instant at which a form is made, signed, to stand in it."""
    return _SIGNER.sign(str(int(time.time())))


def is_too_soon(request: HttpRequest) -> bool:
    """Whether a form from another computer came back at once, as a machine sends it, or says no instant of ours."""
    if from_elsewhere(request) is None:
        return False
    try:
        made = int(_SIGNER.unsign(request.POST.get("made", "")))
    except (signing.BadSignature, ValueError):
        return True
    return time.time() - made < LEAST_SECONDS
