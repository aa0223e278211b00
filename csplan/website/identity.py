"""How a partnership's site names itself: `website.toml` in the partnership's folder."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

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
    sources : sentences of the footer; days : in order of time.
    """

    masthead: str
    tagline: str
    banner: str | None = None
    sources: tuple[str, ...] = ()
    days: tuple[StoryDay, ...] = ()


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
        return Identity(told["masthead"], told["tagline"], told.get("banner"), tuple(told.get("sources", [])), days)
    except KeyError as e:
        raise CsplanError(
            f"{file.name} of {file.parent.name} has no {e}. Add it: partnerships/county-durham is an example."
        ) from e


def read_toml(file: Path) -> dict[str, Any]:
    """A file of the partnership. Raises CsplanError when it is not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise CsplanError(f"{file.name} of {file.parent.name} cannot be read: {e}. Mend the line it names.") from e
