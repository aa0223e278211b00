"""Making a draft of a plan that was brought in from a file, once a person has read what it would become."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from csplan.cycle import plan_import as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.actions import column_match
from csplan.records.actions import plan as plans
from csplan.records.models import Partnership, Plan, PlanVersion

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")


def confirm(
    *,
    partnership: Partnership,
    proposal: rules.Proposal,
    slug: str,
    title: str,
    starts_on: date | None,
    ends_on: date | None,
    matches: Mapping[str, str] | None = None,
    by: acting.By,
) -> PlanVersion:
    """Write a proposal as the first draft of a new plan; then remember what the person said of its columns.

    slug, title, starts_on, ends_on : of the plan, as the person confirmed or corrected them
    matches : {heading: field} that the person chose, to be remembered
    Refused where the partnership has a plan of that name: references given here are new, and those of a plan are never used again.
    """
    described = as_draft(proposal, about=check_about(partnership, slug=slug, title=title, starts_on=starts_on, ends_on=ends_on))
    version = plans.draft(partnership=partnership, described=described, by=by)
    column_match.remember(partnership=partnership, kind="plan", matches=matches or {}, by=by)
    return version


def check_about(
    partnership: Partnership, *, slug: str, title: str, starts_on: date | None, ends_on: date | None
) -> dict[str, Any]:
    """What a plan is called and its years, as `actions.plan.draft` takes them, or a sentence for what is to mend."""
    if not title.strip() or len(title) > 200:
        raise CsplanError("The plan needs a title of at most 200 characters. Write it as it stands on the cover.")
    if not SLUG.fullmatch(slug):
        raise CsplanError(
            "The plan needs a short name for its address. Write small letters, numbers and hyphens, such as 2020-25."
        )
    if starts_on is None or ends_on is None:
        raise CsplanError("The file does not tell the plan’s first and last day. Write both.")
    if ends_on <= starts_on:
        raise CsplanError("A plan ends after it starts. Correct the days.")
    if Plan.objects.filter(partnership=partnership, slug=slug).exists():
        raise CsplanError(
            f"There is already a plan called {slug}, whose references are never used for something else. Choose another short name."
        )
    return {"slug": slug, "title": title.strip(), "starts_on": starts_on, "ends_on": ends_on}


def as_draft(proposal: rules.Proposal, *, about: Mapping[str, Any]) -> dict[str, Any]:
    """A proposal in the shape that `actions.plan.draft` takes. States are left out: they are reported once the plan is agreed."""
    if not proposal.plan["priorities"]:
        raise CsplanError(
            "No priority was found in the file. Mark its priorities as headings, or match a column to Priority, and try again."
        )
    priorities = [
        {**p, "deliverables": [{k: v for k, v in d.items() if k != rules.STATE} for d in p["deliverables"]]}
        for p in proposal.plan["priorities"]
    ]
    return {**proposal.plan, "plan": dict(about), "priorities": priorities}
