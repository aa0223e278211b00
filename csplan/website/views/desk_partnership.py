"""How the partnership is set up, at the desk: its bodies, groups and offices, and what is left to fill. For managers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.records import lookup
from csplan.records.actions import partnership as actions
from csplan.website.pages import partnership as pages
from csplan.website.pages import register
from csplan.website.typed import Typed, three
from csplan.website.views.desk_form import TO_MEND
from csplan.website.views.desk_people import for_those_who

DESCRIBE = "partnership.describe"


@for_those_who(DESCRIBE)
def show(request: HttpRequest) -> HttpResponse:
    """Bodies, groups and offices as they stand on the day read."""
    facts = pages.page(request.partnership, at=request.reading.at, may_write=not request.reading.is_earlier)
    return render(request, "desk/partnership.html", facts)


@for_those_who(DESCRIBE)
def add(request: HttpRequest, part: str) -> HttpResponse:
    """Add a body, a group or an office."""
    if part not in ADD:
        raise Http404("A body, a group or an office can be added, and nothing else.")
    return ADD[part](request)


def add_body(request: HttpRequest) -> HttpResponse:
    """A body with the days between which it takes part."""
    errors: dict[str, str] = {}
    form = register.body_form(None, request.GET.get("kind", ""))
    if request.method == "POST":
        form = register.body_said(request.POST)
        values, errors = register.body_values(form)
        if not errors:
            values.pop("category")
            return act(
                request, "body", form, lambda: actions.add_body(partnership=request.partnership, **values, by=request.user)
            )
    return form_page(request, "body", form, errors)


def add_group(request: HttpRequest) -> HttpResponse:
    """A group with its quorum."""
    errors: dict[str, str] = {}
    p, form = request.partnership, register.group_form(None)
    if request.method == "POST":
        form = register.group_said(request.POST)
        values, errors = register.group_values(form, other_boards=p.groups.filter(is_strategy_group=True).exists())
        if not errors:
            values.pop("is_strategy_group", None)
            return act(request, "group", form, lambda: actions.add_group(partnership=p, **values, by=request.user))
    return form_page(request, "group", form, errors)


def add_office(request: HttpRequest) -> HttpResponse:
    """A post at a body, appointed to a group or to none."""
    errors: dict[str, str] = {}
    p, form = request.partnership, register.office_form(clock.today())
    if request.method == "POST":
        form = register.office_said(request.POST)
        bodies, groups = {b.code: b for b in p.bodies.all()}, {g.slug: g for g in p.groups.all()}
        values, errors = register.office_values(form, bodies, groups)
        if not errors:
            values |= {"body": bodies[values["body"]], "group": groups.get(values["group"])}
            return act(request, "office", form, lambda: actions.add_office(partnership=p, **values, by=request.user))
    return form_page(request, "office", form, errors)


ADD = {"body": add_body, "group": add_group, "office": add_office}


@for_those_who(DESCRIBE)
def end_body(request: HttpRequest, code: str) -> HttpResponse:
    """The last day on which a body takes part."""
    body = lookup.one(request.partnership.bodies.all(), f"body “{code}”", code=code)
    errors: dict[str, str] = {}
    shown = three(body.to_on)
    if request.method == "POST":
        typed = Typed(request.POST)
        to_on = typed.day("to", _("Write the last day on which it takes part"))
        errors, shown = typed.problems, typed.said.parts("to")
        if to_on is not None:
            try:
                actions.end_body(body=body, to_on=to_on, by=request.user)
                return done(request)
            except CsplanError as refused:
                errors = {"to": str(refused)}
    facts = {"body": body.name, "typed": shown, "errors": errors}
    return render(request, "desk/end_body.html", facts, status=TO_MEND if errors else 200)


@for_those_who(DESCRIBE)
def quorum(request: HttpRequest, slug: str) -> HttpResponse:
    """How many members of a group can decide."""
    group = lookup.one(request.partnership.groups.all(), f"group “{slug}”", slug=slug)
    form = register.group_form({"name": group.name, "kind": group.kind, "quorum": group.quorum})
    errors: dict[str, str] = {}
    if request.method == "POST":
        form["quorum"] = request.POST.get("quorum", "").strip()
        number = register.quorum(form["quorum"], errors)
        if not errors:
            actions.set_quorum(group=group, quorum=number, by=request.user)
            return done(request)
    return render(request, "desk/quorum.html", {"form": form, "errors": errors}, status=TO_MEND if errors else 200)


def act(request: HttpRequest, part: str, form: dict[str, Any], action: Any) -> HttpResponse:
    """Do it and go back; or say why it was refused."""
    try:
        action()
    except CsplanError as refused:
        return form_page(request, part, form, {"": str(refused)})
    return done(request)


def done(request: HttpRequest) -> HttpResponse:
    """Back to the page, which says that it is kept."""
    messages.success(request, _("Kept. The register says so from now on."))
    return redirect(f"/{request.partnership.slug}/desk/partnership/")


def form_page(request: HttpRequest, part: str, form: dict[str, Any], errors: dict[str, str]) -> HttpResponse:
    """The form of a body, a group or an office."""
    p = request.partnership
    facts = {"part": part, "form": form, "errors": errors, **pages.choices(p)}
    return render(request, "desk/add.html", facts, status=TO_MEND if errors else 200)
