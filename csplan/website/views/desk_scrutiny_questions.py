"""Questions and requests of the scrutiny committee at the desk: asked by its clerk, answered by an officer."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.cycle import scrutiny as rules
from csplan.records.actions import scrutiny_question as actions
from csplan.records.reading import recommendation as reading
from csplan.records.reading import scrutiny as items
from csplan.website.accounts import officers_only
from csplan.website.pages import recommendations as pages
from csplan.website.typed import Said, Typed, nothing, options
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def questions(request: HttpRequest) -> HttpResponse:
    """Every question, and the forms that ask and answer."""
    if request.method != "POST":
        return page(request, nothing(), {})
    return desk_form.which(request, {"ask": ask, "answer": answer})


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the committee."""
    typed, p = Typed(request.POST), request.partnership
    bodies = {b.code: b for b in reading.bodies(p, at=request.reading.at)}
    told = pages.asked(typed, bodies, held_items(request))

    def keep() -> str:
        made = actions.ask(partnership=p, **told, by=request.user)
        return f"Asked: {made.ref}. It stands on the public page of scrutiny."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems))


def answer(request: HttpRequest) -> HttpResponse:
    """Answer one, in writing."""
    typed, ref = Typed(request.POST), request.POST.get("question", "")
    outcome = typed.choice(f"outcome-{ref}", rules.OUTCOMES, "Say whether it is answered or refused")
    words = typed.text(f"answer-{ref}", "Write the answer; it is public", longest=8_000)

    def keep() -> str:
        held = reading.question(request.partnership, ref, viewer=request.user, at=request.reading.at)
        actions.answer(question=held, outcome=outcome, words=words, by=request.user)
        return f"Recorded: the answer to {ref}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, said, problems))


def held_items(request: HttpRequest) -> dict:
    """Items before the committee, by reference."""
    found = items.items(request.partnership, viewer=request.user, at=request.reading.at)
    asked = {"viewer": request.user, "at": request.reading.at}
    return {i["ref"]: items.find(request.partnership, i["ref"], **asked) for i in found}


def page(request: HttpRequest, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    p, at = request.partnership, request.reading.at
    found = reading.questions(p, viewer=request.user, at=at)
    shown = pages.desk_questions(found, may_answer=desk_form.may(request, "scrutiny.answer")) | {
        "bodies": options(reading.bodies(p, at=at), "code", "name", p.name),
        "items": options(held_items(request).values(), "ref", "title", "No item in particular"),
        "said": said,
        "may_ask": desk_form.may(request, "scrutiny.ask"),
    }
    return desk_form.page(request, "desk/scrutiny/questions.html", shown, problems)
