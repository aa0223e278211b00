"""The rest of a plan's page under its priorities: its sections, what is led elsewhere, risks, dependencies, resources, and how it goes on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from csplan.cycle import calendar
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, how_many, listed
from csplan.records.reading import alignment
from csplan.website.pages.plan_words import Figures, html, moved


def whole(found: Mapping[str, Any], figures: Figures, home: str) -> dict[str, Any]:
    """sections, assurance_areas, risks, dependencies, resources, strategies, notices. found : of `reading.plan.plan`"""
    at = f"{home}plans/{found['plan']['slug']}/"
    titles = {ref: title for ref, _, title in alignment.parts_of(found["priorities"])}
    return {
        "chapters": [section(s, figures) for s in found["sections"]],
        "lists": [told for told in lists(found, figures, titles, at) if told["rows"]],
        "strategies": [strategy(a, titles) for a in found["alignments"]],
        "goes_on": goes_on(found, home),
        "reviews": [review(r, at) for r in found["reviews"]],
        "left_out": [closing(c, home) for c in found["closings"]],
    }


def section(told: Mapping[str, Any], figures: Figures) -> dict[str, Any]:
    """A section of the plan: its title, the beginning of its words, and the whole as HTML."""
    return {
        "ref": told["ref"],
        "title": told["title"],
        "html": html(told["words"], figures) or None,
        "moved": moved([told["words"]], figures),
    }


def lists(found: Mapping[str, Any], figures: Figures, titles: Mapping[str, str], at: str) -> Iterable[dict[str, Any]]:
    """The lists of a plan beside its priorities, each with its heading, a sentence, and rows."""
    yield {
        "id": "assurance",
        "title": "Led elsewhere",
        "words": "Another partnership leads these, and this one is assured of them.",
        "rows": [row(a, figures, titles, at, who=("Led by", a["led_by"])) for a in found["assurance_areas"]],
    }
    yield {
        "id": "risks",
        "title": "Risks",
        "words": "What may keep the plan from being carried out, and what is done about it.",
        "rows": [row(r, figures, titles, at, who=("Watched by", r["owner"])) for r in found["risks"]],
    }
    yield {
        "id": "dependencies",
        "title": "What it depends on",
        "words": "What must come from elsewhere.",
        "rows": [row(d, figures, titles, at, who=("From", d["on"])) for d in found["dependencies"]],
    }
    yield {
        "id": "resources",
        "title": "Resources",
        "words": resources_words(found["resources"]),
        "rows": [
            row(r, figures, titles, at, who=("From", r["given_by"]), amount=pounds(r["amount_gbp"])) for r in found["resources"]
        ],
    }


def row(
    told: Mapping[str, Any],
    figures: Figures,
    titles: Mapping[str, str],
    at: str,
    *,
    who: tuple[str, str],
    amount: str | None = None,
) -> dict[str, Any]:
    """One line of a list. who : a word and the office or body; left out where none is said"""
    return {
        "ref": told["ref"],
        "title": told["title"],
        "who": f"{who[0]}: {who[1]}." if who[1] else None,
        "amount": amount,
        "html": html(told["words"], figures) or None,
        "concerns": [part(ref, titles, at) for ref in told.get("refs", ())],
    }


def part(ref: str, titles: Mapping[str, str], at: str) -> dict[str, Any]:
    """A reference with its title and page; one that is not in this version has neither."""
    return {"ref": ref, "title": titles.get(ref), "url": f"{at}{ref}/" if ref in titles else None}


def pounds(amount: int | None) -> str | None:
    """£42,000; None where it is not money."""
    return f"£{amount:,}" if amount is not None else None


def resources_words(told: Sequence[Mapping[str, Any]]) -> str:
    """What the lines of money come to."""
    money = [r["amount_gbp"] for r in told if r["amount_gbp"] is not None]
    if not money:
        return "What the authorities put in."
    other = len(told) - len(money)
    rest = f", and {count(other, 'line')} that {'is' if other == 1 else 'are'} not money" if other else ""
    return f"What the authorities put in. The lines of money come to £{sum(money):,}{rest}."


def strategy(told: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, str]:
    """A strategy in one line: how many of its ambitions something in the plan serves."""
    ambitions = list(dict.fromkeys([*told["ambitions"], *told["delivers"]]))
    served = sum(any(ref in titles for ref in told["delivers"].get(a, ())) for a in ambitions)
    if not ambitions:
        return {"title": told["title"], "words": "Its ambitions are not named in this version."}
    if not told["delivers"]:
        return {"title": told["title"], "words": f"Its ambitions: {listed(ambitions)}. What serves each is not said."}
    return {
        "title": told["title"],
        "words": f"The plan names what serves {how_many(served)} of its {count(len(ambitions), 'ambition')}.",
    }


def goes_on(found: Mapping[str, Any], home: str) -> list[dict[str, Any]]:
    """What the plan follows, and what follows it."""
    links = [("Follows", found["follows"])] if found["follows"] else []
    links += [("Followed by", p) for p in found["followed_by"]]
    return [
        {"words": words, "title": p["title"], "url": f"{home}plans/{p['slug']}/", "is_example": p["is_example"]}
        for words, p in links
    ]


def review(told: Mapping[str, Any], at: str) -> dict[str, Any]:
    """A yearly review in one line."""
    words = (
        f"Completed on {calendar.in_words(told['completed_on'])}: {told['decision_words']}."
        if told["completed_on"]
        else f"Begun on {calendar.in_words(told['begun_on'])}, and not completed yet."
    )
    url = f"{at}reviews/{told['year'].replace('/', '--')}/"
    return {"title": f"Review for {told['year']}", "words": words, "url": url, "is_example": told["is_example"]}


def closing(told: Mapping[str, Any], home: str) -> dict[str, Any]:
    """What became of a priority of the plan before."""
    at = f"{home}plans/{told['plan']}/"
    into = (
        {"ref": told["into"], "url": f"{at}{told['into']}/" if told["into"][0].isdigit() else f"{at}#assurance"}
        if told["into"]
        else None
    )
    return {
        "ref": told["ref"],
        "title": told["title"],
        "outcome": f"{capital(told['outcome_words'])}.",
        "into": into,
        "facts": [
            ("What was claimed", told["claimed"]),
            ("On what evidence", told["evidence"]),
            ("How far it was shown", f"{capital(told['grade_words'])}."),
            ("What was learnt", told["lesson"]),
        ],
        "by": f"In {told['plan_title']}, version {told['version']}.",
        "is_example": told["is_example"],
    }
