"""The committee report that a partnership's site follows: `report.toml` in its folder, paragraph by paragraph."""

import itertools
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from csplan.evidence.places import partnership_folders
from csplan.website.identity import read_toml
from csplan.website.reading_day import link


def is_followed(slug: str, day: date) -> bool:
    """Whether the partnership follows a report that was written by the day."""
    return _told(slug, day) is not None


def followed(slug: str, day: date) -> dict[str, Any] | None:
    """The report in our words: its source, and its paragraphs under their headings; None where there is none on the day.

    Each paragraph has ref, number (None for one that has none), words, pages [{label, url}] and commands. The url of a page
    that was not there yet is None.
    """
    told = _told(slug, day)
    if told is None:
        return None
    parts = [
        {"heading": heading, "paragraphs": [_paragraph(p, f"/{slug}/", day) for p in paragraphs]}
        for heading, paragraphs in itertools.groupby(told["paragraphs"], key=lambda p: p["heading"])
    ]
    return {"source": told["source"], "date": told["date"], "parts": parts}


def _told(slug: str, day: date) -> dict[str, Any] | None:
    """What the partnership's report.toml tells, once the report was written; None without a file, or on an earlier day."""
    folder = partnership_folders().get(slug)
    file = folder / "report.toml" if folder else None
    told = read_toml(file) if file and file.is_file() else None
    return told if told and told["date"] <= day else None


def _paragraph(told: dict[str, Any], home: str, day: date) -> dict[str, Any]:
    pages = [{"label": page["label"], "url": address(page, home, day)} for page in told["pages"]]
    number = told["ref"] if told["ref"][0].isdigit() else None
    return {"ref": told["ref"], "number": number, "words": told["words"], "pages": pages, "commands": told.get("commands", [])}


def address(page: dict[str, Any], home: str, day: date) -> str | None:
    """Where a page stands. One that names a day of its own keeps it; any other is read as at the reader's day."""
    own = parse_qs(urlsplit(page["at"]).query).get("as_at")
    first = date.fromisoformat(own[0]) if own else page.get("from", day)
    if first > day:
        return None
    return home + page["at"] if own else link(home + page["at"])
