"""A partnership described and set up from the terminal, and the codes that let people in."""

import os
from argparse import Namespace
from typing import Any

from csplan.commands.common import keeper, website
from csplan.cycle import clock, set_up
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command(
    "init",
    takes("area", metavar="AREA_CODE", help="a district, a unitary area or a community safety partnership, such as E06000001"),
    takes("--name", required=True, help="what the partnership is called"),
    takes("--slug", help="how its addresses begin; made from the name where it is not given"),
    takes("--founds", action="store_true", help="set it up in the data folder at once"),
)
def init(said: Namespace) -> None:
    """Write partnerships/SLUG: the files that describe a partnership, proposed from its area. Nothing is written over."""
    os.environ["CSPLAN_DATA"] = str(options.data)  # the new folder goes beside it
    from csplan.evidence import proposal
    from csplan.website import setting_up

    made = proposal.propose(said.area, name=said.name, slug=said.slug, on=clock.today())
    left = set_up.left(made.described, on=clock.today())
    folder = setting_up.write_folder(made.described, left, made.notes)
    slug = made.described["partnership"]["slug"]
    if said.founds:
        founds(slug)
    next_step = (
        f"Invite its manager: csplan --partnership {slug} invite manager"
        if said.founds
        else f"Change the files as you need, then set it up: csplan --partnership {slug} serve"
    )
    words = [f"Written: {folder}", *made.notes, "Left to fill:", *(f"  {one.words}" for one in left), next_step]
    document = {"folder": str(folder), "slug": slug, "founded": said.founds, "notes": list(made.notes)}
    options.answer({**document, "left": [{"ref": one.ref, "words": one.words} for one in left]}, "\n".join(words))


def founds(slug: str) -> None:
    """Set the partnership up in the data folder."""
    from csplan.website import serving, setting_up

    serving.ready(options.data, as_at=options.as_at, partnership=options.partnership)
    setting_up.found_folder(slug, by=keeper())


@command("setup-code")
def setup_code(_: Namespace) -> None:
    """A new one-time code for setting up the first partnership in the browser. The one before it ends."""
    website()
    from csplan.records.models import Partnership
    from csplan.website import set_up_code

    if Partnership.objects.exists():
        raise CsplanError("A partnership is set up here, so there is nothing for a code to open. Its manager invites people.")
    code = set_up_code.make(options.data)
    options.answer({"code": code}, f"Open /setup/ and type {code}. It holds for a day.")


@command(
    "invite",
    takes("role", help="the role to offer, such as manager"),
    takes("--office", metavar="OFFICE", help="what the person is called at the desk: an office, never a name"),
    takes("--body", metavar="CODE", help="the body that a partner returns figures for"),
)
def invite(said: Namespace) -> None:
    """A one-time code by which a person takes a role. It is printed once and kept nowhere."""
    website()
    from csplan.records import lookup
    from csplan.records.actions import invitation
    from csplan.records.reading import people

    where = people.the_partnership(options.partnership)
    body: Any = lookup.one(where.bodies.all(), f"body “{said.body}”", code=said.body) if said.body else None
    office = said.office or f"{said.role.capitalize()} of the partnership"
    made = invitation.make(partnership=where, role=said.role, person=office, body=body, by=keeper())
    until = clock.day_of(made.invitation.expires_at)
    options.answer(
        {"partnership": where.slug, "role": said.role, "code": made.code, "until": until.isoformat()},
        f"Code for {office}: {made.code}\nIt is taken up at /accounts/invitation/, once, until {until.isoformat()}.",
    )
