"""The way to every page of the desk: from its menu, with the reader's place marked."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan.cycle import clock
from csplan.website import desk_rooms, urls


@pytest.fixture
def manager(client: Client, durham: Any) -> Client:
    """Someone who runs the year and keeps the indicators, so that every page of the desk is theirs."""
    from csplan.records.models import Membership

    user = User.objects.create_user("manager")
    since = clock.london(date(2020, 1, 1))
    for role in ("manager", "performance"):
        Membership.objects.create(partnership=durham, user=user, role=role, person="Manager", from_at=since)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def menu(html: str, of: str) -> list[tuple[str, bool]]:
    """(address, whether the reader is there) of each link of a menu."""
    block = re.search(rf'<nav class="{of}.*?</nav>', html, re.DOTALL)
    return [(a, bool(here)) for a, here in re.findall(r'<a href="([^"]+)"( aria-current)?', block[0])] if block else []


def test_every_page_of_the_desk_is_reached_from_its_menu(manager: Client) -> None:
    """Every address without a name of its own in it stands on one of the pages that the menu leads to."""
    routes = [str(p.pattern).removeprefix("<slug:partnership>/") for p in urls.urlpatterns]
    asked = {f"/county-durham/{r}" for r in routes if r.startswith("desk/") and "<" not in r}
    rooms = [path for path, _here in menu(manager.get("/county-durham/desk/").content.decode(), "csp-nav")]
    found = set(rooms)
    for room in rooms[:-1]:
        found |= set(re.findall(r'href="([^"#?]+)', manager.get(room).content.decode()))
    assert len(asked) > 12 and asked <= found, asked - found


@pytest.mark.parametrize(
    ("page", "room", "within"),
    [
        ("desk/", "desk/", None),
        ("desk/plans/", "desk/plans/", None),
        ("desk/signing/", "desk/plans/", "desk/signing/"),  # a page within a room, whose address does not say so
        ("desk/plans/new/", "desk/plans/", None),  # below a room: the crumbs lead back
        ("desk/scrutiny/", "desk/meetings/", "desk/scrutiny/"),
        ("desk/partnership/", "desk/people/", "desk/partnership/"),
        ("desk/partnership/add/body/", "desk/people/", None),
    ],
)
def test_the_menu_says_where_the_reader_is(manager: Client, page: str, room: str, within: str | None) -> None:
    html = manager.get(f"/county-durham/{page}").content.decode()
    assert [path for path, here in menu(html, "csp-nav") if here] == [f"/county-durham/{room}"]
    assert [path for path, here in menu(html, "csp-within") if here] == ([f"/county-durham/{within}"] if within else [])


def test_only_those_who_may_are_led_to_people() -> None:
    assert "desk/people/" in dict(desk_rooms.of(["manager"])) and "desk/people/" not in dict(desk_rooms.of(["auditor"]))
    assert desk_rooms.within("desk/people/", ["administrator"]) == []
