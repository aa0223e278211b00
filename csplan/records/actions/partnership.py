"""Setting up a partnership: its bodies, groups and offices."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Group, Office, Partnership

#: Words that begin addresses of the program itself.
RESERVED = frozenset({"accounts", "api", "static", "healthz", "f"})


def found(*, described: Mapping[str, Any], by: acting.By) -> Partnership:
    """Set up the partnership that a `partnership.toml` describes, with its bodies, groups and offices.

    The only action without a partnership before it, so the partnership is made first and the permission asked inside.
    """
    about = described["partnership"]
    if about["slug"] in RESERVED:
        raise CsplanError(f"“{about['slug']}” begins addresses of the program itself. Give the partnership another slug.")
    if Partnership.objects.filter(slug=about["slug"]).exists():
        raise CsplanError(f"There is already a partnership “{about['slug']}” here. Give the new one another slug.")
    partnership = Partnership(**about, founded_at=clock.now())
    with acting.act("partnership.found", partnership=partnership, by=by) as deed:
        partnership.founded_at = deed.at
        partnership.save(force_insert=True)
        bodies = {b["code"]: Body.objects.create(partnership=partnership, **b) for b in described["bodies"]}
        groups = {g["slug"]: Group.objects.create(partnership=partnership, **g) for g in described["groups"]}
        for office in described["offices"]:
            links = {"body": bodies[office["body"]], "group": groups.get(office.get("group", ""))}
            Office.objects.create(partnership=partnership, **{**office, **links})
        deed.record("partnership", partnership.slug, bodies=sorted(bodies), groups=sorted(groups))
    return partnership
