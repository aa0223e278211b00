"""Comments on a plan: entered as they came, then decided on, with the reason."""

import re

from csplan.cycle import answer_parts, plan_changes, plan_text
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.actions import coding
from csplan.records.models import Comment, PlanVersion, Response

#: How a comment comes.
CAME_BY = ("consultation", "scrutiny", "meeting", "letter")


def enter(
    *,
    version: PlanVersion,
    words: str,
    came_by: str,
    came_with: str = "",
    clause: str = "",
    response: Response | None = None,
    part: str = "",
    is_example: bool = False,
    by: acting.By,
) -> Comment:
    """Enter what someone said about a version, on a clause where it names one. No name of a person is kept.

    response, part : the part of an answer that it is taken from: in its masked words where the person let them be quoted, else in
        the officer’s own
    """
    with acting.act("comment.enter", partnership=version.plan.partnership, by=by) as deed:
        if not words.strip():
            raise CsplanError("Write what was said.")
        if came_by not in CAME_BY:
            raise CsplanError(f"“{came_by}” is no way in which a comment comes. Choose one of: {', '.join(CAME_BY)}.")
        if clause:
            plan_text.part_of(clause)
        if response is not None:
            _check_taken_from(response, part, version, words.strip())
        made = Comment.objects.create(
            version=version,
            ref=f"C{version.comments.count() + 1}",
            came_by=came_by,
            came_with=came_with,
            clause=clause,
            response=response,
            part=part if response else "",
            words=words.strip(),
            is_example=is_example,
            entered_at=deed.at,
            entered_by=deed.user,
        )
        deed.record("comment", f"{version.ref} {made.ref}", clause=clause)
    return made


#: So many words in a row are taken to be a person's own.
QUOTED = 6


def _check_taken_from(response: Response, part: str, version: PlanVersion, words: str) -> None:
    """Refuse what goes further than the masked words, or quotes a person who did not agree to it: a comment becomes public."""
    if response.consultation.version_id != version.pk:
        raise CsplanError(f"That answer is about {response.consultation.version}. Enter the comment on that version.")
    masked = coding.masked_words(response, part)
    if masked is None:
        raise CsplanError("An officer confirms what is covered in this comment before it goes further. Do that first.")
    if not response.codings.filter(part=part).exists():
        raise CsplanError("Code the comment first: then what becomes of it is known.")
    if Comment.objects.filter(response=response, part=part, words=words).exists():
        raise CsplanError("This comment is already entered in these words. Nothing was changed.")
    if answer_parts.may_quote(response.answers):
        if _plain(words) not in _plain(masked):
            raise CsplanError("Give the person’s own words as they are, without what is covered; leave out, and add nothing.")
    elif quotes(words, masked):
        raise CsplanError("This person did not agree to be quoted. Say it in your own words: the comment becomes public.")


def quotes(words: str, masked: str) -> bool:
    """Whether words repeat six words in a row of another text, or the whole of a shorter one."""
    said, own = _plain(words).split(), _plain(masked).split()
    run = min(QUOTED, len(own))
    theirs = {tuple(own[i : i + run]) for i in range(len(own) - run + 1)}
    return bool(own) and any(tuple(said[i : i + run]) in theirs for i in range(len(said) - run + 1))


def _plain(words: str) -> str:
    """Words in small letters, one blank between them, without other signs."""
    return " ".join(re.findall(r"[^\W_]+", words.lower().replace("’", "").replace("'", "")))


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
