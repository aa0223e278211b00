"""A reference in braces: how it is written, what stands in its place, and what is said when it cannot be found."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from csplan.cycle import periods
from csplan.errors import CsplanError
from csplan.evidence import areas, catalogue, load, references
from csplan.evidence.store import Store
from csplan.evidence.view import View

HERE, COUNTY = "E01020634", "E06000047"
#: Burglaries in one small area in each month held; drug offences are always one more. May to December 2024 are not held.
BURGLARIES = dict(
    zip([*periods.between("2024-01", "2024-04"), *periods.between("2025-01", "2025-12")], [9] * 4 + [6] * 12, strict=True)
)


def filled(draw: SimpleNamespace, folder: Path, scratch: Path) -> Store:
    for month, n in BURGLARIES.items():
        rows = draw.rows(n, month=month) + draw.rows(n + 1, start=n, month=month, type="Drugs")
        (scratch / f"{month}-durham-street.csv").write_bytes(draw.csv_bytes(rows))
    store = Store(folder)
    load.load(store, [scratch], by="terminal:test")
    return store


@pytest.fixture(scope="module")
def view(draw: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> View:
    return View(filled(draw, tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("given")), date(2026, 4, 1), COUNTY)


def found(view: View, ref: str) -> references.Found:
    [asked] = references.written(f"{{{ref}}}")
    return references.look_up(view, asked)


#: text, (form, name, whether it stands alone) of each reference in it
TEXTS = [
    ("no figure at all, and {fig-burglary} is a cross-reference", []),
    ("{a.count/E06000047/2025}", [("figure", "a.count/E06000047/2025", True)]),
    ("from {a.count/E06000047/2024/25 Q1} on", [("figure", "a.count/E06000047/2024/25 Q1", False)]),
    ("{chart a.count/E06000047/2025}\nand", [("chart", "a.count/E06000047/2025", True)]),
    ("see {map a.rate/E06000047/2025}", [("map", "a.rate/E06000047/2025", False)]),
    ("{a.b/c/d} twice {a.b/c/d}", [("figure", "a.b/c/d", False)]),
    ("an open { brace / and } none, {} neither", []),
    ("over\n{two\nlines/x}", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_references_are_read_in_order_and_once(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(w.form, w.name, w.is_alone) for w in references.written(text)] == expected


#: reference, words in its place, part of the fuller words, status. By hand: 12 months of 6 burglaries and 7 drug offences.
FIGURES = [
    (f"recorded-burglary.count/{COUNTY}/2025", "72", "72 recorded in 2025.", "counted"),
    (f"recorded-burglary.count/{COUNTY}/2025-06", "six", "Six recorded in June 2025.", "counted"),
    (f"recorded-robbery.count/{COUNTY}/2025", "no", "None recorded in 2025.", "zero"),
    (f"recorded-burglary.rate/{COUNTY}/2025", "0.3", "0.3 for every 1,000 households (95% interval", "counted"),
    (f"recorded-burglary.rate/{COUNTY}/2025-06", "too few for a rate", "Too few for a rate in June 2025.", "counted"),
    (f"recorded-burglary.share/{COUNTY}/2025", "46%", "46% of everything recorded (95% interval", "counted"),
    (f"recorded-burglary.count/{COUNTY}/2024", "not held", "May to December 2024 are not held", "missing"),
    (f"recorded-burglary.count/{COUNTY}/2026", "not held", "The last month held is December 2025.", "missing"),
    (f"recorded-burglary.count/{COUNTY}/2009", "not collected here", "2009", "not_collected"),
]


@pytest.mark.parametrize(("ref", "words", "full", "status"), FIGURES)
def test_a_figure_stands_in_words_with_its_status(view: View, ref: str, words: str, full: str, status: str) -> None:
    seen = found(view, ref)
    assert seen.why == "" and seen.observation
    assert (seen.words, seen.observation.status) == (words, status) and full in seen.full


def test_a_change_says_the_one_verdict_of_the_pages(view: View) -> None:
    from csplan.evidence.findings import area_findings

    change = area_findings(view, COUNTY, periods.parse("2025")).topic("burglary").change
    seen = found(view, f"recorded-burglary.change/{COUNTY}/2025")
    assert (seen.words, seen.full) == (change.brief, change.words) and "36 to 24" in seen.words
    few = found(view, f"recorded-robbery.change/{COUNTY}/2025")
    assert few.words.startswith("too few to tell") and not few.has_value
    assert found(view, f"recorded-burglary.change/{COUNTY}/2024").words == "months to compare are not held"


#: reference, what is said of it
NOT_FOUND = [
    ("foo/bar", "“foo/bar” does not name a figure. Write it as"),
    (f"recorded-burglry.count/{COUNTY}/2025", "There is no indicator “recorded-burglry”"),
    (f"recorded-burglary.many/{COUNTY}/2025", "does not name a figure"),
    ("recorded-burglary.count/E06999999/2025", "No area held has the code “E06999999”"),
    (f"recorded-burglary.count/{COUNTY}/20255", "“20255” is not a period"),
    (f"recorded-burglary.count/{COUNTY}/last/year", "is not a period"),
    (f"K105.count/{COUNTY}/2025", "Its figures are kept with the indicator’s readings"),
    (f"recorded-all-crime.change/{COUNTY}/2025", "Changes are tested type by type"),
    (f"chart recorded-burglary.rate/{COUNTY}/2025", "A chart shows a count. Write it as {chart recorded-burglary.count/"),
    (f"map recorded-burglary.count/{COUNTY}/2025", "A map shows a rate."),
    (f"map recorded-burglary.rate/{HERE}/2025", "A map shows the areas inside a district"),
]


@pytest.mark.parametrize(("ref", "sentence"), NOT_FOUND)
def test_what_is_not_found_says_why_and_is_not_sealed(view: View, ref: str, sentence: str) -> None:
    seen = found(view, ref)
    assert sentence in seen.why and seen.observation is None and seen.words == ""
    with pytest.raises(CsplanError, match="is not found") as refused:
        references.figures_of(["First {recorded-burglary.count/E06000047/2025}.", f"{{{ref}}}"], view)
    assert f"{{{ref}}}" in str(refused.value)


def test_a_block_inside_a_sentence_is_not_found(view: View) -> None:
    [seen] = references.look_up_all(view, [f"Look: {{chart recorded-burglary.count/{COUNTY}/2025}}"]).values()
    assert seen.why == "A chart stands alone on its line. Put nothing before or after it."


def test_blocks_have_a_sentence_and_rows(view: View) -> None:
    chart = found(view, f"chart recorded-burglary.count/{COUNTY}/2024")
    assert chart.words.endswith("month by month, 2024; not held: May to December 2024.")
    assert chart.rows[0] == ("January 2024", "9") and chart.rows[4] == ("May 2024", "not held") and len(chart.rows) == 12
    table = found(view, f"table recorded-burglary.count/{COUNTY}/2025")
    assert table.words.endswith("2025: 72 in all.") and sum(int(n) for _, n in table.rows) == 72
    drawn = found(view, f"map recorded-burglary.rate/{COUNTY}/2025")
    counted = [name for name, words in drawn.rows if words != "0 in all, too few for a rate"]
    assert len(drawn.rows) == 65 and counted == [areas.get(areas.get(HERE).parent or "").name]
    households = areas.denominator(areas.get(HERE).parent or "", "households")
    assert households and f"{1_000 * 72 / households.value:.1f} in {counted[0]}, too few elsewhere" in drawn.words


def test_what_is_sealed_has_value_words_status_and_releases(view: View) -> None:
    [sealed] = references.figures_of([f"So {{recorded-burglary.count/{COUNTY}/2025-06}}."], view)
    assert sealed["ref"] == sealed["observation"] == f"recorded-burglary.count/{COUNTY}/2025-06"
    assert (sealed["value"], sealed["words"], sealed["status"], sealed["form"]) == (6.0, "six", "counted", "figure")
    [release] = sealed["releases"]
    assert "2025-06" in release["key"] and len(release["sha256"]) == 64


def test_a_restated_month_is_told_and_the_sealed_words_stay(draw: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    store = filled(draw, tmp_path / "data", tmp_path / "given")
    texts = [f"{{recorded-burglary.count/{COUNTY}/2025-06}} {{recorded-burglary.count/{COUNTY}/2025-07}}"]
    sealed = references.figures_of(texts, View(store, date(2026, 4, 1), COUNTY))
    rows = draw.rows(7, month="2025-06") + draw.rows(7, start=7, month="2025-06", type="Drugs")
    again = tmp_path / "2025-06-durham-street.csv"
    again.write_bytes(draw.csv_bytes(rows))
    load.load(store, [again], by="terminal:test", edition="2026-02")
    later = View(store, date(2026, 4, 1), COUNTY)
    assert [references.restated(f, later) for f in sealed] == [
        "This figure has since been restated: it would now be seven.",
        "",
    ]
    assert [f["words"] for f in sealed] == ["six", "six"]


def test_a_figure_that_was_not_held_and_now_is_was_published(draw: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    store = filled(draw, tmp_path / "data", tmp_path / "given")
    [sealed] = references.figures_of([f"{{recorded-burglary.count/{COUNTY}/2025-12}}"], View(store, date(2026, 1, 5), COUNTY))
    assert (sealed["words"], sealed["value"], sealed["releases"]) == ("not held", None, [])
    assert references.restated(sealed, View(store, date(2026, 4, 1), COUNTY)) == (
        "This figure has since been published: it would now be six."
    )


FORMS = {"": catalogue.MEASURES, "chart ": ("count",), "table ": ("count",), "map ": ("rate",)}
PLACES = (COUNTY, HERE, areas.get(HERE).parent, areas.region_of(COUNTY).code)
PERIODS = ("2025", "2024", "2025-06", "12m-to-2025-12", "2009")


def says_of_each(view: View, indicators: Iterable[str], place: str | None, period: str) -> None:
    """Whatever the indicator and measure: words, or a sentence that says why not."""
    names = [f"{{{form}{i}.{m}/{place}/{period}}}" for i in indicators for form, some in FORMS.items() for m in some]
    every = references.look_up_all(view, names)
    assert len(every) == len(names)
    for ref, f in every.items():
        assert bool(f.why) != bool(f.words and f.full), ref
        assert f.why == "" or f.why.endswith("."), ref


def test_every_indicator_is_found_or_says_why(view: View) -> None:
    says_of_each(view, [i.id for i in catalogue.all()], COUNTY, "2025")


@pytest.mark.parametrize("period", [*PERIODS, "2025-Q2", "2024/25", "2024/25 Q1", "2025/26 Q1", "2025-01..2025-04"])
@pytest.mark.parametrize("place", PLACES)
def test_every_place_and_period_is_found_or_says_why(view: View, place: str | None, period: str) -> None:
    says_of_each(view, ["recorded-burglary", "recorded-all-crime", "K105"], place, period)


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("place", PLACES)
def test_every_figure_of_the_catalogue_is_found_or_says_why(view: View, place: str | None, period: str) -> None:
    says_of_each(view, [i.id for i in catalogue.all()], place, period)
