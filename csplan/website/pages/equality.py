"""Equality impact assessments: the list, one of them, and the desk where they are begun, signed and acted on."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.cycle import equality as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages.paper import FORMS
from csplan.website.typed import Typed

LONGEST, OWN_ROWS = 6_000, 4
#: field -> its heading, in the order in which it is read
TEXTS = {
    "scope": "What is assessed",
    "affected": "Who is affected",
    "cumulative": "What it comes to together",
    "monitoring": "How it will be watched",
}
#: how an assessment stands -> (the words of its tag, its look)
TAGS = {"complete": ("Complete", "met"), "under way": ("Under way", "not"), "went on": ("Carried over", "na")}


def index(assessments: Sequence[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """Every assessment as a door."""
    return {"doors": [line(a, home) for a in assessments]}


def line(a: Mapping[str, Any], home: str) -> dict[str, Any]:
    """An assessment in a line: of what, whose, and how it stands."""
    return {
        "ref": a["ref"],
        "title": a["title"],
        "url": f"{home}equality/{a['ref']}/",
        "desk_url": f"{home}desk/equality/{a['ref']}/",
        **_stands(a),
        "words": f"{a['words']} Owner: {a['owner']}.",
        "is_example": a["is_example"],
    }


def show(a: Mapping[str, Any], home: str) -> dict[str, Any]:
    """One assessment with its actions in words."""
    plan = f"{home}plans/{a['plan']}/"
    return {
        "trail": [("Equality", f"{home}equality/"), (a["version_title"], None)],
        **_stands(a),
        "goes_on_url": f"{home}equality/{a['goes_on_in']}/" if a["goes_on_in"] else None,
        "plan_url": plan,
        "actions": [action_line(e, plan) for e in a["actions"]],
        "written": [_characteristic(x) for x in a["lines"]],
        "texts": [(words, a[name]) for name, words in TEXTS.items() if a[name]],
        "review": _review(a),
        "together": together(a["lines"]),
        "forms": [{"url": f"{home}papers/{a['ref']}.{ending}", "words": form.words} for ending, form in FORMS.items()]
        if a["state"] == "complete"
        else [],
        "command": f"csplan paper eia {a['ref']} --to {a['ref']}.pdf",
        "headline": _follow(len(a["actions"])) if a["actions"] else "No action is set yet",
    }


def _follow(n: int) -> str:
    return f"{capital(count(n, 'action'))} {'follows' if n == 1 else 'follow'} from it"


def _characteristic(x: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of one characteristic, in words."""
    return {
        **x,
        "tag": x["impact_words"] or "Not yet",
        "evidence_words": [
            {"words": e["words"], "from": capital(rules.EVIDENCE[e["from"]]), "link": e["link"] or None} for e in x["evidence"]
        ],
        "aims_words": [f"{capital(rules.EFFECTS[effect])} to {rules.AIMS[aim]}." for aim, effect in x["aims"].items()],
    }


def together(lines: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The cumulative view: (impact, the characteristics that have it)."""
    return [
        (words, listed(x["name"] for x in lines if x["impact"] == impact))
        for impact, words in rules.IMPACTS.items()
        if any(x["impact"] == impact for x in lines)
    ]


def _review(a: Mapping[str, Any]) -> str | None:
    if not a["review_on"]:
        return None
    late = " That day has gone." if a["is_review_late"] else ""
    return f"To be looked at again on {calendar.in_words(a['review_on'])}.{late}"


def _stands(a: Mapping[str, Any]) -> dict[str, str]:
    """The tag of an assessment: that of a version which was revised goes on in the assessment of the later one."""
    tag, look = TAGS["went on" if a["goes_on_in"] else a["state"]]
    return {"tag": tag, "look": look}


def action_line(e: Mapping[str, Any], plan: str) -> dict[str, Any]:
    """An action: what, who, by when, and the deliverable that carries it out."""
    due = f"Due on {calendar.in_words(e['due'])}." if e["due"] else "No day is set."
    return {
        "ref": e["ref"],
        "title": e["title"],
        "words": f"{e['owner']}. {due}",
        "kind": rules.ACTIONS[e["kind"]],
        "of": rules.CHARACTERISTICS.get(e["characteristic"] or ""),
        "deliverable": e["deliverable"],
        "url": f"{plan}{e['deliverable']}/" if e["deliverable"] else None,
        "is_example": e["is_example"],
    }


# ---- the desk ---------------------------------------------------------------------------------------


def desk(assessments: Sequence[Mapping[str, Any]], home: str) -> dict[str, Any]:
    """Those under way first, then those that are complete."""
    lines = [line(a, home) for a in assessments]
    waiting = sum(a["state"] != "complete" and not a["goes_on_in"] for a in assessments)
    told = f"{capital(count(waiting, 'assessment'))} {'is' if waiting == 1 else 'are'} under way"
    return {"rows": sorted(lines, key=lambda one: one["look"] != "not"), "headline": told}


def start(typed: Typed, versions: Mapping[str, Any], offices: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed to begin an assessment."""
    version = typed.choice("version", versions, "Choose the version that is assessed")
    owner = typed.choice("owner", offices, "Choose the office that owns it")
    return {"version": versions.get(version), "owner": offices.get(owner)}


def action(typed: Typed, deliverables: Sequence[str]) -> dict[str, Any]:
    """What was typed to set an action."""
    return {
        "title": typed.text("title", "Write what will be done", longest=400),
        "owner": typed.text("owner", "Write the office that answers for it", longest=200),
        "kind": typed.choice("kind", rules.ACTIONS, "Choose what the action is for"),
        "characteristic": typed.choice("characteristic", ["", *rules.CHARACTERISTICS], "Choose for whom, or all"),
        "due_on": typed.day("due"),
        "deliverable_ref": typed.choice("deliverable_ref", ["", *deliverables], "Choose a deliverable of this version, or none"),
    }


def written(typed: Typed) -> dict[str, Any]:
    """What was typed of the assessment as a whole."""
    return {
        "level": typed.choice("level", rules.LEVELS, "Choose a screening or a full assessment"),
        **{name: typed.text(name, longest=LONGEST) for name in TEXTS},
        "review_on": typed.day("review_on"),
    }


def one(typed: Typed, characteristic: str, offered: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """What was typed of one characteristic: evidence that was offered and ticked, and rows of one's own."""
    rows = [dict(offered[int(n)]) for n in typed.sent.getlist("take") if n.isdigit() and int(n) < len(offered)]
    for n in range(1, OWN_ROWS + 1):
        words = typed.text(f"evidence-{n}", longest=2_000)
        if not words:
            continue
        source = typed.choice(f"from-{n}", rules.EVIDENCE, "Choose where it comes from")
        link = typed.text(f"link-{n}", longest=400)
        if link and (not link.startswith(("/", "https://")) or link.startswith("//")):
            typed.problems[f"link-{n}"] = "Give an address of this site that begins with /, or one that begins with https://"
        rows.append({"from": source, "words": words, "link": link})
    return {
        "evidence": rows,
        "impact": typed.choice("impact", ["", *rules.IMPACTS], "Choose the impact"),
        "why": typed.text("why", longest=LONGEST),
        "aims": {aim: typed.sent.get(f"aim-{aim}", "") for aim in rules.aims_of(characteristic)},
        "justification": typed.text("justification", longest=LONGEST),
    }


def one_typed(line: Mapping[str, Any] | None, offered: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """A line as its form shows it: what was offered and taken is ticked, the rest stands in rows of one's own."""
    if line is None:
        return {}
    said = {"impact": line["impact"] or "", "why": line["why"] or "", "justification": line["justification"] or ""}
    own = [e for e in line["evidence"] if e["words"] not in {o["words"] for o in offered}]
    for n, e in enumerate(own[:OWN_ROWS], start=1):
        said |= {f"evidence-{n}": e["words"], f"from-{n}": e["from"], f"link-{n}": e["link"]}
    return {**said, **{f"aim-{aim}": effect for aim, effect in line["aims"].items()}}
