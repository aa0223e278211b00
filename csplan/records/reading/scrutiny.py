"""What is before the scrutiny committee, and what it recommended, as it stood at an instant."""

from datetime import datetime
from typing import Any

from csplan.records import lookup
from csplan.records.models import Consultation, Meeting, Partnership, PlanVersion, ScrutinyItem
from csplan.records.models.record import Viewer
from csplan.records.reading import plan_history


def items(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every item that may be seen, the newest first, with what the committee recommended once it has."""
    return [{**plan_history.item(i, at), "meeting": i.meeting.ref} for i in _held(partnership, viewer, at)]


def find(partnership: Partnership, ref: str, *, viewer: Viewer, at: datetime) -> ScrutinyItem:
    """The item of a reference."""
    found: ScrutinyItem = lookup.one(_held(partnership, viewer, at), f"scrutiny item “{ref}”", ref=ref)
    return found


def versions(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[PlanVersion]:
    """Frozen versions that may be put before the committee: not withdrawn; the newest first."""
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership, seal__sealed_at__lte=at)
    return list(held.filter(withdrawal__isnull=True).select_related("plan").order_by("-drafted_at"))


def lacks(version: PlanVersion, *, at: datetime) -> list[str]:
    """A sentence for each thing that the report to the committee says and the records do not hold yet; empty where it can be made."""
    held = [
        (
            hasattr(version, "seal"),
            f"{version} is still a draft. Freeze it first, so that the committee reads what no longer changes.",
        ),
        (
            Consultation.objects.filter(version__plan=version.plan, opening__opened_at__lte=at).exists(),
            "No consultation on the plan has opened, and the report tells its days. Open one first.",
        ),
        (
            not hasattr(version, "seal")
            or Meeting.objects.filter(
                partnership=version.plan.partnership,
                group__kind="board",
                starts_at__gte=version.seal.sealed_at,
                announced_at__lte=at,
            ).exists(),
            "No meeting of the board after the freezing is announced, and the report names it. Announce it first.",
        ),
        (version.alignments.exists(), "The version names no strategy that it fits with, and the report lists them."),
    ]
    return [words for is_held, words in held if not is_held]


def meetings(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[Meeting]:
    """Meetings of the scrutiny committee, the newest first."""
    held = Meeting.objects.visible_to(viewer, at).filter(partnership=partnership, group__kind="scrutiny")
    return list(held.select_related("group").order_by("-starts_at"))


def _held(partnership: Partnership, viewer: Viewer, at: datetime) -> Any:
    held = ScrutinyItem.objects.visible_to(viewer, at).filter(partnership=partnership)
    return held.select_related("meeting__group", "version__plan", "report_of__body").order_by("-meeting__starts_at", "-pk")
