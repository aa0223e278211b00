"""Questions and requests for information from the scrutiny committee, and their answers in writing."""

from csplan.cycle import scrutiny as rules
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Body, Partnership, ScrutinyItem, ScrutinyQuestion


def ask(
    *,
    partnership: Partnership,
    kind: str,
    words: str,
    body: Body | None = None,
    item: ScrutinyItem | None = None,
    is_example: bool = False,
    by: acting.By,
) -> ScrutinyQuestion:
    """Record what the committee asks, of the partnership or of one body."""
    with acting.act("scrutiny.ask", partnership=partnership, by=by) as deed:
        if kind not in rules.KINDS:
            raise CsplanError(f"The committee asks {' or '.join(rules.KINDS.values())}. Choose one of these.")
        if not words.strip():
            raise CsplanError("Write what the committee asks.")
        for named in (body, item):
            if named is not None and named.partnership_id != partnership.pk:
                raise CsplanError("That body or item is of another partnership. Choose one of this partnership.")
        made = ScrutinyQuestion.objects.create(
            partnership=partnership,
            item=item,
            body=body,
            ref=f"Q{partnership.scrutiny_questions.count() + 1}",
            kind=kind,
            words=words.strip(),
            asked_at=deed.at,
            asked_by=deed.user,
            is_example=is_example,
        )
        deed.record("scrutiny question", made.ref, asked=kind, body=body.code if body else "")
    return made


def answer(*, question: ScrutinyQuestion, outcome: str, words: str, by: acting.By) -> ScrutinyQuestion:
    """Answer in writing, or refuse with the reason that the law allows. Once."""
    with acting.act("scrutiny.answer", partnership=question.partnership, by=by) as deed:
        if question.answered_at is not None:
            raise CsplanError(f"{question.ref} is already answered. Nothing was changed.")
        if outcome not in rules.OUTCOMES:
            raise CsplanError("Say whether it is answered or refused.")
        if outcome == "refused" and question.kind != "request":
            raise CsplanError("Only a request for information may be refused. Answer the question.")
        if not words.strip():
            raise CsplanError("Write the answer; of a refusal, how giving it would prejudice proceedings or the body’s work.")
        question.outcome, question.answer = outcome, words.strip()
        question.answered_at, question.answered_by = deed.at, deed.user
        question.save()
        deed.record("scrutiny question", question.ref, outcome=outcome)
    return question
