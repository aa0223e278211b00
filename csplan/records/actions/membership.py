"""Who may act: giving a person a role, and ending it."""

from django.contrib.auth.models import User

from csplan.cycle import roles
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Membership, Partnership
from csplan.records.models.membership import Memberships


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
    check_role(role, body)
    with acting.act("membership.invite", partnership=partnership, by=by) as deed:
        user, _ = User.objects.get_or_create(username=username, defaults={"password": password_hash})
        held = give(deed, user=user, role=role, body=body, person=person)
        deed.record("membership", username, role=role, body=body.code if body else None)
    return held


def end(*, membership: Membership, by: acting.By) -> Membership:
    """End a role. It opens nothing from the person's next request on. Nobody ends their own role, or the last manager's."""
    partnership = membership.partnership
    with acting.act("membership.end", partnership=partnership, by=by) as deed:
        if membership.user == deed.actor.user:
            raise CsplanError("You may not end a role of your own. Ask another manager to do it.")
        held = Membership.objects.held_by(membership.user, deed.at).filter(pk=membership.pk).first()
        if held is None:
            raise CsplanError("That role has ended already. Nothing was changed.")
        if held.role == "manager" and not _managers(partnership, deed).exclude(pk=held.pk).exists():
            raise CsplanError("This is the last manager, and somebody must be. Invite another first, and end this role after.")
        held.to_at = deed.at
        held.save(update_fields=["to_at"])
        deed.record("membership", held.user.get_username(), role=held.role, ended=True)
    return held


def _managers(partnership: Partnership, deed: acting.Deed) -> Memberships:
    return Membership.objects.standing(deed.at).filter(partnership=partnership, role="manager", user__is_active=True)


def check_role(role: str, body: Body | None) -> None:
    """Refuse what no person can hold, and a partner without a body."""
    if role not in roles.ROLES or role == "resident":
        raise CsplanError(f"“{role}” is not a role that a person can hold. The roles are {', '.join(sorted(roles.ROLES))}.")
    if role == "partner" and body is None:
        raise CsplanError("A partner returns figures for one body. Say which.")


def give(deed: acting.Deed, *, user: User, role: str, body: Body | None, person: str) -> Membership:
    """The role, from the instant of a deed under way. One that ended begins anew; what it was before is in the audit."""
    before = Membership.objects.filter(user=user, partnership=deed.partnership, role=role).first()
    told = {"body": body, "person": person, "from_at": deed.at, "to_at": None}
    if before is None:
        return Membership.objects.create(user=user, partnership=deed.partnership, role=role, **told)
    if before.to_at is None or before.to_at > deed.at:
        raise CsplanError(f"{user.get_username()} already holds the role {role} here. Nothing was changed.")
    Membership.objects.filter(pk=before.pk).update(**told)
    before.refresh_from_db()
    return before
