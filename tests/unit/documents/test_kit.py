"""The kit of a consultation: the code is the address, and the papers say by when and to whom."""

import re
from dataclasses import replace
from datetime import date

import pytest
import segno

from csplan.documents import kit
from csplan.documents.contrast import contrast
from csplan.documents.write import as_bytes

TOLD = kit.Asked(
    title="Draft plan",
    partnership="Example Partnership",
    why="We ask what should come first.",
    can_change="The order of the priorities.",
    priorities=("Feel safe",),
    address="https://plans.example.org/example/consultations/draft/",
    opens_on=date(2026, 11, 9),
    closes_on=date(2027, 1, 5),
    write_to="Community Safety Team, [County] Hall",
)


def drawn(svg):
    """The modules that a picture draws, read back from its path."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1]) // kit.MODULE
    rows = [[False] * side for _ in range(side)]
    for x, y, wide, high in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", svg):
        assert int(high) == kit.MODULE
        for i in range(int(wide) // kit.MODULE):
            rows[int(y) // kit.MODULE][int(x) // kit.MODULE + i] = True
    return rows


def test_the_picture_is_the_code_of_the_address_with_four_modules_of_white_around():
    made = segno.make_qr(TOLD.address, error="m", boost_error=False)
    wanted = [[bool(m) for m in row] for row in made.matrix_iter(border=4)]
    assert drawn(kit.qr(TOLD.address, "Scan")) == wanted
    assert drawn(kit.qr(TOLD.address + "x", "Scan")) != wanted


def test_a_code_is_black_on_white():
    svg = kit.qr(TOLD.address, "Scan")
    assert f'fill="{kit.DARK}"' in svg and f'fill="{kit.LIGHT}"' in svg
    assert contrast(kit.DARK, kit.LIGHT) == pytest.approx(21)


@pytest.mark.parametrize("made", [kit.poster, kit.notice, kit.script])
@pytest.mark.parametrize("ending", [".html", ".pdf", ".docx"])
def test_the_same_words_give_the_same_bytes(made, ending):
    assert as_bytes(made(TOLD), ending) == as_bytes(made(TOLD), ending)


@pytest.mark.parametrize("made", [kit.poster, kit.notice, kit.script])
def test_every_paper_says_by_when_where_and_to_whom(made):
    page = as_bytes(made(TOLD), ".html").decode()
    assert "Tuesday 5 January 2027" in page and TOLD.address in page and "Community Safety Team, [County] Hall" in page
    assert "invented" not in page
    assert "invented" in as_bytes(made(replace(TOLD, is_example=True)), ".html").decode()


@pytest.mark.parametrize("letters", [10, 120, 200, 300, 399, 5000])
def test_a_poster_is_one_page(letters):
    import io

    import pikepdf

    words = "word " * (letters // 5)
    made = as_bytes(kit.poster(replace(TOLD, why=words, title="A draft plan for the safety of a whole county")), ".pdf")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
