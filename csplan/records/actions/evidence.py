"""Decisions on held releases: the store's manifest carries its own, and each is copied into the audit chain once."""

from collections.abc import Iterator

from django.contrib.auth.models import User

from csplan.evidence.manifest import Decision
from csplan.evidence.store import Store
from csplan.records import acting
from csplan.records.models import AuditEvent, Partnership

ACTION = "evidence.decide"


def copy_decisions(*, store: Store, partnership: Partnership, by: User) -> int:
    """Write into the audit what this person decided in the store and the audit does not hold yet. Gives how many."""
    own = [d for d in not_copied(store) if d.by == by.get_username()]
    for decision in own:
        with acting.act(ACTION, partnership=partnership, by=by) as deed:
            deed.record("release", decision.key, **_detail(decision))
    return len(own)


def not_copied(store: Store) -> Iterator[Decision]:
    """The decisions of the store that the audit does not hold."""
    known = [event.detail for event in AuditEvent.objects.filter(action=ACTION)]
    yield from (d for d in store.manifest().decisions if _detail(d) not in known)


def _detail(decision: Decision) -> dict[str, str]:
    return {"sha256": decision.sha256, "verb": decision.verb, "decided_at": decision.at, "why": decision.why}
