"""Home: what is happening, what the plan says, what is open for answers, how it is going."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import calendar, clock, plan_states
from csplan.evidence.areas import Area
from csplan.evidence.findings_shapes import AreaFindings
from csplan.records.reading import consultation as consultations
from csplan.records.reading import kpi as kpis
from csplan.website.pages import insight, maps, performance, summary, work
from csplan.website.pages.ground import Ground
from csplan.website.reading_day import ReadingDay, link

#: state of the plan shown -> what it is to a reader
PLAN_WORDS = {
    **dict.fromkeys(plan_states.STANDING | plan_states.AGREED, "The plan as it was agreed:"),
    "superseded": "The plan as it was agreed, since replaced:",
    "refreshed": "The plan as it was agreed, since replaced:",
    "closed": "The last plan agreed, now closed:",
    "withdrawn": "A plan that was withdrawn:",
    **dict.fromkeys(("frozen", "considered", "revised"), "The draft that people were asked about:"),
}
ASKED_NOW = "The draft that people are asked about:"
ENDED = "The last plan agreed, whose years ended on {on}:"


def page(partnership: Any, findings: AreaFindings | None, *, county: Area, ground: Ground, reading: ReadingDay) -> dict[str, Any]:
    """Everything the template prints. findings : of the county; None while nothing was published."""
    home = f"/{partnership.slug}/"
    base = f"{home}insight/"
    return {
        "lede": insight.lede(findings, county, reading.day),
        "changes": summary.changes_words(findings) if findings else None,
        "rows": summary.rows(findings, summary.chosen(findings, ground.topics), county.name, f"{base}topics/{{}}/")
        if findings
        else [],
        "lines": summary.lines_words(findings.period) if findings else None,
        "doors": maps.doors(ground, base),
        "examples": insight.examples(ground, base),
        "insight": base,
        "areas_path": link(f"{base}#areas"),
        **plan_and_consultation(partnership, at=reading.at, may_answer=not reading.is_earlier),
        "indicators": indicators(partnership, ground.indicators, findings, at=reading.at),
    }


def plan_and_consultation(partnership: Any, *, at: datetime, may_answer: bool) -> dict[str, Any]:
    """plan : its words and priorities;  asked : the consultation that is open, else the last; None where there is none.

    may_answer : False on an earlier day, when nothing can be written
    """
    plan = work.standing_plan(partnership, at=at)
    asked = next(iter(consultations.consultations(partnership, viewer=None, at=at)), None)
    return {
        "plan": None
        if plan is None
        else _plan(plan, f"/{partnership.slug}/plans/{plan['plan']['slug']}/", opening_words(plan["plan"], asked, at)),
        "asked": None if asked is None else _asked(asked, f"/{partnership.slug}/consultations/{asked['slug']}/", may_answer),
    }


def opening_words(plan: dict[str, Any], asked: dict[str, Any] | None, at: datetime) -> str:
    """What the plan shown is to a reader: a draft that is out now, the plan in its years, or the last one when they are over."""
    if plan["state"] == "frozen" and asked is not None and asked["state"] == "open" and asked["plan"]["slug"] == plan["slug"]:
        return ASKED_NOW
    if plan["state"] in plan_states.AGREED and plan["to"] < clock.day_of(at):
        return ENDED.format(on=calendar.in_words(plan["to"]))
    return PLAN_WORDS[plan["state"]]


def _plan(found: dict[str, Any], path: str, what: str) -> dict[str, Any]:
    plan = found["plan"]
    return {
        "title": plan["title"],
        "words": f"{what} {plan['title']}. Its vision: “{plan['vision'].rstrip('.')}”.",
        "path": path,
        "priorities": [{"ref": p["ref"], "title": p["title"], "path": f"{path}{p['ref']}/"} for p in found["priorities"]],
    }


def _asked(about: dict[str, Any], path: str, may_answer: bool) -> dict[str, Any]:
    """The panel: what is asked, in which state, and where to go."""
    is_open = about["state"] == "open"
    return {
        "title": about["title"],
        "words": about["window"],
        "is_open": is_open,
        "is_example": about["is_example"],
        "path": f"{path}respond/" if is_open and may_answer else path,
        "may_answer": is_open and may_answer,
    }


def indicators(partnership: Any, refs: Sequence[str], findings: AreaFindings | None, *, at: datetime) -> list[dict[str, Any]]:
    """The indicators that home shows, of those adopted by the day, as rows of the scorecard."""
    held = {k["id"]: k for k in kpis.scorecard(partnership, viewer=None, at=at, findings=findings)["kpis"]}
    return [performance.row(held[ref], f"/{partnership.slug}/") for ref in refs if ref in held]


def facts(partnership: Any, county: Area, findings: AreaFindings | None, shown: dict[str, Any]) -> dict[str, Any]:
    """Home as data: where everything is, with the same words."""
    return {
        "name": partnership.name,
        "area": {"code": county.code, "name": county.name, "type": county.type},
        "period": findings and {"id": findings.period.id, "from": findings.period.from_month, "to": findings.period.to_month},
        "recorded": findings and findings.recorded,
        "topics": [{"title": r["title"], "words": r["words"], "url": r["path"]} for r in shown["rows"]],
        "plan": shown["plan"],
        "consultation": shown["asked"],
        "indicators": [{name: k[name] for name in ("id", "title", "sentence", "url")} for k in shown["indicators"]],
    }
