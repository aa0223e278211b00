"""Triggers of the database that refuse to change what is fixed, whoever asks and by whatever program.

They are defined here and nowhere else, and put back after every migrate. `missing` names those that are not there.
"""

from typing import Any

from django.db import connections

#: Rows of these tables are never changed and never removed.
APPEND_ONLY: dict[str, str] = {
    "auditevent": "An event of the audit chain never changes",
    "seal": "A seal never changes",
    "agreement": "What the board agreed never changes",
    "approval": "What a body approved never changes",
    "authoritypart": "What an authority did is kept as it was recorded",
    "decision": "What a meeting decided never changes",
    "dispatch": "A dispatch never changes",
    "edit": "The steps of writing never change",
    "finding": "A finding stays as it was recorded",
    "planclosing": "The closing of a plan never changes",
    "progress": "A report on a deliverable never changes",
    "publication": "A publication never changes",
    "storedpaper": "A paper that was agreed never changes",
    "threadlink": "A link is ended by another row, never changed",
    "variation": "A variation that the board minuted never changes",
    "withdrawal": "A withdrawal never changes",
    "opening": "The opening of a consultation never changes",
    "closing": "The closing of a consultation never changes",
    "response": "An answer never changes",
    "reading": "A reading never changes",
    "readingapproval": "An approval never changes",
}

#: Fixed once a row elsewhere says so: table -> (the table of that row, its column there, the column here, the words).
FROZEN: dict[str, tuple[str, str, str, str]] = {
    "planversion": ("seal", "version_id", "id", "A frozen version of a plan never changes"),
    "priority": ("seal", "version_id", "version_id", "A priority of a frozen version never changes"),
    "workarea": ("seal", "version_id", "version_id", "A work area of a frozen version never changes"),
    "deliverable": ("seal", "version_id", "version_id", "A deliverable of a frozen version never changes"),
    "alignment": ("seal", "version_id", "version_id", "An alignment of a frozen version never changes"),
    "section": ("seal", "version_id", "version_id", "A section of a frozen version never changes"),
    "assurancearea": ("seal", "version_id", "version_id", "An assurance area of a frozen version never changes"),
    "risk": ("seal", "version_id", "version_id", "A risk of a frozen version never changes"),
    "dependency": ("seal", "version_id", "version_id", "A dependency of a frozen version never changes"),
    "resourceline": ("seal", "version_id", "version_id", "A resource of a frozen version never changes"),
    "change": ("seal", "version_id", "version_id", "The reasons of a frozen version never change"),
    "closingrecord": ("seal", "version_id", "version_id", "A closing record of a frozen version never changes"),
    "consultation": ("opening", "consultation_id", "id", "A consultation that has opened never changes"),
    "response": ("closing", "consultation_id", "consultation_id", "Answers to a closed consultation are counted"),
    "question": ("opening", "consultation_id", "consultation_id", "A question of a consultation that has opened never changes"),
}

#: Fixed once a column of their own is filled: table -> (the column, the words).
SETTLED: dict[str, tuple[str, str]] = {
    "comment": ("decided_at", "What was decided about a comment never changes"),
    "equalityassessment": ("completed_at", "A signed equality assessment never changes"),
    "invitation": ("taken_at", "An invitation that was taken never changes"),
    "meeting": ("recorded_at", "A meeting that is recorded never changes"),
    "review": ("completed_at", "A completed review never changes"),
    "scrutinyitem": ("recommended_at", "What scrutiny recommended never changes"),
}

#: An update is refused from both sides: of a row that is fixed, and into what is fixed.
SIDES = (("update", "UPDATE", "OLD"), ("move", "UPDATE", "NEW"), ("delete", "DELETE", "OLD"), ("insert", "INSERT", "NEW"))


def definitions() -> dict[str, str]:
    """{name: statement} of every trigger, for SQLite."""
    made = {}
    for table, words in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            made.update(_trigger(f"{verb.lower()}_{table}", verb, table, words))
    for table, (fixer, key, column, words) in FROZEN.items():
        for name, verb, row in SIDES:
            when = f"EXISTS (SELECT 1 FROM records_{fixer} WHERE {key} = {row}.{column})"
            made.update(_trigger(f"{name}_{table}_by_{fixer}", verb, table, words, when))
    for table, (column, words) in SETTLED.items():
        for verb in ("UPDATE", "DELETE"):
            made.update(_trigger(f"{verb.lower()}_{table}_settled", verb, table, words, f"OLD.{column} IS NOT NULL"))
    return made


def _trigger(name: str, verb: str, table: str, words: str, when: str = "1") -> dict[str, str]:
    statement = f"BEFORE {verb} ON records_{table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}.'); END"
    return {f"fixed_{name}": f"CREATE TRIGGER fixed_{name} {statement}"}


def put_back(using: str = "default") -> None:
    """Make every trigger that is not there."""
    with connections[using].cursor() as cursor:
        for name in missing(using):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(definitions()[name])


def take_away(using: str = "default") -> None:
    """Take every trigger away, for as long as tables are being made again."""
    with connections[using].cursor() as cursor:
        for name in definitions():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(using: str = "default") -> list[str]:
    """Names of the triggers that are not there, or not as they are defined."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        held = dict(cursor.fetchall())
    return [name for name, statement in definitions().items() if held.get(name) != statement]


def before_migrate(*, using: str, **_: Any) -> None:
    """Step aside while tables are made again."""
    if connections[using].vendor == "sqlite":
        take_away(using)


def after_migrate(*, using: str, **_: Any) -> None:
    """Stand again."""
    if connections[using].vendor == "sqlite" and _tables_are_there(using):
        put_back(using)


def _tables_are_there(using: str) -> bool:
    """Not so while a database is migrated back to before them."""
    tables = connections[using].introspection.table_names()
    return all(f"records_{t}" in tables for t in (*APPEND_ONLY, *FROZEN, *SETTLED))
