"""Finding an area by what a resident would type: a postcode, the name of a place, or a code."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from csplan.evidence.areas import tables
from csplan.evidence.areas.area import Area
from csplan.evidence.areas.membership import find, get, members, within
from csplan.evidence.places import figures_folders

CODE = re.compile(r"[EW]\d{8}")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
START_OF_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(?: ?\d[A-Z]?)?")
#: Words that say nothing about which place is meant.
SMALL_WORDS = frozenset({"and", "the", "of", "near", "in", "at"})
#: How alike a mistyped word must be to one that is in a name, from 0 to 1.
ALIKE = 0.8
#: What a reader is most likely to want comes first when two names fit as well as each other.
ORDER = {"district": 0, "msoa": 1, "local": 2, "division": 3, "lsoa": 4}
MOST_ANSWERS = 20


@dataclass(frozen=True)
class _Named:
    area: Area
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared: "St Helen & Neville's-Cross" -> saint, helen, nevilles, cross."""
    plain = re.sub(r"['’`]", "", text.casefold())
    found = re.findall(r"\w+", plain)
    return tuple("saint" if word == "st" else word for word in found if word not in SMALL_WORDS)


class Postcodes(Protocol):
    """Postcodes that are held beside those that partnerships carry."""

    def lsoa(self, postcode: str) -> str | None: ...

    def counted(self, pattern: str) -> Mapping[str, int]: ...


def search(
    text: str, *, county: str = "E06000047", day: date | None = None, postcodes: Postcodes | None = None
) -> tuple[Area, ...]:
    """The areas of one district that a reader may mean, likeliest first; none when nothing is like it.

    text : a postcode or its beginning, a place or area name (part of it, or mistyped), or a code
    county : the district whose names are looked through; a code is found anywhere
    day : divisions are those in force on this day (None: now)
    postcodes : those of a table that is loaded, looked through where the partnerships carry none that fits

    A postcode gives its MSOA, its LSOA and its division. A town that is no area's name gives the areas named after it.
    """
    asked = " ".join(text.upper().split())
    closed_up = asked.replace(" ", "")
    if CODE.fullmatch(closed_up):
        return _by_code(closed_up)
    if POSTCODE.fullmatch(closed_up):
        return _by_postcode(closed_up, county, day, postcodes)
    if START_OF_POSTCODE.fullmatch(asked):
        return _by_start(asked, county, postcodes)
    return _by_name(words_of(text), _names(county, day, figures_folders()))


def _by_code(code: str) -> tuple[Area, ...]:
    """The area; for an LSOA of 2011 the areas that took its place."""
    area = find(code)
    return (area,) if area else tuple(get(new) for new, _ in tables.changes().pieces.get(code, ()))


def _by_postcode(postcode: str, county: str, day: date | None, more: Postcodes | None) -> tuple[Area, ...]:
    carried = (tables.postcodes(folder).get(postcode) for folder in figures_folders())
    for lsoa in (*carried, more.lsoa(postcode) if more else None):
        if lsoa and lsoa in tables.country().small and _is_in(lsoa, county):
            larger = [code for kind in ("local", "division") for code, held in members(kind, day).items() if lsoa in held]
            return tuple(get(code) for code in (tables.country().small[lsoa].msoa, lsoa, *larger))
    return ()


def _is_in(lsoa: str, county: str) -> bool:
    return tables.country().small[lsoa].district == county


def _by_start(asked: str, county: str, more: Postcodes | None) -> tuple[Area, ...]:
    """MSOAs by how many of the postcodes that begin so lie in them.

    "DH1" is the whole of DH1 and none of DH10; only what nothing begins with so is read as running on, "DH15" as "DH1 5".
    """
    outward, space, inward = asked.partition(" ")
    forms = [inward + "[A-Z]" * (3 - len(inward))] if space else [r"\d[A-Z]{2}", "[A-Z]{2}", "[A-Z]"]
    small = tables.country().small
    for form in forms:
        begins = re.compile(re.escape(outward) + form)
        held = Counter(
            small[lsoa].msoa
            for folder in figures_folders()
            for postcode, lsoa in tables.postcodes(folder).items()
            if begins.fullmatch(postcode) and small[lsoa].district == county
        )
        if more and not held:
            found = more.counted(f"^{begins.pattern}$")
            for lsoa, n in found.items():
                if lsoa in small and _is_in(lsoa, county):
                    held[small[lsoa].msoa] += n
        if held:
            return tuple(get(code) for code, _ in sorted(held.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ANSWERS])
    return ()


@lru_cache(maxsize=64)
def _names(county: str, day: date | None, folders: tuple[Path, ...]) -> tuple[_Named, ...]:
    """Every name in a district. folders : where divisions come from, so that a change of folder is seen."""
    areas = [get(county), *(area for kind in ("msoa", "local", "division", "lsoa") for area in within(county, kind, day))]
    return tuple(_Named(area, words_of(area.name)) for area in areas)


def _by_name(asked: tuple[str, ...], names: Sequence[_Named]) -> tuple[Area, ...]:
    """Names that fit the words; else those that fit them with mistyped words mended; else those that share most words."""
    if not asked:
        return ()
    # The parts of a place carry its name: they are wanted only when a part is asked for.
    held = [n for n in names if n.area.type != "lsoa" or "part" in asked]
    mended = _mended(asked, held)
    return _fitting(asked, held) or _fitting(mended, held) or _sharing(mended, held)


def _fitting(asked: tuple[str, ...], names: Sequence[_Named]) -> tuple[Area, ...]:
    ranked = [(fit, n) for n in names if (fit := _fit(asked, n.words)) is not None]
    return _in_order(ranked)


def _fit(asked: tuple[str, ...], name: tuple[str, ...]) -> int | None:
    """0 the name itself, 1 its beginning, 2 each word begins one of its words; None otherwise."""
    if asked == name:
        return 0
    if " ".join(name).startswith(" ".join(asked)):
        return 1
    return 2 if all(any(word.startswith(a) for word in name) for a in asked) else None


def _mended(asked: tuple[str, ...], names: Sequence[_Named]) -> tuple[str, ...]:
    """Each word that is in no name changed to the word most like it, where one is like it."""
    known = sorted({word for n in names for word in n.words})
    mended = []
    for word in asked:
        near = [] if any(w.startswith(word) for w in known) else get_close_matches(word, known, n=1, cutoff=ALIKE)
        mended.append(near[0] if near else word)
    return tuple(mended)


def _sharing(asked: tuple[str, ...], names: Sequence[_Named]) -> tuple[Area, ...]:
    """Names that share the most whole words with what was asked, the county's own words left out: nearly all share those."""
    telling = set(asked) - {"county", "north", "south", "east", "west", "town", "city", "central", "part"}
    shared = [(len(telling.intersection(n.words)), n) for n in names if n.area.type != "district"]
    most = max((count for count, _ in shared), default=0)
    return _in_order([(0, n) for count, n in shared if count == most]) if most else ()


def _in_order(ranked: Sequence[tuple[int, _Named]]) -> tuple[Area, ...]:
    def key(pair: tuple[int, _Named]) -> tuple[int, int, int, str]:
        fit, n = pair
        return fit, ORDER[n.area.type], len(n.words), n.area.name

    return tuple(n.area for _, n in sorted(ranked, key=key)[:MOST_ANSWERS])
