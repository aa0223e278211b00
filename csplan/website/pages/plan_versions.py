"""The versions of a plan: the list with the states that each passed through, and one as it was frozen."""

from collections.abc import Mapping, Sequence
from typing import Any

from csplan.cycle import calendar, clock, plan_text
from csplan.documents.sentences import count, uncapital
from csplan.evidence.plain_words import capital, listed
from csplan.records.reading.plan_clauses import LIMBS
from csplan.website.pages import plan as plan_page
from csplan.website.pages import plan_signed, plan_whole
from csplan.website.pages.plan_words import Figures, html, moved


def trail(plan: Mapping[str, Any], home: str, *below: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """From the plans down to a page about one of them."""
    return [("The plan", f"{home}plans/"), (plan["title"], f"{home}plans/{plan['slug']}/"), *below]


def index(found: Mapping[str, Any], home: str, *, chosen: tuple[str, str] = ("", ""), problem: str = "") -> dict[str, Any]:
    """Every version, and the form that sets two side by side. problem : why the two that were chosen cannot be"""
    plan = found["plan"]
    at = f"{home}plans/{plan['slug']}/"
    return {
        "trail": trail(plan, home, ("Versions", None)),
        "lede": f"{capital(count(len(found['versions']), 'version'))} of this plan can be read here.",
        "rows": [version_row(v, at, home) for v in found["versions"]],
        "chooser": chooser(found, home, chosen, problem),
    }


def version_row(told: Mapping[str, Any], at: str, home: str) -> dict[str, Any]:
    """One version with its way through the states, in words."""
    return {
        "title": f"Version {told['number']}",
        "state": capital(plan_page.STATES[told["state"]]),
        "url": f"{at}versions/{told['number']}/",
        "fingerprint": plan_page.shortened(told["sha256"]) if told["sha256"] else None,
        "steps": [{"when": calendar.in_words(s["on"]), "words": capital(s["words"])} for s in told["steps"]],
        "next": next_words(told["may_follow"]),
        "withdrawn": told["withdrawal"]["reason"] if told["withdrawal"] else None,
        "compare": compared_with(told, home),
    }


def next_words(may_follow: Mapping[str, str]) -> str:
    """What may happen to a version next; the table is printed in docs/plan-states.md."""
    if not may_follow:
        return "Nothing more happens to it. It stays at its address."
    states = [state for state in may_follow if state != "withdrawn"]
    return f"What may follow: {', '.join(states)}{', or withdrawn' if 'withdrawn' in may_follow else ''}."


def compared_with(told: Mapping[str, Any], home: str) -> dict[str, str] | None:
    """The comparison with the version that it was written from."""
    if told["revises"] is None:
        return None
    slug, number = told["revises"].rsplit("/", 1)
    own, _ = told["ref"].rsplit("/", 1)
    words = f"version {number}" if slug == own else f"{slug}, version {number}"
    return {"words": f"What it changed in {words}", "url": address((slug, int(number)), (own, told["number"]), home)}


def address(one: tuple[str, int], other: tuple[str, int], home: str) -> str:
    """Where two versions stand side by side."""
    across = "" if one[0] == other[0] else f"{other[0]}/"
    return f"{home}plans/{one[0]}/versions/{one[1]}/compare/{across}{other[1]}/"


def chooser(found: Mapping[str, Any], home: str, chosen: tuple[str, str], problem: str = "") -> dict[str, Any] | None:
    """The form of two lists, by plan; None where there is only one version to read. options : every value that may be chosen"""
    plan = found["plan"]
    own = sorted(v["number"] for v in found["versions"])
    groups = [(plan["title"], [option(plan["slug"], n) for n in own])]
    groups += [(p["title"], [option(p["slug"], n, of=p["title"]) for n in p["versions"]]) for p in found["across"]]
    options = [value for _, some in groups for value, _ in some]
    if len(options) < 2:
        return None
    last = f"{plan['slug']}/{own[-1]}"
    before = f"{plan['slug']}/{own[-2]}" if len(own) > 1 else next(value for value in options if value != last)
    return {
        "action": f"{home}plans/{plan['slug']}/compare/",
        "groups": groups,
        "options": options,
        "before": chosen[0] if chosen[0] in options else before,
        "after": chosen[1] if chosen[1] in options else last,
        "problem": problem,
    }


def option(slug: str, number: int, *, of: str = "") -> tuple[str, str]:
    """(value, words) of a version in the form; `of` : its plan, where it is another than the page's"""
    return f"{slug}/{number}", f"Version {number}{' of ' + of if of else ''}"


# ---- one version ------------------------------------------------------------------------------------


def version(
    found: Mapping[str, Any], text: Mapping[str, Any], figures: Figures, groups: Mapping[str, str], home: str
) -> dict[str, Any]:
    """A version made from its bytes.

    found : of `reading.plan.plan` by its number;  text : the bytes, parsed;  groups : {slug: name} of the partnership's groups
    """
    plan = found["plan"]
    at = f"{home}plans/{plan['slug']}/"
    held = {key: text.get(key, []) for key in ("sections", "assurance_areas", "risks", "dependencies", "resources")}
    frozen = plan["frozen_at"]
    return {
        "trail": trail(plan, home, ("Versions", f"{at}versions/"), (f"Version {plan['version']}", None)),
        "head": f"Version {plan['version']}, {'as it was frozen' if frozen else 'as it stands'}",
        "previous": text["previous_sha256"],
        "sealed_url": f"{at}versions/{plan['version']}.sealed.json",
        "frozen_on": clock.day_of(frozen) if frozen else None,
        "state_words": f"{capital(plan_page.STATES[plan['state']])}.",
        "hidden": plan_page.hidden(plan),
        "notices": plan_page.notices({**found, "closing": None}),
        "links": links(found, at),
        "vision": text["vision"],
        "note_words": text["note"],
        "parts": [priority(p, figures, groups) for p in text["priorities"]],
        "chapters": [plan_whole.section(s, figures) for s in held["sections"]],
        "lists": [told for told in plan_whole.lists(_filled(held), figures, titles(text), at) if told["rows"]],
        "strategies": [strategy(a, figures) for a in text["alignments"]],
        "signed": plan_signed.signed(found, home),
        "signed_words": plan_signed.summary(found),
    }


#: What a list's line says where sealed bytes leave the key out.
_LEFT_OUT: Mapping[str, Any] = {"words": "", "refs": [], "owner": "", "on": "", "given_by": "", "amount_gbp": None}


def _filled(held: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The lists with every key: sealed bytes leave out what says nothing."""
    return {name: [{**_LEFT_OUT, **row} for row in rows] for name, rows in held.items()}


def titles(text: Mapping[str, Any]) -> dict[str, str]:
    """{reference: title} of every priority, work area and deliverable."""
    return {row["ref"]: row["title"] for p in text["priorities"] for row in (p, *p["work_areas"], *p["deliverables"])}


def priority(told: Mapping[str, Any], figures: Figures, groups: Mapping[str, str]) -> dict[str, Any]:
    """A priority as the bytes have it."""
    words = told.get("words", "")
    return {
        "ref": told["ref"],
        "title": told["title"],
        "html": html(words, figures, top=3) or None,
        "moved": moved([words], figures),
        "limbs": [
            f"It serves a purpose of section 6(1) of the Crime and Disorder Act 1998: {LIMBS[limb]}." for limb in told["limbs"]
        ],
        "work_areas": [
            {"ref": w["ref"], "title": w["title"], "html": html(w.get("words", ""), figures, top=4) or None}
            for w in told["work_areas"]
        ],
        "deliverables": [deliverable(d, figures, groups) for d in told["deliverables"]],
    }


def strategy(told: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    """A strategy as the bytes have it, each ambition with the references of what delivers it."""
    delivers = told.get("delivers", {})
    named = list(dict.fromkeys([*told["ambitions"], *delivers]))
    return {
        "title": told["title"],
        "agreed_by": told["agreed_by"],
        "html": html(told["note"], figures, top=4) or None,
        "ambitions": [(words, f"Delivered by {listed(delivers[words])}." if delivers.get(words) else None) for words in named],
    }


#: What sealed bytes leave out of a deliverable that does not say it.
_UNSAID: Mapping[str, Any] = {"group": "", "contributors": [], "starts": None, "resource": "", "mechanism": "", "evidence": ""}


def deliverable(told: Mapping[str, Any], figures: Figures, groups: Mapping[str, str]) -> dict[str, Any]:
    """A deliverable, and under it everything that the bytes say of it."""
    d = {**_UNSAID, **told}
    said = (
        ("Lead: {}.", d["lead"]),
        ("Owned by the {}.", groups.get(d["group"], d["group"])),
        ("With {}.", listed(d["contributors"]) if d["contributors"] else None),
        ("Starts on {}.", calendar.in_words(_day(d["starts"])) if d["starts"] else None),
        ("Due by {}.", calendar.in_words(_day(d["due"])) if d["due"] else None),
        ("Needs: {}.", d["resource"]),
        ("What will show it: {}.", uncapital(plan_text.EVIDENCE[d["evidence"]]) if d["evidence"] else None),
        ("{}.", capital(d["why"])),
    )
    words = " ".join(form.format(value) for form, value in said if value)
    return {"ref": d["ref"], "title": d["title"], "words": words, "html": html(d["mechanism"], figures, top=4) or None}


def _day(told: str) -> Any:
    return clock.day_of(clock.parse(told))


def links(found: Mapping[str, Any], at: str) -> list[tuple[str, str]]:
    """(words, address) from a version to the pages around it."""
    number = found["plan"]["version"]
    around = [v["number"] for v in found["versions"] if v["number"] != number]
    compared = [(f"Compare with version {n}", f"{at}versions/{min(n, number)}/compare/{max(n, number)}/") for n in around]
    if found["revises"] and found["revises"]["slug"] != found["plan"]["slug"]:
        compared.append(plan_page.since(found["plan"], found["revises"], at))
    return [("All versions", f"{at}versions/"), *compared]
