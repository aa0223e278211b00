"""Key performance indicators: adopting one."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import kpi as rules
from csplan.cycle import plan
from csplan.errors import CsplanError
from csplan.records import acting, lookup
from csplan.records.models import Body, Kpi, Office, Partnership


def adopt(*, partnership: Partnership, described: Mapping[str, Any], by: acting.By) -> Kpi:
    """Adopt an indicator as `kpis.toml` describes it, with its definition, owner, and a target or the reason for none."""
    check_described(described)
    owner, code = described["owner"], described.get("body")
    links = {
        "owner": lookup.one(Office.objects.filter(partnership=partnership), f"office “{owner}”", slug=owner),
        "body": lookup.one(Body.objects.filter(partnership=partnership), f"body “{code}”", code=code) if code else None,
    }
    with acting.act("kpi.adopt", partnership=partnership, by=by) as deed:
        if Kpi.objects.filter(partnership=partnership, ref=described["ref"]).exists():
            raise CsplanError(f"{described['ref']} is already adopted here. A reference is never used twice: give a new one.")
        kpi = Kpi.objects.create(partnership=partnership, adopted_at=deed.at, **{**described, **links})
        deed.record("kpi", kpi.ref, target=kpi.target, polarity=kpi.polarity)
    return kpi


def check_described(described: Mapping[str, Any]) -> None:
    """Refuse an indicator that nobody could read: each refusal is one sentence."""
    ref = described["ref"]
    if described["polarity"] not in rules.POLARITIES:
        raise CsplanError(f"{ref}: “{described['polarity']}” is no polarity. Choose one of {', '.join(rules.POLARITIES)}.")
    if (described.get("target") is None) == (not described.get("monitor_only_reason")):
        raise CsplanError(f"{ref}: give a target, or the reason why the indicator is only watched. One of the two.")
    if described.get("target") is not None and described["polarity"] not in rules.JUDGED:
        raise CsplanError(f"{ref}: more or less of it is neither good nor bad, so it can have no target. Say why it is watched.")
    if bool(described.get("computed_from")) == bool(described.get("body")):
        raise CsplanError(f"{ref}: an indicator is computed from evidence or returned by a body. Say one of the two.")
    for work_area in described["work_areas"]:
        if plan.level(work_area) != "work area" or not work_area.startswith(described["priority_ref"] + "."):
            raise CsplanError(f"{ref}: {work_area} is no work area of priority {described['priority_ref']}. Correct one of them.")
