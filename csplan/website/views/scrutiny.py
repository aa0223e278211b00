"""What was before the scrutiny committee, and what it recommended, as anyone may read it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records.reading import recommendation
from csplan.records.reading import scrutiny as reading
from csplan.website.answers import answer
from csplan.website.pages import recommendations
from csplan.website.pages import scrutiny as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every item, recommendation and question."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    found = {
        "items": reading.items(p, **asked),
        "recommendations": recommendation.recommendations(p, **asked),
        "questions": recommendation.questions(p, **asked),
    }
    page = pages.index(found["items"], f"/{p.slug}/") | recommendations.public(found["recommendations"], found["questions"])
    return answer(request, "scrutiny/index.html", found, page=page)
