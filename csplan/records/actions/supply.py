"""What a body supplied for a quarter: a return that was loaded, word that there was nothing to report, or data kept elsewhere."""

from collections.abc import Sequence
from datetime import date, datetime

from csplan.cycle import clock, periods, roles, supply
from csplan.errors import CsplanError
from csplan.evidence import returns
from csplan.evidence.manifest import Unit
from csplan.evidence.store import Store
from csplan.records import acting
from csplan.records.models import Body, Membership, Partnership, Supply


def receive(
    *,
    partnership: Partnership,
    body: Body,
    data_set: str,
    quarter: str,
    way: str,
    note: str = "",
    received_on: date | None = None,
    is_example: bool = False,
    by: acting.By,
) -> Supply:
    """Record a supply that no return was loaded of.

    way : nil or elsewhere; of what is kept elsewhere `note` says where
    received_on : the day it came; today where it is not given
    """
    with acting.act("supply.receive", partnership=partnership, by=by) as deed:
        if way not in ("nil", "elsewhere"):
            raise CsplanError("Say how it came: nothing to report, or kept elsewhere. A return is loaded.")
        if way == "elsewhere" and not note.strip():
            raise CsplanError("Say where it is kept, such as the name of the shared folder. No personal details.")
        at = clock.london(received_on) if received_on and received_on < clock.day_of(deed.at) else deed.at
        if received_on and received_on > clock.day_of(deed.at):
            raise CsplanError("It cannot have come on a day that has not been yet. Correct the day.")
        return _record(deed, body, data_set, quarter, way=way, note=note.strip(), received_at=at, is_example=is_example)


def receive_return(*, partnership: Partnership, body: Body, unit: Unit, by: acting.By) -> Supply:
    """Record a return that was loaded. unit : as the evidence holds it"""
    with acting.act("supply.receive", partnership=partnership, by=by) as deed:
        return _record(
            deed,
            body,
            returns.named(unit.source).name,
            unit.month,
            way="return",
            rows=unit.rows_read,
            aside=unit.rows_quarantined,
            sha256=unit.sha256,
            received_at=datetime.fromisoformat(unit.received_at),
        )


def copy_returns(*, store: Store, partnership: Partnership, by: acting.By) -> list[str]:
    """Record each return that the evidence holds for the partnership's area and the ledger does not. Gives what could not be.

    A return names no body: where several of its kind take part, a person says at the desk which of them it is from.
    """
    known = set(Supply.objects.filter(partnership=partnership).exclude(sha256="").values_list("sha256", flat=True))
    left = []
    for unit in store.manifest().units:
        if not unit.is_return or unit.sha256 in known or unit.force not in ("", partnership.area_code):
            continue
        found = owing(partnership, returns.named(unit.source).body, unit.month)
        if len(found) != 1:
            left.append(f"{unit.path}: several bodies or none could have sent it. Say at the desk which did.")
            continue
        receive_return(partnership=partnership, body=found[0], unit=unit, by=by)
    return left


def owing(partnership: Partnership, kind: str, quarter: str, held: Sequence[Body] | None = None) -> list[Body]:
    """The responsible authorities of a kind that took part in a quarter. held : every body, where they were asked for already"""
    first, last = supply.begins(quarter), periods.parse(quarter).ends_on
    every = Body.objects.filter(partnership=partnership) if held is None else held
    there = [body for body in every if (body.kind, body.category) == (kind, "responsible authority")]
    return [body for body in there if body.from_on <= last and (body.to_on is None or body.to_on >= first)]


def _record(deed: acting.Deed, body: Body, data_set: str, quarter: str, **columns: object) -> Supply:
    asked = returns.named(data_set)
    if not asked.paragraph or body.kind != asked.body:
        raise CsplanError(f"{body} does not owe “{asked.title}”. Choose the body whose duty it is.")
    period = periods.parse(quarter)
    if body not in owing(deed.partnership, asked.body, quarter):
        raise CsplanError(f"{body} was no authority of the partnership in {period.title}. Choose another quarter or body.")
    if period.ends_on >= clock.day_of(deed.at):
        raise CsplanError(f"{period.title} has not ended, so it cannot be complete. Record it when it has.")
    _check_own(body, deed.actor)
    made = Supply.objects.create(
        partnership=deed.partnership,
        body=body,
        data_set=asked.name,
        quarter=period.id,
        recorded_at=deed.at,
        recorded_by=deed.actor.user,
        **columns,
    )
    deed.record("supply", str(made), body=body.code, way=made.way, rows=made.rows, sha256=made.sha256)
    return made


def check_may_receive(*, partnership: Partnership, body: Body, by: acting.By) -> None:
    """Refuse who may not take in what a body supplies; asked before its file is loaded."""
    actor = acting.who(by, partnership)
    roles.check_may("supply.receive", actor.roles)
    _check_own(body, actor)


def _check_own(body: Body, actor: acting.Actor) -> None:
    """A partner supplies for its own body."""
    if not actor.roles.isdisjoint({"manager", "analyst", roles.TERMINAL}):
        return
    own = Membership.objects.held_by(actor.user, clock.now()).filter(partnership=body.partnership, role="partner", body=body)
    if not own.exists():
        raise CsplanError(f"This is owed by {body}. Ask someone there to supply it.")
