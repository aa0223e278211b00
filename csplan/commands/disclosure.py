"""What may be shown of small counts, and what somebody could work out of all that was published."""

from argparse import Namespace
from pathlib import Path

from csplan.terminal import command, options, takes

FOUND = 1
CHECK_LIMITS = (
    "This looks at one table. What it tells together with other tables is found by `csplan disclosure attack`; what people "
    "know already, or what the words beside a table say, by neither."
)
ATTACK_LIMITS = (
    "This holds for the figures in the ledger, and for nothing that was published and is not in it. It does not know what people "
    "have heard or seen, and it does not read names, maps or text."
)


@command(
    "disclosure check",
    takes("file", type=Path, metavar="TABLE.csv", help="Count, with any of Area, Period, Category and Population"),
    takes(
        "--tier", required=True, choices=("S", "V"), help="S shared, V vulnerable: docs/how-to/disclosure.md says which is which"
    ),
    takes("--authority", action="store_true", help="its areas are whole local authorities"),
    takes("--to", type=Path, metavar="FILE", help="a new .csv, .xlsx or .ods file of what may be shown"),
)
def check(said: Namespace) -> int:
    """What may be shown of a table of counts. Exit code 1 when it may not be shown as it stands and --to does not mend it."""
    from csplan.evidence import release_rules
    from csplan.evidence.incoming import file, package
    from csplan.evidence.returns import workbook
    from csplan.statistics import disclosure

    name = package.safe_name(said.file.name)
    found = release_rules.check(release_rules.read_table(file.read_path(said.file), name), said.tier, authority=said.authority)
    written = said.to is not None and not found.problems
    if written:
        workbook.write([workbook.Sheet("Released", [found.heads, *found.lines])], said.to)
    document = {
        "tier": said.tier,
        "rows": len(found.released.status),
        "changed": list(found.changed),
        "problems": list(found.problems),
        "released": [] if found.problems else [dict(zip(found.heads, line, strict=True)) for line in found.lines],
        "file": str(said.to) if written else None,
        "limits": CHECK_LIMITS,
    }
    said_words = [disclosure.words(found.released), *found.problems]
    if found.problems:
        said_words.append("Nothing is to be shown of this table until that is mended.")
    elif written:
        said_words.append(f"Written to {said.to}. Show that, and not {name}.")
    elif found.changed:
        said_words.append(f"{name} may not be shown as it stands. Say --to and a file name for what may.")
    else:
        said_words.append(f"{name} may be shown as it stands.")
    options.answer(document, "\n".join([*said_words, CHECK_LIMITS]))
    return FOUND if found.problems or (found.changed and not written) else 0


@command(
    "disclosure attack", takes("file", type=Path, metavar="LEDGER.json", help="all that was published, as the how-to lays it out")
)
def attack(said: Namespace) -> int:
    """What somebody could work out of all that was published together. Exit code 1 when anything can be."""
    from csplan.evidence import release_ledger

    held = release_ledger.read_ledger(said.file)
    options.say(f"Asking of {len(held.targets):,} counts whether they can be worked out.")
    answer = release_ledger.ask(held, said.file.name)
    options.answer(answer.as_json() | {"limits": ATTACK_LIMITS}, "\n".join([*answer.sentences(), ATTACK_LIMITS]))
    return 0 if answer.is_safe else FOUND
