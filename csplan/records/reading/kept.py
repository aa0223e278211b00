"""What a partnership keeps elsewhere, as its own file `kept.toml` states it: documents and appointments, each with its day.

The file is optional. Each entry under `[[kept]]` has what (of `cycle.duties.KEPT`), title, from_on and url (a public address),
and may have to_on, review_on, due_on, done_on, parties (codes of bodies in partnership.toml) and parts.
"""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from csplan.cycle.duties import KEPT
from csplan.cycle.duty_facts import Evidence, Kept
from csplan.errors import CsplanError
from csplan.evidence.places import partnership_folders

FILE = "kept.toml"
#: Public addresses only: what a reader can open.
ADDRESSES = ("https://", "http://")
_NEEDED = ("what", "title", "from_on", "url")
_DAYS = ("from_on", "to_on", "review_on", "due_on", "done_on")
_LISTS = ("parties", "parts")


def kept(slug: str) -> tuple[Kept, ...]:
    """What the partnership states; nothing where it has no such file. Raises CsplanError naming what to mend."""
    folder = partnership_folders().get(slug)
    file = folder / FILE if folder else None
    return read(file) if file and file.is_file() else ()


def read(file: Path) -> tuple[Kept, ...]:
    """The statements of a file, each checked."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise CsplanError(f"{FILE} in partnerships/{file.parent.name} cannot be read: {e}. Correct the file.") from e
    entries = told.get("kept", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise CsplanError(f"{FILE} in partnerships/{file.parent.name} holds no list. Begin each statement with [[kept]].")
    return tuple(_statement(entry, number, file) for number, entry in enumerate(entries, start=1))


def _statement(told: dict[str, Any], number: int, file: Path) -> Kept:
    wrong = _wrong(told)
    if wrong:
        raise CsplanError(f"Statement {number} of {FILE} in partnerships/{file.parent.name}: {wrong}")
    more: dict[str, Any] = {name: told[name] for name in _DAYS if name in told}
    more |= {name: frozenset(told[name]) for name in _LISTS if name in told}
    return Kept(told["what"], told["title"], evidence=Evidence(told["title"], told["url"]), **more)


def _wrong(told: dict[str, Any]) -> str:
    """What to mend in one statement; empty when nothing is."""
    lacking = [name for name in _NEEDED if not told.get(name)]
    if lacking:
        return f"it has no {lacking[0]}. Give what, title, from_on and url."
    unknown = sorted(set(told) - {*_NEEDED, *_DAYS, *_LISTS})
    if unknown:
        return f"“{unknown[0]}” is not a field of it. Take it out, or correct its name."
    if told["what"] not in KEPT:
        return f"“{told['what']}” is not known. Choose a name of the list in docs/law.md."
    undated = [name for name in _DAYS if name in told and not _is_day(told[name])]
    if undated:
        return f"{undated[0]} is not a day. Write it as 2020-01-31, without quotation marks."
    unlisted = [name for name in _LISTS if name in told and not _is_list_of_words(told[name])]
    if unlisted:
        return f'{unlisted[0]} is not a list of words. Write it as ["council", "police"].'
    if not str(told["url"]).startswith(ADDRESSES):
        return "its url is not a public address. Give one that begins with https://."
    return ""


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) for v in value)
