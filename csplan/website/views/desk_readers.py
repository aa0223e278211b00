"""The pre-release list of a version, at the desk."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.cycle import clock, roles
from csplan.records import lookup
from csplan.records.actions import pre_release as actions
from csplan.records.models import Membership, Partnership, PlanVersion, PreRelease
from csplan.records.reading import signing as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import readers as pages
from csplan.website.pages import signing as signing_pages
from csplan.website.typed import Said, Typed, day_parts, nothing
from csplan.website.views import desk_form
from csplan.website.views.desk_signing import find, home_of


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def readers(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who is named, and the forms that name another and end a name."""
    version = find(request, slug, number)
    if request.method != "POST":
        filled = nothing(**day_parts("from", request.reading.day))
        return page(request, version, filled, {})
    return desk_form.which(request, {"name": name, "end": end}, version)


def name(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Name a reader."""
    typed, persons = Typed(request.POST), persons_of(request.partnership)
    told = pages.typed_name(typed, persons, request.reading.today, clock.now())

    def keep() -> str:
        user = User.objects.get(username=told["username"])
        times = {when: told[when] for when in ("from_at", "until_at")}
        actions.name(version=version, user=user, reason=told["reason"], **times, by=request.user)
        return f"Named: {persons[told['username']]} may read {version}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, version, said, problems))


def end(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """End a name."""
    typed = Typed(request.POST)
    key = typed.text("reader")

    def keep() -> str:
        held = PreRelease.objects.filter(version=version)
        found = lookup.one(held, "name on this list", pk=int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0)
        actions.end(held=found, by=request.user)
        return f"Ended: {found.user.get_username()} may no longer read it."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, version, nothing(), problems))


def page(request: HttpRequest, version: PlanVersion, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    at, persons = request.reading.at, persons_of(request.partnership)
    about = reading.about(version, at)
    may_see = not roles.MAY_READ_DRAFTS.isdisjoint(request.viewer.roles)
    held = reading.readers(version, viewer=request.user, at=at) if may_see else []
    named = {r["username"] for r in held if r["state"] != "over"}
    choices = [(username, words) for username, words in persons.items() if username not in named]
    shown = {
        **pages.page(held, persons),
        "restated": signing_pages.restated(about, home_of(request)),
        "people": [("", "Choose a person"), *choices],
        "said": said,
        "may_write": desk_form.may(request, "plan.name_reader"),
        "who_may": signing_pages.who_may("plan.name_reader"),
    }
    return desk_form.page(request, "desk/signing/readers.html", shown, problems)


def persons_of(partnership: Partnership) -> dict[str, str]:
    """{username: how the person is called} of everyone with a role here who does not read drafts by that role."""
    held = Membership.objects.filter(partnership=partnership, from_at__lte=clock.now()).exclude(to_at__lte=clock.now())
    rows = list(held.select_related("user").order_by("person"))
    by_role = {m.user_id for m in rows if m.role in roles.MAY_READ_DRAFT_PLANS}
    return {m.user.get_username(): m.person for m in rows if m.user_id not in by_role}
