"""Words with live figures as a page shows them: Markdown with each figure marked, blocks drawn, and a list of what was found."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from csplan.documents import charts, markdown
from csplan.documents.sentences import count
from csplan.documents.svg import NARROW, WIDE
from csplan.errors import CsplanError
from csplan.evidence import catalogue, findings, observations, references, series_events
from csplan.evidence.plain_words import capital, number
from csplan.evidence.references import Found
from csplan.evidence.view import View
from csplan.website.pages import maps
from csplan.website.pages.events import sentence
from csplan.website.pages.ground import Ground
from csplan.website.pages.pictures import POLICE

#: Signs of no script, put around a figure before Markdown is read and made into its mark after. Taken out of what people write.
_OPEN, _BROKEN, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKS = {
    _OPEN: '<span class="csp-live">',
    _BROKEN: '<span class="csp-live csp-live--broken">',
    _CLOSE: "</span>",
}
_SIGNS = re.compile("[\ue000-\ue002]")
TALL, TALL_NARROW = 300, 280
SUBTITLES = {
    "chart": gettext_lazy("Recorded each month. Hatched: months not held, which are not zero."),
    "map": gettext_lazy("Each hexagon is one area; the darker, the higher the rate."),
}


def preview(text: str, found: Mapping[str, Found], view: View, ground: Ground) -> list[dict[str, Any]]:
    """The text as readers will see it, in pieces: {html} of words, or {figure} of a block that is drawn."""
    pieces = references.ALONE.split(_SIGNS.sub("", text.replace("\r\n", "\n")))
    shown: list[dict[str, Any]] = []
    for i, piece in enumerate(pieces):
        drawn = _drawn(found[piece], view, ground, key=str(i)) if i % 2 and piece in found else None
        if drawn:
            shown.append({"html": None, "figure": drawn})
        elif piece.strip():
            shown.append({"html": words(f"{{{piece}}}" if i % 2 else piece, found), "figure": None})
    return shown


def words(text: str, found: Mapping[str, Found]) -> Markup:
    """Safe HTML of Markdown with every live figure marked, and those that are not found marked as that."""
    said = {ref: _marked(f) for ref, f in found.items()}
    html = markdown.to_html(_SIGNS.sub("", text), said)
    return Markup(_SIGNS.sub(lambda sign: _MARKS[sign[0]], html))


def _marked(found: Found) -> str:
    if found.why:
        return f"{_BROKEN}{_('figure not found')}{_CLOSE}"
    return f"{_OPEN}{found.words}{_CLOSE}"


def listed(found: Mapping[str, Found]) -> list[dict[str, str]]:
    """Every reference with what it is, its value, and its state or what is wrong with it."""
    return [
        {
            "ref": f.ref,
            "about": f.about,
            "value": "" if f.why or f.form != "figure" else f.words,
            "state": _("Not found. %(why)s") % {"why": f.why} if f.why else _state(f),
            "kind": "broken" if f.why else "found",
        }
        for f in found.values()
    ]


def _state(f: Found) -> str:
    if f.has_value or f.form != "figure":
        return _("Found. %(words)s") % {"words": f.full}
    return _("It has no value and will be printed as “%(words)s”. %(why)s") % {"words": f.words, "why": f.full}


def headline(found: Mapping[str, Found]) -> str:
    """How many figures the text has, and how many are to be mended."""
    broken = sum(1 for f in found.values() if f.why)
    if not found:
        return _("No live figures")
    many = capital(count(len(found), "live figure"))
    return f"{many}, {number(broken)} to mend" if broken else _("%(many)s, all found") % {"many": many}


# ---- blocks ---------------------------------------------------------------------------------------------


def _drawn(found: Found, view: View, ground: Ground, *, key: str) -> dict[str, Any] | None:
    """The keywords of the `figure` macro, or None where the reference is not found or nothing can be drawn. key : tells apart
    two pictures of the same on one page"""
    if found.why or found.observation is None:
        return None
    parts = observations.parse_id(found.observation.id)
    topic = catalogue.get(parts.indicator).topic
    if found.form == "map":
        return _map(found, view, ground, topic, parts)
    table = {"caption": found.about, "heads": [_("Month"), _("Recorded")], "rows": found.rows, "numeric": (1,)}
    if found.form == "table":
        return {"table": table, "is_table": True}
    series = {m: n for m, n in view.series(parts.area, topic).items() if m in parts.period.months}
    known = [sentence(event) for event in series_events.shown(parts.area, topic, series, day=view.day)]
    return _figure(found, _chart(found, series, key), table, known) if series else None


def _chart(found: Found, series: Mapping[str, int], key: str) -> dict[str, str]:
    def draw(width: int, height: int) -> str:
        return charts.control_chart(series, title=found.about, desc=found.words, width=width, height=height, key=key)

    return {"wide": draw(WIDE, TALL), "narrow": draw(NARROW, TALL_NARROW)}


def _map(found: Found, view: View, ground: Ground, topic: str, parts: observations.Reference) -> dict[str, Any] | None:
    if parts.area != view.area:
        return None  # seats are held of the partnership's own area only
    try:
        inside = findings.topic_findings(view, topic, references.INSIDE, parts.period, district=parts.area)
    except CsplanError:
        return None
    drawn = maps.rates(inside, ground)
    table = {"caption": found.about, "heads": [_("Area"), _("Rate")], "rows": found.rows, "numeric": (1,)}
    return _figure(found, drawn["hexagons"], table) if drawn else None


def _figure(found: Found, drawing: Mapping[str, Any], table: Mapping[str, Any], known: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "head": found.words.removesuffix("."),
        "sub": SUBTITLES[found.form],
        "wide": drawing["wide"],
        "narrow": drawing["narrow"],
        "table": table,
        "source": POLICE,
        "known": known,
        "is_table": False,
    }
