"""Consultations: what is asked, the form, the receipt, and what was said.

The receipt is the answer to the form itself (200, after the answer is on the disk) and not a page that the browser is
sent on to. A redirect would have to carry the code in its address, where history and logs keep it, or in a session, which
would tie the code to a browser. Sending the page again sends the same form, whose key gives the same receipt and no second
answer. The form is sent to an address of its own and may be kept by the browser, so that going back to it and sending
again is that same form too.

The form sets and asks for no cookie: an answer acts for nobody who is signed in, and must not be lost because a browser
keeps none. Forms sent from a page of another site are told by their origin and refused.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from csplan.errors import CsplanError
from csplan.records import receipts
from csplan.records.actions import consultation as actions
from csplan.records.reading import consultation as reading
from csplan.website import reading_day
from csplan.website.answers import answer
from csplan.website.pages import consultation as pages

#: HTTP states of a form that cannot be taken as it is, and of one that cannot be taken at all.
TO_MEND, NOT_TAKEN = 422, 409
ELSEWHERE = "Your answer was sent from a page of another site, so it was not taken. Open the form here, and send it from there."


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every consultation that has opened, open ones first."""
    p = request.partnership
    found = reading.consultations(p, viewer=None, at=request.reading.at)
    return answer(request, "consultations/index.html", {"consultations": found}, page=pages.index(found, f"/{p.slug}/"))


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked, until when, and about which frozen words."""
    found = reading.consultation(request.partnership, slug, viewer=None, at=request.reading.at)
    page = pages.page(found, f"/{request.partnership.slug}/", may_write=not request.reading.is_earlier)
    return answer(request, "consultations/show.html", found, page=page)


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said, and what was made of it."""
    found = reading.results(request.partnership, slug, viewer=None, at=request.reading.at)
    return answer(request, "consultations/results.html", found, page=pages.results(found, f"/{request.partnership.slug}/"))


@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and what becomes of it."""
    p = request.partnership
    found = reading.consultation(p, slug, viewer=None, at=request.reading.at)
    if request.method == "POST":
        return receive(request, found)
    if request.reading.is_earlier or found["consultation"]["state"] != "open":
        return redirect(reading_day.link(pages.address(found["consultation"], f"/{p.slug}/")))
    if request.path.endswith("/send/"):
        return redirect(f"{pages.address(found['consultation'], f'/{p.slug}/')}respond/")
    form = pages.form(found, {}, {}, receipts.new_form_key(), f"/{p.slug}/")
    return render(request, "consultations/respond.html", form)


def receive(request: HttpRequest, found: dict) -> HttpResponse:
    """Take the answer and show its receipt; or say what to mend, or why it was not taken, with the words given back."""
    home, key = f"/{request.partnership.slug}/", request.POST.get("form_key", "")
    said = pages.answers(found["questions"], request.POST)
    try:
        check_sent_from_here(request)
        held = reading.find(request.partnership, found["consultation"]["slug"], viewer=None, at=request.reading.at)
        taken = actions.respond(consultation=held, answers=said, form_key=key)
    except actions.AnswersRefused as refused:
        form = pages.form(found, said, refused.problems, key, home)
        return render(request, "consultations/respond.html", form, status=TO_MEND)
    except CsplanError as refused:
        return render(request, "consultations/late.html", pages.late(str(refused), found, said, home), status=NOT_TAKEN)
    shown = pages.receipt(taken.code, found["questions"], said, was_held=taken.was_held)
    facts = {"consultation": found["consultation"], "url": pages.address(found["consultation"], home), "receipt": shown}
    response = render(request, "consultations/receipt.html", facts)
    add_never_cache_headers(response)
    return response


def check_sent_from_here(request: HttpRequest) -> None:
    """Refuse a form that a page of another site sends in a visitor's name. Browsers name the origin of every form."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        raise CsplanError(ELSEWHERE)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the answer of a receipt is in. The code comes in a form, so that no address holds it."""
    found = reading.consultation(request.partnership, slug, viewer=None, at=request.reading.at)
    code = request.POST.get("code", "").strip()
    facts = {"consultation": found["consultation"], "url": pages.address(found["consultation"], f"/{request.partnership.slug}/")}
    if request.method != "POST":
        return render(request, "consultations/check.html", {**facts, "code": "", "errors": {}, "held": None})
    if not code:
        errors = {"code": "Write the code of your receipt"}
        return render(request, "consultations/check.html", {**facts, "code": "", "errors": errors, "held": None}, status=TO_MEND)
    held = reading.receipt(request.partnership, slug, code, viewer=None, at=request.reading.at)
    errors = {} if held["is_held"] else {"code": held["words"]}
    status = 200 if held["is_held"] else TO_MEND
    return render(request, "consultations/check.html", {**facts, "code": code, "errors": errors, "held": held}, status=status)
