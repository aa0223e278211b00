"""Answers to a consultation: a resident's, taken once and kept; those that an officer enters, checked by another; and what is set aside."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from csplan.cycle import answer_parts, calendar, clock, danger, roles
from csplan.cycle import consultation as rules
from csplan.errors import CsplanError
from csplan.records import acting, canonical, receipts, seal
from csplan.records.models import Alert, Closing, Consultation, EntryCheck, KeptAnswer, Letter, Response, SetAside

#: The ways in which an answer comes that an officer enters, in words.
ENTERED = {"paper": "on paper", "email": "by e-mail", "meeting": "at a meeting", "briefing": "at a briefing"}
SET_ASIDE = {"withdrawn": "withdrawn", "spam": "marked as spam", "restored": "taken back among the answers"}


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


@dataclass(frozen=True)
class Entry:
    """What an officer says of an answer that did not come by the site."""

    source: str
    received_on: date
    letter: Letter | None = None


def respond(
    *,
    consultation: Consultation,
    answers: rules.Answers,
    passages: Sequence[Mapping[str, str]] = (),
    form_key: str,
    by: acting.By = roles.PUBLIC,
    received_at: datetime | None = None,
) -> Receipt:
    """Take a resident's answer. The receipt exists only once the answer is on the disk.

    answers : {question ref: words, or the choices made}; refs that are not asked are left out
    passages : [{"clause": address, "quote": words of the draft, "words": what is said of them}]
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
    return _once(consultation, code, lambda: _keep(consultation, *_given(consultation, answers, passages), code, at, by))


def enter(
    *,
    consultation: Consultation,
    answers: rules.Answers,
    passages: Sequence[Mapping[str, str]] = (),
    form_key: str,
    entry: Entry,
    by: acting.By,
) -> Receipt:
    """Enter an answer that came on paper, by e-mail, at a meeting or at a briefing, inside the consultation's days.

    It may be entered until the answers are counted, and waits for a second person's check.
    """
    code = receipts.code(address(consultation), receipts.check_form_key(form_key))
    held = find(consultation, code)
    if held is not None:
        return Receipt(code, held.hour, was_held=True)
    if entry.source not in ENTERED:
        raise CsplanError(f"“{entry.source}” is no way in which an answer comes. Choose one of: {', '.join(ENTERED)}.")
    _check_came_inside(consultation, entry)
    given = _given(consultation, answers, passages)
    return _once(consultation, code, lambda: _keep(consultation, *given, code, clock.now(), by, entry))


def _once(consultation: Consultation, code: str, keep: Any) -> Receipt:
    """Keep an answer; where another request kept the same form a moment before, give that one's receipt."""
    try:
        hour = keep()
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


def _check_came_inside(consultation: Consultation, entry: Entry) -> None:
    if not hasattr(consultation, "opening"):
        raise CsplanError("This consultation has not opened, so no answer to it is entered.")
    first, last = clock.day_of(consultation.opens_at), consultation.last_day()
    if not first <= entry.received_on <= min(last, clock.today()):
        days = f"{calendar.in_words(first)} to {calendar.in_words(last)}"
        raise CsplanError(f"An answer counts when it came from {days}, and not on a day to come. Correct the day it came.")
    if entry.letter is not None and entry.letter.consultation_id != consultation.pk:
        raise CsplanError("That letter came for another consultation. Choose one of this consultation.")


def _given(
    consultation: Consultation, answers: rules.Answers, passages: Sequence[Mapping[str, str]]
) -> tuple[dict[str, rules.Given], list[dict[str, str]]]:
    """The answers and passages that were given, as they are kept. Raises AnswersRefused."""
    asked = [q.rule for q in consultation.questions.all()]
    clean = {q.ref: _clean_given(answers.get(q.ref, "")) for q in asked}
    said = [{key: _clean(p.get(key, "")) for key in ("clause", "quote", "words")} for p in passages]
    said = [p for p in said if p["words"]]
    problems = rules.problems(asked, clean, said)
    if problems:
        raise AnswersRefused(problems)
    return {q.ref: clean[q.ref] for q in asked if clean[q.ref] and q.is_asked(clean)}, said


def _clean_given(given: rules.Given) -> rules.Given:
    return _clean(given) if isinstance(given, str) else [words for one in given if (words := _clean(one))]


def _clean(words: str) -> str:
    """Words as they are kept: lines end one way, no signs that cannot be printed, no half characters."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    return "".join(c for c in lines if c.isprintable() or c in "\n\t").strip()


def _keep(
    consultation: Consultation,
    given: dict[str, rules.Given],
    passages: list[dict[str, str]],
    code: str,
    at: datetime,
    by: acting.By,
    entry: Entry | None = None,
) -> datetime:
    """Write the answer, its commitment, and an alert where one is needed, in one transaction; gives the hour that is kept."""
    hour = clock.hour(at)
    # Two acts, each of those who may: an officer’s is written at its instant, a resident’s under its hour.
    here = consultation.partnership
    begun = (
        acting.act("answer.enter", partnership=here, by=by)
        if entry
        else acting.act("consultation.respond", partnership=here, by=by, at=hour)
    )
    with begun as deed:
        if Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"The answers are already counted, so yours was not taken. Send it to {consultation.write_to}.")
        response = Response(
            # Random, so that rows lie in no order of arrival.
            id=secrets.randbelow(2**62) + 1,
            consultation=consultation,
            source=entry.source if entry else "web",
            answers=given,
            passages=passages,
            hour=hour,
            salt=secrets.token_hex(32),
            receipt_sha256=receipts.fingerprint(code),
            received_on=entry.received_on if entry else None,
            letter=entry.letter if entry else None,
            entered_by=deed.user if entry else None,
        )
        response.save(force_insert=True)
        _raise_alert(response)
        deed.record("consultation", consultation.slug, hour=canonical.instant(hour), commitment=seal.commitment_of(response))
    return hour


def _raise_alert(response: Response) -> None:
    """Note that someone may be in danger, in the same transaction: an answer on the disk has its alert on the disk."""
    asked = [q.rule for q in response.consultation.questions.all()]
    words = answer_parts.parts(asked, response.answers, response.passages).values()
    signs = sorted({sign for said in words for sign in danger.signs(said)})
    if signs:
        Alert.objects.create(response=response, signs=signs, hour=response.hour)


def address(consultation: Consultation) -> str:
    """partnership/slug."""
    return f"{consultation.partnership.slug}/{consultation.slug}"


def find(consultation: Consultation, code: str) -> Response | None:
    """The answer that a receipt stands for."""
    return Response.objects.filter(consultation=consultation, receipt_sha256=receipts.fingerprint(code)).first()


def check_entry(*, response: Response, by: acting.By) -> EntryCheck:
    """Say that an entered answer says what came: by a person who did not enter it."""
    with acting.act("answer.check", partnership=response.consultation.partnership, by=by) as deed:
        if response.entered_by_id is None:
            raise CsplanError("This answer came by the site, so there is nothing to compare it with.")
        if EntryCheck.objects.filter(response=response).exists():
            raise CsplanError("This answer is already checked. Nothing was changed.")
        roles.check_different_people(response.entered_by_id, deed.user.pk, "an answer")
        made = EntryCheck.objects.create(response=response, checked_at=deed.at, checked_by=deed.user)
        deed.record("consultation", response.consultation.slug, entry_checked=seal.commitment_of(response))
    return made


def set_aside(*, response: Response, kind: str, reason: str, by: acting.By) -> SetAside:
    """Withdraw an answer, mark it as spam, or take it back. It is not deleted, and the totals are given both ways."""
    consultation = response.consultation
    with acting.act("answer.set_aside", partnership=consultation.partnership, by=by) as deed:
        if hasattr(consultation, "consideration_report"):
            raise CsplanError("The report on the answers is approved, so none is set aside any more. Nothing was changed.")
        if kind not in SET_ASIDE:
            raise CsplanError(f"An answer is {' or '.join(SET_ASIDE.values())}. Choose one of these.")
        if not reason.strip():
            raise CsplanError("Say why. The totals are published with and without this answer, and the reason with them.")
        if (standing(response) or "restored") == kind:
            raise CsplanError(f"This answer is {SET_ASIDE[kind]} already. Nothing was changed.")
        made = SetAside.objects.create(response=response, kind=kind, reason=reason.strip(), set_at=deed.at, set_by=deed.user)
        deed.record("consultation", consultation.slug, set_aside=kind, commitment=seal.commitment_of(response))
    return made


def standing(response: Response) -> str | None:
    """withdrawn or spam where an answer is set aside, else None."""
    last = response.set_asides.last()
    return last.kind if last and last.kind != "restored" else None


def keep_begun(*, consultation: Consultation, key: str, words: Mapping[str, Any]) -> KeptAnswer:
    """Keep an answer that a resident has begun, behind the key of a private link. It is theirs, so it stands in no audit."""
    _check_takes_answers(consultation, clock.now())
    receipts.check_form_key(key)
    kept, _ = KeptAnswer.objects.update_or_create(
        consultation=consultation,
        key_sha256=receipts.key_fingerprint(key),
        defaults={"words": dict(words), "kept_on": clock.today()},
    )
    return kept


def begun(consultation: Consultation, key: str) -> dict[str, Any] | None:
    """What was kept behind a private link; None where there is nothing."""
    held = KeptAnswer.objects.filter(consultation=consultation, key_sha256=receipts.key_fingerprint(key)).first()
    return held.words if held else None


def forget_begun(*, consultation: Consultation, key: str) -> None:
    """Delete what was kept behind a private link: it was sent."""
    KeptAnswer.objects.filter(consultation=consultation, key_sha256=receipts.key_fingerprint(key)).delete()
