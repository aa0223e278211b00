"""Live figures that may be written in a text: what, where and when are asked, and the references given with their values."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from csplan.cycle import periods
from csplan.cycle.periods import Period
from csplan.errors import CsplanError
from csplan.evidence import areas, references
from csplan.evidence.areas import Area
from csplan.evidence.view import View

#: Areas that are named beside the one taken, where a name fits several.
MOST_OTHERS = 6


def page(view: View, sent: Mapping[str, str], partnership: Any) -> dict[str, Any]:
    """The form as it was sent, what is to mend in it, and the figures that fit."""
    said = {name: sent.get(name, "").strip() for name in ("q", "area", "period")}
    errors: dict[str, str] = {}
    found, others = _area(said["area"], partnership, view)
    if found is None:
        errors["area"] = _("No place here is called “%(name)s”. Write the name of a town or an area, a postcode, or a code") % {
            "name": said["area"]
        }
    period = _period(said["period"], view, errors)
    offered = references.offered(view, said["q"], found.code, period) if found and period else []
    return {
        "said": {**said, "period": said["period"] or (period.id if period else "")},
        "errors": errors,
        "place": found.name if found else "",
        "others": [area.name for area in others[:MOST_OTHERS]],
        "rows": [
            {
                "title": f.about.partition(",")[0],
                "measure": references.written(f"{{{f.ref}}}")[0].name.partition("/")[0].rpartition(".")[2],
                "value": f.words or _("not found"),
                "full": f.full or f.why,
                "reference": f"{{{f.ref}}}",
            }
            for f in offered
        ],
        "when": period.title if period else "",
        "is_empty": view.period is None,
    }


def _area(text: str, partnership: Any, view: View) -> tuple[Area | None, tuple[Area, ...]]:
    """The area that a text names first, and others that it may mean; the partnership's own where it names none."""
    if not text:
        return areas.find(partnership.area_code), ()
    named = areas.find(text.upper())
    if named is not None:
        return named, ()
    found = areas.search(text, county=partnership.area_code, day=view.day)
    return (found[0] if found else None), found[1:]


def _period(text: str, view: View, errors: dict[str, str]) -> Period | None:
    if not text:
        return view.period
    try:
        return periods.parse(text)
    except CsplanError as e:
        errors["period"] = str(e)
        return None
