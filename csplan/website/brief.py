"""A page that many ask for in one second is made once.

In the last minutes before a consultation closes a hundred people read the same few pages every second. What a visitor without any
cookie is shown is the same for all of them, so each process keeps it for a moment. It is kept for no longer than `PAGE_SECONDS` (1
under `csplan serve`, 0 and so never elsewhere), and nothing is kept that was made for one person: with a cookie, with an answer that
sets one or says `private` or `no-store`, or with anything but a plain page.

An empty form is the same for all but for its key. Its view names what is made anew for each (`renew`), and each gets a form of their own.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Pages kept, and the longest that is.
MOST, LONGEST = 200, 500_000
FOR_ONE = ("private", "no-store")
Found = TypeVar("Found")
#: What stands in a page -> what makes another for whoever asks next.
Renewed = dict[str, Callable[[], str]]


@dataclass(frozen=True)
class Kept:
    """A page until an instant of the clock that only runs forward."""

    until: float
    status: int
    content: bytes
    headers: dict[str, str]
    renewed: Renewed

    def answer(self) -> HttpResponse:
        """The page for one more visitor."""
        content = self.content
        for held, make in self.renewed.items():
            content = content.replace(held.encode(), make().encode())
        headers = {name: value for name, value in self.headers.items() if name != "Content-Length"}
        return HttpResponse(content, status=self.status, headers=headers)


def renew(response: HttpResponse, renewed: Renewed) -> HttpResponse:
    """Say that a page is one person’s only by what is named here, so that it may be kept and made anew in these places.

    renewed : words that stand nowhere else in the page -> what gives another's
    """
    response.renewed = renewed
    return response


_moments: dict[Hashable, tuple[float, Any]] = {}


def for_all(request: HttpRequest, key: Hashable, look_up: Callable[[], Found]) -> Found:
    """What is the same for every visitor without a cookie, looked up once in a moment; for anyone else, and elsewhere, anew.

    key : names what is looked up, and of what. Nothing that decides whether an answer counts may be asked in this way.
    """
    if not settings.PAGE_SECONDS or request.COOKIES:
        return look_up()
    held = _moments.get(key)
    if held is not None and time.monotonic() < held[0]:
        found: Found = held[1]
        return found
    if len(_moments) >= MOST:
        _moments.clear()
    made = look_up()
    _moments[key] = (time.monotonic() + settings.PAGE_SECONDS, made)
    return made


class Brief:
    """The middleware: outermost of those that make a page, so that what is kept has its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_SECONDS or request.method != "GET" or request.COOKIES:
            return self.get_response(request)
        key = (request.scheme, request.META.get("HTTP_HOST", ""), request.get_full_path())
        held = self.kept.get(key)
        if held is not None and time.monotonic() < held.until:
            return held.answer()
        response = self.get_response(request)
        if may_keep(response):
            self._keep(key, response)
        return response

    def _keep(self, key: tuple[str, ...], response: HttpResponse) -> None:
        until = time.monotonic() + settings.PAGE_SECONDS
        with self.lock:
            renewed = getattr(response, "renewed", {})
            self.kept[key] = Kept(until, response.status_code, response.content, dict(response.headers), renewed)
            self.kept.move_to_end(key)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)


def may_keep(response: HttpResponse) -> bool:
    """Whether an answer may be shown to the next who asks."""
    said = response.headers.get("Cache-Control", "")
    is_for_one = bool(response.cookies) or (not hasattr(response, "renewed") and any(word in said for word in FOR_ONE))
    is_page = response.status_code == 200 and not response.streaming and len(response.content) <= LONGEST
    return is_page and not is_for_one
