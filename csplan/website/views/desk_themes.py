"""Themes at the desk: named, decided on with what was changed for them, and the report that is approved once all is accounted for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import consultation as consultations
from csplan.records.actions import theme as actions
from csplan.records.models import Consultation, Theme
from csplan.records.reading import coding, understanding
from csplan.records.reading import partnership as partnerships
from csplan.records.reading import plan as plans
from csplan.records.reading import theme as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import coding as pages
from csplan.website.pages import considering
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.views.desk_coding import FORM, about, as_at, find, may_take, report_of, taken_from


@require_http_methods(FORM)
@officers_only
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every theme of a consultation, and the form that names one."""
    held = find(request, slug)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        rows = reading.themes(held, viewer=request.user, at=request.reading.at)
        shown = about(request, held, ("Themes", None)) | {
            **pages.themes(rows, pages.home(request.partnership.slug, held.slug)),
            "clauses": pages.clause_options(coding.clauses(held)),
            "said": said,
            "may_name": desk_form.may(request, "theme.name") and report_of(request, held) is None,
            "is_considered": report_of(request, held) is not None,
        }
        return desk_form.page(request, "desk/consultations/coding/themes.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    told = pages.named(typed, coding.clauses(held))

    def keep() -> str:
        made = actions.name(consultation=held, **told, is_example=held.is_example, by=request.user)
        return f"Named: {made.ref}, {made.title}."

    return desk_form.answer(request, typed, keep, show)


@require_http_methods(FORM)
@officers_only
def show(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One theme: what was said under it, what was decided, and the passages before and after."""
    held = find(request, slug)
    theme = reading.find(held, ref, viewer=request.user, at=request.reading.at)
    if request.method != "POST":
        return _page(request, held, theme, nothing(), {}, {})
    return desk_form.which(request, {"name": _name, "decide": _decide}, held, theme)


def _name(request: HttpRequest, held: Consultation, theme: Theme) -> HttpResponse:
    typed = Typed(request.POST)
    told = pages.named(typed, coding.clauses(held))

    def keep() -> str:
        made = actions.describe(theme=theme, **told, by=request.user)
        return f"Worded anew: {made.ref}, {made.title}."

    return desk_form.answer(request, typed, keep, lambda said, problems: _page(request, held, theme, said, {}, problems))


def _decide(request: HttpRequest, held: Consultation, theme: Theme) -> HttpResponse:
    typed = Typed(request.POST)
    later = {v.number: v for v in reading.later_versions(held, viewer=request.user, at=request.reading.at)}
    told = pages.decided(typed, later, _offered(request, held, {}))

    def keep() -> str:
        actions.decide(theme=theme, **told, by=request.user)
        return f"Decided: {theme.ref}. Until the report is approved it may be decided anew."

    def again(said: Said, problems: dict[str, str]) -> HttpResponse:
        fresh = reading.find(held, theme.ref, viewer=request.user, at=request.reading.at)
        ticked = {number: request.POST.getlist(f"changes-{number}") for number in later}
        return _page(request, held, fresh, said, ticked, problems)

    return desk_form.answer(request, typed, keep, again)


def _offered(request: HttpRequest, held: Consultation, ticked: Mapping[int, Collection[str]]) -> list[dict[str, Any]]:
    asked = {"viewer": request.user, "at": request.reading.at}
    later = reading.later_versions(held, **asked)
    differing = [(v, reading.differences(held, v, **asked)) for v in later]
    return pages.changes(held.version, differing, ticked, f"/{request.partnership.slug}/")


def _page(
    request: HttpRequest,
    held: Consultation,
    theme: Theme,
    said: Said,
    ticked: Mapping[int, Collection[str]],
    problems: dict[str, str],
) -> HttpResponse:
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    at_desk = pages.home(p.slug, held.slug)
    told = {**reading.theme(theme, **asked), "comments": reading.counted(held, as_at(request))[theme.ref]}
    is_open = report_of(request, held) is None
    done = request.POST.get("do", "")
    if done != "decide":
        ticked = {told["changed_in"]: told["changes"]}
    named = said if done == "name" else nothing(title=theme.title, words=theme.words, clause=theme.clause)
    decided = said if done == "decide" else nothing(disposition=told["decision"] or "", reason=told["reason"] or "")
    may_read = desk_form.may(request, "answer.code")
    under = reading.said_under(held, theme.ref) if may_read else []
    plan = plans.about(held.version, request.reading.at)
    shown = about(request, held, ("Themes", f"{at_desk}themes/"), (theme.ref, None)) | {
        "theme": told,
        **pages.theme(told, plan, partnerships.group_names(p), f"/{p.slug}/"),
        "named": named,
        "said": decided,
        "clauses": pages.clause_options(coding.clauses(held)),
        "dispositions": pages.dispositions(),
        "offered": _offered(request, held, ticked) if is_open else [],
        "under": [taken_from(request, held, one) for one in under[: pages.MOST]],
        "more": max(0, len(under) - pages.MOST),
        "may_take": may_take(request) and is_open,
        "may_name": desk_form.may(request, "theme.name") and is_open and not told["is_decided"],
        "may_decide": desk_form.may(request, "theme.decide") and is_open and hasattr(held, "closing"),
        "waits_for_closing": is_open and not hasattr(held, "closing"),
    }
    return desk_form.page(request, "desk/consultations/coding/theme.html", shown, problems)


# ---- the report -------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def consider(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of every answer, what is left, and the form that approves the consideration report."""
    held = find(request, slug)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        at_desk = pages.home(request.partnership.slug, held.slug)
        account, lacks = understanding.account(held, as_at(request)), understanding.lacks(held)
        report = report_of(request, held)
        shown = about(request, held, ("Consideration report", None)) | {
            **considering.page(account, lacks, at_desk, is_closed=hasattr(held, "closing")),
            "report": report,
            "said": said,
            "may_approve": desk_form.may(request, "consultation.consider")
            and hasattr(held, "closing")
            and not lacks
            and not report,
            "may_ever": desk_form.may(request, "consultation.consider"),
            "results": f"/{request.partnership.slug}/consultations/{held.slug}/results/",
        }
        return desk_form.page(request, "desk/consultations/coding/consider.html", shown, problems)

    if request.method != "POST":
        rows = reading.themes(held, viewer=request.user, at=request.reading.at)
        return show(nothing(summary=considering.summary(held, understanding.account(held), rows)), {})
    typed = Typed(request.POST)
    summary = typed.text("summary", "Write what was made of the answers", longest=20_000)

    def keep() -> str:
        consultations.consider(consultation=held, summary=summary, is_example=held.is_example, by=request.user)
        return "Approved: the consideration report. It is public now, with what was decided about each theme."

    return desk_form.answer(request, typed, keep, show)
