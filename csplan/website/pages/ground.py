"""What a partnership's maps are drawn on: fixed seats, outlines and the names of towns; and what its search offers to try."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from csplan.errors import CsplanError
from csplan.evidence import areas, types
from csplan.evidence.places import partnership_folder
from csplan.website.identity import read_toml

#: How many towns are named on a wide drawing and on a phone's.
TOWNS_WIDE, TOWNS_NARROW = 11, 5
HOME_TOPICS = 8


@dataclass(frozen=True)
class Ground:
    """seats : {"msoa"|"lsoa": {code: (column, row, odd)}};  outlines : {"msoa"|"division": {code: rings}}, metres of the National Grid;
    towns : (name, MSOAs) in order of weight;  examples : what a reader may type;  topics, indicators : what home shows;
    caveats : what must be said beside the figures of the whole district.
    """

    seats: Mapping[str, Any]
    outlines: Mapping[str, Any]
    towns: tuple[tuple[str, tuple[str, ...]], ...]
    examples: tuple[str, ...]
    topics: tuple[str, ...]
    indicators: tuple[str, ...]
    caveats: tuple[str, ...]

    def places(self, kind: str, *, is_wide: bool) -> list[tuple[str, tuple[str, ...]]]:
        """The names to write on a map of MSOAs or of LSOAs, over the areas they name."""
        some = self.towns[: TOWNS_WIDE if is_wide else TOWNS_NARROW]
        return [(name, codes if kind == "msoa" else _lsoas_of(codes)) for name, codes in some]


def _lsoas_of(msoas: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(lsoa for code in msoas for lsoa in areas.lsoas(code))


def ground(slug: str) -> Ground:
    """The ground of one partnership; one without carried figures has no seats and draws no map."""
    return _read(partnership_folder(slug))


@lru_cache(maxsize=16)
def _read(folder: Path) -> Ground:
    file = folder / "insight.toml"
    told = read_toml(file) if file.is_file() else {}
    try:
        towns = tuple((town["name"], tuple(town["areas"])) for town in told.get("towns", []))
    except KeyError as e:
        raise CsplanError(f"A town in insight.toml of {folder.name} has no {e}. Give it a name and its areas.") from e
    return Ground(
        seats=_json(folder / "figures" / "hexagons.json"),
        outlines=_json(folder / "figures" / "outlines.json"),
        towns=towns,
        examples=tuple(told.get("examples", ())),
        topics=tuple(told.get("topics", tuple(types.TYPES)[:HOME_TOPICS])),
        indicators=tuple(told.get("indicators", ())),
        caveats=tuple(told.get("caveats", ())),
    )


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
