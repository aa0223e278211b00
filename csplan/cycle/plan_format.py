"""The csplan plan format: a plan as one JSON document that partnerships can exchange. Built from the one table `plan_text.KINDS`.

    {"format": "csplan plan 1", "partnership": {…}, "plan": {…}, "vision": "…", "priorities": [{"ref": "1", …}], …}

A deliverable stands once: under its work area where it serves that one alone, else under its priority. Keys that say nothing may be
left out; keys that the format does not know may stand beside the others and are not read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import plan_text
from csplan.cycle.plan_text import KINDS, Field, Kind

FORMAT = "csplan plan 1"
#: Lists of clauses at the top of a file, in the order in which a plan is read.
TOP = ("section", "alignment", "assurance-area", "risk", "dependency", "resource")
#: Keys of the head of a file: (where, key) -> (JSON type, is it needed, what it is)
HEAD: dict[tuple[str, str], tuple[str, bool, str]] = {
    ("", "format"): ("text", True, f"Always “{FORMAT}”."),
    ("partnership", "slug"): ("text", True, "The partnership’s name in addresses."),
    ("partnership", "name"): ("text", True, "Its name."),
    ("partnership", "area_code"): ("text", False, "The code of its area as ONS writes it."),
    ("plan", "slug"): ("text", True, "The plan’s name in addresses: small letters, digits and hyphens."),
    ("plan", "title"): ("text", True, "Its title."),
    ("plan", "from"): ("day", True, "The first day of its years."),
    ("plan", "to"): ("day", True, "The last day of its years."),
    ("plan", "is_example"): ("yes or no", False, "Whether it is invented."),
    ("plan", "version"): ("number", False, "The version that was handed on. Not read back."),
    ("plan", "sha256"): ("text", False, "The fingerprint of that version; null for a draft. Not read back."),
    ("", "vision"): ("text", True, "The vision, one sentence."),
    ("", "priorities_agreed_in"): ("text", False, "The month in which the priorities were agreed, such as 2018-11."),
    ("", "note"): ("text", False, "What readers should know of the text."),
    ("", "kpis"): ("list", False, "Indicators by which the plan is measured. Told, and not read back."),
    ("", "figures"): ("list", False, "Live figures of the text with their words, as they were sealed. Told, and not read back."),
}
HEADS = ("partnership", "plan")
#: What a deliverable carries beside the fields that are written.
EXAMPLE = Field("is_example", "Whether its lead and days are examples", "yes or no")


# ---- out ------------------------------------------------------------------------------------------------------


def exported(
    document: plan_text.Document,
    *,
    partnership: Mapping[str, Any],
    plan: Mapping[str, Any],
    kpis: Sequence[Mapping[str, Any]] = (),
    figures: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """A file of the format from a text. Keys that say nothing are left out; partnership, plan : as `HEAD` has them"""
    told = {
        "format": FORMAT,
        "partnership": dict(partnership),
        "plan": {key: _plain(value) for key, value in plan.items()},
        "vision": document.get("vision", ""),
        "priorities_agreed_in": document.get("priorities_agreed_in") or None,
        "note": document.get("note", ""),
        KINDS["section"].plural: _rows("section", document),
        KINDS["priority"].plural: [_priority(row) for row in document.get("priorities", ())],
        **{KINDS[name].plural: _rows(name, document) for name in TOP[1:]},
        "kpis": [dict(k) for k in kpis],
        "figures": [dict(f) for f in figures],
    }
    kept = ("format", "partnership", "plan", "vision", "priorities")
    return {key: value for key, value in told.items() if key in kept or not plan_text.is_empty(value)}


def _rows(name: str, inside: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_said(KINDS[name], row) for row in inside.get(KINDS[name].plural, ())]


def _said(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    """A clause without what it does not say; lead and day of a deliverable stand even as null, with why."""
    kept = ("lead", "due") if kind.name == "deliverable" else ()
    values = {f.name: _plain(row.get(f.name, plan_text.empty(f))) for f in kind.fields}
    said = {name: value for name, value in values.items() if name in kept or not plan_text.is_empty(value)}
    example = {"is_example": True} if row.get("is_example") else {}
    return {kind.key: row[kind.key], **said, **example}


def _priority(row: Mapping[str, Any]) -> dict[str, Any]:
    deliverables, areas = row.get("deliverables", ()), [w["ref"] for w in row.get("work_areas", ())]
    return {
        **_said(KINDS["priority"], row),
        "work_areas": [
            {**_said(KINDS["work-area"], w), "deliverables": _once([d for d in deliverables if d["work_areas"] == [w["ref"]]])}
            for w in row.get("work_areas", ())
        ],
        "deliverables": _once([d for d in deliverables if len(d["work_areas"]) != 1 or d["work_areas"][0] not in areas]),
    }


def _once(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [_said(KINDS["deliverable"], d) for d in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inside) for key, inside in value.items()}
    return [_plain(inside) for inside in value] if isinstance(value, list | tuple) else value


# ---- in -------------------------------------------------------------------------------------------------------


def document_of(file: Mapping[str, Any]) -> dict[str, Any]:
    """The text of a file that was checked: every field of every clause, deliverables beside the work areas of their priority."""
    return {
        "vision": file["vision"],
        "priorities_agreed_in": file.get("priorities_agreed_in") or None,
        "note": file.get("note") or "",
        KINDS["section"].plural: _read("section", file),
        KINDS["priority"].plural: [
            {
                **_values(KINDS["priority"], p),
                "work_areas": _read("work-area", p),
                "deliverables": sorted(_deliverables(p), key=lambda d: _order(d["ref"])),
            }
            for p in file.get("priorities") or ()
        ],
        **{KINDS[name].plural: _read(name, file) for name in TOP[1:]},
    }


def _deliverables(p: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for row, area in placed(p):
        values = _values(KINDS["deliverable"], row)
        yield {
            **values,
            "work_areas": values["work_areas"] or ([area] if area else []),
            "is_example": bool(row.get("is_example")),
        }


def placed(p: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Every deliverable of a priority with the work area under which it stands, or None."""
    for w in p.get("work_areas") or ():
        yield from ((d, w["ref"]) for d in w.get("deliverables") or ())
    yield from ((d, None) for d in p.get("deliverables") or ())


def _read(name: str, inside: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_values(KINDS[name], row) for row in inside.get(KINDS[name].plural) or ()]


def _values(kind: Kind, row: Mapping[str, Any]) -> dict[str, Any]:
    return {kind.key: row[kind.key], **{f.name: _value(f, row.get(f.name)) for f in kind.fields}}


def _value(field: Field, value: Any) -> Any:
    """A value as a text has it. Null says nothing; a day is a date; a purpose may be told with its words beside its letter."""
    if plan_text.is_empty(value):
        return plan_text.empty(field)
    if field.form == "day":
        return date.fromisoformat(value)
    if field.form == "limbs":
        return [limb["letter"] if isinstance(limb, Mapping) else limb for limb in value]
    return value


def _order(ref: str) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", ref)]


def unread(file: Mapping[str, Any]) -> list[str]:
    """What a file holds that the format does not know, a phrase each: it is not read, and whoever gave it is told."""
    return [_phrase(key, where, n) for (where, key), n in Counter(_unread(file)).items()]


def _phrase(key: str, where: str, n: int) -> str:
    """ "“agreement”", "“state” of the plan", "“status” of 17 deliverables"."""
    if not where:
        return f"“{key}”"
    if where in HEADS:
        return f"“{key}” of the {where}"
    kind = KINDS[where]
    of = f"one {kind.title.lower()}" if n == 1 else f"{n} {kind.plural.replace('_', ' ')}"
    return f"“{key}” of {of}"


def _unread(file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    tops = {key for place, key in HEAD if not place}
    yield from (("", key) for key in file if key not in {*tops, *HEADS, *(KINDS[name].plural for name in (*TOP, "priority"))})
    for place in HEADS:
        yield from ((place, key) for key in file.get(place) or () if (place, key) not in HEAD)
    for p in file.get("priorities") or ():
        yield from _strange("priority", p, "work_areas", "deliverables")
        for w in p.get("work_areas") or ():
            yield from _strange("work-area", w, "deliverables")
        for d, _ in placed(p):
            yield from _strange("deliverable", d, EXAMPLE.name)
    for name in TOP:
        for row in file.get(KINDS[name].plural) or ():
            yield from _strange(name, row)


def _strange(name: str, row: Mapping[str, Any], *besides: str) -> Iterator[tuple[str, str]]:
    kind = KINDS[name]
    known = {kind.key, *(f.name for f in kind.fields), *besides}
    yield from ((name, key) for key in row if key not in known)
