"""The form of one clause of a plan: its fields from `cycle.plan_text`, what was written in them, and the live figures of each text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from csplan.cycle import plan, plan_text, plan_values
from csplan.evidence import references
from csplan.evidence.view import View
from csplan.website.pages import live_figures
from csplan.website.pages.ground import Ground

#: What a field says under its label when the table of clauses says nothing.
HINTS = {"day": gettext_lazy("Such as 31 March 2021"), "limbs": gettext_lazy("Those that it serves")}
#: Lines of a field that takes several.
ROWS = {"lines": 3, "refs": 3, "pairs": 4}
#: The name of the field that holds the reference of a new clause.
REF = "ref"


def said(kind: plan_text.Kind, sent: QueryDict) -> dict[str, str]:
    """What a form sent in each field of a clause, as words. Of boxes to tick, the letters of those that are ticked."""
    return {f.name: _sent(f, sent) for f in kind.fields if f.form == "limbs" or f.name in sent}


def _sent(field: plan_text.Field, sent: QueryDict) -> str:
    words = " ".join(sent.getlist(field.name)) if field.form == "limbs" else sent.get(field.name, "")
    return words.replace("\r\n", "\n")


def as_said(kind: plan_text.Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """What a clause says, as it stands in a form."""
    return {f.name: plan_values.to_form(f, values.get(f.name)) for f in kind.fields}


def started(kind: plan_text.Kind, ref: str) -> dict[str, str]:
    """What stands in the form of a clause that is not there yet."""
    title = plan_text.SECTIONS.get(ref, ("", ""))[0] if kind.name == "section" else ""
    return {f.name: title if f.name == "title" else "" for f in kind.fields}


def fields(
    kind: plan_text.Kind,
    written: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    groups: Sequence[tuple[str, str]],
    view: View,
    ground: Ground,
) -> list[dict[str, Any]]:
    """Every field as the template prints it: name, label, form, value, error, hint, and what its form needs beside."""
    return [_field(f, written.get(f.name, ""), errors.get(f.name), groups, view, ground) for f in kind.fields]


def _field(
    field: plan_text.Field, value: str, error: str | None, groups: Sequence[tuple[str, str]], view: View, ground: Ground
) -> dict[str, Any]:
    label = field.label if field.is_needed else _("%(label)s (optional)") % {"label": field.label}
    shown = {
        "name": field.name,
        "label": label,
        "plain_label": field.label,
        "form": field.form,
        "value": value,
        "error": error,
        "hint": field.hint or HINTS.get(field.form),
        "rows": ROWS.get(field.form) or (4 if field.longest <= 500 else 8 if field.longest <= 5_000 else 16),
        "longest": field.longest,
        "choices": _choices(field, groups),
        "values": value.split(),
    }
    return shown | (_words(value, view, ground) if field.form == "words" else {})


def _choices(field: plan_text.Field, groups: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    if field.form == "limbs":
        return [(letter, f"({letter}) {words}") for letter, words, _first in plan.LIMBS]
    if field.form == "group":
        return [("", _("None named")), *groups]
    return [("", _("Not said yet")), *(field.choices or {}).items()]


def _words(value: str, view: View, ground: Ground) -> dict[str, Any]:
    """A text with its preview and its live figures."""
    found = references.look_up_all(view, [value])
    return {
        "preview": live_figures.preview(value, found, view, ground),
        "figures": live_figures.listed(found),
        "figures_head": live_figures.headline(found),
    }


def has_words(kind: plan_text.Kind) -> bool:
    """Whether the clause has a text in which a live figure may stand."""
    return any(f.form == "words" for f in kind.fields)


def to_mend(shown: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Every live figure of a form that is not found, with the field in which it stands."""
    return [
        {"field": f["name"], "label": f["plain_label"], "ref": figure["ref"], "state": figure["state"]}
        for f in shown
        for figure in f.get("figures", ())
        if figure["kind"] == "broken"
    ]


def values(kind: plan_text.Kind, written: Mapping[str, str]) -> dict[str, Any]:
    """What was written, as the clause's values. Raises `plan_values.Refused` with a sentence for each field that cannot be taken.

    Every problem is said at once: the fields that can be read are checked although others cannot.
    """
    taken: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in kind.fields:
        if field.name not in written:
            continue
        try:
            taken |= plan_values.from_form(kind, {field.name: written[field.name]})
        except plan_values.Refused as refused:
            problems |= refused.problems
    try:
        plan_values.checked(kind, taken)
    except plan_values.Refused as refused:
        problems |= refused.problems
    if problems:
        raise plan_values.Refused(problems)
    return taken
