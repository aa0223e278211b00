"""Two texts of one clause, field by field and word by word, and what becomes of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from csplan.cycle import plan_changes, plan_text, plan_values

#: Forms whose two texts may both stand, one after the other, and what stands between.
BOTH: dict[str, str] = {"words": "\n\n", "lines": "\n", "refs": "\n", "pairs": "\n"}
TAKES = ("yours", "theirs", "both")


def compared(kind: plan_text.Kind, before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields in which two forms differ: name, label, both texts in words, and the comparison word by word."""
    return [
        {
            "name": f.name,
            "label": f.label,
            "form": f.form,
            "before": shown(f, before.get(f.name, "")),
            "after": shown(f, after.get(f.name, "")),
            "runs": plan_changes.compare(shown(f, before.get(f.name, "")), shown(f, after.get(f.name, ""))),
        }
        for f in kind.fields
        if same(before.get(f.name, "")) != same(after.get(f.name, ""))
    ]


def shown(field: plan_text.Field, value: str) -> str:
    """A value of a form as a reader knows it: the answer of a choice, not its key."""
    return (field.choices or {}).get(value, value)


def same(words: str) -> str:
    """Words without what no reader sees."""
    return words.replace("\r\n", "\n").strip()


def choices(
    kind: plan_text.Kind,
    theirs: Mapping[str, str],
    yours: Mapping[str, str],
    began: Mapping[str, str] | None,
    taken: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The fields that differ, each with the ways to settle it. What only one of the two changed is settled for that one.

    began : the form as the writer found it, None where that is not known;  taken : {field: yours, theirs or both} as chosen
    """
    rows = compared(kind, theirs, yours)
    for row in rows:
        name = row["name"]
        row["value"] = yours.get(name, "")
        row["options"] = [("yours", _("My words, as they stand below")), ("theirs", _("Their words"))]
        if row["form"] in BOTH:
            row["options"].append(("both", _("Both: theirs first, then mine as they stand below")))
        row["taken"] = taken.get(name) or _settled(name, theirs, yours, began)
        row["field"] = kind.field(name)
    return rows


def _settled(name: str, theirs: Mapping[str, str], yours: Mapping[str, str], began: Mapping[str, str] | None) -> str:
    """Whose words stand where only one of the two changed them; empty where both did, so that a person decides."""
    if began is None:
        return ""
    start = same(began.get(name, ""))
    if same(yours.get(name, "")) == start:
        return "theirs"
    return "yours" if same(theirs.get(name, "")) == start else ""


def merged(
    kind: plan_text.Kind, theirs: Mapping[str, str], yours: Mapping[str, str], taken: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """(the form put together, {take-field: what to do}) of two texts and what was chosen for each field that differs."""
    put: dict[str, str] = dict(yours)
    problems: dict[str, str] = {}
    for row in compared(kind, theirs, yours):
        name, chosen = row["name"], taken.get(row["name"], "")
        if chosen not in TAKES or (chosen == "both" and row["form"] not in BOTH):
            problems[f"take-{name}"] = _("Choose which words stand for: %(label)s") % {"label": row["label"]}
        elif chosen == "theirs":
            put[name] = theirs.get(name, "")
        elif chosen == "both":
            put[name] = _joined(BOTH[row["form"]], theirs.get(name, ""), yours.get(name, ""))
    return put, problems


def _joined(between: str, theirs: str, yours: str) -> str:
    """Both texts; of lines, none twice."""
    if between == "\n":
        return "\n".join(dict.fromkeys([*same(theirs).split("\n"), *same(yours).split("\n")]))
    return between.join(part for part in (same(theirs), same(yours)) if part)


def as_form(kind: plan_text.Kind, values: Mapping[str, Any] | None) -> dict[str, str] | None:
    """The values of a clause as they stand in a form; None where it is not there."""
    if values is None:
        return None
    return {f.name: plan_values.to_form(f, values.get(f.name)) for f in kind.fields}
