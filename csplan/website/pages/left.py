"""What is left to fill of a partnership that is set up: asked of its records and its files, never ticked off by hand."""

from datetime import datetime
from typing import Any

from django.http import Http404

from csplan.cycle import clock, set_up
from csplan.errors import CsplanError
from csplan.records.reading import partnership as reading
from csplan.records.reading import people
from csplan.website.identity import identity
from csplan.website.report_it import read_doors

#: Steps whose proposals nobody can be asked about again once they are records.
PAST = ("name", "authorities")


def left(partnership: Any, *, at: datetime) -> list[dict[str, Any]]:
    """[{words, path}]; path is None for what is filled in a file."""
    found = set_up.left(
        reading.described(partnership),
        on=clock.day_of(at),
        checked=PAST,
        is_invited=people.has_manager(partnership, at),
        has_colours=identity(partnership.slug, partnership.name).colours is not None,
        reports_checked=_reports_checked(partnership.slug),
    )
    home = f"/{partnership.slug}/desk/"
    return [{"words": _later(one), "path": home + one.desk if one.desk else None} for one in found]


def _later(one: set_up.Left) -> str:
    """Once a partnership is set up, its colours are a matter of its file."""
    return "Choose three colours in website.toml, or keep the program’s own." if one.ref == "colours" else one.words


def _reports_checked(slug: str) -> bool:
    try:
        return read_doors(slug).checked_on is not None
    except (Http404, CsplanError):
        return False
