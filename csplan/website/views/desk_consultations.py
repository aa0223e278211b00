"""Consultations at the desk: begun, checked by a second person, opened, extended, counted."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from csplan.cycle import calendar, clock
from csplan.records.actions import consultation as actions
from csplan.records.models import Consultation
from csplan.records.reading import consultation_desk as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import consultation_desk as pages
from csplan.website.pages.plan import shortened
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.views.desk_coding import about, find

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Every consultation, and the form that begins one."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    versions, held = reading.versions(p, **asked), reading.consultations(p, **asked)
    offered = pages.templates(held)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        rows = [
            {
                "title": c.title,
                "state": c.state(request.reading.at),
                "words": reading.in_words(c, request.reading.at),
                "url": f"/{p.slug}/desk/consultations/{c.slug}/",
                "is_example": c.is_example,
            }
            for c in held
        ]
        shown = pages.index(rows) | {
            "versions": [("", "Choose a version"), *((ref, str(v)) for ref, v in versions.items())],
            "templates": list(offered.items()),
            "said": said,
            "may_write": desk_form.may(request, "consultation.plan"),
        }
        return desk_form.page(request, "desk/consultations/index.html", shown, problems)

    if request.method != "POST":
        return show(nothing(write_to=p.contact, template="whole"), {})
    typed = Typed(request.POST)
    told = pages.begun(typed, versions, offered)

    def begin() -> str:
        questions = reading.template(told["template"], told["version"], held)
        described = {**told["described"], "introduction": told["described"]["title"], "questions": questions}
        made = actions.plan(version=told["version"], described=described, by=request.user)
        return f"Begun: {made.title}. Nobody sees it until it opens."

    to = f"/{p.slug}/desk/consultations/{told['described']['slug']}/"
    return desk_form.answer(request, typed, begin, show, to=to)


@require_http_methods(FORM)
@officers_only
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation: what the checker says, what may be done next, and the doors to the rest."""
    held = find(request, slug)
    if request.method != "POST":
        return page(request, held, nothing(), {})
    return desk_form.which(request, {"check": check, "open": open_, "extend": extend, "close": close}, held)


def check(request: HttpRequest, held: Consultation) -> HttpResponse:
    """A second person says that the words are right."""
    typed = Typed(request.POST)
    note = typed.text("note", longest=1_000)

    def keep() -> str:
        actions.check(consultation=held, note=note, by=request.user)
        return "Checked. It can be opened with these words, and no others."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


def open_(request: HttpRequest, held: Consultation) -> HttpResponse:
    """Open for answers."""
    typed = Typed(request.POST)

    def keep() -> str:
        actions.open(consultation=held, by=request.user)
        return "Open. People can answer from now on."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


def extend(request: HttpRequest, held: Consultation) -> HttpResponse:
    """Let it run longer."""
    typed = Typed(request.POST)
    closes_on = typed.day("closes_on", "Write the new last day")
    reason = typed.text("reason", "Write why it runs longer; it is published", longest=2_000)
    publicised = typed.text("publicised", "Write how people are told; it is published", longest=2_000)

    def keep() -> str:
        assert closes_on is not None
        actions.extend(consultation=held, closes_on=closes_on, reason=reason, publicised=publicised, by=request.user)
        return f"Extended until the end of {calendar.in_words(closes_on)}."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


def close(request: HttpRequest, held: Consultation) -> HttpResponse:
    """Count the answers."""
    typed = Typed(request.POST)

    def keep() -> str:
        made = actions.close(consultation=held, by=request.user)
        return f"Counted: {made.received:,} answers. Their fingerprint is published."

    return desk_form.answer(request, typed, keep, lambda said, problems: page(request, held, said, problems))


def page(request: HttpRequest, held: Consultation, said: Said, problems: dict[str, str]) -> HttpResponse:
    """The page, with what was typed and what to mend."""
    held = Consultation.objects.select_related("version__plan", "partnership").get(pk=held.pk)
    at, state = request.reading.at, held.state(request.reading.at)
    closing = getattr(held, "closing", None)
    checker = pages.notes(reading.checks(held))
    is_author = held.planned_by_id == request.user.pk
    shown = (
        about(request, held)
        | checker
        | {
            "state": state,
            "tag": pages.STATES[state],
            "window": reading.in_words(held, at),
            "doors": pages.doors(request.viewer.roles, f"/{request.partnership.slug}/desk/consultations/{held.slug}/")
            if state != "planned"
            else [],
            "public_url": f"/{request.partnership.slug}/consultations/{held.slug}/" if state != "planned" else None,
            "said": said,
            "words_sha256": shortened(actions.fingerprint(held)),
            "is_checked": state == "planned" and actions.is_checked(held),
            "is_author": is_author,
            "may_check": state == "planned" and desk_form.may(request, "consultation.check") and not is_author,
            "may_write": state == "planned" and desk_form.may(request, "consultation.plan"),
            "may_open_now": checker["may_open"] and state == "planned" and desk_form.may(request, "consultation.open"),
            "opens_today": clock.day_of(at) >= held.opens_on,
            "may_extend": state == "open" and desk_form.may(request, "consultation.extend"),
            "may_close": state == "closed" and closing is None and desk_form.may(request, "consultation.close"),
            "counted": f"{closing.received:,}" if closing and closing.closed_at <= at else None,
            "root": closing.root_sha256 if closing and closing.closed_at <= at else None,
            "extensions": [
                f"Until {calendar.in_words(e.closes_on)}: {e.reason} People were told: {e.publicised}"
                for e in held.extensions.all()
                if e.extended_at <= at
            ],
        }
    )
    return desk_form.page(request, "desk/consultations/show.html", shown, problems)
