"""What papers add to the plain words of `evidence.plain_words`: numbers with their noun, and the guard over a whole paper.

Words of change and comparison are not made here: they come with the finding (DECISIONS 18).
"""

from collections.abc import Iterable

from csplan.evidence.plain_words import avoided, number


def count(n: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "one month", "eight months", "no months"."""
    return f"{number(n)} {noun if n == 1 else plural or noun + 's'}"


def uncapital(words: str) -> str:
    """The first letter small, unless the first word is written in capitals throughout."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def plain(value: float) -> str:
    """1,234 or 87.3: a decimal only where there is one."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def value_words(value: float, unit: str) -> str:
    """A value with what it counts: "198 burglaries", "87.3% of referrals"."""
    return f"{plain(value)}{unit}" if unit.startswith("%") else f"{plain(value)} {unit}"


def check_words(texts: Iterable[str]) -> None:
    """Refuse words that claim too much or say nothing. Raises ValueError naming the first."""
    for words in texts:
        if wrong := avoided(words):
            raise ValueError(f"“{wrong}” is on the list of words to avoid, in: {words[:120]}")
