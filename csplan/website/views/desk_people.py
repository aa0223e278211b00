"""People at the desk: who holds which role, who is invited, and the ends of roles. For managers and administrators."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import lookup
from csplan.records.actions import invitation as invitations
from csplan.records.actions import membership as memberships
from csplan.records.models import Invitation, Membership
from csplan.records.reading import people as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import people as pages
from csplan.website.views.desk_form import TO_MEND, which


def for_those_who(action: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page of the desk for those whose role allows an action; others read that theirs does not."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @officers_only
        @wraps(view)
        def guarded(request: HttpRequest, **names: Any) -> HttpResponse:
            if not roles.may(action, request.viewer.roles):
                raise PermissionDenied
            return view(request, **names)

        return guarded

    return guard


@for_those_who("membership.invite")
def people(request: HttpRequest) -> HttpResponse:
    """The page; its forms post back with `do`: invite or cancel."""
    if request.method != "POST":
        return page(request, pages.said({}), {})
    return which(request, {"invite": invite, "cancel": cancel})


def invite(request: HttpRequest) -> HttpResponse:
    """Make an invitation and show it once: this answer is the page to print or to copy the link from."""
    said, p = pages.said(request.POST), request.partnership
    body = p.bodies.filter(code=said["body"]).first()
    try:
        made = invitations.make(partnership=p, role=said["role"], person=said["person"], body=body, by=request.user)
    except invitations.Refused as refused:
        return page(request, said, refused.problems)
    shown = pages.sheet(made, request.build_absolute_uri(pages.TAKE_UP))
    response = render(request, "desk/invitation.html", {"sheet": shown})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def cancel(request: HttpRequest) -> HttpResponse:
    """Take an invitation back."""
    held = Invitation.objects.visible_to(request.user, request.reading.at).filter(partnership=request.partnership)
    pk = request.POST.get("invitation", "")
    row = lookup.one(held, "such invitation", pk=int(pk) if pk.isascii() and pk.isdigit() else 0)
    try:
        invitations.cancel(invitation=row, by=request.user)
    except CsplanError as refused:
        return page(request, pages.said({}), {"": str(refused)})
    return done(request, _("The invitation of %(person)s is cancelled.") % {"person": row.person})


@for_those_who("membership.end")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a role shall end; then end it."""
    held = Membership.objects.visible_to(request.user, request.reading.at).filter(partnership=request.partnership)
    row = lookup.one(held.select_related("user", "partnership"), "such role", pk=pk)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            memberships.end(membership=row, by=request.user)
            return done(request, _("The role of %(person)s has ended.") % {"person": row.person})
        except CsplanError as refused:
            errors = {"": str(refused)}
    facts = {"person": row.person, "role": row.role, "username": row.user.get_username(), "errors": errors}
    return render(request, "desk/end_role.html", facts, status=TO_MEND if errors else 200)


def done(request: HttpRequest, words: str) -> HttpResponse:
    """Back to the page, which says what was done."""
    messages.success(request, words)
    return redirect(f"/{request.partnership.slug}/desk/people/")


def page(request: HttpRequest, said: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    shown = pages.page(
        reading.held(p, **asked),
        reading.ended(p, **asked),
        reading.invited(p, **asked),
        viewer=request.user,
        may_write=not request.reading.is_earlier,
        home=f"/{p.slug}/",
    )
    facts = {**shown, "bodies": pages.body_choices(p.bodies.all()), "said": said, "errors": errors}
    return render(request, "desk/people.html", facts, status=TO_MEND if errors else 200)
