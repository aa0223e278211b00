"""How it fits together, drawn: where you are, and what is not there yet."""

import re

import pytest

from csplan.documents.palette import ACCENT
from csplan.documents.thread import Knot, thread_diagram

KNOTS = (
    Knot("Finding", "A tenth of neighbourhoods had 30% of burglaries"),
    Knot("Indicator", "Recorded burglaries each month", is_here=True),
    Knot("Review", "Yearly review", is_held=False),
)


@pytest.mark.parametrize("width", [1060, 343])
def test_strand_is_dashed_where_nothing_is_held(width):
    drawn = thread_diagram(KNOTS, title="How it fits together", width=width)
    assert len(re.findall(r'<line [^>]*stroke-dasharray="4 6"', drawn)) == 1
    assert len(re.findall(rf'<circle [^>]*fill="{ACCENT}"', drawn)) == 1
    assert len(re.findall(r'<circle [^>]*stroke-dasharray="4 4"', drawn)) == 1


def test_words_alone_say_the_same():
    drawn = thread_diagram(KNOTS, title="How it fits together")
    assert "Finding: A tenth of neighbourhoods had 30% of burglaries; " in drawn
    assert "Review: Yearly review (nothing held yet)</desc>" in drawn
