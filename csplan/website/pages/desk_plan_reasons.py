"""Why a revised version changes what it changes: the list, and the form for one reason."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from csplan.cycle import plan_changes, plan_text
from csplan.evidence.plain_words import capital
from csplan.records import lookup
from csplan.records.models import Change, PlanVersion
from csplan.records.reading import plan_desk
from csplan.website.pages import desk_plan_conflict as conflict
from csplan.website.pages.desk_plan_edit import contents_path, trail

#: The choice that names no record.
OFFICER = "officer:"
LONGEST = 1_000

Source = tuple[str, str, str]


def said(sent: Mapping[str, str]) -> dict[str, str]:
    """What was written in each field."""
    return {name: sent.get(name, "").strip() for name in ("source", "reason")}


def problems(written: Mapping[str, str], sources: Sequence[Source]) -> dict[str, str]:
    """{field: what to do about it}."""
    found = {}
    if written["source"] not in dict(options(sources)) or not written["source"]:
        found["source"] = _("Choose where the reason comes from")
    if not written["reason"]:
        found["reason"] = _("Say why it was changed, in a sentence that a reader of the plan understands")
    elif len(written["reason"]) > LONGEST:
        over = len(written["reason"]) - LONGEST
        found["reason"] = _("It is %(over)s characters too long. Cut it to %(most)s") % {
            "over": f"{over:,}",
            "most": f"{LONGEST:,}",
        }
    return found


def options(sources: Sequence[Source]) -> list[tuple[str, str]]:
    """(value, words) of every place that a reason may come from."""
    return [
        ("", _("Choose one")),
        *((f"{kind}:{ref}", words) for kind, ref, words in sources),
        (OFFICER, _("An officer’s own reason")),
    ]


def every(version: PlanVersion) -> dict[str, Any]:
    """Every change with its reason, or with a link to the form that gives one."""
    must = plan_desk.must_explain(version)
    rows = [_row(version, d, change, d.clause in must) for d, change in plan_desk.differences(version)]
    lacking = sum(1 for row in rows if row["is_lacking"])
    return {
        "title": version.plan.title,
        "trail": trail(version, _("Reasons for changes")),
        "rows": rows,
        "lacking": lacking,
        "before": str(version.revises) if version.revises else None,
        "contents": contents_path(version),
    }


def _row(version: PlanVersion, d: plan_changes.Difference, change: Change | None, is_lacking: bool) -> dict[str, Any]:
    return {
        "title": plan_text.title_of(d.clause, d.after or d.before or {}),
        "kind": d.kind,
        "kind_words": {"added": _("Added"), "removed": _("Taken out"), "changed": _("Changed")}[d.kind],
        "fields": _fields(d),
        "reason": change.reason if change else None,
        "came_from": _came_from(change) if change else None,
        "is_lacking": is_lacking,
        "path": f"{contents_path(version)}reasons/?{urlencode({'clause': d.clause}, safe='/')}",
    }


def _came_from(change: Change) -> str:
    words = capital(plan_changes.REASONS[change.kind])
    return f"{words} ({change.source})" if change.source else words


def _fields(d: plan_changes.Difference) -> list[dict[str, Any]]:
    """The fields that differ, word by word; of an added or removed clause those that say something."""
    kind, _ref = plan_text.part_of(d.clause)
    before, after = conflict.as_form(kind, d.before) or {}, conflict.as_form(kind, d.after) or {}
    return conflict.compared(kind, before, after)


def one(
    version: PlanVersion, clause: str, written: Mapping[str, str], errors: Mapping[str, str], sources: Sequence[Source]
) -> dict[str, Any]:
    """The form for the reason of one change."""
    found = next(((d, c) for d, c in plan_desk.differences(version) if d.clause == clause), None)
    if found is None:
        raise lookup.NotHere(f"{clause} is not changed in this version, so it needs no reason. Go back to the list of changes.")
    d, change = found
    held = {"source": f"{change.kind}:{change.source}", "reason": change.reason} if change else {"source": "", "reason": ""}
    row = _row(version, d, change, change is None)
    return {
        **row,
        "trail": trail(version, _("Why it was changed")),
        "said": {**held, **written},
        "errors": errors,
        "options": options(sources),
        "longest": LONGEST,
        "back": f"{contents_path(version)}reasons/",
    }
