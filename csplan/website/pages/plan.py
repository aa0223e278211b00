"""A plan: its vision, its priorities with what stands beside each, what happened to it, and where a link is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar, clock, periods, plan_states
from csplan.documents.sentences import count, uncapital
from csplan.evidence import catalogue, types
from csplan.evidence.findings_shapes import AreaFindings, TopicFinding
from csplan.evidence.plain_words import capital, listed, number
from csplan.website.pages import plan_signed, plan_whole
from csplan.website.pages.plan_words import Figures
from csplan.website.pages.summary import when

#: state of a version -> how its number is followed
STATES = {
    "draft": "a draft",
    "frozen": "a draft, frozen",
    "considered": "a draft, frozen and consulted on",
    "revised": "a draft, since revised",
    "agreed": "agreed",
    "approved": "agreed and approved",
    "published": "agreed and published",
    "in force": "agreed, published and in force",
    "in review": "agreed and in force, and being reviewed",
    "ended": "agreed and published, its years over",
    "refreshed": "agreed, and since replaced by another plan",
    "superseded": "replaced by a later one",
    "closed": "closed",
    "withdrawn": "withdrawn",
}


def index(plans: Sequence[dict[str, Any]], day: date, home: str) -> dict[str, Any]:
    """The list of plans, each with what it is on the day."""
    return {
        "plans": [
            {"title": p["title"], "url": f"{home}plans/{p['slug']}/", "words": standing(p, day), "is_example": p["is_example"]}
            for p in plans
        ]
    }


def standing(plan: dict[str, Any], day: date) -> str:
    """What a plan is on a day: its state, and the years it is for."""
    years = f"{calendar.in_words(plan['from'])} to {calendar.in_words(plan['to'])}"
    if plan["state"] not in plan_states.AGREED:
        return f"{capital(STATES[plan['state']])}, for {years}."
    runs = "ran" if day > plan["to"] else "is to run" if day < plan["from"] else "runs"
    return f"{capital(STATES[plan['state']])}. It {runs} from {years}."


def page(found: dict[str, Any], findings: AreaFindings | None, day: date, home: str, figures: Figures) -> dict[str, Any]:
    """Everything the template prints. found : of `reading.plan.plan`; findings : of the partnership's area, None where nothing is held"""
    plan = found["plan"]
    at = f"{home}plans/{plan['slug']}/"
    return {
        "lede": lede(found["priorities"]),
        "standing": standing(plan, day),
        "version_title": f"Version {plan['version']}: {STATES[plan['state']]}",
        "version_words": version_words(found),
        "version_url": f"{at}versions/{plan['version']}/" if plan["sha256"] else None,
        "version_links": version_links(found, at),
        "fingerprint": shortened(plan["sha256"]) if plan["sha256"] else None,
        "hidden": hidden(plan),
        "notices": notices(found),
        "priorities": [priority(p, found["kpis"], findings, at) for p in found["priorities"]],
        **plan_whole.whole(found, figures, home),
        "signed": plan_signed.signed(found, home),
        "signed_words": plan_signed.summary(found),
        "history": [_happened(h, home) for h in found["history"]],
        "missing_links": missing_links(found),
        "alignment_url": f"{at}alignment/",
    }


def hidden(plan: dict[str, Any]) -> str | None:
    """Who sees a version that is not public; None for one that anyone reads."""
    if plan["is_public"]:
        return None
    if plan["sha256"]:
        return "Only officers of the partnership and those named see this page: it is frozen, and not public yet."
    return "Only officers of the partnership see this page: it is a draft."


def notices(found: dict[str, Any]) -> list[str]:
    """What a reader must know first: that it is withdrawn, closed, or being reviewed."""
    told = []
    if found["withdrawal"]:
        on = calendar.in_words(found["withdrawal"]["on"])
        told.append(
            f"This version was withdrawn on {on}. It is kept here, and is no longer the partnership’s. Why: {found['withdrawal']['reason']}"
        )
    if found["closing"]:
        told.append(f"The board closed this plan on {calendar.in_words(found['closing']['on'])}. {found['closing']['reason']}")
    if found["plan"]["state"] == "in review":
        told.append("This plan is being reviewed. It stands as it is until the review decides.")
    return told


def version_links(found: dict[str, Any], at: str) -> list[tuple[str, str]]:
    """(words, address) of the pages about the plan's versions."""
    numbers = [v["number"] for v in found["versions"]]
    links = [(f"All versions ({len(numbers)})", f"{at}versions/")]
    if found["revises"]:
        links.append(since(found["plan"], found["revises"], at))
    if any("/comments/" in (h["address"] or "") for h in found["history"]):
        links.append(("What people said, and what was decided", f"{at}comments/"))
    return links


def lede(priorities: Sequence[dict[str, Any]]) -> str:
    """How much there is, and what can be done with it."""
    areas = sum(len(p["work_areas"]) for p in priorities)
    named = sum(1 for p in priorities for _ in every_deliverable(p))
    return (
        f"{capital(count(len(priorities), 'priority', 'priorities'))}, {count(areas, 'work area')} and "
        f"{count(named, 'deliverable')}. Each can be followed back to the evidence and forward to what is measured."
    )


def shortened(sha256: str) -> str:
    """A fingerprint as it is told on a page that links to the whole."""
    return f"{sha256[:8]} … {sha256[-8:]}"


def version_words(found: dict[str, Any]) -> list[str]:
    """What has happened to the version that stands, and what comes next."""
    plan, board = found["plan"], found["board"]
    words = [f"Frozen on {calendar.in_words(clock.day_of(plan['frozen_at']))}."] if plan["frozen_at"] else [str(plan["why"])]
    words += [f"Consultation: {uncapital(c['window'])}" for c in found["consultations"]]
    if plan["agreed_at"]:
        words.append(f"The board agreed it on {calendar.in_words(clock.day_of(plan['agreed_at']))}.")
    elif board:
        words.append(f"The board is to decide on {calendar.in_words(board['on'])}.")
    if found["lock"]:
        words.append(found["lock"]["words"])
    if found["equality"]:
        words.append(f"Equality impact assessment: {uncapital(found['equality']['words'])}")
    return words


def priority(p: dict[str, Any], kpis: Iterable[dict[str, Any]], findings: AreaFindings | None, at: str) -> dict[str, Any]:
    """A priority with the addresses of its parts, and what stands beside it in three lines."""
    named, measured = len(list(every_deliverable(p))), sum(k["priority"] == p["ref"] for k in kpis)
    return {
        "ref": p["ref"],
        "title": p["title"],
        "url": f"{at}{p['ref']}/",
        "work_areas": [{"ref": w["ref"], "title": w["title"], "url": f"{at}{w['ref']}/"} for w in p["work_areas"]],
        "facts": [
            ("Evidence", evidence_words(topics_of({w["ref"] for w in p["work_areas"]}, findings), findings)),
            ("Deliverables", f"{capital(count(named, 'named', 'named'))} in this version"),
            ("Indicators", f"{capital(count(measured, 'adopted', 'adopted'))}" if measured else "None adopted yet"),
        ],
    }


def every_deliverable(p: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The deliverables of a priority, each once, in the order of their references."""
    found = [d for w in p["work_areas"] for d in w["deliverables"]] + p["deliverables"]
    return sorted(found, key=lambda d: [int(n) for n in d["ref"].split(".")])


def topics_of(refs: Collection[str], findings: AreaFindings | None) -> list[TopicFinding]:
    """The types of recorded crime whose indicator speaks to one of the work areas, the most frequent first."""
    some = findings.topics if findings else ()
    spoken = [t for t in some if t.count is not None and set(catalogue.of_topic(t.topic).work_areas) & set(refs)]
    return sorted(spoken, key=lambda t: -(t.count or 0))


def evidence_words(topics: Sequence[TopicFinding], findings: AreaFindings | None) -> str:
    """ "11,540 anti-social behaviour incidents in 2025", of the most frequent type."""
    if not topics or findings is None:
        return "No open figures are held"
    first = topics[0]
    return f"{first.count:,} {types.get(first.topic).noun_plural} {when(findings.period)}"


def since(plan: dict[str, Any], before: dict[str, Any], at: str) -> tuple[str, str]:
    """(words, address) of the comparison with the version that this one was written from."""
    is_across = before["slug"] != plan["slug"]
    of, across = (f" of the {before['title']}", f"{plan['slug']}/") if is_across else ("", "")
    start = f"{at.removesuffix(plan['slug'] + '/')}{before['slug']}/"
    return (
        f"What changed since version {before['number']}{of}",
        f"{start}versions/{before['number']}/compare/{across}{plan['version']}/",
    )


def _happened(h: dict[str, Any], home: str) -> dict[str, Any]:
    return {
        "when": calendar.in_words(h["on"]) if h["on"] else periods.month_in_words(h["in"]),
        "words": h["words"],
        "url": home + h["address"] if h["address"] else None,
        "is_example": h["is_example"],
    }


def missing_links(found: dict[str, Any]) -> list[str]:
    """A sentence for each kind of link that the version lacks; empty where it lacks none."""
    deliverables = [d for p in found["priorities"] for d in every_deliverable(p)]
    areas = [w["ref"] for p in found["priorities"] for w in p["work_areas"]]
    served = {ref for d in deliverables for ref in d["work_areas"]}
    measured = {ref for k in found["kpis"] for ref in k["work_areas"]}
    unserved, unmeasured = ([ref for ref in areas if ref not in some] for some in (served, measured))
    sentences = [*_without(deliverables)]
    if unserved:
        sentences.append(f"No deliverable names work area{'s' if len(unserved) > 1 else ''} {listed(unserved)}.")
    if not found["kpis"]:
        sentences.append("No indicator has been adopted, so nothing measures any priority yet.")
    elif unmeasured:
        sentences.append(f"No indicator measures work area{'s' if len(unmeasured) > 1 else ''} {listed(unmeasured)}.")
    if found["board"] and found["board"]["accepted"]:
        sentences.append(f"The board agreed the plan knowing this: {' '.join(_accepted(found['board']['accepted']))}")
    return sentences


def _accepted(told: Mapping[str, str]) -> Iterable[str]:
    """What the board accepted, as it was then: indicators may have been adopted since."""
    for name, words in told.items():
        measures = "No indicator measures "
        if name == "indicators" and words.startswith(measures):
            priorities = words.removeprefix(measures).removesuffix(".")
            yield f"No indicator had been adopted for {priorities} when the board agreed."
        else:
            yield words


def _without(deliverables: Sequence[dict[str, Any]]) -> Iterable[str]:
    """Deliverables without a lead or a day, with the reason where there is one for all."""
    for name, words in (("lead", "a lead"), ("due", "a day by which it is due")):
        lacking = [d for d in deliverables if d[name] is None]
        reasons = {d["why"] for d in lacking}
        why = f": {reasons.pop()}" if len(reasons) == 1 else ""
        if lacking and len(lacking) == len(deliverables):
            yield f"No deliverable has {words}{why}."
        elif lacking:
            yield f"{capital(number(len(lacking)))} of {count(len(deliverables), 'deliverable')} lack {words}{why}."
