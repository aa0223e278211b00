"""Answers that did not come by the site: letters brought in, an answer typed beside one, and a second person's check."""

from collections.abc import Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from csplan.errors import CsplanError
from csplan.evidence.incoming.letters import LETTER_BYTES
from csplan.records import receipts
from csplan.records.actions import answer as answers
from csplan.records.actions import letter as actions
from csplan.records.actions import masking
from csplan.records.models import Closing, Consultation, Letter
from csplan.records.reading import care as responses
from csplan.records.reading import consultation as consultations
from csplan.records.reading import entered as reading
from csplan.website import reading_day
from csplan.website.accounts import officers_only
from csplan.website.pages import answering
from csplan.website.pages import consultation as public_pages
from csplan.website.pages import entered as pages
from csplan.website.pages.answering import Written
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.views.desk_coding import about, as_at, find

FORM = ["GET", "HEAD", "POST"]
WHY_CHECK = "A second person’s check of an entered answer"
#: A browser keeps a letter as a file and never shows it as a page, whatever is in it.
AS_A_FILE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def private(response: HttpResponse) -> HttpResponse:
    """A page with what someone wrote: kept by no browser."""
    add_never_cache_headers(response)
    return response


def _may_enter(request: HttpRequest, held: Consultation) -> bool:
    is_counted = Closing.objects.filter(consultation=held).exists()
    return desk_form.may(request, "answer.enter") and hasattr(held, "opening") and not is_counted


def _letter(request: HttpRequest, held: Consultation) -> Letter | None:
    """The letter that a form or an address names; None where it names none."""
    key = (request.POST if request.method == "POST" else request.GET).get("letter", "")
    return reading.letter(held, key, viewer=request.user, at=request.reading.at) if key else None


# ---- letters ----------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Letters and e-mails that were brought in, and the form that brings one in."""
    held = find(request, slug)
    if request.method != "POST":
        return _letters(request, held, {})
    return desk_form.which(request, {"keep": _keep, "file": _file}, held)


def _letters(request: HttpRequest, held: Consultation, problems: Mapping[str, str]) -> HttpResponse:
    rows = reading.letters(held, viewer=request.user, at=request.reading.at)
    shown = about(request, held, ("Letters and e-mails", None)) | pages.letters(rows)
    shown |= {"may_enter": _may_enter(request, held)}
    return private(desk_form.page(request, "desk/consultations/entering/letters.html", shown, problems))


def _keep(request: HttpRequest, held: Consultation) -> HttpResponse:
    """Keep the file, and lead to the form beside it."""
    sent = request.FILES.get("file")
    if sent is None:
        return _letters(request, held, {"file": "Choose a file"})
    try:
        content = sent.read(LETTER_BYTES + 1)
        made = actions.keep(consultation=held, name=sent.name or "", content=content, by=request.user)
    except CsplanError as refused:
        return _letters(request, held, {"file": str(refused)})
    home = about(request, held)["at_desk"]
    return redirect(reading_day.link(f"{home}answers/new/?letter={made.pk}"))


def _file(request: HttpRequest, held: Consultation) -> HttpResponse:
    """The letter as it came, to keep as a file. That it was opened is recorded."""
    letter = _letter(request, held)
    if letter is None:
        raise CsplanError("The form named no letter. Go back and load the page again.")
    actions.open_letter(letter=letter, by=request.user)
    name = f"attachment; filename*=UTF-8''{quote(letter.name)}"
    headers = {**AS_A_FILE, "Content-Disposition": name}
    return private(HttpResponse(bytes(letter.content), content_type="application/octet-stream", headers=headers))


# ---- the form ---------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions to type an answer into, beside the letter where it came in one."""
    held = find(request, slug)
    if request.method != "POST":
        letter = _letter(request, held)
        if letter is not None and letter.kept_by_id != request.user.pk:
            # Opening what another person brought in is recorded, so it takes a button.
            return redirect(reading_day.link(f"{about(request, held)['at_desk']}letters/"))
        return _empty(request, held, letter)
    return desk_form.which(request, {"open": _open, "enter": _enter}, held)


def _open(request: HttpRequest, held: Consultation) -> HttpResponse:
    letter = _letter(request, held)
    if letter is None:
        raise CsplanError("The form named no letter. Go back and load the page again.")
    return _empty(request, held, actions.open_letter(letter=letter, by=request.user))


def _empty(request: HttpRequest, held: Consultation, letter: Letter | None) -> HttpResponse:
    written = Written({q.ref: "" for q in held.questions.all()}, form_key=receipts.new_form_key())
    return _form(request, held, written, letter, pages.filled(letter), {})


def _form(
    request: HttpRequest,
    held: Consultation,
    written: Written,
    letter: Letter | None,
    said: Said,
    problems: Mapping[str, str],
) -> HttpResponse:
    questions = consultations.asked(held, "", viewer=request.user, at=request.reading.at)["questions"]
    below = ("Letters and e-mails", f"{about(request, held)['at_desk']}letters/")
    shown = about(request, held, below, ("An answer", None)) | {
        "asked": answering.asked(questions, written),
        "longest": answering.rules.LONGEST_TEXT,
        "form_key": written.form_key,
        "letter": pages.beside(letter),
        "sources": pages.SOURCES,
        "said": said,
        "may_enter": _may_enter(request, held),
    }
    return private(desk_form.page(request, "desk/consultations/entering/new.html", shown, problems))


def _enter(request: HttpRequest, held: Consultation) -> HttpResponse:
    questions = consultations.asked(held, "", viewer=request.user, at=request.reading.at)["questions"]
    written, letter, typed = answering.read(questions, request.POST), _letter(request, held), Typed(request.POST)
    source = typed.choice("source", answers.ENTERED, "Say how the answer came")
    day = typed.day("received", "Write the day on which it came")
    problems = {**typed.problems, **public_pages.errors(answering.problems(questions, written))}
    if problems or day is None:
        return _form(request, held, written, letter, typed.said, problems)
    entry, given = answers.Entry(source, day, letter), answering.given(questions, written.raw)
    try:
        made = answers.enter(consultation=held, answers=given, form_key=written.form_key, entry=entry, by=request.user)
    except answers.AnswersRefused as refused:
        return _form(request, held, written, letter, typed.said, public_pages.errors(refused.problems))
    except CsplanError as refused:
        return _form(request, held, written, letter, typed.said, {"": str(refused)})
    shown = about(request, held, ("Letters and e-mails", f"{about(request, held)['at_desk']}letters/"), ("Entered", None))
    # The code is the answer to the form itself: in an address or a session it would be kept.
    shown |= {"code": made.code, "was_held": made.was_held, "letter": pages.beside(letter)}
    return private(desk_form.page(request, "desk/consultations/entering/entered.html", shown, {}))


# ---- the check --------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Entered answers that wait for a second person, who reads each beside what came."""
    held = find(request, slug)
    if request.method != "POST":
        return _check(request, held, nothing(), {})
    return desk_form.which(request, {"open": _open_answer, "same": _same, "differs": _differs}, held)


def _open_answer(request: HttpRequest, held: Consultation) -> HttpResponse:
    """Show one, with its letter."""
    return _check(request, held, nothing(), {}, opened=request.POST.get("answer", ""))


def _same(request: HttpRequest, held: Consultation) -> HttpResponse:
    def keep() -> str:
        answers.check_entry(response=responses.response(held, request.POST.get("answer", "")), by=request.user)
        return "Checked: the answer says what came."

    return desk_form.answer(request, Typed(request.POST), keep, lambda said, problems: _check(request, held, said, problems))


def _differs(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed, key = Typed(request.POST), request.POST.get("answer", "")
    reason = typed.text("reason", "Write what differs; it is published with the totals, so name nobody", longest=1_000)

    def keep() -> str:
        response = responses.response(held, key)
        answers.set_aside(response=response, kind="withdrawn", reason=f"Entered wrongly: {reason}", by=request.user)
        return "Set aside as entered wrongly. Enter it again from what came."

    def again(said: Said, problems: dict[str, str]) -> HttpResponse:
        return _check(request, held, said, problems, opened=key)

    return desk_form.answer(request, typed, keep, again)


def _check(
    request: HttpRequest, held: Consultation, said: Said, problems: Mapping[str, str], *, opened: str = ""
) -> HttpResponse:
    """The page. opened : the answer that is shown; that it was read is recorded each time"""
    found = reading.entered(held, viewer=request.user, at=as_at(request))
    shown = about(request, held, ("Check what was entered", None)) | pages.check(found)
    shown |= {
        "said": said,
        "may_check": desk_form.may(request, "answer.check"),
        "may_set": desk_form.may(request, "answer.set_aside") and not hasattr(held, "consideration_report"),
        "opened": None,
    }
    if opened:
        response = responses.response(held, opened)
        masking.read_original(response=response, why=WHY_CHECK, by=request.user)
        shown["opened"] = {"key": opened, "said": reading.said(response), "letter": pages.beside(response.letter)}
    return private(desk_form.page(request, "desk/consultations/entering/check.html", shown, problems))
