"""Care for answers at the desk: alerts of danger, personal data, campaigns, and answers set aside."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from csplan.records.actions import alert as alerts_
from csplan.records.actions import answer as answers
from csplan.records.actions import masking as actions
from csplan.records.models import Consultation
from csplan.records.reading import care as reading
from csplan.records.reading.understanding import Part
from csplan.website.accounts import officers_only
from csplan.website.pages import care as pages
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.views.desk_coding import about, as_at, find

FORM = ["GET", "HEAD", "POST"]
WHY_ALERT = "An alert of danger"


# ---- alerts -----------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def alerts(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers whose words suggest danger: read, seen to, and what was done."""
    held = find(request, slug)
    if request.method != "POST":
        return _alerts(request, held, nothing(), {})
    return desk_form.which(request, {"read": _read_alert, "see": _see}, held)


def _read_alert(request: HttpRequest, held: Consultation) -> HttpResponse:
    """Show the words of one, once: the reading is recorded."""
    one = reading.alert(held, request.POST.get("alert", ""), viewer=request.user, at=request.reading.at)
    words = actions.read_original(response=one.response, why=WHY_ALERT, by=request.user)
    return _alerts(request, held, nothing(), {}, opened=(str(one.pk), list(words.values())))


def _see(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed, key = Typed(request.POST), request.POST.get("alert", "")
    done = typed.text(f"done-{key}", "Write what was done", longest=2_000)

    def keep() -> str:
        one = reading.alert(held, key, viewer=request.user, at=request.reading.at)
        alerts_.see(alert=one, done=done, by=request.user)
        return "Recorded: what was done about the alert."

    return desk_form.answer(request, typed, keep, lambda said, problems: _alerts(request, held, said, problems))


def _alerts(
    request: HttpRequest,
    held: Consultation,
    said: Said,
    problems: dict[str, str],
    *,
    opened: tuple[str, Sequence[str]] | None = None,
) -> HttpResponse:
    found = reading.alerts(held, viewer=request.user, at=request.reading.at)
    shown = about(request, held, ("Alerts", None)) | pages.alerts(found)
    shown |= {"said": said, "opened": opened, "may_see": desk_form.may(request, "alert.see")}
    response = desk_form.page(request, "desk/consultations/care/alerts.html", shown, problems)
    add_never_cache_headers(response)
    return response


# ---- masking ----------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def masking(request: HttpRequest, slug: str) -> HttpResponse:
    """What leads to a person, one comment at a time where something is proposed, together where nothing is."""
    held = find(request, slug)
    if request.method != "POST":
        return _masking(request, held, nothing(), {})
    return desk_form.which(request, {"confirm": _confirm, "clear": _clear}, held)


def _confirm(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed = Typed(request.POST)
    # By hand, a comment without a proposal is chosen from a list by answer and part together.
    named = request.POST.get("which") or f"{request.POST.get('answer', '')}/{request.POST.get('part', '')}"
    key, _, part = named.partition("/")
    response = reading.response(held, key)
    words = actions.words_of(response, part)
    chosen = pages.spans(typed, words)

    def keep() -> str:
        made = actions.confirm(response=response, part=part, spans=chosen, by=request.user)
        return f"Confirmed: {len(made.spans)} covered." if made.spans else "Confirmed: nothing covered."

    return desk_form.answer(request, typed, keep, lambda said, problems: _masking(request, held, said, problems))


def _clear(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed = Typed(request.POST)
    names = [name.partition("/") for name in request.POST.getlist("clear")]

    def keep() -> str:
        chosen = [(reading.response(held, key), part) for key, _, part in names]
        n = actions.confirm_clear(consultation=held, parts=chosen, by=request.user)
        return (
            f"Confirmed: nothing leads to a person in {n} comments." if n > 1 else "Confirmed: nothing leads to a person in it."
        )

    return desk_form.answer(request, typed, keep, lambda said, problems: _masking(request, held, said, problems))


def _masking(request: HttpRequest, held: Consultation, said: Said, problems: dict[str, str]) -> HttpResponse:
    found, may = reading.to_mask(held, as_at(request)), desk_form.may(request, "answer.mask")
    first = _asked(found.proposed, said)
    shown = about(request, held, ("Personal data", None)) | pages.masking(found)
    questions = {q.ref: q.words for q in held.questions.all()}
    ticked = request.POST.getlist("cover") if problems else None
    shown |= {
        "said": said,
        "may_mask": may,
        "one": pages.one(first, questions.get(first.part, "A passage of the draft"), ticked, said["more"])
        if first and may
        else None,
    }
    if not may:
        shown["clear"] = []  # words as they were written are for those who mask
    response = desk_form.page(request, "desk/consultations/care/masking.html", shown, problems)
    add_never_cache_headers(response)
    return response


def _asked(proposed: Sequence[Part], said: Said) -> Part | None:
    """The comment that was sent with something to mend, else the first that waits."""
    same = (p for p in proposed if (str(p.response_id), p.part) == (said["answer"], said["part"]))
    return next(same, next(iter(proposed), None))


# ---- campaigns, and what is set aside ---------------------------------------------------------------


@require_safe
@officers_only
def campaigns(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers that say nearly the same."""
    held = find(request, slug)
    found, totals = reading.campaigns(held, as_at(request)), reading.totals(held, request.reading.at)
    shown = about(request, held, ("Campaigns and copies", None)) | pages.campaigns(found, totals)
    return desk_form.page(request, "desk/consultations/care/campaigns.html", shown, {})


@require_http_methods(FORM)
@officers_only
def aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers that are set aside, and the forms that set one aside by its receipt and take one back."""
    held = find(request, slug)
    if request.method != "POST":
        return _aside(request, held, nothing(), {})
    return desk_form.which(request, {"set": _set, "restore": _restore}, held)


def _set(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed = Typed(request.POST)
    code = typed.text("code", "Write the code of the receipt, or take the answer from the list where it is coded", longest=40)
    kind = typed.choice("kind", ("withdrawn", "spam"), "Say why it is set aside")
    reason = typed.text("reason", "Write the reason; it is published with the totals", longest=1_000)
    response = answers.find(held, code) if code else None
    if code and response is None:
        typed.problems["code"] = (
            "No answer to this consultation has that receipt. Check the letters: there are sixteen, in four groups."
        )

    def keep() -> str:
        assert response is not None
        answers.set_aside(response=response, kind=kind, reason=reason, by=request.user)
        return "Set aside. It is not deleted, and the totals are given both ways."

    return desk_form.answer(request, typed, keep, lambda said, problems: _aside(request, held, said, problems))


def _restore(request: HttpRequest, held: Consultation) -> HttpResponse:
    typed, key = Typed(request.POST), request.POST.get("answer", "")
    reason = typed.text(f"reason-{key}", "Write why it is taken back", longest=1_000)

    def keep() -> str:
        answers.set_aside(response=reading.response(held, key), kind="restored", reason=reason, by=request.user)
        return "Taken back among the answers."

    return desk_form.answer(request, typed, keep, lambda said, problems: _aside(request, held, said, problems))


def _aside(request: HttpRequest, held: Consultation, said: Said, problems: dict[str, str]) -> HttpResponse:
    rows = reading.set_asides(held, request.reading.at)
    shown = about(request, held, ("Set aside", None)) | pages.aside(rows, reading.totals(held, request.reading.at))
    shown |= {"said": said, "may_set": desk_form.may(request, "answer.set_aside") and not hasattr(held, "consideration_report")}
    return desk_form.page(request, "desk/consultations/care/aside.html", shown, problems)
