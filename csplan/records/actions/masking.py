"""Covering what leads to a person: proposed by rule, confirmed by an officer; and reading an answer as it was written."""

from collections.abc import Iterable, Sequence

from csplan.cycle import answer_parts, personal_data
from csplan.errors import CsplanError
from csplan.records import acting
from csplan.records.models import Consultation, Masking, Response


def confirm(*, response: Response, part: str, spans: Iterable[Sequence[object]], by: acting.By) -> Masking:
    """Say what is covered in one part of an answer; nothing, where nothing leads to a person. The masked words go further.

    spans : [start, end, kind] in characters of the words as they were written
    """
    with acting.act("answer.mask", partnership=response.consultation.partnership, by=by) as deed:
        made = _confirm(response, part, spans, deed)
        deed.record("consultation", response.consultation.slug, masked=1, spans=len(made.spans))
    return made


def confirm_clear(*, consultation: Consultation, parts: Iterable[tuple[Response, str]], by: acting.By) -> int:
    """Say of several parts, read together, that nothing in them leads to a person. Gives how many there were."""
    chosen = list(parts)
    with acting.act("answer.mask", partnership=consultation.partnership, by=by) as deed:
        if not chosen:
            raise CsplanError("No comment was chosen, so nothing was confirmed. Tick those that you have read.")
        for response, part in chosen:
            _confirm(response, part, (), deed)
        deed.record("consultation", consultation.slug, masked=len(chosen), spans=0)
    return len(chosen)


def _confirm(response: Response, part: str, spans: Iterable[Sequence[object]], deed: acting.Deed) -> Masking:
    if hasattr(response.consultation, "consideration_report"):
        raise CsplanError("The report on the answers is approved, so what is covered no longer changes.")
    words = words_of(response, part)
    try:
        kept = personal_data.check_spans(words, spans)
    except ValueError as e:
        raise CsplanError("What was to be covered does not fit the words. Load the page again and choose once more.") from e
    return Masking.objects.create(
        response=response,
        part=part,
        spans=[list(span) for span in kept],
        words=personal_data.masked(words, kept),
        confirmed_at=deed.at,
        confirmed_by=deed.user,
    )


def words_of(response: Response, part: str) -> str:
    """The words of a part as they were written."""
    asked = [q.rule for q in response.consultation.questions.all()]
    found = answer_parts.parts(asked, response.answers, response.passages).get(part)
    if found is None:
        raise CsplanError("This answer has no such part. Load the page again.")
    return found


def read_original(*, response: Response, why: str, by: acting.By) -> dict[str, str]:
    """{part: words} of an answer as it was written. The reading stands in the audit with its reason; which answer it was does not."""
    consultation = response.consultation
    with acting.act("answer.read", partnership=consultation.partnership, by=by) as deed:
        deed.user  # noqa: B018  a person reads, never the terminal
        if not why.strip():
            raise CsplanError("Say why you read the answer as it was written: the reading is recorded with its reason.")
        deed.record("consultation", consultation.slug, read=True, why=why.strip()[:200])
    asked = [q.rule for q in consultation.questions.all()]
    return answer_parts.parts(asked, response.answers, response.passages)
