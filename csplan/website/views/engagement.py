"""Whom the partnership means to hear, and where it meets people, as anyone may read it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from csplan.records.reading import engagement as reading
from csplan.website.answers import answer
from csplan.website.pages import engagement as pages


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Events with their notice and note, whether the yearly public meeting was held, and the stakeholder map."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    # Few people could be told apart: the page and its data give no number below five.
    events = [_without_small_numbers(e) for e in reading.engagements(p, **asked)]
    groups = reading.stakeholders(p, **asked)
    told = {"public_meeting": reading.public_meeting(p, **asked), "engagements": events, "stakeholders": groups}
    page = pages.index(reading.engagements(p, **asked), request.reading.at, f"/{p.slug}/") | {
        "groups": pages.stakeholders(groups),
        "map_headline": pages.map_headline(groups),
    }
    return answer(request, "engagement/index.html", told, page=page)


def _without_small_numbers(event: dict) -> dict:
    if event["came"] is None:
        return event
    return {**event, "came": {name: pages.few(n) for name, n in event["came"].items()}, "others": pages.few(event["others"])}
