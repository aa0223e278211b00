"""Setting up a partnership in the browser: seven steps, each of which can be skipped, behind a code from the terminal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from csplan.cycle import clock
from csplan.documents import dress
from csplan.errors import CsplanError
from csplan.evidence import places
from csplan.records.models import Partnership
from csplan.website import data_folder, set_up_code, setting_up, tries
from csplan.website.pages import left as left_page
from csplan.website.pages import people as people_pages
from csplan.website.pages import set_up as pages
from csplan.website.views.desk_form import TO_MEND

#: What the lock calls the guessing of codes here.
TRIES = "set-up code"
SESSION = "set_up"


def while_empty(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of set-up: only while no partnership is here."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, **names: Any) -> HttpResponse:
        if Partnership.objects.exists():
            raise Http404("This installation is set up. Sign in at /accounts/login/ to change it.")
        return view(request, **names)

    return guarded


def unlocked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A step: only for whoever typed the code that holds. request.said is what was said so far."""

    @while_empty
    @wraps(view)
    def guarded(request: HttpRequest, **names: Any) -> HttpResponse:
        if not set_up_code.holds(data_folder(), request.session.get(SESSION)):
            return redirect("/setup/")
        request.said = setting_up.read(data_folder())
        request.dress = request.said.dress
        return view(request, **names)

    return guarded


@while_empty
def start(request: HttpRequest) -> HttpResponse:
    """The code; once it is given, the steps and how each stands."""
    if request.method == "POST":
        return unlock(request)
    if not set_up_code.holds(data_folder(), request.session.get(SESSION)):
        return render(request, "setup/code.html", {"errors": {}})
    said = setting_up.read(data_folder())
    request.dress = said.dress
    facts = {"steps": pages.overview(said), "go_on": pages.next_step(said), "folders": sorted(setting_up.waiting_folders())}
    return render(request, "setup/start.html", facts)


def unlock(request: HttpRequest) -> HttpResponse:
    """Take the code from the terminal; wrong ones are counted."""
    try:
        tries.check(request, TRIES)
    except tries.TooMany as refused:
        return render(request, "setup/code.html", {"errors": {"code": str(refused)}}, status=429)
    mark = set_up_code.opened_by(data_folder(), request.POST.get("code", ""))
    if mark is None:
        tries.failed(request, TRIES)
        words = "This is not the code that holds now. Copy it from the terminal, or print a new one there with csplan setup-code"
        return render(request, "setup/code.html", {"errors": {"code": words}}, status=TO_MEND)
    request.session.cycle_key()
    request.session[SESSION] = mark
    return redirect("/setup/")


@unlocked
def use_folder(request: HttpRequest) -> HttpResponse:
    """Found the partnership of a folder that csplan init wrote, and invite its manager."""
    slug = request.POST.get("slug", "")
    if request.method != "POST" or slug not in setting_up.waiting_folders():
        return redirect("/setup/")
    founded = setting_up.found_folder(slug)
    return finished(request, founded, setting_up.invite_first_manager(founded))


@unlocked
def area(request: HttpRequest) -> HttpResponse:
    """The area, found by name or code."""
    errors: dict[str, str] = {}
    asked = request.GET.get("q", "").strip()
    if request.method == "POST":
        try:
            asked = request.POST.get("q", "").strip()
            code = request.POST.get("area", "")
            if not code:
                raise CsplanError("Choose an area from the list, or skip this step.")
            setting_up.check_area(code)
            request.said.choose(code)
            return go_on(request, "area")
        except CsplanError as refused:
            errors = {"area" if asked else "q": str(refused)}
    return page(request, "area", pages.area(request.said, asked), errors)


@unlocked
def name(request: HttpRequest) -> HttpResponse:
    """Name, address and the office that people write to."""
    errors: dict[str, str] = {}
    form = pages.name_form(request.said)
    if request.method == "POST":
        form = pages.name_said(request.POST)
        errors = pages.name_problems(form, form["slug"] in places.partnership_folders())
        if not errors:
            request.said.name, request.said.slug, request.said.contact = form["name"], form["slug"], form["contact"]
            return go_on(request, "name")
    return page(request, "name", {"form": form}, errors)


@unlocked
def colours(request: HttpRequest) -> HttpResponse:
    """Three colours, taken where every word on them can be read; or the program's own again."""
    errors: dict[str, str] = {}
    form = pages.colours_form(request.said)
    if request.POST.get("do") == "house":
        request.said.colours = None
        return go_on(request, "colours")
    if request.method == "POST":
        form = pages.colours_said(request.POST)
        errors = dress.problems(form)
        if not errors:
            request.said.colours = form
            return go_on(request, "colours")
    return page(request, "colours", {"form": form, "names": dress.NAMES, "own": request.said.colours is not None}, errors)


def sheet(request: HttpRequest, mark: str) -> HttpResponse:
    """The style sheet of the colours chosen so far, at an address that changes with them."""
    held = setting_up.read(data_folder()).dress
    words = dress.style_sheet(held) if held else ""
    if not held or dress.fingerprint(words) != mark:
        raise Http404("There are no such colours.")
    return HttpResponse(words, content_type="text/css; charset=utf-8")


@unlocked
def people(request: HttpRequest) -> HttpResponse:
    """Who is invited: one is added or taken out, or the list is left as it is."""
    said, errors = request.said, {}
    form = people_pages.said({} if said.invited else {"role": "manager"})  # the first must be one
    if request.method == "POST" and request.POST.get("do") == "go-on":
        return go_on(request, "people")
    if request.method == "POST" and request.POST.get("do") == "remove":
        place = request.POST.get("place", "")
        said.invited = [one for n, one in enumerate(said.invited) if str(n) != place]
        return stay(request, "/setup/people/")
    if request.method == "POST":
        form = people_pages.said(request.POST)
        errors = pages.person_problems(form, dict(pages.people(said)["bodies"]))
        if not errors:
            said.invited.append(form)
            said.check("people")
            return stay(request, "/setup/people/")
    return page(request, "people", {**pages.people(said), "form": form}, errors)


@unlocked
def finish(request: HttpRequest) -> HttpResponse:
    """What will be made and what is left; then the partnership, and each invitation shown once."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return finished(request, *setting_up.finish(data_folder(), request.said))
        except CsplanError as refused:
            errors = {"": str(refused)}
    return page(request, "finish", pages.finish(request.said), errors)


def finished(request: HttpRequest, founded: Partnership, made: list[Any]) -> HttpResponse:
    """The partnership is there: its invitations, which nobody is shown again, and what is left."""
    request.session.pop(SESSION, None)
    request.partnership = founded
    sheets = [people_pages.sheet(one, request.build_absolute_uri(people_pages.TAKE_UP)) for one in made]
    left = left_page.left(founded, at=clock.now())
    return render(request, "setup/finished.html", {"founded": founded, "sheets": sheets, "left": left})


def go_on(request: HttpRequest, step: str) -> HttpResponse:
    """Keep what was said, and turn to the next step."""
    request.said.check(step)
    return stay(request, f"/setup/{setting_up.after(step)}/")


def stay(request: HttpRequest, path: str) -> HttpResponse:
    """Keep what was said, and turn to a page."""
    setting_up.keep(data_folder(), request.said)
    return redirect(path)


def page(request: HttpRequest, step: str, facts: dict[str, Any], errors: dict[str, str]) -> HttpResponse:
    """A step with what was typed and what to mend."""
    frame = pages.frame(step)
    return render(request, f"setup/{step}.html", {**frame, **facts, "errors": errors}, status=TO_MEND if errors else 200)
