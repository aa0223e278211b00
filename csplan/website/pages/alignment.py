"""What a plan fits with: each ambition with what delivers it, each part with what it serves."""

from collections.abc import Mapping
from typing import Any

from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital, listed
from csplan.website.pages.plan_versions import trail
from csplan.website.pages.plan_words import Figures, html


def page(found: Mapping[str, Any], figures: Figures, home: str) -> dict[str, Any]:
    """Everything the template prints. found : of `reading.alignment.alignments`"""
    at = f"{home}plans/{found['plan']['slug']}/"
    names = {s["slug"]: s["title"] for s in found["strategies"]}
    return {
        "trail": trail(found["plan"], home, ("What it fits with", None)),
        "lede": lede(found["counts"], len(found["strategies"])),
        "rows": [strategy(s, figures, at) for s in found["strategies"]],
        "parts_lede": parts_lede(found["counts"]),
        "priorities": priorities(found["parts"], names, at),
    }


def lede(counts: Mapping[str, int], strategies: int) -> str:
    """How many ambitions are served."""
    if not counts["ambitions"]:
        return "No ambition of another strategy is named in this version."
    served = counts["ambitions_delivered"]
    return (
        f"{capital(count(strategies, 'strategy', 'strategies'))}, {count(counts['ambitions'], 'ambition')}: "
        f"the plan names what delivers {served if served else 'none'} of them."
    )


def parts_lede(counts: Mapping[str, int]) -> str:
    """How many parts serve something."""
    return f"{counts['parts_that_serve']} of {counts['parts']} priorities, work areas and deliverables serve an ambition."


def strategy(told: Mapping[str, Any], figures: Figures, at: str) -> dict[str, Any]:
    """A strategy and its ambitions."""
    return {
        "id": f"strategy-{told['slug']}",
        "title": told["title"],
        "kind": told["kind_words"],
        "agreed_by": told["agreed_by"],
        "html": html(told["note"], figures, top=3) or None,
        "ambitions": [{"words": a["words"], "parts": [part(p, at) for p in a["delivered_by"]]} for a in told["ambitions"]],
    }


def part(told: Mapping[str, Any], at: str) -> dict[str, Any]:
    """A part of the plan that delivers an ambition; one that is not in this version has no page."""
    if told["title"] is None:
        return {"ref": told["ref"], "title": "not in this version", "url": None}
    return {"ref": told["ref"], "title": told["title"], "url": f"{at}{told['ref']}/"}


def priorities(parts: list[dict[str, Any]], names: Mapping[str, str], at: str) -> list[dict[str, Any]]:
    """Each priority, and under it its work areas and deliverables, with the ambitions that each serves."""
    found: list[dict[str, Any]] = []
    for told in parts:
        row = {
            "ref": told["ref"],
            "level": told["level"],
            "title": told["title"],
            "url": f"{at}{told['ref']}/",
            "serves": serves(told["serves"], names),
        }
        if told["level"] == "priority":
            found.append({**row, "under": []})
        else:
            found[-1]["under"].append(row)
    return found


def serves(told: list[dict[str, Any]], names: Mapping[str, str]) -> str | None:
    """The ambitions that name a part itself, in words, and how many it serves through each other part; None where there is none."""
    own = [f"{names[t['strategy']]}: {t['ambition']}" for t in told if t["through"] is None]
    through: dict[str, int] = {}
    for t in told:
        if t["through"]:
            through[t["through"]] = through.get(t["through"], 0) + 1
    also = [f"{count(n, 'ambition')} through {ref}" for ref, n in through.items()]
    if not told:
        return None
    return "; ".join([*own, *also]) if own else f"{capital(listed(also))}."
