"""The three files of a new partnership."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from csplan.cycle import set_up
from csplan.documents import partnership_files
from csplan.documents.dress import Colours
from csplan.evidence import proposal

TODAY = date(2026, 11, 25)


def files(code="E06000001", colours=None):
    made = proposal.propose(code, on=TODAY)
    return made.described, partnership_files.files(
        made.described, left=set_up.left(made.described, on=TODAY), notes=made.notes, colours=colours
    )


def test_what_is_left_is_said_in_words_and_for_programs():
    described, held = files()
    told = tomllib.loads(held["partnership.toml"])
    assert {key: value for key, value in told.items() if key != "left"} == described
    assert "fire" in [one["ref"] for one in told["left"]]
    assert all(f"# - {one['words']}" in held["partnership.toml"] for one in told["left"])


def test_colours_are_written_where_they_were_chosen():
    assert "colours" not in tomllib.loads(files()[1]["website.toml"])
    told = tomllib.loads(files(colours=Colours("#00629b", "#003b5c", "#e6f2f8"))[1]["website.toml"])
    assert told["colours"] == {"accent": "#00629b", "deep": "#003b5c", "tint": "#e6f2f8"}


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [("E06000001", "0808 2000 247", "0808 80 10 800"), ("W06000002", "0808 80 10 800", "0808 2000 247")],
)
def test_each_country_has_its_own_helpline_for_domestic_abuse(code, there, not_there):
    words = files(code)[1]["report-it.toml"]
    assert there in words and not_there not in words
    assert "Durham" not in words and "\nchecked_on" not in words


def test_nothing_is_written_over(tmp_path: Path):
    held = files()[1]
    partnership_files.write(tmp_path / "new" / "safer", held)
    assert {p.name: p.read_text(encoding="utf-8") for p in (tmp_path / "new" / "safer").iterdir()} == held
    (tmp_path / "new" / "safer" / "website.toml").write_text("mine")
    with pytest.raises(FileExistsError):
        partnership_files.write(tmp_path / "new" / "safer", held)
    assert (tmp_path / "new" / "safer" / "website.toml").read_text() == "mine"
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["safer"]
