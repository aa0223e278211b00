"""The papers of one consultation, in the form that `documents` gives them: their reference is the consultation's short name."""

from collections.abc import Callable
from datetime import datetime

from csplan.cycle import clock
from csplan.documents.consideration_report import consideration_report, you_said
from csplan.documents.paper import Paper
from csplan.errors import CsplanError
from csplan.records.models import Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import results

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


#: kind -> what makes it
KINDS: dict[str, Maker] = {"consideration-report": of_answers, "you-said": of_what_was_done}
