"""What was before the scrutiny committee, and what it recommended, as anyone may read it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records.reading import scrutiny as reading
from csplan.website.answers import answer
from csplan.website.pages import scrutiny as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every item."""
    p = request.partnership
    found = reading.items(p, viewer=request.user, at=request.reading.at)
    return answer(request, "scrutiny/index.html", {"items": found}, page=pages.index(found, f"/{p.slug}/"))
