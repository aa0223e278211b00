"""What `make assets` built, and what may be in it (docs/decisions: no marks that are not ours)."""

import importlib.util
import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from csplan.documents import palette

ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / "csplan/website/static/built"
PAPER_FONTS = ROOT / "csplan/documents/fonts"
TEMPLATES = ROOT / "csplan/website/templates"


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    file = BUILT / "names.json"
    assert file.is_file(), "run `make assets` first"
    return json.loads(file.read_text())


def texts(names: dict[str, str]) -> dict[str, str]:
    return {name: (BUILT / held).read_text() for name, held in names.items() if name.endswith((".css", ".js", ".svg"))}


def builder():
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "tools/build_assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_built_from_the_sources_that_stand_here():
    module = builder()
    assert module.is_current(module.digest()), "run `make assets`: sources have changed since"


def test_every_built_file_stands_under_its_name(names):
    assert {"brand.css", "app.js", "supported.js", "govuk.js", "icon.svg"} <= set(names)
    assert all((BUILT / held).is_file() for held in names.values())


@pytest.mark.parametrize("mark", ["GDS Transport", "govuk-crest", "govuk-icon", "crown", "crest", "sourceMappingURL"])
def test_no_shipped_style_sheet_script_or_picture_names(names, mark):
    assert [name for name, text in texts(names).items() if mark.lower() in text.lower()] == []


def test_every_font_is_ours_to_use(names):
    files = [BUILT / held for name, held in names.items() if name.endswith(".woff2")] + sorted(PAPER_FONTS.glob("*.ttf"))
    assert len(files) == 12  # eight pieces for pages, four whole cuts for papers
    assert {TTFont(file)["name"].getDebugName(1) for file in files} == {"Atkinson Hyperlegible"}


@pytest.mark.parametrize("cut", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_paper_fonts_hold_both_pieces(cut):
    letters = TTFont(PAPER_FONTS / f"AtkinsonHyperlegible-{cut}.ttf").getBestCmap()
    assert {ord(c) for c in "A0é£–’“”−"} <= set(letters)  # from the first piece
    assert ord("ł") in letters  # from the second


def test_licences_stand_beside_what_they_cover():
    assert "MIT License" in (BUILT / "licences/govuk-frontend.txt").read_text()
    for file in (BUILT / "licences/atkinson-hyperlegible.txt", PAPER_FONTS / "OFL.txt"):
        assert "Open Font License" in file.read_text()


def test_every_asset_a_template_names_is_built(names):
    asked = {name for file in TEMPLATES.rglob("*.html") for name in re.findall(r"asset\(['\"]([^'\"]+)", file.read_text())}
    assert asked and asked <= set(names)


def test_every_file_a_style_sheet_or_script_names_is_built(names):
    for text in texts(names).values():
        asked = re.findall(r"url\(\"?([^)\"]+)", text) + re.findall(r"from ?[\"']\./([^\"']+)", text)
        assert all((BUILT / name).is_file() for name in asked), asked


def test_no_style_sheet_reaches_outside(names):
    assert re.findall(r"(?:https?:)?//[a-z0-9.]+", texts(names)["brand.css"]) == []


def test_tokens_are_those_of_the_drawings():
    tokens = dict(re.findall(r'"([a-z0-9-]+)": (#[0-9a-f]{6})', (ROOT / "csplan/website/styles/tokens.scss").read_text()))
    drawings = palette.TOKENS | {f"ramp-{n}": colour for n, colour in enumerate(palette.RAMP, 1)}
    assert {name: tokens.get(name) for name in drawings} == drawings


def test_the_lock_holds_no_addresses():
    assert "http" not in (ROOT / "package-lock.json").read_text()
