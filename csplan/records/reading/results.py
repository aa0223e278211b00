"""What was said in a consultation, whom it came from, and what was decided: for the page of results, its papers, and the holder of a receipt."""

from datetime import datetime
from typing import Any

from csplan.cycle import results as rules
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital
from csplan.records import lookup, receipts
from csplan.records.models import ConsiderationReport, Consultation, Partnership, Response
from csplan.records.models.record import Viewer
from csplan.records.reading import care, coding, consultation, engagement, respondents, theme, understanding
from csplan.statistics.rates import proportion

#: How many quotes are shown under a theme.
QUOTES = 3


def results(partnership: Partnership, slug: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What was said, once it is closed: how many chose what, who answered, the themes with what was decided, and the report.

    tallies : [{ref, words, kind, family, answered, choices: [{choice, count, share, low, high, without, mean_place}]}], without
        questions about the person; empty with `why`. Answers that are set aside are in none.
    account : received = coded + withdrawn + spam, and totals with and without near copies;  respondents, themes, agreement, reached
    consideration : {summary, approved_at, is_example} once it is approved, else None
    """
    found = consultation.find(partnership, slug, viewer=viewer, at=at)
    said = consultation.consultation(partnership, slug, viewer=viewer, at=at)
    report = ConsiderationReport.objects.visible_to(viewer, at).filter(consultation=found).first()
    told = {**said, "consideration": _report(report), "why": _why_no_tallies(said)}
    nothing: dict[str, Any] = {
        "tallies": [],
        "respondents": [],
        "themes": [],
        "account": None,
        "agreement": None,
        "reached": None,
    }
    if said["consultation"]["state"] != "closed":
        return {**told, **nothing}
    considered = report is not None
    if told["why"] is None:
        nothing |= {"tallies": tallies(found, at), "respondents": respondents.respondents(found, at)}
    return {
        **told,
        **nothing,
        "themes": themes(found, viewer=viewer, at=at) if considered else [],
        "account": _account(found, at),
        "agreement": coding.agreement(found, at) if considered else None,
        "reached": engagement.reached(partnership, found, viewer, at),
    }


def _report(report: ConsiderationReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {"summary": report.summary, "approved_at": report.approved_at, "is_example": report.is_example}


def _account(row: Consultation, at: datetime) -> dict[str, int]:
    told = understanding.account(row, at)
    both = care.totals(row, at)
    return {
        **{k: told[k] for k in ("received", "coded", "withdrawn", "spam", "uncoded", "comments")},
        "considered": both["considered"],
        "flagged": both["flagged"],
        "without_flagged": both["without_flagged"],
    }


def _why_no_tallies(said: dict[str, Any]) -> str | None:
    if said["consultation"]["state"] != "closed":
        return "What people said is shown once the consultation has closed."
    if said["responses"]["received"] == 0:
        return "No answers are held here."
    if said["responses"]["received"] < rules.LEAST_PEOPLE:
        return f"Fewer than {rules.LEAST_PEOPLE} people answered, so what each said could be guessed. The numbers are not shown."
    return None


def tallies(row: Consultation, at: datetime) -> list[dict[str, Any]]:
    """How many chose each answer of each closed question, with its share and the Wilson interval."""
    aside, flagged = understanding.set_aside(row, at), care.campaigns(row, at)["flagged"]
    kept = [(pk, a) for pk, a in row.responses.values_list("pk", "answers") if pk not in aside]
    asked = row.questions.exclude(family="about").exclude(kind="text")
    return [_tally(rules.tally(q.rule, [(a.get(q.ref, ""), pk in flagged) for pk, a in kept])) for q in asked]


def _tally(found: rules.Tally) -> dict[str, Any]:
    return {
        "ref": found.question.ref,
        "words": found.question.words,
        "kind": found.question.kind,
        "family": found.question.family,
        "answered": found.answered,
        "without": found.without,
        "choices": [{**vars(c), **_share(c.count, found.answered)} for c in found.choices],
    }


def _share(part: int, whole: int) -> dict[str, float | None]:
    if not whole:
        return {"share": None, "low": None, "high": None}
    found = proportion(part, whole)
    return {"share": found.value, "low": found.low, "high": found.high}


def themes(row: Consultation, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every theme with what was decided and changed, those that most spoke of first, each with a few quotes that people let be used."""
    parts = understanding.finished(row, at)
    lines = theme.themes(row, viewer=viewer, at=at)
    quoted = [(p, p.masked) for p in parts if p.masked and p.themes and coding.may_quote(p)]
    told = [{**line, "quotes": [words for p, words in quoted if line["ref"] in (p.themes or ())][:QUOTES]} for line in lines]
    return sorted(told, key=lambda t: -t["comments"])


def of_receipt(partnership: Partnership, slug: str, code: str, *, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The same for the holder of a receipt. Raises NotHere where no answer has it."""
    row = consultation.find(partnership, slug, viewer=viewer, at=at)
    held = Response.objects.filter(consultation=row, receipt_sha256=receipts.fingerprint(code), hour__lte=at)
    return outcome(lookup.one(held, "answer with that receipt"), at)


def outcome(response: Response, at: datetime) -> dict[str, Any]:
    """What became of one answer, for whoever holds its receipt: {words, themes}. Nothing before the report is approved.

    themes : of `theme.theme`, with what was decided, the reason, and the passages before and after
    """
    row = response.consultation
    aside = understanding.set_aside(row, at).get(response.pk)
    if aside is not None:
        kind = "withdrawn" if aside == "withdrawn" else "marked as spam"
        return {"words": f"Your answer was {kind}, so it is not among those considered. It is kept.", "themes": []}
    report = ConsiderationReport.objects.filter(consultation=row, approved_at__lte=at).first()
    if report is None:
        return {"words": "What became of it will stand here once the report on the answers is approved.", "themes": []}
    mine = {ref for p in understanding.parts(row, at) if p.response_id == response.pk for ref in p.themes or ()}
    found = [t for t in theme.themes(row, viewer=None, at=at) if t["ref"] in mine]
    if not found:
        return {
            "words": "Your answer was counted with the others. You wrote nothing that a decision was needed on.",
            "themes": [],
        }
    return {"words": f"What you wrote was counted under {count(len(found), 'theme')}. This was decided.", "themes": found}


def paragraph(told: dict[str, Any]) -> str:
    """The answers in a paragraph for a committee’s report. told : of `results`, considered"""
    account, about = told["account"], told["consultation"]
    agreed = next((t for t in told["tallies"] if t["ref"] == "plan" and t["answered"]), None)
    said = f"{capital(count(account['received'], 'answer'))} came to “{about['title']}”"
    aside = account["withdrawn"] + account["spam"]
    said += f", of which {account['considered']:,} were considered." if aside else "."
    if agreed:
        n = sum(c["count"] for c in agreed["choices"][:2])
        said += f" Of {agreed['answered']:,} who said how far they agree with the plan, {n / agreed['answered']:.0%} agree or strongly agree."
    if told["themes"]:
        changed = sum(bool(t["changes"]) for t in told["themes"])
        said += f" {capital(count(len(told['themes']), 'theme'))} were decided, and the text was changed for {changed or 'none'}."
    return said + " People chose themselves whether to answer, so these shares say nothing of those who did not."
