"""Suggestions of themes for a comment, from words alone: what the nearest comments already coded were given, and themes named in it.

Nothing leaves the machine and nothing is learnt between calls. A suggestion is never needed: a coder who sees none codes as well.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: At most so many are shown: more would be a list to read, and the themes are a list already.
MOST = 3
#: Comments that are less alike than this share too few telling words to say anything.
LEAST_ALIKE = 0.2

NEAR, NAMED = "a comment like this one", "its words"

#: Words that say nothing about what a comment is about.
COMMON = frozenset(
    """a about after again all also always am an and any are around as at be because been before being but by can could did do does
    doing don down each even ever every few for from get go going got had has have having he her here him his how i if in into is it
    its just like lot made make many may me more most much must my need needs never no nobody not now of off on one only or other our
    out over own people per please put quite really said same say see she should so some such than that the their them then there
    these they thing things think this those through to too under until up us use very want was way we well were what when where
    which while who why will with would yes you your""".split()
)


@dataclass(frozen=True)
class Example:
    """A comment already coded: its words and the references of its themes."""

    words: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A theme that may fit. because : `NEAR` or `NAMED`; words : those of the comment that both share"""

    theme: str
    because: str
    words: tuple[str, ...]


def stems(words: str) -> list[str]:
    """The telling words of a text, in small letters and without the endings by which English joins them.

    >>> stems("The street lights on our streets aren’t lit; police and policing.")
    ['street', 'light', 'street', 'aren', 'lit', 'polic', 'polic']
    """
    return [_stem(word) for word in _telling(words)]


def _telling(words: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", words.lower().replace("’", "'").replace("'s", ""))
    return [word for word in found if len(word) > 2 and word not in COMMON]


#: Endings of many, then of a doing: each with what stands in its place, and how long a word must be to lose it.
ENDINGS = (
    (("ies", "y", 5), ("sses", "ss", 6), ("ses", "s", 5), ("s", "", 4)),
    (("ing", "", 6), ("eed", "eed", 4), ("ed", "", 5)),
)


def _stem(word: str) -> str:
    """Lights and lighting become light, buses bus, policies policy: enough to compare by, not a dictionary’s root."""
    for endings in ENDINGS:
        for ending, instead, least in endings:
            if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us")):
                word = word.removesuffix(ending) + instead
                break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def suggestions(comment: str, examples: Sequence[Example], themes: Mapping[str, str]) -> list[Suggestion]:
    """Themes that may fit a comment, at most three: those whose own words it uses, then those of the nearest comments.

    examples : comments that were coded before, only those that the coder may see
    themes : {reference: its title and words} of every theme that may be given
    Empty where the words tell nothing.

    >>> [s.theme for s in suggestions("It is dark, no lights", [], {"T1": "Street lighting", "T2": "Buses"})]
    ['T1']
    """
    written = {_stem(word): word for word in reversed(_telling(comment))}
    said = stems(comment)
    found: dict[str, Suggestion] = {}
    for theme, shared in _named(said, themes):
        found.setdefault(theme, Suggestion(theme, NAMED, tuple(written[word] for word in shared)))
    for theme, shared in _nearest(said, [e for e in examples if e.themes], themes):
        found.setdefault(theme, Suggestion(theme, NEAR, tuple(written[word] for word in shared)))
    return list(found.values())[:MOST]


def _named(said: Sequence[str], themes: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Themes by how many of their own words the comment uses. A word of several themes tells none of them apart."""
    own = {theme: set(stems(words)) for theme, words in themes.items()}
    held_by = Counter(word for words in own.values() for word in words)
    shared = {theme: _in_order(said, {w for w in words if held_by[w] == 1}) for theme, words in own.items()}
    return sorted(((t, w) for t, w in shared.items() if w), key=lambda one: -len(one[1]))


def _nearest(said: Sequence[str], examples: Sequence[Example], themes: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Themes of the comments that are most alike, by the cosine of their words, each word weighed by how rare it is."""
    counts = [Counter(stems(e.words)) for e in examples]
    in_how_many = Counter(word for c in counts for word in c)
    rarity = {word: math.log((1 + len(examples)) / (1 + n)) + 1 for word, n in in_how_many.items()}
    mine = _weighed(Counter(said), rarity)
    alike = [(_cosine(mine, _weighed(c, rarity)), n) for n, c in enumerate(counts)]
    found: dict[str, tuple[str, ...]] = {}
    for likeness, n in sorted(alike, key=lambda one: (-one[0], one[1])):
        if likeness < LEAST_ALIKE:
            break
        shared = tuple(sorted(mine.keys() & counts[n].keys(), key=lambda w: (-rarity[w], w))[:4])
        for theme in examples[n].themes:
            if theme in themes:
                found.setdefault(theme, shared)
    return list(found.items())


def _weighed(counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """Words that stand in an example, each by how often it is said and how rare it is. Salton and Buckley (1988): tf-idf."""
    return {word: n * rarity[word] for word, n in counts.items() if word in rarity}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """1 for the same words in the same shares, 0 for none in common or for no words at all."""
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(weight * other[word] for word, weight in one.items() if word in other) / length if length else 0.0


def _in_order(said: Sequence[str], words: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in said if word in words))
