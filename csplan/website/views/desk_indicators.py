"""Indicators at the desk: those that are adopted, with what is to mend in each, and adopting one."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from csplan.cycle import lint
from csplan.records.actions import kpi as actions
from csplan.records.reading import kpi_desk as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import adopting as pages
from csplan.website.pages import indicator_list
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.words_back import writers


@require_safe
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every adopted indicator with its findings."""
    held = reading.adopted(request.partnership, viewer=request.user, at=request.reading.at)
    search = searched(request)
    facts = pages.page(held, f"/{request.partnership.slug}/", search["named"], asked=search["asked"], area=search["area"])
    return render(request, "desk/indicators.html", {**search, **facts, "may_adopt": desk_form.may(request, "kpi.adopt")})


@require_safe
@officers_only
def of_catalogue(request: HttpRequest) -> HttpResponse:
    """The indicators that are defined and may be adopted, searched by words and by work area."""
    p, search = request.partnership, searched(request)
    adopted = [one["kpi"].ref for one in reading.adopted(p, viewer=request.user, at=request.reading.at)]
    base = f"/{p.slug}/desk/indicators/new/"
    facts = pages.offered_from_catalogue(search["named"], adopted, base, asked=search["asked"], area=search["area"])
    return render(request, "desk/indicator_catalogue.html", {**search, **facts, "may_adopt": desk_form.may(request, "kpi.adopt")})


def searched(request: HttpRequest) -> dict[str, Any]:
    """What a list of indicators is searched by: {asked, area, areas, named}."""
    serves = reading.serves(request.partnership, viewer=request.user, at=request.reading.at)
    named = {ref: title for p in serves for ref, title in ((p["ref"], p["title"]), *p["work_areas"])}
    areas = indicator_list.choices(named)
    area = next((ref for ref, _ in areas if ref == request.GET.get("work_area")), "")
    return {"asked": " ".join(request.GET.get("q", "").split())[:100], "area": area, "areas": areas, "named": named}


@require_http_methods(["GET", "HEAD", "POST"])
@writers("kpi.adopt")
def new(request: HttpRequest) -> HttpResponse:
    """The form that adopts an indicator; `do`: see, which saves nothing, or adopt."""
    if request.method != "POST":
        return page(request, nothing(**begun(request)), {}, areas=pages.areas_of(request.GET.get("from", "")))
    return desk_form.which(request, {"see": see, "adopt": adopt})


def begun(request: HttpRequest) -> dict[str, str]:
    """What the form holds before anyone has typed: an indicator of the catalogue that is chosen, or a free reference."""
    filled = pages.begun_from(request.GET.get("from", ""))
    if filled and not reading.is_used(request.partnership, filled["ref"]):
        return filled
    return (
        {**filled, "ref": reading.next_ref(request.partnership)}
        if filled
        else {"ref": reading.next_ref(request.partnership), "per": "1"}
    )


def see(request: HttpRequest) -> HttpResponse:
    """The form again, with what the rules find in it. Nothing is saved."""
    typed, described = sent(request)
    found = [asdict(f) for f in lint.kpi(described)]
    return page(request, typed.said, typed.problems, findings=pages.findings(found))


def adopt(request: HttpRequest) -> HttpResponse:
    """Adopt it, and go to the list, where its findings stand."""
    typed, described = sent(request)

    def keep() -> str:
        made = actions.adopt(partnership=request.partnership, described=described, by=request.user)
        return f"Adopted: {made}. It is public now."

    home = f"/{request.partnership.slug}/desk/indicators/"
    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems), to=home)


def sent(request: HttpRequest) -> tuple[Typed, dict[str, Any]]:
    """What was typed, with what to mend, and the indicator that it describes."""
    typed = Typed(request.POST)
    described = pages.read(typed, offered(request))
    if described["ref"] and reading.is_used(request.partnership, described["ref"]):
        free = reading.next_ref(request.partnership, described["ref"])
        typed.problems["ref"] = f"{described['ref']} is already adopted here, and no reference is used twice. {free} is free"
    typed.problems = pages.in_order(typed.problems, list(described))
    return typed, described


def offered(request: HttpRequest) -> dict[str, Any]:
    """What the lists of the form offer."""
    p, at = request.partnership, request.reading.at
    return pages.form(reading.serves(p, viewer=request.user, at=at), reading.offices(p, at), reading.bodies(p, at))


def page(
    request: HttpRequest,
    said: Said,
    problems: dict[str, str],
    *,
    findings: list[dict[str, str]] | None = None,
    areas: Sequence[str] = (),
) -> HttpResponse:
    """The form, with what was typed and what to mend.

    findings : of the rules, where it is only looked at; None where it is not;  areas : work areas chosen beforehand
    """
    shown = {
        **offered(request),
        "said": said,
        "chosen_areas": request.POST.getlist("work_areas") or list(areas),
        "may_adopt": desk_form.may(request, "kpi.adopt"),
        "is_seen": findings is not None,
        "findings": findings or [],
    }
    return desk_form.page(request, "desk/indicator_new.html", shown, problems)
