"""The fonts of papers: where they are, and which signs they hold."""

import pytest

from csplan.documents import fonts
from csplan.errors import CsplanError


def test_signs_are_those_another_reader_finds():
    reader = pytest.importorskip("fontTools.ttLib")
    assert fonts.signs() == set(reader.TTFont(fonts.files()[0]).getBestCmap())


@pytest.mark.parametrize("path", range(4))
def test_every_style_holds_the_same_signs(path):
    reader = pytest.importorskip("fontTools.ttLib")
    assert set(reader.TTFont(fonts.files()[path]).getBestCmap()) == fonts.signs()


def test_english_can_be_printed():
    fonts.check_signs(["“Café” – it’s 12% … £5 · © Crown\nnext row"])


def test_sign_that_the_font_lacks_is_refused_by_name():
    with pytest.raises(CsplanError, match=r"no sign for ≥ \(U\+2265\)\. Write it in words"):
        fonts.check_signs(["80% ≥ 75%"])


def test_missing_fonts_name_the_way(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(CsplanError, match="make assets"):
        fonts.folder()
