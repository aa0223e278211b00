"""What a version still lacks: each finding as it is written, and the same in sums, named, which the board accepts when it agrees."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from csplan.cycle import clock, lint
from csplan.cycle.thread import Orphan, orphans
from csplan.documents.sentences import count
from csplan.evidence.plain_words import listed
from csplan.records import plan_rows
from csplan.records.models import Body, Group, Kpi, Office, Partnership, PlanVersion
from csplan.records.reading import thread

#: name of what the board accepts -> (rule of `cycle.lint`, what so many of the deliverables do)
DELIVERABLES: dict[str, tuple[str, str]] = {
    "leads": ("D1", "name no lead"),
    "days": ("D3", "have no day by which they are due"),
    "joint leads": ("D2", "name a lead that is not one office or body"),
    "outside": ("D4", "are due outside the plan’s own days without a reason"),
    "evidence": ("D5", "do not say what will show that they are done"),
    "groups": ("D6", "name no group that owns them"),
}
#: name -> (kind of thing, what it lacks in `cycle.thread.NEEDS` or None for anything, the sentence)
LINKS: dict[str, tuple[str, str | None, str]] = {
    "findings": ("priority", "a finding of the evidence", "No finding of the evidence is linked to {priorities}."),
    "work areas": ("work-area", "a deliverable", "No deliverable names {areas}."),
    "taken up": ("finding", None, "Nothing says what follows from finding {refs}, or why nothing does."),
    "ambitions": (
        "ambition",
        None,
        "Nothing in the plan is said to serve {n} of the ambitions of other strategies that it names.",
    ),
    "comments": ("comment", None, "No change follows from {n} of the comments that were accepted."),
    "changes": ("change", None, "No reason is given for {n} of the changes."),
    "equality": ("equality-action", None, "No deliverable carries out {n} of the equality actions."),
}


def open_still(version: PlanVersion) -> dict[str, str]:
    """{name: sentence} of what is still open in a version and does not refuse agreement."""
    return {
        **_deliverables(version),
        **_indicators(version),
        **_links(orphans(thread.graph(version.plan.partnership, version, viewer=None, at=clock.now()))),
    }


def findings(version: PlanVersion) -> list[dict[str, Any]]:
    """Everything that is to mend in a version as it is written: {rule, about, ref, title, words, severity, what_to_do}."""
    kpis = measures(version.plan.partnership)
    found = [*_of_priorities(version, kpis), *_of_deliverables(version), *(f for k in kpis for f in lint.kpi(k))]
    return [asdict(f) for f in found]


def of_kpi(kpi: Kpi) -> list[dict[str, Any]]:
    """What is to mend in an indicator."""
    return [asdict(f) for f in lint.kpi(described(kpi))]


def measures(partnership: Partnership) -> list[dict[str, Any]]:
    """Every indicator of a partnership as the rules read it."""
    return [described(k) for k in Kpi.objects.filter(partnership=partnership).select_related("owner")]


def described(kpi: Kpi) -> dict[str, Any]:
    """An indicator as `kpis.toml` describes it."""
    names = (
        *("ref", "title", "kind", "priority_ref", "work_areas", "polarity", "polarity_reason", "band_low", "band_high", "unit"),
        *("per", "frequency", "source", "numerator", "denominator", "lag_days", "baseline", "target", "monitor_only_reason"),
        "caveat",
    )
    return {**{name: getattr(kpi, name) for name in names}, "owner": kpi.owner.slug}


def names(partnership: Partnership) -> tuple[str, ...]:
    """Offices, bodies and groups that may lead, by name; the longest first, so that no shorter name is found inside one."""
    held = [
        *Office.objects.filter(partnership=partnership).values_list("title", flat=True),
        *Body.objects.filter(partnership=partnership).values_list("name", flat=True),
        *Group.objects.filter(partnership=partnership).values_list("name", flat=True),
    ]
    return tuple(sorted(held, key=len, reverse=True))


def _of_deliverables(version: PlanVersion) -> Iterator[lint.Finding]:
    plan, named = version.plan, names(version.plan.partnership)
    for p in plan_rows.document(version)["priorities"]:
        for d in p["deliverables"]:
            yield from lint.deliverable(d, plan_days=(plan.starts_on, plan.ends_on), names=named)


def _of_priorities(version: PlanVersion, kpis: list[dict[str, Any]]) -> Iterator[lint.Finding]:
    for p in version.priorities.all():
        yield from lint.priority({"ref": p.ref, "title": p.title}, [k for k in kpis if k["priority_ref"] == p.ref])


def _deliverables(version: PlanVersion) -> dict[str, str]:
    """How many of the deliverables break each rule."""
    broken = Counter(f.rule for f in _of_deliverables(version))
    total = version.deliverables.count()
    return {
        name: f"{broken[rule]} of {total} deliverables {words}." for name, (rule, words) in DELIVERABLES.items() if broken[rule]
    }


def _indicators(version: PlanVersion) -> dict[str, str]:
    """Priorities that no indicator measures, or none of an outcome; and indicators that are not written as they must be."""
    kpis = measures(version.plan.partnership)
    of_priorities = list(_of_priorities(version, kpis))
    unmeasured, without_outcome = ([f.ref for f in of_priorities if f.rule == rule] for rule in ("P1", "P2"))
    faulty = [k["ref"] for k in kpis if any(f.severity == "must" for f in lint.kpi(k))]
    found = {}
    if unmeasured:
        found["indicators"] = f"No indicator measures {_priorities(unmeasured)}."
    if without_outcome:
        found["outcomes"] = f"The indicators of {_priorities(without_outcome)} count only what is done."
    if faulty:
        found["definitions"] = f"The definition of {count(len(faulty), 'indicator')} is not whole: {listed(faulty)}."
    return found


def _links(lacking: tuple[Orphan, ...]) -> dict[str, str]:
    """The missing links, by name."""
    found = {}
    for name, (kind, lacks, words) in LINKS.items():
        refs = list(dict.fromkeys(o.ref for o in lacking if o.kind == kind and lacks in (None, o.lacks)))
        if refs:
            found[name] = words.format(
                refs=listed(refs), n=len(refs), priorities=_priorities(refs), areas=_noun("work area", "work areas", refs)
            )
    return found


def _priorities(refs: list[str]) -> str:
    """ "priority 2", "priorities 1 and 2"."""
    return _noun("priority", "priorities", refs)


def _noun(one: str, many: str, refs: list[str]) -> str:
    return f"{one if len(refs) == 1 else many} {listed(refs)}"
