"""Writing a consultation at the desk: its words, its questions one at a time, its languages by file, and the form as people will see it."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from csplan.cycle import consultation as rules
from csplan.cycle import consultation_draft
from csplan.errors import CsplanError
from csplan.evidence import areas
from csplan.records.actions import consultation as actions
from csplan.records.lookup import NotHere
from csplan.records.models import Consultation
from csplan.records.reading import coding
from csplan.records.reading import consultation as public
from csplan.records.reading import consultation_desk as reading
from csplan.website.accounts import officers_only
from csplan.website.pages import consultation as forms
from csplan.website.pages import consultation_desk as pages
from csplan.website.pages.answering import Written
from csplan.website.pages.coding import clause_options
from csplan.website.typed import Said, Typed, nothing
from csplan.website.views import desk_form
from csplan.website.views.desk_coding import about, find

FORM = ["GET", "HEAD", "POST"]
#: Bytes of a file of a translation.
LONGEST_FILE = 300_000
#: Languages that are often wanted: BCP 47 -> the name by which its speakers know it.
LANGUAGES = {
    "easy-read": "Easy read",
    "cy": "Cymraeg",
    "pl": "Polski",
    "ro": "Română",
    "ar": "العربية",
    "bn": "বাংলা",
    "fa": "فارسی",
    "ku": "کوردی",
    "lt": "Lietuvių",
    "pa": "ਪੰਜਾਬੀ",
    "pt": "Português",
    "ti": "ትግርኛ",
    "uk": "Українська",
    "ur": "اردو",
    "zh": "中文",
}


def planned(request: HttpRequest, slug: str) -> Consultation:
    """The consultation of an address, while it is being prepared."""
    held = find(request, slug)
    if hasattr(held, "opening"):
        raise NotHere("It has opened, so its words no longer change. Read them on its page.")
    return held


def _may(request: HttpRequest) -> bool:
    return desk_form.may(request, "consultation.plan")


@require_http_methods(FORM)
@officers_only
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """Words, days, documents, and who is told of danger."""
    held = planned(request, slug)
    people = reading.may_be_alerted(request.partnership, at=request.reading.at)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        shown = about(request, held, ("Words and days", None)) | {
            "said": said,
            "people": [("", "Nobody yet"), *((name, name) for name in people)],
            "kinds": [("", "Choose"), *((k, v) for k, v in rules.DOCUMENTS.items())],
            "places": range(1, pages.ROOM + 1),
            "may_write": _may(request),
        }
        return desk_form.page(request, "desk/consultations/words.html", shown, problems)

    if request.method != "POST":
        return show(Said(pages.as_typed(reading.draft(held))), {})
    typed = Typed(request.POST)
    told = pages.words(typed, people)

    def keep() -> str:
        actions.describe(consultation=held, described={**reading.draft(held), **told}, by=request.user)
        return "Kept. Words that were checked before must be checked anew."

    return desk_form.answer(request, typed, keep, show, to=_home(request, held))


def _home(request: HttpRequest, held: Consultation) -> str:
    return f"/{request.partnership.slug}/desk/consultations/{held.slug}/"


# ---- questions --------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every question in order: moved, taken out, or changed on a page of its own."""
    held = planned(request, slug)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        fresh = Consultation.objects.get(pk=held.pk)
        shown = about(request, fresh, ("Questions", None)) | {
            "rows": pages.lines(reading.draft(fresh), _home(request, held)),
            "said": said,
            "may_write": _may(request),
        }
        return desk_form.page(request, "desk/consultations/questions.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed, ref = Typed(request.POST), request.POST.get("question", "")
    draft = reading.draft(held)
    if ref not in [q["ref"] for q in draft["questions"]]:
        raise NotHere(f"There is no question “{ref}” here any more. Load the page again.")

    def keep() -> str:
        do = request.POST.get("do", "")
        changed = (
            consultation_draft.take_out(draft, ref)
            if do == "out"
            else consultation_draft.move(draft, ref, -1 if do == "up" else 1)
        )
        actions.describe(consultation=held, described=changed, by=request.user)
        return "Taken out." if do == "out" else "Moved."

    return desk_form.answer(request, typed, keep, show)


@require_http_methods(FORM)
@officers_only
def question(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One question; `new` begins one."""
    held = planned(request, slug)
    draft = reading.draft(held)
    clauses = coding.clauses(held)
    found = next((pages.placed(q, draft) for q in draft["questions"] if q["ref"] == ref), None)
    if found is None and ref != "new":
        raise NotHere(f"There is no question “{ref}” here. Choose one from the list.")

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        shown = about(request, held, ("Questions", f"{_home(request, held)}questions/"), ("One question", None)) | {
            "said": said,
            "kinds": [(k, v[0].upper() + v[1:]) for k, v in rules.KINDS.items()],
            "families": [(k, v[0].upper() + v[1:]) for k, v in rules.FAMILIES.items()],
            "follows": pages.follows_on(draft, ref),
            "clauses": clause_options(clauses),
            "is_new": found is None,
            "may_write": _may(request),
        }
        return desk_form.page(request, "desk/consultations/question.html", shown, problems)

    if request.method != "POST":
        return show(Said(pages.question_typed(found)) if found else nothing(kind="single", family="priorities"), {})
    typed = Typed(request.POST)
    told = pages.question(typed, draft, found, _areas(request), clauses)

    def keep() -> str:
        changed = consultation_draft.put(draft, told, instead_of=ref if found else "")
        actions.describe(consultation=held, described=changed, by=request.user)
        return "Kept."

    return desk_form.answer(request, typed, keep, show, to=f"{_home(request, held)}questions/")


def _areas(request: HttpRequest) -> list[str]:
    """Names of the electoral divisions of the day; where none is held, of the neighbourhoods."""
    home = request.partnership.area_code
    for kind in ("division", "msoa"):
        codes = areas.members(kind, request.reading.day) if kind == "division" else areas.members(kind)
        found = sorted({areas.get(c).name for c in codes if areas.district_of(c) == home})
        if found:
            return found
    return []


# ---- languages --------------------------------------------------------------------------------------


@require_http_methods(FORM)
@officers_only
def languages(request: HttpRequest, slug: str) -> HttpResponse:
    """Easy read and other languages: a file with every word is taken away, written over, and brought back."""
    held = planned(request, slug)

    def show(said: Said, problems: dict[str, str]) -> HttpResponse:
        fresh = Consultation.objects.get(pk=held.pk)
        shown = about(request, fresh, ("Languages", None)) | {
            "rows": [
                {"language": t.language, "name": t.name, "url": f"{_home(request, held)}preview/?language={t.language}"}
                for t in fresh.translations.all()
            ],
            "offered": [(k, f"{v} ({k})" if k != "easy-read" else v) for k, v in LANGUAGES.items()],
            "file_url": f"{_home(request, held)}words.json",
            "said": said,
            "may_write": _may(request),
        }
        return desk_form.page(request, "desk/consultations/languages.html", shown, problems)

    if request.method != "POST":
        return show(nothing(), {})
    typed, draft = Typed(request.POST), reading.draft(held)
    language = typed.choice("language", LANGUAGES, "Choose the language")
    others = [t for t in draft["translations"] if t["language"] != language]

    def keep() -> str:
        if request.POST.get("do") == "out":
            actions.describe(consultation=held, described={**draft, "translations": others}, by=request.user)
            return "Taken out."
        made = {"language": language, "name": LANGUAGES[language], "words": _read(request)}
        actions.describe(consultation=held, described={**draft, "translations": [*others, made]}, by=request.user)
        return f"Kept: {LANGUAGES[language]}. Look at it in the preview."

    return desk_form.answer(request, typed, keep, show)


def _read(request: HttpRequest) -> dict[str, Any]:
    """The words of a file that was brought in: JSON, or TOML with the same names."""
    sent = request.FILES.get("file")
    if sent is None:
        raise CsplanError("Choose the file with the translated words.")
    if sent.size > LONGEST_FILE:
        raise CsplanError(f"{sent.name} is larger than {LONGEST_FILE:,} bytes, which no translation is. Choose the right file.")
    try:
        text = sent.read().decode("utf-8-sig")
        found = tomllib.loads(text) if sent.name.endswith(".toml") else json.loads(text)
    except (ValueError, UnicodeDecodeError, RecursionError) as e:
        raise CsplanError(
            f"{sent.name} cannot be read as JSON or TOML in UTF-8. Take the file anew and write over its words only."
        ) from e
    return _checked(found, sent.name)


def _checked(found: Any, name: str) -> dict[str, Any]:
    """Only words, in the shape in which they were taken away."""
    refused = CsplanError(
        f"{name} has another shape than the file that was taken from here. Take it anew and write over its words only."
    )
    if not isinstance(found, Mapping) or not isinstance(found.get("questions", {}), Mapping):
        raise refused
    questions = {}
    for ref, told in found.get("questions", {}).items():
        if not isinstance(told, Mapping):
            raise refused
        options = told.get("options", [])
        if not isinstance(options, list) or not all(isinstance(o, str) and o.strip() for o in options):
            raise CsplanError(f"{name}: the answers of question {ref} are not all words. Correct them.")
        kept = {k: told[k] for k in ("words", "hint") if isinstance(told.get(k), str)}
        questions[ref] = {**kept, **({"options": options} if options else {})}
    return {**{k: found[k] for k in ("title", "introduction") if isinstance(found.get(k), str)}, "questions": questions}


@require_safe
@officers_only
def words_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every word of it as JSON, to be written over in another language."""
    held = find(request, slug)
    told = consultation_draft.words_to_translate(held.title, held.introduction, [q.rule for q in held.questions.all()])
    content = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    name = f"{held.slug}-words.json"
    return HttpResponse(
        content, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
@officers_only
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The form as people will see it; nothing can be sent."""
    held = find(request, slug)
    if hasattr(held, "opening"):
        return redirect(f"/{request.partnership.slug}/consultations/{held.slug}/")
    found = public.asked(held, request.GET.get("language", ""), viewer=request.user, at=request.reading.at)
    written = Written({q["ref"]: "" for q in found["questions"]}, form_key="", way="whole")
    shown = about(request, held, ("Preview", None)) | forms.form(found, written, [], {}, f"/{request.partnership.slug}/")
    shown["consultation"] = {**found["consultation"], "why": held.why, "can_change": held.can_change}
    shown["documents"] = list(held.documents.all())
    return desk_form.page(request, "desk/consultations/preview.html", shown, {})
