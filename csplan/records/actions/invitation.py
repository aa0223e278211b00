"""Inviting a person by a one-time code, on paper or as a link: made, taken once, or cancelled.

The code is shown to the person who makes it and kept nowhere. How long it holds is counted by the machine's clock, as all
of signing in is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from csplan.cycle import invitation as rules
from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting, one_time_code
from csplan.records.actions import membership as memberships
from csplan.records.models import Body, Invitation, Membership, Partnership

NO_SUCH_CODE = "No invitation has this code. Compare each letter and figure with the paper or the link that you were given."
NAME_HELD = "Somebody has this user name. Choose another, or sign in if it is yours"


class Refused(CsplanError):
    """Fields that cannot be taken. `problems` : {field: what to do about it}"""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(f"{words}." for words in self.problems.values()))


class NotTaken(CsplanError):
    """An invitation that cannot be taken: used, cancelled, too old, or none at all."""


class NoSuchCode(NotTaken):
    """A code that no invitation has: it may be a guess, and is counted as one."""


@dataclass(frozen=True)
class Made:
    """An invitation with its code, which nobody is shown again."""

    invitation: Invitation
    code: str


def make(*, partnership: Partnership, role: str, person: str, body: Body | None = None, by: acting.By) -> Made:
    """Offer a role. person : how the one who takes it is called at the desk, by office. Raises Refused with the fields."""
    person = " ".join(person.split())
    problems = rules.wrong_offer(role, person, has_body=body is not None)
    if body is not None and body.partnership_id != partnership.pk:
        problems["body"] = "Choose a body of this partnership"
    if problems:
        raise Refused(problems)
    with acting.act("membership.invite", partnership=partnership, by=by) as deed:
        code = one_time_code.new()
        held = Invitation.objects.create(
            partnership=partnership,
            role=role,
            body=body,
            person=person,
            code_sha256=one_time_code.fingerprint(code),
            made_at=deed.at,
            made_by=deed.actor.user,
            expires_at=datetime.now(UTC) + rules.HOLDS_FOR,
        )
        deed.record("invitation", str(held.pk), role=role, person=person, body=body.code if body else None)
    return Made(held, code)


def find(code: str) -> Invitation:
    """The invitation of a code, which can still be taken. Raises NotTaken with the reason in words."""
    held = Invitation.objects.select_related("partnership", "body").filter(code_sha256=one_time_code.fingerprint(code)).first()
    if held is None:
        raise NoSuchCode(NO_SUCH_CODE)
    words = rules.STATES[state(held)]
    if words:
        raise NotTaken(words)
    return held


def state(held: Invitation) -> str:
    """How an invitation stands now, by the machine's clock."""
    now = datetime.now(UTC)
    return rules.state(taken_at=held.taken_at, cancelled_at=held.cancelled_at, expires_at=held.expires_at, now=now)


def take(*, code: str, user: User | None = None, username: str = "", password: str = "") -> Membership:
    """Take up the role that a code offers, once: with an account that is signed in, or one that is made now.

    user : whoever is signed in; None to make the account `username` with `password`
    Raises NotTaken, or Refused with what is wrong with user name and password.
    """
    partnership = find(code).partnership
    if user is None and (problems := wrong_account(username, password)):
        raise Refused(problems)
    password_hash = make_password(password)  # slow on purpose, so not while everybody else waits to write
    with acting.act("membership.accept", partnership=partnership, by=roles.PUBLIC) as deed:
        held = find(code)  # again: within the transaction nobody else can take it
        if user is not None and user == held.made_by:
            raise NotTaken(
                "You made this invitation yourself. Nobody gives themselves a role: ask another manager to invite you."
            )
        person = user or _new_account(username, password_hash)
        given = memberships.give(deed, user=person, role=held.role, body=held.body, person=held.person)
        held.taken_at, held.taken_by = deed.at, person
        held.save(update_fields=["taken_at", "taken_by"])
        made = "account made" if user is None else "account held"
        deed.record("invitation", str(held.pk), username=person.get_username(), role=held.role, account=made)
    return given


def _new_account(username: str, password_hash: str) -> User:
    if _is_held(username):  # by somebody who came a moment sooner
        raise Refused({"username": NAME_HELD})
    return User.objects.create(username=username, password=password_hash)


def wrong_account(username: str, password: str) -> dict[str, str]:
    """{field: what to mend} of a user name and a password that somebody chooses."""
    problems = {}
    if not username:
        problems["username"] = "Choose a user name"
    elif _is_held(username):
        problems["username"] = NAME_HELD
    else:
        try:
            User._meta.get_field("username").run_validators(username)
        except ValidationError:
            problems["username"] = "A user name has letters, figures and the signs @ . + - _ only, and at most 150 of them"
    if not password:
        problems["password"] = "Choose a password"
    else:
        try:
            validate_password(password, User(username=username))
        except ValidationError as e:
            problems["password"] = " ".join(e.messages).rstrip(".")
    return problems


def _is_held(username: str) -> bool:
    return User.objects.filter(username__iexact=username).exists()


def cancel(*, invitation: Invitation, by: acting.By) -> Invitation:
    """Take an offer back. One that was taken stands; its role is ended instead."""
    with acting.act("membership.invite", partnership=invitation.partnership, by=by) as deed:
        held = Invitation.objects.get(pk=invitation.pk)
        if held.taken_at is not None:
            raise CsplanError("This invitation has been taken. End the role instead.")
        if held.cancelled_at is not None:
            raise CsplanError("This invitation is cancelled already. Nothing was changed.")
        held.cancelled_at = deed.at
        held.save(update_fields=["cancelled_at"])
        deed.record("invitation", str(held.pk), cancelled=True, role=held.role, person=held.person)
    return held
