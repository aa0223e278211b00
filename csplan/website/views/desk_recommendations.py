"""Recommendations of the scrutiny committee at the desk: made, answered by each body, followed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.cycle import scrutiny as rules
from csplan.records.actions import recommendation as actions
from csplan.records.reading import recommendation as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import recommendations as pages
from csplan.website.typed import Said, Typed, nothing, options
from csplan.website.views import desk_form
from csplan.website.views.desk_scrutiny_questions import held_items


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def recommendations(request: HttpRequest) -> HttpResponse:
    """Every recommendation with its 28 days, and the forms."""
    if request.method != "POST":
        return page(request, nothing(), {})
    return desk_form.which(request, {"make": make, "respond": respond, "follow": follow})


def make(request: HttpRequest) -> HttpResponse:
    """Record a recommendation."""
    typed, p = Typed(request.POST), request.partnership
    bodies = {b.code: b for b in reading.bodies(p, at=request.reading.at)}
    told = pages.made(typed, bodies, held_items(request))

    def keep() -> str:
        made = actions.make(partnership=p, **told, by=request.user)
        return f"Recorded: {', '.join(r.ref for r in made)}. Each body has until {pages.day(made[0].respond_by)} to answer."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems))


def respond(request: HttpRequest) -> HttpResponse:
    """Record what a body answered."""
    return _came(request, "respond", rules.RESPONSES)


def follow(request: HttpRequest) -> HttpResponse:
    """Record how one stands."""
    return _came(request, "follow", rules.PROGRESS)


def _came(request: HttpRequest, do: str, standings: dict[str, str]) -> HttpResponse:
    typed, ref = Typed(request.POST), request.POST.get("recommendation", "")
    told = pages.came(typed, ref, standings)

    def keep() -> str:
        held = reading.recommendation(request.partnership, ref, viewer=request.user, at=request.reading.at)
        (actions.respond if do == "respond" else actions.follow)(recommendation=held, **told, by=request.user)
        return f"Recorded: {'the answer to' if do == 'respond' else 'how it stands with'} {ref}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems))


def page(request: HttpRequest, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    p, at = request.partnership, request.reading.at
    found = reading.recommendations(p, viewer=request.user, at=at)
    shown = pages.desk(found, may_record=desk_form.may(request, "recommendation.respond")) | {
        "bodies": options(reading.bodies(p, at=at), "code", "name"),
        "items": options(held_items(request).values(), "ref", "title", "No item in particular"),
        "said": said,
        "chosen": request.POST.getlist("bodies"),
        "may_make": desk_form.may(request, "recommendation.make"),
    }
    return desk_form.page(request, "desk/scrutiny/recommendations.html", shown, problems)
