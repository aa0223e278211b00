"""Consultations: planned, checked by a second person, opened on a frozen version, extended, closed, considered."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User

from csplan.cycle import calendar, roles
from csplan.cycle import consultation as rules
from csplan.errors import CsplanError
from csplan.records import acting, seal
from csplan.records.models import (
    Closing,
    ConsiderationReport,
    Consultation,
    ConsultationCheck,
    ConsultationDocument,
    ConsultationTranslation,
    EqualityAssessment,
    Extension,
    KeptAnswer,
    Opening,
    PlanVersion,
    Question,
    Seal,
)

#: Answers on their way at the last second are in before they are counted.
COUNTED_AFTER = timedelta(minutes=5)
#: Lists that stand beside the words of a consultation.
LISTS = ("questions", "documents", "translations")


def plan(*, version: PlanVersion, described: Mapping[str, Any], by: acting.By) -> Consultation:
    """Prepare a consultation on a version: its words, its days, its documents, its questions, its translations.

    described : the fields of `Consultation`, with lists of the fields of `Question`, `ConsultationDocument` and
        `ConsultationTranslation` under `questions`, `documents` and `translations`
    """
    with acting.act("consultation.plan", partnership=version.plan.partnership, by=by) as deed:
        if Consultation.objects.filter(partnership=version.plan.partnership, slug=described["slug"]).exists():
            raise CsplanError(
                f"There is already a consultation “{described['slug']}” here. Give the new one another name for its address."
            )
        _check(described)
        about = {k: v for k, v in described.items() if k not in LISTS}
        made = Consultation.objects.create(
            partnership=version.plan.partnership, version=version, planned_at=deed.at, planned_by=deed.user, **about
        )
        _write_lists(made, described)
        deed.record("consultation", made.slug, version=version.ref, opens_on=str(made.opens_on), closes_on=str(made.closes_on))
    return made


def describe(*, consultation: Consultation, described: Mapping[str, Any], by: acting.By) -> Consultation:
    """Write a planned consultation anew. What a second person checked before no longer counts: the words are others."""
    with acting.act("consultation.plan", partnership=consultation.partnership, by=by) as deed:
        if Opening.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” has opened, so its words no longer change. Nothing was changed.")
        _check(described)
        for name, value in described.items():
            if name not in (*LISTS, "slug"):
                setattr(consultation, name, value)
        consultation.planned_at, consultation.planned_by = deed.at, deed.user
        consultation.save()
        for held in (consultation.questions, consultation.documents, consultation.translations):
            held.all().delete()
        _write_lists(consultation, described)
        deed.record("consultation", consultation.slug, written_anew=True, sha256=fingerprint(consultation))
    return consultation


def _check(described: Mapping[str, Any]) -> None:
    if described["closes_on"] < described["opens_on"]:
        raise CsplanError("A consultation closes on or after the day it opens. Correct the days.")
    if not described["questions"]:
        raise CsplanError("A consultation asks at least one question. Add one.")
    rules.check_questions(_as_rules(described["questions"]))
    unknown = {d["kind"] for d in described.get("documents", ())} - set(rules.DOCUMENTS)
    if unknown:
        raise CsplanError(
            f"No document of the kind “{sorted(unknown)[0]}” is known. Choose one of: {', '.join(rules.DOCUMENTS)}."
        )
    for translation in described.get("translations", ()):
        _check_translation(translation, {q["ref"]: q for q in described["questions"]})


def _check_translation(translation: Mapping[str, Any], questions: Mapping[str, Mapping[str, Any]]) -> None:
    for ref, words in translation["words"].get("questions", {}).items():
        own = questions.get(ref)
        if own is None:
            raise CsplanError(f"{translation['name']}: there is no question {ref}. Correct the file.")
        choices = rules.AGREE_SCALE if own["kind"] == "agree" else own.get("options", ())
        if "options" in words and len(words["options"]) != len(choices):
            raise CsplanError(f"{translation['name']}: question {ref} has {len(choices)} answers. Give as many.")


def _as_rules(questions: Iterable[Mapping[str, Any]]) -> list[rules.Question]:
    return [
        rules.Question(
            q["ref"],
            q["kind"],
            q["words"],
            q["family"],
            tuple(q.get("options", ())),
            q.get("is_needed", False),
            q.get("hint", ""),
            q.get("only_if", {}),
        )
        for q in questions
    ]


def _write_lists(consultation: Consultation, described: Mapping[str, Any]) -> None:
    for number, question in enumerate(described["questions"], start=1):
        Question.objects.create(consultation=consultation, number=number, **question)
    for number, document in enumerate(described.get("documents", ()), start=1):
        ConsultationDocument.objects.create(consultation=consultation, number=number, **document)
    for translation in described.get("translations", ()):
        ConsultationTranslation.objects.create(consultation=consultation, **translation)


def fingerprint(consultation: Consultation) -> str:
    """The fingerprint of the words as they are now; the version's own is not in it, for that may still be a draft."""
    return seal.digest(seal.consultation_content(consultation, version_sha256=""))


def check(*, consultation: Consultation, note: str = "", by: acting.By) -> ConsultationCheck:
    """Say that the words were read and are right: by a person who did not prepare them."""
    with acting.act("consultation.check", partnership=consultation.partnership, by=by) as deed:
        if Opening.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” has already opened. Nothing was changed.")
        roles.check_different_people(consultation.planned_by_id, deed.user.pk, "a consultation")
        made = ConsultationCheck.objects.create(
            consultation=consultation,
            content_sha256=fingerprint(consultation),
            note=note.strip(),
            checked_at=deed.at,
            checked_by=deed.user,
        )
        deed.record("consultation", consultation.slug, checked=made.content_sha256)
    return made


def is_checked(consultation: Consultation) -> bool:
    """Whether a second person has read the words as they are now."""
    held = ConsultationCheck.objects.filter(consultation=consultation, content_sha256=fingerprint(consultation))
    return held.exclude(checked_by=consultation.planned_by).exists()


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
        _check_may_open(consultation)
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


def _check_may_open(consultation: Consultation) -> None:
    """Refuse without both families, an equality assessment that has begun, or a second person's reading."""
    lacking = rules.FAMILIES_IN_LAW - rules.families_asked([q.rule for q in consultation.questions.all()])
    if lacking:
        words = " and ".join(rules.FAMILIES[family] for family in sorted(lacking))
        raise CsplanError(f"No question asks about {words}. Regulation 12 wants both families: add one.")
    if not EqualityAssessment.objects.filter(version=consultation.version).exists():
        raise CsplanError(f"No equality impact assessment of {consultation.version} has begun. Begin it before people are asked.")
    if not is_checked(consultation):
        raise CsplanError(
            f"Nobody but the person who prepared “{consultation}” has checked its words. Ask a second person to check them."
        )


def extend(*, consultation: Consultation, closes_on: date, reason: str, publicised: str, by: acting.By) -> Extension:
    """Let a consultation run longer: only while it is open, with the reason, and with how people are told."""
    with acting.act("consultation.extend", partnership=consultation.partnership, by=by) as deed:
        if not Opening.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” has not opened. Plan it with other days instead.")
        rules.check_extension(consultation.closes_at, deed.at, closes_on)
        if not reason.strip() or not publicised.strip():
            raise CsplanError("Say why it runs longer, and how people are told: both are published.")
        made = Extension.objects.create(
            consultation=consultation,
            closes_on=closes_on,
            reason=reason.strip(),
            publicised=publicised.strip(),
            extended_at=deed.at,
            extended_by=deed.user,
        )
        deed.record("consultation", consultation.slug, closes_on=closes_on.isoformat(), reason=made.reason)
    return made


def close(*, consultation: Consultation, by: acting.By) -> Closing:
    """Write down how many answers there are, and one fingerprint over all of them. Only after the closing day."""
    with acting.act("consultation.close", partnership=consultation.partnership, by=by) as deed:
        if Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” is already closed. Nothing was changed.")
        if consultation.state(deed.at - COUNTED_AFTER) != "closed":
            last = calendar.in_words(consultation.last_day())
            raise CsplanError(f"“{consultation}” takes answers until the end of {last}. Close it five minutes after that.")
        commitments = [seal.commitment_of(r) for r in consultation.responses.select_related("consultation__partnership")]
        closing = Closing.objects.create(
            consultation=consultation, received=len(commitments), root_sha256=seal.root(commitments), closed_at=deed.at
        )
        # What was begun and never sent is nobody's to read.
        KeptAnswer.objects.filter(consultation=consultation).delete()
        deed.record("consultation", consultation.slug, received=closing.received, root_sha256=closing.root_sha256)
    return closing


def consider(*, consultation: Consultation, summary: str, is_example: bool = False, by: acting.By) -> ConsiderationReport:
    """Approve the report that says what was made of the answers. Only once it is closed and every answer is accounted for."""
    from csplan.records.reading import understanding

    with acting.act("consultation.consider", partnership=consultation.partnership, by=by) as deed:
        if not Closing.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"“{consultation}” is not closed yet. Close it first, so that every answer is considered.")
        if ConsiderationReport.objects.filter(consultation=consultation).exists():
            raise CsplanError(f"The consideration report on “{consultation}” is already approved. Nothing was changed.")
        if not summary.strip():
            raise CsplanError("A consideration report says what was made of the answers. Write that first.")
        if lacking := understanding.lacks(consultation):
            raise CsplanError(" ".join(lacking))
        report = ConsiderationReport.objects.create(
            consultation=consultation, summary=summary, approved_at=deed.at, approved_by=deed.user, is_example=is_example
        )
        deed.record("consultation", consultation.slug, considered=True)
    return report


def may_alert(user: User, consultation: Consultation) -> bool:
    """Whether a person may be the one who is told of danger: only one who may read answers as they were written."""
    return roles.may("alert.see", acting.who(user, consultation.partnership).roles)
