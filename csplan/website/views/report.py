"""The page that follows the committee report, paragraph by paragraph."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.website import report
from csplan.website.answers import answer


@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """Every paragraph with what does it."""
    followed = report.followed(request.partnership.slug, request.reading.day)
    if followed is None:
        raise Http404("This partnership follows no report, or it was not written yet on the day you read.")
    return answer(request, "about/report.html", {"report": followed})
