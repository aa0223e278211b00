"""Indicators at the desk: those that are adopted, with what is to mend in each, and the form that adopts one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import kpi, kpi_values, lint
from csplan.documents.sentences import count
from csplan.evidence import catalogue
from csplan.evidence.plain_words import capital
from csplan.website.typed import Typed

#: Measures of the evidence that have a value for each month of an area.
MEASURES = ("count", "rate", "share")
CHOOSE = "Choose one"
#: field -> the field that it cannot be judged without: where that one is to mend, nothing is said of the first
FOLLOWS = {"target_on": "target", "work_areas": "priority_ref"}
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


# ---- those that are adopted ---------------------------------------------------------------------------------


def page(adopted: Sequence[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """Every indicator; those with something to mend first. adopted : of `reading.kpi_desk`"""
    rows = [_line(one, home) for one in adopted]
    return {"headline": headline(rows), "rows": sorted(rows, key=lambda r: not r["findings"])}


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
