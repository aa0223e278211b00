"""The form that begins a plan: its name, its years, its vision. Everything else is written clause by clause."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from csplan.cycle import plan_text, plan_values
from csplan.records.models import Group, Partnership, Plan

#: field -> how it is read; the words are `cycle.plan_text`'s own fields
FIELDS = {
    "title": plan_text.Field("title", "Title", is_needed=True, longest=200),
    "slug": plan_text.Field("slug", "Short name in addresses", is_needed=True, longest=50),
    "starts_on": plan_text.Field("starts_on", "First day", "day", is_needed=True),
    "ends_on": plan_text.Field("ends_on", "Last day", "day", is_needed=True),
    "approving": plan_text.Field("approving", "Who approves it after the board", "lines"),
    "vision": plan_text.KINDS["vision"].field("words"),
}
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,49}")


def said(sent: Mapping[str, str]) -> dict[str, str]:
    """What was written in each field."""
    return {name: sent.get(name, "").strip() for name in FIELDS}


def read(written: Mapping[str, str], partnership: Partnership) -> tuple[dict[str, Any], dict[str, str]]:
    """(values, {field: what to do about it}) of the form."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, field in FIELDS.items():
        kind = plan_text.Kind("plan", "Plan", "plans", "", (plan_text.Field(**{**vars(field), "name": name}),))
        try:
            values |= plan_values.from_form(kind, {name: written[name]})
        except plan_values.Refused as refused:
            problems |= refused.problems
    slug = written["slug"]
    if "slug" not in problems and not _SLUG.fullmatch(slug):
        problems["slug"] = _("Write small letters, digits and hyphens, such as 2026-31")
    if "slug" not in problems and Plan.objects.filter(partnership=partnership, slug=slug).exists():
        problems["slug"] = _("There is a plan called so already. Choose another short name")
    if "approving" in values:
        values["approving"], unknown = _groups(values["approving"], partnership)
        if unknown:
            problems["approving"] = _("There is no group called “%(name)s” here. Add it under The partnership first") % {
                "name": unknown
            }
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if isinstance(starts, date) and isinstance(ends, date) and starts >= ends:
        problems["ends_on"] = _("It ends before it starts. Correct one of the two days")
    return values, {name: problems[name] for name in FIELDS if name in problems}


def _groups(names: list[str], partnership: Partnership) -> tuple[list[str], str | None]:
    """(slugs in the order given, the first name that is no group). A group is named as it is called, or by its slug."""
    groups = Group.objects.filter(partnership=partnership).exclude(kind__in=("board", "scrutiny"))
    known = {words.casefold(): g.slug for g in groups for words in (g.name, g.slug)}
    unknown = next((name for name in names if name.casefold() not in known), None)
    return [known[name.casefold()] for name in names if name.casefold() in known], unknown


def described(values: Mapping[str, Any]) -> dict[str, Any]:
    """The plan as a plan file describes it."""
    return {
        "plan": {name: values[name] for name in ("slug", "title", "starts_on", "ends_on", "approving")},
        "version": {"vision": values["vision"], "priorities_agreed_in": "", "note": ""},
        "priorities": [],
    }
