"""Street files: which they are, whether they can be trusted, what is put aside."""

import pytest

from csplan.evidence import forces, police, sql, types
from csplan.evidence.archive import Refused
from csplan.evidence.police import HEADINGS

NAME = "2025-06-durham-street.csv"


@pytest.fixture
def read(tmp_path):
    """Check a street file of these bytes: read(data) -> Street."""
    con = sql.connect()

    def read(data, name=NAME):
        police.recognise(name, data)
        file = tmp_path / "raw"
        file.write_bytes(data)
        return police.read(con, name, name, file)

    return read


def found(street):
    return {reason.code: (reason.rows, reason.first_row) for reason in street.reasons}


def test_good_file_is_read_whole(draw, read):
    street = read(draw.csv_bytes([*draw.rows(3), draw.row(9, type="Anti-social behaviour", crime_id="")]))
    assert (street.force, street.month) == ("durham", "2025-06")
    assert (street.rows_read, street.rows_loaded, street.rows_quarantined) == (4, 4, 0)
    assert street.types == {"anti-social-behaviour": 1, "burglary": 3}
    assert street.reasons == ()


OUTCOMES = ",".join((*HEADINGS[:9], "Outcome type"))
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,"
    "Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,"
    "Removal of more than just outer clothing"
)


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "is empty"),
        (b" \r\n\n", "is empty"),
        (b"<!doctype html><html><body>Sign in</body></html>", "is a web page"),
        (b"\n  <html>", "is a web page"),
        (OUTCOMES.encode() + b"\n", "has headings this program does not know"),
        (STOPS.encode() + b"\n", "has headings this program does not know"),
        (b"Name,Age\nAnn,3\n", "has headings this program does not know: Name, Age"),
        (b"just a line of text\n", "is not a file this program knows"),
        (b"PK\x00\x00\x01" * 100, "is not a file this program knows"),
        (",".join(HEADINGS).encode("utf-16"), "was saved as UTF-16 text"),
        (",".join((HEADINGS[1], HEADINGS[0], *HEADINGS[2:])).encode() + b"\n", "not in police.uk's order"),
        (",".join(HEADINGS[:11]).encode() + b"\n", "has headings this program does not know"),
        (",".join(HEADINGS).encode() + b"\n", "has headings and no rows"),
    ],
)
def test_what_is_no_street_file_is_refused_with_what_it_is_and_what_to_do(read, data, words):
    with pytest.raises(Refused, match=words) as refused:
        read(data)
    assert refused.value.exit_code == 4
    assert str(refused.value).count(". ") == 1 and str(refused.value).endswith(".")


SHORT = dict(zip(HEADINGS, sql.STREET, strict=True))
SWAPS = [
    (one, other)
    for i, one in enumerate(HEADINGS)
    for other in HEADINGS[i + 1 :]
    # The two force columns hold the same words; a blank column swapped with free words is only seen when words stand in it.
    if {one, other} != {"Reported by", "Falls within"}
]


@pytest.mark.parametrize("one, other", SWAPS)
def test_load_refused_when_columns_swapped(draw, read, one, other):
    """Whichever two columns trade their values, the file is refused whole."""
    swapped = []
    for given in draw.rows(5, context="on a school holiday"):
        given[SHORT[one]], given[SHORT[other]] = given[SHORT[other]], given[SHORT[one]]
        swapped.append(given)
    if {one, other} == {"Last outcome category", "Context"}:
        return  # both hold free words, and context is not kept
    with pytest.raises(Refused, match=r"The columns seem to be swapped; download the file again\.|of no month|no police force"):
        read(draw.csv_bytes(swapped))


def test_few_odd_values_are_not_swapped_columns(draw, read):
    """Two of five bad months: put aside. Three of five: the column is not what it says."""
    good, bad = draw.rows(3), draw.rows(3, start=10, month="June 2025")
    assert found(read(draw.csv_bytes([*good, *bad[:2]]))) == {"month_differs": (2, 5)}
    with pytest.raises(Refused, match="“Month”"):
        read(draw.csv_bytes([*good[:2], *bad]))


@pytest.mark.parametrize(
    "changed, code",
    [
        ({"month": "2025-05"}, "month_differs"),
        ({"month": ""}, "month_differs"),
        ({"falls_within": "Northumbria Police"}, "force_differs"),
        ({"type": "Cattle rustling"}, "type_unknown"),
        ({"type": ""}, "type_unknown"),
    ],
)
def test_row_that_cannot_be_counted_is_put_aside(draw, read, changed, code):
    street = read(draw.csv_bytes([*draw.rows(4), draw.row(5, **changed), draw.row(6)]))
    assert (street.rows_read, street.rows_loaded, street.rows_quarantined) == (6, 5, 1)
    assert found(street) == {code: (1, 6)}


def test_row_is_put_aside_once_under_the_first_rule_it_breaks(draw, read):
    street = read(draw.csv_bytes([*draw.rows(4), draw.row(5, month="2025-05", type="Cattle rustling")]))
    assert found(street) == {"month_differs": (1, 6)}


def test_line_without_twelve_values_is_put_aside_and_rows_keep_their_numbers(draw, read):
    lines = draw.csv_bytes([*draw.rows(4), draw.row(5, type="Cattle rustling"), draw.row(6)]).decode().splitlines()
    lines.insert(2, "a,b,c")
    street = read(("\n".join(lines) + "\n").encode())
    assert (street.rows_read, street.rows_loaded) == (7, 5)
    assert found(street) == {"row_unreadable": (1, 3), "type_unknown": (1, 7)}


@pytest.mark.parametrize(
    "changed, code",
    [
        ({"lsoa": "E01999999"}, "lsoa_unknown"),  # well formed, in no list: counted under its code
        ({"lsoa": "E0102063"}, "lsoa_unread"),  # no code at all: counted without an area
        ({"longitude": "0", "latitude": "0"}, "place_unread"),
        ({"crime_id": "abc"}, "crime_id_unread"),
    ],
)
def test_odd_row_is_counted_and_named(draw, read, changed, code):
    street = read(draw.csv_bytes([*draw.rows(4), draw.row(5, **changed)]))
    assert street.rows_loaded == 5
    assert found(street) == {code: (1, 6)}


def test_repeated_crime_ids_are_counted_as_published_and_named(draw, read):
    street = read(draw.csv_bytes([draw.row(1), draw.row(2), draw.row(1), draw.row(1)]))
    assert street.rows_loaded == 4
    assert found(street) == {"crime_id_repeated": (2, 4)}


def test_codes_of_both_vintages_are_known(draw, read):
    assert found(read(draw.csv_bytes([draw.row(1, lsoa=draw.OLD_CODE), draw.row(2, lsoa=draw.NEW_CODE)]))) == {}


@pytest.mark.parametrize(
    "name, words",
    [
        ("2025-05-durham-street.csv", "is named after May 2025 and its rows are of 2025-06"),
        ("2025-06-northumbria-street.csv", "is named after northumbria and its rows are of durham"),
    ],
)
def test_file_whose_name_contradicts_its_rows_is_refused(draw, read, name, words):
    with pytest.raises(Refused, match=words):
        read(draw.street(), name)


def test_name_that_tells_nothing_is_no_hindrance(draw, read):
    assert read(draw.street(), "street.csv").month == "2025-06"


@pytest.mark.parametrize("month", ["2010-11", "2199-01"])
def test_month_for_which_nothing_can_be_published_is_refused(draw, read, month):
    with pytest.raises(Refused, match="nothing can be published"):
        read(draw.street(month=month), "street.csv")


def test_unknown_force_is_refused(draw, read):
    with pytest.raises(Refused, match="“Gotham Police”, which is no police force known here"):
        read(draw.street(force="Gotham Police"), "street.csv")


def test_file_cut_in_the_middle_of_a_row_is_refused(draw, read):
    whole = draw.street(6)
    with pytest.raises(Refused, match="ends in the middle of row 7: it was cut short"):
        read(whole[:-60])


@pytest.mark.parametrize("longer, taken", [(-1, True), (0, True), (1, False)])
def test_line_far_too_long_is_refused_and_never_dropped_in_silence(draw, read, longer, taken):
    short = len(draw.csv_bytes([draw.row(1, location="")]).split(b"\n")[1])
    data = draw.csv_bytes([draw.row(1, location="b" * (police.LONGEST_LINE - short + longer)), draw.row(2)])
    if taken:
        assert read(data).rows_read == 2
    else:
        with pytest.raises(Refused, match="far longer than police.uk writes"):
            read(data)


def test_quotation_mark_that_is_never_closed_is_refused(draw, read):
    with pytest.raises(Refused, match="never closed"):
        read(draw.street(6).replace(b"On or near", b'"On or near', 3))


def test_place_names_with_commas_and_marks_of_all_kinds_are_read(draw, read):
    names = ["Bournemouth, Christchurch and Poole 028A", 'Say "Hay" 001A', "Ynys Môn 001A"]
    assert read(draw.csv_bytes([draw.row(i, lsoa_name=n) for i, n in enumerate(names)])).rows_loaded == 3


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_endings_and_byte_order_mark_make_no_difference(draw, read, ending, mark):
    assert read(mark + draw.street(4).replace(b"\n", ending)).rows_loaded == 4


def test_events_hold_half_the_crime_id_whole_microdegrees_and_no_blank_area(draw, read, tmp_path):
    con = sql.connect()
    file = tmp_path / "raw"
    file.write_bytes(draw.csv_bytes([draw.row(1), draw.row(2, crime_id="", lsoa="", lsoa_name="", longitude="", latitude="")]))
    police.write(con, police.read(con, NAME, NAME, file), tmp_path / "part.parquet")
    held = con.execute("SELECT crime_id, lsoa, type, outcome, lon, lat FROM read_parquet(?)", [str(tmp_path / "part.parquet")])
    assert held.fetchall() == [
        (None, "", "burglary", "Unable to prosecute suspect", None, None),
        (bytes.fromhex(draw.row(1)["crime_id"][:32]), draw.HERE, "burglary", "Unable to prosecute suspect", -1572000, 54776000),
    ]


@pytest.mark.parametrize("name", sorted(forces.codes()))
def test_every_force_is_known_by_the_name_it_is_published_under(name):
    plain = name.replace("-", " ").title()
    for ending in (" Police", " Constabulary", " Police Service"):
        assert forces.slug(plain + ending) == name


def test_every_type_has_its_words_and_a_polarity_that_is_known():
    from csplan.cycle.kpi import POLARITIES

    assert len(types.TYPES) == 14
    for kind in (*types.TYPES.values(), types.OLDER, types.ALL_CRIME):
        assert kind.polarity in POLARITIES
        assert bool(kind.polarity_reason) == (kind.polarity != "lower_better")
        assert kind.compared == (not kind.why_not_compared)
        assert kind.slug == kind.title.lower().replace(" ", "-")


def test_all_crime_adds_everything_but_anti_social_behaviour():
    assert [types.COUNTED[i] for i in types.rows_of(types.ALL)] == [s for s in types.COUNTED if s != types.ASB]
