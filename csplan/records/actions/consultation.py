"""Consultations: planned, opened on a frozen version, answered by residents, closed, considered."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError

from csplan.cycle import calendar, clock, roles
from csplan.cycle import consultation as rules
from csplan.errors import CsplanError
from csplan.records import acting, canonical, receipts, seal
from csplan.records.models import Closing, ConsiderationReport, Consultation, Opening, PlanVersion, Question, Response, Seal

#: Answers on their way at the last second are in before they are counted.
COUNTED_AFTER = timedelta(minutes=5)


class AnswersRefused(CsplanError):
    """Answers that cannot be taken as they are. `problems`: {question ref: what to do about it}."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(f"{words}." for words in self.problems.values()))


@dataclass(frozen=True)
class Receipt:
    """What a resident is given once the answer is on the disk. `was_held`: the same form had been sent before."""

    code: str
    hour: datetime
    was_held: bool


def plan(*, version: PlanVersion, described: Mapping[str, Any], by: acting.By) -> Consultation:
    """Prepare a consultation on a version: its words, its days, its questions."""
    questions = described["questions"]
    _check_questions(questions)
    about = {k: v for k, v in described.items() if k != "questions"}
    with acting.act("consultation.plan", partnership=version.plan.partnership, by=by) as deed:
        if Consultation.objects.filter(partnership=version.plan.partnership, slug=about["slug"]).exists():
            raise CsplanError(
                f"There is already a consultation “{about['slug']}” here. Give the new one another name for its address."
            )
        if about["closes_on"] < about["opens_on"]:
            raise CsplanError("A consultation closes on or after the day it opens. Correct the days.")
        made = Consultation.objects.create(
            partnership=version.plan.partnership, version=version, planned_at=deed.at, planned_by=deed.user, **about
        )
        for number, question in enumerate(questions, start=1):
            Question.objects.create(consultation=made, number=number, **question)
        deed.record("consultation", made.slug, version=version.ref, opens_on=str(made.opens_on), closes_on=str(made.closes_on))
    return made


def _check_questions(questions: list[Mapping[str, Any]]) -> None:
    for q in questions:
        if q["kind"] not in rules.KINDS or q["family"] not in rules.FAMILIES:
            raise CsplanError(f"Question {q['ref']}: no kind “{q['kind']}” or no family “{q['family']}” is known. Correct it.")
        if (q["kind"] == "single") != bool(q.get("options")):
            raise CsplanError(f"Question {q['ref']}: give the answers to choose from when, and only when, one is chosen.")


def open(*, consultation: Consultation, by: acting.By) -> Opening:
    """Open for answers. Only on a frozen version, whose fingerprint is kept with the opening; the questions are sealed too."""
    with acting.act("consultation.open", partnership=consultation.partnership, by=by) as deed:
        if Opening.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” has already opened. Nothing was changed.")
        sealed = Seal.objects.filter(version=consultation.version).first()
        if sealed is None:
            raise CsplanError(
                f"{consultation.version} is still a draft. Freeze it first: everyone must answer about the same words."
            )
        if not rules.opens_at(consultation.opens_on) <= deed.at < consultation.closes_at:
            day = calendar.in_words(consultation.opens_on)
            raise CsplanError(f"“{consultation}” opens on {day}. Open it on that day, or plan it anew.")
        lacking = rules.FAMILIES_IN_LAW - rules.families_asked([q.rule for q in consultation.questions.all()])
        if lacking:
            words = " and ".join(rules.FAMILIES[family] for family in sorted(lacking))
            raise CsplanError(f"No question asks about {words}. Regulation 12 wants both families: add one.")
        content = seal.consultation_content(consultation, version_sha256=sealed.sha256)
        opening = Opening.objects.create(
            consultation=consultation,
            version_sha256=sealed.sha256,
            content=content,
            sha256=seal.digest(content),
            opened_at=deed.at,
            opened_by=deed.user,
        )
        deed.record("consultation", consultation.slug, plan_version_sha256=sealed.sha256, sha256=opening.sha256)
    return opening


def respond(
    *,
    consultation: Consultation,
    answers: Mapping[str, str],
    form_key: str,
    by: acting.By = roles.PUBLIC,
    received_at: datetime | None = None,
) -> Receipt:
    """Take a resident's answer. The receipt exists only once the answer is on the disk.

    answers : {question ref: words}; refs that are not asked are left out
    form_key : of `receipts.new_form_key`, carried by the form; the same form sent again gets the same receipt
    received_at : when the server had it; now, where none is given
    Raises AnswersRefused with what to do, CsplanError outside the window. Kept: the hour, and nothing that leads to a person.
    """
    at = received_at or clock.now()
    code = receipts.code(address(consultation), receipts.check_form_key(form_key))
    held = find(consultation, code)
    if held is not None:
        return Receipt(code, held.hour, was_held=True)
    _check_takes_answers(consultation, at)
    given = _given(consultation, answers)
    try:
        hour = _keep(consultation, given, code, at, by)
    except IntegrityError:
        held = find(consultation, code)
        if held is None:
            raise
        return Receipt(code, held.hour, was_held=True)
    return Receipt(code, hour, was_held=False)


def _check_takes_answers(consultation: Consultation, at: datetime) -> None:
    """Refuse outside the window, in words: by when the server had the answer, not by when it was written."""
    rules.check_is_open(consultation.opens_at, consultation.closes_at, at, write_to=consultation.write_to)
    if not hasattr(consultation, "opening"):
        raise CsplanError("This consultation has not opened yet, so your answer was not taken. Please come back when it has.")


def _given(consultation: Consultation, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that were given, as they are kept. Raises AnswersRefused."""
    asked = [q.rule for q in consultation.questions.all()]
    clean = {q.ref: _clean(answers.get(q.ref, "")) for q in asked}
    problems = rules.problems(asked, clean)
    if problems:
        raise AnswersRefused(problems)
    return {ref: words for ref, words in clean.items() if words}


def _clean(words: str) -> str:
    """Words as they are kept: lines end one way, no signs that cannot be printed, no half characters."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    return "".join(c for c in lines if c.isprintable() or c in "\n\t").strip()


def _keep(consultation: Consultation, given: dict[str, str], code: str, at: datetime, by: acting.By) -> datetime:
    """Write the answer and its commitment in one transaction; gives the hour that is kept."""
    hour = clock.hour(at)
    with acting.act("consultation.respond", partnership=consultation.partnership, by=by, at=hour) as deed:
        if Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"The answers are already counted, so yours was not taken. Send it to {consultation.write_to}.")
        response = Response(
            # Random, so that rows lie in no order of arrival.
            id=secrets.randbelow(2**62) + 1,
            consultation=consultation,
            source="web",
            answers=given,
            hour=hour,
            salt=secrets.token_hex(32),
            receipt_sha256=receipts.fingerprint(code),
        )
        response.save(force_insert=True)
        deed.record("consultation", consultation.slug, hour=canonical.instant(hour), commitment=seal.commitment_of(response))
    return hour


def address(consultation: Consultation) -> str:
    """partnership/slug."""
    return f"{consultation.partnership.slug}/{consultation.slug}"


def find(consultation: Consultation, code: str) -> Response | None:
    """The answer that a receipt stands for."""
    return Response.objects.filter(consultation=consultation, receipt_sha256=receipts.fingerprint(code)).first()


def close(*, consultation: Consultation, by: acting.By) -> Closing:
    """Write down how many answers there are, and one fingerprint over all of them. Only after the closing day."""
    with acting.act("consultation.close", partnership=consultation.partnership, by=by) as deed:
        if Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” is already closed. Nothing was changed.")
        if consultation.state(deed.at - COUNTED_AFTER) != "closed":
            last = calendar.in_words(consultation.closes_on)
            raise CsplanError(f"“{consultation}” takes answers until the end of {last}. Close it five minutes after that.")
        commitments = [seal.commitment_of(r) for r in consultation.responses.select_related("consultation__partnership")]
        closing = Closing.objects.create(
            consultation=consultation, received=len(commitments), root_sha256=seal.root(commitments), closed_at=deed.at
        )
        deed.record("consultation", consultation.slug, received=closing.received, root_sha256=closing.root_sha256)
    return closing


def consider(*, consultation: Consultation, summary: str, is_example: bool = False, by: acting.By) -> ConsiderationReport:
    """Approve the report that says what was made of the answers. Only once the consultation is closed."""
    with acting.act("consultation.consider", partnership=consultation.partnership, by=by) as deed:
        if not Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” is not closed yet. Close it first, so that every answer is considered.")
        if ConsiderationReport.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"The consideration report on “{consultation}” is already approved. Nothing was changed.")
        if not summary.strip():
            raise CsplanError("A consideration report says what was made of the answers. Write that first.")
        report = ConsiderationReport.objects.create(
            consultation=consultation, summary=summary, approved_at=deed.at, approved_by=deed.user, is_example=is_example
        )
        deed.record("consultation", consultation.slug, considered=True)
    return report
