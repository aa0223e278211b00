"""Comments at the desk: entered as they came, and decided on with the reason."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from csplan.records import lookup
from csplan.records.actions import comment as actions
from csplan.records.models import Comment, PlanVersion
from csplan.records.reading import comment as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import comments as pages
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def comments(request: HttpRequest) -> HttpResponse:
    """Comments on one version: the newest that may be seen, or the one chosen by `?version=`."""
    held = {v.ref: v for v in reading.versions(request.partnership, viewer=request.user, at=request.reading.at)}
    asked = request.POST.get("version") or request.GET.get("version") or next(iter(held), "")
    if not held:
        return render(request, "desk/comments_none.html", {})
    version = held.get(asked)
    if version is None:
        raise lookup.NotHere(f"There is no version “{asked}” here that can be commented on. Choose one from the list.")
    if request.method != "POST":
        return page(request, version, nothing(), {})
    return desk_form.which(request, {"enter": enter, "decide": decide}, version)


def enter(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Enter what someone said."""
    typed = Typed(request.POST)
    told = pages.entered(typed, reading.clauses(version))

    def keep() -> str:
        made = actions.enter(version=version, **told, by=request.user)
        return f"Entered: comment {made.ref} on {version}."

    return answer(request, version, typed, keep)


def decide(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Say what is done about a comment."""
    typed, ref = Typed(request.POST), request.POST.get("comment", "")
    held = Comment.objects.visible_to(request.user, request.reading.at).filter(version=version)
    found = lookup.one(held, f"comment “{ref}” on {version}", ref=ref)
    told = pages.decided(typed, found.ref)

    def keep() -> str:
        actions.decide(comment=found, **told, by=request.user)
        return f"Decided: comment {found.ref}. What was decided is public with the version."

    return answer(request, version, typed, keep)


def answer(request: HttpRequest, version: PlanVersion, typed: Typed, keep: Callable[[], str]) -> HttpResponse:
    """Do it and come back to the comments on the same version."""
    to = f"{request.path}?version={version.ref}"
    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, version, said, problems), to=to)


def page(request: HttpRequest, version: PlanVersion, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    asked = {"viewer": request.user, "at": request.reading.at}
    shown = pages.page(reading.comments(version, **asked), reading.clauses(version)) | {
        "version": version.ref,
        "version_title": str(version),
        "versions": [(v.ref, str(v)) for v in reading.versions(request.partnership, **asked)],
        "said": said,
        "may_enter": desk_form.may(request, "comment.enter"),
        "may_decide": desk_form.may(request, "comment.decide"),
    }
    return desk_form.page(request, "desk/comments.html", shown, problems)
