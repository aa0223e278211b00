"""Plans at the desk: the list of versions, what may be done next with one, and what will be sealed when it is frozen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from csplan.cycle import calendar, clock, plan_states, plan_text, roles
from csplan.cycle import plan as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.evidence.references import Found
from csplan.records.actions import plan as plans
from csplan.records.models import PlanVersion
from csplan.records.reading import lint, plan_desk
from csplan.website.context import leads_somewhere
from csplan.website.pages import live_figures
from csplan.website.pages.desk_plan_edit import contents_path, moment_words, small_name_of, trail

#: Acts of `cycle.plan_states` that have a page at the desk -> what the link says
ACTS = {
    "freeze": gettext_lazy("Freeze it for consultation"),
    "agree": gettext_lazy("Record that the board agrees it"),
    "approve": gettext_lazy("Record that a further body approves it"),
    "publish": gettext_lazy("Publish it"),
    "withdraw": gettext_lazy("Withdraw it"),
}


@dataclass(frozen=True)
class LiveFigures:
    """The live figures of a version. found : of a draft;  sealed, restated : of a frozen one, and {ref: what it would be now}"""

    found: Mapping[str, Found]
    sealed: Sequence[Mapping[str, Any]]
    restated: Mapping[str, str]


def index(held: Sequence[Mapping[str, Any]], viewer_roles: Collection[str], home: str) -> dict[str, Any]:
    """The list: each plan with its versions, what may be done next with each, and what it lacks.

    viewer_roles : none on an earlier day, on which nothing is written
    """
    return {
        "plans": [
            {
                "title": row["plan"].title,
                "is_example": row["plan"].is_example,
                "years": f"{calendar.in_words(row['plan'].starts_on)} to {calendar.in_words(row['plan'].ends_on)}",
                "versions": [_version(v, viewer_roles) for v in row["versions"]],
            }
            for row in held
        ],
        "may_write": roles.may("plan.write", viewer_roles),
        "import_path": import_path(home, viewer_roles),
        "new_path": f"{home}desk/plans/new/" if roles.may("plan.draft", viewer_roles) else None,
    }


def import_path(home: str, viewer_roles: Collection[str]) -> str | None:
    """Where a plan that exists as a file is brought in, for those who may draft one."""
    path = f"{home}desk/plans/import/"
    return path if roles.may("plan.draft", viewer_roles) and leads_somewhere(path) else None


def _version(row: Mapping[str, Any], viewer_roles: Collection[str]) -> dict[str, Any]:
    version = row["version"]
    return {
        "title": _("Version %(n)s") % {"n": version.number},
        "path": contents_path(version),
        "state": row["state"],
        "state_words": capital(plan_states.STATES[row["state"]]),
        "begun": _("Begun %(when)s.") % {"when": moment_words(row["drafted_at"])},
        "lacks": row["lacks"],
        "next": next_acts(version, row["state"], viewer_roles),
    }


def next_acts(version: PlanVersion, state: str, viewer_roles: Collection[str]) -> list[tuple[str, str]]:
    """(words, address) of what the viewer's roles may do next with a version, where there is a page for it."""
    at = contents_path(version)
    acts = [
        (ACTS[act], f"{at}{act}/") for act in plan_states.MAY_FOLLOW[state].values() if act in ACTS and _may(act, viewer_roles)
    ]
    if rules.WITHDRAWN_BY[state in plan_states.AGREED] not in viewer_roles:
        acts = [(words, path) for words, path in acts if path != f"{at}withdraw/"]
    if state == "draft" and roles.may("plan.write", viewer_roles):
        acts = [(_("Write in it"), at), *_reasons(version, at), *acts]
    if _may("revise", viewer_roles) and may_be_revised(version):
        acts = [(_("Begin a revised version"), at), *acts]
    return [(words, path) for words, path in acts if leads_somewhere(path)]


def _reasons(version: PlanVersion, at: str) -> list[tuple[str, str]]:
    return [(_("Say why things were changed"), f"{at}reasons/")] if version.revises else []


def _may(act: str, viewer_roles: Collection[str]) -> bool:
    return roles.may(f"plan.{act}", viewer_roles)


def may_be_revised(version: PlanVersion) -> bool:
    """Whether a revised version may begin from it: frozen, the last of its plan, and not agreed or withdrawn."""
    state = version.state(clock.now()) or "draft"
    return "revised" in plan_states.MAY_FOLLOW[state] and version.number == version.plan.versions.count()


def figures_shown(figures: LiveFigures) -> dict[str, Any]:
    """The list of live figures: as found now, or as sealed with what has moved since."""
    if figures.sealed:
        rows = [
            {
                "ref": f["ref"],
                "about": f["about"],
                "value": f["words"] if f["form"] == "figure" else "",
                "state": figures.restated.get(f["ref"]) or _("Sealed: %(words)s") % {"words": f["full"]},
                "kind": "stale" if f["ref"] in figures.restated else "found",
            }
            for f in figures.sealed
        ]
        return {"head": _("Live figures, as they were sealed"), "rows": rows}
    return {"head": live_figures.headline(figures.found), "rows": live_figures.listed(figures.found)}


# ---- freezing -------------------------------------------------------------------------------------------


def sealing(version: PlanVersion, figures: LiveFigures, errors: Mapping[str, str]) -> dict[str, Any]:
    """What will be sealed, and what stands in the way."""
    return {
        "title": version.plan.title,
        "number": version.number,
        "trail": trail(version, _("Freeze")),
        "vision": version.vision,
        "parts": [
            capital(count(n, _noun(version, kind), _noun(version, kind, many=True))) for kind, n in plan_desk.counted(version)
        ],
        "figures": figures_shown(figures),
        "in_the_way": in_the_way(version, figures),
        "blank": sum(1 for f in figures.found.values() if f.form == "figure" and not f.why and not f.has_value),
        "lacks": list(lint.open_still(version).values()),
        "fingerprint": plan_desk.fingerprint(version),
        "errors": errors,
        "contents": contents_path(version),
        "reasons_path": f"{contents_path(version)}reasons/" if version.revises and plans.unexplained(version) else None,
    }


def _noun(version: PlanVersion, kind: plan_text.Kind, *, many: bool = False) -> str:
    """ "key deliverable", "key deliverables"."""
    small = small_name_of(version, kind)
    if not many:
        return small
    return f"{small[:-1]}ies" if small.endswith("y") else f"{small}s"


def in_the_way(version: PlanVersion, figures: LiveFigures) -> list[str]:
    """A sentence for everything that refuses freezing."""
    before = version.plan.versions.filter(number=version.number - 1).first()
    found = [
        _("The figure {%(ref)s} is not found. %(why)s") % {"ref": f.ref, "why": f.why} for f in figures.found.values() if f.why
    ]
    lacking = plans.unexplained(version)
    named = ", ".join(plan_text.title_of(d.clause, d.after or d.before or {}) for d in lacking)
    if lacking and version.revises and version.revises.plan_id != version.plan_id:
        found.append(_("No closing record says why the plan leaves out: %(named)s.") % {"named": named})
    elif lacking:
        found.append(_("No reason is given for what changed in: %(named)s.") % {"named": named})
    if before is not None and not hasattr(before, "seal"):
        found.append(_("Version %(n)s is still a draft. Freeze it first: each names the one before.") % {"n": before.number})
    return found
