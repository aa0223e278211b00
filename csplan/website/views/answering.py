"""An answer is written, kept, sent, and its receipt shown.

The receipt is the answer to the form itself (200, after the answer is on the disk) and not a page that the browser is
sent on to. A redirect would have to carry the code in its address, where history and logs keep it, or in a session, which
would tie the code to a browser. Sending the page again sends the same form, whose key gives the same receipt and no second
answer. The form is sent to an address of its own and may be kept by the browser, so that going back to it and sending
again is that same form too.

The form sets and asks for no cookie: an answer acts for nobody who is signed in, and must not be lost because a browser
keeps none. Each page carries in its own fields what was written on the others, so nothing runs out of time. Forms sent from a
page of another site are told by their origin and refused.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from csplan.cycle import consultation as rules
from csplan.errors import CsplanError
from csplan.records import figures, receipts
from csplan.records.actions import answer as actions
from csplan.records.lookup import NotHere
from csplan.records.models import Consultation
from csplan.records.reading import answering as around
from csplan.records.reading import consultation as reading
from csplan.website import brief, evidence_view, rate, reading_day
from csplan.website.pages import answering, drafting
from csplan.website.pages import consultation as pages
from csplan.website.pages.answering import Written
from csplan.website.pages.plan_words import Figures

#: HTTP states of a form that cannot be taken as it is, of one that cannot be taken at all, and of too many.
TO_MEND, NOT_TAKEN, TOO_MANY = 422, 409, 429
ELSEWHERE = "Your answer was sent from a page of another site, so it was not taken. Open the form here, and send it from there."
GONE = "Nothing is kept behind this link. It was sent already, or the consultation has closed, or a part of the link is missing."
TOO_LONG = "There are too many words to keep. Shorten them, or send your answer now."
#: A field that people do not see, and that machines fill in.
TRAP = "website"

View = Callable[..., HttpResponse]


class Form:
    """One request to write an answer: the consultation, what is asked in the language of the address, and what was written."""

    def __init__(self, request: HttpRequest, slug: str) -> None:
        at, language = request.reading.at, request.GET.get("language", "")
        self.request, self.home = request, f"/{request.partnership.slug}/"

        def asked() -> tuple[Consultation, dict[str, Any]]:
            row = reading.find(request.partnership, slug, viewer=None, at=at)
            return row, reading.asked(row, language, viewer=None, at=at)

        # Whether the window is open is asked anew of every answer, of the days that stand in the row.
        key = ("form", request.partnership.slug, slug, language, at if request.reading.is_earlier else None)
        self.row, self.found = brief.for_all(request, key, asked)
        self.questions = self.found["questions"]
        self.url = pages.address(self.found["consultation"], self.home)
        self.tail = pages.tail(self.found["language"])
        self.made = rate.made_now()

    @property
    def is_open(self) -> bool:
        """Whether an answer can be written: not on an earlier day."""
        return not self.request.reading.is_earlier and self.found["consultation"]["state"] == "open"

    def new(self, way: str = "whole") -> Written:
        """A form in which nothing is written yet."""
        return Written({q["ref"]: "" for q in self.questions}, form_key=receipts.new_form_key(), way=way)

    def written(self) -> Written:
        """What was sent."""
        return answering.read(self.questions, self.request.POST)

    def empty(self, show: Callable[[Written], HttpResponse], way: str = "whole") -> HttpResponse:
        """A page in which nothing is written yet: the same for everyone but for its key."""
        written = self.new(way)
        return brief.renew(show(written), {written.form_key: receipts.new_form_key, self.made: rate.made_now})

    def page(self, template: str, facts: Mapping[str, Any], status: int = 200) -> HttpResponse:
        """A page of the form, with the instant at which it was made."""
        made = {"made": self.made, "trap_field": TRAP}
        response = render(self.request, f"consultations/{template}.html", {**made, **facts}, status=status)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def whole(self, written: Written, problems: Mapping[str, str] | None = None) -> HttpResponse:
        """The form on one page."""
        facts = pages.form(self.found, written, self.named(written), problems or {}, self.home)
        return self.page("respond", facts, TO_MEND if problems else 200)

    def step(self, written: Written, ref: str, problems: Mapping[str, str] | None = None, then: str = "") -> HttpResponse:
        """One question on its page."""
        facts = pages.step(self.found, written, ref, problems or {}, self.home, then=then)
        return self.page("steps", facts, TO_MEND if problems else 200)

    def check(self, written: Written, problems: Mapping[str, str] | None = None) -> HttpResponse:
        """What was answered, before it is sent."""
        facts = pages.check(self.found, written, self.named(written), problems or {}, self.home)
        return self.page("answers", facts, TO_MEND if problems else 200)

    def either(self, written: Written, problems: Mapping[str, str] | None = None) -> HttpResponse:
        """All on one page, or the answers to check, by the way that was chosen."""
        return self.check(written, problems) if written.way == "steps" else self.whole(written, problems)

    def late(self, refusal: str, status: int = NOT_TAKEN, *, may_send: bool = False) -> HttpResponse:
        """What was not taken, with the words to copy."""
        facts = pages.late(refusal, self.found, self.written(), self.home)
        return self.page("late", {**facts, "may_send": may_send}, status)

    def named(self, written: Written) -> list[dict[str, Any]]:
        """Comments on the draft with the titles of their clauses."""
        return drafting.named(around.draft(self.row), written.passages) if written.passages else []

    def draft(self, written: Written, new: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        """The draft as a page prints it."""
        view = evidence_view.view(self.request.partnership, self.request.reading.day)
        words = Figures(figures.words(self.row.version, view))
        return drafting.page(around.draft(self.row), words, written.passages, new)


def page(*, reads: bool = True) -> Callable[[Callable[[Form], HttpResponse]], View]:
    """A page of the form. Once it is closed, words that were sent are given back, and everyone else is led to what was asked.

    reads : whether the page begins a form where nothing was sent; else it leads to one
    """

    def made(view: Callable[[Form], HttpResponse]) -> View:
        @csrf_exempt
        @cache_control(private=True, no_cache=True)
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def shown(request: HttpRequest, slug: str) -> HttpResponse:
            form = Form(request, slug)
            if request.method == "POST":
                return view(form)
            if not form.is_open:
                return redirect(reading_day.link(form.url))
            return view(form) if reads else redirect(f"{form.url}respond/{form.tail}")

        return shown

    return made


def still_open(view: Callable[[Form], HttpResponse]) -> Callable[[Form], HttpResponse]:
    """A page between the first and the sending: what is written is given back at once when it cannot be sent any more."""

    @wraps(view)
    def checked(form: Form) -> HttpResponse:
        try:
            rules.check_is_open(form.row.opens_at, form.row.closes_at, form.request.reading.at, write_to=form.row.write_to)
        except CsplanError as refused:
            return form.late(str(refused))
        return view(form)

    return checked


@page()
def respond(form: Form) -> HttpResponse:
    """The form on one page; and where it is sent, what becomes of it."""
    return receive(form) if form.request.method == "POST" else form.empty(form.whole)


@page(reads=False)
def send(form: Form) -> HttpResponse:
    """Where the form is sent: apart from its own address, so that the form survives going back to it."""
    return receive(form)


@page(reads=False)
@still_open
def whole(form: Form) -> HttpResponse:
    """All on one page, with what was written on another."""
    return form.whole(replace(form.written(), way="whole"))


@page()
@still_open
def steps(form: Form) -> HttpResponse:
    """One question a page: on, back, or to a question that is to be changed."""
    if form.request.method != "POST":
        return form.empty(lambda written: form.step(written, form.questions[0]["ref"]), "steps")
    written, do = replace(form.written(), way="steps"), form.request.POST.get("do", "")
    asked = [q["ref"] for q in answering.asked_of(form.questions, written)]
    here, then = form.request.POST.get("page", ""), form.request.POST.get("then", "")
    if do == "next" and here in asked:
        if problems := answering.problems(form.questions, written, only=here):
            return form.step(written, here, problems, then)
        after = asked[asked.index(here) + 1 :]
        return form.step(written, after[0]) if after and then != "check" else form.check(written)
    if do == "back":
        before = asked[: asked.index(here)] if here in asked else asked
        return form.step(written, before[-1] if before else asked[0])
    if do == "check":
        return form.check(written)
    return form.step(written, do[3:], then="check") if do[3:] in asked else form.step(written, asked[0])


@page()
@still_open
def draft(form: Form) -> HttpResponse:
    """The draft, each clause with a place to comment on it; comments go on with the answer."""
    if form.request.method != "POST":
        return form.page("passages", pages.draft(form.found, form.new(), form.draft(form.new(), {}), {}, form.home))
    written = form.written()
    clauses = around.draft(form.row)
    new = drafting.new_ones(clauses, form.request.POST)
    kept = [p for p in written.passages if p["words"].strip()]
    problems = drafting.problems(kept, new)
    if form.request.POST.get("do") != "add" or problems:
        shown = pages.draft(form.found, written, form.draft(written, new), problems, form.home)
        return form.page("passages", shown, TO_MEND if problems else 200)
    added = [{"clause": address, "quote": quote, "words": words} for address, (quote, words) in new.items()]
    try:
        taken = drafting.checked(form.draft(written, {})["clauses"], [*kept, *added])
    except CsplanError as refused:
        return form.late(str(refused))
    return form.either(replace(written, passages=taken))


@page(reads=False)
def keep(form: Form) -> HttpResponse:
    """Keep what is written behind a private link."""
    written = form.written()
    key = written.kept or receipts.new_form_key()
    words = answering.to_keep(written)
    try:
        check_sent_from_here(form.request)
        rate.check(form.request, "kept")
        if len(json.dumps(words)) > answering.LONGEST_KEPT:
            raise CsplanError(TOO_LONG)
        actions.keep_begun(consultation=form.row, key=key, words=words)
    except rate.TooMany as refused:
        return form.late(str(refused), TOO_MANY)
    except CsplanError as refused:
        return form.late(str(refused))
    rate.count(form.request, "kept")
    link = form.request.build_absolute_uri(f"{form.url}respond/kept/{key}/{form.tail}")
    return secret(form.page("kept", {**pages.again(form.found, replace(written, kept=key), form.home), "private": link}))


@require_http_methods(["GET", "HEAD"])
def kept(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The form, filled with what was kept behind a private link."""
    form = Form(request, slug)
    if not form.is_open:
        return redirect(reading_day.link(form.url))
    held = actions.begun(form.row, key)
    if held is None:
        raise NotHere(GONE)
    return secret(form.either(answering.from_kept(form.questions, held, key)))


def secret(response: HttpResponse) -> HttpResponse:
    """A page whose address or words hold a private link: kept by no browser, and told to no other site."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def receive(form: Form) -> HttpResponse:
    """Take the answer and show its receipt; or say what to mend, or why it was not taken, with the words given back."""
    request, written = form.request, form.written()
    try:
        check_sent_from_here(request)
        _check_rate(form, written)
        if request.POST.get(TRAP, "").strip() or rate.is_too_soon(request):
            return form.page("again", pages.again(form.found, written, form.home), TO_MEND)
        taken = _take(form, written)
    except actions.AnswersRefused as refused:
        return form.either(written, refused.problems)
    except rate.TooMany as refused:
        return form.late(str(refused), TOO_MANY, may_send=True)
    except CsplanError as refused:
        return form.late(str(refused))
    if not taken.was_held:
        rate.count(request, "answer")
    if written.kept:
        actions.forget_begun(consultation=form.row, key=written.kept)
    response = form.page("receipt", pages.receipt(taken.code, form.found, written, form.home, was_held=taken.was_held))
    add_never_cache_headers(response)
    return response


def _check_rate(form: Form, written: Written) -> None:
    """Refuse too many from one computer; but a form that is in already gets its receipt again."""
    try:
        rate.check(form.request, "answer")
    except rate.TooMany:
        if not _is_held(form, written):
            raise


def _is_held(form: Form, written: Written) -> bool:
    return actions.find(form.row, _code(form, written)) is not None


def _code(form: Form, written: Written) -> str:
    """The receipt of a form, whether or not its answer is in."""
    return receipts.code(actions.address(form.row), receipts.check_form_key(written.form_key))


def _take(form: Form, written: Written) -> actions.Receipt:
    """The receipt of an answer, once it is on the disk. Raises AnswersRefused with what to do."""
    passages = [p for p in written.passages if p["words"].strip()]
    if passages:
        passages = drafting.checked(form.draft(written, {})["clauses"], passages)
    twice = {ref: words for ref, words in answering.problems(form.questions, written).items() if words == answering.TWICE}
    if twice:
        raise actions.AnswersRefused(twice)
    said = answering.given(form.questions, written.raw)
    return actions.respond(consultation=form.row, answers=said, passages=passages, form_key=written.form_key)


@page(reads=False)
def copy(form: Form) -> HttpResponse:
    """A copy of an answer to keep, made from what the page of the receipt sends; nothing is stored."""
    check_sent_from_here(form.request)
    written = form.written()
    if not _is_held(form, written):
        raise CsplanError("No answer of this form is in, so there is no copy to keep. Send the form first.")
    text = pages.copy(_code(form, written), form.found, written, form.request.build_absolute_uri(form.url))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="answer-{form.row.slug}.txt"'
    add_never_cache_headers(response)
    return response


def check_sent_from_here(request: HttpRequest) -> None:
    """Refuse a form that a page of another site sends in a visitor's name. Browsers name the origin of every form."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        raise CsplanError(ELSEWHERE)
