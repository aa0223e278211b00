"""Meetings at the desk: announced, and recorded once they were held."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import meeting as actions
from csplan.records.models import Meeting
from csplan.records.reading import meeting as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import meetings as pages
from csplan.website.typed import Typed, nothing
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """What waits to be recorded, what is to come, and the form that announces a meeting."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    groups = reading.groups(p, **asked)

    def show(said, problems):
        shown = pages.desk(reading.meetings(p, **asked), groups, request.reading.at, f"/{p.slug}/")
        shown |= {"said": said, "may_write": desk_form.may(request, "meeting.record")}
        return desk_form.page(request, "desk/meetings/index.html", shown, problems)

    if request.method != "POST":
        return show(nothing(at="10:00"), {})
    typed = Typed(request.POST)
    told = pages.announcement(typed, groups)

    def announce():
        taken = Meeting.objects.filter(partnership=p).values_list("ref", flat=True)
        ref = pages.reference(told["group"].slug, told["starts_at"], list(taken))
        made = actions.announce(**told, ref=ref, by=request.user)
        return f"Announced: {made.title}."

    return desk_form.answer(request, typed, announce, show)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Whether a meeting had a quorum, and what was noted."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    held = reading.find(p, ref, **asked)

    def show(said, problems):
        found = reading.meeting(p, ref, **asked)
        shown = found | pages.show(found, f"/{p.slug}/")
        shown |= {"said": said, "may_write": desk_form.may(request, "meeting.record"), "yes_or_no": list(pages.QUORUM.items())}
        return desk_form.page(request, "desk/meetings/record.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    told = pages.record(typed, held.group.quorum)

    def keep():
        actions.record(meeting=held, **told, by=request.user)
        return f"Recorded: {held.title}."

    return desk_form.answer(request, typed, keep, show)
