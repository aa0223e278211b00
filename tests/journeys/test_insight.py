"""A resident looks up what is happening: home, topics, areas, the search, and where the numbers come from."""

import csv
import io
import re
from html.parser import HTMLParser

import pikepdf
import pytest

from csplan.cycle import clock
from csplan.evidence import areas, types
from csplan.website.pages.ground import ground
from tests.journeys.insight_site import DURHAM, INSIGHT, SCRUTINY, SHILDON, TODAY, facts, read

AREA_KEYS = {"area", "period", "topics", "releases", "missing_months"}
TOPIC_KEYS = {"topic", "title", "count", "rate", "low", "high", "per", "denominator", "status", "change", "comparison"}


def rows(demo, address: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(demo.get(address.rstrip("/") + ".csv").content.decode())))


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


class Outline(HTMLParser):
    """The ids and the levels of headings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.ids += [value for name, value in attributes if name == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


# ---- every page is there ----------------------------------------------------------------------------


@pytest.mark.parametrize("day", [None, SCRUTINY])
def test_every_topic_answers_with_its_map_and_its_data(demo, day):
    for topic in types.TYPES:
        page = main_of(read(demo, f"{INSIGHT}/topics/{topic}/", day))
        assert page.count("<h1") == 1 and "What is being done?" in page
        told = facts(demo, f"{INSIGHT}/topics/{topic}/", day)
        assert TOPIC_KEYS <= told["topic"].keys() and len(told["areas"]) == 65
        assert ("Hexagon map" in page) == (day is None)


def test_every_neighbourhood_answers_with_the_keys_that_programs_rely_on(demo):
    neighbourhoods = areas.within(DURHAM, "msoa")
    assert len(neighbourhoods) == 65
    for area in neighbourhoods:
        assert f"</span>{area.name}</h1>" in read(demo, f"{INSIGHT}/areas/{area.code}/")
        told = facts(demo, f"{INSIGHT}/areas/{area.code}/")
        assert told.keys() >= AREA_KEYS and told["area"]["code"] == area.code
        assert [t["topic"] for t in told["topics"]] == list(types.TYPES)
        assert all(t.keys() >= TOPIC_KEYS for t in told["topics"])


def test_divisions_and_small_areas_answer(demo):
    divisions = areas.within(DURHAM, "division", clock.today())
    assert len(divisions) == 51
    for code in [a.code for a in divisions[::5]] + list(areas.lsoas(DURHAM))[::40]:
        read(demo, f"{INSIGHT}/areas/{code}/")
        read(demo, f"{INSIGHT}/areas/{code}/burglary/")


def test_a_small_area_made_by_a_split_says_that_nothing_is_held_before_it(demo):
    split = next(code for code in areas.lsoas(DURHAM) if not areas.lsoas(code, "2011"))
    assert "not held" in read(demo, f"{INSIGHT}/areas/{split}/", SCRUTINY)
    assert "No month is held for this place" in read(demo, f"{INSIGHT}/areas/{split}/burglary/", SCRUTINY)


@pytest.mark.parametrize("code", ["E06000005", "E23000008", "E02000001", "nonsense"])
def test_a_place_outside_the_partnership_has_no_page(demo, code):
    response = demo.get(f"{INSIGHT}/areas/{code}/")
    assert response.status_code == 404 and "is not the code of an area in County Durham" in response.content.decode()


def test_divisions_are_those_of_the_day(demo):
    old, new = "E05009030", "E05016183"
    assert "63 electoral divisions" in read(demo, f"{INSIGHT}/", "2025-04-30")
    assert "51 electoral divisions" in read(demo, f"{INSIGHT}/", "2025-05-01")
    assert demo.get(f"{INSIGHT}/areas/{new}/", {"as_at": "2025-04-30"}).status_code == 404
    assert "was not in force on" in read(demo, f"{INSIGHT}/areas/{old}/")
    assert "was not in force on" not in read(demo, f"{INSIGHT}/areas/{old}/", "2025-04-30")


def test_a_day_before_any_figure_was_out_says_so(demo):
    assert "No police figures of County Durham had been published" in read(demo, "/county-durham/", "2014-01-15")
    assert demo.get(f"{INSIGHT}/areas/{SHILDON}/", {"as_at": "2014-01-15"}).status_code == 404


# ---- the same words and figures everywhere ----------------------------------------------------------


@pytest.mark.parametrize("code", [DURHAM, SHILDON])
def test_verdicts_and_figures_agree_over_page_data_and_table(demo, code):
    profile = read(demo, f"{INSIGHT}/areas/{code}/")
    told = {t["topic"]: t for t in facts(demo, f"{INSIGHT}/areas/{code}/")["topics"]}
    table = {row["topic"]: row for row in rows(demo, f"{INSIGHT}/areas/{code}/")}
    for topic, t in told.items():
        page = read(demo, f"{INSIGHT}/areas/{code}/{topic}/")
        assert t["change"]["words"] in page and t["words"] in page and t["comparison"]["words"] in page
        assert f"{t['count']:,} in 2025" in profile and t["change"]["brief"] in profile
        assert facts(demo, f"{INSIGHT}/areas/{code}/{topic}/")["topic"] == t
        assert table[topic]["change_verdict"] == t["change"]["verdict"] and table[topic]["count"] == str(t["count"])
        assert table[topic]["comparison"] == t["comparison"]["verdict"]


def test_the_county_s_topics_say_the_same_on_home_and_on_their_own_page(demo):
    told = {t["topic"]: t for t in facts(demo, f"{INSIGHT}/areas/{DURHAM}/")["topics"]}
    home = read(demo, "/county-durham/")
    for topic in ground("county-durham").topics:
        assert told[topic]["change"]["brief"] in home
        page = read(demo, f"{INSIGHT}/topics/{topic}/")
        assert told[topic]["headline"] in page and told[topic]["change"]["words"] in page


def test_the_map_s_areas_say_what_the_areas_pages_say(demo):
    told = {a["code"]: a for a in facts(demo, f"{INSIGHT}/topics/burglary/")["areas"]}
    own = next(t for t in facts(demo, f"{INSIGHT}/areas/{SHILDON}/")["topics"] if t["topic"] == "burglary")
    assert (told[SHILDON]["count"], told[SHILDON]["rate"]) == (own["count"], own["rate"])
    assert told[SHILDON]["verdict"] == own["comparison"]["verdict"]
    assert sum(a["count"] for a in told.values()) == facts(demo, f"{INSIGHT}/topics/burglary/")["topic"]["count"]


def test_counts_are_those_of_the_publisher_s_files(demo):
    told = facts(demo, f"{INSIGHT}/areas/{DURHAM}/")
    assert told["recorded"] == sum(t["count"] for t in told["topics"]) == 59_949


def test_the_county_stands_among_the_districts_of_its_region_with_its_own_numbers(demo):
    for topic in types.TYPES:
        told, page = facts(demo, f"{INSIGHT}/topics/{topic}/"), read(demo, f"{INSIGHT}/topics/{topic}/")
        if not types.get(topic).compared:
            assert told["region"]["districts"] == [] and told["region"]["why"] == told["topic"]["comparison"]["why"]
            assert "Ranked bars" not in page and told["region"]["why"] in page
            assert demo.get(f"{INSIGHT}/topics/{topic}/region.csv").status_code == 404
            continue
        own = next(one for one in told["region"]["districts"] if one["code"] == DURHAM)
        assert {key: own[key] for key in ("count", "rate", "low", "high")} == {
            key: told["topic"][key] for key in ("count", "rate", "low", "high")
        }
        assert told["region"]["words"] in page and f"County Durham had {own['rate']:.1f} per 1,000" in page
        table = rows(demo, f"{INSIGHT}/topics/{topic}/region")
        assert [row["district"] for row in table] == [one["code"] for one in told["region"]["districts"]] and len(table) == 12
        assert f"{INSIGHT}/topics/{topic}/region.csv" in page


# The national table came out on 1 March 2026, and with it the last month of 2025.
@pytest.mark.parametrize(("day", "is_shown"), [("2026-02-28", False), ("2026-03-01", True)])
def test_the_region_shows_from_the_day_its_figures_were_out(demo, day, is_shown):
    assert bool(facts(demo, f"{INSIGHT}/topics/burglary/", day)["region"]["districts"]) == is_shown
    assert ("Ranked bars" in read(demo, f"{INSIGHT}/topics/burglary/", day)) == is_shown
    assert demo.get(f"{INSIGHT}/topics/burglary/region.csv", {"as_at": day}).status_code == (200 if is_shown else 404)


def test_every_mark_of_a_map_stands_in_its_key(demo):
    page = main_of(read(demo, f"{INSIGHT}/topics/robbery/"))
    zeros = sum(a["count"] == 0 for a in facts(demo, f"{INSIGHT}/topics/robbery/")["areas"])
    assert page.count(f"<strong>None recorded</strong> {zeros} areas") == 2  # hexagons and real boundaries
    assert "None recorded" not in main_of(read(demo, f"{INSIGHT}/topics/burglary/"))


# ---- the search -------------------------------------------------------------------------------------


def test_every_example_printed_is_found(demo):
    for address in ("/county-durham/", f"{INSIGHT}/", "/county-durham/search/"):
        links = re.findall(r'href="(/county-durham/search/\?q=[^"]+)"', read(demo, address))
        assert len(links) == len(ground("county-durham").examples) == 3
        for link in links:
            found = demo.get(link)
            assert found.status_code == 302 and demo.get(found.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("dh15ul", "areas/E02004315/"),  # a postcode as it is typed: its neighbourhood
        ("shildon", "areas/E02004340/"),  # the name of one neighbourhood, though a division's begins with it
        ("E01020590", "areas/E01020590/"),  # a code
        ("burglary", "topics/burglary/"),  # a topic
        ("asb", "topics/anti-social-behaviour/"),  # a short name of one
    ],
)
def test_one_sure_answer_leads_straight_there(demo, asked, leads_to):
    response = demo.get("/county-durham/search/", {"q": asked, "as_at": "2026-01-01"})
    assert response.headers["Location"] == f"{INSIGHT}/{leads_to}?as_at=2026-01-01"


def test_several_answers_are_listed_with_what_each_is(demo):
    page = main_of(read(demo, "/county-durham/search/?q=Peterlee"))
    assert "Peterlee East" in page and "electoral division" in page and "neighbourhood" in page
    told = demo.get("/county-durham/search.json?q=Peterlee").json()
    assert "Peterlee East" in [a["name"] for a in told["areas"]] and told["topics"] == []


@pytest.mark.parametrize("asked", ["", "   ", "xyzzy", "SW1A 1AA", "qwxz <b>"])
def test_what_is_not_found_says_what_can_be_asked(demo, asked):
    response = demo.get("/county-durham/search/", {"q": asked})
    page = response.content.decode()
    assert response.status_code == 200 and "<b>" not in page
    assert ("You can search for" in page) == bool(asked.strip())


# ---- the day ----------------------------------------------------------------------------------------

PAGES_OF_A_DAY = [
    "/county-durham/",
    f"{INSIGHT}/",
    f"{INSIGHT}/areas/{DURHAM}/",
    f"{INSIGHT}/areas/{SHILDON}/",
    f"{INSIGHT}/areas/{SHILDON}/burglary/",
    f"{INSIGHT}/topics/burglary/",
    f"{INSIGHT}/topics/anti-social-behaviour/",
    f"{INSIGHT}/indicators/recorded-burglary/",
    f"{INSIGHT}/data/",
]


@pytest.mark.parametrize("address", PAGES_OF_A_DAY)
def test_nothing_later_than_the_day_shows(demo, address):
    page, told = main_of(read(demo, address, SCRUTINY)), str(facts(demo, address, SCRUTINY))
    if address.endswith(("data/", "indicators/recorded-burglary/")):
        # How a table was made, and when a definition was written, are no figures of a later day.
        page, told = page.split("Tables worked out")[0], ""
    for text in (page, told):
        assert re.findall(r"\b202[1-9]\b", text) == [], re.findall(r".{60}\b202[1-9]\b.{20}", text)[:3]


@pytest.mark.parametrize("address", PAGES_OF_A_DAY)
def test_links_keep_the_day(demo, address):
    links = re.findall(r'href="(/[^"]*)"', main_of(demo.get(address, {"as_at": SCRUTINY}).content.decode()))
    assert links and [link for link in links if f"as_at={SCRUTINY}" not in link] == []


@pytest.mark.parametrize("address", PAGES_OF_A_DAY)
@pytest.mark.parametrize("day", [None, SCRUTINY])
def test_headings_are_in_order_and_no_id_is_used_twice(demo, address, day):
    outline = Outline()
    outline.feed(read(demo, address, day))
    assert outline.levels[0] == 1 and outline.levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))


def test_before_populations_were_out_the_county_has_rates_and_small_areas_say_why_not(demo):
    county = next(t for t in facts(demo, f"{INSIGHT}/areas/{DURHAM}/", SCRUTINY)["topics"] if t["topic"] == "burglary")
    assert county["denominator"]["year"] == 2011 and county["rate"] and county["change"]["verdict"] == "not_held"
    small = next(t for t in facts(demo, f"{INSIGHT}/areas/{SHILDON}/", SCRUTINY)["topics"] if t["topic"] == "burglary")
    assert small["rate"] is None and "not held here for areas of this size" in small["why"]
    assert small["why"] in read(demo, f"{INSIGHT}/areas/{SHILDON}/", SCRUTINY)


# ---- where the numbers come from --------------------------------------------------------------------


def test_the_data_page_names_every_file_and_every_gap(demo):
    told = facts(demo, f"{INSIGHT}/data/")
    files = [unit for release in told["releases"] for unit in release["units"]]
    assert len(files) == 32 and all(re.fullmatch("[0-9a-f]{64}", unit["sha256"]) for unit in files)
    assert len(told["months"]["held"]) == 32 and "2024-05" in told["months"]["missing"]
    page = read(demo, f"{INSIGHT}/data/")
    assert all(unit["sha256"][:12] in page for unit in files)
    assert [row["sha256"] for row in rows(demo, f"{INSIGHT}/data/")] == [unit["sha256"] for unit in files]
    for one in told["downloads"]:
        assert demo.get(one["url"]).headers["Content-Type"].startswith("text/csv")


def test_an_indicator_says_what_it_stands_in_for(demo):
    page = read(demo, f"{INSIGHT}/indicators/recorded-burglary/")
    assert "Burglary of homes" in page and f'{INSIGHT}/indicators/#K121"' in page
    assert demo.get(f"{INSIGHT}/indicators/K999/").status_code == 404
    for one in facts(demo, f"{INSIGHT}/indicators/")["indicators"]:
        if one["has_figures"]:
            read(demo, one["path"])


def test_factsheets_come_on_paper_in_both_forms(demo):
    pdf = demo.get(f"/county-durham/factsheets/{SHILDON}.pdf")
    assert pdf.content.startswith(b"%PDF") and "factsheet-E02004340-2025.pdf" in pdf.headers["Content-Disposition"]
    word = demo.get(f"/county-durham/factsheets/{DURHAM}/burglary/2025.docx")
    assert word.content.startswith(b"PK")
    assert demo.get(f"/county-durham/factsheets/{SHILDON}.exe").status_code == 404
    assert demo.get(f"/county-durham/factsheets/{SHILDON}/nonsense/2025.pdf").status_code == 404
    assert demo.get(f"/county-durham/factsheets/{SHILDON}/burglary/next-year.pdf").status_code == 400


@pytest.mark.parametrize("address", [DURHAM, SHILDON, f"{DURHAM}/burglary/2025"])
def test_a_factsheet_has_two_pages_at_most(demo, address):
    pdf = demo.get(f"/county-durham/factsheets/{address}.pdf").content
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) <= 2


# ---- the plan and the consultation beside the figures ------------------------------------------------


def test_home_leads_from_the_figures_to_the_plan_and_the_consultation(tell, client, carried, monkeypatch):
    monkeypatch.setenv("CSPLAN_DATA", str(carried))
    tell("2020-01-20")
    with clock.at(clock.parse("2020-01-20")):
        page = main_of(read(client, "/county-durham/"))
        assert page.count('class="csp-knot"') == 6 and "Have your say" in page and "/respond/" in page
        assert "Safer Homes" in read(client, f"{INSIGHT}/topics/burglary/")
    with clock.at(clock.parse("2020-02-20")):
        assert "/respond/" not in main_of(read(client, "/county-durham/"))


def test_home_shows_three_indicators_once_they_are_adopted(tell, client, carried, monkeypatch):
    monkeypatch.setenv("CSPLAN_DATA", str(carried))
    tell(TODAY)
    with clock.at(clock.parse(TODAY)):
        shown = facts(client, "/county-durham/")["indicators"]
        page = read(client, "/county-durham/")
        assert [k["id"] for k in shown] == list(ground("county-durham").indicators)
        assert all(k["title"] in page and k["sentence"] in page for k in shown)


# ---- what a reader must not be misled by ------------------------------------------------------------


@pytest.mark.parametrize("asked", ["St Johns Chapel", "Old Trafford"])
def test_a_name_that_is_not_wholly_found_is_listed_never_gone_to(demo, asked):
    page = main_of(read(demo, f"/county-durham/search/?q={asked.replace(' ', '+')}"))
    assert "These are the nearest names" in page


def test_a_carried_table_of_an_earlier_day_names_no_later_day(demo):
    page = main_of(read(demo, f"{INSIGHT}/data/", "2020-01-09"))
    assert "2026" not in page and page.count("they are not shown on this day") == 2
    told = demo.get(f"{INSIGHT}/data.json", {"as_at": "2020-01-09"}).json()
    assert [t["name"] for t in told["tables"] if t["in_part"]] == ["counts-by-lsoa.csv.gz", "force-months.csv"]
    assert not any((t["published_on"] or "") > "2020-01-09" for t in told["tables"])


def test_an_indicator_of_an_earlier_day_tells_no_later_day_as_data(demo):
    told = demo.get(f"{INSIGHT}/indicators/recorded-burglary.json", {"as_at": "2020-01-09"}).json()["indicator"]
    assert (told["next_review"], told["changes"]) == (None, [])
    assert "The analyst writes it and the performance officer checks it" in read(demo, f"{INSIGHT}/indicators/recorded-burglary/")


def test_a_division_has_questions_to_read_and_three_on_one_page(demo):
    assert "/county-durham/scrutiny/questions/E05016154/" in demo.get("/county-durham/scrutiny/questions/").content.decode()
    assert demo.get("/county-durham/scrutiny/questions/E05016154/").content.decode().count("On the one page") == 3
    assert demo.get("/county-durham/scrutiny/questions/E05016154.pdf").content.startswith(b"%PDF")
    assert demo.get("/county-durham/scrutiny/questions/E05000001/").status_code == 404
