"""Setting up a partnership: its bodies, groups and offices, and what changes in them later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from csplan.cycle import authorities, clock, set_up
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Group, Office, Partnership


def found(*, described: Mapping[str, Any], by: acting.By) -> Partnership:
    """Set up the partnership that a `partnership.toml` describes, with its bodies, groups and offices.

    The only action without a partnership before it, so the partnership is made first and the permission asked inside.
    """
    about = described["partnership"]
    set_up.check_slug(about["slug"])
    if Partnership.objects.filter(slug=about["slug"]).exists():
        raise CsplanError(f"There is already a partnership “{about['slug']}” here. Give the new one another slug.")
    partnership = Partnership(**about, founded_at=clock.now())
    with acting.act("partnership.found", partnership=partnership, by=by) as deed:
        partnership.founded_at = deed.at
        partnership.save(force_insert=True)
        bodies = {b["code"]: Body.objects.create(partnership=partnership, **b) for b in described.get("bodies", ())}
        groups = {g["slug"]: Group.objects.create(partnership=partnership, **g) for g in described.get("groups", ())}
        for office in described.get("offices", ()):
            links = {"body": bodies[office["body"]], "group": groups.get(office.get("group", ""))}
            Office.objects.create(partnership=partnership, **{**office, **links})
        deed.record("partnership", partnership.slug, bodies=sorted(bodies), groups=sorted(groups))
    return partnership


def add_body(*, partnership: Partnership, name: str, kind: str, from_on: date, to_on: date | None = None, by: acting.By) -> Body:
    """Enter a body in the register, with the days between which it takes part."""
    if kind not in authorities.KINDS:
        raise CsplanError(f"“{kind}” is not a kind of body. Choose one of {', '.join(authorities.KINDS)}.")
    if to_on is not None and to_on < from_on:
        raise CsplanError("Its last day is before its first. Correct one of the two.")
    with acting.act("partnership.describe", partnership=partnership, by=by) as deed:
        told = {"name": name, "kind": kind, "category": authorities.KINDS[kind][1], "from_on": from_on, "to_on": to_on}
        code = set_up.free_slug(kind, set(partnership.bodies.values_list("code", flat=True)))
        body = Body.objects.create(partnership=partnership, code=code, **told)
        deed.record("body", code, name=name, from_on=str(from_on), to_on=str(to_on) if to_on else None)
    return body


def end_body(*, body: Body, to_on: date, by: acting.By) -> Body:
    """Say on which day a body last takes part."""
    with acting.act("partnership.describe", partnership=body.partnership, by=by) as deed:
        held = Body.objects.get(pk=body.pk)
        if to_on < held.from_on:
            raise CsplanError("Its last day is before its first. Correct it.")
        held.to_on = to_on
        held.save(update_fields=["to_on"])
        deed.record("body", held.code, to_on=str(to_on))
    return held


def add_group(*, partnership: Partnership, name: str, kind: str, quorum: int | None = None, by: acting.By) -> Group:
    """Add a group. The first board is the strategy group; there is never a second one."""
    if kind not in set_up.GROUP_KINDS:
        raise CsplanError(f"“{kind}” is not a kind of group. Choose one of {', '.join(set_up.GROUP_KINDS)}.")
    with acting.act("partnership.describe", partnership=partnership, by=by) as deed:
        if kind == "board" and partnership.groups.filter(is_strategy_group=True).exists():
            raise CsplanError("There is a board already, and an area has one strategy group. Add a sub-group instead.")
        slug = set_up.free_slug(kind, set(partnership.groups.values_list("slug", flat=True)))
        told = {"name": name, "kind": kind, "quorum": quorum, "is_strategy_group": kind == "board"}
        group = Group.objects.create(partnership=partnership, slug=slug, **told)
        deed.record("group", slug, name=name, quorum=quorum)
    return group


def set_quorum(*, group: Group, quorum: int | None, by: acting.By) -> Group:
    """Say how many members of a group can decide; None where that is not set."""
    with acting.act("partnership.describe", partnership=group.partnership, by=by) as deed:
        group.quorum = quorum
        group.save(update_fields=["quorum"])
        deed.record("group", group.slug, quorum=quorum)
    return group


def add_office(*, partnership: Partnership, title: str, body: Body, group: Group | None, from_on: date, by: acting.By) -> Office:
    """Add a post at a body, and the group that the body appoints it to."""
    if body.partnership_id != partnership.pk or (group is not None and group.partnership_id != partnership.pk):
        raise CsplanError("That body or group belongs to another partnership. Choose one of this partnership.")
    with acting.act("partnership.describe", partnership=partnership, by=by) as deed:
        slug = set_up.free_slug(title, set(partnership.offices.values_list("slug", flat=True)))
        told = {"title": title, "body": body, "group": group, "from_on": from_on}
        office = Office.objects.create(partnership=partnership, slug=slug, **told)
        deed.record("office", slug, title=title, body=body.code, group=group.slug if group else None)
    return office
