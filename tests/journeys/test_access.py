"""Every address of a plan and of the desk, as every role, in every state of a version, answers what the written table says."""

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver, is_valid_path

from csplan.cycle import clock, roles
from csplan.records.actions import membership, pre_release
from csplan.records.actions import plan as plans
from csplan.records.models import PlanVersion

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ADDRESSES: dict[str, Any] = TABLE["addresses"]
ROLES = [role for role in roles.ROLES if role != "resident"]
#: Who asks: everyone, each role, an officer of another partnership, and a person named on the version's list who holds no other role.
VIEWERS = ["resident", *ROLES, "stranger", "named"]
#: One of each kind: nobody, one who writes, one who decides, one who may read neither. `make test-all` asks as every role each time.
KINDS = VIEWERS if os.environ.get("CSPLAN_TEST_ALL") else ["resident", "lead", "board", "scrutiny", "stranger", "named"]
USERNAMES = {"partner": "partner-police"}

#: instant -> (the state that version 2 is in, whether it is public, its readers)
MOMENTS = {
    "2020-02-26": ("draft", False, "draft"),
    "2020-03-02T12:00:00": ("frozen", False, "frozen"),
    "2020-03-09T12:15:00": ("agreed", False, "frozen"),
    "2020-03-10": ("published", True, ""),
    "2020-06-01": ("in force", True, ""),
    "2020-03-10 withdrawn": ("withdrawn", True, ""),
    "2020-03-02T12:00:00 withdrawn": ("withdrawn", False, "frozen"),
}


def routes() -> Iterator[str]:
    """Every address under a partnership as the table writes it; JSON and CSV stand with their page."""

    def walk(patterns: Any, before: str = "") -> Iterator[str]:
        for one in patterns:
            where = before + str(one.pattern)
            yield from walk(one.url_patterns, where) if hasattr(one, "url_patterns") else [where]

    names = {"<slug:slug>": "SLUG", "<int:number>": "N", "<int:other>": "M", "<reference:ref>": "REF", "<slug:form>": "html"}
    for route in walk(get_resolver().url_patterns):
        if not re.match(r"<slug:partnership>/(plans|desk|equality|meetings|scrutiny|thread)\b", route):
            continue
        for pattern, name in names.items():
            route = route.replace(pattern, name)
        yield route.replace("<slug:partnership>/", "").replace("equality/<slug:ref>", "equality/REF")


#: Addresses of one thing that is asked for elsewhere: a meeting, a finding, a person's role, a part of the set-up, and forms' own targets.
ELSEWHERE = re.compile(
    r"meetings/<|thread/findings/|desk/meetings/<|desk/people/<|desk/partnership/(add|bodies|groups)/|reviews/<|/compare/<|"
    r"plans/SLUG/compare/$|/keep/$|/themes/<|scrutiny/questions/<|desk/engagement/<|equality/REF/<|/kit/<|kit\.zip$|"
    # Files of a return: test_supply.py.
    r"desk/supply/(marked|templates)|"
    # While a consultation is prepared: test_building.py.
    r"desk/consultations/SLUG/(words|questions|languages|preview)/"
)


def test_every_address_is_in_the_table():
    pages = {r for r in routes() if not ELSEWHERE.search(r) and not re.search(r"(?<!sealed)\.(json|csv)$", r)}
    pages |= {"plans/"} & pages
    assert pages == {address.partition("?")[0] for address in ADDRESSES}
    assert set(TABLE["readers"]["draft"]) == roles.MAY_READ_DRAFT_PLANS
    assert set(TABLE["readers"]["frozen"]) == roles.MAY_READ_FROZEN_PLANS


def asked_at(moment: str) -> Iterator[tuple[str, str]]:
    """(viewer, address): at the first moment every address, and every viewer where it follows the version; later, one viewer of a kind."""
    is_first = moment == next(iter(MOMENTS))
    for address, rule in ADDRESSES.items():
        follows_the_version = rule not in ("everyone", "officers", "plan")
        if is_first or follows_the_version:
            yield from ((viewer, address) for viewer in (VIEWERS if is_first and follows_the_version else KINDS))


def expected(address: str, viewer: str, moment: str) -> set[int]:
    """What the table says that a viewer is answered."""
    state, is_public, readers = MOMENTS[moment]
    rule, reads = ADDRESSES[address], is_public or viewer in (*TABLE["readers"].get(readers, ()), "named")
    if address.startswith("desk/"):
        if viewer == "resident":
            return {302}
        if viewer in ("stranger", "named"):
            return {404}
        if isinstance(rule, list):
            # What is done to a draft alone is refused in words of a version that is frozen.
            refused_in_words = state != "draft" and "/N/" in address
            return {400 if refused_in_words else 200} if viewer in rule else {403, 404}
        return {200} if rule == "officers" or reads else {403, 404}
    # Version 1 is public at every moment, so the plan itself always is.
    if rule in ("everyone", "plan", "frozen"):
        return {200}
    if rule == "sealed" and state == "draft":
        return {404}
    return {200} if reads else {404}


#: Moments that `make test-all` adds: the same readers as at another moment, by another way there.
ALSO = ("2020-06-01", "2020-03-10 withdrawn", "2020-03-02T12:00:00 withdrawn")


@pytest.mark.parametrize("moment", [pytest.param(m, marks=pytest.mark.slow) if m in ALSO else m for m in MOMENTS])
def test_each_answers_what_the_table_says(tell: Callable[..., Any], elsewhere: Any, moment: str):
    day, _, deed = moment.partition(" ")
    partnership = tell(day)
    version = PlanVersion.objects.get(plan__slug="2020-25", number=2)
    with clock.at(clock.parse(day)):
        invited = {"person": "An officer", "role": "manager", "password_hash": "!", "by": "terminal:keeper"}
        for name in ("stranger", "named"):
            membership.invite(partnership=elsewhere, username=name, **invited)
        manager = User.objects.get(username="manager")
        if not deed:
            assert version.state(clock.now()) == MOMENTS[moment][0]
        else:
            who = User.objects.get(username="board") if hasattr(version, "agreement") else manager
            plans.withdraw(version=version, reason="A mistake in it.", by=who)
            assert PlanVersion.objects.get(pk=version.pk).state(clock.now()) == "withdrawn"
        if not MOMENTS[moment][1]:
            until, named = clock.now().replace(year=2021), User.objects.get(username="named")
            pre_release.name(version=version, user=named, reason="Advice.", from_at=clock.now(), until_at=until, by=manager)
        wrong = [
            (viewer, address, answered)
            for viewer, address in asked_at(moment)
            if not (answered := ask(partnership.slug, viewer, address)) <= expected(address, viewer, moment)
        ]
    assert wrong == []


def ask(slug: str, viewer: str, address: str) -> set[int]:
    """The statuses of an address of version 2, or of version 1 beside it, and of the same as data where it has that form."""
    path = (
        address.replace("consultations/SLUG", "consultations/plan-2020-25")
        .replace("SLUG", "2020-25")
        .replace("/N", "/2")
        .replace("/M/", "/1/")
    )
    path = path.replace("equality/REF", "equality/2020-25--2").replace("REF", "1.2")
    client = Client(raise_request_exception=True)
    if viewer != "resident":
        user = User.objects.get(username=USERNAMES.get(viewer, viewer))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page, _, query = path.partition("?")
    forms = [page, *(data for data in (f"{page[:-1]}.json",) if page.endswith("/") and is_valid_path(f"/{slug}/{data}"))]
    return {int(client.get(f"/{slug}/{form}", QUERY_STRING=query).status_code) for form in forms}
