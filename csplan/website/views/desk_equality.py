"""Equality impact assessments at the desk: begun by one person, acted on, and signed by another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import equality as actions
from csplan.records.actions import equality_action
from csplan.records.models import EqualityAssessment
from csplan.records.reading import equality as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import equality as pages
from csplan.website.typed import Said, Typed, nothing, options
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
    return desk_form.which(request, {"act": act, "sign": sign}, held)


def act(request: HttpRequest, held: EqualityAssessment) -> HttpResponse:
    """Set an action."""
    typed = Typed(request.POST)
    told = pages.action(typed, deliverables(held))

    def keep() -> str:
        made = equality_action.act(assessment=held, **told, by=request.user)
        return f"Set: action {made.ref}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


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
        "said": said,
        "deliverables": [("", "None"), *((ref, ref) for ref in deliverables(held))],
        "may_act": desk_form.may(request, "equality.act") and found["state"] != "complete",
        "may_sign": desk_form.may(request, "equality.sign") and found["state"] != "complete" and not found["goes_on_in"],
        "is_own": held.started_by_id == request.user.pk,
    }
    return desk_form.page(request, "desk/equality/show.html", shown, problems)


def deliverables(held: EqualityAssessment) -> list[str]:
    """References of the version’s deliverables, in their order."""
    refs = held.version.deliverables.values_list("ref", flat=True)
    return sorted(refs, key=lambda ref: [int(n) for n in ref.split(".")])
