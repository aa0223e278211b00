"""Equality impact assessments: begun by one person, written by several, signed by another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import equality as rules
from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import EqualityAction, EqualityAssessment, EqualityLine, Office, PlanVersion


def start(
    *, version: PlanVersion, owner: Office, level: str = "screening", is_example: bool = False, by: acting.By
) -> EqualityAssessment:
    """Begin the assessment of a version: as a screening, which says whether a full one is needed, or as a full one."""
    with acting.act("equality.start", partnership=version.plan.partnership, by=by) as deed:
        if EqualityAssessment.objects.filter(version=version).exists():
            raise CsplanError(f"The equality impact assessment of {version} has already begun. Go on with that one.")
        _check_level(level)
        assessment = EqualityAssessment.objects.create(
            version=version, owner=owner, level=level, started_at=deed.at, started_by=deed.user, is_example=is_example
        )
        deed.record("equality assessment", version.ref, owner=owner.slug, level=level)
    return assessment


def write(
    *,
    assessment: EqualityAssessment,
    level: str,
    scope: str = "",
    affected: str = "",
    cumulative: str = "",
    monitoring: str = "",
    review_on: date | None = None,
    by: acting.By,
) -> EqualityAssessment:
    """Write what the assessment is of, whom it affects, what the effects come to, and when it is looked at again."""
    version = assessment.version
    with acting.act("equality.write", partnership=version.plan.partnership, by=by) as deed:
        _check_open(assessment)
        _check_level(level)
        told = {"level": level, "scope": scope, "affected": affected, "cumulative": cumulative, "monitoring": monitoring}
        for name, words in told.items():
            setattr(assessment, name, words.strip())
        assessment.review_on = review_on
        assessment.save()
        deed.record("equality assessment", version.ref, written=True, level=level)
    return assessment


def write_line(
    *,
    assessment: EqualityAssessment,
    characteristic: str,
    evidence: Sequence[Mapping[str, Any]] = (),
    impact: str = "",
    why: str = "",
    aims: Mapping[str, str] | None = None,
    justification: str = "",
    by: acting.By,
) -> EqualityLine:
    """Write evidence and impact for one characteristic.

    evidence : [{"from": of `cycle.equality.EVIDENCE`, "words": …, "link": address or ""}]; none where no data is held
    aims : {aim: effect} for the aims that bear on it
    """
    version = assessment.version
    with acting.act("equality.write", partnership=version.plan.partnership, by=by) as deed:
        _check_open(assessment)
        if characteristic not in rules.CHARACTERISTICS:
            raise CsplanError(f"“{characteristic}” is no characteristic that is assessed. Choose one of the list.")
        if impact and impact not in rules.IMPACTS:
            raise CsplanError(f"“{impact}” is no impact. Choose one of: {', '.join(rules.IMPACTS.values())}.")
        rows = [
            {"from": e["from"], "words": e["words"].strip(), "link": e.get("link", "")} for e in evidence if e["words"].strip()
        ]
        if unknown := {e["from"] for e in rows} - set(rules.EVIDENCE):
            raise CsplanError(f"Evidence comes from {', '.join(rules.EVIDENCE.values())}, and not from “{sorted(unknown)[0]}”.")
        kept = {aim: effect for aim, effect in (aims or {}).items() if aim in rules.aims_of(characteristic) and effect}
        line, _ = EqualityLine.objects.update_or_create(
            assessment=assessment,
            characteristic=characteristic,
            defaults={
                "evidence": rows,
                "impact": impact,
                "why": why.strip(),
                "aims": kept,
                "justification": justification.strip(),
            },
        )
        deed.record("equality assessment", version.ref, characteristic=characteristic, impact=impact)
    return line


def sign(*, assessment: EqualityAssessment, summary: str, by: acting.By) -> EqualityAssessment:
    """Complete the assessment: what it found, signed by a person who did not begin it."""
    version = assessment.version
    with acting.act("equality.sign", partnership=version.plan.partnership, by=by) as deed:
        if assessment.completed_at is not None:
            raise CsplanError(f"The equality impact assessment of {version} is already signed. Nothing was changed.")
        if not summary.strip():
            raise CsplanError("A signed assessment says what it found. Write that first.")
        roles.check_different_people(assessment.started_by_id, deed.user.pk, "an equality impact assessment")
        if not hasattr(version, "seal"):
            raise CsplanError(f"{version} is still a draft. Freeze it first, so that what was assessed no longer changes.")
        if missing := rules.lacks(facts(assessment)):
            raise CsplanError(" ".join(missing))
        assessment.summary, assessment.completed_at, assessment.signed_by = summary, deed.at, deed.user
        assessment.save()
        deed.record("equality assessment", version.ref, signed=True)
    return assessment


def facts(assessment: EqualityAssessment) -> rules.Assessment:
    """The assessment as the rules read it."""
    order = list(rules.CHARACTERISTICS)
    lines = sorted(assessment.lines.all(), key=lambda line: order.index(line.characteristic))
    return rules.Assessment(
        level=assessment.level,
        scope=assessment.scope,
        affected=assessment.affected,
        cumulative=assessment.cumulative,
        monitoring=assessment.monitoring,
        review_on=assessment.review_on,
        lines=[rules.Line(x.characteristic, x.evidence, x.impact, x.why, x.aims, x.justification) for x in lines],
        actions=[rules.Action(x.kind, x.characteristic, x.owner, x.due_on) for x in assessment.actions.all()],
    )


def carry_over(before: EqualityAssessment, after: EqualityAssessment) -> None:
    """Take what was written and set over to the assessment of a revised version, to be looked at and signed anew. Within an action."""
    for name in ("level", "scope", "affected", "cumulative", "monitoring", "review_on"):
        setattr(after, name, getattr(before, name))
    after.save()
    for line in before.lines.all():
        line.pk, line.assessment = None, after
        line.save(force_insert=True)
    for action in EqualityAction.objects.filter(assessment=before):
        action.pk, action.assessment, action.set_at = None, after, after.started_at
        action.save(force_insert=True)


def _check_open(assessment: EqualityAssessment) -> None:
    if assessment.completed_at is not None:
        raise CsplanError(f"The equality impact assessment of {assessment.version} is signed, so its words no longer change.")


def _check_level(level: str) -> None:
    if level not in rules.LEVELS:
        raise CsplanError(f"An assessment is one of: {', '.join(rules.LEVELS.values())}. Choose one.")
