"""Finding a live figure at the desk: its reference, to be copied into a text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from csplan.website import evidence_view
from csplan.website.accounts import officers_only
from csplan.website.pages import desk_figures as pages
from csplan.website.views.desk_form import TO_MEND


@require_safe
@officers_only
def find(request: HttpRequest) -> HttpResponse:
    """A form that asks what, where and when, and every figure that fits with its value and its reference."""
    view = evidence_view.view(request.partnership, request.reading.day)
    facts = pages.page(view, request.GET, request.partnership)
    return render(request, "desk/plans/figures.html", facts, status=TO_MEND if facts["errors"] else 200)
