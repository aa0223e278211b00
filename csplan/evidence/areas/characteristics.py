"""How many people of a district share a characteristic: what respondents are set beside, and evidence of an equality assessment."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from csplan.cycle import about_you
from csplan.errors import CsplanError
from csplan.evidence import places
from csplan.evidence.areas.membership import district_of, get, members
from csplan.evidence.areas.people import denominator
from csplan.evidence.carried import file, lines
from csplan.evidence.places import COUNTRY_FIGURES

#: What a partnership calls its own file.
OWN_FILE = "people.toml"
#: characteristic -> {band: column of people.csv}
BANDS: dict[str, dict[str, str]] = {
    "sex": {"Female": "female", "Male": "male"},
    "age": {"Under 16": "age_under_16", "16 to 64": "age_16_to_64", "65 or over": "age_65_over"},
    "ethnicity": {
        "Asian, Asian British or Asian Welsh": "asian",
        "Black, Black British, Black Welsh, Caribbean or African": "black",
        "Mixed or multiple ethnic groups": "mixed",
        "White": "white",
        "Another ethnic group": "other_ethnic",
    },
}
SOURCES = {
    "sex": "Census 2021, Office for National Statistics",
    "age": "Population estimates, mid-2020, Office for National Statistics",
    "ethnicity": "Census 2021, Office for National Statistics",
    "area": "Census 2021, Office for National Statistics",
}


@dataclass(frozen=True)
class Population:
    """People of an area by band of one characteristic. people : {band: number}"""

    characteristic: str
    people: Mapping[str, int]
    source: str

    @property
    def total(self) -> int:
        """Everyone in a band."""
        return sum(self.people.values())

    def share(self, band: str) -> float:
        """The share of a band, 0 to 1."""
        return self.people[band] / self.total


def population(district: str, characteristic: str, on: date) -> Population | None:
    """People of a district by band, as it was published by a day; None where no figure is held.

    Disability, religion, sexual orientation and the others of the census are not carried: a partnership adds those that it has in
    `people.toml` of its folder.
    """
    return _own(district, characteristic, on) or _carried(district, characteristic, on)


def _carried(district: str, characteristic: str, on: date) -> Population | None:
    if characteristic not in BANDS or on < file(COUNTRY_FIGURES, "people.csv").published_on:
        return None
    row = _people().get(district)
    if row is None or not all(row[column] for column in BANDS[characteristic].values()):
        return None
    people = {band: int(row[column]) for band, column in BANDS[characteristic].items()}
    return Population(characteristic, people, SOURCES[characteristic])


def _own(district: str, characteristic: str, on: date) -> Population | None:
    """What a partnership's own file says. Raises CsplanError where the file says something else than it should."""
    for folder in places.partnership_folders().values():
        path = folder / OWN_FILE
        if not path.is_file():
            continue
        for told in tomllib.loads(path.read_text(encoding="utf-8")).get("people", []):
            _check_own(told, path.name)
            if (told["area"], told["characteristic"]) == (district, characteristic) and told["published_on"] <= on:
                return Population(characteristic, told["bands"], told["source"])
    return None


def _check_own(told: Mapping[str, Any], name: str) -> None:
    wanted = ("area", "characteristic", "source", "published_on", "bands")
    lacking = next((key for key in wanted if not told.get(key)), None)
    if lacking:
        raise CsplanError(f"{name}: a table of people lacks “{lacking}”. Each has {', '.join(wanted)}.")
    if not isinstance(told["published_on"], date):
        raise CsplanError(f"{name}: published_on is a day such as 2023-01-19.")
    known = about_you.BANDS.get(told["characteristic"])
    if known is not None and set(told["bands"]) != set(known.values()):
        bands = ", ".join(f"“{band}”" for band in dict.fromkeys(known.values()))
        raise CsplanError(f"{name}: the bands of {told['characteristic']} are {bands}. Give a number for each, and no other.")
    if not all(isinstance(n, int) and n >= 0 for n in told["bands"].values()) or not sum(told["bands"].values()):
        raise CsplanError(f"{name}: the people of each band of {told['characteristic']} are a whole number.")


def of_areas(district: str, names: Sequence[str], on: date, *, drawn_on: date) -> Population | None:
    """Residents of electoral divisions or neighbourhoods of a district by their names, as it was published by a day.

    drawn_on : the day whose divisions they are

    None where a name is no area of one kind there, or no figure was published yet.
    """
    for codes in (members("division", drawn_on), members("msoa")):
        here = {get(code).name: code for code in codes if district_of(code) == district}
        if not names or not set(names) <= here.keys():
            continue
        found = {name: denominator(here[name], "residents", on) for name in names}
        people = {name: held.value for name, held in found.items() if held is not None}
        return Population("area", people, SOURCES["area"]) if len(people) == len(names) else None
    return None


@lru_cache
def _people() -> dict[str, dict[str, str]]:
    rows = lines(COUNTRY_FIGURES / "people.csv")
    heads = next(rows)
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
