"""Those who answered stand beside those who live in each area, by the divisions of the day on which they were asked."""

from datetime import date

import pytest

from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.evidence import areas
from csplan.evidence.areas import characteristics
from csplan.records import receipts
from csplan.records.actions import answer
from csplan.records.actions import consultation as actions
from csplan.records.models import Consultation
from csplan.records.reading import consultation_desk, respondents

DURHAM = "E06000047"
NOW, THEN = date(2026, 11, 1), date(2020, 1, 20)


def divisions(day):
    return sorted(areas.get(code).name for code in areas.members("division", day) if areas.district_of(code) == DURHAM)


@pytest.mark.parametrize("day", [THEN, NOW])
def test_divisions_of_any_day_hold_everyone_of_the_county_between_them(day):
    held = characteristics.of_areas(DURHAM, divisions(day), NOW, drawn_on=day)
    assert held.total == areas.denominator(DURHAM, "residents").value and abs(sum(map(held.share, held.people)) - 1) < 1e-9


def test_nothing_is_said_of_names_that_are_not_there_or_before_the_figures_were_published():
    assert characteristics.of_areas(DURHAM, ["Nowhere"], NOW, drawn_on=NOW) is None
    assert characteristics.of_areas(DURHAM, [], NOW, drawn_on=NOW) is None
    assert characteristics.of_areas(DURHAM, divisions(THEN), THEN, drawn_on=THEN) is None


def test_areas_with_few_answers_are_told_together_beside_their_people(tell, person):
    tell("2019-12-17T08:00:00")
    held, names = Consultation.objects.get(slug="plan-2020-25"), divisions(THEN)
    area = {
        "ref": "where",
        "kind": "area",
        "family": "about",
        "words": "Where do you live?",
        "options": [*names, "I would rather not say"],
        "characteristic": "area",
    }
    draft = consultation_desk.draft(held)
    with clock.at(clock.parse("2019-12-17T08:10:00")):
        actions.describe(consultation=held, described={**draft, "questions": [*draft["questions"], area]}, by=person("manager"))
        actions.check(consultation=held, by=person("analyst"))
    with clock.at(clock.parse("2019-12-17T10:00:00")):
        actions.open(consultation=held, by=person("manager"))
        held = Consultation.objects.get(pk=held.pk)
        lived = [names[0]] * 11 + [names[1]] * 4 + names[2:9] + ["I would rather not say"]
        for home in lived:
            answer.respond(
                consultation=held, answers={"where": home, "what-to-change": "More lights."}, form_key=receipts.new_form_key()
            )
    told = next(r for r in respondents.respondents(held, clock.start_of(NOW)) if r["characteristic"] == "area")
    assert told["told"] == 22 and [(b["band"], b["count"]) for b in told["bands"]] == [
        (names[0], 11),
        ("The other 62 answers together", 11),
    ]
    assert abs(sum(b["population_share"] for b in told["bands"]) - 1) < 1e-9 and "Census 2021" in told["source"]


PEOPLE = """
[[people]]
area = "E06000047"
characteristic = "disability"
source = "An example, made up"
published_on = 2023-01-19
[people.bands]
"Disabled" = 110
"Not disabled" = 390
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Write the own figures of a partnership."""
    folder = tmp_path / "partnerships" / "somewhere"
    folder.mkdir(parents=True)
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(folder.parent))
    return lambda text: (folder / "people.toml").write_text(text)


def test_a_partnership_adds_the_people_that_are_not_carried(own):
    assert characteristics.population(DURHAM, "disability", NOW) is None
    own(PEOPLE)
    held = characteristics.population(DURHAM, "disability", NOW)
    assert held.share("Disabled") == pytest.approx(0.22) and held.source == "An example, made up"
    assert characteristics.population(DURHAM, "disability", THEN) is None, "not before it was published"
    assert characteristics.population("E06000001", "disability", NOW) is None
    assert characteristics.population(DURHAM, "sex", NOW).source.startswith("Census 2021"), "what is carried stays"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (PEOPLE.replace('"Disabled" = 110', '"Poorly" = 110'), "the bands of disability are “Disabled”, “Not disabled”"),
        (PEOPLE.replace("= 110", '= "many"'), "are a whole number"),
        (PEOPLE.replace("= 110", "= 0").replace("= 390", "= 0"), "are a whole number"),
        (PEOPLE.replace("2023-01-19", '"January"'), "is a day such as"),
        (PEOPLE.replace("source", "sauce"), "lacks “source”"),
    ],
)
def test_own_figures_that_are_none_are_refused_in_words(own, wrong, said):
    own(wrong)
    with pytest.raises(CsplanError, match=said):
        characteristics.population(DURHAM, "disability", NOW)
