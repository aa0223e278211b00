"""What an area is."""

from dataclasses import dataclass

#: From the smallest to the largest. A division (or ward), an MSOA and a local area are all sums of LSOAs and do not nest in each other.
TYPES = ("lsoa", "msoa", "division", "local", "district", "csp", "force", "fire", "region")
#: Those that lie in one district.
SMALL = ("lsoa", "msoa", "division", "local")


@dataclass(frozen=True)
class Area:
    """A place with a code of the Office for National Statistics, a name people use, and the area it belongs to.

    code : of an area that a partnership drew itself, such as an Area Action Partnership, local- and its name: local-derwent-valley
    parent : LSOA -> MSOA -> district; division and local area -> district; district -> its partnership when it has one alone, else its
    force; partnership -> force; force, fire authority and region -> None.
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
