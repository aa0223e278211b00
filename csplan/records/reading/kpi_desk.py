"""What the desk asks before an indicator is adopted: those there are, what a new one may serve, and who may answer for it."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from csplan.cycle import clock
from csplan.evidence import catalogue
from csplan.records.models import Body, Kpi, Office, Partnership, PlanVersion
from csplan.records.models.record import Viewer
from csplan.records.reading import lint

_NUMBERED = re.compile(r"K([0-9]{1,6})")


def adopted(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every indicator that was adopted by then, each with what the rules find in it: {kpi, findings}."""
    held = Kpi.objects.visible_to(viewer, at).filter(partnership=partnership).select_related("owner", "body")
    return [{"kpi": kpi, "findings": lint.of_kpi(kpi)} for kpi in held]


def next_ref(partnership: Partnership, typed: str = "") -> str:
    """The next free reference of the form K123: after the one typed where it has that form, else after the highest in use.

    A reference of the catalogue is free for its own indicator alone, so none is given to another.
    """
    used = set(Kpi.objects.filter(partnership=partnership).values_list("ref", flat=True))
    refs = used | {i.id for i in catalogue.all()}
    numbers = [int(found[1]) for found in map(_NUMBERED.fullmatch, used) if found]
    asked = _NUMBERED.fullmatch(typed)
    number = int(asked[1]) if asked else max(numbers, default=0)
    return next(ref for n in range(number + 1, number + 2 + len(refs)) if (ref := f"K{n}") not in refs)


def is_used(partnership: Partnership, ref: str) -> bool:
    """Whether an indicator has this reference, in capitals or small letters."""
    return Kpi.objects.filter(partnership=partnership, ref__iexact=ref).exists()


def serves(partnership: Partnership, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """The priorities that a new indicator may measure, with their work areas: {ref, title, work_areas: [(ref, title)]}.

    Those of the version last agreed, and after them what the newest draft that the viewer may read has besides.
    """
    found: dict[str, dict[str, Any]] = {}
    for version in _versions(partnership, viewer, at):
        for p in version.priorities.prefetch_related("work_areas"):
            one = found.setdefault(p.ref, {"ref": p.ref, "title": p.title, "work_areas": {}})
            for w in p.work_areas.all():
                one["work_areas"].setdefault(w.ref, w.title)
    return [{**found[ref], "work_areas": _in_order(found[ref]["work_areas"].items())} for ref in sorted(found, key=_key)]


def _versions(partnership: Partnership, viewer: Viewer, at: datetime) -> list[PlanVersion]:
    held = PlanVersion.objects.visible_to(viewer, at).filter(plan__partnership=partnership)
    held = held.exclude(withdrawal__withdrawn_at__lte=at).order_by("-plan__starts_on", "-drafted_at", "-number")
    agreed = held.filter(agreement__agreed_at__lte=at).first()
    draft = held.exclude(agreement__agreed_at__lte=at).order_by("-drafted_at", "-number").first()
    return [version for version in (agreed, draft) if version is not None]


def _in_order(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(rows, key=lambda row: _key(row[0]))


def _key(ref: str) -> list[int]:
    return [int(n) for n in ref.split(".")]


def offices(partnership: Partnership, at: datetime) -> list[Office]:
    """The offices that stand on the day, which may own an indicator."""
    return list(_standing(Office.objects.filter(partnership=partnership).select_related("body"), at).order_by("title"))


def bodies(partnership: Partnership, at: datetime) -> list[Body]:
    """The bodies that stand on the day, which may return one."""
    return list(_standing(Body.objects.filter(partnership=partnership), at).order_by("name"))


def _standing(rows: Any, at: datetime) -> Any:
    day = clock.day_of(at)
    return rows.filter(Q(to_on__isnull=True) | Q(to_on__gte=day), from_on__lte=day)
