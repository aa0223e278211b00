"""The contents of a version at the desk: every clause under its heading, what may be added, what is lacking, and what is kept unsent."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from csplan.cycle import calendar, plan_states, plan_text, roles
from csplan.evidence.plain_words import capital
from csplan.records import plan_rows
from csplan.records.models import PlanVersion
from csplan.records.reading import lint, plan_desk
from csplan.website.pages.desk_plan_edit import contents_path, edit_path, moment_words, name_of, out_path, small_name_of, trail
from csplan.website.pages.desk_plans import LiveFigures, figures_shown, may_be_revised, next_acts
from csplan.website.reading_day import ReadingDay

#: Lists of clauses under a heading of their own, after the priorities: kind -> heading
OTHERS = {
    "alignment": gettext_lazy("What it fits with"),
    "assurance-area": gettext_lazy("Areas led elsewhere, of which the partnership is assured"),
    "risk": gettext_lazy("Risks"),
    "dependency": gettext_lazy("What is needed from others"),
    "resource": gettext_lazy("Resources"),
}
#: What is said of a clause that differs from the version before.
CHANGED = {
    "explained": gettext_lazy("Changed, with a reason."),
    "lacking": gettext_lazy("Changed, and no reason given yet."),
    "free": gettext_lazy("Changed from the plan before."),
}


def contents(
    version: PlanVersion, user: User, viewer_roles: Collection[str], reading: ReadingDay, figures: LiveFigures
) -> dict[str, Any]:
    """Everything that the page of a version prints."""
    state = version.state(reading.at) or "draft"
    writes = plan_desk.is_draft(version) and roles.may("plan.write", viewer_roles) and not reading.is_earlier
    return {
        "title": version.plan.title,
        "eyebrow": _("Version %(n)s") % {"n": version.number},
        "trail": trail(version),
        "state_words": capital(plan_states.STATES[state]),
        "state": state,
        "is_example": version.plan.is_example,
        "writes": writes,
        "is_draft": plan_desk.is_draft(version),
        "may_revise": roles.may("plan.revise", viewer_roles) and not reading.is_earlier and may_be_revised(version),
        "next": []
        if reading.is_earlier
        else [n for n in next_acts(version, state, viewer_roles) if n[1] != contents_path(version)],
        "lacks": plan_desk.lacks(version) if state == "draft" else [],
        "unsent": _unsent(version, user),
        "groups": _groups(version, writes),
        "figures": figures_shown(figures),
        "public": f"/{version.plan.partnership.slug}/plans/{version.plan.slug}/",
    }


def _to_look_at(version: PlanVersion) -> Counter[str]:
    """{reference: how many things the checks of a plan would have looked at again} of its priorities and deliverables."""
    if not plan_desk.is_draft(version):
        return Counter()
    return Counter(f["ref"] for f in lint.findings(version) if f["about"] in ("priority", "deliverable"))


def _unsent(version: PlanVersion, user: User) -> list[dict[str, Any]]:
    """The viewer's own words that are kept and not sent; of a version that takes none any more, the words themselves, to copy."""
    is_open = plan_desk.is_draft(version)
    return [
        {
            "title": plan_text.title_of(u.clause, u.values),
            "words": _("Kept %(when)s, and not sent. Nobody else sees them.") % {"when": moment_words(u.kept_at)},
            "path": edit_path(version, u.clause) if is_open else None,
            "said": [] if is_open else [(_label(u.clause, name), value) for name, value in u.values.items() if value],
        }
        for u in plan_desk.unsent(version, user)
    ]


def _label(clause: str, name: str) -> str:
    kind, _ref = plan_text.part_of(clause)
    return kind.field(name).label


def _groups(version: PlanVersion, writes: bool) -> list[dict[str, Any]]:
    """The clauses under their headings, each with its rows and with what may be added."""
    document, changed, looked_at = plan_rows.document(version), plan_desk.changed(version), _to_look_at(version)

    def row(kind: str, ref: str, values: Mapping[str, Any], level: int = 0) -> dict[str, Any]:
        address = plan_text.address(kind, ref)
        return {
            "ref": ref if kind not in ("section", "alignment", "vision") else "",
            "name": name_of(version, plan_text.KINDS[kind]),
            "title": values.get("title") or values.get("words") or _("Nothing is written yet"),
            "note": _note(kind, values, changed.get(address), looked_at[ref] if kind in ("priority", "deliverable") else 0),
            "level": level,
            "path": edit_path(version, address) if writes else None,
            "out": out_path(version, address) if writes and kind != "vision" else None,
        }

    groups = [
        {"head": _("Vision"), "rows": [row("vision", "", {"words": document["vision"]})], "add": []},
        {
            "head": _("Sections"),
            "rows": [row("section", s["ref"], s) for s in document["sections"]],
            "add": _sections_to_add(version, document) if writes else [],
        },
    ]
    for p in document["priorities"]:
        below = [row(kind, part["ref"], part, level) for kind, part, level in _below(p)]
        groups.append(
            {
                "head": f"{name_of(version, plan_text.KINDS['priority'])} {p['ref']}",
                "rows": [row("priority", p["ref"], p), *below],
                "add": _below_to_add(version, p) if writes else [],
            }
        )
    if writes:
        groups.append({"head": _("More priorities"), "rows": [], "add": [_add(version, "priority")]})
    for kind, head in OTHERS.items():
        table = plan_text.KINDS[kind]
        rows = [row(kind, r[table.key], r) for r in document[table.plural]]
        groups.append({"head": head, "rows": rows, "add": [_add(version, kind)] if writes else []})
    return [g | {"id": f"part-{n}"} for n, g in enumerate(g for g in groups if g["rows"] or g["add"])]


def _below(p: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], int]]:
    """(kind, part, level) of what is below a priority: each deliverable under the first work area that it names."""
    under = {d["ref"]: next(iter(d["work_areas"]), "") for d in p["deliverables"]}
    areas = [w["ref"] for w in p["work_areas"]]
    for w in p["work_areas"]:
        yield "work-area", w, 1
        yield from (("deliverable", d, 2) for d in p["deliverables"] if under[d["ref"]] == w["ref"])
    yield from (("deliverable", d, 1) for d in p["deliverables"] if under[d["ref"]] not in areas)


def _note(kind: str, values: Mapping[str, Any], changed: str | None, to_look_at: int) -> str:
    """What to know of a clause beside its title: who and by when, whether it was changed, and what the checks would have mended."""
    told = []
    if kind == "deliverable":
        due = values.get("due")
        told.append(_("Lead: %(lead)s.") % {"lead": values.get("lead") or _("not named")})
        told.append(_("Due: %(day)s.") % {"day": calendar.in_words(due) if due else _("no day given")})
    if to_look_at:
        told.append(ngettext("One thing to look at.", "%(n)s things to look at.", to_look_at) % {"n": to_look_at})
    if changed:
        told.append(str(CHANGED[changed]))
    return " ".join(told)


def _sections_to_add(version: PlanVersion, document: Mapping[str, Any]) -> list[tuple[str, str]]:
    here = {s["ref"] for s in document["sections"]}
    missing = [
        (_("Write “%(title)s”") % {"title": title}, edit_path(version, f"section/{ref}"))
        for ref, (title, _belongs) in plan_text.SECTIONS.items()
        if ref not in here
    ]
    return [*missing, (_("Write another section"), f"{contents_path(version)}edit/?new=section")]


def _below_to_add(version: PlanVersion, p: Mapping[str, Any]) -> list[tuple[str, str]]:
    areas = [
        (
            _("Add a %(name)s under %(ref)s") % {"name": _small(version, "deliverable"), "ref": w["ref"]},
            _new(version, "deliverable", w["ref"]),
        )
        for w in p["work_areas"]
    ]
    loose = [(_("Add a %(name)s") % {"name": _small(version, "deliverable")}, _new(version, "deliverable", p["ref"]))]
    add_area = (_("Add a %(name)s") % {"name": _small(version, "work-area")}, _new(version, "work-area", p["ref"]))
    return [add_area, *(areas or loose)]


def _add(version: PlanVersion, kind: str) -> tuple[str, str]:
    an = "an" if _small(version, kind)[:1] in "aeiou" else "a"
    return _("Add %(an)s %(name)s") % {"an": an, "name": _small(version, kind)}, _new(version, kind, "")


def _small(version: PlanVersion, kind: str) -> str:
    return small_name_of(version, plan_text.KINDS[kind])


def _new(version: PlanVersion, kind: str, under: str) -> str:
    asked = {"new": kind, "under": under} if under else {"new": kind}
    return f"{contents_path(version)}edit/?{urlencode(asked)}"
