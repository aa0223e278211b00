"""How commands are named, read from the terminal and answered. What they do is in `commands`."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import csplan

Act = Callable[[argparse.Namespace], int | None]

#: command, such as "evidence load" -> (what does it, its arguments)
COMMANDS: dict[str, tuple[Act, tuple["Argument", ...]]] = {}
GROUPS = {
    "evidence": "Releases in; counts, and where each number came from, out.",
    "plan": "Plans in and out: checked, brought in, handed on.",
    "performance": "Histories of indicators in.",
    "supply": "what authorities owe each other each quarter",
    "disclosure": "Small counts: what may be shown of them, and what could be worked out.",
}


@dataclass(frozen=True)
class Argument:
    """An argument of a command as argparse takes it."""

    names: tuple[str, ...]
    told: dict[str, Any]


def takes(*names: str, **told: Any) -> Argument:
    """One argument: `takes("--area", required=True, help="…")`."""
    return Argument(names, told)


def day(text: str) -> date:
    """A day that an argument says: `takes("--from", type=day)`."""
    try:
        return date.fromisoformat(text)
    except ValueError as e:
        raise argparse.ArgumentTypeError(f"“{text}” is no day: write it as 2020-03-31") from e


def command(name: str, *arguments: Argument) -> Callable[[Act], Act]:
    """Name a function as a command. Its first line is its help; what it returns is the exit code, 0 for nothing."""

    def named(act: Act) -> Act:
        COMMANDS[name] = act, arguments
        return act

    return named


@dataclass
class Options:
    """What holds for every command."""

    data: Path
    partnership: str | None
    as_at: str | None
    as_json: bool
    quiet: bool

    def say(self, words: str) -> None:
        """Progress and outcomes in words; with --json they go to standard error, so that standard output holds one document."""
        if not self.quiet:
            print(words, file=sys.stderr if self.as_json else sys.stdout, flush=True)

    def answer(self, document: Any, words: str) -> None:
        """The outcome: the document with --json, else the words."""
        print(json.dumps(document, ensure_ascii=False, indent=2) if self.as_json else words)

    def progress(self, done: int, total: int, name: str) -> None:
        """How far a long load is, on one line of a terminal that is rewritten."""
        if sys.stderr.isatty() and not self.quiet:
            last = done + 1 >= total
            print(f"\r\x1b[K{done + 1} of {total}: {name}"[:100], end="\r\x1b[K" if last else "", file=sys.stderr, flush=True)


options = Options(Path("var"), None, None, False, False)


class Parser(argparse.ArgumentParser):
    """An argument that is wrong is one sentence, and where to read more."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}. Run {self.prog} --help to see what it takes.\n")


def common(parser: argparse.ArgumentParser) -> None:
    """What may be said before a command and after it."""
    absent = argparse.SUPPRESS
    parser.add_argument(
        "--data", type=Path, default=absent, metavar="DIR", help="the folder that holds everything (CSPLAN_DATA; var)"
    )
    parser.add_argument("--partnership", default=absent, metavar="SLUG", help="which partnership; not needed when there is one")
    parser.add_argument(
        "--as-at", default=absent, metavar="DAY", help="the day, as 2020-01-09, that the clock starts at (CSPLAN_AS_AT)"
    )
    parser.add_argument("--json", action="store_true", default=absent, help="one JSON document on standard output")
    parser.add_argument("--quiet", action="store_true", default=absent, help="say only the outcome")


def parser() -> Parser:
    """Every command with its arguments."""
    whole = Parser("csplan", description=csplan.__doc__, epilog="How to: docs/how-to/README.md", allow_abbrev=False)
    whole.add_argument("--version", action="version", version=csplan.__version__)
    common(whole)
    first = whole.add_subparsers(metavar="COMMAND", required=True)
    used = {name.rpartition(" ")[0] for name in COMMANDS}
    groups = {name: first.add_parser(name, help=words, description=words) for name, words in GROUPS.items() if name in used}
    inner = {name: group.add_subparsers(metavar="COMMAND", required=True) for name, group in groups.items()}
    for name, (act, arguments) in COMMANDS.items():
        group, _, verb = name.rpartition(" ")
        words = (act.__doc__ or "").strip()
        made = (inner[group] if group else first).add_parser(verb, help=words, description=words, allow_abbrev=False)
        for argument in arguments:
            made.add_argument(*argument.names, **argument.told)
        common(made)
        made.set_defaults(act=act)
    return whole
