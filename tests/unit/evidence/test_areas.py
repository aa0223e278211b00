"""Areas: codes, what adds up to what, who lives there, and finding a place by name."""

from datetime import date

import pytest

from csplan.errors import CsplanError
from csplan.evidence import areas, places

DURHAM = "E06000047"
FROZEN = date(2019, 12, 17)  # a day of the demonstration, long before the census of 2021 was published


def names(text, **how):
    return [area.name for area in areas.search(text, **how)]


# ---- codes ----


@pytest.mark.parametrize(
    ("code", "name", "kind", "parent"),
    [
        ("E01020590", "Great Lumley & Bournmoor, part A", "lsoa", "E02004295"),
        ("E02004340", "Shildon", "msoa", DURHAM),
        ("E05016182", "Lower Teesdale", "division", DURHAM),
        (DURHAM, "County Durham", "district", "E22000365"),
        ("E06000063", "Cumberland", "district", "E23000002"),  # three partnerships share it, so its parent is the force
        ("E22000365", "County Durham", "csp", "E23000008"),
        ("E23000008", "Durham", "force", None),
        ("E12000001", "North East", "region", None),
        ("W06000015", "Cardiff", "district", "W14000015"),
    ],
)
def test_an_area_is_known_by_its_code(code, name, kind, parent):
    assert areas.get(code) == areas.Area(code, name, kind, parent)


def test_unknown_code_is_refused_in_words():
    with pytest.raises(CsplanError, match="No area held has the code “E99”. Find the area by its name or postcode"):
        areas.get("E99")


def test_a_code_of_2011_is_refused_with_the_codes_that_took_its_place():
    with pytest.raises(CsplanError, match="E01034489 or E01034490 or E01034491"):
        areas.get("E01020644")


def test_names_of_small_areas_are_not_shared_within_the_county():
    held = [area.name for area in areas.within(DURHAM, "lsoa")]
    assert len(set(held)) == len(held) == 330


# ---- what lies in what ----


@pytest.mark.parametrize(
    ("kind", "day", "count"),
    [
        ("lsoa", None, 330),
        ("msoa", None, 65),
        ("division", None, 51),
        ("division", date(2025, 4, 30), 63),  # their last day
        ("division", date(2025, 5, 1), 51),  # the first day of the present ones
        ("division", date(2013, 5, 1), 0),  # before either is carried
        ("csp", None, 1),
        ("district", None, 1),
    ],
)
def test_areas_within_the_county(kind, day, count):
    assert len(areas.within(DURHAM, kind, day)) == count


@pytest.mark.parametrize("vintage", ["2011", "2021"])
@pytest.mark.parametrize(("kind", "day"), [("msoa", None), ("division", None), ("division", FROZEN)])
def test_every_small_area_of_the_county_counts_once_in_each_layer(kind, day, vintage):
    whole = areas.lsoas(DURHAM, vintage)
    parts = [code for area in areas.within(DURHAM, kind, day) for code in areas.lsoas(area.code, vintage)]
    assert sorted(parts) == sorted(whole)
    assert len(whole) == {"2011": 324, "2021": 330}[vintage]


def test_force_holds_both_its_districts():
    inside = {area.name for area in areas.within("E23000008", "district")}
    assert inside == {"County Durham", "Darlington"}
    assert len(areas.lsoas("E23000008")) == 330 + 66


def test_partnership_with_one_district_has_its_small_areas():
    assert areas.lsoas("E22000365") == areas.lsoas(DURHAM)


def test_partnership_that_is_part_of_a_district_is_refused():
    with pytest.raises(CsplanError, match="Carlisle is a part of Cumberland.*Ask for E06000063"):
        areas.lsoas("E22000033")


# E01020644 was split in three; E01020736 and E01020738 became E01034500.
@pytest.mark.parametrize(
    ("code", "codes_2011"),
    [
        ("E01020590", ("E01020590",)),  # unchanged
        ("E01034489", ()),  # a part of a split area: older counts cannot be told
        ("E01034500", ("E01020736", "E01020738")),  # merged: the two together
    ],
)
def test_codes_of_2011_of_a_small_area(code, codes_2011):
    assert areas.lsoas(code, "2011") == codes_2011


def test_share_fitted_says_how_well_whole_areas_stand_for_another():
    assert areas.share_fitted(DURHAM) == areas.share_fitted(DURHAM, "2011") == 1.0
    assert areas.share_fitted("E02004340", "2011") == 1.0
    assert 0.7 < areas.share_fitted("E05016185") < 0.9
    assert areas.share_fitted("E01034489", "2011") == 0.0


@pytest.mark.parametrize("code", ["E01020590", "E02004340", "E05016182", DURHAM, "E22000365", "E23000008"])
def test_force_of_an_area_is_durham(code):
    assert areas.force_of(code) == areas.Force("E23000008", "Durham", "durham")


@pytest.mark.parametrize(
    ("code", "slug"), [("E09000033", "metropolitan"), ("E09000001", "city-of-london"), ("E06000052", "devon-and-cornwall")]
)
def test_force_has_the_name_of_its_files(code, slug):
    assert areas.force_of(code).slug == slug


def test_force_of_a_region_is_refused():
    with pytest.raises(CsplanError, match="more than one police force"):
        areas.force_of("E12000001")


# ---- who lives there ----


@pytest.mark.parametrize(
    ("day", "year", "value"),
    [
        (date(2012, 11, 22), None, None),  # the day before the census of 2011 came out
        (date(2012, 11, 23), 2011, 513_242),
        (date(2022, 11, 28), 2011, 513_242),
        (date(2022, 11, 29), 2021, 522_063),
        (None, 2021, 522_063),
    ],
)
def test_residents_are_those_published_by_the_day(day, year, value):
    found = areas.denominator(DURHAM, "residents", day)
    assert (found and found.year, found and found.value) == (year, value)


def test_small_areas_have_no_denominator_before_the_census_of_2021():
    assert areas.denominator("E02004340", "residents", FROZEN) is None
    found = areas.denominator("E02004340", "households", date(2023, 1, 5))
    assert (found.id, found.label, found.value) == ("households-2021", "households, Census 2021", 4931)


@pytest.mark.parametrize("measure", areas.MEASURES)
@pytest.mark.parametrize("kind", ["msoa", "division", "lsoa"])
def test_parts_add_up_to_the_county(kind, measure):
    parts = sum(areas.denominator(area.code, measure).value for area in areas.within(DURHAM, kind))
    assert parts == areas.denominator(DURHAM, measure).value


def test_force_has_the_residents_of_both_districts():
    both = sum(areas.denominator(code, "residents").value for code in (DURHAM, "E06000005"))
    assert areas.denominator("E23000008", "residents").value == both
    assert areas.denominator("E23000008", "residents", FROZEN) is None  # Darlington's of 2011 are not carried


def test_a_rate_of_something_else_is_refused():
    with pytest.raises(CsplanError, match="residents or households"):
        areas.denominator(DURHAM, "cars")


@pytest.mark.parametrize(("day", "tenth"), [(date(2025, 10, 29), None), (date(2025, 10, 30), 1), (None, 1)])
def test_deprivation_is_not_shown_before_it_was_published(day, tenth):
    assert areas.decile("E01020802", day) == tenth


def test_profile_of_the_county():
    found = areas.profile(DURHAM)
    assert found.lsoas == sum(found.deciles) == 330
    assert found.deciles[0] == 56
    assert sum(found.tenure.values()) == found.households.value == 234_785


def test_profile_on_an_early_day_says_only_what_was_known():
    found = areas.profile("E02004340", FROZEN)
    assert (found.residents, found.households, found.deciles, found.tenure) == (None, None, None, None)


def test_welsh_areas_have_no_english_deprivation():
    assert areas.profile("W06000015").deciles is None


def test_middle_of_a_small_area_lies_in_the_county():
    lon, lat = areas.centroid("E01020590")
    assert -2.4 < lon < -1.2
    assert 54.4 < lat < 55.0
    with pytest.raises(CsplanError, match="not a small area of 2021"):
        areas.centroid(DURHAM)


# ---- finding a place ----


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Shildon", "Shildon"),
        ("  shildon ", "Shildon"),
        ("Peterlee East", "Peterlee East"),
        ("durham city", "Durham City"),
        ("barnard castle", "Barnard Castle"),
        ("county durham", "County Durham"),
        ("NEVILLES CROSS", "Neville's Cross"),
        ("St Helen Auckland", "Saint Helen Auckland & West Auckland"),
        ("chester le street town", "Chester-le-Street Town & Pelton Fell"),
        ("Sacriston and Witton Gilbert", "Sacriston & Witton Gilbert"),
        ("Shilden", "Shildon"),
        ("spenymoor", "Spennymoor"),
        ("Newton Aycliff", "Newton Aycliffe East"),
        ("Shildon, part A", "Shildon, part A"),
        ("middleton in teesdale", "Barnard Castle & Upper Teesdale"),  # no area's name: what shares its telling word
        ("E02004340", "Shildon"),
        ("e05016152", "Annfield Plain & Tanfield"),
    ],
)
def test_place_is_found(typed, first):
    assert names(typed)[0] == first


@pytest.mark.parametrize("typed", ["DH1 5UL", "dh15ul", " dh1  5ul "])
def test_postcode_gives_its_msoa_its_small_area_and_its_division(typed):
    found = areas.search(typed)
    assert [area.type for area in found] == ["msoa", "lsoa", "division"]
    assert found[1].parent == found[0].code
    assert found[2].name == "Neville's Cross"


def test_postcode_gives_the_division_of_the_day():
    before, after = (areas.search("DL4 1AA", day=day)[2] for day in (date(2025, 4, 30), date(2025, 5, 1)))
    assert (before.name, after.name) == ("Shildon and Dene Valley", "Shildon & Dene Valley")
    assert before.code != after.code


@pytest.mark.parametrize("typed", ["DH1", "DH1 5", "dh15", "DH1 5U"])
def test_beginning_of_a_postcode_gives_msoas(typed):
    found = areas.search(typed)
    assert found
    assert {area.type for area in found} == {"msoa"}


@pytest.mark.parametrize("town", ["Bishop Auckland", "Peterlee", "Newton Aycliffe", "Seaham", "Stanley", "Crook"])
def test_a_town_gives_every_area_named_after_it(town):
    wanted = {a.name for kind in ("msoa", "division") for a in areas.within(DURHAM, kind) if town in a.name}
    assert wanted
    assert wanted <= set(names(town))


@pytest.mark.parametrize("day", [None, FROZEN])
def test_every_area_is_found_by_its_own_name(day):
    for kind in ("msoa", "division"):
        for area in areas.within(DURHAM, kind, day):
            assert area in areas.search(area.name, day=day)[:2], area.name


def test_a_code_of_2011_gives_the_areas_that_took_its_place():
    assert [area.code for area in areas.search("E01020644")] == ["E01034489", "E01034490", "E01034491"]


@pytest.mark.parametrize("typed", ["", "  ", "&", "London", "zzz", "SW1A 1AA", "ZZ1", "E06999999"])
def test_nothing_is_found_for_what_is_not_here(typed):
    assert areas.search(typed) == ()


def test_another_county_is_searched_by_its_own_names():
    assert {area.parent for area in areas.search("Hartlepool", county="E06000001") if area.type == "msoa"} <= {"E06000001"}
    assert areas.search("DH1 5UL", county="E06000001") == ()


# ---- where the files are ----


def test_partnerships_are_looked_for_where_they_are_asked_for(tmp_path, monkeypatch):
    (tmp_path / "here" / "figures").mkdir(parents=True)
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(tmp_path))
    assert places.partnership_folder("here") == tmp_path / "here"
    assert places.figures_folders() == (tmp_path / "here" / "figures",)
    assert areas.within(DURHAM, "division") == ()
    with pytest.raises(CsplanError, match="no partnership “county-durham”"):
        places.partnership_folder("county-durham")


def test_partnerships_beside_the_data_come_before_the_programs_own(tmp_path, monkeypatch):
    (tmp_path / "partnerships" / "county-durham").mkdir(parents=True)
    monkeypatch.delenv("CSPLAN_PARTNERSHIPS", raising=False)
    monkeypatch.setenv("CSPLAN_DATA", str(tmp_path / "data"))
    assert places.partnership_folder("county-durham") == tmp_path / "partnerships" / "county-durham"


def test_the_programs_own_partnership_is_there(monkeypatch):
    monkeypatch.delenv("CSPLAN_PARTNERSHIPS", raising=False)
    assert (places.partnership_folder("county-durham") / "figures" / "figures.toml").exists()


def test_a_fire_authority_is_made_of_its_districts():
    """County Durham and Darlington have one fire authority, as they have one police force."""
    fire = areas.find("E31000013")
    assert (fire.name, fire.type, fire.parent) == ("County Durham and Darlington", "fire", None)
    assert set(areas.lsoas(fire.code)) == set(areas.lsoas(areas.force_of("E06000047").code))
    assert areas.district_of(fire.code) is None
    assert sum(len(held) for held in areas.members("fire").values()) == len(areas.members("lsoa"))
