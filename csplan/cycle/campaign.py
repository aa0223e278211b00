"""Answers that say nearly the same: whole answers sent more than once, and words copied with small changes. Flagged, never removed.

Words are folded (small letters, no signs), cut into runs of five words, and each set of runs is signed by MinHash (Broder, 1997, “On the
resemblance and containment of documents”). Signatures that agree in one of their bands are compared in full; texts whose sets share at least
`ALIKE` of their union belong together. Nothing but the words is looked at, so nothing ties an answer to a person or a browser.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Key = TypeVar("Key", bound=Hashable)

RUN, PERMUTATIONS, BANDS = 4, 96, 32
ALIKE = 0.4
#: Shorter texts say the same by chance: “more police please”.
FEWEST_WORDS = 12
#: Fewer than so many alike are two neighbours and not a campaign.
FEWEST = 3
_PRIME = (1 << 31) - 1


@dataclass(frozen=True)
class Group:
    """Answers that belong together. members : in the order given;  reason : in words;  sample : the words of the first"""

    members: tuple[Hashable, ...]
    reason: str
    sample: str


def groups(texts: Mapping[Key, str]) -> tuple[Group, ...]:
    """Groups of texts that say nearly the same, the largest first. texts : {key: words}"""
    folded = {key: fold(words) for key, words in texts.items()}
    by_text: dict[str, list[Key]] = defaultdict(list)
    for key, words in folded.items():
        if len(words.split()) >= FEWEST_WORDS:
            by_text[words].append(key)
    distinct = list(by_text)
    joined = _joined([_shingles(words) for words in distinct])
    found = []
    for places in joined:
        keys = [key for place in places for key in by_text[distinct[place]]]
        if len(keys) >= FEWEST:
            reason = "The same words" if len(places) == 1 else "Nearly the same words"
            found.append(Group(tuple(keys), reason, texts[keys[0]]))
    return tuple(sorted(found, key=lambda g: -len(g.members)))


def fold(words: str) -> str:
    """Small letters and figures, a blank between words: what a copied text keeps whatever is done to its look."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return " ".join(
        re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", ""))
    )


def _shingles(folded: str) -> np.ndarray:
    """The runs of words of a text as numbers, each once."""
    words = folded.split()
    runs = {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
    return np.array(
        sorted(int.from_bytes(hashlib.blake2b(r.encode(), digest_size=4).digest(), "big") % _PRIME for r in runs), dtype=np.int64
    )


def _joined(shingles: list[np.ndarray]) -> list[list[int]]:
    """Places of texts that are alike, put together; every text stands in one list."""
    rng = np.random.default_rng(20200109)
    a, b = rng.integers(1, _PRIME, PERMUTATIONS), rng.integers(0, _PRIME, PERMUTATIONS)
    parent = list(range(len(shingles)))
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    rows = PERMUTATIONS // BANDS
    for place, runs in enumerate(shingles):
        signature = ((runs[None, :] * a[:, None] + b[:, None]) % _PRIME).min(axis=1)
        for band in range(BANDS):
            buckets[band, signature[band * rows : (band + 1) * rows].tobytes()].append(place)
    for places in buckets.values():
        for place in places[1:]:
            if _root(parent, place) != _root(parent, places[0]) and _alike(shingles[places[0]], shingles[place]):
                parent[_root(parent, place)] = _root(parent, places[0])
    together: dict[int, list[int]] = defaultdict(list)
    for place in range(len(shingles)):
        together[_root(parent, place)].append(place)
    return list(together.values())


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= ALIKE * (len(one) + len(other) - shared)
