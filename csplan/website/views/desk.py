"""The desk: where an officer's day begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from csplan.cycle.roles import ROLES
from csplan.website.accounts import officers_only
from csplan.website.desk import headline, may_start, waiting


@require_safe
@officers_only
def today(request: HttpRequest) -> HttpResponse:
    """Who you are here, what waits for you, and what you may start."""
    roles = request.viewer.roles
    tasks = waiting(request.partnership, request.user, roles, at=request.reading.at)
    facts = {
        "headline": headline(len(tasks)),
        "roles": [(role, ROLES[role]) for role in roles],
        "waiting": tasks,
        "may_start": may_start(request.partnership, roles),
    }
    return render(request, "desk/today.html", facts)
