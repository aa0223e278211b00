"""`report-it.toml` in a partnership's folder: who takes which report, and how they are reached."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.http import Http404

from csplan.errors import CsplanError
from csplan.evidence.places import partnership_folders
from csplan.website.identity import read_toml


@dataclass(frozen=True)
class Contact:
    """One way to reach someone. phone is printed as people say it and dialled without spaces; web is a whole address."""

    who: str
    words: str
    phone: str = ""
    web: str = ""
    email: str = ""

    @property
    def dial(self) -> str:
        return "".join(self.phone.split())

    @property
    def site(self) -> str:
        """The address as it is read: www.example.org."""
        return self.web.removeprefix("https://").rstrip("/")


@dataclass(frozen=True)
class Door:
    """One kind of report. ref : its place on the page."""

    ref: str
    title: str
    words: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Doors:
    """emergency : what to do now; talk : who listens whether or not anything is reported; exit : where the quick exit goes;
    checked_on : the day on which the partnership last checked every number; None while nobody has.
    """

    emergency: str
    talk: Contact
    exit: str
    checked_on: date | None
    doors: tuple[Door, ...]


def read_doors(slug: str) -> Doors:
    """The doors of one partnership. 404 where it has not written them; CsplanError where its file lacks something."""
    folder = partnership_folders().get(slug)
    file = folder / "report-it.toml" if folder else None
    if file is None or not file.is_file():
        raise Http404(
            "This partnership has not said yet where to report what. In an emergency call 999; otherwise call the police on 101."
        )
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> Doors:
    told = read_toml(file)
    try:
        doors = tuple(
            Door(d["ref"], d["title"], d["words"], tuple(Contact(**contact) for contact in d["contacts"])) for d in told["doors"]
        )
        return Doors(told["emergency"], Contact(**told["talk"]), told["exit"], told.get("checked_on"), doors)
    except (KeyError, TypeError) as e:
        raise CsplanError(
            f"report-it.toml of {file.parent.name} is not complete: {e}. partnerships/county-durham has an example."
        ) from e
