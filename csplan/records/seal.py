"""Sealing: the words of a version as canonical bytes, chained to the version before by its hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from csplan.records import canonical
from csplan.records.models import Consultation, Deliverable, PlanVersion, Response, Seal


def version_content(version: PlanVersion, *, previous_sha256: str | None, sealed_at: datetime) -> bytes:
    """The bytes of a version of a plan: all its text, its references, and the hash of the version before (null for the first)."""
    plan = version.plan
    return canonical.encode(
        {
            "kind": "plan version",
            "partnership": {"slug": plan.partnership.slug, "name": plan.partnership.name, "area": plan.partnership.area_code},
            "plan": {
                "slug": plan.slug,
                "title": plan.title,
                "from": plan.starts_on,
                "to": plan.ends_on,
                "is_example": plan.is_example,
            },
            "version": version.number,
            "vision": version.vision,
            "priorities_agreed_in": version.priorities_agreed_in or None,
            "note": version.note,
            "priorities": list(_priorities(version)),
            "alignments": [
                {"slug": a.slug, "title": a.title, "agreed_by": a.agreed_by or None, "ambitions": a.ambitions, "note": a.note}
                for a in version.alignments.all()
            ],
            "previous_sha256": previous_sha256,
            "sealed_at": sealed_at,
        }
    )


def _priorities(version: PlanVersion) -> Iterator[dict[str, Any]]:
    for priority in version.priorities.all():
        yield {
            "ref": priority.ref,
            "title": priority.title,
            "limbs": priority.limbs,
            "work_areas": [{"ref": w.ref, "title": w.title} for w in priority.work_areas.all()],
            "deliverables": [_deliverable(d) for d in priority.deliverables.all()],
        }


def _deliverable(deliverable: Deliverable) -> dict[str, Any]:
    return {
        "ref": deliverable.ref,
        "title": deliverable.title,
        "work_areas": deliverable.work_areas,
        "lead": deliverable.lead,
        "due": deliverable.due_on,
        "why": deliverable.why,
        "is_example": deliverable.is_example,
    }


def consultation_content(consultation: Consultation, *, version_sha256: str) -> bytes:
    """The bytes of a consultation as it is asked: its words, its days, its questions, and the fingerprint of the version."""
    return canonical.encode(
        {
            "kind": "consultation",
            "partnership": consultation.partnership.slug,
            "slug": consultation.slug,
            "title": consultation.title,
            "introduction": consultation.introduction,
            "opens_on": consultation.opens_on,
            "closes_on": consultation.closes_on,
            "plan_version": consultation.version.ref,
            "plan_version_sha256": version_sha256,
            "questions": [
                {
                    "ref": q.ref,
                    "kind": q.kind,
                    "family": q.family,
                    "words": q.words,
                    "hint": q.hint,
                    "choices": q.rule.choices,
                }
                for q in consultation.questions.all()
            ],
        }
    )


def digest(content: bytes) -> str:
    """The fingerprint of sealed bytes."""
    return hashlib.sha256(content).hexdigest()


def commitment(*, consultation: str, answers: Mapping[str, str], source: str, salt: str) -> str:
    """What the audit chain holds of an answer. Only someone who has the answer and its salt can tell that it is this one."""
    return canonical.sha256({"consultation": consultation, "source": source, "answers": answers, "salt": salt})


def commitment_of(response: Response) -> str:
    """The commitment of an answer held."""
    name = f"{response.consultation.partnership.slug}/{response.consultation.slug}"
    return commitment(consultation=name, answers=response.answers, source=response.source, salt=response.salt)


def root(commitments: Iterable[str]) -> str:
    """One fingerprint over all answers: SHA-256 of their commitments, sorted, a line each. The order of arrival is not in it."""
    return digest("".join(f"{c}\n" for c in sorted(commitments)).encode())


def problems() -> list[str]:
    """Everything that is wrong with the seals: bytes that do not fit their hash, a broken chain, rows that moved under a seal."""
    found = []
    last: dict[int, str] = {}
    for seal in Seal.objects.select_related("version__plan__partnership").order_by("version__plan", "version__number"):
        name, content = str(seal.version), bytes(seal.content)
        previous = last.get(seal.version.plan_id)
        if digest(content) != seal.sha256:
            found.append(f"The sealed bytes of {name} do not fit their fingerprint.")
        if seal.previous_sha256 != previous or json.loads(content).get("previous_sha256") != previous:
            found.append(f"The seal of {name} does not name the version before it.")
        if version_content(seal.version, previous_sha256=seal.previous_sha256, sealed_at=seal.sealed_at) != content:
            found.append(f"The rows of {name} no longer say what was sealed.")
        last[seal.version.plan_id] = seal.sha256
    return found
