"""The files that describe a partnership are read, or refused with a sentence."""

from datetime import date
from pathlib import Path

import pytest

from csplan.errors import CsplanError
from csplan.records.story import files

FOLDER = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CsplanError, match=r"There is no kpis.toml in partnerships/.*Copy one from partnerships/county-durham"):
        files.read(tmp_path, "kpis.toml")


def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path):
    (tmp_path / "story.toml").write_text("[[accounts]\n")
    with pytest.raises(CsplanError, match="story.toml in .* cannot be read: .*line 1.*Correct the file"):
        files.read(tmp_path, "story.toml")


@pytest.mark.parametrize(
    ("board_meets", "starts_on"),
    [
        (date(2027, 1, 25), date(2027, 4, 1)),
        (date(2027, 3, 31), date(2027, 4, 1)),
        (date(2027, 4, 1), date(2028, 4, 1)),
    ],
)
def test_a_refresh_starts_on_the_first_april_after_the_board(board_meets, starts_on):
    told = files.plan(FOLDER, "example-refresh.toml", board_meets=board_meets)
    assert told["plan"]["starts_on"] == starts_on
    assert told["plan"]["ends_on"] == date(starts_on.year + 5, 3, 31)
    first = told["priorities"][0]["deliverables"][0]
    assert first["due"] == date(starts_on.year, 9, 30) and "due_after_months" not in first


def test_a_refresh_without_a_meeting_of_the_board_is_refused():
    with pytest.raises(CsplanError, match="Give starts_on and ends_on"):
        files.plan(FOLDER, "example-refresh.toml", board_meets=None)


def test_the_words_of_another_file_fill_up_what_is_there_and_add_what_is_not():
    told = files.plan(FOLDER, "example-refresh.toml", board_meets=date(2027, 1, 25))
    assert "more" not in told["plan"] and "work_areas" not in told, "what fills up stands inside its priority"
    first = told["priorities"][0]["deliverables"][0]
    assert (first["title"][:8], first["group"], first["starts"]) == ("Redesign", "sub-group-1", date(2027, 4, 1))
    vision = told["alignments"][0]
    assert vision["kind"] == "vision" and vision["agreed_by"] == "County Durham Partnership"
    assert len({a["kind"] for a in told["alignments"]}) == 8 and told["risks"][0]["ref"] == "R1"


@pytest.mark.parametrize("key", ["priorities", "work_areas", "deliverables"])
def test_words_for_a_part_that_the_plan_lacks_are_refused(key):
    told = {"priorities": [{"ref": "1", "work_areas": [{"ref": "1.1"}], "deliverables": [{"ref": "1.1.1"}]}]}
    with pytest.raises(CsplanError, match="words.toml has words for 9, which the plan has not. Correct its reference."):
        files.filled_up(told, {key: [{"ref": "9"}]}, name="words.toml")


def test_a_consultation_that_no_file_tells_is_refused():
    with pytest.raises(CsplanError, match="has no “another”"):
        files.consultation(FOLDER, "another", built_on=date(2026, 1, 1))


def test_only_offices_are_named_never_persons():
    told = files.read(FOLDER, "partnership.toml")
    assert {o["slug"] for o in told["offices"]} >= {"corporate-director", "community-safety-team"}
    assert all(o.get("is_example") or o["slug"] == "corporate-director" for o in told["offices"])
