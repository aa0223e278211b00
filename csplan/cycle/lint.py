"""How indicators and deliverables should be written, as a table of rules over plain values; each finding says what to do.

A rule looks at one thing as it is written and never refuses it: what it finds is shown beside the form, and what still stands
when a plan is to be agreed is accepted by name. Most rules are there because a board once could not use what it was shown: it
could not tell whether fires were set on purpose, or was told what was done and not what changed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from csplan.cycle import kpi as kpis

Values: TypeAlias = Mapping[str, Any]
#: A check gives the sentence of what is wrong; None where nothing is.
Check: TypeAlias = Callable[[Values], str | None]

#: How heavy a finding is.
SEVERITIES = {"must": "has to be mended", "should": "is better mended"}
#: What a rule is about, in words.
ABOUT = {"kpi": "Indicator", "deliverable": "Deliverable", "priority": "Priority"}
#: Kinds of indicator.
INDICATOR_KINDS = {"outcome": "what changed for people", "output": "what was done", "input": "what was put in"}
#: Days after which an indicator is looked at again: monthly figures go to the board each quarter, too.
REVIEW_DAYS = {"monthly": 92, "quarterly": 92, "yearly": 366}

#: A word that readers take in two ways -> (words that settle it, the question to answer)
AMBIGUOUS: dict[str, tuple[tuple[str, ...], str]] = {
    "fires": (("deliberate", "accidental", "arson"), "Set on purpose, or by accident?"),
    "incidents": (
        ("anti-social", "asb", "hate", "domestic", "fly-tipping", "traffic", "fraud"),
        "Incidents of what?",
    ),
    "crime": (("recorded", "survey", "reported", "hate"), "Recorded by the police, or found by a survey?"),
    "crimes": (("recorded", "survey", "reported", "hate"), "Recorded by the police, or found by a survey?"),
    "violence": (("domestic", "serious", "sexual", "knife", "with injury"), "Which kinds of violence?"),
    "casualties": (("killed", "seriously", "slightly"), "Killed, seriously injured or all who were hurt?"),
    "reoffending": (("proven", "charged"), "Proven in court, or suspected?"),
    "repeat": (("within", "in a year", "months", "days"), "Again within how long?"),
    "satisfaction": (("with",), "Satisfied with what?"),
    "young people": (("aged", "under", "10 to 17", "18 to"), "Of what age?"),
    "calls": (("101", "999", "answered", "abandoned"), "Calls to whom?"),
}

#: Words of a lead that is nobody in particular, and what joins two leads.
NOBODY = ("all", "all partners", "partners", "everyone", "everybody", "the partnership", "various", "tbc", "to be confirmed")
_EACH = re.compile(r"\ball\b|\bpartners\b|\bagencies\b|\bvarious\b", re.IGNORECASE)
_JOINED = re.compile(r"\band\b|/|&|;|\bwith\b|\bor\b", re.IGNORECASE)
#: Names of one thing that hold a joining word.
ONE_NAME = (
    *(
        "fire and rescue",
        "health and wellbeing",
        "safer and stronger",
        "crime and disorder",
        "police and crime",
        "drug and alcohol",
    ),
    *("drugs and alcohol", "children and young people", "adult and health", "adults and health", "being safe and feeling safe"),
    *("victims and vulnerable people", "alcohol and substance misuse", "overview and scrutiny", "community and youth"),
)


@dataclass(frozen=True)
class Rule:
    """One thing that is looked at.

    about : kpi, deliverable or priority;  severity : a key of `SEVERITIES`;  check : what is wrong, as a sentence
    what_to_do : how it is mended
    """

    id: str
    about: str
    title: str
    severity: str
    check: Check
    what_to_do: str


@dataclass(frozen=True)
class Finding:
    """What a rule found. rule : its id;  about, ref, title : of the thing;  words : what is wrong"""

    rule: str
    about: str
    ref: str
    title: str
    words: str
    severity: str
    what_to_do: str


def kpi(values: Values) -> tuple[Finding, ...]:
    """What is to mend in an indicator, as `kpis.toml` describes it: a mapping of its fields; what is missing is empty."""
    return _look("kpi", values)


def deliverable(
    values: Values, *, plan_days: tuple[date, date] | None = None, names: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What is to mend in a deliverable, as `plan_text` holds it.

    plan_days : first and last day of the plan; without them no day is looked at
    names : offices, bodies and groups of the partnership, whose names may hold “and”
    """
    return _look("deliverable", {**values, "plan_days": plan_days, "names": tuple(names)})


def priority(values: Values, measured_by: Iterable[Values]) -> tuple[Finding, ...]:
    """What is to mend in how a priority is measured. values : ref, title;  measured_by : its indicators, each with its kind"""
    return _look("priority", {**values, "kpis": tuple(measured_by)})


def _look(about: str, values: Values) -> tuple[Finding, ...]:
    ref, title = str(values.get("ref") or ""), str(values.get("title") or "")
    looked = [(rule, rule.check(values)) for rule in RULES if rule.about == about]
    return tuple(Finding(r.id, about, ref, title, words, r.severity, r.what_to_do) for r, words in looked if words)


# ---- Indicators -----------------------------------------------------------------------------------------


def _said(name: str, words: str) -> Check:
    """Wrong where a field is empty."""
    return lambda values: None if _filled(values.get(name)) else words


def _filled(value: Any) -> bool:
    return value is not None and (bool(value.strip()) if isinstance(value, str) else value != [] and value != ())


def _parts(values: Values) -> str | None:
    lacking = [name for name in ("numerator", "denominator") if not _filled(values.get(name))]
    if float(values.get("per") or 1) == 1 or not lacking:
        return None
    return f"It is a share or a rate, and its {' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} not said."


def _polarity(values: Values) -> str | None:
    polarity = values.get("polarity")
    if polarity not in kpis.POLARITIES:
        return "It is not said whether more or less of it is wanted."
    if polarity == "band":
        has_band = values.get("band_low") is not None and values.get("band_high") is not None
        return None if has_band else "It is best inside a band, and the band is not said."
    if polarity not in kpis.JUDGED and not _filled(values.get("polarity_reason")):
        return "Neither way is called better, and no reason is given."
    return None


def _aim(values: Values) -> str | None:
    has_target, has_reason = values.get("target") is not None, _filled(values.get("monitor_only_reason"))
    if has_target == has_reason:
        return (
            "It has a target and a reason for none." if has_target else "It has no target, and no reason why it is only watched."
        )
    return None


def _targeted(values: Values) -> str | None:
    if values.get("target") is None or values.get("polarity") not in kpis.POLARITIES or values["polarity"] in kpis.JUDGED:
        return None
    return "More or less of it is neither good nor bad, and yet it has a target."


def _kind(values: Values) -> str | None:
    return (
        None if values.get("kind") in INDICATOR_KINDS else "It is not said whether it counts an outcome, an output or an input."
    )


def _title(values: Values) -> str | None:
    title = str(values.get("title") or "").lower()
    for word, (settled_by, question) in AMBIGUOUS.items():
        if re.search(rf"\b{word}\b", title) and not any(re.search(rf"\b{re.escape(w)}\b", title) for w in settled_by):
            return f"Its name says “{word}”, which readers take in two ways. {question}"
    return None


def _lag(values: Values) -> str | None:
    lag, cycle = values.get("lag_days"), REVIEW_DAYS.get(str(values.get("frequency")))
    if lag is None:
        return "It is not said how long after its period a value is known."
    if cycle is None or int(lag) <= cycle or _filled(values.get("caveat")):
        return None
    return f"A value is known {int(lag)} days after its period, and it is looked at again after {cycle}."


# ---- Deliverables ---------------------------------------------------------------------------------------


def _one_lead(values: Values) -> str | None:
    lead = str(values.get("lead") or "").strip()
    if not lead or lead in values.get("names", ()):
        return None
    left = lead.lower()
    for name in (*(n.lower() for n in values.get("names", ())), *ONE_NAME):
        left = left.replace(name, "")
    if lead.lower() in NOBODY or _EACH.search(left):
        return f"“{lead}” is nobody in particular: whom would the board ask?"
    return f"“{lead}” is more than one, and one has to answer for it." if _JOINED.search(left) else None


def _day_in_plan(values: Values) -> str | None:
    due, days = _day(values.get("due")), values.get("plan_days")
    if due is None or days is None or days[0] <= due <= days[1] or _filled(values.get("why")):
        return None
    return "It is due outside the plan’s own days, and no reason is given."


def _day(value: Any) -> date | None:
    if not value:
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


# ---- Priorities -----------------------------------------------------------------------------------------


def _measured(values: Values) -> str | None:
    return None if values["kpis"] else "No indicator measures it."


def _outcome(values: Values) -> str | None:
    kinds = {k.get("kind") for k in values["kpis"]}
    return "Its indicators count only what is done, none what changed for people." if kinds and "outcome" not in kinds else None


# fmt: off
RULES: tuple[Rule, ...] = (
    Rule("K1", "kpi", "Numerator and denominator are said, or it is a plain count", "must", _parts,
         "Say in words what is divided by what."),
    Rule("K2", "kpi", "The unit is said", "must", _said("unit", "Its unit is not said."),
         "Write what one of it is, such as % of referrals."),
    Rule("K3", "kpi", "What is wanted is said, and why where it is neither more nor less", "must", _polarity,
         "Choose what is wanted, and give the reason."),
    Rule("K4", "kpi", "It has a starting point", "should", _said("baseline", "It has no starting point to compare with."),
         "Give the value of an earlier period, and say which."),
    Rule("K5", "kpi", "It has a target, or the reason why it is only watched", "must", _aim,
         "Set a target, or say why it is watched."),
    Rule("K6", "kpi", "One office owns it", "must", _said("owner", "Nobody owns it."), "Name the office that answers for it."),
    Rule("K7", "kpi", "Its name can be read in one way", "should", _title, "Put the answer into the name."),
    Rule("K8", "kpi", "It is known in time to be looked at, or says that it is late", "should", _lag,
         "Say how many days it takes; where that is longer than the time between reviews, say so under “Before you quote”."),
    Rule("K9", "kpi", "What is neither good nor bad has no target", "must", _targeted,
         "Watch it without a target, and say why."),
    Rule("K10", "kpi", "It says whether it counts an outcome, an output or an input", "must", _kind,
         "Choose one of the three."),
    Rule("K11", "kpi", "It names the work areas that it measures", "should", _said("work_areas", "It names no work area."),
         "Name the work areas, such as 1.2."),
    Rule("K12", "kpi", "Its source is said", "must", _said("source", "Its source is not said."),
         "Say whose figures they are and how they come."),
    Rule("D1", "deliverable", "It has a lead", "must", _said("lead", "It names no lead."),
         "Name the one office or body that answers for it."),
    Rule("D2", "deliverable", "One office or body leads it, and no other", "must", _one_lead,
         "Name one; write the others as contributors."),
    Rule("D3", "deliverable", "It has a day", "must", _said("due", "It has no day by which it is due."), "Give the last day."),
    Rule("D4", "deliverable", "Its day lies inside the plan’s years, or a reason is given", "must", _day_in_plan,
         "Correct the day, or say why."),
    Rule("D5", "deliverable", "It says what will show that it is done",
         "should", _said("evidence", "It is not said what will show that it is done."), "Choose what the evidence will be."),
    Rule("D6", "deliverable", "One group owns it", "should", _said("group", "No group owns it."),
         "Choose the group that follows it."),
    Rule("D7", "deliverable", "It names the work areas that it serves", "must", _said("work_areas", "It names no work area."),
         "Name one or more, such as 1.2."),
    Rule("P1", "priority", "An indicator measures it", "must", _measured, "Adopt an indicator for one of its work areas."),
    Rule("P2", "priority", "An indicator measures what changed for people, not only what was done", "must", _outcome,
         "Ask how the effect would be seen, and adopt an indicator of that."),
)
# fmt: on
