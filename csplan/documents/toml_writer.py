"""Plain values written as TOML that a person can read and change: words, numbers, days, lists and tables."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

#: What a quoted string writes apart.
_APART = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write(document: Mapping[str, Any], *, head: str = "", heads: Mapping[str, str] | None = None) -> str:
    """A whole file. What is None is left out: TOML has no word for it.

    head : a comment over the file;  heads : {table: comment over its first line}
    >>> print(write({"name": "Safer", "bodies": [{"code": "council", "from_on": date(2009, 4, 1)}]}), end="")
    name = "Safer"
    <BLANKLINE>
    [[bodies]]
    code = "council"
    from_on = 2009-04-01
    """
    told = heads or {}
    blocks = ["\n".join(_comment(head))] if head else []
    plain = [f"{key} = {value(item)}" for key, item in document.items() if not _is_table(item) and item is not None]
    if plain:
        blocks.append("\n".join(plain))
    for key, item in document.items():
        if _is_table(item):
            tables = list(_tables(key, item))
            if key in told:
                tables[0] = "\n".join([*_comment(told[key]), tables[0]])
            blocks += tables
    return "\n\n".join(blocks) + "\n"


def _comment(words: str) -> list[str]:
    return [f"# {line}".rstrip() for line in words.splitlines()]


def _is_table(item: Any) -> bool:
    return isinstance(item, Mapping) or (isinstance(item, Sequence) and bool(item) and isinstance(item[0], Mapping))


def _tables(key: str, item: Any) -> Iterator[str]:
    """A table, or each of a list of tables, with the tables inside."""
    head, several = (f"[{key}]", [item]) if isinstance(item, Mapping) else (f"[[{key}]]", item)
    for one in several:
        plain = [f"{name} = {value(held)}" for name, held in one.items() if not _is_table(held) and held is not None]
        yield "\n".join([head, *plain])
        for name, held in one.items():
            if _is_table(held):
                yield from _tables(f"{key}.{name}", held)


def value(item: Any) -> str:
    """One value. Raises TypeError for what TOML does not know."""
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, int | float):
        return str(item)
    if isinstance(item, date | datetime):
        return item.isoformat()
    if isinstance(item, str):
        return f'"{"".join(_sign(sign) for sign in item)}"'
    if isinstance(item, Sequence):
        return f"[{', '.join(value(one) for one in item)}]"
    raise TypeError(f"{type(item).__name__} has no form in TOML")


def _sign(sign: str) -> str:
    if sign in _APART:
        return _APART[sign]
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign
