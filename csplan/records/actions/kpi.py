"""Key performance indicators: adopting one."""

from collections.abc import Mapping
from typing import Any

from csplan.cycle import kpi_values
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
    """Refuse an indicator that nobody could read, or that could not be kept: one sentence, of its first mistake."""
    for sentence in kpi_values.problems(described).values():
        raise CsplanError(f"{described.get('ref') or 'An indicator'}: {sentence}.")
