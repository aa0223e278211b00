"""Papers at the desk: made from the records as they stand, to be sent round before a meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from csplan.website.accounts import officers_only
from csplan.website.views import papers


@require_safe
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every paper, with a button for each form."""
    return render(request, "desk/papers.html", papers.listed(request))
