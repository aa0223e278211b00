"""Everything in the records that can prove itself, proved. Each check names what is damaged; nothing is mended here.

Ids are those of the project's list of invariants: I1 answers, I3 sealed versions, I7 files, I10 the audit chain, I12 two people,
I17 times of answers. `triggers` is the guard that the database itself keeps.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from csplan.cycle import clock
from csplan.evidence import whole
from csplan.evidence.store import Store
from csplan.records import audit, canonical, seal, triggers
from csplan.records.actions import agreement as signing
from csplan.records.actions import evidence
from csplan.records.models import (
    Agreement,
    Approval,
    AuditEvent,
    Closing,
    Decision,
    EqualityAssessment,
    Opening,
    Publication,
    ReadingApproval,
    Response,
    Seal,
    StoredPaper,
)


@dataclass(frozen=True)
class Check:
    """One thing proved. `count` says how many rows it looked at, `problems` gives a sentence for each that fails."""

    id: str
    title: str
    count: Callable[[], int]
    problems: Callable[[], Iterator[str]]


def verify(store: Store) -> dict[str, Any]:
    """Every check under the keys of CONTRACT 2.6: {ok, checks: [{id, title, ok, checked, problems}]}. `store`: the evidence."""
    files = Check(
        "I7", "Files of the evidence fit their fingerprints", lambda: whole.checked(store), lambda: whole.problems(store)
    )
    decided = store.manifest().decisions
    copied = Check("I10-evidence", "Decisions on figures stand in the audit", lambda: len(decided), lambda: decisions(store))
    checks = [_made(check) for check in (*CHECKS, files, copied)]
    return {"ok": all(c["ok"] for c in checks), "checks": checks}


def _made(check: Check) -> dict[str, Any]:
    problems = list(check.problems())
    return {"id": check.id, "title": check.title, "ok": not problems, "checked": check.count(), "problems": problems}


def answers() -> Iterator[str]:
    """Each answer opens one commitment of the audit chain, and each commitment is opened by one answer."""
    events = AuditEvent.objects.filter(action__in=("consultation.respond", "answer.enter"))
    promised = Counter(event.detail["commitment"] for event in events)
    held = Counter(seal.commitment_of(r) for r in _answers())
    for commitment in sorted(promised.keys() | held.keys()):
        told, found = promised[commitment], held[commitment]
        if found < told:
            yield f"An answer that was acknowledged is missing or was altered (commitment {commitment[:16]})."
        elif found > told:
            yield f"An answer is held that the audit knows nothing of, or twice (commitment {commitment[:16]})."


def closings() -> Iterator[str]:
    """The answers held to a closed consultation are those that were counted."""
    for closing in Closing.objects.select_related("consultation"):
        commitments = [seal.commitment_of(r) for r in _answers().filter(consultation=closing.consultation)]
        if (len(commitments), seal.root(commitments)) != (closing.received, closing.root_sha256):
            yield f"The answers to “{closing.consultation}” are not those that were counted when it closed."


def windows() -> Iterator[str]:
    """Each answer came while its consultation was open; the hour is all that is kept, so the hour is asked; of paper, the day."""
    for response in _answers():
        asked = response.consultation
        on = response.received_on
        is_inside = clock.hour(asked.opens_at) <= response.hour < asked.closes_at
        if not (is_inside if on is None else clock.day_of(asked.opens_at) <= on <= asked.last_day()):
            yield f"An answer to “{asked}” lies outside its days (hour {canonical.instant(response.hour)})."


def chain() -> Iterator[str]:
    """The audit chain stands."""
    yield from (problem.words for problem in audit.verify())


def seals() -> Iterator[str]:
    """Sealed bytes, fingerprints, chain and rows agree, and openings keep the fingerprint that people answered about."""
    yield from seal.problems()
    for opening in Opening.objects.select_related("consultation__version__seal", "consultation__partnership"):
        content = bytes(opening.content)
        if seal.digest(content) != opening.sha256:
            yield f"The sealed questions of “{opening.consultation}” do not fit their fingerprint."
        if opening.version_sha256 != opening.consultation.version.seal.sha256:
            yield f"“{opening.consultation}” was opened on another version than the one it points to."
        if seal.consultation_content(opening.consultation, version_sha256=opening.version_sha256) != content:
            yield f"The questions of “{opening.consultation}” are no longer those that were asked."


def signatures() -> Iterator[str]:
    """What was agreed, approved and published is what was frozen, and the papers kept are those that were made then."""
    for signed in (*Agreement.objects.select_related("version__seal"), *Approval.objects.select_related("version__seal")):
        if signed.version_sha256 and signed.version_sha256 != signed.version.seal.sha256:
            yield f"{signed.version} was signed with another fingerprint than it has."
    for publication in Publication.objects.select_related("version").filter(version__agreement__isnull=True):
        yield f"{publication.version} is published and was never agreed."
    for paper in StoredPaper.objects.select_related("version"):
        if seal.digest(bytes(paper.content)) != paper.sha256:
            yield f"The {paper.form} of {paper.version} is not the one that was kept when it was agreed."
    told = {e.subject_ref: e.detail for e in AuditEvent.objects.filter(action="plan.agree", subject_kind="plan version")}
    for agreement in Agreement.objects.select_related("version__plan"):
        kept = {p.form: p.sha256 for p in agreement.version.papers.filter(kind="plan")}
        if told.get(agreement.version.ref, {}).get("papers", {}) != kept:
            yield f"The papers of {agreement.version} are not those that the audit names."


def decided() -> Iterator[str]:
    """Each decision that a meeting minuted stands in the audit as it was recorded, and each of the audit is held."""
    told = Counter(e.detail["decision"] for e in AuditEvent.objects.filter(action__startswith="plan.") if "decision" in e.detail)
    held = Counter(signing.fingerprint(d) for d in Decision.objects.select_related("meeting"))
    for decision in Decision.objects.select_related("meeting"):
        if not told[signing.fingerprint(decision)]:
            yield f"Decision {decision.number} of {decision.meeting} is not as the audit has it."
    missing = sum((told - held).values())
    if missing:
        yield f"{missing} of the decisions that the audit has is missing or was altered."


def two_people() -> Iterator[str]:
    """Nobody approved what they wrote."""
    for agreement in Agreement.objects.select_related("version__seal"):
        if agreement.agreed_by_id in signing.authors(agreement.version):
            yield f"{agreement.version} was agreed by someone who wrote or froze it."
    for approval in Approval.objects.select_related("version__seal"):
        if approval.approved_by_id in signing.authors(approval.version):
            yield f"{approval.version} was approved by someone who wrote or froze it."
    for approval in ReadingApproval.objects.select_related("reading__kpi"):
        if approval.approved_by_id == approval.reading.recorded_by_id:
            yield f"The reading {approval.reading} was approved by the person who submitted it."
    for assessment in EqualityAssessment.objects.filter(completed_at__isnull=False):
        if assessment.signed_by_id == assessment.started_by_id:
            yield f"{assessment} was signed by the person who began it."


def decisions(store: Store) -> Iterator[str]:
    """Each decision that the store carries was copied into the audit chain."""
    for decision in evidence.not_copied(store):
        yield f"The decision of {decision.by} to {decision.verb} {decision.key} is not in the audit. Decide again with --by."


def guards() -> Iterator[str]:
    """Every trigger stands as it is defined."""
    yield from (
        f"The trigger {name} is missing or was altered. Put it back by running csplan demo or serve again."
        for name in triggers.missing()
    )


def _answers() -> Any:
    return Response.objects.select_related("consultation__partnership", "consultation__opening")


CHECKS = (
    Check("I1", "Every acknowledged answer is held, whole and once", lambda: _answers().count(), answers),
    Check("I1-closing", "The answers to closed consultations are those counted", lambda: Closing.objects.count(), closings),
    Check("I3", "Frozen versions and consultations say what was sealed", lambda: Seal.objects.count(), seals),
    Check("I3-signed", "What was signed is what was frozen", lambda: Agreement.objects.count(), signatures),
    Check("I10-decisions", "Decisions of meetings stand as they were minuted", lambda: Decision.objects.count(), decided),
    Check("I10", "The audit chain stands", lambda: AuditEvent.objects.count(), chain),
    Check("I12", "Nobody approved what they wrote", lambda: ReadingApproval.objects.count(), two_people),
    Check("I17", "Every answer came while its consultation was open", lambda: _answers().count(), windows),
    Check("triggers", "The database refuses changes to what is fixed", lambda: len(triggers.definitions()), guards),
)
