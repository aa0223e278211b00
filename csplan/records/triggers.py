"""Triggers of the database that refuse to change what is fixed, whoever asks and by whatever program.

They are defined here and nowhere else, and put back after every migrate. `missing` names those that are not there.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

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
    "supply": "A supply is kept as it came",
    "threadlink": "A link is ended by another row, never changed",
    "variation": "A variation that the board minuted never changes",
    "withdrawal": "A withdrawal never changes",
    "opening": "The opening of a consultation never changes",
    "closing": "The closing of a consultation never changes",
    "extension": "An extension never changes",
    "consultationcheck": "A check never changes",
    "response": "An answer never changes",
    "letter": "A letter is kept as it came",
    "entrycheck": "A check of an entered answer never changes",
    "setaside": "Why an answer was set aside is kept; it is ended by another row",
    "masking": "What was covered is kept; it is replaced by another row",
    "coding": "What a coder found never changes",
    "settlement": "What was settled is kept; it is replaced by another row",
    "earlierconsultation": "A published result is kept as it was recorded",
    "recommendation": "A recommendation never changes",
    "recommendationresponse": "What a body answered never changes",
    "reading": "A reading never changes",
    "readingapproval": "An approval never changes",
}

#: Equality assessments that are signed.
SIGNED = "equalityassessment WHERE completed_at IS NOT NULL AND"
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
    "consultationdocument": (
        "opening",
        "consultation_id",
        "consultation_id",
        "The documents of an open consultation never change",
    ),
    "consultationtranslation": (
        "opening",
        "consultation_id",
        "consultation_id",
        "The words of an open consultation never change",
    ),
    "theme": (
        "considerationreport",
        "consultation_id",
        "consultation_id",
        "A theme never changes once the report on it is approved",
    ),
    "equalityline": (SIGNED, "id", "assessment_id", "A signed equality assessment never changes"),
    "equalityaction": (SIGNED, "id", "assessment_id", "The actions of a signed equality assessment never change"),
}

#: Fixed once a column of their own is filled: table -> (the column, the words).
SETTLED: dict[str, tuple[str, str]] = {
    "comment": ("decided_at", "What was decided about a comment never changes"),
    "equalityassessment": ("completed_at", "A signed equality assessment never changes"),
    "alert": ("seen_at", "What was done about an alert never changes"),
    "engagement": ("recorded_at", "An engagement that is recorded never changes"),
    "scrutinyquestion": ("answered_at", "What the committee was answered never changes"),
    "invitation": ("taken_at", "An invitation that was taken never changes"),
    "meeting": ("recorded_at", "A meeting that is recorded never changes"),
    "review": ("completed_at", "A completed review never changes"),
    "scrutinyitem": ("recommended_at", "What scrutiny recommended never changes"),
}

#: An update is refused from both sides: of a row that is fixed, and into what is fixed.
SIDES = (("update", "UPDATE", "OLD"), ("move", "UPDATE", "NEW"), ("delete", "DELETE", "OLD"), ("insert", "INSERT", "NEW"))


class Rule(NamedTuple):
    """One refusal: of a verb (UPDATE, DELETE or INSERT) on a table, when a condition on OLD or NEW holds, in words."""

    name: str
    verb: str
    table: str
    words: str
    when: str = "TRUE"


def rules() -> Iterator[Rule]:
    """Every refusal, for any database."""
    for table, words in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            yield Rule(f"fixed_{verb.lower()}_{table}", verb, table, words)
    for table, (fixer, key, column, words) in FROZEN.items():
        for side, verb, row in SIDES:
            where = fixer if " " in fixer else f"{fixer} WHERE"
            when = f"EXISTS (SELECT 1 FROM records_{where} {key} = {row}.{column})"
            yield Rule(f"fixed_{side}_{table}_by_{fixer.split()[0]}", verb, table, words, when)
    for table, (column, words) in SETTLED.items():
        for verb in ("UPDATE", "DELETE"):
            yield Rule(f"fixed_{verb.lower()}_{table}_settled", verb, table, words, f"OLD.{column} IS NOT NULL")


def definitions(using: str = "default") -> dict[str, str]:
    """{name: what the database is to hold of the trigger}: its statement in SQLite, the body of its function in PostgreSQL."""
    make = _body if connections[using].vendor == "postgresql" else _statement
    return {rule.name: make(rule) for rule in rules()}


def _statement(rule: Rule) -> str:
    verb = f"BEFORE {rule.verb} ON records_{rule.table}"
    return f"CREATE TRIGGER {rule.name} {verb} WHEN {rule.when} BEGIN SELECT RAISE(ABORT, '{rule.words}.'); END"


def _body(rule: Rule) -> str:
    """A condition of PostgreSQL's triggers may not ask other tables, so the function asks."""
    refuse = f"RAISE EXCEPTION '{rule.words}.' USING ERRCODE = 'integrity_constraint_violation'"
    return f"BEGIN IF {rule.when} THEN {refuse}; END IF; RETURN {'OLD' if rule.verb == 'DELETE' else 'NEW'}; END"


def put_back(using: str = "default") -> None:
    """Make every trigger that is not there."""
    lost = set(missing(using))
    with connections[using].cursor() as cursor:
        for rule in rules():
            if rule.name in lost:
                _drop(cursor, rule)
                _make(cursor, rule)


def take_away(using: str = "default") -> None:
    """Take every trigger away, for as long as tables are being made again."""
    there = set(connections[using].introspection.table_names())
    with connections[using].cursor() as cursor:
        for rule in rules():
            if f"records_{rule.table}" in there:
                _drop(cursor, rule)


def _drop(cursor: Any, rule: Rule) -> None:
    on = f" ON records_{rule.table}" if cursor.db.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {rule.name}{on}")


def _make(cursor: Any, rule: Rule) -> None:
    if cursor.db.vendor != "postgresql":
        cursor.execute(_statement(rule))
        return
    cursor.execute(f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $body${_body(rule)}$body$")
    on = f"BEFORE {rule.verb} ON records_{rule.table} FOR EACH ROW"
    cursor.execute(f"CREATE TRIGGER {rule.name} {on} EXECUTE FUNCTION {rule.name}()")


#: Every trigger that the database holds and has not switched off, with what it does.
HELD = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid WHERE NOT tgisinternal AND tgenabled = 'O'",
}


def missing(using: str = "default") -> list[str]:
    """Names of the triggers that are not there, or not as they are defined."""
    with connections[using].cursor() as cursor:
        cursor.execute(HELD[connections[using].vendor])
        held = dict(cursor.fetchall())
    return [name for name, statement in definitions(using).items() if held.get(name) != statement]


def before_migrate(*, using: str, **_: Any) -> None:
    """Step aside while tables are made again."""
    take_away(using)


def after_migrate(*, using: str, **_: Any) -> None:
    """Stand again."""
    if _tables_are_there(using):
        put_back(using)


def _tables_are_there(using: str) -> bool:
    """Not so while a database is migrated back to before them."""
    tables = connections[using].introspection.table_names()
    return all(f"records_{t}" in tables for t in (*APPEND_ONLY, *FROZEN, *SETTLED))
