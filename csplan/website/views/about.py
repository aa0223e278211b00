"""What this site is, whom it serves and what it keeps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

import csplan
from csplan.records.reading import partnership as reading
from csplan.website import report
from csplan.website.answers import answer


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """About the site, and who takes part in the partnership on the day read."""
    return _page(request, "about/about.html", **reading.about(request.partnership, request.reading.day))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What has been done so that anyone can read it, and what has not."""
    return _page(request, "about/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visit."""
    return _page(request, "about/privacy.html")


def _page(request: HttpRequest, template: str, **more: Any) -> HttpResponse:
    p = request.partnership
    facts = {"partnership": {"slug": p.slug, "name": p.name}, "version": csplan.__version__, **more}
    return answer(request, template, facts, page={"follows_report": report.is_followed(p.slug, request.reading.day)})
