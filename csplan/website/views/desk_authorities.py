"""What each responsible authority did about a version, at the desk."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.cycle import plan as rules
from csplan.records.actions import authority as actions
from csplan.records.models import Body
from csplan.records.reading import signing as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import signing as pages
from csplan.website.typed import Said, Typed, nothing, options
from csplan.website.views import desk_form
from csplan.website.views.desk_signing import find, home_of


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def authorities(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Each authority of the version’s time with its newest part, and the form that records another."""
    version, at = find(request, slug, number), request.reading.at
    held = reading.authorities(version, viewer=request.user, at=at)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        shown = {
            "restated": pages.restated(reading.about(version, at), home_of(request)),
            "authorities": pages.authority_lines(held),
            "bodies": options(held, "code", "name", "Choose an authority"),
            "parts": pages.part_options(),
            "said": said,
            "may_write": desk_form.may(request, "authority.record"),
            "who_may": pages.who_may("authority.record"),
        }
        return desk_form.page(request, "desk/signing/authorities.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    code = typed.choice("body", {a["code"] for a in held}, "Choose the authority")
    part = typed.choice("part", rules.PARTS, "Choose what it did")
    on, words = typed.day("on", "Write the day on which it happened"), typed.text("words", longest=4_000)
    if part == "reservation" and not words:
        typed.problems["words"] = "Write what the reservation is"

    def keep() -> str:
        body = Body.objects.get(partnership=request.partnership, code=code)
        assert on is not None
        actions.record(version=version, body=body, part=part, on=on, words=words, by=request.user)
        return f"Recorded: {body} {rules.PARTS[part]}."

    return desk_form.answer(request, typed, keep, show)
