"""Scrutiny at the desk: a version put before the committee, and what the committee recommends."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import scrutiny as actions
from csplan.records.models import ScrutinyItem
from csplan.records.reading import equality
from csplan.records.reading import scrutiny as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import scrutiny as pages
from csplan.website.typed import Said, Typed, nothing, options
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def scrutiny(request: HttpRequest) -> HttpResponse:
    """Items, and the forms that put a version before the committee and record what it recommends."""
    if request.method != "POST":
        return page(request, nothing(), {})
    return desk_form.which(request, {"put": put, "recommend": recommend})


def put(request: HttpRequest) -> HttpResponse:
    """Put a version on the committee’s agenda."""
    typed, p = Typed(request.POST), request.partnership
    versions, meetings, offices = choices(request)
    told = pages.put(typed, versions, meetings, offices, p.name)
    if told["version"] is not None and (lacking := reading.lacks(told["version"], at=request.reading.at)):
        typed.problems["version"] = " ".join(lacking)

    def keep() -> str:
        taken = ScrutinyItem.objects.filter(partnership=p).values_list("ref", flat=True)
        ref = pages.reference(told["meeting"].starts_at, set(taken))
        made = actions.put_before(**told, ref=ref, by=request.user)
        return f"On the agenda: {made.title}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems))


def recommend(request: HttpRequest) -> HttpResponse:
    """Record what the committee recommends on an item."""
    typed, ref = Typed(request.POST), request.POST.get("item", "")
    words = typed.text(f"recommendation-{ref}", "Write what the committee recommends", longest=4_000)

    def keep() -> str:
        held = reading.find(request.partnership, ref, viewer=request.user, at=request.reading.at)
        actions.recommend(item=held, recommendation=words, by=request.user)
        return f"Recorded: what the committee recommends on {held.title}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems))


def page(request: HttpRequest, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    p, at = request.partnership, request.reading.at
    versions, meetings, offices = choices(request)
    found = reading.items(p, viewer=request.user, at=at)
    begun = {ref for ref, m in meetings.items() if m.starts_at <= at}
    shown = pages.desk(found, begun, desk_form.may(request, "scrutiny.recommend"), f"/{p.slug}/") | {
        "versions": [("", "Choose a version"), *((ref, str(v)) for ref, v in versions.items())],
        "meetings": options(meetings.values(), "ref", "title", "Choose a meeting"),
        "offices": options(offices.values(), "slug", "title", "Choose an office"),
        "said": said,
        "may_put": desk_form.may(request, "meeting.record"),
    }
    return desk_form.page(request, "desk/scrutiny.html", shown, problems)


def choices(request: HttpRequest) -> tuple[dict, dict, dict]:
    """What the form offers: versions, meetings of the committee, offices; each by its reference."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    versions = {v.ref: v for v in reading.versions(p, **asked)}
    meetings = {m.ref: m for m in reading.meetings(p, **asked)}
    return versions, meetings, {o.slug: o for o in equality.offices(p, at=request.reading.at)}
