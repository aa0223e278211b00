"""Deliverables at the desk: the five-minute update."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.records.actions import progress as actions
from csplan.records.reading import review as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import deliverables as pages
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def deliverables(request: HttpRequest) -> HttpResponse:
    """Every deliverable of the agreed plans with its newest report, and the form that reports on one."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    held = [(plan, reading.deliverables(plan, **asked)) for plan in reading.plans(p, **asked)]
    offered = pages.form(held)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        shown = pages.page(held, request.reading.day, request.path) | offered
        shown |= {"said": said, "may_write": desk_form.may(request, "deliverable.report")}
        return desk_form.page(request, "desk/deliverables.html", shown, problems)

    if request.method != "POST":
        return show(nothing(deliverable=f"{request.GET.get('plan', '')}/{request.GET.get('ref', '')}"), {})
    typed = Typed(request.POST)
    told = pages.reported(typed, [value for value, _words in offered["deliverables"] if value])

    def keep() -> str:
        slug, ref = told["deliverable"].split("/")
        plan = next(plan for plan, _rows in held if plan.slug == slug)
        words, evidence = told["words"], told["evidence"]
        actions.report(plan=plan, ref=ref, state=told["state"], words=words, evidence=evidence, by=request.user)
        return f"Reported: deliverable {ref} is {told['state']}."

    return desk_form.answer(request, typed, keep, show)
