"""What a partnership already has, brought in at the desk: a file is read, shown beside what it becomes, and saved when confirmed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.evidence.incoming import file, keeping, package
from csplan.records.actions import kpi_import as kpi_actions
from csplan.records.actions import plan_import as plan_actions
from csplan.records.reading import kpi_import as kpi_reading
from csplan.records.reading import plan_import as plan_reading
from csplan.website import data_folder, reading_day
from csplan.website.accounts import officers_only
from csplan.website.context import leads_somewhere
from csplan.website.pages import kpi_import as kpi_pages
from csplan.website.pages import plan_import as plan_pages
from csplan.website.typed import Said, Typed
from csplan.website.views import desk_form

Show = Callable[..., HttpResponse]
#: kind of file -> (action that confirms it, template of its preview)
KINDS = {"plan": ("plan.draft", "desk/import_plan.html"), "kpi": ("reading.submit", "desk/import_kpi.html")}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def plans(request: HttpRequest) -> HttpResponse:
    """A plan: the form for a file; then its preview (`?file=`), which posts back with `do`: read, confirm or forget."""
    return _serve(request, "plan", show_plan, {"read": show_plan, "confirm": confirm_plan})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def performance(request: HttpRequest) -> HttpResponse:
    """A history of indicators, likewise."""
    return _serve(request, "kpi", show_history, {"read": show_history, "confirm": confirm_history})


def _serve(request: HttpRequest, kind: str, show: Show, forms: dict[str, Show]) -> HttpResponse:
    """The page that the request asks for; nothing is done for who may not confirm what is brought in."""
    if not desk_form.may(request, KINDS[kind][0]):
        return _first(request, kind, {})
    if request.method == "POST" and request.POST.get("do") == "upload":
        return _upload(request, kind)
    token = request.GET.get("file", "")
    if not token:
        return _first(request, kind, {})
    try:
        kept = keeping.find(data_folder(), token, kind=kind, **_whose(request))
    except CsplanError as gone:
        return _first(request, kind, {"file": str(gone)})
    if request.method != "POST":
        return show(request, kept)
    return desk_form.which(request, {**forms, "forget": _forget}, kept)


def _whose(request: HttpRequest) -> dict[str, str]:
    return {"person": request.user.get_username(), "partnership": request.partnership.slug}


def _first(request: HttpRequest, kind: str, errors: dict[str, str]) -> HttpResponse:
    """The form that asks for a file."""
    shown = {"kind": kind, "may_bring_in": desk_form.may(request, KINDS[kind][0]), "errors": errors}
    return render(request, "desk/import.html", shown, status=desk_form.TO_MEND if errors else 200)


def _upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Read the file that was sent and lead to its preview; what cannot be read is said at the field."""
    sent = request.FILES.get("file")
    if sent is None:
        return _first(request, kind, {"file": _("Choose a file")})
    try:
        outline = file.read(sent.read(package.FILE_BYTES + 1), sent.name or "")
    except CsplanError as refused:
        return _first(request, kind, {"file": str(refused)})
    name = package.safe_name(sent.name or "")
    person, partnership = _whose(request).values()
    token = keeping.keep(data_folder(), outline, kind=kind, name=name, person=person, partnership=partnership)
    return redirect(reading_day.link(f"{request.path}?file={token}"))


def _forget(request: HttpRequest, kept: keeping.Kept) -> HttpResponse:
    keeping.forget(data_folder(), kept)
    messages.success(request, _("Nothing was saved, and what was read from the file is gone."))
    return redirect(reading_day.link(request.path))


def _page(request: HttpRequest, kept: keeping.Kept, shown: dict[str, Any], said: Said, errors: dict[str, str]) -> HttpResponse:
    facts = {**shown, "said": said, "file_name": kept.name, "token": kept.token}
    return desk_form.page(request, KINDS[kept.kind][1], facts, errors)


# ---- a plan ----


def show_plan(request: HttpRequest, kept: keeping.Kept) -> HttpResponse:
    """The preview, with the columns as they are chosen now."""
    typed = Typed(request.POST)
    chosen = plan_pages.chosen(typed, kept.outline) if request.method == "POST" else {}
    proposal = plan_reading.propose(request.partnership, kept.outline, chosen={} if typed.problems else chosen)
    said = typed.said if request.method == "POST" else plan_pages.filled(proposal)
    return _page(request, kept, plan_pages.page(proposal, kept.outline, chosen), said, typed.problems)


def confirm_plan(request: HttpRequest, kept: keeping.Kept) -> HttpResponse:
    """Make the proposal a draft, forget the file, and lead to the draft."""
    p, typed = request.partnership, Typed(request.POST)
    chosen, about = plan_pages.chosen(typed, kept.outline), plan_pages.about(typed)
    proposal = plan_reading.propose(p, kept.outline, chosen=chosen)
    matches = plan_pages.changed(chosen, kept.outline, p.words, plan_reading.remembered(p, "plan"))

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        return _page(request, kept, plan_pages.page(proposal, kept.outline, chosen), said, problems)

    def make() -> str:
        version = plan_actions.confirm(partnership=p, proposal=proposal, **about, matches=matches, by=request.user)
        keeping.forget(data_folder(), kept)
        return _("A draft was made: %(version)s, with %(counts)s.") % {
            "version": version, "counts": plan_reading.counts_words(proposal),
        }  # fmt: skip

    return desk_form.answer(request, typed, make, show, to=_draft_path(p.slug, about["slug"]))


def _draft_path(partnership: str, slug: str) -> str:
    """Where the draft is written on; the desk itself where that page is not there."""
    path = f"/{partnership}/desk/plans/{slug}/1/"
    return path if leads_somewhere(path) else f"/{partnership}/desk/"


# ---- a history of indicators ----


def show_history(request: HttpRequest, kept: keeping.Kept) -> HttpResponse:
    """The preview, with columns and lines as they are matched now."""
    typed = Typed(request.POST)
    read = _read_history(request, kept, typed)
    return _page(request, kept, kpi_pages.page(*read), typed.said, typed.problems)


def confirm_history(request: HttpRequest, kept: keeping.Kept) -> HttpResponse:
    """Return every figure of the lines that are matched, forget the file, and say what was not taken and why."""
    typed = Typed(request.POST)
    history, outline, kpis, refs, chosen = _read_history(request, kept, typed)
    typed.problems.update(kpi_pages.to_mend(history, refs) if not typed.problems else {})
    if typed.problems:
        return _page(request, kept, kpi_pages.page(history, outline, kpis, refs, chosen), typed.said, typed.problems)
    outcomes = kpi_actions.confirm(partnership=request.partnership, history=history, refs=refs, matches=chosen, by=request.user)
    keeping.forget(data_folder(), kept)
    words, not_taken = kpi_pages.told(outcomes)
    return render(request, "desk/import_done.html", {"words": words, "not_taken": not_taken})


def _read_history(request: HttpRequest, kept: keeping.Kept, typed: Typed) -> tuple[Any, ...]:
    """(history, outline, indicators, {line: reference}, {heading: field}) as things are matched now."""
    p, is_sent = request.partnership, request.method == "POST"
    first = kpi_reading.propose(p, kept.outline)
    chosen = kpi_pages.chosen(typed, kept.outline, first.columns) if is_sent else {}
    history = kpi_reading.propose(p, kept.outline, chosen=chosen)
    kpis = kpi_reading.indicators(p, viewer=request.user, at=clock.now())
    said = kpi_pages.matched(typed, history, kpis) if is_sent else {}
    return history, kept.outline, kpis, kpi_reading.refs(p, history, kpis, said), chosen
