"""Equality impact assessments at the desk: begun by one person, acted on, and signed by another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.cycle import equality as rules
from csplan.records import lookup
from csplan.records.actions import equality as actions
from csplan.records.actions import equality_action
from csplan.records.models import EqualityAssessment
from csplan.records.reading import equality as reading
from csplan.records.reading import equality_evidence
from csplan.website.accounts import officers_only
from csplan.website.pages import equality as pages
from csplan.website.typed import Said, Typed, day_parts, nothing, options
from csplan.website.views import desk_form

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every assessment, and the form that begins one."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    versions = {v.ref: v for v in reading.without(p, **asked)}
    offices = {o.slug: o for o in reading.offices(p, at=request.reading.at)}

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        shown = pages.desk(reading.assessments(p, **asked), f"/{p.slug}/") | {
            "versions": [("", "Choose a version"), *((ref, str(v)) for ref, v in versions.items())],
            "offices": options(offices.values(), "slug", "title", "Choose an office"),
            "said": said,
            "may_write": desk_form.may(request, "equality.start"),
            "has_versions": bool(versions),
        }
        return desk_form.page(request, "desk/equality/index.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    told = pages.start(typed, versions, offices)

    def begin() -> str:
        made = actions.start(**told, by=request.user)
        return f"Begun: the assessment of {made.version}."

    return desk_form.answer(request, typed, begin, show)


@require_http_methods(FORM)
@officers_only
def show(request: HttpRequest, ref: str) -> HttpResponse:
    """One assessment, with the forms that set an action and that sign it."""
    held = reading.find(request.partnership, ref, viewer=request.user, at=request.reading.at)
    if request.method != "POST":
        return page(request, held, nothing(), {})
    return desk_form.which(request, {"act": act, "sign": sign, "write": write, "carry": carry}, held)


def act(request: HttpRequest, held: EqualityAssessment) -> HttpResponse:
    """Set an action."""
    typed = Typed(request.POST)
    told = pages.action(typed, deliverables(held))

    def keep() -> str:
        made = equality_action.act(assessment=held, **told, by=request.user)
        return f"Set: action {made.ref}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


def write(request: HttpRequest, held: EqualityAssessment) -> HttpResponse:
    """Write what it is of, whom it affects, what it comes to."""
    typed = Typed(request.POST)
    told = pages.written(typed)

    def keep() -> str:
        actions.write(assessment=held, **told, by=request.user)
        return "Kept."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


def carry(request: HttpRequest, held: EqualityAssessment) -> HttpResponse:
    """Say which deliverable carries an action out."""
    typed, ref = Typed(request.POST), request.POST.get("action", "")
    chosen = typed.choice(f"deliverable-{ref}", deliverables(held), "Choose the deliverable")

    def keep() -> str:
        action = lookup.one(held.actions.all(), f"action “{ref}”", ref=ref)
        equality_action.carry_out(action=action, deliverable_ref=chosen, by=request.user)
        return f"{ref} is carried out by deliverable {chosen}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


@require_http_methods(FORM)
@officers_only
def characteristic(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """One characteristic: evidence, impact, the aims."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    held = reading.find(p, ref, **asked)
    if name not in rules.CHARACTERISTICS:
        raise lookup.NotHere(f"“{name}” is no characteristic that is assessed. Choose one of the list.")
    offered = equality_evidence.proposals(held, name, **asked)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        found = reading.assessment(p, ref, **asked)
        line = next((x for x in found["lines"] if x["characteristic"] == name), None)
        taken = {e["words"] for e in line["evidence"]} if line else set()
        shown = {
            "assessment": found,
            "name": rules.CHARACTERISTICS[name],
            "offered": [
                {
                    "n": str(n),
                    "words": e["words"],
                    "is_taken": e["words"] in taken or (problems and str(n) in request.POST.getlist("take")),
                }
                for n, e in enumerate(offered)
            ],
            "rows": range(1, pages.OWN_ROWS + 1),
            "sources": [("", "Choose"), *((k, v[0].upper() + v[1:]) for k, v in rules.EVIDENCE.items())],
            "impacts": list(rules.IMPACTS.items()),
            "aims": [(aim, rules.AIMS[aim]) for aim in rules.aims_of(name)],
            "effects": [("", "Choose"), *((k, v[0].upper() + v[1:]) for k, v in rules.EFFECTS.items())],
            "said": said if problems else Said(pages.one_typed(line, offered)),
            "may_write": desk_form.may(request, "equality.write") and found["state"] != "complete",
        }
        return desk_form.page(request, "desk/equality/characteristic.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    told = pages.one(typed, name, offered)

    def keep() -> str:
        actions.write_line(assessment=held, characteristic=name, **told, by=request.user)
        return f"Kept: {rules.CHARACTERISTICS[name]}."

    return desk_form.answer(request, typed, keep, show, to=f"/{p.slug}/desk/equality/{ref}/")


def sign(request: HttpRequest, held: EqualityAssessment) -> HttpResponse:
    """Sign it: complete, in the words of what it found."""
    typed = Typed(request.POST)
    summary = typed.text("summary", "Write what the assessment found: a signed one says it")

    def keep() -> str:
        actions.sign(assessment=held, summary=summary, by=request.user)
        return f"Signed: the assessment of {held.version}."

    def again(said: Said, problems: dict[str, str]) -> HttpResponse:
        fresh = reading.find(request.partnership, reading.reference(held.version), viewer=request.user, at=request.reading.at)
        return page(request, fresh, said, problems)

    return desk_form.answer(request, typed, keep, again)


def page(request: HttpRequest, held: EqualityAssessment, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    found = reading.assessment(p, reading.reference(held.version), **asked)
    shown: dict[str, Any] = pages.show(found, f"/{p.slug}/") | {
        "assessment": found,
        "said": said if problems else Said(_typed(found) | dict(said)),
        "levels": list(rules.LEVELS.items()),
        "kinds": list(rules.ACTIONS.items()),
        "characteristics": [("", "Everyone"), *rules.CHARACTERISTICS.items()],
        "list": _list(found),
        "may_write": desk_form.may(request, "equality.write") and found["state"] != "complete",
        "deliverables": [("", "None"), *((ref, ref) for ref in deliverables(held))],
        "may_act": desk_form.may(request, "equality.act") and found["state"] != "complete",
        "may_sign": desk_form.may(request, "equality.sign") and found["state"] != "complete" and not found["goes_on_in"],
        "is_own": held.started_by_id == request.user.pk,
    }
    return desk_form.page(request, "desk/equality/show.html", shown, problems)


def _typed(found: dict[str, Any]) -> dict[str, str]:
    """What is written of the whole, as the form shows it."""
    return {"level": found["level"], **{n: found[n] or "" for n in pages.TEXTS}, **day_parts("review_on", found["review_on"])}


def _list(found: dict[str, Any]) -> list[dict[str, str]]:
    """Every characteristic with how it stands."""
    held = {x["characteristic"]: x for x in found["lines"]}
    return [
        {
            "url": f"{name}/",
            "title": title,
            "tag": held[name]["impact_words"] or "Begun"
            if name in held
            else "To do"
            if name in rules.PROTECTED
            else "If it bears",
        }
        for name, title in rules.CHARACTERISTICS.items()
    ]


def deliverables(held: EqualityAssessment) -> list[str]:
    """References of the version’s deliverables, in their order."""
    refs = held.version.deliverables.values_list("ref", flat=True)
    return sorted(refs, key=lambda ref: [int(n) for n in ref.split(".")])
