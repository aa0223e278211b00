"""The style sheet of a partnership's own colours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.documents import dress
from csplan.website.identity import identity


@require_safe
def sheet(request: HttpRequest, mark: str) -> HttpResponse:
    """Three colours over the house's own. The address holds their fingerprint, so a browser keeps it for ever."""
    held = identity(request.partnership.slug, request.partnership.name).colours
    words = dress.style_sheet(held) if held else ""
    if not held or dress.fingerprint(words) != mark:
        raise Http404("There are no such colours here.")
    response = HttpResponse(words, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
