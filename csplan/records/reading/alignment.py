"""What a plan fits with: each ambition of each strategy with what in the plan delivers it, and each part with the ambitions it serves."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from csplan.cycle import plan as rules
from csplan.cycle import plan_text
from csplan.records.models import Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import plan


def alignments(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """plan, alignments as the plan has them, strategies (ambition -> parts), parts (part -> ambitions), served {ambitions, parts}."""
    found = plan.plan(partnership, slug, viewer=viewer, at=at)
    titles = {ref: title for ref, _, title in parts_of(found["priorities"])}
    strategies = [strategy(a, titles) for a in found["alignments"]]
    parts = list(_parts(found, strategies))
    ambitions = [a for s in strategies for a in s["ambitions"]]
    return {
        "plan": found["plan"],
        "alignments": found["alignments"],
        "strategies": strategies,
        "parts": parts,
        "counts": {
            "ambitions": len(ambitions),
            "ambitions_delivered": sum(bool(a["delivered_by"]) for a in ambitions),
            "parts": len(parts),
            "parts_that_serve": sum(bool(p["serves"]) for p in parts),
        },
    }


def parts_of(priorities: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(reference, the references above it, title) of every priority, work area and deliverable, in the order of the plan.

    priorities : as `reading.plan` gives them, or as they stand in sealed bytes, where every deliverable is beside the work areas
    """
    for p in priorities:
        yield p["ref"], (), p["title"]
        for w in p["work_areas"]:
            yield w["ref"], (p["ref"],), w["title"]
        every = [*(d for w in p["work_areas"] for d in w.get("deliverables", ())), *p["deliverables"]]
        for d in sorted(every, key=lambda d: [int(n) for n in d["ref"].split(".")]):
            yield d["ref"], (*d["work_areas"], p["ref"]), d["title"]


def strategy(row: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """A strategy with its ambitions, each with the parts that the plan pairs with it; a part that is not there has no title."""
    named = list(dict.fromkeys([*row["ambitions"], *row["delivers"]]))
    return {
        "slug": row["slug"],
        "title": row["title"],
        "kind_words": plan_text.ALIGNMENTS.get(row["kind"] or ""),
        "agreed_by": row["agreed_by"],
        "note": row["note"],
        "ambitions": [
            {"words": ambition, "delivered_by": [_part(ref, titles) for ref in row["delivers"].get(ambition, [])]}
            for ambition in named
        ],
    }


def _part(ref: str, titles: Mapping[str, str]) -> dict[str, Any]:
    return {"ref": ref, "level": rules.level(ref) if ref in titles else None, "title": titles.get(ref)}


def _parts(found: dict[str, Any], strategies: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each part with the ambitions that it serves: named itself (`through` null), or through a part above or under it."""
    named: dict[str, list[tuple[str, str]]] = {}
    for s in strategies:
        for a in s["ambitions"]:
            for p in a["delivered_by"]:
                named.setdefault(p["ref"], []).append((s["slug"], a["words"]))
    every = list(parts_of(found["priorities"]))
    for ref, above, title in every:
        under = [r for r, over, _ in every if ref in over]
        yield {"ref": ref, "level": rules.level(ref), "title": title, "serves": _serves(ref, [*above, *under], named)}


def _serves(ref: str, around: list[str], named: Mapping[str, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], str | None] = dict.fromkeys(named.get(ref, ()))
    for near in around:
        for pair in named.get(near, ()):
            found.setdefault(pair, near)
    return [{"strategy": slug, "ambition": words, "through": through} for (slug, words), through in found.items()]


def served_by(told: list[dict[str, Any]], ref: str) -> list[dict[str, str]]:
    """The ambitions that name a reference itself. told : the alignments of a plan"""
    return [
        {"strategy": a["title"], "ambition": ambition} for a in told for ambition, refs in a["delivers"].items() if ref in refs
    ]
