"""What every page knows about itself: whose it is, which room it stands in, which day it is read as at, and who reads it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils.translation import gettext_lazy as _

from csplan.cycle import clock
from csplan.documents import dress
from csplan.website import accounts, desk_rooms, reading_day
from csplan.website.identity import Identity, identity

#: The public rooms, in the order of the menu: address under the partnership's, title.
ROOMS = (
    ("insight/", _("Facts and figures")),
    ("plans/", _("The plan")),
    ("consultations/", _("Have your say")),
    ("performance/", _("How we are doing")),
    ("report-it/", _("Report it")),
)
FOOT = (
    ("about/", _("About this site")),
    ("insight/data/", _("Data and downloads")),
    ("duties/", _("The law we follow")),
    ("meetings/", _("Meetings and decisions")),
    ("accessibility/", _("Accessibility")),
    ("privacy/", _("Privacy")),
)
#: Pages under a partnership's address that may not have been there on an earlier day.
MAY_BE_MISSING = re.compile(
    r"(?:performance|papers|meetings|equality|thread/findings)/[^/]+/|about/report/|plans/[^/]+/(?:versions|reviews)/[^/]"
)
#: The one page whose address may hold a secret, which no link on it repeats.
HOLDS_A_CODE = "/accounts/invitation/"
#: Pages of one plan or consultation: there on the days on which it is.
NAMED = re.compile(r"(?P<room>plans|consultations)/(?P<slug>[^/]+)/")


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
    viewer = accounts.viewer(request)
    held = viewer.roles if viewer else ()
    rooms = (desk_rooms.of(held) if is_desk else ROOMS) if partnership else ()
    nav = menu(request, home, rooms)
    here = next((room for room in nav if room.here), None)
    return {
        "partnership": partnership,
        "identity": who,
        "home": home,
        "is_desk": is_desk,
        "day": reading.day,
        "today": reading.today,
        "reading": reading,
        "strip": strip(request, who, reading),
        "nav": nav,
        "room": here,
        "within": within(request, home, here, held) if is_desk and here else [],
        "foot": menu(request, home, FOOT if partnership else ()),
        "search": f"{home}search/" if partnership and leads_somewhere(f"{home}search/") else None,
        "as_data": as_data(request),
        "viewer": viewer,
        "dress": dress_sheet(request, partnership, who),
        "messages": get_messages(request),
    }


def dress_sheet(request: HttpRequest, partnership: Any, who: Identity) -> str | None:
    """The address of the style sheet of the page's own colours: the partnership's, or those that set-up has been told."""
    colours, home = (who.colours, f"/{partnership.slug}/") if partnership else (getattr(request, "dress", None), "/setup/")
    return f"{home}colours.{dress.fingerprint(dress.style_sheet(colours))}.css" if colours else None


def only_partnership() -> Any:
    """The partnership whose dress a page wears that belongs to none: the only one here, if there is one."""
    from csplan.records.models import Partnership

    found = Partnership.objects.filter(**{"slug": settings.PARTNERSHIP} if settings.PARTNERSHIP else {})[:2]
    return found[0] if len(found) == 1 else None


def menu(request: HttpRequest, home: str, rooms: Iterable[desk_rooms.Place]) -> list[Room]:
    """The rooms that are there; the one with the longest address that begins this page's, its own or within it, has the reader."""
    there = [(path, title) for path, title in rooms if leads_somewhere(home + path)]
    addresses = [(home + start, path) for path, _title in there for start in _starts(path)]
    begins = [(len(start), path) for start, path in addresses if start != home and request.path.startswith(start)]
    here = max(begins, default=(0, None))[1]
    return [Room(title, home + path, path == here) for path, title in there]


def _starts(room: str) -> list[str]:
    """The address of a room, and those of the pages within it."""
    return [room, *(path for path, _title in desk_rooms.WITHIN.get(room, ()))]


def within(request: HttpRequest, home: str, room: Room, held: Collection[str]) -> list[Room]:
    """The pages within a room, on its own page and on each of them; below those the way back is in the crumbs."""
    there = [
        Room(title, home + path, request.path == home + path)
        for path, title in desk_rooms.within(room.path.removeprefix(home), held)
        if leads_somewhere(home + path)
    ]
    return there if request.path == room.path or any(page.here for page in there) else []


def strip(request: HttpRequest, who: Identity, reading: reading_day.ReadingDay) -> list[Day]:
    """The days of the story that have come, and today; empty where the partnership tells none."""
    told = [d for d in who.days if d.day < reading.today]
    if not told:
        return []
    address = request.path if request.path == HOLDS_A_CODE else request.get_full_path()
    days = []
    for d in told:
        is_here = reading.is_earlier and d.day == reading.day
        there = address if is_here or was_there(request, d.day) else f"/{request.path.split('/')[1]}/"
        days.append(Day(d.day, d.words, reading_day.on_day(there, d.day), is_here))
    return [*days, Day(reading.today, "", reading_day.on_day(address, None), not reading.is_earlier, is_today=True)]


def was_there(request: HttpRequest, day: date) -> bool:
    """Whether the page can be read as at an earlier day: the strip leads home on that day from one that cannot."""
    partnership = getattr(request, "partnership", None)
    if partnership is None or not request.path.startswith(f"/{partnership.slug}/"):
        return True
    path = request.path.removeprefix(f"/{partnership.slug}/")
    if MAY_BE_MISSING.match(path):
        return False
    if not (named := NAMED.match(path)):
        return True
    end = clock.end_of(day) - timedelta(microseconds=1)
    if named["room"] == "consultations":
        opened = _opened_at(request, partnership, named["slug"])
        return opened is not None and opened <= end
    from csplan.records.models import Plan

    return bool(Plan.objects.visible_to(None, end).filter(partnership=partnership, slug=named["slug"]).exists())


def _opened_at(request: HttpRequest, partnership: Any, slug: str) -> datetime | None:
    """The instant from which a consultation is public; asked once for all days of the strip."""
    if not hasattr(request, "opened_at"):
        from csplan.records.models import Opening

        held = Opening.objects.filter(consultation__partnership=partnership, consultation__slug=slug)
        request.opened_at = held.values_list("opened_at", flat=True).first()
    found: datetime | None = request.opened_at
    return found


def as_data(request: HttpRequest) -> str | None:
    """The address of this page as JSON, where it has one."""
    path = request.path.rstrip("/") + ".json" if request.path != "/" else "/index.json"
    is_of_site = not request.path.startswith("/setup/")  # “setup.json” would be read as a partnership’s address
    return path if is_of_site and request.path.endswith("/") and leads_somewhere(path) else None
