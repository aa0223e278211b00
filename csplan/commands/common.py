"""What the commands share: who acts, where the evidence is, and the start of the website and its records."""

from typing import Any

from csplan.errors import CsplanError
from csplan.terminal import options


def keeper() -> str:
    """Who acts when no account is named: the login of the terminal."""
    import getpass

    return f"terminal:{getpass.getuser()}"


def person(username: str | None, does: str) -> Any:
    """The account that acts; refused where none is named, because the terminal is no person. does : such as “A plan is drafted”"""
    from csplan.records.reading import people

    if username is None:
        raise CsplanError(f"{does} by a person, and {keeper()} is none. Say who you are with --by and your user name.")
    return people.account(username)


def store() -> Any:
    """The evidence in the data folder."""
    from csplan.evidence.store import Store

    return Store(options.data)


def website() -> None:
    """Start the records and the website on the data folder, which must hold records."""
    from csplan.website import RECORDS, database, start

    if not database.is_elsewhere() and not (options.data / RECORDS).is_file():
        raise CsplanError(f"There are no records in {options.data}. Build some with csplan demo, or name the folder with --data.")
    start(options.data, as_at=options.as_at, partnership=options.partnership)
    _check_is_current()


def _check_is_current() -> None:
    """Refuse records that an older program wrote: they are brought up to date by serving them, after a copy is made."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CsplanError(
            f"The records in {options.data} were written by an older csplan. Copy that folder, then run csplan serve once: "
            "it brings them up to date."
        )


def thousands(n: int) -> str:
    """12,345."""
    return f"{n:,}"
