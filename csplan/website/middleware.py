"""What every request passes: the day it is read as at, whose partnership it is, and the headers that keep a page safe."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from csplan.cycle import calendar
from csplan.errors import CsplanError
from csplan.records.lookup import NotHere
from csplan.records.once import only_read
from csplan.website import brief, reading_day
from csplan.website.views import errors

READS = frozenset({"GET", "HEAD", "OPTIONS"})
#: Signing in and out, and setting up, belong to the machine's time, whatever day is read.
OUTSIDE_TIME = ("/accounts/", "/setup/")


class Page:
    """Sets request.reading (the day read) and request.partnership, and turns refusals into pages in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.partnership = None
        try:
            request.reading = reading_day.read(request.GET.get("as_at"))
            check_may_write(request)
        except CsplanError as e:
            request.reading = reading_day.read(None)
            return errors.refused(request, str(e))
        with reading_day.hold(request.reading), only_read() if request.method in READS else nullcontext():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, names: dict[str, Any]) -> None:
        """The first part of an address names a partnership; views find it at request.partnership."""
        if "partnership" in names:
            slug = names.pop("partnership")
            request.partnership = brief.for_all(request, ("partnership", slug), lambda: find_partnership(slug))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotHere):
            return errors.not_found(request, Http404(str(exception)))
        return errors.refused(request, str(exception)) if isinstance(exception, CsplanError) else None


def check_may_write(request: HttpRequest) -> None:
    """Refuse a form sent from a page that is read as at an earlier day."""
    if request.reading.is_earlier and request.method not in READS and not request.path.startswith(OUTSIDE_TIME):
        day = request.reading.day
        raise CsplanError(
            f"You are reading {calendar.in_words(day)}, and nothing can be written on an earlier day. "
            f"Go back to today, or build that day with `csplan --as-at {day.isoformat()} --data NEW-FOLDER demo`."
        )


def find_partnership(slug: str) -> Any:
    """The partnership of an address, or 404."""
    from csplan.records.models import Partnership

    found = Partnership.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no partnership called “{slug}” here.")
    return found


class Headers:
    """Headers that Django does not set by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.headers.setdefault("Cache-Control", "no-cache")
        if is_private(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def is_private(request: HttpRequest) -> bool:
    """Whether an answer may be for one person only: it came with a session, or stands behind the sign-in."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.path.startswith(OUTSIDE_TIME)
