"""The page on which one clause of a draft is written, the one where two texts meet, and the one that takes a clause out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from csplan.cycle import calendar, clock, plan_text
from csplan.cycle import lint as rules
from csplan.errors import CsplanError
from csplan.evidence.view import View
from csplan.records.actions import plan_text as actions
from csplan.records.models import PlanVersion, UnsentWords
from csplan.records.reading import lint, plan_desk
from csplan.website.pages import desk_plan_conflict as conflict
from csplan.website.pages import desk_plan_form as form
from csplan.website.pages.ground import Ground, ground

#: kind -> a reference as one is written
EXAMPLES = {
    "section": "young-people",
    "priority": "7",
    "work-area": "1.4",
    "deliverable": "1.2.3",
    "alignment": "drugs-plan",
    "assurance-area": "A1",
    "risk": "R1",
    "dependency": "N1",
    "resource": "M1",
}
#: A reference as an example of a live figure, in the partnership's own area.
SAMPLE = "{{recorded-burglary.rate/{area}/{year}}}"


@dataclass(frozen=True)
class Asked:
    """The clause that a page is about. held : what it says now, None where it is not there yet"""

    version: PlanVersion
    kind: plan_text.Kind
    ref: str
    held: dict[str, Any] | None

    @property
    def clause(self) -> str:
        """Its address."""
        return plan_text.address(self.kind.name, self.ref)

    @property
    def path(self) -> str:
        """Where it is written."""
        return edit_path(self.version, self.clause)

    @property
    def as_it_stands(self) -> dict[str, str]:
        """The form as the clause stands, or as a new one begins."""
        return form.started(self.kind, self.ref) if self.held is None else form.as_said(self.kind, self.held)


def contents_path(version: PlanVersion) -> str:
    """The address of the contents of a version at the desk."""
    return f"/{version.plan.partnership.slug}/desk/plans/{version.plan.slug}/{version.number}/"


def edit_path(version: PlanVersion, clause: str) -> str:
    """The address of the form of one clause."""
    return f"{contents_path(version)}edit/?{urlencode({'clause': clause}, safe='/')}"


def fits(kind: plan_text.Kind, ref: str) -> bool:
    """Whether a reference is one of the kind."""
    return bool(re.fullmatch(kind.ref, ref)) if kind.ref else ref == ""


def name_of(version: PlanVersion, kind: plan_text.Kind) -> str:
    """What the partnership calls a kind of clause."""
    words: Mapping[str, str] = version.plan.partnership.words
    return words.get(kind.name.replace("-", "_"), kind.title)


def small_name_of(version: PlanVersion, kind: plan_text.Kind) -> str:
    """The same inside a sentence."""
    name = name_of(version, kind)
    return name[:1].lower() + name[1:]


def kept_words(at: datetime) -> str:
    """ "Kept at 14:03, not sent"."""
    return _("Kept at %(time)s, not sent") % {"time": f"{at.astimezone(clock.LONDON):%H:%M}"}


def moment_words(at: datetime) -> str:
    """ "at 14:03 on 9 January 2020"."""
    return f"at {at.astimezone(clock.LONDON):%H:%M} on {calendar.in_words(clock.day_of(at))}"


def page(
    a: Asked,
    said: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    view: View,
    began_from: str | None,
    kept: UnsentWords | None,
    is_kept: bool,
    is_seen: bool,
) -> dict[str, Any]:
    """Everything that the form prints.

    began_from : what the words were begun from, None for the clause as it stands;  kept : the writer's unsent words
    is_kept : whether the form holds those, so that they are not offered
    """
    groups, land = plan_desk.groups(a.version), ground_of(a.version)
    shown = form.fields(a.kind, said, errors, groups=groups, view=view, ground=land)
    offer = None if is_kept or errors or kept is None else offered(a, kept)
    is_new = a.held is None
    return {
        "title": heading(a),
        "trail": trail(a.version, heading(a)),
        "action": a.path if a.ref or not a.kind.ref else f"{contents_path(a.version)}edit/?{urlencode({'new': a.kind.name})}",
        "keep_path": f"{contents_path(a.version)}keep/?{urlencode({'clause': a.clause}, safe='/')}",
        "began_from": actions.based_on(a.held) if began_from is None else began_from,
        "is_new": is_new,
        "ask_ref": is_new and bool(a.kind.ref) and not (a.kind.name == "section" and a.ref in plan_text.SECTIONS),
        "ref": a.ref,
        "ref_hint": _("Such as %(example)s. It stays the same in every later version, and is never used again.")
        % {"example": EXAMPLES.get(a.kind.name, "")},
        "fields": shown,
        "errors": in_order(a.kind, errors),
        "to_mend": form.to_mend(shown),
        "checks": checks(a, said),
        "offer": offer,
        "keeps_itself": offer is None,
        "is_seen": is_seen,
        "status_words": kept_words(kept.kept_at) if kept and is_kept and not is_seen else "",
        "moved": moved_words(a, began_from) if is_kept else "",
        "last": last_words(a),
        "has_words": form.has_words(a.kind),
        "sample": sample(view),
        "find_path": f"/{a.version.plan.partnership.slug}/desk/plans/figures/",
        "contents": contents_path(a.version),
        "out_path": None if is_new or a.kind.name == "vision" else out_path(a.version, a.clause),
        "belongs": plan_text.SECTIONS.get(a.ref, ("", ""))[1] if a.kind.name == "section" else "",
    }


def checks(a: Asked, said: Mapping[str, str]) -> list[str]:
    """What the checks of a plan would have looked at again in a deliverable as it is written. They refuse nothing."""
    if a.kind.name != "deliverable" or not any(said.values()):
        return []
    try:
        written = form.values(a.kind, said)
    except CsplanError:
        return []  # what cannot be read is said at its field
    plan = a.version.plan
    found = rules.deliverable(
        {"ref": a.ref, **written}, plan_days=(plan.starts_on, plan.ends_on), names=lint.names(plan.partnership)
    )
    return [f"{f.words} {f.what_to_do}" for f in found]


def heading(a: Asked) -> str:
    """What the page is called: “Key deliverable 1.2.1”, “New risk”, “Foreword”."""
    name = name_of(a.version, a.kind)
    if a.held is None and a.kind.name not in ("section", "vision"):
        return _("New: %(kind)s") % {"kind": small_name_of(a.version, a.kind)}
    if a.kind.name == "section" and a.held is None:
        return plan_text.SECTIONS.get(a.ref, (_("New section"), ""))[0]
    if a.kind.name in ("section", "alignment", "vision"):
        return plan_text.title_of(a.clause, a.held or {})
    return f"{name} {a.ref}"


def in_order(kind: plan_text.Kind, errors: Mapping[str, str]) -> dict[str, str]:
    """The problems in the order of the fields on the page; those of no field first."""
    order = ["", form.REF, *(f.name for f in kind.fields)]
    return {name: errors[name] for name in sorted(errors, key=order.index)}


def trail(version: PlanVersion, last: str = "") -> list[tuple[str, str | None]]:
    """Where the page stands. last : its own title; "" on the contents of the version"""
    home = f"/{version.plan.partnership.slug}/desk/"
    named = _("%(plan)s, version %(n)s") % {"plan": version.plan.title, "n": version.number}
    begin: list[tuple[str, str | None]] = [(_("Your desk"), home), (_("Plans"), f"{home}plans/")]
    return [*begin, (named, contents_path(version)), (last, None)] if last else [*begin, (named, None)]


def offered(a: Asked, kept: UnsentWords) -> dict[str, Any]:
    """The words that the writer kept and did not send, beside what the clause says now."""
    return {
        "when": moment_words(kept.kept_at),
        "rows": conflict.compared(a.kind, a.as_it_stands, kept.values),
        "use_path": f"{a.path}&kept=1",
    }


def moved_words(a: Asked, began_from: str | None) -> str:
    """A warning where the clause is another than the one that the kept words were begun from."""
    if began_from is None or began_from == actions.based_on(a.held):
        return ""
    last = plan_desk.last_written(a.version, a.clause)
    who = last.person if last else _("Someone")
    return _("%(who)s has changed this since you began. When you save, both texts are shown, and you put them together.") % {
        "who": who
    }


def last_words(a: Asked) -> str:
    """Who changed it last, and when."""
    last = plan_desk.last_written(a.version, a.clause)
    if last is None:
        return ""
    return _("Last changed by: %(who)s, %(when)s.") % {"who": last.person, "when": moment_words(last.at)}


def sample(view: View) -> str:
    """A live figure as one is written here."""
    year = (view.last_month or str(view.day.year))[:4]
    return SAMPLE.format(area=view.area, year=year)


def ground_of(version: PlanVersion) -> Ground:
    """The ground on which maps of the partnership are drawn; none for one without a folder."""
    try:
        return ground(version.plan.partnership.slug)
    except CsplanError:
        return Ground({}, {}, (), (), (), (), ())


def out_path(version: PlanVersion, clause: str) -> str:
    """The address of the page that takes a clause out."""
    return f"{contents_path(version)}take-out/?{urlencode({'clause': clause}, safe='/')}"


# ---- two texts ------------------------------------------------------------------------------------------


def meeting(
    a: Asked,
    said: Mapping[str, str],
    *,
    theirs: Mapping[str, Any] | None,
    began: Mapping[str, Any] | None,
    taken: Mapping[str, str],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    """Both texts of a clause. theirs : what it says now, None where it was taken out;  began : what the writer began from"""
    last = plan_desk.last_written(a.version, a.clause)
    now = conflict.as_form(a.kind, theirs)
    rows = [] if now is None else conflict.choices(a.kind, now, said, conflict.as_form(a.kind, began), taken)
    differing = {row["name"] for row in rows}
    title = heading(Asked(a.version, a.kind, a.ref, dict(theirs or {})))
    return {
        "title": title,
        "trail": trail(a.version, title),
        "action": a.path,
        "began_from": actions.based_on(theirs),
        "who": last.person if last else _("Someone"),
        "when": moment_words(last.at) if last else "",
        "is_gone": theirs is None,
        "rows": rows,
        "same": [(name, value) for name, value in said.items() if name not in differing],
        "yours": [(f.label, said.get(f.name, "")) for f in a.kind.fields if said.get(f.name)],
        "errors": errors,
        "contents": contents_path(a.version),
    }


def going(a: Asked, errors: Mapping[str, str]) -> dict[str, Any]:
    """What a clause says that is about to be taken out."""
    assert a.held is not None
    said = form.as_said(a.kind, a.held)
    return {
        "title": heading(a),
        "trail": trail(a.version, _("Take out")),
        "action": out_path(a.version, a.clause),
        "began_from": actions.based_on(a.held),
        "rows": [(f.label, conflict.shown(f, said[f.name])) for f in a.kind.fields if said[f.name]],
        "errors": errors,
        "contents": contents_path(a.version),
        "revises": a.version.revises is not None,
    }
