"""The kit of a consultation as papers, and all of it in one file. Made twice on the same words they are the same bytes."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from csplan.documents import kit
from csplan.documents.paper import Paper
from csplan.documents.write import FORMS, as_bytes
from csplan.records.models import Consultation, Partnership
from csplan.records.models.record import Viewer
from csplan.records.reading import consultation as reading

#: kind -> (what it is called, what makes it)
PAPERS: dict[str, tuple[str, Callable[[kit.Asked], Paper]]] = {
    "poster": ("Poster, A4, with a code to scan", kit.poster),
    "notice-large-print": ("Notice in large print", kit.notice),
    "briefing-script": ("Script for a briefing", kit.script),
}
#: The day in a zip that says nothing: the earliest that the format knows.
NO_DAY = (1980, 1, 1, 0, 0, 0)


def maker(kind: str) -> Callable[[Partnership, str, Viewer, datetime], Paper]:
    """What makes a kind of paper of a consultation. Its reference is the consultation's slug."""

    def make(partnership: Partnership, ref: str, viewer: Viewer, at: datetime) -> Paper:
        return made(reading.find(partnership, ref, viewer=viewer, at=at), kind, at)

    return make


def made(row: Consultation, kind: str, at: datetime) -> Paper:
    """One paper of the kit."""
    return PAPERS[kind][1](asked(row, at))


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


def whole(row: Consultation, at: datetime, more: dict[str, Paper] | None = None) -> bytes:
    """Every paper in every form as one zip. more : further papers by the name of their file, such as the paper form"""
    papers = {kind: made(row, kind, at) for kind in PAPERS} | (more or {})
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, paper in papers.items():
            for ending in FORMS:
                file.writestr(
                    zipfile.ZipInfo(f"{row.slug}-{name}{ending}", NO_DAY), as_bytes(paper, ending), zipfile.ZIP_DEFLATED
                )
    return kept.getvalue()


KINDS = {kind: maker(kind) for kind in PAPERS}
