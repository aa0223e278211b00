"""Guessing at one-time codes: counted and locked as wrong passwords are, by the same lock and by the machine's clock."""

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest

from csplan.errors import CsplanError


class TooMany(CsplanError):
    """Too many wrong codes from one computer."""


def check(request: HttpRequest, what: str) -> None:
    """Refuse a computer that has sent too many wrong codes. what : "invitation code" or "set-up code", no user name has a space."""
    if not AxesProxyHandler.is_allowed(request, {"username": what}):
        request.axes_locked_out = False  # the page says it in words of its own
        raise TooMany(
            "Too many wrong codes came from this computer. Wait a quarter of an hour, then type the code again with care."
        )


def failed(request: HttpRequest, what: str) -> None:
    """Count a wrong code. The code itself is written down nowhere."""
    AxesProxyHandler.user_login_failed("csplan.website.tries", {"username": what}, request)
    request.axes_locked_out = False
