"""Signing at the desk: each act on a page that restates what it is about, with its fingerprint, and asks once.

What was restated is sent back with the form: an act on other words than those is refused.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from csplan.records import lookup
from csplan.records.actions import agreement
from csplan.records.actions import plan as plans
from csplan.records.models import Meeting, PlanVersion
from csplan.records.reading import duties, plan_history
from csplan.records.reading import meeting as meetings
from csplan.records.reading import plan as plan_reading
from csplan.records.reading import signing as reading
from csplan.website.accounts import officers_only
from csplan.website.context import leads_somewhere
from csplan.website.pages import signing as pages
from csplan.website.typed import Said, Typed, day_parts, nothing
from csplan.website.views import desk_form

FORM = ["GET", "HEAD", "POST"]


@require_safe
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every version that the viewer may read, and what may be done with it."""
    p = request.partnership
    held = () if request.reading.is_earlier else request.viewer.roles
    found = reading.versions(p, viewer=request.user, at=request.reading.at)
    return render(request, "desk/signing/index.html", pages.index(found, held, f"/{p.slug}/"))


@require_http_methods(FORM)
@officers_only
def agree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The board’s agreement: gates, duties, what is still open and accepted by name, and the meeting."""
    version = find(request, slug, number)
    open_still = agreement.findings(version)

    def read(typed: Typed) -> dict[str, Any]:
        accepted = typed.choices("accepted", list(open_still))
        meeting = chosen(request, typed)
        if lacking := pages.not_accepted(open_still, accepted):
            typed.problems["accepted"] = lacking
        return {"accepted": accepted, "meeting": meeting}

    def do(told: dict[str, Any]) -> str:
        agreement.agree(version=version, **told, sha256=request.POST.get("sha256", ""), by=request.user)
        return f"Agreed: {version}. Its papers are stored as they were agreed."

    def more() -> dict[str, Any]:
        return agree_page(request, version, open_still)

    return confirm(request, version, "agree", more, read, do)


def agree_page(request: HttpRequest, version: PlanVersion, open_still: dict[str, str]) -> dict[str, Any]:
    """What the board is shown before it agrees."""
    home, at = home_of(request), request.reading.at
    about = reading.about(version, at)
    asked = reading.consultations(version, at=at)
    law = duties.findings(request.partnership, request.reading.day, viewer=request.user, at=at)
    gates = pages.gate_lines(reading.gates(version, by=request.user, at=at), asked, about, home, leads_somewhere)
    vary = f"{home}desk/plans/{about['slug']}/{about['version']}/vary/"
    gates.append(pages.lock_line(reading.lock_refuses(version, at=at), vary))
    return {
        "gates": gates,
        "waits": pages.waits(gates),
        "duties": pages.duties(law, home),
        "findings": pages.finding_options(open_still),
        "meetings": pages.meeting_options(reading.board_meetings(version, at=at)),
        "accepted": request.POST.getlist("accepted"),
    }


@require_http_methods(FORM)
@officers_only
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The approval of a further body, in the order that the plan gives."""
    version = find(request, slug, number)

    def do(told: dict[str, Any]) -> str:
        made = agreement.approve(version=version, **told, sha256=request.POST.get("sha256", ""), by=request.user)
        return f"Approved by {made.group}: {version}."

    def more() -> dict[str, Any]:
        about = reading.about(version, request.reading.at)
        held = reading.approving_meetings(version, at=request.reading.at)
        return {"approving": pages.approving_words(about), "meetings": pages.meeting_options(held)}

    return confirm(request, version, "approve", more, lambda typed: {"meeting": chosen(request, typed)}, do)


@require_http_methods(FORM)
@officers_only
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put an agreed version at the plan’s address."""
    version = find(request, slug, number)

    def do(_told: dict[str, Any]) -> str:
        plans.publish(version=version, by=request.user)
        return f"Published: {version}."

    return confirm(request, version, "publish", dict, lambda typed: {}, do)


@require_http_methods(FORM)
@officers_only
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Withdraw a version, with the reason."""
    version = find(request, slug, number)

    def do(told: dict[str, Any]) -> str:
        plans.withdraw(version=version, **told, by=request.user)
        return f"Withdrawn: {version}. Its words stay at their address."

    def read(typed: Typed) -> dict[str, Any]:
        return {"reason": typed.text("reason", "Write why it is withdrawn, so that readers understand it", longest=2_000)}

    return confirm(request, version, "withdraw", dict, read, do)


@require_http_methods(FORM)
@officers_only
def dispatch(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Record that an agreed version was sent to the local policing body."""
    version = find(request, slug, number)
    bodies = {b.code: b for b in reading.policing_bodies(request.partnership, at=request.reading.at)}

    def read(typed: Typed) -> dict[str, Any]:
        code = typed.choice("body", bodies, "Choose the body that it was sent to")
        return {"body": bodies.get(code), "how": typed.text("how", "Write how it was sent, and to which office", longest=200)}

    def do(told: dict[str, Any]) -> str:
        plans.dispatch(version=version, **told, by=request.user)
        return f"Recorded: {version} was sent to {told['body']}."

    def more() -> dict[str, Any]:
        sent = reading.dispatches(version, viewer=request.user, at=request.reading.at)
        return {"bodies": [(code, body.name) for code, body in bodies.items()], "sent": sent}

    return confirm(request, version, "dispatch", more, read, do)


@require_http_methods(FORM)
@officers_only
def lock(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep the priorities as they are between two days, as the board decided."""
    version = find(request, slug, number)
    held = {m.ref: m for m in reading.deciding_meetings(request.partnership, at=request.reading.at)}

    def do(told: dict[str, Any]) -> str:
        agreement.lock(plan=version.plan, **{**told, "meeting": held[told["meeting"]]}, by=request.user)
        return f"Locked: the priorities of {version.plan}."

    def more() -> dict[str, Any]:
        standing = plan_history.lock(version, viewer=request.user, at=request.reading.at)
        return {"lock": standing, "meetings": pages.meeting_options(list(held.values()))}

    filled = nothing(**day_parts("starts", request.reading.day))
    return confirm(request, version, "lock", more, lambda typed: pages.lock_fields(typed, held), do, filled=filled)


@require_http_methods(FORM)
@officers_only
def vary(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let locked priorities change, as the board minuted."""
    version = find(request, slug, number)
    plan, priorities = reading.priorities_to_vary(version)
    held = {m.ref: m for m in reading.deciding_meetings(request.partnership, at=request.reading.at)}

    def read(typed: Typed) -> dict[str, Any]:
        meeting = typed.choice("meeting", held, "Choose the meeting whose minutes say so")
        refs = typed.choices("refs", [p["ref"] for p in priorities])
        if not refs:
            typed.problems["refs"] = "Tick each priority that may change"
        return {
            "meeting": held.get(meeting),
            "refs": refs,
            "reason": typed.text("reason", "Write why the board lets them change"),
        }

    def do(told: dict[str, Any]) -> str:
        agreement.vary(plan=plan, **told, by=request.user)
        return f"Recorded: priority {', '.join(told['refs'])} of {plan} may change."

    def more() -> dict[str, Any]:
        standing = plan_history.lock(version, viewer=request.user, at=request.reading.at)
        offered = {"meetings": pages.meeting_options(list(held.values())), "priorities": pages.priority_options(priorities)}
        return {"lock": standing, "refs": request.POST.getlist("refs"), **offered}

    return confirm(request, version, "vary", more, read, do)


# ---- what every page of signing does ----------------------------------------------------------------


def confirm(
    request: HttpRequest,
    version: PlanVersion,
    act: str,
    more: Callable[[], dict[str, Any]],
    read: Callable[[Typed], dict[str, Any]],
    do: Callable[[dict[str, Any]], str],
    *,
    filled: Said | None = None,
) -> HttpResponse:
    """Restate the version and ask; when the form comes back, check that it is about the same words, and do it.

    more : what else the page shows;  read : the fields of the form;  do : calls the action and says what was done
    """
    action, _words = pages.ACTS[act]

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        about = reading.about(version, request.reading.at)
        shown = {
            "about": about,
            "restated": pages.restated(about, home_of(request)),
            "said": said,
            "is_offered": pages.is_offered(about, act),
            "not_now": pages.not_now(about, act),
            "may_write": desk_form.may(request, action),
            "who_may": pages.who_may(action),
            **more(),
        }
        return desk_form.page(request, f"desk/signing/{act}.html", shown, problems)

    if request.method != "POST":
        return show(filled or nothing(), {})
    typed = Typed(request.POST)
    told = read(typed)

    def act_on_it() -> str:
        if hasattr(version, "seal"):
            agreement.check_same(version, request.POST.get("sha256", ""))
        return do(told)

    return desk_form.answer(request, typed, act_on_it, show)


def chosen(request: HttpRequest, typed: Typed) -> Meeting | None:
    """The meeting that was chosen, of all that are announced here: the action says what one lacks."""
    ref = typed.text("meeting", "Choose the meeting that decided it")
    if not ref:
        return None
    try:
        return meetings.find(request.partnership, ref, viewer=request.user, at=request.reading.at)
    except lookup.NotHere:
        typed.problems["meeting"] = "Choose one of the meetings that are recorded here"
        return None


def find(request: HttpRequest, slug: str, number: int) -> PlanVersion:
    """The version of an address, where the viewer may read it."""
    return plan_reading.find(request.partnership, slug, viewer=request.user, at=request.reading.at, number=number)


def home_of(request: HttpRequest) -> str:
    """The partnership’s address."""
    return f"/{request.partnership.slug}/"
