"""What an answer needs before it goes further: alerts to see, words to cover, copies to flag, answers set aside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csplan.cycle import answer_parts, campaign, clock, danger, personal_data
from csplan.records import lookup
from csplan.records.models import Alert, Consultation, Response, SetAside
from csplan.records.models.record import Viewer
from csplan.records.reading import understanding
from csplan.records.reading.understanding import Part


def alerts(consultation: Consultation, *, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Every alert that the viewer may see: those that nobody has seen to first."""
    held = Alert.objects.visible_to(viewer, at).filter(response__consultation=consultation).select_related("seen_by")
    lines = [_alert(a, at) for a in held]
    return sorted(lines, key=lambda a: (a["seen_on"] is not None, a["hour"]))


def alert(consultation: Consultation, key: str, *, viewer: Viewer, at: datetime) -> Alert:
    """The alert of an answer."""
    held = Alert.objects.visible_to(viewer, at).filter(response__consultation=consultation)
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 20 else 0
    found: Alert = lookup.one(held.select_related("response__consultation__partnership"), "alert", pk=number)
    return found


def _alert(row: Alert, at: datetime) -> dict[str, Any]:
    seen = row.seen_at if row.seen_at is not None and row.seen_at <= at else None
    return {
        "key": row.pk,
        "signs": [danger.SIGNS[s] for s in row.signs if s in danger.SIGNS],
        "hour": row.hour,
        "is_sent": row.sent_at is not None,
        "refusal": row.refusal if row.sent_at is None else "",
        "seen_on": clock.day_of(seen) if seen else None,
        "done": row.done if seen else "",
    }


def unseen(consultation: Consultation) -> int:
    """How many alerts nobody has seen to."""
    return Alert.objects.filter(response__consultation=consultation, seen_at__isnull=True).count()


# ---- masking ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToMask:
    """Parts that wait: those in which something is proposed, one by one, and those in which nothing is, together."""

    proposed: list[Part]
    clear: list[Part]
    done: int


def to_mask(consultation: Consultation, at: datetime | None = None) -> ToMask:
    """What waits to be confirmed, as it stands now or stood at an instant."""
    found = understanding.parts(consultation, at)
    waiting = [p for p in found if p.masked is None]
    proposed = [p for p in waiting if personal_data.proposals(p.words)]
    chosen = {(p.response_id, p.part) for p in proposed}
    clear = [p for p in waiting if (p.response_id, p.part) not in chosen]
    return ToMask(proposed, clear, len(found) - len(waiting))


def response(consultation: Consultation, key: str) -> Response:
    """The answer that a form names."""
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 20 else 0
    held = Response.objects.filter(consultation=consultation).select_related("consultation__partnership")
    found: Response = lookup.one(held, "answer", pk=number)
    return found


# ---- campaigns, and what is set aside ---------------------------------------------------------------


def campaigns(consultation: Consultation, at: datetime | None = None) -> dict[str, Any]:
    """Answers that say nearly the same as others: {flagged: ids, groups: [{members, reason, sample}]}, the largest group first.

    sample : the masked words of the first, or the words with every proposal covered. Worked out from the words alone.
    """
    asked = [q.rule for q in consultation.questions.all()]
    held = Response.objects.filter(consultation=consultation)
    rows = held.filter(hour__lte=at) if at else held
    texts = {r.pk: "\n".join(answer_parts.parts(asked, r.answers, r.passages).values()) for r in rows}
    groups = campaign.groups({pk: words for pk, words in texts.items() if words})
    told = [{"members": g.members, "reason": g.reason, "sample": covered(texts[int(str(g.members[0]))])} for g in groups]
    return {"flagged": {pk for g in groups for pk in g.members}, "groups": told}


def covered(words: str) -> str:
    """Words with everything covered that is proposed: for a list before an officer has confirmed."""
    return personal_data.masked(words, personal_data.proposals(words))


def set_asides(consultation: Consultation, at: datetime) -> list[dict[str, Any]]:
    """Answers that are set aside, the last reason of each, the newest first."""
    standing = understanding.set_aside(consultation, at)
    rows = SetAside.objects.filter(response__consultation=consultation, set_at__lte=at).order_by("-id")
    seen: set[int] = set()
    out = []
    for row in rows:
        if row.response_id in standing and row.response_id not in seen:
            out.append({"key": row.response_id, "kind": row.kind, "reason": row.reason, "on": clock.day_of(row.set_at)})
        seen.add(row.response_id)
    return out


def totals(consultation: Consultation, at: datetime) -> dict[str, int]:
    """{received, withdrawn, spam, flagged, considered, without_flagged}: the totals with and without."""
    aside = understanding.set_aside(consultation, at)
    flagged = campaigns(consultation, at)["flagged"]
    received = Response.objects.filter(consultation=consultation, hour__lte=at).count()
    kinds = list(aside.values())
    return {
        "received": received,
        "withdrawn": kinds.count("withdrawn"),
        "spam": kinds.count("spam"),
        "considered": received - len(aside),
        "flagged": len(flagged - aside.keys()),
        "without_flagged": received - len(aside) - len(flagged - aside.keys()),
    }
