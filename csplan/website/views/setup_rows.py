"""The rows of set-up: one body or one group on a page of its own, to change, add or take out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from csplan.cycle import clock, set_up
from csplan.website.pages import register
from csplan.website.pages import set_up as pages
from csplan.website.views.desk_form import TO_MEND
from csplan.website.views.setup import go_on, page, stay, unlocked


@unlocked
def bodies(request: HttpRequest) -> HttpResponse:
    """Who takes part, as proposed and changed so far."""
    if request.method == "POST":
        return go_on(request, "authorities")
    return page(request, "authorities", pages.bodies(request.said, clock.today()), {})


@unlocked
def body(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """One body: its name, kind and days."""
    rows = told(request, "bodies")
    held = find(rows, "code", code)
    errors: dict[str, str] = {}
    form = register.body_form(held, request.GET.get("kind", ""))
    if request.POST.get("do") == "remove":
        request.said.bodies = [b for b in rows if b is not held]
        return stay(request, "/setup/authorities/")
    if request.method == "POST":
        form = register.body_said(request.POST)
        values, errors = register.body_values(form)
        if not errors:
            own = code or set_up.free_slug(form["kind"], {b["code"] for b in rows})
            request.said.bodies = placed(rows, held, {"code": own, **values})
            return stay(request, "/setup/authorities/")
    return row_page(request, "authorities", "setup/body.html", {"form": form, "kinds": register.KINDS, "held": held}, errors)


@unlocked
def groups(request: HttpRequest) -> HttpResponse:
    """Who meets, as proposed and changed so far."""
    if request.method == "POST":
        return go_on(request, "groups")
    return page(request, "groups", pages.groups(request.said), {})


@unlocked
def group(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """One group: its name, kind and quorum."""
    rows = told(request, "groups")
    held = find(rows, "slug", slug)
    errors: dict[str, str] = {}
    form = register.group_form(held)
    if request.POST.get("do") == "remove":
        request.said.groups = [g for g in rows if g is not held]
        return stay(request, "/setup/groups/")
    if request.method == "POST":
        form = register.group_said(request.POST)
        other_boards = any(g.get("is_strategy_group") for g in rows if g is not held)
        values, errors = register.group_values(form, other_boards=other_boards)
        if not errors:
            own = slug or set_up.free_slug(form["kind"], {g["slug"] for g in rows})
            request.said.groups = placed(rows, held, {"slug": own, **values})
            return stay(request, "/setup/groups/")
    return row_page(request, "groups", "setup/group.html", {"form": form, "kinds": register.GROUP_KINDS, "held": held}, errors)


def told(request: HttpRequest, part: str) -> list[dict[str, Any]]:
    """The bodies or groups as they stand; 404 while no area is chosen, because none can be proposed."""
    described = request.said.described()
    if described is None:
        raise Http404("Choose the area first: what takes part there follows from it.")
    rows: list[dict[str, Any]] = described[part]
    return rows


def find(rows: list[dict[str, Any]], key: str, code: str | None) -> dict[str, Any] | None:
    """The row of a short name; None for a new one. 404 where there is none of that name."""
    if code is None:
        return None
    found = next((row for row in rows if row[key] == code), None)
    if found is None:
        raise Http404(f"There is no “{code}” in this set-up.")
    return found


def placed(rows: list[dict[str, Any]], held: dict[str, Any] | None, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows with one put in the place of another, or at the end."""
    return [*rows, row] if held is None else [row if one is held else one for one in rows]


def row_page(request: HttpRequest, step: str, template: str, facts: dict[str, Any], errors: dict[str, str]) -> HttpResponse:
    """A page of one row, which leads back to its step."""
    frame = {**pages.frame(step), "back": f"/setup/{step}/"}
    return render(request, template, {**frame, **facts, "errors": errors}, status=TO_MEND if errors else 200)
