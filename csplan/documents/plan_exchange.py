"""A plan file of the csplan plan format, read and checked: each problem is one plain sentence that names its place."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from csplan.cycle import plan_format, plan_schema, plan_text, plan_values
from csplan.errors import CsplanError, InputRejected

#: A plan is words; a file larger than this is something else.
LARGEST = 20_000_000
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
#: form of a field, as the schema names it -> what is wrong with a value that does not fit
WRONG: dict[str, str] = {
    "day": "is not a day such as 2020-03-31",
    "month": "is not a month such as 2018-11",
    "slug": "is not a name in addresses: small letters, digits and hyphens",
    "refs": "is no reference such as 1, 1.2 or 1.2.1",
    "limbs": "is no purpose of section 6(1): a, b, c or d",
    "group": "is not the slug of a group: small letters, digits and hyphens",
    "number": "is not a whole number of pounds",
}
TYPES = {"string": "text", "array": "a list", "object": "an object", "boolean": "true or false", "integer": "a whole number"}


class Refused(InputRejected):
    """A plan file that cannot be taken. `problems` : a sentence each"""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def read(path: Path) -> Any:
    """The JSON of a file. Raises Refused where it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refused([f"{path.name} is larger than any plan. Give a file of the csplan plan format."])
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except FileNotFoundError as e:
        raise CsplanError(f"There is no file {path}. Check its name.") from e
    except UnicodeDecodeError as e:
        raise Refused([f"{path.name} is not UTF-8 text. Save it as JSON in UTF-8."]) from e
    except json.JSONDecodeError as e:
        raise Refused([f"{path.name} is not JSON: it breaks off at line {e.lineno}, sign {e.colno}. Correct it there."]) from e
    except RecursionError as e:
        raise Refused([f"{path.name} is nested too deeply to be a plan. Give a file of the csplan plan format."]) from e


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that stands twice is refused, for only one of the two could be read."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for i, (key, _) in enumerate(pairs) if key in [k for k, _ in pairs[:i]])
        raise Refused([f"The key “{twice}” stands twice in one object. Leave one of the two."])
    return found


def check(file: Any) -> dict[str, Any]:
    """The file, once nothing is wrong with it. Raises Refused with every problem."""
    found = problems(file)
    if found:
        raise Refused(found)
    checked: dict[str, Any] = file
    return checked


def problems(file: Any) -> list[str]:
    """Everything that is wrong with a plan file, in the order of the file: first its shape, then what it says."""
    if not isinstance(file, dict):
        return ["The file holds no plan: it is to be one JSON object."]
    if unfit := list(_unfit(file, ())):
        return unfit
    errors = sorted(_validator().iter_errors(file), key=lambda e: [str(part).rjust(6, "0") for part in e.absolute_path])
    wrong = list(dict.fromkeys(sentence for e in errors for sentence in _sentences(e)))
    return wrong or [*_days(file["plan"]), *_references(file), *_values(file)]


@lru_cache
def _validator() -> Draft202012Validator:
    schema = plan_schema.schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker(("date",)))


def _unfit(value: Any, path: tuple[Any, ...]) -> Iterator[str]:
    """Texts with control characters or broken signs, and numbers that are none: no record and no paper can hold them."""
    if isinstance(value, str) and UNFIT.search(value):
        yield f"{_place(path[:-1])}“{path[-1]}” holds a control character or a broken sign. Write it anew."
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{_place(path[:-1])}“{path[-1]}” is not a number."
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from _unfit(inside, (*path, key))
    elif isinstance(value, list):
        for at, inside in enumerate(value):
            yield from _unfit(inside, (*path, at))


# ---- shape ----------------------------------------------------------------------------------------------------


def _sentences(error: ValidationError) -> list[str]:
    """What one error says; of an object that lacks keys, a sentence for each."""
    path, rule = list(error.absolute_path), str(error.validator)
    if rule == "required":
        return [f"{_place(path)}“{key}” is missing." for key in error.validator_value if key not in error.instance]
    return [_sentence(error, path, rule)]


def _sentence(error: ValidationError, path: list[Any], rule: str) -> str:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
    if rule == "const":
        return f"{_place(path[:-1])}“{name}” is not “{error.validator_value}”."
    said = _shown(error.instance) if path and isinstance(path[-1], int) else ""
    return f"{_place(_above(path))}“{name}”{said} {_wrong(error, rule)}."


def _above(path: list[Any]) -> list[Any]:
    """The place in which a value stands: without its key, and without its number in a list of values."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return path[:-1]


def _shown(value: Any) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f" holds “{words[:40]}”, which" if words else " holds an empty line, which"


def _wrong(error: ValidationError, rule: str) -> str:
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    form = str(schema.get("$comment", ""))
    if rule == "enum":
        return f"is none of: {', '.join(str(choice) for choice in error.validator_value if choice)}"
    if rule == "maxLength":
        return f"is {len(error.instance) - int(error.validator_value):,} signs too long: {int(error.validator_value):,} at most"
    if rule == "minLength":
        return "is empty"
    if form.startswith("reference of ") and rule == "pattern":
        return f"is no {form}, such as {plan_schema.example(form.removeprefix('reference of '))}"
    if form in WRONG:
        return WRONG[form]
    if rule == "type":
        types = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        return f"is not {' or '.join(TYPES[t] for t in types if t != 'null')}"
    return "is to stand on one line" if rule == "pattern" else "cannot be read"


def _place(path: Iterable[Any]) -> str:
    """ "priorities, second, deliverables, first: "; nothing at the top."""
    words = ", ".join(ordinal(part) if isinstance(part, int) else str(part) for part in path)
    return f"{words}: " if words else ""


def ordinal(at: int) -> str:
    """0 is the first.

    >>> ordinal(1), ordinal(10), ordinal(21)
    ('second', '11th', '22nd')
    """
    n = at + 1
    if n <= len(ORDINALS):
        return ORDINALS[at]
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


# ---- what it says -----------------------------------------------------------------------------------------------


def _days(plan: Mapping[str, Any]) -> Iterator[str]:
    if date.fromisoformat(plan["to"]) <= date.fromisoformat(plan["from"]):
        yield "plan: “to” is not after “from”."


def _references(file: Mapping[str, Any]) -> Iterator[str]:
    """References that stand twice or in the wrong place, and work areas that are not there."""
    held = {w["ref"] for p in file["priorities"] for w in p.get("work_areas") or ()}
    for name in (*plan_format.TOP, "priority"):
        kind = plan_text.KINDS[name]
        yield from _twice(kind.plural, [row[kind.key] for row in file.get(kind.plural) or ()])
    yield from _twice("work areas", [w["ref"] for p in file["priorities"] for w in p.get("work_areas") or ()])
    yield from _twice("deliverables", [d["ref"] for p in file["priorities"] for d, _ in plan_format.placed(p)])
    for p in file["priorities"]:
        for w in p.get("work_areas") or ():
            if w["ref"].split(".")[0] != p["ref"]:
                yield f"Work area {w['ref']} stands under priority {p['ref']}. Its reference is to begin with {p['ref']}."
        for d, area in plan_format.placed(p):
            yield from _deliverable(d, area, p["ref"], held)


def _twice(what: str, refs: Sequence[str]) -> Iterator[str]:
    for ref in dict.fromkeys(r for r in refs if refs.count(r) > 1):
        yield f"{what}: the reference {ref} stands more than once. Each is used once."


def _deliverable(d: Mapping[str, Any], area: str | None, priority: str, held: set[str]) -> Iterator[str]:
    if d["ref"].split(".")[0] != priority:
        yield f"Deliverable {d['ref']} stands under priority {priority}. Its reference is to begin with {priority}."
    for ref in d.get("work_areas") or ():
        if ref not in held:
            yield f"Deliverable {d['ref']} serves work area {ref}, which is not in the file."
    if area and d.get("work_areas") and area not in d["work_areas"]:
        yield f"Deliverable {d['ref']} stands under work area {area} and does not name it in “work_areas”."


def _values(file: Mapping[str, Any]) -> Iterator[str]:
    """What a field may not hold though its shape is right, such as a day that is due before it starts."""
    for address, values in plan_text.clauses(plan_format.document_of(file)).items():
        kind, _ = plan_text.part_of(address)
        try:
            plan_values.checked(kind, values)
        except plan_values.Refused as refused:
            yield from (f"{plan_text.title_of(address, values)}: “{name}”: {words}." for name, words in refused.problems.items())
