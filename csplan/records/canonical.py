"""One way of writing a value as bytes, so that its fingerprint is the same on every machine.

Source: RFC 8785, JSON Canonicalization Scheme: keys in the order of their UTF-16 units, no white space, numbers as
ECMAScript prints them, text in UTF-8 with the fewest escapes.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

#: Beyond this an integer does not survive in every reader of JSON.
LARGEST_INTEGER = 2**53 - 1


def encode(value: Any) -> bytes:
    """The canonical bytes of a value made of mappings, lists, text, numbers, True, False and None.

    Days and instants are written as ISO 8601 text, instants in UTC.
    Raises ValueError for a number that JSON cannot hold exactly, TypeError for anything else.

    >>> encode({"b": [1, 2.0, None], "a": "é"})
    b'{"a":"\\xc3\\xa9","b":[1,2,null]}'
    """
    return _text(value).encode("utf-8")


def sha256(value: Any) -> str:
    """The SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(encode(value)).hexdigest()


def instant(at: datetime) -> str:
    """An instant as text: UTC, microseconds only where there are any, ending in Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return json.dumps(instant(value))
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    if isinstance(value, Mapping):
        inside = ",".join(f"{_text(_key(k))}:{_text(value[k])}" for k in sorted(value, key=lambda k: _key(k).encode("utf-16-be")))
        return "{" + inside + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return "[" + ",".join(_text(v) for v in value) + "]"
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("a key must be text")
    return key


def _integer(value: int) -> str:
    if abs(value) > LARGEST_INTEGER:
        raise ValueError(f"{value} is too large to be written exactly")
    return str(value)


def _number(value: float) -> str:
    """As ECMAScript's Number::toString prints it (ECMA-262, 6.1.6.1.20)."""
    if not math.isfinite(value):
        raise ValueError("not a number that JSON can hold")
    if value == 0:
        return "0"
    mantissa, _, power = f"{abs(value)!r}".partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(whole) + int(power or 0) - (len(whole + part) - len(digits))
    digits = digits.rstrip("0")
    return ("-" if value < 0 else "") + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Digits with the decimal point after the first `point` of them."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = point - 1
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{'+' if power > 0 else '-'}{abs(power)}"
