"""The papers of one consultation, in the form that `documents` gives them: their reference is the consultation's short name."""

from collections.abc import Callable
from datetime import datetime

from csplan.cycle import clock
from csplan.documents.consideration_report import consideration_report, you_said
from csplan.documents.paper import Paper
from csplan.documents.paper_form import LARGE_SIZE, SIZE, Form, paper_form
from csplan.errors import CsplanError
from csplan.records.models import Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import consultation, results

Maker = Callable[[Partnership, str, Viewer, datetime], Paper]


def of_answers(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
    """The report on the answers, once it is approved."""
    told = _considered(partnership, ref, viewer, at)
    on = clock.day_of(told["consideration"]["approved_at"])
    words = results.paragraph(told)
    return consideration_report(
        told, paragraph=words, partnership=partnership.name, office=told["consultation"]["write_to"], on=on
    )


def of_what_was_done(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
    """We asked, you said, we did, once the report is approved."""
    told = _considered(partnership, ref, viewer, at)
    on = clock.day_of(told["consideration"]["approved_at"])
    return you_said(told, partnership=partnership.name, office=told["consultation"]["write_to"], on=on)


def _considered(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> dict:
    told = results.results(partnership, ref, viewer=viewer, at=at)
    if told["consideration"] is None:
        title = told["consultation"]["title"]
        raise CsplanError(f"The report on the answers to “{title}” is not approved by this day, so it has no paper yet.")
    return told


def of_questions(size: float) -> Maker:
    """What makes the form to fill in on paper, with letters of a size. A consultation that is not public has none."""

    def made(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
        row = consultation.find(partnership, ref, viewer=viewer, at=at)
        told = consultation.asked(row, "", viewer=viewer, at=at)
        about = told["consultation"]
        form = Form(
            title=about["title"],
            partnership=partnership.name,
            introduction=about["introduction"],
            questions=told["questions"],
            opens_on=about["opens_on"],
            closes_on=about["closes_on"],
            write_to=about["write_to"],
            is_example=about["is_example"],
        )
        return paper_form(form, size=size)

    return made


#: kind -> what makes it
KINDS: dict[str, Maker] = {
    "consideration-report": of_answers,
    "you-said": of_what_was_done,
    "paper-form": of_questions(SIZE),
    "paper-form-large": of_questions(LARGE_SIZE),
}


def make(partnership: Partnership, kind: str, ref: str, *, viewer: Viewer, at: datetime) -> Paper:
    """The paper of a kind."""
    if kind not in KINDS:
        raise CsplanError(f"A consultation has no paper of the kind “{kind}”. Choose one of: {', '.join(KINDS)}.")
    return KINDS[kind](partnership, ref, viewer, at)
