"""Equality impact assessments: whom they look at, what they weigh, and when one is complete.

Equality Act 2010 section 149: due regard to the need to eliminate discrimination, harassment and victimisation, to advance equality of
opportunity, and to foster good relations. Marriage and civil partnership falls under the first of the three alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

#: The nine protected characteristics.
PROTECTED: dict[str, str] = {
    "age": "Age",
    "disability": "Disability",
    "gender-reassignment": "Gender reassignment",
    "marriage": "Marriage and civil partnership",
    "pregnancy": "Pregnancy and maternity",
    "race": "Race",
    "religion": "Religion or belief",
    "sex": "Sex",
    "sexual-orientation": "Sexual orientation",
}
#: Groups that councils look at as well.
LOCAL: dict[str, str] = {
    "armed-forces": "Armed forces community",
    "care-leavers": "Care leavers",
    "carers": "Unpaid carers",
    "low-income": "People on low incomes",
    "rural": "People in rural places",
}
CHARACTERISTICS = {**PROTECTED, **LOCAL}
#: The three aims, in the order of the Act.
AIMS: dict[str, str] = {
    "eliminate": "eliminate discrimination, harassment and victimisation",
    "advance": "advance equality of opportunity",
    "foster": "foster good relations",
}
#: Effect on an aim, in words.
EFFECTS: dict[str, str] = {"helps": "helps", "neither": "neither helps nor hinders", "hinders": "hinders"}
IMPACTS: dict[str, str] = {
    "positive": "Positive",
    "neutral": "Neutral",
    "negative": "Negative",
    "mixed": "Mixed",
    "unknown": "Unknown",
}
#: Where evidence is drawn from.
EVIDENCE: dict[str, str] = {
    "census": "the census",
    "indicators": "indicators",
    "consultation": "consultation",
    "services": "services",
    "research": "research",
}
LEVELS: dict[str, str] = {"screening": "Screening", "full": "Full assessment"}
#: What an action is for.
ACTIONS: dict[str, str] = {"action": "Action", "mitigation": "To lessen a harm", "gap": "To learn what is not known"}


def aims_of(characteristic: str) -> tuple[str, ...]:
    """The aims that bear on a characteristic."""
    return ("eliminate",) if characteristic == "marriage" else tuple(AIMS)


@dataclass(frozen=True)
class Line:
    """What is said of one characteristic. evidence : rows, none where no data is held;  aims : {aim: effect}"""

    characteristic: str
    evidence: Sequence[Mapping[str, Any]]
    impact: str
    why: str
    aims: Mapping[str, str]
    justification: str


@dataclass(frozen=True)
class Action:
    """An action of the assessment, of one characteristic or of all."""

    kind: str
    characteristic: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Assessment:
    """An assessment as it is asked whether it is complete."""

    level: str
    scope: str
    affected: str
    cumulative: str
    monitoring: str
    review_on: date | None
    lines: Sequence[Line]
    actions: Sequence[Action]


def lacks(a: Assessment) -> tuple[str, ...]:
    """A sentence for each thing that is missing before it can be signed; empty where it is complete."""
    return tuple(_screening(a) if a.level == "screening" else _full(a))


def _screening(a: Assessment) -> Iterator[str]:
    """A screening says that no full assessment is needed, so nothing in it may ask for one."""
    for line in a.lines:
        if line.impact in ("negative", "mixed", "unknown"):
            name = CHARACTERISTICS[line.characteristic]
            yield f"{name}: the impact may be {line.impact}, so a full assessment is needed. Make it one."


def _full(a: Assessment) -> Iterator[str]:
    said = {
        "scope": "Write what is assessed, and what is not.",
        "affected": "Write who is affected.",
        "cumulative": "Write what the effects come to together.",
        "monitoring": "Write how the effects will be watched.",
    }
    yield from (words for name, words in said.items() if not getattr(a, name).strip())
    if a.review_on is None:
        yield "Give the day on which it is looked at again."
    held = {line.characteristic: line for line in a.lines}
    for characteristic, name in PROTECTED.items():
        line = held.get(characteristic)
        if line is None or not line.impact:
            yield f"{name}: say what the impact is, even where it is neutral."
        else:
            yield from _line(name, line, [x for x in a.actions if x.characteristic == characteristic])
    for characteristic in LOCAL:
        if (line := held.get(characteristic)) and line.impact:
            yield from _line(LOCAL[characteristic], line, [x for x in a.actions if x.characteristic == characteristic])


def _line(name: str, line: Line, actions: Sequence[Action]) -> Iterator[str]:
    if not line.why.strip():
        yield f"{name}: say why the impact is {line.impact}."
    if missing := [AIMS[aim] for aim in aims_of(line.characteristic) if line.aims.get(aim) not in EFFECTS]:
        yield f"{name}: say whether the plan helps or hinders to {'; '.join(missing)}."
    ready = [x for x in actions if x.owner.strip() and x.due_on is not None]
    if (not line.evidence or line.impact == "unknown") and not any(x.kind == "gap" for x in ready):
        yield f"{name}: no data is held, or the impact is unknown. Set an action to learn it, with an owner and a day."
    if line.impact in ("negative", "mixed") and not line.justification.strip() and not any(x.kind == "mitigation" for x in ready):
        yield f"{name}: a harm has neither an action to lessen it, with an owner and a day, nor a reason why it is right."


def summary_of(lines: Sequence[Line]) -> dict[str, list[str]]:
    """{impact: names of characteristics}, in the order of `IMPACTS`; those without an impact are left out."""
    return {
        impact: [CHARACTERISTICS[line.characteristic] for line in lines if line.impact == impact]
        for impact in IMPACTS
        if any(line.impact == impact for line in lines)
    }
