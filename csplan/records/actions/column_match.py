"""What the headings of a partnership's files mean, remembered so that the next file is read by itself."""

from collections.abc import Mapping

from csplan.cycle.plan_import.columns import key
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import ColumnMatch, Partnership

KINDS = ("plan", "kpi")


def remember(*, partnership: Partnership, kind: str, matches: Mapping[str, str], by: acting.By) -> int:
    """Remember what a person chose. Returns how many headings were new or changed; with none of them nothing is written.

    kind : plan or kpi
    matches : {heading: field}; of a kpi file also {words of an indicator: its reference}; "" leaves a column
    """
    if kind not in KINDS:
        raise CsplanError(f"“{kind}” is no kind of file whose columns are remembered. Choose one of: {', '.join(KINDS)}.")
    wanted = {key(heading)[:200]: field for heading, field in matches.items() if key(heading)}
    held = dict(ColumnMatch.objects.filter(partnership=partnership, kind=kind).values_list("heading", "field"))
    new = {heading: field for heading, field in wanted.items() if held.get(heading) != field}
    if not new:
        return 0
    with acting.act("columns.match", partnership=partnership, by=by) as deed:
        for heading, field in new.items():
            ColumnMatch.objects.update_or_create(
                partnership=partnership, kind=kind, heading=heading, defaults={"field": field, "matched_at": deed.at}
            )
        deed.record("column matches", kind, matches=new)
    return len(new)
