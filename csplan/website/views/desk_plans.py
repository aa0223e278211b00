"""Plans at the desk: every version, the contents of one, the reasons for what it changes, and freezing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import figures
from csplan.records.actions import plan as plans
from csplan.records.actions import plan_text as actions
from csplan.records.models import PlanVersion
from csplan.records.reading import plan_desk
from csplan.website import evidence_view, reading_day
from csplan.website.accounts import officers_only
from csplan.website.pages import desk_plan_contents as contents_page
from csplan.website.pages import desk_plan_new as new_page
from csplan.website.pages import desk_plan_reasons as reasons_page
from csplan.website.pages import desk_plans as pages
from csplan.website.pages.desk_plan_edit import contents_path
from csplan.website.views import errors
from csplan.website.views.desk_form import TO_MEND
from csplan.website.words_back import writers


@require_safe
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every plan and version that the viewer may read, with what may be done next and what is lacking."""
    reading = request.reading
    held = plan_desk.versions(request.partnership, viewer=request.user, at=reading.at, is_earlier=reading.is_earlier)
    facts = pages.index(held, () if reading.is_earlier else request.viewer.roles, f"/{request.partnership.slug}/")
    return render(request, "desk/plans/index.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@writers("plan.draft")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan: its name, its years and its vision; what follows is written in its contents."""
    said = new_page.said(request.POST)
    problems: dict[str, str] = {}
    if request.method == "POST":
        values, problems = new_page.read(said, request.partnership)
        if not problems:
            made = plans.draft(partnership=request.partnership, described=new_page.described(values), by=request.user)
            messages.success(request, _("Begun: %(version)s.") % {"version": made})
            return redirect(reading_day.link(contents_path(made)))
    where = pages.import_path(f"/{request.partnership.slug}/", request.viewer.roles)
    facts = {"said": said, "errors": problems, "import_path": where}
    return render(request, "desk/plans/new.html", facts, status=TO_MEND if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The contents of a version. The button under a frozen one begins a revised version."""
    found = version(request, slug, number)
    if request.method == "POST":
        return revise(request, found)
    facts = contents_page.contents(found, request.user, request.viewer.roles, request.reading, figures_of(request, found))
    return render(request, "desk/plans/contents.html", facts)


def revise(request: HttpRequest, found: PlanVersion) -> HttpResponse:
    """Begin a revised version, and go there."""
    try:
        made = plans.revise(version=found, by=request.user)
    except CsplanError as e:
        return errors.refused(request, str(e), TO_MEND)
    messages.success(request, _("Begun: %(version)s. Every change from the version before needs its reason.") % {"version": made})
    return redirect(reading_day.link(contents_path(made)))


@require_http_methods(["GET", "HEAD", "POST"])
@writers("plan.explain")
def reasons(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everything that a draft changes in the version before, and why; `?clause=` opens the form for one."""
    found = draft(request, slug, number)
    clause = request.GET.get("clause", "")
    if request.method == "POST":
        return explain(request, found, clause)
    return reasons_shown(request, found, clause, {}, {})


def explain(request: HttpRequest, found: PlanVersion, clause: str) -> HttpResponse:
    """Give the reason for one change; or say beside each field what to mend."""
    said = reasons_page.said(request.POST)
    sources = plan_desk.sources(found, request.reading.at)
    problems = reasons_page.problems(said, sources)
    if not problems:
        kind, _sign, source = said["source"].partition(":")
        try:
            actions.explain(version=found, clause=clause, kind=kind, source=source, reason=said["reason"], by=request.user)
        except CsplanError as refused:
            problems = {"": str(refused)}
    if problems:
        return reasons_shown(request, found, clause, said, problems)
    messages.success(request, _("The reason is kept. It can be changed until the version is frozen."))
    return redirect(reading_day.link(f"{contents_path(found)}reasons/"))


def reasons_shown(
    request: HttpRequest, found: PlanVersion, clause: str, said: dict[str, str], problems: dict[str, str]
) -> HttpResponse:
    """The list of changes, or the form for one."""
    status = TO_MEND if problems else 200
    if clause:
        facts = reasons_page.one(found, clause, said, problems, plan_desk.sources(found, request.reading.at))
        return render(request, "desk/plans/reason.html", facts, status=status)
    return render(request, "desk/plans/reasons.html", reasons_page.every(found), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writers("plan.freeze")
def freeze(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What will be sealed and what stands in the way; the button seals it, if it still is what the page showed."""
    found = draft(request, slug, number)
    problems: dict[str, str] = {}
    if request.method == "POST":
        if request.POST.get("fingerprint") != plan_desk.fingerprint(found):
            problems = {"": _("The draft was changed while this page was open. Look at it once more, then freeze it.")}
        else:
            try:
                view = evidence_view.view(request.partnership, clock.today())
                made = plans.freeze(version=found, figures=figures.finder_in(view), by=request.user)
            except CsplanError as refused:
                problems = {"": str(refused)}
            else:
                messages.success(request, _("Frozen: its fingerprint begins %(start)s.") % {"start": made.sha256[:8]})
                return redirect(reading_day.link(contents_path(found)))
    facts = pages.sealing(found, figures_of(request, found), problems)
    return render(request, "desk/plans/freeze.html", facts, status=TO_MEND if problems else 200)


def version(request: HttpRequest, slug: str, number: int) -> PlanVersion:
    """A version that the viewer may read."""
    asked = {"viewer": request.user, "at": request.reading.at, "is_earlier": request.reading.is_earlier}
    return plan_desk.find(request.partnership, slug, number, **asked)


def draft(request: HttpRequest, slug: str, number: int) -> PlanVersion:
    """A version in which the viewer may write now; refused in words where its words no longer change."""
    found = version(request, slug, number)
    if not plan_desk.is_draft(found):
        raise CsplanError(
            f"{found} is frozen or withdrawn, so its words no longer change. Begin a revised version, and write there."
        )
    return found


def figures_of(request: HttpRequest, found: PlanVersion) -> pages.LiveFigures:
    """The live figures of a version: sealed ones with what has moved since, those of a draft as they are found now."""
    view = evidence_view.view(request.partnership, request.reading.day)
    if plan_desk.is_draft(found):
        return pages.LiveFigures(figures.live(found, view), [], {})
    return pages.LiveFigures({}, figures.sealed(found), figures.restated(found, view))
