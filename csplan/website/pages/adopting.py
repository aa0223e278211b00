"""Indicators at the desk: those that are adopted, with what is to mend in each, and the form that adopts one."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from csplan.cycle import kpi, kpi_values, lint
from csplan.documents.sentences import count
from csplan.evidence import catalogue
from csplan.evidence.plain_words import capital
from csplan.website.pages import indicator_list
from csplan.website.typed import Typed

#: Measures of the evidence that have a value for each month of an area.
MEASURES = ("count", "rate", "share")
CHOOSE = "Choose one"
#: field -> the field that it cannot be judged without: where that one is to mend, nothing is said of the first
FOLLOWS = {"target_on": "target", "work_areas": "priority_ref"}
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


# ---- those that are adopted ---------------------------------------------------------------------------------


def page(
    adopted: Sequence[Mapping[str, Any]], home: str, named: Mapping[str, str], *, asked: str = "", area: str = ""
) -> dict[str, Any]:
    """Every indicator under its priority, those with something to mend before all.

    adopted : of `reading.kpi_desk`;  named : titles of priorities by reference;  asked, area : words and a work area searched for
    """
    rows = [_line(one, home) for one in adopted]
    shown = [row for row in rows if _is_asked(row, asked, area)]
    faulty, sound = [row for row in shown if row["findings"]], [row for row in shown if not row["findings"]]
    refs = sorted({row["priority_ref"] for row in sound}, key=indicator_list.in_order)
    groups = [{"title": "To mend", "rows": faulty}] if faulty else []
    groups += [
        {
            "title": f"Priority {ref}: {named[ref]}" if ref in named else f"Priority {ref}",
            "rows": [row for row in sound if row["priority_ref"] == ref],
        }
        for ref in refs
    ]
    return {"headline": headline(rows), "rows": rows, "groups": groups, "found": len(shown)}


def _is_asked(row: Mapping[str, Any], asked: str, area: str) -> bool:
    words = f"{row['ref']} {row['title']} {row['words']}".lower()
    return (not area or area in row["work_areas"]) and all(word in words for word in asked.lower().split())


# ---- those that the catalogue offers --------------------------------------------------------------------------

#: How often a value comes, as the catalogue says it -> as the form has it
OFTEN = {"month": "monthly", "quarter": "quarterly", "year": "yearly"}
#: What a returned or computed indicator begins with in the form, field by field.
_SAME = ("title", "numerator", "denominator", "unit", "polarity", "source")


def offered_from_catalogue(
    named: Mapping[str, str], adopted: Collection[str], base: str, *, asked: str = "", area: str = ""
) -> dict[str, Any]:
    """The catalogue under what it serves. adopted : references in use;  base : the address of the form that adopts one"""
    some = indicator_list.found(asked, area)
    rows = [
        {
            "id": i.id,
            "title": i.title,
            "work_areas": list(i.work_areas),
            "is_adopted": i.id in adopted,
            "url": f"{base}?from={i.id}",
            "words": f"{capital(catalogue.TIERS[i.tier])}. {kpi.POLARITIES[i.polarity]}. Every {i.frequency}, from: {i.source}.",
        }
        for i in some
    ]
    return {"groups": indicator_list.groups(rows, named), "headline": indicator_list.headline(rows, asked, area)}


def begun_from(id: str) -> dict[str, str]:
    """What the form holds for an indicator of the catalogue; empty for one that is not there. Target and owner are local."""
    i = next((held for held in catalogue.all() if held.id == id), None)
    if i is None:
        return {}
    refs = [ref for ref in i.work_areas if ref != catalogue.EVERY_WORK_AREA]
    filled = {
        **{name: getattr(i, name) for name in _SAME},
        "ref": i.id,
        "definition": f"{i.numerator}."
        if not i.denominator
        else f"{i.numerator}, of: {i.denominator[0].lower()}{i.denominator[1:]}.",
        "per": str(i.per),
        "kind": i.tier,
        "frequency": OFTEN[i.frequency],
        "lag_days": str(i.lag_days),
        "caveat": " ".join(i.caveats),
        "priority_ref": refs[0].split(".")[0] if refs else "",
        "polarity_reason": i.caveats[0] if i.polarity not in kpi.JUDGED else "",
        "computed_from": f"{i.id}.count" if i.topic and i.kind == "open" else "",
        **({"band_low": f"{i.band[0]:g}", "band_high": f"{i.band[1]:g}"} if i.band else {}),
    }
    if filled["computed_from"]:  # what is computed each month is its count
        filled |= {"per": "1", "denominator": "", "unit": i.unit.split(" per ")[0], "definition": f"{i.numerator}."}
    return {name: words[: kpi_values.LONGEST.get(name, len(words))] for name, words in filled.items()}


def areas_of(id: str) -> list[str]:
    """The work areas that an indicator of the catalogue serves, all under one priority; empty for one that is not there."""
    refs = next((i.work_areas for i in catalogue.all() if i.id == id and i.work_areas != (catalogue.EVERY_WORK_AREA,)), ())
    return [ref for ref in refs if ref.split(".")[0] == refs[0].split(".")[0]]


def headline(rows: Sequence[Mapping[str, Any]]) -> str:
    """How many are adopted, and in how many something is to mend."""
    if not rows:
        return "No indicator is adopted yet"
    told = f"{capital(count(len(rows), 'indicator'))} {'is' if len(rows) == 1 else 'are'} adopted"
    faulty = sum(bool(r["findings"]) for r in rows)
    if not faulty:
        return f"{told}, as {'it' if len(rows) == 1 else 'they'} should be written"
    return f"{told}; {faulty} {'has' if faulty == 1 else 'have'} something to mend"


def _line(one: Mapping[str, Any], home: str) -> dict[str, Any]:
    row = one["kpi"]
    comes = f"Returned by {row.body.name}" if row.body else f"Computed from {row.computed_from}"
    return {
        "ref": row.ref,
        "title": row.title,
        "url": f"{home}performance/{row.ref}/",
        "tag": "To mend" if one["findings"] else "As it should be",
        "look": "not" if one["findings"] else "met",
        "priority_ref": row.priority_ref,
        "work_areas": row.work_areas,
        "words": f"Priority {row.priority_ref}. {row.owner.title} answers for it. {comes}.",
        "findings": findings(one["findings"]),
        "is_example": row.is_example,
    }


def findings(found: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Findings of `cycle.lint` as a reader takes them: {rule, words, severity, what_to_do}."""
    return [
        {"rule": f["rule"], "words": f["words"], "severity": lint.SEVERITIES[f["severity"]], "what_to_do": f["what_to_do"]}
        for f in found
    ]


# ---- the form -----------------------------------------------------------------------------------------------


def form(serves: Sequence[Mapping[str, Any]], offices: Sequence[Any], bodies: Sequence[Any]) -> dict[str, Any]:
    """What each list of the form offers, as (value, words). serves, offices, bodies : of `reading.kpi_desk`"""
    return {
        "kinds": [(name, capital(name), capital(words)) for name, words in lint.INDICATOR_KINDS.items()],
        "priorities": [("", CHOOSE), *((p["ref"], f"{p['ref']} {p['title']}") for p in serves)],
        "work_areas": [(ref, f"{ref} {title}") for p in serves for ref, title in p["work_areas"]],
        "polarities": list(kpi.POLARITIES.items()),
        "frequencies": [("", CHOOSE), *kpi_values.FREQUENCIES.items()],
        "offices": [("", CHOOSE), *((o.slug, f"{o.title}, {o.body.name}") for o in offices)],
        "bodies": [("", "Nobody: it is computed"), *((b.code, b.name) for b in bodies)],
        "evidence": [("", "It is not computed"), *computable()],
    }


def computable() -> list[tuple[str, str]]:
    """(recorded-burglary.count, in words) of every measure of the evidence that has a value for each month."""
    return [
        (f"{i.id}.{measure}", f"{i.title}: {measure}")
        for i in catalogue.all()
        if i.kind == "open" and i.topic
        for measure in i.measures
        if measure in MEASURES
    ]


def read(typed: Typed, offered: Mapping[str, Any]) -> dict[str, Any]:
    """The indicator as it was typed, as `actions.kpi.adopt` takes it; each mistake goes to `typed.problems`. offered : of `form`"""
    needed = kpi_values.NEEDED
    described = {
        "ref": _text(typed, "ref", "Write its reference, such as K122"),
        **{name: _text(typed, name, needed.get(name, "")) for name in ("title", "definition", "numerator", "denominator")},
        "kind": typed.choice("kind", lint.INDICATOR_KINDS, "Choose what it counts"),
        "priority_ref": typed.choice("priority_ref", _values(offered["priorities"]), "Choose the priority that it measures"),
        "work_areas": _work_areas(typed, _values(offered["work_areas"])),
        "polarity": typed.choice("polarity", kpi.POLARITIES, "Choose what is wanted"),
        "polarity_reason": _text(typed, "polarity_reason"),
        "band_low": _number(typed, "band_low"),
        "band_high": _number(typed, "band_high"),
        "unit": _text(typed, "unit", needed["unit"]),
        "per": _number(typed, "per", 1.0),
        "frequency": typed.choice("frequency", kpi_values.FREQUENCIES, "Choose how often it comes"),
        "owner": typed.choice("owner", _values(offered["offices"]), "Choose the office that answers for it"),
        "body": typed.choice("body", ["", *_values(offered["bodies"])], "Choose a body from the list"),
        "computed_from": typed.choice("computed_from", ["", *_values(offered["evidence"])], "Choose a figure from the list"),
        "source": _text(typed, "source", needed["source"]),
        "lag_days": _days(typed),
        "baseline": _number(typed, "baseline"),
        "baseline_words": _text(typed, "baseline_words"),
        "target": _number(typed, "target"),
        "target_on": typed.day("target_on"),
        **{name: _text(typed, name) for name in ("monitor_only_reason", "caveat")},
    }
    _together(typed, described)
    return described


def _together(typed: Typed, described: Mapping[str, Any]) -> None:
    """What cannot be taken once the fields are looked at together; a field that is told already keeps its sentence."""
    if not {"target", "target_on"} & typed.problems.keys() and described["target"] is not None and described["target_on"] is None:
        typed.problems["target_on"] = "Give the day by which the target is to be reached"
    if described["baseline"] is not None and not described["baseline_words"]:
        typed.problems.setdefault("baseline_words", "Say which period the starting point is of")
    for name, sentence in kpi_values.problems(described).items():
        if not {name, FOLLOWS.get(name, name)} & typed.problems.keys():
            typed.problems[name] = capital(sentence)


def in_order(problems: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """The same problems in the order of the fields, as they stand on the page."""
    return {name: problems[name] for name in sorted(problems, key=lambda n: names.index(n) if n in names else -1)}


def _values(options: Sequence[tuple[str, ...]]) -> list[str]:
    return [option[0] for option in options if option[0]]


def _text(typed: Typed, name: str, needed: str = "") -> str:
    return typed.text(name, needed, longest=kpi_values.LONGEST[name])


def _work_areas(typed: Typed, allowed: Sequence[str]) -> list[str]:
    if any(ref not in allowed for ref in typed.sent.getlist("work_areas")):
        typed.problems["work_areas"] = "Choose work areas from the list"
    return typed.choices("work_areas", allowed)


def _number(typed: Typed, name: str, empty: float | None = None) -> float | None:
    """1,234.5 or 87.3% as a number; `empty` where nothing is typed."""
    words = typed.sent.get(name, "").strip()
    if not words:
        return empty
    if not (words.isascii() and _NUMBER.fullmatch(words.replace(",", "").removesuffix("%").strip())):
        typed.problems[name] = "Write a number such as 87.3, of at most 12 digits"
        return empty
    return float(words.replace(",", "").removesuffix("%").strip())


def _days(typed: Typed) -> int | None:
    needed = f"Write a whole number of days, from 0 to {kpi_values.MOST_LAG_DAYS:,}"
    return typed.number("lag_days", needed) if typed.sent.get("lag_days", "").strip() else None
