"""A map whose areas are doors: every hexagon leads to the page of its place.

It is for the pointer alone. The same doors stand as a list beside it, so readers of the keyboard or of a screen reader do
not pass through every area on their way down the page.
"""

from collections.abc import Mapping
from html import escape

from csplan.documents.maps import Places, Seats, centres, towns
from csplan.documents.palette import LINE, WASH
from csplan.documents.svg import FONT, WIDE, el, hexagon, polygon


def door_map(
    seats: Seats, names: Mapping[str, str], addresses: Mapping[str, str], *, places: Places = (), width: int = WIDE
) -> str:
    """Every area as an empty hexagon with its address. names, addresses : {code: words}"""
    at, r, height = centres(seats, width)
    links = [
        el(
            "a",
            el("title", escape(names[code])),
            polygon(hexagon(*at[code], r - 0.6), WASH, LINE, 1.2),
            href=addresses[code],
            class_="csp-door-map__area",
            tabindex="-1",
        )
        for code in at
    ]
    return el(
        "svg",
        *links,
        el("g", towns(at, places, width, height), pointer_events="none"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        class_="csp-door-map",
        aria_hidden="true",
        focusable="false",
        font_family=FONT,
    )
