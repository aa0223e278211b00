"""The golden thread at the desk: a finding is recorded, linked to the priority that takes it up, or said not to be taken up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.errors import CsplanError
from csplan.records import lookup
from csplan.records.actions import finding as findings
from csplan.records.actions import thread as links
from csplan.records.models import Finding
from csplan.records.reading import thread as reading
from csplan.website import evidence_view
from csplan.website.accounts import officers_only
from csplan.website.pages import thread_desk as pages
from csplan.website.typed import Typed, nothing
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def thread(request: HttpRequest) -> HttpResponse:
    """What is recorded and linked, and the four forms; each posts back here with `do`."""
    if request.method != "POST":
        return show(request, nothing(), {})
    return desk_form.which(request, {"record": record, "link": link, "aside": aside, "cut": cut})


def record(request: HttpRequest) -> HttpResponse:
    """Record a finding; a figure that it names must be held."""
    p, typed = request.partnership, Typed(request.POST)
    told = pages.recorded(typed)
    view = evidence_view.view(p, request.reading.day)
    if told["observation"] and "observation" not in typed.problems:
        try:
            findings.check_figure(told["observation"], view)
        except CsplanError as refused:
            typed.problems["observation"] = str(refused)

    def do() -> str:
        made = findings.record(partnership=p, **told, view=view, by=request.user)
        return f"Recorded: finding {made.ref}. Link it to a priority, or say why none takes it up."

    return desk_form.answer(request, typed, do, lambda *shown: show(request, *shown))


def link(request: HttpRequest) -> HttpResponse:
    """Link a finding to a priority."""
    typed = Typed(request.POST)
    above, below = pages.linked(typed, offered(request))

    def do() -> str:
        links.link(partnership=request.partnership, above=above, below=below, by=request.user)
        return f"Linked: finding {above[1]} to priority {below[1]}."

    return desk_form.answer(request, typed, do, lambda *shown: show(request, *shown))


def aside(request: HttpRequest) -> HttpResponse:
    """Say that no priority takes a finding up, and why."""
    typed = Typed(request.POST)
    ref, why = pages.set_aside(typed, offered(request))

    def do() -> str:
        held = Finding.objects.filter(partnership=request.partnership)
        findings.not_taken_up(finding=lookup.one(held, f"finding “{ref}”", ref=ref), why=why, by=request.user)
        return f"Said: finding {ref} is not taken up."

    return desk_form.answer(request, typed, do, lambda *shown: show(request, *shown))


def cut(request: HttpRequest) -> HttpResponse:
    """End a link, with the reason."""
    typed = Typed(request.POST)
    told = pages.to_cut(typed, offered(request))

    def do() -> str:
        links.cut(partnership=request.partnership, **told, by=request.user)
        return f"Cut: the link from {told['above'][1]}. Earlier days go on showing it."

    return desk_form.answer(request, typed, do, lambda *shown: show(request, *shown))


def offered(request: HttpRequest) -> dict[str, Any]:
    """What may be linked and cut, as the viewer sees it."""
    return reading.to_link(request.partnership, viewer=request.user, at=request.reading.at)


def show(request: HttpRequest, said: Any, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    shown = pages.page(offered(request), f"/{request.partnership.slug}/") | {
        "said": said,
        "may_record": desk_form.may(request, "finding.record"),
        "may_link": desk_form.may(request, "thread.link"),
    }
    return desk_form.page(request, "desk/thread.html", shown, problems)
