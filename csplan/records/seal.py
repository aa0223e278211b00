"""Sealing: the words of a version as canonical bytes, chained to the version before by its hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from csplan.cycle import plan_text
from csplan.records import canonical, plan_rows
from csplan.records.models import Consultation, PlanVersion, Question, Response, Seal

#: Keys of a version's bytes that stand even where they say nothing. Every other key is left out when it is empty, so that bytes
#: sealed before a key existed are still what the rows say.
ALWAYS: dict[str, tuple[str, ...]] = {
    "priorities": ("ref", "title", "limbs"),
    "work_areas": ("ref", "title"),
    "deliverables": ("ref", "title", "work_areas", "lead", "due", "why", "is_example"),
    "alignments": ("slug", "title", "agreed_by", "ambitions", "note"),
}
#: Lists of clauses that came later: left out whole where they are empty.
LATER = ("sections", "assurance_areas", "risks", "dependencies", "resources")


def version_content(
    version: PlanVersion, *, previous_sha256: str | None, sealed_at: datetime, figures: Sequence[Mapping[str, Any]] = ()
) -> bytes:
    """The bytes of a version of a plan: all its text, its references, and the hash of the version before (null for the first).

    figures : each live figure of the text with its observation, value and release, as they stood when it was sealed
    """
    plan, text = version.plan, plan_rows.document(version)
    later = {key: [_said(key, row) for row in text[key]] for key in LATER if text[key]}
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
            "priorities": [_priority(p) for p in text["priorities"]],
            "alignments": [_said("alignments", {**a, "agreed_by": a["agreed_by"] or None}) for a in text["alignments"]],
            **later,
            **({"revises": version.revises.ref} if version.revises else {}),
            **_reasons(version),
            **({"figures": list(figures)} if figures else {}),
            "previous_sha256": previous_sha256,
            "sealed_at": sealed_at,
        }
    )


def _reasons(version: PlanVersion) -> dict[str, Any]:
    """Why it differs from the version that it revises: the reasons are frozen with the words."""
    changes = [{"clause": c.clause, "kind": c.kind, "source": c.source, "reason": c.reason} for c in version.changes.all()]
    names = ("ref", "title", "outcome", "into", "claimed", "evidence", "grade", "lesson", "is_example")
    closed = [{name: getattr(record, name) for name in names} for record in version.closing_records.all()]
    return {key: rows for key, rows in (("changes", changes), ("closing_records", closed)) if rows}


def _priority(row: Mapping[str, Any]) -> dict[str, Any]:
    alone = {k: v for k, v in row.items() if k not in ("work_areas", "deliverables")}
    return {
        **_said("priorities", alone),
        "work_areas": [_said("work_areas", w) for w in row["work_areas"]],
        "deliverables": [_said("deliverables", d) for d in row["deliverables"]],
    }


def _said(key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A clause without what it does not say."""
    always = ALWAYS.get(key, ())
    return {k: v for k, v in row.items() if k in always or not plan_text.is_empty(v)}


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
            "questions": [_question(q) for q in consultation.questions.all()],
            **_around(consultation),
        }
    )


def _question(q: Question) -> dict[str, Any]:
    said = {"ref": q.ref, "kind": q.kind, "family": q.family, "words": q.words, "hint": q.hint, "choices": q.rule.choices}
    later = {"only_if": q.only_if, "characteristic": q.characteristic, "clause": q.clause, "is_needed": q.is_needed}
    return {**said, **{key: value for key, value in later.items() if value}}


def _around(consultation: Consultation) -> dict[str, Any]:
    """What came to be sealed later: left out where it is empty, so that earlier bytes stay as they are."""
    told = {
        "why": consultation.why,
        "can_change": consultation.can_change,
        "documents": [{"kind": d.kind, "title": d.title, "url": d.url} for d in consultation.documents.all()],
        "translations": [{"language": t.language, "words": t.words} for t in consultation.translations.all()],
    }
    return {key: value for key, value in told.items() if value}


def digest(content: bytes) -> str:
    """The fingerprint of sealed bytes."""
    return hashlib.sha256(content).hexdigest()


def commitment(
    *, consultation: str, answers: Mapping[str, Any], source: str, salt: str, passages: Sequence[Mapping[str, str]] = ()
) -> str:
    """What the audit chain holds of an answer. Only someone who has the answer and its salt can tell that it is this one."""
    said = {"consultation": consultation, "source": source, "answers": answers, "salt": salt}
    return canonical.sha256({**said, **({"passages": list(passages)} if passages else {})})


def commitment_of(response: Response) -> str:
    """The commitment of an answer held."""
    name = f"{response.consultation.partnership.slug}/{response.consultation.slug}"
    return commitment(
        consultation=name, answers=response.answers, source=response.source, salt=response.salt, passages=response.passages
    )


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
        if seal.previous_sha256 != previous:
            found.append(f"The seal of {name} does not name the version before it.")
        if not _rows_say(seal, content):
            found.append(f"The rows of {name} no longer say what was sealed.")
        last[seal.version.plan_id] = seal.sha256
    return found


def _rows_say(seal: Seal, content: bytes) -> bool:
    """Whether the rows of a version still make the bytes that were sealed. The figures are taken from the bytes: they move."""
    try:
        figures = json.loads(content).get("figures", ())
    except ValueError:
        return False
    made = version_content(seal.version, previous_sha256=seal.previous_sha256, sealed_at=seal.sealed_at, figures=figures)
    return made == content
