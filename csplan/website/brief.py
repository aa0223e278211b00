"""A page that many ask for in one second is made once.

In the last minutes before a consultation closes a hundred people read the same few pages every second. What a visitor without any
cookie is shown is the same for all of them, so each process keeps it for a moment. It is kept for no longer than `PAGE_SECONDS` (1
under `csplan serve`, 0 and so never elsewhere), and nothing is kept that was made for one person: with a cookie, with an answer that
sets one or says `private` or `no-store`, or with anything but a plain page.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Pages kept, and the longest that is.
MOST, LONGEST = 200, 500_000
FOR_ONE = ("private", "no-store")


class Brief:
    """The middleware: outermost of those that make a page, so that what is kept has its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.kept: OrderedDict[tuple[str, ...], tuple[float, int, bytes, dict[str, str]]] = OrderedDict()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_SECONDS or request.method != "GET" or request.COOKIES:
            return self.get_response(request)
        key = (request.scheme, request.META.get("HTTP_HOST", ""), request.get_full_path())
        held = self.kept.get(key)
        if held is not None and time.monotonic() < held[0]:
            return HttpResponse(held[2], status=held[1], headers=held[3])
        response = self.get_response(request)
        if may_keep(response):
            self._keep(key, response)
        return response

    def _keep(self, key: tuple[str, ...], response: HttpResponse) -> None:
        until = time.monotonic() + settings.PAGE_SECONDS
        with self.lock:
            self.kept[key] = (until, response.status_code, response.content, dict(response.headers))
            self.kept.move_to_end(key)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)


def may_keep(response: HttpResponse) -> bool:
    """Whether an answer may be shown to the next who asks."""
    said = response.headers.get("Cache-Control", "")
    is_for_one = bool(response.cookies) or any(word in said for word in FOR_ONE)
    is_page = response.status_code == 200 and not response.streaming and len(response.content) <= LONGEST
    return is_page and not is_for_one
