"""How a partnership's site names itself: `website.toml` in the partnership's folder."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from csplan.documents.dress import HEX, NAMES, Colours, tidy
from csplan.errors import CsplanError
from csplan.evidence.places import partnership_folders


@dataclass(frozen=True)
class StoryDay:
    """A day of the story, offered for reading on every page."""

    day: date
    words: str


@dataclass(frozen=True)
class Identity:
    """masthead, tagline : the head of every page; banner : one sentence above it, for a worked example; None for a real site;
    sources : sentences of the footer; days : in order of time; colours : the partnership's own, None for the program's.
    """

    masthead: str
    tagline: str
    banner: str | None = None
    sources: tuple[str, ...] = ()
    days: tuple[StoryDay, ...] = ()
    colours: Colours | None = None


def identity(slug: str, name: str) -> Identity:
    """The identity of one partnership; its name alone where it has no website.toml."""
    folder = partnership_folders().get(slug)
    file = folder / "website.toml" if folder else None
    return read(file, file.stat().st_mtime_ns) if file and file.is_file() else Identity(masthead=name, tagline="")


@lru_cache(maxsize=64)
def read(file: Path, _changed: int) -> Identity:
    """The identity from its file, read again when it has changed. Raises CsplanError naming what the file lacks."""
    told = read_toml(file)
    try:
        days = tuple(sorted((StoryDay(d["day"], d["words"]) for d in told.get("days", [])), key=lambda d: d.day))
        return Identity(
            told["masthead"], told["tagline"], told.get("banner"), tuple(told.get("sources", [])), days, _colours(told, file)
        )
    except KeyError as e:
        raise CsplanError(
            f"{file.name} of {file.parent.name} has no {e}. Add it: partnerships/county-durham is an example."
        ) from e


def _colours(told: dict[str, Any], file: Path) -> Colours | None:
    """The three colours, where the file gives them. Nothing but a colour ever reaches a style sheet."""
    given = told.get("colours")
    if given is None:
        return None
    values = {name: tidy(str(given[name])) for name in NAMES}
    wrong = next((name for name, value in values.items() if not HEX.fullmatch(value)), None)
    if wrong:
        raise CsplanError(
            f"{file.name} of {file.parent.name}: {wrong} is not a colour. Write it as # and six signs, such as #7a2a63."
        )
    return Colours(**values)


def read_toml(file: Path) -> dict[str, Any]:
    """A file of the partnership. Raises CsplanError when it is not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise CsplanError(f"{file.name} of {file.parent.name} cannot be read: {e}. Mend the line it names.") from e
