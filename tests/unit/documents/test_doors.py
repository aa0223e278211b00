"""The map whose hexagons are doors."""

import re
from html.parser import HTMLParser

from csplan.documents.doors import door_map

SEATS = {"A": (0, 0, 0), "B": (1, 0, 0), "C": (0, 1, 1)}
NAMES = {"A": "Ash", "B": "Beech & Birch", "C": "Cedar"}
ADDRESSES = {code: f"/p/insight/areas/{code}/?as_at=2020-01-09" for code in SEATS}


def test_every_hexagon_leads_to_its_page():
    drawn = door_map(SEATS, NAMES, ADDRESSES, width=343)
    assert re.findall(r'href="([^"]+)"', drawn) == list(ADDRESSES.values())
    assert drawn.count("<polygon") == 3 and "<title>Beech &amp; Birch</title>" in drawn


def test_keyboard_and_screen_reader_pass_it_by():
    drawn = door_map(SEATS, NAMES, ADDRESSES)
    assert 'aria-hidden="true"' in drawn
    assert drawn.count('tabindex="-1"') == len(SEATS)


def test_town_names_do_not_catch_the_pointer():
    drawn = door_map(SEATS, NAMES, ADDRESSES, places=[("Town", ["A"])])
    assert re.search(r'<g pointer-events="none"><text[^>]*>Town</text></g>', drawn)


def test_a_hexagon_is_large_enough_to_hit_on_a_phone():
    class Points(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag == "polygon":
                xs = [float(p.split(",")[0]) for p in dict(attributes)["points"].split()]
                assert max(xs) - min(xs) >= 24  # WCAG 2.2, 2.5.8

    seats = {str(i): (i % 12, i // 12, 0) for i in range(65)}
    Points().feed(door_map(seats, dict.fromkeys(seats, "x"), dict.fromkeys(seats, "/"), width=343))
