"""Who may act: giving a person a role."""

from django.contrib.auth.models import User

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Membership, Partnership


def invite(
    *,
    partnership: Partnership,
    username: str,
    person: str,
    role: str,
    password_hash: str,
    body: Body | None = None,
    by: acting.By,
) -> Membership:
    """Give a person a role; make the account where there is none of that name.

    person : how the person is called at the desk
    password_hash : as Django's hashers write it; only for an account that is made now
    """
    if role not in roles.ROLES or role == "resident":
        raise CsplanError(f"“{role}” is not a role that a person can hold. The roles are {', '.join(sorted(roles.ROLES))}.")
    if role == "partner" and body is None:
        raise CsplanError("A partner returns figures for one body. Say which.")
    with acting.act("membership.invite", partnership=partnership, by=by) as deed:
        user, _ = User.objects.get_or_create(username=username, defaults={"password": password_hash})
        if Membership.objects.filter(user=user, partnership=partnership, role=role).exists():
            raise CsplanError(f"{username} already holds the role {role} here. Nothing was changed.")
        held = Membership.objects.create(user=user, partnership=partnership, role=role, body=body, person=person, from_at=deed.at)
        deed.record("membership", username, role=role, body=body.code if body else None)
    return held
