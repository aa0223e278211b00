"""A method of `csplan.statistics` on somebody's own table: each column is the argument that it is named after.

So that numbers which csplan does not hold (a partner's, a survey's) are worked out by the very functions that its pages use.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin

import numpy as np

from csplan import statistics
from csplan.cycle.outline import Table
from csplan.errors import CsplanError
from csplan.evidence.plain_words import how_many, listed

#: What people write where no value is held. None of them is ever a zero.
NOT_HELD = {"", "-", "–", "—", "[c]", "[x]", "[z]", "[u]", "*", "c", "x", "z", "n/a", "na", "nan", "<5"}
#: Modules that hold no method: what goes in is checked, and neighbours are kept.
PLUMBING = {"inputs", "neighbours"}
#: An argument that no column can be -> the columns that it is made of.
MADE_OF = {"neighbours": ("east", "north"), "points": ("east", "north"), "chart": ("values",), "steps": ("reason",)}
#: With how many of the nearest places each is looked at, unless --set k says otherwise.
NEAREST = 6
#: Arguments that say one thing of each column of a table of two ways.
OF_COLUMNS = {"weights", "standard", "reference_count", "reference_population"}
#: Two columns that lay the others out as a table of two ways: one line for each pair of them.
ROW, COLUMN = "row", "column"


@dataclass(frozen=True)
class Method:
    """A public function of the statistics that can be asked from a table. name : module and function, such as rates.crude_rate"""

    name: str
    function: Callable[..., Any]

    @property
    def about(self) -> str:
        """Its first line."""
        return inspect.getdoc(self.function).split("\n")[0]  # type: ignore[union-attr]

    @property
    def source(self) -> str:
        """Where its formula is from."""
        found = re.search(r"^Source: (.+?)(?:\n\n|\Z)", inspect.getdoc(self.function) or "", re.S | re.M)
        return " ".join(found[1].split()) if found else ""

    @property
    def takes(self) -> Mapping[str, inspect.Parameter]:
        """Its arguments."""
        return inspect.signature(self.function).parameters


@dataclass(frozen=True)
class Calculation:
    """What a method gave. labels : a name for each line of the table; values : result by name; words : its sentences"""

    method: Method
    labels: tuple[str, ...]
    values: Mapping[str, Any]
    words: tuple[str, ...]
    missing: int

    def as_json(self) -> dict[str, Any]:
        """method, about, source, labels, result, words, missing; null where no value is known."""
        result = {name: _plain(value) for name, value in self.values.items()}
        told = {"method": self.method.name, "about": self.method.about, "source": self.method.source, "labels": list(self.labels)}
        return told | {"result": result, "words": list(self.words), "missing": self.missing}

    def as_text(self) -> str:
        """For a terminal: what was asked, single values, a table of what has a value for each line, and sentences."""
        each = {name: np.ravel(v) for name, v in self.values.items() if self.labels and np.shape(v) == (len(self.labels),)}
        alone = [f"{name}: {_shown(value)}" for name, value in self.values.items() if name not in each]
        rows = [("", *each), *zip(self.labels, *(map(_shown, v) for v in each.values()), strict=True)] if each else []
        parts = [[f"{self.method.name}: {self.method.about}", f"Source: {self.method.source}"], alone, _aligned(rows)]
        return "\n\n".join("\n".join(part) for part in (*parts, [*self.words, *self._gaps()]) if part)

    def _gaps(self) -> list[str]:
        if not self.missing:
            return []
        held = "value was not held, and counts" if self.missing == 1 else "values were not held, and count"
        return [f"{how_many(self.missing).capitalize()} {held} as missing, not as zero."]


def methods() -> tuple[Method, ...]:
    """Every method that a table can be given to, in order of name."""
    return tuple(sorted(_found(), key=lambda method: method.name))


def method(name: str) -> Method:
    """The method of this name; refused with those that are like it."""
    from difflib import get_close_matches

    by_name = {one.name: one for one in methods()}
    if name in by_name:
        return by_name[name]
    near = [n for n in by_name if name.lower() in n] or get_close_matches(name, by_name, n=3)
    hint = f" Did you mean {' or '.join(near[:4])}?" if near else ""
    raise CsplanError(f"There is no method called {name}.{hint} Run csplan calculate alone to see all of them.")


def calculate(asked: Method, table: Table | None, said: Mapping[str, str]) -> Calculation:
    """Give a method the columns of a table and what was said by hand.

    table : its headings are names of arguments, in any letters, with blanks for underscores; other columns name the lines
    said : argument -> value as written
    Raises CsplanError, with one sentence, for a cell that is no number, an argument that is missing or unknown, or what the method refuses
    """
    columns, labels, missing = _columns(asked, table) if table else ({}, (), 0)
    near = said.get("k", str(NEAREST)) if "neighbours" in asked.takes else ""
    said = {name: text for name, text in said.items() if not (near and name == "k")}
    unknown = [name for name in said if name not in asked.takes]
    if unknown:
        raise CsplanError(f"{asked.name} takes no {unknown[0]}: it takes {listed(list(asked.takes))}.")
    made = _made(asked, columns, near)
    given = made | {name: _said(name, text, asked.takes[name]) for name, text in said.items()}
    lacking = [n for n, p in asked.takes.items() if p.default is p.empty and n not in given]
    if lacking:
        raise CsplanError(_needs(asked, lacking[0]))
    try:
        result = asked.function(**given)
    except (ValueError, TypeError) as e:
        raise CsplanError(f"{asked.name} could not be worked out: {e}.".replace("..", ".")) from e
    return Calculation(asked, labels, _values(result), tuple(_words(asked, result)), missing)


def _needs(asked: Method, name: str) -> str:
    if name in MADE_OF:
        return f"{asked.name} needs columns to make its {name} of: {listed([head.capitalize() for head in MADE_OF[name]])}."
    return f"{asked.name} needs {name}: give it as a column of the table, or with --set {name}=…."


def _made(asked: Method, columns: Mapping[str, Any], near: str) -> dict[str, Any]:
    """The arguments, those among them that are made of columns made."""
    from csplan.statistics import control_chart, hotspots

    given = {name: values for name, values in columns.items() if name in asked.takes}
    wanted = [name for name, of in MADE_OF.items() if name in asked.takes and set(of) <= columns.keys()]
    for name in wanted:
        if name == "steps":
            given[name] = [(at, why) for at, why in enumerate(columns["reason"]) if why]
            continue
        # What is laid out in two ways says where a place is in every line of it.
        parts = [np.nanmax(columns[of], axis=1) if np.ndim(columns[of]) == 2 else columns[of] for of in MADE_OF[name]]
        try:
            if name == "chart":
                given[name] = control_chart.xmr(parts[0])
            else:
                at = np.column_stack(parts)
                given[name] = at if name == "points" else hotspots.nearest(at, int(_number(near, "--set", "k")))
        except ValueError as e:
            raise CsplanError(f"{asked.name} could not be worked out: {e}.") from e
    return given


def _found() -> Iterator[Method]:
    for module in pkgutil.iter_modules(statistics.__path__):
        if module.name in PLUMBING:
            continue
        held = importlib.import_module(f"{statistics.__name__}.{module.name}")
        for name, function in inspect.getmembers(held, inspect.isfunction):
            if function.__module__ == held.__name__ and not name.startswith("_") and _is_asked(function):
                yield Method(f"{module.name}.{name}", function)


def _is_asked(function: Callable[..., Any]) -> bool:
    """Whether all that it needs can be numbers of a table, a choice of words, or made of columns."""
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return bool(needed) and all(
        p.name in {*MADE_OF, "names"}
        or p.annotation in (int, float, float | None)
        or re.search("ndarray|Literal", str(p.annotation))
        for p in needed
    )


def _argument(head: str, asked: Method) -> str:
    """The argument that a heading names, one letter s more or less; else the heading in small letters."""
    name = re.sub(r"[\s-]+", "_", head.strip().lower())
    return next((one for one in (name, f"{name}s", name.removesuffix("s")) if one in asked.takes), name)


def _columns(asked: Method, table: Table) -> tuple[dict[str, Any], tuple[str, ...], int]:
    """Arguments as arrays, a name for each line, and how many cells hold no value."""
    if "names" in asked.takes:
        return _named_columns(asked, table)
    named = [_argument(head, asked) for head in table.heads]
    made = {head for name, of in MADE_OF.items() if name in asked.takes for head in of}
    known = {name: at for at, name in enumerate(named) if name in {*asked.takes, *made}}
    if not known:
        raise CsplanError(f"No heading of the table is one that {asked.name} takes: {listed(list(asked.takes))}.")
    told: dict[str, Any] = {"reason": [row.cells[known["reason"]].strip() for row in table.rows]} if "reason" in known else {}
    numbers = {
        name: np.array([_number(row.cells[at], row.place, name) for row in table.rows])
        for name, at in known.items()
        if name != "reason"
    }
    missing = int(sum(np.isnan(values).sum() for values in numbers.values()))
    if ROW in named and COLUMN in named:
        laid, labels = _two_ways(numbers, table, named.index(ROW), named.index(COLUMN))
        return laid, labels, missing
    spare = [at for at, name in enumerate(named) if name not in known]
    labels = tuple(row.cells[spare[0]] if spare else row.place for row in table.rows)
    return numbers | told, labels, missing


def _named_columns(asked: Method, table: Table) -> tuple[dict[str, Any], tuple[str, ...], int]:
    """For a method of many measures of each place: the first column names the places, each other one is a measure."""
    whole = np.array(
        [[_number(c, row.place, head) for c, head in zip(row.cells[1:], table.heads[1:], strict=True)] for row in table.rows]
    )
    first = next(iter(asked.takes))
    return {first: whole, "names": tuple(table.heads[1:])}, tuple(row.cells[0] for row in table.rows), int(np.isnan(whole).sum())


def _two_ways(numbers: Mapping[str, Any], table: Table, row: int, column: int) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Each column as an array (rows, columns); one whose value is the same in every row of a column as an array (columns,)."""
    down = {name: i for i, name in enumerate(dict.fromkeys(line.cells[row] for line in table.rows))}
    across = {name: i for i, name in enumerate(dict.fromkeys(line.cells[column] for line in table.rows))}
    seen: dict[tuple[int, int], str] = {}
    for line in table.rows:
        place = down[line.cells[row]], across[line.cells[column]]
        if place in seen:
            raise CsplanError(
                f"{seen[place]} and {line.place} are both of {line.cells[row]} and {line.cells[column]}: keep one of them."
            )
        seen[place] = line.place
    at = np.array(list(seen))
    laid = {}
    for name, values in numbers.items():
        whole = np.full((len(down), len(across)), np.nan)
        whole[at[:, 0], at[:, 1]] = values
        laid[name] = whole[0] if name in OF_COLUMNS else whole
    return laid, tuple(down)


def _number(cell: str, place: str, name: str) -> float:
    text = cell.strip().replace(",", "").replace("\u00a0", "")
    if text.lower() in NOT_HELD:
        return np.nan
    try:
        if not text.isascii():
            raise ValueError
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as e:
        raise CsplanError(f"{place.capitalize()}, {name}: “{cell}” is no number.") from e


def _said(name: str, text: str, parameter: inspect.Parameter) -> Any:
    """A value as written, as the argument wants it: words stay words."""
    if isinstance(parameter.default, str) or "Literal" in str(parameter.annotation):
        return text
    parts = [_number(part, "--set", name) for part in text.split(",")] if "," in text else [_number(text, "--set", name)]
    whole = [int(part) if float(part).is_integer() else part for part in parts if not np.isnan(part)]
    if len(whole) < len(parts):
        raise CsplanError(f"--set {name} has no value: write one after the sign, as {name}=2.")
    return np.array(whole) if len(whole) > 1 else whole[0]


def _values(result: Any) -> dict[str, Any]:
    if is_dataclass(result):
        return {f.name: getattr(result, f.name) for f in fields(result)}
    if isinstance(result, tuple):
        return (
            dict(zip(("low", "high"), result, strict=True))
            if len(result) == 2
            else {f"value {i}": v for i, v in enumerate(result, 1)}
        )
    return {"value": result}


def _words(asked: Method, result: Any) -> Iterator[str]:
    """What the module's own functions of words make of the result, where nothing but the result is needed."""
    module = inspect.getmodule(asked.function)
    for name, speak in inspect.getmembers(module, inspect.isfunction):
        if name not in ("words", "verdict", "verdicts") and not name.endswith("_words"):
            continue
        needed = [p.annotation for p in inspect.signature(speak).parameters.values() if p.default is p.empty]
        kind = get_origin(needed[0]) or needed[0] if len(needed) == 1 else None
        if isinstance(kind, type) and is_dataclass(kind) and isinstance(result, kind) and _is_one(result, needed[0]):
            said = speak(result)
            yield from [said] if isinstance(said, str) else map(str, said)


def _is_one(result: Any, annotation: Any) -> bool:
    """Whether a result is of one case where its words want that: annotated with float, as TwoProportions[float]."""
    return float not in get_args(annotation) or np.ndim(getattr(result, fields(result)[0].name)) == 0


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table: names to the left, numbers to the right."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(r, wide, strict=True))) for r in rows]


def _plain(value: Any) -> Any:
    """As JSON holds it: null for what is not known, a list for an array."""
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _shown(value: Any) -> str:
    if isinstance(value, str | bool | np.bool_ | np.str_) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, int | float | np.number):
        return "not known" if np.isnan(value) else f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"
    if isinstance(value, Sequence | np.ndarray) and len(value) > 12:
        return f"{len(value):,} values (all of them with --json)"
    return ", ".join(map(_shown, value)) if isinstance(value, Sequence | np.ndarray) else str(value)
