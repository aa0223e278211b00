"""What an area is."""

from dataclasses import dataclass

#: From the smallest to the largest. A division (or ward) and an MSOA are both sums of LSOAs and do not nest in each other.
TYPES = ("lsoa", "msoa", "division", "district", "csp", "force", "region")


@dataclass(frozen=True)
class Area:
    """A place with a code of the Office for National Statistics, a name people use, and the area it belongs to.

    parent : LSOA -> MSOA -> district; division -> district; district -> its partnership when it has one alone, else its
    force; partnership -> force; force and region -> None.
    """

    code: str
    name: str
    type: str
    parent: str | None


@dataclass(frozen=True)
class Force:
    """A police force area. `slug` is what police.uk calls it in file names. Durham's includes Darlington."""

    code: str
    name: str
    slug: str
