"""One clause of a draft at the desk: written, seen first, kept unsent, put together with someone else's, taken out."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from csplan.cycle import clock, plan_text, plan_values
from csplan.errors import CsplanError
from csplan.records import plan_rows
from csplan.records.actions import plan_text as actions
from csplan.records.models import UnsentWords
from csplan.records.reading import plan_desk
from csplan.website import evidence_view, reading_day
from csplan.website.answers import as_json
from csplan.website.pages import desk_plan_conflict as conflict
from csplan.website.pages import desk_plan_edit as pages
from csplan.website.pages import desk_plan_form as form
from csplan.website.pages.desk_plan_edit import Asked
from csplan.website.views.desk_form import TO_MEND, which
from csplan.website.views.desk_plans import draft
from csplan.website.words_back import writers

#: HTTP state of words that meet someone else's.
MEETS_ANOTHER = 409


def asked(request: HttpRequest, slug: str, number: int) -> Asked:
    """The clause named by an address: `?clause=deliverable/1.2.1`, or `?new=deliverable&under=1.2`; a form may name the reference."""
    version = draft(request, slug, number)
    new = request.GET.get("new")
    if new:
        kind = plan_text.KINDS.get(new)
        if kind is None:
            raise CsplanError(f"A plan has no part called “{new}”. Go back to its contents and choose one.")
        ref = plan_desk.next_ref(version, kind, request.GET.get("under", ""))
    else:
        kind, ref = plan_text.part_of(request.GET.get("clause", ""))
    if form.REF in request.POST:
        ref = request.POST[form.REF].strip()
    held = plan_rows.clause(version, plan_text.address(kind.name, ref)) if ref or not kind.ref else None
    return Asked(version, kind, ref, held)


@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"connect-src": [SELF]})
@writers("plan.write")
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The form of one clause. It posts back here with `do`: save, see, keep, discard or merge."""
    a = asked(request, slug, number)
    if request.method == "POST":
        return which(request, DONE, a)
    kept = _kept(request, a)
    if kept is not None and "kept" in request.GET:
        return page(request, a, kept.values, began_from=kept.based_on, kept=kept, is_kept=True)
    return page(request, a, a.as_it_stands, kept=kept)


def save(request: HttpRequest, a: Asked) -> HttpResponse:
    """Write the clause; or say beside each field what to mend; or show both texts where someone else changed it meanwhile."""
    return put(request, a, written(request, a), request.POST.get("began_from", ""))


def put(request: HttpRequest, a: Asked, said: dict[str, str], began_from: str) -> HttpResponse:
    """Write what was said, begun from the clause as it stood then."""
    # a section that stands for itself has no reference to choose: what two people began together meets below
    problem = ref_problem(a, began_from) if form.REF in request.POST else ""
    if problem:
        return page(request, a, said, began_from=actions.NEW, errors={form.REF: problem})
    try:
        values = form.values(a.kind, said)
        plan_desk.check_known(a.version, a.kind, values)
        made = actions.write(version=a.version, clause=a.clause, values=values, began_from=began_from, by=request.user)
    except plan_values.Refused as refused:
        return page(request, a, said, began_from=began_from, errors=refused.problems)
    except actions.ChangedMeanwhile as changed:
        return meets(request, a, said, began_from, changed)
    except CsplanError as refused:
        return page(request, a, said, began_from=began_from, errors={form.REF if a.held is None else "": str(refused)})
    if made is None:
        actions.drop_unsent(version=a.version, clause=a.clause, by=request.user)
    title = plan_text.title_of(a.clause, values)
    told = _("Saved: %(title)s.") if made else _("%(title)s says that already. Nothing was changed.")
    return back(request, a, told % {"title": title})


def ref_problem(a: Asked, began_from: str) -> str:
    """What is wrong with the reference of a new clause; empty where nothing is."""
    if began_from != actions.NEW:
        return ""
    if not pages.fits(a.kind, a.ref):
        return _("Write a reference such as %(example)s") % {"example": pages.EXAMPLES.get(a.kind.name, "1")}
    if a.held is None:
        return ""
    title, free = plan_text.title_of(a.clause, a.held), plan_desk.next_ref(a.version, a.kind, a.ref.rpartition(".")[0])
    words = {"title": title, "says": a.held.get("title", ""), "free": free}
    if free:
        return _("%(title)s is there already: “%(says)s”. The next free one is %(free)s") % words
    return _("%(title)s is there already: “%(says)s”. Give yours another reference") % words


def meets(
    request: HttpRequest, a: Asked, said: dict[str, str], began_from: str, changed: actions.ChangedMeanwhile
) -> HttpResponse:
    """Both texts, and a form that puts them together. The writer's own are kept at once, so that closing the page loses none."""
    actions.keep_unsent(version=a.version, clause=a.clause, values=said, began_from=began_from, by=request.user)
    began = plan_desk.began_as(a.version, a.clause, began_from)
    facts = pages.meeting(a, said, theirs=changed.held, began=began, taken={}, errors={})
    return render(request, "desk/plans/conflict.html", facts, status=MEETS_ANOTHER)


def merge(request: HttpRequest, a: Asked) -> HttpResponse:
    """Write the two texts as they were put together; changed once more meanwhile, they meet again."""
    said, began_from = written(request, a), request.POST.get("began_from", "")
    if a.held is None or actions.based_on(a.held) != began_from:
        return put(request, a, said, began_from)
    taken = {f.name: request.POST.get(f"take-{f.name}", "") for f in a.kind.fields}
    together, problems = conflict.merged(a.kind, form.as_said(a.kind, a.held), said, taken)
    if problems:
        facts = pages.meeting(a, said, theirs=a.held, began=None, taken=taken, errors=problems)
        return render(request, "desk/plans/conflict.html", facts, status=TO_MEND)
    return put(request, a, together, began_from)


def see(request: HttpRequest, a: Asked) -> HttpResponse:
    """The form with what was written, and how it would read. Nothing is saved."""
    began_from = request.POST.get("began_from", "")
    return page(request, a, written(request, a), began_from=began_from, kept=_kept(request, a), is_kept=True, is_seen=True)


def keep(request: HttpRequest, a: Asked) -> HttpResponse:
    """Keep the words for the writer alone."""
    problem = "" if pages.fits(a.kind, a.ref) else ref_problem(a, actions.NEW)
    said, began_from = written(request, a), request.POST.get("began_from", "")
    if problem:
        return page(request, a, said, began_from=began_from, errors={form.REF: problem})
    kept = actions.keep_unsent(version=a.version, clause=a.clause, values=said, began_from=began_from, by=request.user)
    if kept is not None:
        messages.success(request, pages.kept_words(kept.kept_at))
    return redirect(reading_day.link(f"{a.path}&kept=1"))


def discard(request: HttpRequest, a: Asked) -> HttpResponse:
    """Forget the words that the writer kept."""
    actions.drop_unsent(version=a.version, clause=a.clause, by=request.user)
    messages.success(request, _("The words that you had kept are forgotten. The plan says what it said."))
    return redirect(reading_day.link(a.path if a.held is not None else pages.contents_path(a.version)))


#: What a form may ask to be done with its words.
DONE = {"save": save, "see": see, "keep": keep, "discard": discard, "merge": merge}


@require_POST
@writers("plan.write")
def keep_quietly(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same as `keep`, for the script that keeps what is being typed; it answers in a sentence."""
    a = asked(request, slug, number)
    if not pages.fits(a.kind, a.ref):
        return as_json({"words": _("Not kept yet: the reference is missing. Your words are still on this page.")}, TO_MEND)
    said = written(request, a)
    kept = actions.keep_unsent(
        version=a.version, clause=a.clause, values=said, began_from=request.POST.get("began_from", ""), by=request.user
    )
    if kept is None:
        return as_json({"words": _("Not kept. Your words are still on this page.")}, TO_MEND)
    return as_json({"words": pages.kept_words(kept.kept_at), "kept": kept.kept_at})


@require_http_methods(["GET", "HEAD", "POST"])
@writers("plan.write")
def take_out(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What would go, and a button that takes it out."""
    a = asked(request, slug, number)
    if a.held is None:
        raise CsplanError(f"{a.clause} is not in this version. Go back to its contents.")
    if request.method != "POST":
        return render(request, "desk/plans/take_out.html", pages.going(a, {}))
    try:
        actions.take_out(version=a.version, clause=a.clause, began_from=request.POST.get("began_from", ""), by=request.user)
    except actions.ChangedMeanwhile:
        last = plan_desk.last_written(a.version, a.clause)
        who = last.person if last else _("Someone")
        errors = {"": _("%(who)s changed it while you were looking. This is what it says now.") % {"who": who}}
        return render(request, "desk/plans/take_out.html", pages.going(a, errors), status=MEETS_ANOTHER)
    except CsplanError as refused:
        return render(request, "desk/plans/take_out.html", pages.going(a, {"": str(refused)}), status=TO_MEND)
    return back(request, a, _("Taken out: %(title)s.") % {"title": plan_text.title_of(a.clause, a.held)})


def written(request: HttpRequest, a: Asked) -> dict[str, str]:
    """What the form sent; in a new clause a field that was not sent is empty."""
    blank = {f.name: "" for f in a.kind.fields} if request.POST.get("began_from") == actions.NEW else {}
    return blank | form.said(a.kind, request.POST)


def page(
    request: HttpRequest,
    a: Asked,
    said: dict[str, str],
    *,
    began_from: str | None = None,
    errors: dict[str, str] | None = None,
    kept: UnsentWords | None = None,
    is_kept: bool = False,
    is_seen: bool = False,
) -> HttpResponse:
    """The form. kept : the writer's unsent words;  is_kept : whether the form holds them, so that they are not offered again"""
    view = evidence_view.view(request.partnership, clock.today())
    facts = pages.page(a, said, errors or {}, view=view, began_from=began_from, kept=kept, is_kept=is_kept, is_seen=is_seen)
    return render(request, "desk/plans/edit.html", facts, status=TO_MEND if errors else 200)


def back(request: HttpRequest, a: Asked, words: str) -> HttpResponse:
    """To the contents, which say what was done."""
    messages.success(request, words)
    return redirect(reading_day.link(pages.contents_path(a.version)))


def _kept(request: HttpRequest, a: Asked) -> UnsentWords | None:
    """The writer's unsent words; forgotten where the clause says the same by now."""
    kept = plan_desk.kept(a.version, a.clause, request.user)
    if kept is not None and a.held is not None and not conflict.compared(a.kind, a.as_it_stands, kept.values):
        actions.drop_unsent(version=a.version, clause=a.clause, by=request.user)
        return None
    return kept
