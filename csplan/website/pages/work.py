"""What the plan says is being done: its priorities, and the deliverables of the work areas that an indicator names."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from csplan.evidence.plain_words import listed
from csplan.records.reading import plan as reading
from csplan.records.reading import thread


def standing_plan(partnership: Any, *, at: datetime) -> dict[str, Any] | None:
    """The plan that stands on a day: the agreed one; before there is one, the draft that is asked about. None where none is public."""
    slug = thread.standing_slug(partnership, at=at)
    return reading.plan(partnership, slug, viewer=None, at=at) if slug else None


def done(partnership: Any, refs: Sequence[str], *, at: datetime) -> dict[str, Any]:
    """words; areas [{ref, title, path, deliverables [{ref, title, lead_words, is_example}]}], empty where the plan has nothing."""
    found = standing_plan(partnership, at=at)
    if found is None:
        return {"words": "No plan had been made public by this day.", "areas": []}
    base = f"/{partnership.slug}/plans/{found['plan']['slug']}/"
    areas = [_area(work, base) for p in found["priorities"] for work in _works(p) if work["ref"] in refs]
    if not areas:
        return {"words": f"No work area of {found['plan']['title']} is measured by this figure.", "areas": []}
    refs_told = listed(f"work area {area['ref']}" for area in areas)
    state = found["plan"]["state_words"]
    return {
        "words": f"This figure belongs to {refs_told} of {found['plan']['title']} ({state}). The plan says what will be done; "
        "whether it moved this figure is not known.",
        "areas": areas,
    }


def _works(priority: dict[str, Any]) -> list[dict[str, Any]]:
    """The work areas of a priority, each with every deliverable that serves it."""
    shared = priority["deliverables"]
    return [
        {**work, "deliverables": work["deliverables"] + [d for d in shared if work["ref"] in d["work_areas"]]}
        for work in priority["work_areas"]
    ]


def _area(work: dict[str, Any], base: str) -> dict[str, Any]:
    deliverables = [
        {"ref": d["ref"], "title": d["title"], "lead_words": _lead(d), "is_example": d["is_example"]}
        for d in work["deliverables"]
    ]
    return {"ref": work["ref"], "title": work["title"], "path": f"{base}{work['ref']}/", "deliverables": deliverables}


def _lead(d: dict[str, Any]) -> str:
    """Who does it and by when, or why that is not said."""
    from csplan.cycle import calendar

    if d["lead"] is None:
        return f"Lead and date: {d['why']}"
    due = f" Due {calendar.in_words(d['due'])}." if d["due"] else ""
    return f"Lead: {d['lead']}.{due}"
