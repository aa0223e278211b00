"""The pages of a plan on one page and in easy words, and the names of its files."""

from typing import Any

from csplan.documents import markdown
from csplan.documents.easy_read import EasyRead
from csplan.documents.plan_summary import Summary
from csplan.records.models import Plan, PlanVersion
from csplan.website.pages.paper import FORMS

#: kind of paper -> how its file is called after the plan
NAMES = {"plan": "plan", "plan-summary": "summary", "easy-read": "easy-read"}


def file_name(version: PlanVersion, kind: str, form: str) -> str:
    """ "2020-25-plan-version-2.pdf": a name that tells the file apart once it is saved."""
    return f"{version.plan.slug}-{NAMES[kind]}-version-{version.number}.{form}"


def summary(plan: Plan, told: Summary, home: str) -> dict[str, Any]:
    """The plan on one page: where it stands, and its files."""
    at = f"{home}plans/{plan.slug}/"
    return {
        **_around(plan, home, "The plan on one page", "summary"),
        "standing": f"{told.years}. {told.state}.",
        "rows": [{"ref": p.ref, "title": p.title, "words": p.words, "url": f"{at}{p.ref}/"} for p in told.priorities],
    }


def easy_read(plan: Plan, told: EasyRead, home: str) -> dict[str, Any]:
    """The plan in easy words; the partnership's own as safe HTML, where it wrote some."""
    return {
        **_around(plan, home, "Easy read", "easy-read"),
        "own": markdown.to_html(told.own, told.figures, top=2) if told.own else "",
        "ideas": [
            {"heading": idea.heading, "lines": idea.lines, "items": [item.split("\n") for item in idea.items]}
            for idea in told.ideas
        ],
    }


def _around(plan: Plan, home: str, title: str, name: str) -> dict[str, Any]:
    at = f"{home}plans/{plan.slug}/"
    return {
        "plan_title": plan.title,
        "trail": [("The plan", f"{home}plans/"), (plan.title, at), (title, None)],
        "files": [{"url": f"{at}{name}.{ending}", "words": FORMS[ending].words} for ending in ("pdf", "docx", "html")],
    }
