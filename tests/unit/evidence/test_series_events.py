"""Dated events on the series: how a file is read, what an event touches, and that nothing is compared across a break."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from csplan.cycle import periods
from csplan.cycle.kpi import VERDICTS
from csplan.errors import CsplanError
from csplan.evidence import changes, count, findings, load, observations, places, series_events, status
from csplan.evidence.plain_words import avoided
from csplan.evidence.series_events import SeriesEvent
from csplan.evidence.store import Store
from csplan.evidence.view import View

COUNTY, HERE, SPLIT, DIVISION = "E06000047", "E01020634", "E01034489", "E05016152"
MANCHESTER, EXETER = "E08000003", "E07000041"
LATE = date(2026, 4, 1)
EVENTS = series_events.all()
HELD = (*periods.between("2024-01", "2024-04"), *periods.between("2025-01", "2025-12"))

ROW = """
[[event]]
id = "new-form"
kind = "recording"
from = "2024-08"
forces = ["durham"]
topics = ["burglary"]
what = "A new form counts sheds apart."
source = "A report of the police force"
address = "https://www.example.org/report"
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def kept(text: str) -> Path:
        path = tmp_path / "series-events.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return kept


def event(**changed: object) -> SeriesEvent:
    """A change of recording in August 2024, with anything about it changed. begins, ends : names of periods"""
    made = SeriesEvent("one", "recording", periods.parse("2024-08"), None, "What.", "Who", "https://www.example.org/")
    given = {name: periods.parse(v) if name in ("begins", "ends") and isinstance(v, str) else v for name, v in changed.items()}
    return replace(made, **given)


def named(id: str) -> SeriesEvent:
    return next(event for event in EVENTS if event.id == id)


# ---- those that are shipped ---------------------------------------------------------------------------------


@pytest.mark.parametrize("one", EVENTS, ids=lambda e: e.id)
def test_every_event_says_when_what_and_who_in_plain_words(one: SeriesEvent):
    assert one.kind in series_events.KINDS
    assert one.address.startswith("https://") and len(one.source) > 10
    assert one.what.endswith(".") and one.what[0].isupper() and avoided(one.words) == ""
    assert one.known_on < LATE, "a shipped event has happened"
    assert max(len(sentence.split()) for sentence in one.words.split(". ")) <= 45


def test_the_known_ones_are_there():
    assert {"greater-manchester-2019", "devon-and-cornwall-2022", "lsoa-2021", "carried-months"} <= {e.id for e in EVENTS}
    assert len({e.id for e in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize(
    ("id", "month", "areas", "others"),
    [
        ("greater-manchester-2019", "2019-07", [MANCHESTER, "E23000005"], [COUNTY, EXETER]),
        ("devon-and-cornwall-2022", "2022-11", [EXETER], [COUNTY, MANCHESTER]),
        ("lsoa-2021", "2019-03", [SPLIT], [HERE, COUNTY]),
        ("durham-restrictions-2020", "2020-03", [COUNTY, HERE], [MANCHESTER]),
        ("durham-divisions-2025", "2025-05", [DIVISION], [COUNTY, HERE]),
        ("carried-months", "2014-12", [COUNTY, HERE], [MANCHESTER]),
        ("course-of-conduct-2018", "2018-04", [COUNTY, MANCHESTER, HERE], []),
    ],
)
def test_an_event_touches_its_areas_and_no_others(id: str, month: str, areas: list[str], others: list[str]):
    one = named(id)
    assert one.begins.from_month == month
    assert all(one.touches(area) for area in areas) and not any(one.touches(area) for area in others)


def test_an_event_of_one_type_touches_that_type_alone():
    one = named("durham-101-calls-2023")
    assert one.touches(COUNTY, "anti-social-behaviour") and not one.touches(COUNTY, "burglary")


def test_nothing_is_told_before_it_could_be_known():
    told = {e.id for e in series_events.touching(COUNTY, day=date(2020, 1, 9))}
    assert "durham-restrictions-2020" not in told and "durham-101-calls-2023" not in told
    assert "durham-harassment-recorded-2017" in told


def test_the_page_of_the_docs_is_up_to_date():
    tool = Path(__file__).resolve().parents[3] / "tools" / "series_events_page.py"
    checked = subprocess.run([sys.executable, tool, "--check"], check=False)
    assert checked.returncode == 0, "run: python tools/series_events_page.py"


# ---- reading a file -----------------------------------------------------------------------------------------


def test_a_file_is_read_as_it_is_written(write):
    [one] = series_events.read(write(ROW))
    assert (one.id, one.kind, one.begins.id, one.ends, one.forces, one.topics) == (
        "new-form",
        "recording",
        "2024-08",
        None,
        ("durham",),
        ("burglary",),
    )
    assert one.breaks and one.words == "From August 2024: A new form counts sheds apart."
    assert one.as_json()["from"] == {"id": "2024-08", "from": "2024-08", "to": "2024-08"} and one.as_json()["to"] is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[event]]", "[[event", "cannot be read"),
        ('kind = "recording"', 'kind = "rumour"', "has no kind that is known"),
        ('source = "A report of the police force"', "", "lacks “source”"),
        ('source = "A report of the police force"', 'source = " "', "lacks “source”"),
        ('"https://www.example.org/report"', '"www.example.org"', "the address of its source"),
        ('"2024-08"', '"August"', "has a date that is none: “August” is not a period"),
        ('from = "2024-08"', "", "either a “from” or the “months”"),
        ('from = "2024-08"', 'from = "2024-08"\nto = "2024-07"', "ends before it begins"),
        ('["durham"]', '["Durham"]', "a police force that police.uk does not publish"),
        ('["burglary"]', '["sheds"]', "a type that police.uk does not publish"),
        ('["burglary"]', '["burglary"]\nareas = ["E99999999"]', "an area that is not known"),
        ('["burglary"]', '["burglary"]\narea_types = ["street"]', "a type of area that is none of"),
        ('["burglary"]', '["burglary"]\nindicators = ["K999"]', "an indicator that is not in the catalogue"),
        ('["burglary"]', '["burglary"]\ncolour = "red"', "has no place for “colour”"),
        ('["burglary"]', '["burglary"]\nwhile_not_held = true', "must list its “months”"),
        (ROW, ROW + ROW, "names the event “new-form” twice"),
    ],
)
def test_what_is_wrong_is_refused_in_a_sentence(write, old: str, new: str, sentence: str):
    assert old in ROW
    with pytest.raises(CsplanError, match=sentence):
        series_events.read(write(ROW.replace(old, new)))


# ---- when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (event(), "From August 2024"),
        (event(ends="2024-10"), "August to October 2024"),
        (event(begins="2016-10..2017-09"), "Some time between October 2016 and September 2017"),
        (event(ends="2024-09..2025-02"), "From August 2024 until a month not known, February 2025 at the latest"),
        (event(begins="2024-Q1", ends="2024-10"), "Some time between January 2024 and March 2024 until October 2024"),
        (named("carried-months"), "December 2014 to September 2018, March 2019 to December 2023 and May to December 2024"),
    ],
)
def test_when_in_words(made: SeriesEvent, words: str):
    assert made.when == words


@pytest.mark.parametrize(
    ("made", "months", "parts"),
    [
        (event(), ("2024-06", "2024-07"), False),
        (event(), ("2024-08", "2024-09"), False),
        (event(), ("2024-07", "2024-08"), True),
        (event(), (), False),
        # with an end: before, in it, after it
        (event(ends="2024-10"), ("2024-08", "2024-10"), False),
        (event(ends="2024-10"), ("2024-10", "2024-11"), True),
        (event(ends="2024-10"), ("2024-07", "2024-11"), True),
        (event(ends="2024-10"), ("2024-11", "2025-01"), False),
        # a month that is not known: nothing within it can be told apart
        (event(begins="2024-08..2024-10"), ("2024-07",), False),
        (event(begins="2024-08..2024-10"), ("2024-08",), True),
        (event(begins="2024-08..2024-10"), ("2024-10",), False),
        # an outage leaves nothing to read while it lasts
        (event(kind="outage", ends="2024-10"), ("2024-09",), True),
        (event(kind="outage", ends="2024-10"), ("2024-11", "2024-12"), False),
        (event(kind="outage", ends="2024-10"), ("2024-01", "2025-01"), True),
        # what does not break
        (event(kind="access"), ("2024-07", "2024-08"), False),
        (event(kind="campaign"), ("2024-07", "2024-08"), False),
        (event(comparable_because="It is counted anew."), ("2024-07", "2024-08"), False),
        (named("carried-months"), ("2024-01", "2025-01"), False),
    ],
)
def test_which_months_an_event_parts(made: SeriesEvent, months: tuple[str, ...], parts: bool):
    assert made.parts(months) is parts


def test_missing_months_are_told_while_they_are_missing():
    gap = named("carried-months")
    assert [p.id for p in gap.told(HELD).spans] == ["2024-05..2024-12"], "no gap before the first month held"
    nearly = [*HELD, *periods.between("2024-06", "2024-12")]
    assert gap.told(nearly).when == "May 2024"
    assert gap.told(periods.between("2024-01", "2025-12")) is None and gap.told(()) is None


def test_a_change_is_shown_where_the_series_spans_it_and_what_lasts_as_long_as_it_lasts():
    assert event().is_within("2024-01", "2024-12") and not event().is_within("2024-09", "2025-12")
    assert event(kind="outage").is_within("2024-09", "2025-12") and not event(kind="outage").is_within("2024-01", "2024-07")
    assert not event(kind="access", ends="2024-10").is_within("2024-11", "2025-01")


# ---- the verdict --------------------------------------------------------------------------------------------

SERIES = dict.fromkeys(periods.between("2024-01", "2025-12"), 50)


def test_no_test_is_read_across_a_break_and_the_others_keep_theirs():
    year = periods.parse("2025")
    sound, broken = changes.examine(SERIES, year, "2025-12"), changes.examine(SERIES, year, "2025-12", [event()])
    first, second = changes.findings([sound, broken])
    assert first.verdict == "no_clear_change" and first.broken_by == ()
    assert (second.verdict, second.broken_by) == ("break", ("one",))
    assert {second.percent, second.low, second.high, second.p_value, second.q} == {None}
    assert (second.before, second.after) == (600, 600), "the counts stand"
    [alone] = changes.findings([sound])
    assert first.q == alone.q, "what is not tested counts in no q"


def test_a_change_on_one_side_of_the_break_is_tested():
    quarter = periods.parse("2025-Q4")
    [found] = changes.findings([changes.examine(SERIES, quarter, "2025-12", [event(begins="2024-09")])])
    assert found.verdict == "no_clear_change"


def test_a_usual_range_is_made_from_the_months_after_a_break():
    months = periods.between("2024-01", "2025-12")
    assert changes.unbroken(months, [event()]) == months[7:]
    assert changes.unbroken(months, [event(kind="access")]) == months
    assert changes.unbroken(months, [event(), event(begins="2025-12")]) == ("2025-12",)


@pytest.fixture(scope="module")
def store(draw: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Store:
    given = tmp_path_factory.mktemp("given")
    for month in HELD:
        rows = draw.rows(9, month=month) + draw.rows(9, start=9, month=month, type="Drugs")
        (given / f"{month}-durham-street.csv").write_bytes(draw.csv_bytes(rows))
    held = Store(tmp_path_factory.mktemp("data"))
    load.load(held, [given], by="terminal:test")
    return held


@pytest.fixture
def own_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second partnership beside County Durham, with an event of its own on the burglaries of Durham's police force."""
    (tmp_path / "county-durham").symlink_to(places.partnership_folder("county-durham"))
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / series_events.OWN_FILE).write_text(ROW, encoding="utf-8")
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(tmp_path))


def test_one_verdict_on_a_page_and_in_a_figure(store: Store, own_event: None):
    view = View(store, LATE, COUNTY)
    found = findings.area_findings(view, HERE)
    change = found.topic("burglary").change
    assert (change.verdict, change.broken_by) == ("break", ("new-form",))
    assert change.words.startswith("Recording changed between the two:") and "From August 2024: A new form" in change.words
    assert change.brief == VERDICTS["break"]
    assert found.topic("drugs").change.verdict == "no_clear_change", "another type keeps its verdict"
    figure = observations.observe(view, "recorded-burglary", "change", HERE, "2025")
    assert (figure.value, figure.numerator, figure.denominator) == (None, 36, 36)
    assert VERDICTS["break"] in figure.why and "From August 2024" in figure.why
    told = found.as_json()
    assert "new-form" in [e["id"] for e in told["events"]]
    assert [e["id"] for e in told["topics"][2]["events"]] == [e.id for e in found.topics[2].events]


def test_without_an_event_the_same_figures_have_a_verdict(store: Store):
    view = View(store, LATE, COUNTY)
    assert findings.area_findings(view, HERE).topic("burglary").change.verdict == "no_clear_change"
    assert observations.observe(view, "recorded-burglary", "change", HERE, "2025").value is not None


def test_status_and_count_tell_the_events(store: Store, own_event: None):
    assert "new-form" in [e["id"] for e in status.status(store)["events"]]
    asked = {"area": COUNTY, "from_month": "2024-06", "to_month": "2025-06"}
    assert "new-form" in [e["id"] for e in count.count(store, type="burglary", **asked)["events"]]
    assert "new-form" not in [e["id"] for e in count.count(store, type="drugs", **asked)["events"]]
    asked["from_month"] = "2025-01"
    assert "new-form" not in [e["id"] for e in count.count(store, type="burglary", **asked)["events"]]


def test_counting_where_nothing_was_published_says_why(store: Store):
    asked = count.count(store, area=MANCHESTER, from_month="2024-01", to_month="2024-12")
    assert asked["count"] is None and [e["id"] for e in asked["events"]] == ["greater-manchester-2019"]
