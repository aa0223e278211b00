"""The supply ledger at the desk: who owes what by when, returns brought in, and empty ones to send out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.evidence import returns
from csplan.evidence.incoming import keeping, package
from csplan.evidence.load import load
from csplan.evidence.report import UnitReport
from csplan.evidence.returns import read, template, wards, workbook
from csplan.evidence.returns.read import Mark, Return
from csplan.evidence.store import Store
from csplan.records import lookup
from csplan.records.actions import reading as readings
from csplan.records.actions import supply as actions
from csplan.records.models import Body
from csplan.records.reading import supply as reading
from csplan.website import data_folder, reading_day
from csplan.website.accounts import officers_only
from csplan.website.pages import supply as pages
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """One quarter of the ledger (`?quarter=`), letters that chase, and the forms that take something in; or a return (`?file=`)."""
    if "file" in request.GET:
        return returned(request)
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    quarters = reading.quarters(p, clock.day_of(request.reading.at))
    quarter = request.GET.get("quarter", quarters[0])
    if quarter not in quarters:
        raise Http404("The ledger has no such quarter.")
    every = {q: reading.ledger(p, q, **asked) for q in quarters}

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        overdue = {q: sum(row["state"] == "overdue" for row in rows) for q, rows in every.items()}
        shown = pages.ledger(every[quarter], quarter, quarters, overdue) | {
            "owed": pages.owed(every[quarter]),
            "ways": list(pages.WAYS.items()),
            "letters": _letters([row for rows in every.values() for row in rows], p.contact, clock.day_of(request.reading.at)),
            "templates": pages.templates(),
            "quarter": quarter,
            "said": said,
            "may_record": desk_form.may(request, "supply.receive"),
            "may_return": desk_form.may(request, "reading.submit"),
        }
        return desk_form.page(request, "desk/supply/index.html", shown, problems)

    if request.method != "POST":
        return show(nothing(quarter=quarter), {})
    return desk_form.which(request, {"upload": _upload, "record": _record}, every[quarter], quarters, show)


def _letters(rows: Sequence[Any], contact: str, on: date) -> list[dict[str, str]]:
    """A letter to each body that has something overdue."""
    late = {row["body"]: row["body_name"] for row in rows if row["state"] == "overdue"}
    return [{"name": name, "words": reading.chase(rows, code, contact, on)} for code, name in late.items()]


def _record(request: HttpRequest, rows: Sequence[Any], quarters: Sequence[str], show: Any) -> HttpResponse:
    """Note that there was nothing to report, or that something came another way."""
    p, typed = request.partnership, Typed(request.POST)
    told = pages.told(typed, rows, quarters)

    def keep() -> str:
        body = lookup.one(Body.objects.filter(partnership=p), f"body “{told['body']}”", code=told["body"])
        made = actions.receive(partnership=p, **{**told, "body": body}, by=request.user)
        return f"Recorded: {returns.named(made.data_set).title.lower()}, from {body}."

    return desk_form.answer(request, typed, keep, show, to=f"/{p.slug}/desk/supply/?quarter={told['quarter'] or quarters[0]}")


def _upload(request: HttpRequest, _: Sequence[Any], __: Sequence[str], show: Any) -> HttpResponse:
    """Read a return and lead to its preview; what cannot be read is said at the field, and nothing is kept of it."""
    p, sent = request.partnership, request.FILES.get("file")
    if sent is None:
        return show(Typed(request.POST).said, {"file": "Choose a file."})
    data, name = sent.read(package.FILE_BYTES + 1), package.safe_name(sent.name or "")
    try:
        package.kind(data, name)
        outline = read.outline_of(data, name)
        _check(request, outline, name)
    except CsplanError as refused:
        return show(Typed(request.POST).said, {"file": str(refused)})
    token = keeping.keep(data_folder(), outline, kind="return", name=name, received=data, **_whose(request))
    return redirect(reading_day.link(f"/{p.slug}/desk/supply/?file={token}"))


def _whose(request: HttpRequest) -> dict[str, str]:
    return {"person": request.user.get_username(), "partnership": request.partnership.slug}


def _check(request: HttpRequest, outline: Any, name: str) -> Return:
    area = request.partnership.area_code
    return read.read(name, outline, wards.held(Store(data_folder()), area), area)


def returned(request: HttpRequest) -> HttpResponse:
    """A return: what is good in it and what is to mend; then taken in, or forgotten."""
    p = request.partnership
    kept = _kept(request)
    found = _check(request, kept.outline, kept.name)
    marks, good = _outlook(request, found)
    bodies = actions.owing(p, found.data_set.body, found.quarter) if found.quarter else []

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        action = "supply.receive" if found.quarter else "reading.submit"
        shown = pages.preview(found, marks, good, bodies) | {"said": said, "file_name": kept.name, "token": kept.token}
        return desk_form.page(request, "desk/supply/return.html", shown | {"may_take": desk_form.may(request, action)}, problems)

    if request.method != "POST":
        return show(nothing(), {})
    return desk_form.which(request, {"take": _take, "forget": _forget}, kept, found, bodies, show)


def _kept(request: HttpRequest) -> keeping.Kept:
    try:
        return keeping.find(data_folder(), request.GET.get("file", ""), kind="return", **_whose(request))
    except CsplanError as gone:
        raise Http404(str(gone)) from gone


def _outlook(request: HttpRequest, found: Return) -> tuple[Sequence[Mark], int]:
    """What is to mend, and how many rows can be taken; of indicators, as the records would take them."""
    if found.quarter or not desk_form.may(request, "reading.submit"):
        return found.marks, len(found.lines)
    told = {"partnership": request.partnership, "found": found, "path": "", "sha256": "", "by": request.user}
    report, marks = readings.receive(**told, dry_run=True)
    return marks, report.rows_loaded


def _take(request: HttpRequest, kept: keeping.Kept, found: Return, bodies: Sequence[Any], show: Any) -> HttpResponse:
    """Take in what is good."""
    p, typed = request.partnership, Typed(request.POST)
    if found.quarter and len(bodies) != 1:
        typed.choice("body", {body.code for body in bodies}, "Choose the body that sent it.")

    def take() -> str:
        report = _take_readings(request, kept, found) if not found.quarter else _take_supply(request, kept, typed, bodies)
        keeping.forget(data_folder(), kept)
        return _words(report)

    to = f"/{p.slug}/desk/{f'supply/?quarter={found.quarter}' if found.quarter else 'readings/'}"
    return desk_form.answer(request, typed, take, show, to=to)


def _take_readings(request: HttpRequest, kept: keeping.Kept, found: Return) -> UnitReport:
    told = {"partnership": request.partnership, "found": found, "path": kept.name, "sha256": "", "by": request.user}
    return readings.receive(**told)[0]


def _take_supply(request: HttpRequest, kept: keeping.Kept, typed: Typed, bodies: Sequence[Any]) -> UnitReport:
    """Load the file as it was received, and record it in the ledger."""
    if kept.file is None:
        raise CsplanError("What was read from that file is no longer here. Choose the file again.")
    p, store = request.partnership, Store(data_folder())
    body = bodies[0] if len(bodies) == 1 else next(b for b in bodies if b.code == typed.said["body"])
    actions.check_may_receive(partnership=p, body=body, by=request.user)
    with keeping.under_its_name(kept) as file:
        (report,) = load(store, [file], by=request.user.get_username(), district=p.area_code).units
    unit = next((u for u in store.manifest().units if u.sha256 == report.sha256), None)
    if unit is None:
        raise CsplanError(report.reasons[0].message)
    if not p.supplies.filter(sha256=unit.sha256).exists():
        actions.receive_return(partnership=p, body=body, unit=unit, by=request.user)
    return report


def _words(report: UnitReport) -> str:
    """What became of a return, for the person who gave it."""
    waits = {
        "held": " It differs much from the return before it, so it waits for a decision.",
        "unchanged": " It was held already.",
    }
    return f"Rows taken: {report.rows_loaded:,} of {report.rows_read:,}.{waits.get(report.outcome, '')}"


def _forget(request: HttpRequest, kept: keeping.Kept, *_: Any) -> HttpResponse:
    keeping.forget(data_folder(), kept)
    messages.success(request, "Nothing was saved, and what was read from the file is gone.")
    return redirect(reading_day.link(f"/{request.partnership.slug}/desk/supply/"))


@require_safe
@officers_only
def marked(request: HttpRequest, form: str) -> HttpResponse:
    """A return (`?file=`) marked with what to mend in each row."""
    kept = _kept(request)
    found = _check(request, kept.outline, kept.name)
    return _file(
        [read.marked_sheet(found, _outlook(request, found)[0])],
        form,
        f"{slugify(kept.name.rsplit('.', 1)[0]) or 'return'}-marked",
    )


@require_safe
@officers_only
def empty(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """An empty return to fill in."""
    try:
        asked = returns.named(name)
    except CsplanError as unknown:
        raise Http404(str(unknown)) from unknown
    here = wards.held(Store(data_folder()), request.partnership.area_code)
    return _file(template.sheets(asked, here, clock.day_of(request.reading.at)), form, asked.name)


def _file(sheets: list[workbook.Sheet], form: str, name: str) -> HttpResponse:
    if form not in workbook.FORMATS:
        raise Http404("There is no such format.")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(workbook.as_bytes(sheets, form), content_type=workbook.FORMATS[form], headers=headers)
