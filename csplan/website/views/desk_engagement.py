"""The stakeholder map, events and the kit of a consultation at the desk."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from csplan.cycle import engagement as rules
from csplan.documents.write import as_bytes
from csplan.records import kit_papers
from csplan.records.actions import engagement as actions
from csplan.records.actions import stakeholder as stakeholder_actions
from csplan.records.reading import engagement as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import engagement as pages
from csplan.website.pages import paper as papers
from csplan.website.typed import Said, Typed, nothing, options
from csplan.website.views import desk_form
from csplan.website.views.desk_coding import about, find

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@officers_only
def index(request: HttpRequest) -> HttpResponse:
    """Events, and the form that announces one."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    groups = {s.slug: s for s in reading.rows(p, **asked)}
    served = {c.slug: c for c in reading.consultations(p, **asked)}

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        shown = pages.index(reading.engagements(p, **asked), request.reading.at, f"/{p.slug}/") | {
            "public_meeting": reading.public_meeting(p, **asked),
            "kinds": [("", "Choose one"), *rules.KINDS.items()],
            "groups": options(groups.values(), "slug", "name"),
            "consultations": options(served.values(), "slug", "title", "None in particular"),
            "said": said,
            "chosen": request.POST.getlist("invited"),
            "may_write": desk_form.may(request, "engagement.announce"),
        }
        return desk_form.page(request, "desk/engagement/index.html", shown, problems)

    if request.method != "POST":
        return show(nothing(at="18:00"), {})
    typed = Typed(request.POST)
    told = pages.announced(typed, groups, served)

    def announce() -> str:
        made = actions.announce(partnership=p, **told, by=request.user)
        return f"Announced: {made.title}. It is on the public page."

    return desk_form.answer(request, typed, announce, show)


@require_http_methods(FORM)
@officers_only
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """What came of an event."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}
    held = reading.find(p, ref, **asked)
    groups = {s.slug: s for s in reading.rows(p, **asked)}
    bodies = {b.code: b for b in reading.bodies(p, at=held.starts_at)}

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        event = next(e for e in reading.engagements(p, **asked) if e["ref"] == ref)
        shown: dict[str, Any] = {
            "event": pages.line(event, request.reading.at, f"/{p.slug}/"),
            "groups": options(groups.values(), "slug", "name"),
            "bodies": options(bodies.values(), "code", "name"),
            "said": said,
            "chosen": request.POST.getlist("bodies"),
            "may_write": desk_form.may(request, "engagement.record") and not event["is_recorded"],
        }
        return desk_form.page(request, "desk/engagement/record.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    told = pages.recorded(typed, groups, bodies)

    def keep() -> str:
        actions.record(engagement=held, **told, by=request.user)
        return f"Recorded: {held.title}. The note is on the public page."

    return desk_form.answer(request, typed, keep, show)


@require_http_methods(FORM)
@officers_only
def stakeholders(request: HttpRequest) -> HttpResponse:
    """The map, and the form that puts a group on it."""
    p, asked = request.partnership, {"viewer": request.user, "at": request.reading.at}

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        lines = reading.stakeholders(p, **asked)
        shown = {
            "rows": pages.stakeholders(lines),
            "headline": pages.map_headline(lines),
            "characteristics": pages.characteristics(),
            "said": said,
            "chosen": request.POST.getlist("characteristics"),
            "affected": request.POST.getlist("is_affected"),
            "may_write": desk_form.may(request, "stakeholder.name"),
        }
        return desk_form.page(request, "desk/engagement/stakeholders.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed = Typed(request.POST)
    told = pages.named(typed)

    def keep() -> str:
        made = stakeholder_actions.name(partnership=p, **told, by=request.user)
        return f"On the map: {made.name}."

    return desk_form.answer(request, typed, keep, show)


@require_safe
@officers_only
def kit(request: HttpRequest, slug: str) -> HttpResponse:
    """Every paper of a consultation, and all of them in one file."""
    held = find(request, slug)
    shown = about(request, held, ("The kit", None))
    titles = {kind: title for kind, (title, _made) in kit_papers.PAPERS.items()}
    shown |= pages.kit(titles, shown["at_desk"], held.slug)
    return desk_form.page(request, "desk/engagement/kit.html", shown, {})


@require_safe
@officers_only
def kit_zip(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it."""
    held = find(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{held.slug}-kit.zip"'}
    return HttpResponse(kit_papers.whole(held, request.reading.at), content_type="application/zip", headers=headers)


@require_safe
@officers_only
def kit_file(request: HttpRequest, slug: str, kind: str, form: str) -> HttpResponse:
    """One paper in one form."""
    held = find(request, slug)
    if kind not in kit_papers.PAPERS or form not in papers.FORMS:
        raise Http404(f"The kit has no {kind} as “{form}”. Choose one on the page of the kit.")
    how = "attachment" if papers.FORMS[form].is_kept else "inline"
    headers = {"Content-Disposition": f'{how}; filename="{held.slug}-{kind}.{form}"'}
    made = as_bytes(kit_papers.made(held, kind, request.reading.at), f".{form}")
    return HttpResponse(made, content_type=papers.FORMS[form].kind, headers=headers)
