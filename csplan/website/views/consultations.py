"""Consultations: the hub, what is asked, whether an answer is in, and what was said. `answering` takes the answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from csplan.records.reading import answering as around
from csplan.records.reading import consultation as reading
from csplan.records.reading import results
from csplan.website import brief
from csplan.website.answers import answer
from csplan.website.pages import consultation as pages
from csplan.website.pages import results as result_pages

#: HTTP state of a form that cannot be taken as it is.
TO_MEND = 422


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every consultation that has opened, open ones first; and published results from before."""
    p = request.partnership
    found = reading.consultations(p, viewer=None, at=request.reading.at)
    earlier = around.earlier(p, viewer=None, at=request.reading.at)
    facts = {"consultations": found, "earlier": earlier}
    return answer(request, "consultations/index.html", facts, page=pages.index(found, earlier, f"/{p.slug}/"))


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked, until when, and about which frozen words."""
    p, at = request.partnership, request.reading.at
    row = reading.find(p, slug, viewer=None, at=at)
    told = around.translation(row, request.GET.get("language", ""), viewer=None, at=at)
    found = around.translated(reading.consultation(p, slug, viewer=None, at=at), told)
    page = pages.page(found, f"/{p.slug}/", may_write=not request.reading.is_earlier)
    return answer(request, "consultations/show.html", found, page=page)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the answer of a receipt is in. The code comes in a form, so that no address holds it."""
    found = reading.consultation(request.partnership, slug, viewer=None, at=request.reading.at)
    code = request.POST.get("code", "").strip()
    facts = {"consultation": found["consultation"], "url": pages.address(found["consultation"], f"/{request.partnership.slug}/")}
    if request.method != "POST":
        empty = render(request, "consultations/check.html", {**facts, "code": "", "errors": {}, "held": None})
        return brief.renew(empty, {})  # nothing in it is of one person
    if not code:
        errors = {"code": "Write the code of your receipt"}
        return render(request, "consultations/check.html", {**facts, "code": "", "errors": errors, "held": None}, status=TO_MEND)
    held = reading.receipt(request.partnership, slug, code, viewer=None, at=request.reading.at)
    errors = {} if held["is_held"] else {"code": held["words"]}
    status = 200 if held["is_held"] else TO_MEND
    if held["is_held"]:
        became = results.of_receipt(request.partnership, slug, code, viewer=None, at=request.reading.at)
        facts["outcome"] = result_pages.outcome(became)
    return render(request, "consultations/check.html", {**facts, "code": code, "errors": errors, "held": held}, status=status)
