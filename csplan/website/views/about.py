"""What this site is, whom it serves and what it keeps."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

import csplan
from csplan.website.answers import answer


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """About the site."""
    return _page(request, "about/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What has been done so that anyone can read it, and what has not."""
    return _page(request, "about/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visit."""
    return _page(request, "about/privacy.html")


def _page(request: HttpRequest, template: str) -> HttpResponse:
    p = request.partnership
    return answer(request, template, {"partnership": {"slug": p.slug, "name": p.name}, "version": csplan.__version__})
