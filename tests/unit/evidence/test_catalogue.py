"""The catalogue is clean, and the linter finds what boards have tripped over."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csplan.cycle.kpi import JUDGED
from csplan.errors import CsplanError
from csplan.evidence import catalogue
from csplan.evidence.catalogue import Changed, Indicator
from csplan.evidence.types import ALL, TYPES
from csplan.evidence.types import get as get_type

FIRES = catalogue.get("K105")
BURGLARY = catalogue.get("recorded-burglary")
PLAN = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham" / "plan-2020-25.toml"
KPIS = Path(__file__).resolve().parents[3] / "partnerships" / "county-durham" / "kpis.toml"


@pytest.mark.parametrize("indicator", catalogue.all(), ids=lambda i: i.id)
def test_every_indicator_is_clean(indicator: Indicator):
    assert catalogue.lint(indicator) == ()


def test_catalogue_is_clean_as_a_whole():
    assert catalogue.lint_together(catalogue.all()) == ()


@pytest.mark.parametrize("slug", [*TYPES, ALL])
def test_every_type_has_its_indicator_of_the_same_judgement_and_denominator(slug: str):
    indicator, of = catalogue.of_topic(slug), get_type(slug)
    assert (indicator.topic, indicator.polarity, indicator.denominator_id) == (slug, of.polarity, of.denominator)


def test_every_kpi_of_the_demonstration_is_in_the_catalogue():
    adopted = {kpi["ref"]: kpi for kpi in tomllib.loads(KPIS.read_text(encoding="utf-8"))["kpis"]}
    assert {catalogue.get(ref).id for ref in adopted} == set(adopted)


def numbered(first: int, last: int) -> list[str]:
    return [f"K{n:03d}" for n in range(first, last + 1)]


#: The catalogue as it was agreed: 93 indicators. One that is taken out or added is taken out or added here by hand.
AGREED = [
    *numbered(1, 8),
    *(*numbered(101, 113), *numbered(121, 126), *numbered(131, 137)),
    *(*numbered(201, 208), *numbered(221, 226), *numbered(231, 234)),
    *(*numbered(301, 305), *numbered(311, 313)),
    *(*numbered(401, 403), *numbered(411, 418)),
    *(*numbered(501, 505), *numbered(511, 516), *numbered(521, 522), *numbered(531, 532)),
    *numbered(601, 607),
]
MINE = [i for i in catalogue.all() if i.id.startswith("K")]
WORK_AREAS = [w["ref"] for p in tomllib.loads(PLAN.read_text(encoding="utf-8"))["priorities"] for w in p["work_areas"]]


def test_the_catalogue_holds_the_agreed_indicators_and_one_for_each_type():
    assert len(AGREED) == 93
    assert [i.id for i in MINE] == AGREED
    assert sorted({i.id for i in catalogue.all()} - set(AGREED)) == sorted(f"recorded-{slug}" for slug in [*TYPES, ALL])


def test_the_work_areas_of_the_plan_are_all_served_and_no_others():
    assert len(WORK_AREAS) == 17
    assert {ref for i in MINE for ref in i.work_areas if i.work_areas != (catalogue.EVERY_WORK_AREA,)} == set(WORK_AREAS)


@pytest.mark.parametrize("ref", WORK_AREAS)
def test_every_work_area_has_an_outcome_of_its_own(ref: str):
    assert [i.id for i in MINE if ref in i.work_areas and i.tier == "outcome"]


@pytest.mark.parametrize("indicator", MINE, ids=lambda i: i.id)
def test_a_definition_that_no_one_has_published_says_so_twice(indicator: Indicator):
    is_ours = "no public one was found" in indicator.changes[0].what
    assert is_ours == any("No public definition of this figure was found" in caveat for caveat in indicator.caveats)


@pytest.mark.parametrize("indicator", catalogue.all(), ids=lambda i: i.id)
def test_its_sentences_are_short_enough_to_be_read_once(indicator: Indicator):
    for text in (indicator.why, indicator.intent, *indicator.caveats, *(c.what for c in indicator.changes)):
        assert text.endswith((".", "?")), text
        assert max(len(sentence.split()) for sentence in text.split(". ")) <= 34, text


def test_no_two_indicators_share_a_name():
    titles = [i.title.lower() for i in catalogue.all()]
    assert len(set(titles)) == len(titles)


def test_what_can_move_for_other_reasons_carries_no_judgement():
    # more reports, referrals or seizures are never called better or worse
    ambiguous = {"K101", "K103", "K107", "K126", "K131", "K132", "K201", "K206", "K222", "K301", "K505", "K601", "K605"}
    assert {i.id for i in MINE if i.id in ambiguous and i.polarity in JUDGED} == set()


def test_burglary_is_per_household_and_says_what_it_stands_in_for():
    assert (BURGLARY.per, BURGLARY.denominator_id, BURGLARY.unit) == (1000, "households", "burglaries per 1,000 households")
    assert BURGLARY.proxy_of == "K121"
    assert "not homes alone" in BURGLARY.caveats[0]


def test_unknown_indicator_is_refused_in_words():
    with pytest.raises(CsplanError, match="no indicator “K999”"):
        catalogue.get("K999")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "Fires"}, "deliberate or accidental"),  # a board could not tell arson from accident
        ({"title": "MARAC repeat rate and deliberate fires"}, "spell every short form out"),
        ({"why": " "}, "state its why"),
        ({"why": "A significant harm."}, "words to avoid"),
        ({"denominator": ""}, "must state its denominator"),
        ({"measures": ("count",)}, "a count has none"),
        ({"measures": ("rate", "rank")}, "Measures must be"),
        ({"unit": "fires"}, "must say per how many"),
        ({"measures": ("share",), "per": 1000}, "per 100"),
        ({"denominator_id": "residents"}, "nothing else names one"),
        ({"polarity": "good"}, "polarity must be"),
        ({"polarity": "demand_only", "caveats": ()}, "a caveat must say why"),
        ({"polarity": "band"}, "lowest and highest wanted value"),
        ({"band": (1.0, 2.0)}, "lowest and highest wanted value"),
        ({"work_areas": ()}, "work area it serves"),
        ({"work_areas": ("1",)}, "written 1.2"),
        ({"work_areas": ("1.1", "1.1")}, "each once"),
        ({"work_areas": ("all", "1.1")}, "written 1.2"),
        ({"geography": "police force"}, "cover more than the partnership"),
        ({"lag_days": 93}, "later than a quarter"),
        ({"author_role": "performance"}, "another role"),
        ({"checker_role": "friend"}, "roles of the partnership"),
        ({"tier": "result"}, "tier must be"),
        ({"kind": "secret"}, "kind must be"),
        ({"frequency": "weekly"}, "frequency must be"),
        ({"id": "fires"}, "id must be"),
        ({"proxy_of": "K105"}, "stand in for itself"),
        ({"changes": ()}, "begin with its first definition"),
        ({"changes": (Changed(date(2027, 1, 1), "b"), Changed(date(2026, 1, 1), "a"))}, "order of day"),
        ({"next_review": date(2030, 1, 1)}, "within two years"),
        ({"next_review": FIRES.changes[-1].on}, "within two years"),
    ],
)
def test_linter_finds(changes: dict[str, object], sentence: str):
    found = catalogue.lint(replace(FIRES, **changes))
    assert any(sentence in said for said in found), found


def test_lag_of_a_quarter_needs_no_reason():
    assert catalogue.lint(replace(FIRES, lag_days=92)) == ()


def test_linter_finds_a_priority_that_counts_only_what_the_partnership_does():
    trained = replace(FIRES, tier="output")
    assert catalogue.lint_together([trained]) == ("Priority 1 has no outcome among its indicators.",)


def test_an_outcome_of_the_whole_plan_is_the_outcome_of_no_priority():
    trained, whole = replace(FIRES, tier="output"), replace(FIRES, work_areas=("all",))
    assert catalogue.lint(whole) == ()
    assert catalogue.lint_together([trained, whole]) == ("Priority 1 has no outcome among its indicators.",)


def test_linter_finds_a_proxy_for_nothing():
    assert "stands in for K121" in catalogue.lint_together([BURGLARY])[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id = ", "cannot be read"),
        ('id = "K105"\ncolour = "red"', "no place for “colour”"),
        ('id = "K105"', "lacks “author_role”"),
    ],
)
def test_file_that_is_no_indicator_is_refused(tmp_path: Path, text: str, sentence: str):
    file = tmp_path / "K105.toml"
    file.write_text(text)
    with pytest.raises(CsplanError, match=sentence):
        catalogue.read(file)


def test_file_with_another_name_is_refused(tmp_path: Path):
    file = tmp_path / "K106.toml"
    file.write_text((catalogue.FOLDER / "K105.toml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CsplanError, match="calls itself “K105”"):
        catalogue.read(file)
