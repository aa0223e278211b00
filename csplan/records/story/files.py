"""The files that describe a partnership and its story, read into plain values."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from csplan.cycle import about_you, periods
from csplan.errors import CsplanError


def read(folder: Path, name: str) -> dict[str, Any]:
    """A TOML file of a partnership's folder, or a sentence that says what is wrong with it."""
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise CsplanError(f"There is no {name} in partnerships/{folder.name}. Copy one from partnerships/county-durham.") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise CsplanError(f"{name} in partnerships/{folder.name} cannot be read: {e}. Correct the file.") from e


def plan(folder: Path, name: str, *, board_meets: date | None) -> dict[str, Any]:
    """A plan file as `actions.plan.draft` takes it.

    A plan that gives `years` instead of days starts on the first 1 April after the board meets, and its deliverables give
    `starts_after_months` and `due_after_months` instead of days. `more` names a file of the same folder with further words: its
    clauses are added, and those whose reference is there already are filled up.
    """
    told = read(folder, name)
    if (more := told["plan"].pop("more", None)) is not None:
        told = filled_up(told, read(folder, more), name=more)
    years = told["plan"].pop("years", None)
    if years is None:
        return told
    if board_meets is None:
        raise CsplanError(f"{name} counts its days from a meeting of the board, and none is told. Give starts_on and ends_on.")
    starts_on = date(board_meets.year + (board_meets >= date(board_meets.year, 4, 1)), 4, 1)
    told["plan"].update(starts_on=starts_on, ends_on=date(starts_on.year + years, 3, 31))
    for priority in told["priorities"]:
        for deliverable in priority.get("deliverables", ()):
            deliverable["due"] = _last_day(starts_on, deliverable.pop("due_after_months"))
            if (months := deliverable.pop("starts_after_months", None)) is not None:
                deliverable["starts"] = periods.parse(periods.add_months(periods.month_of(starts_on), months)).starts_on
    return told


#: Lists of a plan file that stand inside its priorities.
INSIDE = ("work_areas", "deliverables")


def filled_up(told: dict[str, Any], more: dict[str, Any], *, name: str) -> dict[str, Any]:
    """A plan file with the words of another: clauses that are there are filled up, others added.

    Priorities, work areas and deliverables are only filled up: one that is not there is refused, for the other file has their order.
    """
    inside = {key: [row for p in told["priorities"] for row in p.get(key, ())] for key in INSIDE}
    for key, rows in more.items():
        held = inside[key] if key in INSIDE else told.setdefault(key, [])
        there = {_name(row): row for row in held}
        for row in rows:
            if _name(row) in there:
                there[_name(row)].update(row)
            elif key in (*INSIDE, "priorities"):
                raise CsplanError(f"{name} has words for {_name(row)}, which the plan has not. Correct its reference.")
            else:
                held.append(row)
    return told


def _name(row: dict[str, Any]) -> str:
    """What a clause is known by: its reference, or the short name of a strategy."""
    return str(row.get("ref") or row["slug"])


def _last_day(starts_on: date, months: int) -> date:
    """The last day of the month that ends so many months after the start."""
    return periods.parse(periods.add_months(periods.month_of(starts_on), months - 1)).ends_on


def consultation(folder: Path, slug: str, *, built_on: date) -> tuple[str, dict[str, Any]]:
    """(slug of its plan, the consultation as `actions.consultation.plan` takes it). Days may be counted from `built_on`."""
    told = read(folder, "consultations.toml")
    found = next((c for c in told["consultations"] if c["slug"] == slug), None)
    if found is None:
        raise CsplanError(f"consultations.toml in partnerships/{folder.name} has no “{slug}”. Add it, or correct the story.")
    plan_slug = found.pop("plan")
    for counted, named in (("opens", "opens_on"), ("closes", "closes_on")):
        if counted in found:
            found[named] = built_on + timedelta(days=found.pop(counted))
    about = about_you.questions() if found.pop("asks_about_you", False) else []
    return plan_slug, {**found, "questions": [*told["questions"], *about]}


def equality(folder: Path, plan_slug: str) -> dict[str, Any]:
    """The example words of a plan's equality assessment, as the actions take them."""
    told = read(folder, "example-equality.toml")["assessments"]
    found = next((a for a in told if a["plan"] == plan_slug), None)
    if found is None:
        raise CsplanError(
            f"example-equality.toml in partnerships/{folder.name} has no “{plan_slug}”. Add it, or correct the story."
        )
    return {k: v for k, v in found.items() if k != "plan"}
