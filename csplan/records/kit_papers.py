"""The kit of a consultation as papers, and all of it in one file. Made twice on the same words they are the same bytes."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from csplan.documents import kit
from csplan.documents.paper import Paper
from csplan.documents.paper_form import LARGE_SIZE, SIZE, Form, paper_form
from csplan.documents.write import FORMS, as_bytes
from csplan.records.models import Consultation, Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import consultation as reading

Maker = Callable[[Consultation, datetime], Paper]
#: The day in a zip that says nothing: the earliest that the format knows.
NO_DAY = (1980, 1, 1, 0, 0, 0)


def maker(kind: str) -> Callable[[Partnership, str, Viewer, datetime], Paper]:
    """What makes a kind of paper of a consultation. Its reference is the consultation's slug."""

    def make(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
        return made(reading.find(partnership, ref, viewer=viewer, at=at), kind, at)

    return make


def made(row: Consultation, kind: str, at: datetime) -> Paper:
    """One paper of the kit."""
    return PAPERS[kind][1](row, at)


def _about(make: Callable[[kit.Asked], Paper]) -> Maker:
    """What makes a paper that tells people of it."""
    return lambda row, at: make(asked(row, at))


def _form(size: float) -> Maker:
    """What makes the form to fill in on paper, with letters of a size."""

    def make(row: Consultation, at: datetime) -> Paper:
        about = reading.about(row, at)
        return paper_form(
            Form(
                title=row.title,
                partnership=row.partnership.name,
                introduction=row.introduction,
                questions=reading.asked(row, "", viewer=None, at=at)["questions"],
                opens_on=about["opens_on"],
                closes_on=about["closes_on"],
                write_to=row.write_to,
                is_example=row.is_example,
            ),
            size=size,
        )

    return make


def asked(row: Consultation, at: datetime) -> kit.Asked:
    """What the kit says of it, with the closing day as it was known at an instant."""
    return kit.Asked(
        title=row.title,
        partnership=row.partnership.name,
        why=row.why or row.introduction,
        can_change=row.can_change,
        priorities=tuple(row.version.priorities.order_by("ref").values_list("title", flat=True)),
        address=f"{settings.SITE_ADDRESS.rstrip('/')}/{row.partnership.slug}/consultations/{row.slug}/",
        opens_on=row.opens_on,
        closes_on=row.last_day(at),
        write_to=row.write_to,
        is_example=row.is_example,
    )


def whole(row: Consultation, at: datetime) -> bytes:
    """Every paper in every form as one zip."""
    papers = {kind: made(row, kind, at) for kind in PAPERS}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, paper in papers.items():
            for ending in FORMS:
                file.writestr(
                    zipfile.ZipInfo(f"{row.slug}-{name}{ending}", NO_DAY), as_bytes(paper, ending), zipfile.ZIP_DEFLATED
                )
    return kept.getvalue()


#: kind -> (what it is called, what makes it)
PAPERS: dict[str, tuple[str, Maker]] = {
    "poster": ("Poster, A4, with a code to scan", _about(kit.poster)),
    "notice-large-print": ("Notice in large print", _about(kit.notice)),
    "paper-form": ("Paper form", _form(SIZE)),
    "paper-form-large": ("Paper form in large print", _form(LARGE_SIZE)),
    "briefing-script": ("Script for a briefing", _about(kit.script)),
}
#: Papers of the kit that anyone may fetch beside the consultation, from the day it is public.
PUBLIC = ("paper-form", "paper-form-large")
KINDS = {kind: maker(kind) for kind in PAPERS}
