"""How every action goes: one transaction, a permission, one instant, one audit event."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.db import connection, transaction

from csplan.cycle import clock, roles
from csplan.errors import CsplanError
from csplan.records import audit
from csplan.records.models import AuditEvent, Membership, Partnership

#: Who acts: a person, `roles.PUBLIC` for residents, or "terminal:login" for the keeper of the machine.
By: TypeAlias = User | str


@dataclass(frozen=True)
class Actor:
    """Who acts, and every role held here. `user` is None for residents and the terminal."""

    name: str
    roles: frozenset[str]
    user: User | None = None


@dataclass
class Deed:
    """An action under way: who, when, the event before it, and its own once it is recorded."""

    action: str
    partnership: Partnership
    actor: Actor
    at: datetime
    newest: AuditEvent | None
    event: AuditEvent | None = field(default=None)

    @property
    def user(self) -> User:
        """The person who acts; for actions that only a person may do."""
        if self.actor.user is None:
            raise CsplanError(f"Only a person may {roles.WORDS[self.action]}. Sign in, or give --by USERNAME.")
        return self.actor.user

    def record(self, kind: str, ref: str, **detail: Any) -> None:
        """Write the audit event: what was done to which thing. Once for each action."""
        if self.event is not None:
            raise RuntimeError(f"{self.action} is already recorded")
        self.event = audit.append(
            newest=self.newest,
            at=self.at,
            by=self.actor.name,
            role=_role(self.action, self.actor),
            action=self.action,
            partnership=self.partnership.slug,
            kind=kind,
            ref=ref,
            detail=detail,
        )


@contextmanager
def act(action: str, *, partnership: Partnership, by: By, at: datetime | None = None) -> Iterator[Deed]:
    """Begin an action: checked, in one transaction of its own that is on the disk when the block ends.

    action : a name of `cycle.roles.ACTIONS`
    at : the instant under which it is written, where that is not now: such as the hour of an answer
    Raises CsplanError when `by` may not, RuntimeError when the block ends without its audit event.
    """
    with transaction.atomic(durable=True):
        _wait_for_turn()
        actor = who(by, partnership)
        roles.check_may(action, actor.roles)
        newest = audit.last()
        now = audit.moment(clock.now(), newest)
        deed = Deed(action, partnership, actor, now if at is None else audit.not_falling(at, newest), newest)
        yield deed
        if deed.event is None:
            raise RuntimeError(f"{action} left no audit event")


def _wait_for_turn() -> None:
    """One action at a time: events are numbered without a gap. SQLite's IMMEDIATE transaction waits by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('csplan'))")


def who(by: By, partnership: Partnership) -> Actor:
    """The actor behind `by`, with the roles held in this partnership and no other."""
    if isinstance(by, str):
        return _nameless(by)
    if not by.is_authenticated:
        return _nameless(roles.PUBLIC)
    held = Membership.objects.held_by(by, clock.now()).filter(partnership=partnership).values_list("role", flat=True)
    return Actor(by.get_username(), frozenset(held), by)


def _nameless(by: str) -> Actor:
    if by == roles.PUBLIC:
        return Actor(by, frozenset({roles.PUBLIC}))
    if by.startswith(f"{roles.TERMINAL}:"):
        return Actor(by, frozenset({roles.TERMINAL}))
    raise CsplanError(f"Nobody here is called “{by}”. Give the username of an account.")


def _role(action: str, actor: Actor) -> str:
    """The role that allowed it; the first by name where several did."""
    return min(roles.ACTIONS[action] & actor.roles)
