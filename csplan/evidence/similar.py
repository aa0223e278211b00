"""The districts of England and Wales most like a given one: in hardship, in homes, and in how much of it is country.

These are not the official most similar groups, which are closed to outsiders and made of other figures. What these are made of is
shown, and how far off each is, so that a reader can judge whether the comparison is fair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from csplan.evidence.areas import Area, tables
from csplan.evidence.carried import CarriedFile, file, lines
from csplan.evidence.findings_shapes import short
from csplan.evidence.places import COUNTRY_FIGURES
from csplan.statistics.similarity import Similar, most_similar

#: As many as the official groups of community safety partnerships have beside the one itself.
NEAREST = 14
#: column of districts.csv -> what it is, for a sentence
VARIABLES = {
    "share_not_deprived": "households without hardship",
    "share_overcrowded": "overcrowded homes",
    "share_owned_outright": "homes owned outright",
    "share_social_rent": "homes let by a council or housing association",
    "share_private_rent": "homes let privately",
    "share_rural": "people in the country",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class SimilarDistrict:
    """One of the most similar districts.

    distance : sum over the figures of the squared difference in standard deviations
    shares : {figure: its part of the distance, 0 to 1}; empty where the two are alike in all
    """

    code: str
    name: str
    distance: float
    shares: dict[str, float]

    @property
    def most(self) -> str:
        """The figure that sets the two apart most; empty where they are alike in all."""
        return max(self.shares, key=lambda name: self.shares[name], default="")

    def as_json(self) -> dict[str, Any]:
        """Its code, name, distance and what makes it."""
        shares = {name: short(share) for name, share in self.shares.items()}
        return {"code": self.code, "name": self.name, "distance": short(self.distance), "shares": shares, "most": self.most}


@dataclass(frozen=True)
class SimilarDistricts:
    """The districts most like one, the most like first.

    compared : how many districts were looked at, the one itself among them
    blindly : the distance at which two districts lie on average
    why : why nothing is said; empty when it is
    """

    district: str
    compared: int
    nearest: tuple[SimilarDistrict, ...] = ()
    variables: tuple[str, ...] = ()
    blindly: float | None = None
    source: str = ""
    why: str = ""

    @property
    def words(self) -> str:
        """Which they are, what was looked at, and how far off they are."""
        if self.why or not self.nearest or self.blindly is None:
            return self.why
        first, last = self.nearest[0], self.nearest[-1]
        names = _listed([one.name for one in self.nearest])
        looked_at = f"by {_number(len(self.variables))} figures: the shares of {_listed(self.variables)}"
        return (
            f"Of the {self.compared - 1} other districts of England and Wales, the {len(self.nearest)} most like {self.district} are "
            f"{names}, {looked_at}. {first.name} lies {first.distance:.1f} away and {last.name} {last.distance:.1f}, where two districts "
            f"lie {self.blindly:.1f} apart on average. These are not the official most similar groups."
        )

    def as_json(self) -> dict[str, Any]:
        """Its districts, numbers and words."""
        return {
            "district": self.district,
            "compared": self.compared,
            "variables": list(self.variables),
            "average_distance": short(self.blindly),
            "nearest": [one.as_json() for one in self.nearest],
            "source": self.source,
            "words": self.words,
        }


def of_district(district: Area, day: date, *, nearest: int = NEAREST) -> SimilarDistricts:
    """The districts most like one, by the figures that were published on or before a day."""
    table = file(COUNTRY_FIGURES, "districts.csv")
    if day < max(table.out_on(column) for column in VARIABLES):
        return SimilarDistricts(district.name, 0, why="The figures that tell which districts are alike were not published yet.")
    codes, found = _found(nearest)
    if district.code not in codes:
        return SimilarDistricts(district.name, len(codes), why=f"{district.name} is not one of the districts compared.")
    row, known = codes.index(district.code), tables.districts()
    others = []
    for at, distance, shares in zip(found.nearest[row], found.distance[row], found.share[row], strict=True):
        parts = dict(zip(found.variables, map(float, shares), strict=True)) if distance else {}
        others.append(SimilarDistrict(codes[at], known[codes[at]].name, float(distance), parts))
    # The mean of (z_a - z_b)^2 over all pairs of n districts is 2 n / (n - 1) for every standardised figure.
    blindly = 2 * len(VARIABLES) * len(codes) / (len(codes) - 1)
    return SimilarDistricts(district.name, len(codes), tuple(others), found.variables, blindly, _source(table))


@lru_cache
def _found(nearest: int) -> tuple[list[str], Similar]:
    """All districts at once; every figure of every one of them is carried."""
    rows = lines(COUNTRY_FIGURES / "districts.csv")
    heads = next(rows)
    held = [dict(zip(heads, row, strict=True)) for row in rows]
    values = np.array([[float(row[column]) for column in VARIABLES] for row in held])
    return [row["district"] for row in held], most_similar(values, nearest, tuple(VARIABLES.values()))


def _source(table: CarriedFile) -> str:
    return f"Census 2021, {table.publisher}, and rural and urban classes of 2021; {table.attribution}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _number(n: int) -> str:
    return NUMBERS[n] if n < len(NUMBERS) else str(n)
