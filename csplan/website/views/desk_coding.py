"""Coding at the desk: one comment at a time in its masked words, how far two coders agree, and what they differ on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import coding as actions
from csplan.records.actions import comment as comments
from csplan.records.lookup import NotHere
from csplan.records.models import ConsiderationReport, Consultation, Response
from csplan.records.reading import coding as reading
from csplan.records.reading import consultation as consultations
from csplan.records.reading import understanding
from csplan.records.reading.understanding import Part
from csplan.website.accounts import officers_only
from csplan.website.pages import coding as pages
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form

FORM = ["GET", "HEAD", "POST"]
GONE = "That comment is not among those that are coded any more: its answer was set aside. Take the next one."


def find(request: HttpRequest, slug: str) -> Consultation:
    """The consultation of an address."""
    return consultations.find(request.partnership, slug, viewer=request.user, at=request.reading.at)


def about(request: HttpRequest, held: Consultation, *below: tuple[str, str | None]) -> dict[str, Any]:
    """What every page of a consultation at the desk shows."""
    at_desk = pages.home(request.partnership.slug, held.slug)
    return {"consultation": held, "at_desk": at_desk, "trail": pages.trail(held.title, at_desk, *below)}


def as_at(request: HttpRequest) -> datetime | None:
    """The earlier instant that is read; None for now, so that what was written a moment ago is there."""
    return request.reading.at if request.reading.is_earlier else None


def report_of(request: HttpRequest, held: Consultation) -> ConsiderationReport | None:
    """The report on it, once it is approved by the instant that is read."""
    found: ConsiderationReport | None = getattr(held, "consideration_report", None)
    return found if found and (as_at(request) is None or found.approved_at <= request.reading.at) else None


# ---- the next comment -------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """The next comment that waits for the reader. ?skip=2 leaves the first two for later; ?again=1 codes what another coded once."""
    held = find(request, slug)
    if request.method != "POST":
        return _next(request, held)
    return desk_form.which(request, {"code": _code}, held)


def _code(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed, p = Typed(request.POST), _part(request, held)
    told = pages.coded(typed, _titles(held), reading.clauses(held))
    more = {name: request.GET[name] for name in ("skip", "again") if name in request.GET}

    def keep() -> str:
        response = Response.objects.get(pk=p.response_id)
        made = actions.code(response=response, part=p.part, **told, alike=bool(request.POST.get("alike")), by=request.user)
        return "Kept. Here is the next one." if len(made) == 1 else f"Kept, for {len(made):,} answers in the same words."

    def again(said: Said, problems: dict[str, str]) -> HttpResponse:
        return _task(request, held, p, said, request.POST.getlist("themes"), problems, understanding.parts(held))

    return desk_form.answer(request, typed, keep, again, to=f"{request.path}?{urlencode({**more, 'next': 1})}")


def _part(request: HttpRequest, held: Consultation) -> Part:
    """The comment that a form or an address names."""
    named = request.POST if request.method == "POST" else request.GET
    found = reading.find(understanding.parts(held), named.get("answer", ""), named.get("part", ""))
    if found is None:
        raise NotHere(GONE)
    return found


def _next(request: HttpRequest, held: Consultation) -> HttpResponse:
    found = understanding.parts(held, as_at(request))
    waiting = reading.waiting(held, request.user.pk, found, again=bool(request.GET.get("again")))
    skip = int(typed) if (typed := request.GET.get("skip", "")).isascii() and typed.isdigit() and len(typed) < 6 else 0
    if not waiting or not _may_code(request, held):
        return _task(request, held, None, nothing(), (), {}, found)
    return _task(request, held, waiting[skip % len(waiting)], nothing(), (), {}, found, skip=skip % len(waiting))


def _may_code(request: HttpRequest, held: Consultation) -> bool:
    return desk_form.may(request, "answer.code") and not hasattr(held, "consideration_report")


def _task(
    request: HttpRequest,
    held: Consultation,
    p: Part | None,
    said: Said,
    ticked: Sequence[str],
    problems: dict[str, str],
    found: Sequence[Part],
    *,
    skip: int = 0,
) -> HttpResponse:
    named, coder = list(held.themes.all()), request.user.pk
    told = reading.progress(held, coder, found)
    last = reading.last_of(held, coder, found) if _may_code(request, held) else None
    shown = about(request, held, ("Coding", None)) | {
        "progress": pages.progress(told),
        "task": pages.task(reading.task(held, p, coder, found), named, reading.clauses(held), said, ticked) if p else None,
        "has_themes": bool(named),
        "said": said,
        "may_code": _may_code(request, held),
        "may_name": desk_form.may(request, "theme.name"),
        "may_take": may_take(request),
        "is_considered": report_of(request, held) is not None,
        "again": request.GET.get("again", ""),
        "skip_url": f"{request.path}?{urlencode({'skip': skip + 1, **({'again': 1} if request.GET.get('again') else {})})}",
        "can_skip": p is not None and told.left + told.again > 1,
        "focus": "next" in request.GET,
        "last": taken_from(request, held, last) if last else None,
    }
    return desk_form.page(request, "desk/consultations/coding/code.html", shown, problems)


def _titles(held: Consultation) -> dict[str, str]:
    return {t.ref: t.title for t in held.themes.all()}


# ---- agreement --------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """How far two coders agree, and the comments on which they differ, to settle one by one."""
    held = find(request, slug)
    if request.method != "POST":
        return _agreement(request, held, nothing(), (), {})
    return desk_form.which(request, {"settle": _settle}, held)


def _settle(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed, p = Typed(request.POST), _part(request, held)
    told = pages.coded(typed, _titles(held), reading.clauses(held))

    def keep() -> str:
        response = Response.objects.get(pk=p.response_id)
        made = actions.settle(response=response, part=p.part, **told, alike=bool(request.POST.get("alike")), by=request.user)
        return "Settled." if len(made) == 1 else f"Settled, for {len(made):,} answers in the same words."

    def again(said: Said, problems: dict[str, str]) -> HttpResponse:
        return _agreement(request, held, said, request.POST.getlist("themes"), problems)

    return desk_form.answer(request, typed, keep, again)


def _agreement(request: HttpRequest, held: Consultation, said: Said, ticked: Any, problems: dict[str, str]) -> HttpResponse:
    titles = _titles(held)
    may_settle = desk_form.may(request, "answer.settle") and not hasattr(held, "consideration_report")
    differing = reading.disagreements(held)
    first, alike = differing[0] if differing and may_settle else (None, 0)
    shown = about(request, held, ("Coding", f"{pages.home(request.partnership.slug, held.slug)}coding/"), ("Agreement", None)) | {
        "told": pages.agreement(reading.agreement(held, request.reading.at)),
        "waits": len(differing),
        "waits_words": pages.waits(len(differing)),
        "may_settle": may_settle,
        "task": None,
    }
    if first is not None:
        told = {**reading.task(held, first, request.user.pk, [first]), "suggestions": [], "alike": alike}
        differs = pages.disagreement(told, first.codings, titles)
        said = said if ticked or said else nothing(clause=reading.clause_of(held, first, request.user.pk))
        shown["task"] = pages.task(differs, list(held.themes.all()), reading.clauses(held), said, ticked or differs["both"])
    return desk_form.page(request, "desk/consultations/coding/agreement.html", shown, problems)


# ---- from a coded comment to a comment on the plan ---------------------------------------------------


def may_take(request: HttpRequest) -> bool:
    """Whether the reader may make an answer a comment on the plan: who may read masked answers and enter comments."""
    return desk_form.may(request, "comment.enter") and desk_form.may(request, "answer.code")


def taken_from(request: HttpRequest, held: Consultation, p: Part) -> dict[str, str]:
    """A coded comment with the address at which it becomes a comment on the plan."""
    where = f"{pages.home(request.partnership.slug, held.slug)}coding/comment/"
    return {"masked": p.masked or "", "url": f"{where}?{urlencode({'answer': p.response_id, 'part': p.part})}"}


@require_http_methods(FORM)
@officers_only
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """A coded comment made a comment on the plan, which is decided on by itself and may be the reason of a change."""
    held = find(request, slug)
    if not may_take(request) or (request.GET.get("answer") is None and request.method != "POST"):
        return desk_form.page(request, "desk/consultations/coding/choose.html", _choose(request, held), {})
    p = _part(request, held)
    if p.masked is None or not p.codings:
        raise NotHere("That comment is not coded yet. Code it first: then what becomes of it is known.")
    if request.method != "POST":
        words = p.masked if reading.may_quote(p) else ""
        return _comment(request, held, p, nothing(words=words, clause=reading.clause_of(held, p, request.user.pk)), {})
    typed = Typed(request.POST)
    words = typed.text("words", "Write what was said", longest=10_000)
    clauses = reading.clauses(held)
    clause = typed.choice("clause", {"", *clauses}, "Choose a clause of this version, or the plan as a whole")

    def keep() -> str:
        made = comments.enter(
            version=held.version,
            words=words,
            came_by="consultation",
            came_with=held.slug,
            clause=clause,
            response=Response.objects.get(pk=p.response_id),
            part=p.part,
            is_example=held.is_example,
            by=request.user,
        )
        return f"Entered: comment {made.ref} on {held.version}. It waits for a decision of its own."

    to = f"/{request.partnership.slug}/desk/comments/?version={held.version.ref}"
    return desk_form.answer(request, typed, keep, lambda said, problems: _comment(request, held, p, said, problems), to=to)


def _choose(request: HttpRequest, held: Consultation) -> dict[str, Any]:
    found = understanding.finished(held) if may_take(request) else []
    rows = [taken_from(request, held, p) for p in found[: pages.MOST]]
    trail = (("Coding", f"{pages.home(request.partnership.slug, held.slug)}coding/"), ("A comment on the plan", None))
    more = {"rows": rows, "more": max(0, len(found) - len(rows)), "may_take": may_take(request)}
    return about(request, held, *trail) | more


def _comment(request: HttpRequest, held: Consultation, p: Part, said: Said, problems: dict[str, str]) -> HttpResponse:
    at_desk = pages.home(request.partnership.slug, held.slug)
    shown = about(request, held, ("Coding", f"{at_desk}coding/"), ("A comment on the plan", None)) | {
        "part": p,
        "quotes": reading.may_quote(p),
        "said": said,
        "clauses": pages.clause_options(reading.clauses(held)),
    }
    return desk_form.page(request, "desk/consultations/coding/comment.html", shown, problems)
