"""What every page knows about itself: whose it is, which room it stands in, which day it is read as at, and who reads it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils.translation import gettext_lazy as _

from csplan.website import accounts, reading_day
from csplan.website.identity import Identity, identity

#: The public rooms, in the order of the menu: address under the partnership's, title.
ROOMS = (
    ("insight/", _("Facts and figures")),
    ("plans/", _("The plan")),
    ("consultations/", _("Have your say")),
    ("performance/", _("How we are doing")),
    ("report-it/", _("Report it")),
)
#: The rooms of the desk.
DESK_ROOMS = (
    ("desk/", _("Today")),
    ("desk/readings/", _("Readings")),
    ("desk/papers/", _("Papers")),
    ("", _("The public site")),
)
FOOT = (
    ("about/", _("About this site")),
    ("insight/data/", _("Data and downloads")),
    ("duties/", _("The law we follow")),
    ("accessibility/", _("Accessibility")),
    ("privacy/", _("Privacy")),
)


@dataclass(frozen=True)
class Room:
    """A menu item. path : without the reading day; here : whether this page stands in it."""

    title: Any
    path: str
    here: bool = False


@dataclass(frozen=True)
class Day:
    """A day of the strip. address : this page on that day; here : whether it is the day read."""

    day: date
    words: str
    address: str
    here: bool
    is_today: bool = False


@lru_cache(maxsize=1024)
def leads_somewhere(path: str) -> bool:
    """Whether the site answers an address: the menu shows no other."""
    return bool(is_valid_path(path))


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor: names that every template may use (see views/__init__.py)."""
    partnership = getattr(request, "partnership", None) or only_partnership()
    who = identity(partnership.slug, partnership.name) if partnership else Identity("csplan", "")
    reading = getattr(request, "reading", None) or reading_day.current()
    home = f"/{partnership.slug}/" if partnership else "/"
    is_desk = request.path.startswith(f"{home}desk/")
    rooms = (DESK_ROOMS if is_desk else ROOMS) if partnership else ()
    return {
        "partnership": partnership,
        "identity": who,
        "home": home,
        "is_desk": is_desk,
        "day": reading.day,
        "today": reading.today,
        "reading": reading,
        "strip": strip(request, who, reading),
        "nav": menu(request, home, rooms),
        "room": next((room.title for room in menu(request, home, rooms) if room.here), None),
        "foot": menu(request, home, FOOT if partnership else ()),
        "search": f"{home}search/" if partnership and leads_somewhere(f"{home}search/") else None,
        "as_data": as_data(request),
        "viewer": accounts.viewer(request),
        "messages": get_messages(request),
    }


def only_partnership() -> Any:
    """The partnership whose dress a page wears that belongs to none: the only one here, if there is one."""
    from csplan.records.models import Partnership

    found = Partnership.objects.filter(**{"slug": settings.PARTNERSHIP} if settings.PARTNERSHIP else {})[:2]
    return found[0] if len(found) == 1 else None


def menu(request: HttpRequest, home: str, rooms: Any) -> list[Room]:
    """The rooms that are there; the longest address that begins this page's is where the reader is."""
    there = [(home + path, title) for path, title in rooms if leads_somewhere(home + path)]
    within = [path for path, _title in there if path != home and request.path.startswith(path)]
    here = max(within, key=len, default=None)
    return [Room(title, path, path == here) for path, title in there]


def strip(request: HttpRequest, who: Identity, reading: reading_day.ReadingDay) -> list[Day]:
    """The days of the story that have come, and today; empty where the partnership tells none."""
    told = [d for d in who.days if d.day < reading.today]
    if not told:
        return []
    address = request.get_full_path()
    days = [Day(d.day, d.words, reading_day.on_day(address, d.day), reading.is_earlier and d.day == reading.day) for d in told]
    return [*days, Day(reading.today, "", reading_day.on_day(address, None), not reading.is_earlier, is_today=True)]


def as_data(request: HttpRequest) -> str | None:
    """The address of this page as JSON, where it has one."""
    path = request.path.rstrip("/") + ".json" if request.path != "/" else "/index.json"
    return path if request.path.endswith("/") and leads_somewhere(path) else None
