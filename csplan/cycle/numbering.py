"""Numbers and signs in front of the lines of a list: how they are written, what style they are, and which comes next."""

import re
from dataclasses import dataclass

BULLET = "•"
_BULLETS = "•·▪■◦●○‣∙o"
_DASHES = "-–—*"

#: A number or sign as it is typed in front of a line. A dash may stand before a number: "- (i) Victims".
_TYPED = re.compile(
    rf"""(?:[{_DASHES}]\s+)?
    (?P<number>
        \((?:\d{{1,3}}|[A-Za-z]|[ivxlc]{{2,7}}|[IVXLC]{{2,7}})\)      # (1) (a) (iv)
      | \d{{1,3}}(?:\.\d{{1,3}})*[.)]                               # 1. 1) 1.2.
      | (?:[A-Za-z]|[ivxlc]{{2,7}}|[IVXLC]{{2,7}})[.)]              # a) iv. B.
      | \d{{1,3}}(?:\.\d{{1,3}})+(?=\s+["'‘“(]?[A-Z])               # 1.2 before a capital: 1.5 million is no number of a line
      | (?<=[{_DASHES}]\s)\d{{1,3}}(?=\s+[A-Z])                     # 9 between a dash and a capital
    )\s+(?P<words>\S.*)""",
    re.VERBOSE | re.DOTALL,
)
_SIGN = re.compile(rf"(?:[{_DASHES}]|[{_BULLETS}](?=\s))\s*(?P<words>\S.*)", re.DOTALL)

_ROMAN = tuple(
    (int(value), sign) for value, sign in (pair.split() for pair in (
        "1000 m", "900 cm", "500 d", "400 cd", "100 c", "90 xc", "50 l", "40 xl", "10 x", "9 ix", "5 v", "4 iv", "1 i",
    ))
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A number or sign. style : how it is written, such as "(a)", "1." or "•", the same for all of one list; ordinal : 0 for a sign"""

    number: str
    style: str
    ordinal: int = 0


def split(text: str) -> tuple[str, str]:
    """The number or sign that is typed in front of a line, and the rest of it; ("", text) where there is none.

    >>> split("- (ii) Safer Homes"), split("• Victims"), split("1.5 million people"), split("2018 was a year")
    (('(ii)', 'Safer Homes'), ('•', 'Victims'), ('', '1.5 million people'), ('', '2018 was a year'))
    """
    numbered = _TYPED.fullmatch(text)
    if numbered:
        return numbered["number"], numbered["words"]
    sign = _SIGN.fullmatch(text)
    if sign and (text[0] not in "-*" or text[1].isspace()):
        return BULLET, sign["words"]
    return "", text


def split_heading(text: str) -> tuple[str, str]:
    """The same of a heading, where a bare number before a capital is one: “3 Safer homes”.

    >>> split_heading("3 Safer homes"), split_heading("12 months on"), split_heading("(a) Homes")
    (('3', 'Safer homes'), ('', '12 months on'), ('(a)', 'Homes'))
    """
    bare = re.fullmatch(r"(\d{1,2})\s+([A-Z].*)", text, re.DOTALL)
    return (bare[1], bare[2]) if bare else split(text)


def dotted(number: str) -> str:
    """A number of two parts or more without the signs around it; empty for any other.

    >>> dotted("1.2."), dotted("(1.2.3)"), dotted("2)"), dotted("(a)")
    ('1.2', '1.2.3', '', '')
    """
    plain = number.strip("().")
    return plain if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})+", plain) else ""


def mark(number: str, before: Mark | None = None) -> Mark:
    """What a number is. `before` : the mark of the line before it in what may be the same list, which tells (i) after (h).

    >>> mark("(i)").style, mark("(i)", mark("(h)")).style, mark("1.2").style, mark("b)")
    ('(i)', '(a)', '1.1', Mark(number='b)', style='a)', ordinal=2))
    """
    core = number.strip("().")
    if not core.replace(".", "").isalnum():
        return Mark(number, BULLET)
    shape, last = number.replace(core, "{}"), core.rsplit(".", 1)[-1]
    if last.isdigit():
        return Mark(number, shape.format(".".join("1" for _ in core.split("."))), int(last))
    letter, roman = Mark(number, shape.format("a" if last.islower() else "A"), letter_value(last)), roman_value(last)
    if roman is None:
        return letter
    as_roman = Mark(number, shape.format("i" if last.islower() else "I"), roman)
    if len(last) > 1 or follows(as_roman, before):
        return as_roman
    return as_roman if last in "iI" and not follows(letter, before) else letter


def follows(next_one: Mark, before: Mark | None) -> bool:
    """Whether a mark is the next one of the same list."""
    return before is not None and before.style == next_one.style and before.ordinal + 1 == next_one.ordinal


def letter_value(text: str) -> int:
    """a is 1, z is 26, aa is 27, as Word counts: the same letter again."""
    return (ord(text[0].lower()) - ord("a")) + 1 + 26 * (len(text) - 1)


def letters(n: int) -> str:
    """1 is a, 27 is aa.

    >>> letters(3), letters(27), letters(0)
    ('c', 'aa', '')
    """
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else ""


def roman(n: int) -> str:
    """1 is i, 4 is iv; empty below one.

    >>> roman(4), roman(19), roman(0)
    ('iv', 'xix', '')
    """
    out = ""
    for value, sign in _ROMAN:
        out, n = out + sign * (n // value), n % value
    return out


def roman_value(text: str) -> int | None:
    """iv is 4; None for what is no Roman number."""
    values = {sign: value for value, sign in _ROMAN if len(sign) == 1}
    digits = [values.get(sign, 0) for sign in text.lower()]
    total = sum(-v if v < max(digits[i + 1 :], default=0) else v for i, v in enumerate(digits))
    return total if digits and roman(total) == text.lower() else None
