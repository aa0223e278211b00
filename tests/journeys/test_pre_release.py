"""A person named on a version's pre-release list reads it before it is public, in the time given and no other; nobody else does, by any address."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from csplan.cycle import clock
from csplan.records.models import AuditEvent, PlanVersion, PreRelease

pytestmark = pytest.mark.django_db

HOME = "/county-durham/"
#: Who may not read an unpublished version by their role, and is not named.
OTHERS = ("nobody", "partner-police", "administrator")
#: What stands in the fields of an address where one is asked for.
FIELDS = {"partnership": "county-durham", "ref": "1", "form": "html", "other": "1", "year": "2020--21", "before": "1"}


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode(errors="replace"))


@contextmanager
def at(instant: str) -> Iterator[None]:
    with clock.at(clock.parse(instant)):
        yield


def every_address(**fields: Any) -> list[str]:
    """Every public address of the site with the fields filled in; those that ask for another field are left out."""
    found = []
    for route in routes(get_resolver().url_patterns):
        named = re.findall(r"<(?:\w+:)?(\w+)>", route)
        filled = FIELDS | fields
        if "/desk/" in route or route.startswith(("accounts/", "static/", "setup/")) or not set(named) <= set(filled):
            continue
        for name in named:
            route = re.sub(rf"<(?:\w+:)?{name}>", str(filled[name]), route)
        found.append(f"/{route}")
    assert len(found) > 40
    return found


def routes(patterns: Any, before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here


@pytest.fixture
def readers(signed_in: Callable[..., Client]) -> Callable[[str], Client]:
    """A browser for each name, or for nobody in particular."""
    held: dict[str, Client] = {}

    def client(name: str) -> Client:
        return held.setdefault(name, Client() if name == "nobody" else signed_in(name))

    return client


def name_one(manager: Client, version: PlanVersion, name: str, first: str, last: str, **more: str) -> Any:
    parts = {f"{field}-{part}": typed for field, day in (("from", first), ("until", last))
             for part, typed in zip(("day", "month", "year"), day.split(), strict=True)}  # fmt: skip
    sent = {"do": "name", "username": name, "reason": "To prepare its comments", **parts} | more
    return manager.post(f"{HOME}desk/plans/{version.plan.slug}/{version.number}/readers/", sent)


@pytest.mark.parametrize(
    ("told_until", "slug", "number", "secret"),
    [
        pytest.param("2021-01-12", "2021-25", 1, "Safe Durham Partnership Plan 2021-25", marks=pytest.mark.slow),  # a draft
        ("2020-03-05", "2020-25", 2, "Durham is a county where every adult and child"),  # frozen and not public
    ],
)
def test_only_those_named_find_it_by_any_address(tell, readers, told_until, slug, number, secret):
    tell(told_until)
    version = PlanVersion.objects.get(plan__slug=slug, number=number)
    addresses = [a for a in every_address(slug=slug, number=number) if "/insight/" not in a and "/factsheets/" not in a]
    addresses += [f"{HOME}search/?q=durham", f"{HOME}plans/{slug}/?as_at={clock.parse(told_until).date()}"]
    with at(f"{told_until}T10:00:00"):
        assert name_one(readers("manager"), version, "scrutiny", *[day_of(told_until)] * 2).status_code == 302
        told = {a for a in addresses if secret in words(readers("auditor").get(a))}
        there = {a for a in addresses if f"/plans/{slug}/" in a and readers("auditor").get(a).status_code == 200}
        assert f"{HOME}plans/{slug}/" in told and f"{HOME}plans/{slug}.json" in told
        assert (f"{HOME}plans/{slug}/versions/{number}.sealed.json" in there) == (number == 2)
        for address in told | there:  # what does not stand on the page of an officer stands on nobody's
            assert (address in told) <= (secret in words(readers("scrutiny").get(address))), ("named, and does not read", address)
            for who in OTHERS:
                assert secret not in words(readers(who).get(address)), (who, address)


def day_of(text: str) -> str:
    """2020-03-05 as it is typed in three fields: 5 3 2020."""
    year, month, day = text.split("-")
    return f"{int(day)} {int(month)} {year}"


@pytest.mark.parametrize(
    ("instant", "reads"),
    [
        ("2021-01-13T23:59:59", False),  # the second before
        ("2021-01-14T00:00:00", True),  # the first of the first day
        ("2021-01-15T23:59:59", True),  # the last of the last day
        ("2021-01-16T00:00:00", False),  # the first after it
    ],
)
def test_a_name_stands_from_the_first_day_to_the_end_of_the_last(tell, readers, instant, reads):
    tell("2021-01-12")
    version = PlanVersion.objects.get(plan__slug="2021-25")
    with at("2021-01-12T10:00:00"):
        assert name_one(readers("manager"), version, "board", "14 1 2021", "15 1 2021").status_code == 302
        assert "To come" in words(readers("manager").get(f"{HOME}desk/plans/2021-25/1/readers/"))
    with at(instant):
        answer = readers("board").get(f"{HOME}plans/2021-25/")
        assert (answer.status_code == 200) is reads
        assert readers("scrutiny").get(f"{HOME}plans/2021-25/").status_code == 404
        assert ("You are named to read it before it is public" in words(readers("board").get(f"{HOME}desk/"))) is reads
        if reads:
            assert answer["Cache-Control"] == "private, no-store"


def test_a_name_is_ended_and_the_audit_keeps_it(tell, readers):
    tell("2021-01-12")
    version = PlanVersion.objects.get(plan__slug="2021-25")
    address = f"{HOME}desk/plans/2021-25/1/readers/"
    with at("2021-01-12T10:00:00"):
        name_one(readers("manager"), version, "board", "12 1 2021", "31 1 2021")
    with at("2021-01-13T10:00:00"):
        assert readers("board").get(f"{HOME}plans/2021-25/").status_code == 200
        twice = name_one(readers("manager"), version, "board", "13 1 2021", "31 1 2021")
        assert twice.status_code == 422, "whoever is named is not offered again"
        held = PreRelease.objects.get()
        assert readers("auditor").post(address, {"do": "end", "reader": held.pk}).status_code == 422
        assert readers("manager").post(address, {"do": "end", "reader": "9999"}).status_code == 404
        assert readers("manager").post(address, {"do": "end", "reader": held.pk}).status_code == 302
        assert readers("board").get(f"{HOME}plans/2021-25/").status_code == 404
    with at("2021-01-13T11:00:00"):
        over = readers("manager").post(address, {"do": "end", "reader": held.pk})
        assert over.status_code == 422 and "That time is over already." in words(over)
    told = [e.detail for e in AuditEvent.objects.filter(action="plan.name_reader").order_by("number")]
    assert [d["reader"] for d in told] == ["board", "board"] and told[1]["reads_no_more"] is True


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"username": "somebody"}, "username"),
        ({"username": "manager"}, "username"),  # reads drafts by role
        ({"reason": " "}, "reason"),
        ({"from-day": "11"}, "from"),  # the day before
        ({"from-day": "32"}, "from"),
        ({"until-year": ""}, "until"),
        ({"until-day": "11"}, "until"),
    ],
)
def test_a_name_that_lacks_something_is_mended_at_its_field(tell, readers, more, field):
    tell("2021-01-12")
    version = PlanVersion.objects.get(plan__slug="2021-25")
    with at("2021-01-12T10:00:00"):
        answer = name_one(readers("manager"), version, "board", "12 1 2021", "31 1 2021", **more)
    assert answer.status_code == 422 and f'id="{field}-error"' in words(answer) and f'href="#{field}"' in words(answer)
    assert not PreRelease.objects.exists()


def test_nobody_is_named_for_what_is_public_or_in_another_partnership(tell, readers, elsewhere):
    tell("2020-01-09")
    with at("2020-01-09T10:00:00"):
        answer = name_one(readers("manager"), PlanVersion.objects.get(), "scrutiny", "9 1 2020", "31 1 2020")
        assert answer.status_code == 422 and "is public already: anyone may read it." in words(answer)
        assert readers("manager").get("/elsewhere/desk/plans/2020-25/1/readers/").status_code == 404
    assert User.objects.filter(username="scrutiny").exists() and not PreRelease.objects.exists()
