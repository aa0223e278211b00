"""The csplan plan format as a JSON Schema and as rows of the documentation, both built from the tables of `plan_format` and `plan_text`."""

from typing import Any

from csplan.cycle import plan as rules
from csplan.cycle.plan_format import EXAMPLE, FORMAT, HEAD, HEADS, TOP
from csplan.cycle.plan_text import KINDS, Field, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
_REFERENCE = r"^[1-9][0-9]?(?:\.[1-9][0-9]?){0,2}$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TYPES = {
    "line": "one line of text",
    "words": "Markdown",
    "lines": "list of lines",
    "refs": "list of references",
    "limbs": "list of letters from a to d",
    "day": "day, as 2020-03-31",
    "group": "slug of a group",
    "choice": "one of the words listed",
    "number": "whole number",
    "pairs": "object: {ambition: [references]}",
    "yes or no": "true or false",
}


def schema() -> dict[str, Any]:
    """The format as a JSON Schema (2020-12). `$comment` names the form of a field, from which refusals are worded."""
    lists = {KINDS[name].plural: _list(name) for name in (*TOP, "priority")}
    return {
        "$schema": DIALECT,
        "title": "A community safety partnership plan",
        "description": f"{FORMAT}. What each key means: docs/plan-format.md.",
        "type": "object",
        "required": ["format", "partnership", "plan", "vision", "priorities"],
        "properties": {
            "format": {"const": FORMAT},
            **{place: _head(place) for place in HEADS},
            "vision": _of_field(KINDS["vision"].fields[0]),
            "priorities_agreed_in": {
                "type": ["string", "null"],
                "pattern": r"^(?:[0-9]{4}-(?:0[1-9]|1[0-2]))?$",
                "$comment": "month",
            },
            "note": {"type": ["string", "null"]},
            **lists,
            "kpis": {"type": "array", "items": {"type": "object", "required": ["id", "title"]}},
            "figures": {"type": "array", "items": {"type": "object", "required": ["ref"]}},
        },
        "$defs": {kind.name: _of_kind(kind) for kind in KINDS.values() if kind.name != "vision"},
    }


def _list(name: str) -> dict[str, Any]:
    return {"type": ["array", "null"] if name != "priority" else "array", "items": {"$ref": f"#/$defs/{name}"}}


def _head(place: str) -> dict[str, Any]:
    kinds = {
        "text": {"type": ["string", "null"]},
        "yes or no": {"type": ["boolean", "null"]},
        "number": {"type": ["integer", "null"]},
    }
    rows = {key: told for (where, key), told in HEAD.items() if where == place}
    day = {"type": "string", "format": "date", "pattern": _DAY, "$comment": "day"}
    needed = {"type": "string", "minLength": 1, "maxLength": 200}
    slug = {"type": "string", "pattern": _SLUG, "maxLength": 50, "$comment": "slug"}
    told = {
        key: slug if key == "slug" else day if form == "day" else needed if is_needed else kinds[form]
        for key, (form, is_needed, _) in rows.items()
    }
    return {"type": "object", "required": [key for key, (_, is_needed, _) in rows.items() if is_needed], "properties": told}


def _of_kind(kind: Kind) -> dict[str, Any]:
    properties: dict[str, Any] = {
        kind.key: {
            "type": "string",
            "pattern": f"^(?:{kind.ref})$".replace(r"\d", "[0-9]"),
            "$comment": f"reference of {kind.name}",
        },
        **{f.name: _of_field(f) for f in kind.fields},
    }
    if kind.name == "priority":
        properties["work_areas"] = _list("work-area")
    if kind.name in ("priority", "work-area"):
        properties["deliverables"] = _list("deliverable")
    if kind.name == "deliverable":
        properties[EXAMPLE.name] = {"type": ["boolean", "null"], "description": EXAMPLE.label}
    needed = [kind.key, *(f.name for f in kind.fields if f.is_needed)]
    return {"type": "object", "description": kind.title, "required": needed, "properties": properties}


def _of_field(field: Field) -> dict[str, Any]:
    line = {"type": "string", "pattern": r"^[^\n\r]*$", "maxLength": field.longest}
    reference = {"type": "string", "pattern": _REFERENCE, "$comment": "refs"}
    letters = [letter for letter, _, _ in rules.LIMBS]
    forms: dict[str, dict[str, Any]] = {
        "line": {"type": ["string", "null"], "pattern": r"^[^\n\r]*$", "maxLength": field.longest},
        "words": {"type": ["string", "null"], "maxLength": field.longest},
        "lines": {"type": ["array", "null"], "items": line},
        "refs": {"type": ["array", "null"], "items": reference},
        "limbs": {
            "type": ["array", "null"],
            "items": {
                "anyOf": [
                    {"enum": letters},
                    {"type": "object", "required": ["letter"], "properties": {"letter": {"enum": letters}}},
                ],
                "$comment": "limbs",
            },
        },
        "day": {"type": ["string", "null"], "format": "date", "pattern": _DAY},
        "group": {"type": ["string", "null"], "pattern": f"^$|{_SLUG}", "maxLength": 50},
        "choice": {"enum": [*(field.choices or ()), "", None]},
        "number": {"type": ["integer", "null"], "minimum": 0, "maximum": 10**15},
        "pairs": {"type": ["object", "null"], "additionalProperties": {"type": "array", "items": reference}},
    }
    made = {"description": field.label, **forms[field.form], "$comment": field.form}
    return {**made, "type": "string", "minLength": 1} if field.is_needed else made


def rows() -> list[tuple[str, str, str, str, str]]:
    """(where, key, type, needed, what it is) of every key, for the documentation."""
    found = [(where or "top", key, form, _needed(is_needed), what) for (where, key), (form, is_needed, what) in HEAD.items()]
    for kind in KINDS.values():
        if kind.name == "vision":
            continue
        where = f"{kind.plural}[]"
        found.append((where, kind.key, "text", "needed", f"Its reference: `{example(kind.name)}`."))
        found += [(where, f.name, _TYPES[f.form], _needed(f.is_needed), _what(f)) for f in kind.fields]
        if kind.name == "deliverable":
            found.append((where, EXAMPLE.name, _TYPES[EXAMPLE.form], "", f"{EXAMPLE.label}."))
    return found


def _needed(is_needed: bool) -> str:
    return "needed" if is_needed else ""


def _what(field: Field) -> str:
    words = f"{field.label}. {field.hint}".strip() if field.form not in ("lines", "refs", "pairs") else f"{field.label}."
    return f"{words} One of: {', '.join(f'`{choice}`' for choice in field.choices)}." if field.choices else words


_EXAMPLES = {
    "section": "foreword",
    "priority": "1",
    "work-area": "1.2",
    "deliverable": "1.2.1",
    "alignment": "vision-2035",
    "assurance-area": "A1",
    "risk": "R1",
    "dependency": "N1",
    "resource": "M1",
}


def example(name: str) -> str:
    """A reference of a kind of clause, as it may be."""
    return _EXAMPLES[name]
