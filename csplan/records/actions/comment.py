"""Comments on a plan: entered as they came, then decided on, with the reason."""

from csplan.cycle import plan_changes, plan_text
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Comment, PlanVersion

#: How a comment comes.
CAME_BY = ("consultation", "scrutiny", "meeting", "letter")


def enter(
    *,
    version: PlanVersion,
    words: str,
    came_by: str,
    came_with: str = "",
    clause: str = "",
    is_example: bool = False,
    by: acting.By,
) -> Comment:
    """Enter what someone said about a version, on a clause where it names one. No name of a person is kept."""
    with acting.act("comment.enter", partnership=version.plan.partnership, by=by) as deed:
        if not words.strip():
            raise CsplanError("Write what was said.")
        if came_by not in CAME_BY:
            raise CsplanError(f"“{came_by}” is no way in which a comment comes. Choose one of: {', '.join(CAME_BY)}.")
        if clause:
            plan_text.part_of(clause)
        made = Comment.objects.create(
            version=version,
            ref=f"C{version.comments.count() + 1}",
            came_by=came_by,
            came_with=came_with,
            clause=clause,
            words=words.strip(),
            is_example=is_example,
            entered_at=deed.at,
            entered_by=deed.user,
        )
        deed.record("comment", f"{version.ref} {made.ref}", clause=clause)
    return made


def decide(*, comment: Comment, disposition: str, reason: str, by: acting.By) -> Comment:
    """Say what is done about a comment, and why. Once."""
    with acting.act("comment.decide", partnership=comment.version.plan.partnership, by=by) as deed:
        if comment.decided_at is not None:
            raise CsplanError(f"What is done about {comment.ref} is already decided. Nothing was changed.")
        if disposition not in plan_changes.DISPOSITIONS:
            raise CsplanError(
                f"“{disposition}” is no decision on a comment. Choose one of: {', '.join(plan_changes.DISPOSITIONS)}."
            )
        if not reason.strip():
            raise CsplanError("Say why, in words that the person who said it would understand.")
        comment.disposition, comment.reason = disposition, reason.strip()
        comment.decided_at, comment.decided_by = deed.at, deed.user
        comment.save()
        deed.record("comment", f"{comment.version.ref} {comment.ref}", disposition=disposition)
    return comment
