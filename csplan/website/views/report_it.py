"""The page that sends people to the right door."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.website.answers import answer
from csplan.website.report_it import read_doors


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Doors from the partnership's file. Never kept by a browser: a person may not want it known that they looked."""
    doors = read_doors(request.partnership.slug)
    response = answer(request, "report_it/report_it.html", {"report_it": doors})
    response.headers["Cache-Control"] = "private, no-store"
    return response
